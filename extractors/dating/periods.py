"""The grammar of years and periods: `năm 1980`, `giai đoạn 2015-2020`, `quý I/2026`, `thế kỷ XX`.

Each reader takes the lower-case shadow, the place where the expression starts (with its head word) and the place
after its head words, and returns the atoms that it reads there; none, where no calendar expression stands.
"""

from __future__ import annotations

import regex

from extractors.dating.atoms import Atom
from extractors.dating.patterns import (
    CAN_CHI,
    GAP,
    LIST_LINK,
    MONTH_WORDS,
    MOST_MEMBERS,
    YEAR_WORD,
    G,
    Y,
    first_can_chi_year,
    set_year,
)

_YEAR = regex.compile(
    rf"(?P<y>{Y})(?![./-]\p{{L}})"
    r"|(?P<early>[1-9]\d{2})(?![\d.,/-]*\d|\.\.|…|\p{L}| {1,3}(?:người|tỷ|triệu|nghìn|\p{L}+/))"
)
_BLANK_MONTH = regex.compile(r"tháng[ .…_]*$")
_ERA = regex.compile(rf"{G}?\(?(?P<bc>tcn|trước công nguyên|tr\. ?cn)\b\)?|{G}?(?P<ad>scn|sau công nguyên)\b")
_ANCIENT = regex.compile(rf"(?P<y>\d{{1,4}})(?={G}(?:tcn|trước công nguyên|scn|sau công nguyên)\b)")
_CAN_CHI = regex.compile(rf"{CAN_CHI}(?:{G}\(?(?P<y>{Y})\)?)?")
RANGE = regex.compile(rf"(?P<a>{Y})(?:{G})?(?:-|/|đến năm|tới năm|đến|tới)(?:{G})?(?P<b>{Y}|\d\d(?![\d/.,-]))")
_SPAN_REST = regex.compile(rf"(?:(?:từ )?(?:năm )?){RANGE.pattern}")
_NEXT_TO = regex.compile(rf"(?P<a>{Y}) (?P<b>{Y})(?! \d)")   # năm học 2025 2026: the dash was lost
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = regex.compile(r"(?P<q>iii|ii|iv|i|[1-4]|một|hai|ba|tư|bốn)(?![\p{L}\d]|[.,]\d)")
_QUARTER_REST = regex.compile(rf"(?: ?[/.-] ?|,?{G}năm{G}|{G})(?P<y>{Y})|(?:/|,?{G}){YEAR_WORD}(?!\p{{L}})")
_CHRIST = regex.compile(r" (?:năm )?(?P<y>\d{2,4})(?! năm)(?![\d.,]\d)")
_UNSURE = regex.compile(r" ?\(\?\)")
_IN_DOUBT = regex.compile(r"(?<=\([^()\n?]{0,24}) ?\?(?= ?[-),;])")   # (1920?); a question has no bracket
_RANGE_IN_DOUBT = regex.compile(rf"(?P<a>{Y})(?P<doubt> ?\?)? ?- ?(?P<b>{Y})(?P<doubt_b> ?\?)?(?= ?[),;])")
_SLASH_YEAR = regex.compile(rf"[/-](?P<y>{Y})(?![/.-]\w)")
_DECADE = regex.compile(
    r"(?P<y>(?:1[5-9]|20)\d0)(?!\d)(?!-\d)|(?P<yy>[2-9]0)(?!\d|[.,/-]\d| tuổi)"
    rf"(?:(?:{G}của)?{G}thế kỷ{G}(?P<century>trước|này|\d\d|[ivx]+)(?!\p{{L}}))?"
)
_CENTURY = regex.compile(r"(?:thứ )?(?P<c>[ivx]{1,6}|\d{1,2})(?![\p{L}\d]|[.,]\d)(?P<bc> (?:tcn|trước công nguyên))?")
_SPAN_GAP = regex.compile(rf"{G}?[(:]?{G}?")
_QUARTER_HEAD = regex.compile(rf"quý{G}")
_BIRTH_YEAR = regex.compile(rf"[ :.]{{0,3}}(?P<y>{Y})")
_SEASON = regex.compile(
    rf"{G}(?:năm{G})?(?P<y>{Y})(?!-\d| - \d|[./]\d| {{0,3}}(?:người|tỷ|triệu|đồng|suất))"
    rf"|{G}(?:{YEAR_WORD}|(?P<said>này))(?!\p{{L}})"
)
SEASONS = {"xuân": 21, "hè": 22, "hạ": 22, "thu": 23, "đông": 24}
_OF_YEAR = regex.compile(
    rf"(?:{G}(?:của{G})?(?:năm{G})?(?P<y>{Y})|{G}(?:năm ?)?(?P<said>nay|ngoái|trước|tới|sau)(?!\p{{L}}))"
)
_NEXT_YEAR = regex.compile(rf"(?P<y>{Y})(?!/\d| {{0,3}}(?:người|đồng|tỷ|triệu|việc|vụ|m2|km|ha|usd))")


