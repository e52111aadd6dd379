"""The grammar of days, months, years, quarters and longer periods.

Each reader takes the lower-case shadow, the place where the expression starts (with its head word) and the place
after its head words, and returns the atoms that it reads there; none, where no calendar expression stands.
"""

from __future__ import annotations

import regex

from extractors.calendar import BRANCHES, STEMS, is_day, sexagenary_years
from extractors.dating.atoms import Atom
from extractors.numbers import read_words

MOST_MEMBERS = 12   # of a list: các ngày 10, 11, 12 và 13/6

G = r"(?: {1,4}+\n? {0,4}+|\n {0,4}+)"          # a gap, over one line end
D = r"(?:3[01]|[12]\d|0?[1-9])(?![\d])"
M = r"(?:1[0-2]|0?[1-9])(?![\d])"
Y = r"(?:1\d|20|21)\d\d(?![\d]|[.,]\d{3})"
PART = r"(?:rạng sáng|sáng sớm|sáng|trưa|chiều tối|chiều muộn|chiều|tối muộn|tối|đêm|khuya)"
YEAR_WORD = r"năm (?P<said>nay|ngoái|trước|tới|sau)"
YEAR_SHIFTS = {"nay": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1}
MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}
_MONTH_WORD = (
    r"(?P<word>mười hai|mười một|mười|giêng|chạp|hai|ba|tư|năm(?= năm \d)|sáu|bảy|bẩy|tám|chín"
    r"|một)(?!\p{L})"
)

DAY_HEAD = regex.compile(
    rf"(?:{PART}{G})?+(?:(?:ngày|các ngày|hôm){G})?+(?:(?P<lunar>mùng|mồng){G})?+"
)
_DAY = regex.compile(rf"(?P<d>{D})")
_DAY_REST = regex.compile(
    rf" ?(?P<s>[/.-]) ?(?P<m>{M})(?: ?[/.-] ?(?:(?P<y>{Y})|(?P<yy>\d\d)(?![\d]))|,? ?\(?(?:{G})?năm{G}(?P<y>{Y})|,?{G}{YEAR_WORD})?"
    rf"|{G}th[áa]ng{G}(?:(?P<m>{M})|{_MONTH_WORD})"
    rf"(?: ?[/.-] ?(?P<y>{Y})|,?{G}n[ăa]m{G}(?P<y>{Y})|,?{G}năm{G}(?P<canchi>\p{{L}}{{2,5}} \p{{L}}{{2,5}})(?!\p{{L}})|,{G}(?P<y>{Y})"
    rf"|{G}(?P<y>{Y})(?! {{1,3}}\p{{Ll}})|,?{G}{YEAR_WORD})?"
)
_AFTER_DAY = regex.compile(
    rf"{G}?+(?P<recurs>(?:,? ?)(?:hàng|hằng|mỗi) năm)|,?{G}(?P<lunar>âm lịch|al\b|tết(?: nguyên đán| âm lịch)?(?:{G}(?:năm{G})?(?:\p{{L}}{{2,5}} \p{{L}}{{2,5}}{G})?(?P<y>{Y}))?\b)"
    rf"|{G}(?P<ahead>tới đây|sắp tới|tới(?! {{1,3}}(?:nay|hết|ngày|tháng|năm|khi|lúc|\d|\p{{L}}+ {{1,3}}\d)))"
    rf"|{G}(?P<behind>vừa qua|vừa rồi|mới đây)"
)
_MONTHLY = regex.compile(rf"{G}(?:(?:hàng|hằng|mỗi)(?:{G})tháng)")
_OF_MONTH = regex.compile(rf"{G}(?P<which>tháng này|tháng trước|tháng tới|tháng sau|cùng tháng|trong tháng)(?!\p{{L}})")
_LINK = regex.compile(
    rf"(?:(?: ?[,;] ?| ?- ?|{G}(?:và|hoặc|hay|đến hết|tới hết|đến|tới|rạng){G}|, và )(?:rạng )?)"
)
_LIST_LINK = regex.compile(rf" ?[,;] ?|{G}(?:và|hoặc|hay){G}| ?- ?|{G}(?:đến|tới){G}")

_MONTH = regex.compile(rf"(?P<m>{M})(?![.,]\d{{1,3}}(?!\d))|{_MONTH_WORD}")
_MONTH_REST = regex.compile(
    rf" ?[/.-] ?(?P<y>{Y})|,?{G}năm{G}(?P<y>{Y})|,{G}(?P<y>{Y})(?! {{0,3}}\p{{Ll}})|{G}(?P<y>{Y})(?! {{0,3}}\p{{Ll}})"
    rf"|,?{G}{YEAR_WORD}(?!\p{{L}})|/(?P<yy>\d\d)(?![\d/.,-])"
)
_AFTER_MONTH = regex.compile(
    rf"{G}(?P<recurs>(?:hàng|hằng|mỗi) năm)|,?{G}(?P<lunar>âm lịch)"
    rf"|{G}(?P<ahead>tới đây|sắp tới|tới(?! {{1,3}}(?:nay|hết|ngày|tháng|năm|khi|\d)))|{G}(?P<behind>vừa qua|vừa rồi)"
)
_MONTH_HEAD = regex.compile(rf"tháng{G}")

_YEAR = regex.compile(rf"(?P<y>{Y})(?![./-]\p{{L}})|(?P<early>[1-9]\d{{2}})(?![\d.,/-]*\d|\.\.|…|\p{{L}}| {{1,3}}(?:người|tỷ|triệu|nghìn|\p{{L}}+/))")
_ERA = regex.compile(rf"{G}?\(?(?P<bc>tcn|trước công nguyên|tr\. ?cn)\b\)?|{G}?(?P<ad>scn|sau công nguyên)\b")
_ANCIENT = regex.compile(rf"(?P<y>\d{{1,4}})(?={G}(?:tcn|trước công nguyên|scn|sau công nguyên)\b)")
_CAN_CHI = regex.compile(rf"(?P<can>{'|'.join(STEMS)}|kỉ) (?P<chi>{'|'.join(BRANCHES)}|tí|tị|mẹo)(?!\p{{L}})(?:{G}\(?(?P<y>{Y})\)?)?")
RANGE = regex.compile(rf"(?P<a>{Y})(?:{G})?(?:-|/|đến năm|tới năm|đến|tới)(?:{G})?(?P<b>{Y}|\d\d(?![\d/.,-]))")
_SPAN_REST = regex.compile(rf"(?:(?:từ )?(?:năm )?){RANGE.pattern}")

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = regex.compile(r"(?P<q>iii|ii|iv|i|[1-4]|một|hai|ba|tư|bốn)(?![\p{L}\d]|[.,]\d)")
_QUARTER_REST = regex.compile(rf"(?: ?[/.-] ?|,?{G}năm{G}|{G})(?P<y>{Y})|(?:/|,?{G}){YEAR_WORD}(?!\p{{L}})")
_DECADE = regex.compile(
    rf"(?P<y>(?:1[5-9]|20)\d0)(?!\d)(?!-\d)|(?P<yy>[2-9]0)(?!\d|[.,/-]\d)(?:(?:{G}của)?{G}thế kỷ{G}(?P<century>trước|này|\d\d|[ivx]+)(?!\p{{L}}))?"
)
_CENTURY = regex.compile(r"(?:thứ )?(?P<c>[ivx]{1,6}|\d{1,2})(?![\p{L}\d]|[.,]\d)(?P<bc> (?:tcn|trước công nguyên))?")
_SEASON = regex.compile(rf"{G}(?:năm{G})?(?P<y>{Y})(?! {{0,3}}(?:người|tỷ|triệu))")
SEASONS = {"xuân": 21, "hè": 22, "hạ": 22, "thu": 23, "đông": 24}
_OF_YEAR = regex.compile(rf"(?:{G}(?:của{G})?(?:năm{G})?(?P<y>{Y})|(?:{G}(?:năm ?)?(?P<said>nay|ngoái|trước|tới|sau))(?!\p{{L}}))")