def roman(numeral: str) -> int:
    """The value of a lower-case Roman numeral.

    >>> roman("xix")
    19
    """
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def years(text: str, start: int, pos: int) -> list[Atom]:
    """`năm 1980`, `các năm 2017, 2018, 2019`, `năm 938`, `năm 257 TCN`, `năm Đinh Dậu 2017`."""
    gap = GAP.match(text, pos)
    if gap is None:
        return []
    ancient = _ANCIENT.match(text, gap.end())
    found = ancient or _YEAR.match(text, gap.end())
    if found is None:
        return _lunar_year(text, start, gap.end())
    if not found["y"] and (text[start - 1 : start] == "/" or _BLANK_MONTH.search(text, max(0, start - 14), start)):
        return []   # 3.500 tấn/năm 100% vốn; the form's `tháng     năm 200`
    value = int(found["y"] or found["early"])
    if ancient and (era := _ERA.match(text, found.end())):
        year = 1 - value if era["bc"] else value
        return [Atom(start, era.end(), "year", "year-era", year=year)]
    if (pair := _NEXT_TO.match(text, gap.end())) and int(pair["b"]) - value in (1, 5) and not ancient:
        return [Atom(start, pair.end(), "span", "period", year=value, to_year=int(pair["b"]))]
    if end := doubted(text, found.end()):
        return [Atom(start, end, "year", "year", year=value, unit="unsure")]
    members = [Atom(start, found.end(), "year", "year", year=value)]
    while len(members) < MOST_MEMBERS and (link := LIST_LINK.match(text, members[-1].end)):
        following = _NEXT_YEAR.match(text, link.end())
        if following is None:
            break
        if text[link.start() : link.end()].strip() == "-" and int(following["y"]) <= (members[-1].year or 0):
            break
        members.append(Atom(link.end(), following.end(), "year", "year-in-list", year=int(following["y"])))
    return members


def _lunar_year(text: str, start: int, pos: int) -> list[Atom]:
    found = _CAN_CHI.match(text, pos)
    if found is None:
        return []
    if found["y"]:
        return [Atom(start, found.end(), "year", "year-can-chi", year=int(found["y"]))]
    first = first_can_chi_year(found)
    return [Atom(start, found.end(), "relative", "year-can-chi", unit="can chi", count=first)] if first else []


def spans(text: str, start: int, pos: int) -> list[Atom]:
    """`giai đoạn 2015- 2020`, `nhiệm kỳ 2020 - 2025`, `năm học 2018-2019`."""
    gap = _SPAN_GAP.match(text, pos)
    found = _SPAN_REST.match(text, gap.end() if gap else pos) or _NEXT_TO.match(text, gap.end() if gap else pos)
    if found is not None and found.re is _NEXT_TO and int(found["b"]) - int(found["a"]) not in (1, 5):
        return []
    if found is None:
        return []
    atom = _year_range(start, found, "period")
    if atom and text[found.end() : found.end() + 1] == ")" and "(" in text[pos : found.start()]:
        atom.end += 1   # nhiệm kỳ (2016-2021)
    return [atom] if atom else []


def _year_range(start: int, found: regex.Match[str], rule: str) -> Atom | None:
    first = int(found["a"])
    last = int(found["b"]) if len(found["b"]) == 4 else first // 100 * 100 + int(found["b"])
    if not first < last <= first + 150:
        return None
    return Atom(start, found.end(), "span", rule, year=first, to_year=last)


def doubted(text: str, end: int) -> int:
    """Where the sign of doubt behind a year ends: `1920 (?)`, `(1920?)`; 0 where there is none."""
    found = _UNSURE.match(text, end, end + 5) or _IN_DOUBT.match(text, end, end + 4)
    return found.end() if found else 0


def doubted_range(text: str, pos: int) -> Atom | None:
    """`(1385? - 1433)`: years of a life, one of them in doubt."""
    found = _RANGE_IN_DOUBT.match(text, pos, pos + 20)
    if found is None or not (found["doubt"] or found["doubt_b"]) or text[pos - 1 : pos] != "(":
        return None
    atom = _year_range(pos, found, "years")
    if atom:
        atom.unit = f"{'?' if found['doubt'] else ''}-{'?' if found['doubt_b'] else ''}"
    return atom


def bare_range(text: str, pos: int) -> Atom | None:
    """`2002-2007`, `1946 - 1954`: years without a head word, told from other numbers by the caller."""
    found = RANGE.match(text, pos)
    return _year_range(pos, found, "years") if found and len(found["b"]) == 4 else None