def roman(numeral: str) -> int:
    """The value of a lower-case Roman numeral.

    >>> roman("xix")
    19
    """
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def set_year(atom: Atom, found: regex.Match[str]) -> None:
    """The year that `found` says: a number, or `năm ngoái`; `năm trước`, `năm sau` count from the year told of."""
    said = found.groupdict().get("said") or ""
    atom.year = int(found["y"]) if found["y"] else None
    atom.year_shift, atom.narrated = YEAR_SHIFTS.get(said), said in ("trước", "sau")


def _number(found: regex.Match[str]) -> int:
    return int(found["m"]) if found["m"] else MONTH_WORDS[found["word"]]


def days(text: str, start: int, pos: int, *, headed: bool) -> list[Atom]:
    """`ngày 19/7/1946`, `chiều 2/7`, `các ngày 10, 11 và 15/6`, `ngày 4 đến 6-3`, `ngày 15 hằng tháng`.

    Members of a list take month and year from the member that says them.
    """
    members: list[Atom] = []
    lunar = headed and text.startswith(("mùng", "mồng"), start)
    while len(members) < MOST_MEMBERS:
        read = _day_number(text, pos)
        if read is None:
            break
        end, number = read
        full = _complete_day(text, start, end, number, lunar=lunar, headed=headed)
        if full is not None:
            members.append(full)
            return _spread(members) if full.month or len(members) == 1 else members[:1]
        members.append(Atom(start, end, "day", "day-alone", day=number))
        link = _LINK.match(text, end)
        if link is None:
            break
        start = link.end()
        head = DAY_HEAD.match(text, start)
        pos = head.end() if head else start
    return members[:1] if headed else []


def _day_number(text: str, pos: int) -> tuple[int, int] | None:
    found = _DAY.match(text, pos)
    if found:
        return found.end(), int(found["d"])
    read = read_words(text, pos)
    if read and 1 <= read[1] <= 31 and read[1] == int(read[1]) and _DAY_REST.match(text, read[0]):
        return (read[0], int(read[1])) if text.startswith("tháng", read[0] + 1) else None
    return None


def _complete_day(text: str, start: int, end: int, number: int, *, lunar: bool, headed: bool) -> Atom | None:
    """The atom of a day whose month is said at `end`; one with month 0 where the calendar has no such day."""
    if headed and (of_month := _OF_MONTH.match(text, end)):
        shift = {"tháng trước": -1, "tháng tới": 1, "tháng sau": 1}.get(of_month["which"], 0)
        return Atom(start, of_month.end(), "relative", "day-of-month", day=number, unit="day of month", shift=shift)
    if headed and (monthly := _MONTHLY.match(text, end)):
        return Atom(start, monthly.end(), "day", "day-monthly", day=number, recurs=True)
    found = _DAY_REST.match(text, end)
    if found is None:
        if lunar and (after := _AFTER_DAY.match(text, end)) and after["lunar"]:
            year = int(after["y"]) if after["y"] else None
            return Atom(start, after.end(), "lunar", "day-lunar", year, month=1, day=number)
        return None
    month, after = _number(found), found.end()
    if text[after : after + 1] in "/-" and text[after + 1 : after + 2].isalnum():
        return None   # a longer chain of numbers, a document's number
    year = int(found["y"]) if found["y"] else None
    if not is_day(year, month, number):
        return Atom(start, after, "day", "no-such-day", day=number, month=0)
    atom = Atom(start, after, "day", "day-month-year" if year else "day-month", None, month, number)
    set_year(atom, found)
    if found["yy"]:
        atom.year, atom.short_year, atom.rule = int(found["yy"]), True, "day-month-short-year"
    if found["word"] in ("giêng", "chạp") or found["canchi"]:
        atom.grain, atom.rule = "lunar", "day-lunar"
        if found["canchi"]:
            atom.year = _can_chi_year(found["canchi"])
    if trailer := _AFTER_DAY.match(text, after):
        _trail(atom, trailer)
    return atom


def _can_chi_year(words: str) -> int | None:
    stem, branch = words.split()
    years = sexagenary_years(stem.replace("kỉ", "kỷ"), branch.replace("tí", "tý").replace("tị", "tỵ"))
    return years[0] if len(years) == 1 else None


def _trail(atom: Atom, trailer: regex.Match[str]) -> None:
    """What follows: hằng năm, âm lịch, tới, vừa qua."""
    if atom.year is not None and not trailer["lunar"]:
        return
    if trailer["lunar"]:
        atom.grain, atom.rule = "lunar", "day-lunar"
    atom.recurs = bool(trailer["recurs"])
    atom.lean = 1 if trailer["ahead"] else -1 if trailer["behind"] else 0
    atom.end = trailer.end()


def _spread(members: list[Atom]) -> list[Atom]:
    """Month and year of the last member, for the days before it; none where no such day is in the calendar."""
    last = members[-1]
    for member in members[:-1]:
        member.grain, member.year, member.month, member.lean = last.grain, last.year, last.month, last.lean
        member.short_year, member.rule, member.year_shift = last.short_year, "day-in-list", last.year_shift
        member.recurs, member.unit, member.shift = last.recurs, last.unit, last.shift
        member.narrated = last.narrated
    return [member for member in members if member.month != 0 and _possible(member)]


def _possible(atom: Atom) -> bool:
    return atom.grain != "day" or is_day(None if atom.short_year else atom.year, atom.month, atom.day or 0)


def months(text: str, start: int, pos: int) -> list[Atom]:
    """`tháng 7/1993`, `tháng Tám năm 1945`, `tháng 5, 6 và 7/2018`, `tháng 10-12/2018`."""
    members: list[Atom] = []
    while len(members) < MOST_MEMBERS:
        gap = regex.match(G, text, pos=pos) if not members else None
        found = _MONTH.match(text, gap.end() if gap else pos)
        if found is None or (not members and gap is None):
            break
        atom = Atom(start, found.end(), "month", "month", month=_number(found))
        members.append(atom)
        rest = _MONTH_REST.match(text, found.end())
        if rest:
            set_year(atom, rest)
            atom.end = rest.end()
            if rest["yy"]:
                atom.year, atom.short_year = int(rest["yy"]), True
        if trailer := _AFTER_MONTH.match(text, atom.end):
            if trailer["lunar"]:
                return []
            _trail(atom, trailer)
        if found["word"] in ("giêng", "chạp"):
            return []   # a lunar month alone
        if rest:
            break
        link = _LIST_LINK.match(text, found.end())
        if link is None:
            break
        start = link.end()
        head = _MONTH_HEAD.match(text, start)
        pos = head.end() if head else start
    last = members[-1] if members else None
    if last is None or (last.year is None and last.year_shift is None) or len(members) == 1:
        return members[:1]
    for member in members:
        member.year, member.year_shift, member.short_year = last.year, last.year_shift, last.short_year
        member.narrated = last.narrated
    return members


def years(text: str, start: int, pos: int) -> list[Atom]:
    """`năm 1980`, `các năm 2017, 2018, 2019`, `năm 938`, `năm 257 TCN`, `năm Đinh Dậu 2017`."""
    gap = regex.match(G, text, pos=pos)
    if gap is None:
        return []
    ancient = _ANCIENT.match(text, gap.end())
    found = ancient or _YEAR.match(text, gap.end())
    if found is None:
        return _lunar_year(text, start, gap.end())
    value = int(found["y"] or found["early"])
    if ancient and (era := _ERA.match(text, found.end())):
        year = 1 - value if era["bc"] else value
        return [Atom(start, era.end(), "year", "year-era", year=year)]
    members = [Atom(start, found.end(), "year", "year", year=value)]
    while len(members) < MOST_MEMBERS and (link := _LIST_LINK.match(text, members[-1].end)):
        following = regex.match(rf"(?P<y>{Y})(?!/\d| {{0,3}}(?:người|đồng|tỷ|triệu|việc|vụ|m2|km|ha|usd))", text, pos=link.end())
        if following is None:
            break
        if text[link.start() : link.end()].strip() == "-" and int(following["y"]) <= members[-1].year:
            break
        members.append(Atom(link.end(), following.end(), "year", "year-in-list", year=int(following["y"])))
    return members