def quarters(text: str, start: int, pos: int) -> list[Atom]:
    """`quý I/2026`, `quý 3 năm 2011`, `quý II và III năm 2020`."""
    members: list[Atom] = []
    gap = GAP.match(text, pos)
    pos = gap.end() if gap else len(text)
    while len(members) < 4 and (found := _QUARTER.match(text, pos)):
        word = found["q"]
        number = _ROMAN.get(word) or {"tư": 4}.get(word) or MONTH_WORDS.get(word) or {"bốn": 4}.get(word) or int(word)
        atom = Atom(start, found.end(), "quarter", "quarter", month=number)
        members.append(atom)
        rest = _QUARTER_REST.match(text, found.end())
        if rest:
            set_year(atom, rest)
            atom.end = rest.end()
            break
        link = LIST_LINK.match(text, found.end())
        if link is None:
            break
        start = link.end()
        head = _QUARTER_HEAD.match(text, start)
        pos = head.end() if head else start
    if not members:
        return []
    last = members[-1]
    if last.year is None and last.year_shift is None:
        return members[:1]
    for member in members:
        member.year, member.year_shift, member.narrated = last.year, last.year_shift, last.narrated
    return members


def short_quarter(text: str, start: int, pos: int) -> list[Atom]:
    """`Q3/2013`: the head holds the number."""
    numeral = text[start + 1 : pos]
    number = _ROMAN.get(numeral) or int(numeral)
    rest = _QUARTER_REST.match(text, pos)
    atom = Atom(start, rest.end() if rest else pos, "quarter", "quarter-short", month=number)
    if rest:
        set_year(atom, rest)
    return [atom]


def short_month(text: str, start: int, pos: int) -> list[Atom]:
    """`T1/2005`, as tables write it: the head holds the number."""
    found = _SLASH_YEAR.match(text, pos)
    if found is None:
        return []
    return [Atom(start, found.end(), "month", "month-short", year=int(found["y"]), month=int(text[start + 1 : pos]))]


def decades(text: str, start: int, pos: int) -> list[Atom]:
    """`những năm 1990`, `thập niên 90`, `những năm 90 của thế kỷ XX`; else the years that `những năm` lists."""
    gap = GAP.match(text, pos)
    found = _DECADE.match(text, gap.end()) if gap else None
    plural = "năm" in text[start:pos]
    if found is None:
        return years(text, start, pos) if plural else []
    if found["y"]:
        listed = years(text, start, pos) if plural else []
        if len(listed) > 1:
            return listed
        return [Atom(start, found.end(), "decade", "decade", count=int(found["y"]) // 10)]
    century = 19
    if said := found["century"]:
        named = {"trước": 20, "này": 21}.get(said)
        century = (named or (int(said) if said.isdigit() else roman(said))) - 1
    return [Atom(start, found.end(), "decade", "decade", count=century * 10 + int(found["yy"]) // 10)]


def centuries(text: str, start: int, pos: int) -> list[Atom]:
    """`thế kỷ XX`, `thế kỷ 21`."""
    gap = GAP.match(text, pos)
    found = _CENTURY.match(text, gap.end()) if gap else None
    if found is None:
        return []
    number = int(found["c"]) if found["c"].isdigit() else roman(found["c"])
    if not 1 <= number <= 21 or found["bc"]:
        return []
    return [Atom(start, found.end(), "century", "century", count=number - 1)]


def seasons(text: str, start: int, pos: int) -> list[Atom]:
    """`mùa thu 1945`, `mùa xuân năm 1975`, `hè 2018`, `mùa hè năm ngoái`; `mùa đông 2015-2016` is an interval."""
    if interval := spans(text, start, pos):
        return interval
    found = _SEASON.match(text, pos)
    name = text[start:pos].split()[-1]
    if found is None or (found["said"] and not text.startswith("mùa", start)):
        return []
    atom = Atom(start, found.end(), "season", "season", month=SEASONS[name])
    set_year(atom, found)
    return [atom]


def of_year(text: str, atom: Atom) -> Atom:
    """Adds the year that follows a period: `nửa đầu năm 2020`, `6 tháng đầu năm nay`."""
    if found := _OF_YEAR.match(text, atom.end):
        set_year(atom, found)
        atom.end = found.end()
    return atom


def halves(text: str, start: int, pos: int) -> list[Atom]:
    """`nửa đầu năm 2020`."""
    return [of_year(text, Atom(start, pos, "half", "half-year", month=1 if "đầu" in text[start:pos] else 2))]


def some_months(text: str, start: int, pos: int) -> list[Atom]:
    """`những tháng cuối năm 2018`: the part of the year is not counted, so its value is the year."""
    return [of_year(text, Atom(start, pos, "year", "months-of-year"))]


def before_christ(text: str, start: int, pos: int) -> list[Atom]:
    """`trước Công nguyên 257`."""
    found = _CHRIST.match(text, pos)
    return [Atom(start, found.end(), "year", "year-era", year=1 - int(found["y"]))] if found else []


def births(text: str, start: int, pos: int) -> list[Atom]:
    """`SN 1973`."""
    found = _BIRTH_YEAR.match(text, pos)
    return [Atom(start, found.end(), "year", "year-of-birth", year=int(found["y"]))] if found else []