def _lunar_year(text: str, start: int, pos: int) -> list[Atom]:
    found = _CAN_CHI.match(text, pos)
    if found is None:
        return []
    stem, branch = found["can"].replace("kỉ", "kỷ"), found["chi"].replace("tí", "tý").replace("tị", "tỵ")
    candidates = sexagenary_years(stem, branch.replace("mẹo", "mão"))
    if found["y"]:
        return [Atom(start, found.end(), "year", "year-can-chi", year=int(found["y"]))]
    if not candidates:
        return []
    return [Atom(start, found.end(), "relative", "year-can-chi", unit="can chi", count=candidates[0])]


def spans(text: str, start: int, pos: int) -> list[Atom]:
    """`giai đoạn 2015- 2020`, `nhiệm kỳ 2020 - 2025`, `năm học 2018-2019`."""
    gap = regex.match(rf"{G}?[(:]?{G}?", text, pos=pos)
    found = _SPAN_REST.match(text, gap.end() if gap else pos)
    if found is None:
        return []
    return [atom] if (atom := _year_range(start, found, "period")) else []


def _year_range(start: int, found: regex.Match[str], rule: str) -> Atom | None:
    first = int(found["a"])
    last = int(found["b"]) if len(found["b"]) == 4 else first // 100 * 100 + int(found["b"])
    if not first < last <= first + 150:
        return None
    return Atom(start, found.end(), "span", rule, year=first, to_year=last)


def bare_range(text: str, pos: int) -> Atom | None:
    """`2002-2007`, `1946 - 1954`: years without a head word, told from other numbers by the caller."""
    found = RANGE.match(text, pos)
    return _year_range(pos, found, "years") if found and len(found["b"]) == 4 else None


def quarters(text: str, start: int, pos: int) -> list[Atom]:
    """`quý I/2026`, `quý 3 năm 2011`, `quý II và III năm 2020`."""
    members: list[Atom] = []
    gap = regex.match(G, text, pos=pos)
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
        link = _LIST_LINK.match(text, found.end())
        if link is None:
            break
        start = link.end()
        head = regex.match(rf"quý{G}", text, pos=start)
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


def decades(text: str, start: int, pos: int) -> list[Atom]:
    """`những năm 1990`, `thập niên 90`, `những năm 90 của thế kỷ XX`; else the years that `những năm` lists."""
    gap = regex.match(G, text, pos=pos)
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
    gap = regex.match(G, text, pos=pos)
    found = _CENTURY.match(text, gap.end()) if gap else None
    if found is None:
        return []
    number = int(found["c"]) if found["c"].isdigit() else roman(found["c"])
    if not 1 <= number <= 21 or found["bc"]:
        return []
    return [Atom(start, found.end(), "century", "century", count=number - 1)]


def seasons(text: str, start: int, pos: int) -> list[Atom]:
    """`mùa thu 1945`, `mùa xuân năm 1975`."""
    found = _SEASON.match(text, pos)
    name = text[start:pos].split()[-1]
    return [Atom(start, found.end(), "season", "season", year=int(found["y"]), month=SEASONS[name])] if found else []


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


def births(text: str, start: int, pos: int) -> list[Atom]:
    """`SN 1973`."""
    found = regex.match(rf"[ :.]{{0,3}}(?P<y>{Y})", text, pos=pos)
    return [Atom(start, found.end(), "year", "year-of-birth", year=int(found["y"]))] if found else []
