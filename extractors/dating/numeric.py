"""Numbers without a head word: `19/7/1946`, `2026-05-13`, `(20/11)`, `12/2016`, `2002-2007`, `Luật Xây dựng 2014`."""

from __future__ import annotations

import regex

from extractors.calendar import is_day
from extractors.dating import chronicle, days, periods
from extractors.dating.atoms import Atom
from extractors.dating.patterns import M, Y
from extractors.dating.words import cues, said_after, said_before

_ISO = regex.compile(r"(?P<y>(?:1\d|20)\d\d)-(?P<m>0\d|1[0-2])-(?P<d>[0-2]\d|3[01])(?![\d-])")
_MONTH_YEAR = regex.compile(
    rf"(?P<m>{M})(?: ?[/-] ?|(?P<dot>\.))(?P<y>{Y})(?![/.]\w|-(?!nay)\p{{L}})(?! ?/ ?\p{{L}})"
)
_ON = rf" ?- ?(?:\d{{1,2}}[/.]{Y}|{Y}|nay\b|\d{{1,2}}[/.]\d{{1,2}}[/.]{Y})"
_RANGE_ON = regex.compile(_ON)
_OPEN_BEFORE = regex.compile(r"(?:^|[\n(|]|- |• ) ?$")
_HEADED_AFTER = regex.compile(r"(?: ?:| ?-|,)? (?:(?:cũng )?(?:là|đúng|trùng)(?: vào)? )?ngày (?!\d)")
_SCALE_AFTER = regex.compile(r"[.,] ?000(?!\d)")   # the 1/5 of a map's scale of 1/5.000
_SYMBOL_AFTER = regex.compile(r" ?[/-] ?\p{L}{2}|[&_]")
_NUMBER_BEFORE = regex.compile(r"(?:\bsố|\bno|n°)[ :.]{0,3}$")
_NAMED_DAY_BEFORE = regex.compile(r"\bngày [\p{L}, -]{3,60}$")
_FEAST_BEFORE = regex.compile(r"\bngày (?:truyền thống|thành lập|kỷ niệm|hội|quốc tế)[\p{L}, ]{3,50}$")
_CLAUSE_AFTER = regex.compile(r" (?:do|vì|để|tại|ở|nhằm|với|mới|thì|sẽ)(?!\p{L})")
_FEASTS = frozenset(
    {(2, 9), (30, 4), (1, 5), (20, 11), (8, 3), (3, 2), (27, 7), (22, 12), (19, 8), (20, 10), (1, 6), (26, 3)}
    | {(10, 10), (19, 5)}
)
_FRACTIONS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (1, 10)})
_OF_PARTS = frozenset({"và", "cả", "trong", "suốt", "hết"})
_TO = frozenset({"-", "đến", "tới"})
_FROM = frozenset({"từ"})
_FROM_MONTH = regex.compile(rf"(?P<a>{M}) ?(?:đến|tới|-) ?(?P<b>{M})/(?P<y>{Y})(?![/.-]\w)")   # từ 2 đến 11/1977
_TO_DAY = regex.compile(r" (?:đến|tới)(?: hết)? (?:ngày )?(?:0?[1-9]|[12]\d|3[01])-(?:0?[1-9]|1[0-2])(?=[),.;:\n]|$)")
_BEFORE_DASHED = frozenset({"đến", "dịp", "lễ", "từ"})
_MONTHS_OF = regex.compile(rf"(?P<n>0?[2-9]|1[0-2])t[/.](?P<y>{Y})")
_ENDS = regex.compile(r" ?(?:[)(.,;:?!\n|\[\]\"'/*]|$|- |\.\.\.)")
_CAPITAL_AFTER = regex.compile(r" +\p{Lu}")
_LETTER_BEFORE = regex.compile(
    r"[\p{L})\"'] {0,2}$|[\p{L})]\*{1,3}\. $|\p{L} \d{1,2} $|[\n(|>*#:] {0,3}$|^ *$|\p{L}\. {1,2}$|[,;-] $"
)
_CAPITAL_BEFORE = regex.compile(r"(?<!\p{L})\p{Lu}\p{L}*+ $")
_WORD_AFTER = regex.compile(r" \p{Ll}")
_NUMBER_RANGE = regex.compile(r" ?(?:-|đến|tới) ?\d")
_TWO_YEARS = regex.compile(r"(?P<a>20[0-3]\d) (?P<b>20[0-3]\d)(?!\d|[.,/-]\d| \d)")
_WORD_BEFORE = regex.compile(r"\p{L} (?:\d{1,2} )?$")
_SPACED = regex.compile(r"(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) 20[12]\d(?=[ ?.,;:!)*\n\"']|$)(?! \d|[.,]\d)")
_BRACKET_AFTER = regex.compile(r"\)|,|;| -| tức")
_OPEN = regex.compile(r"(?<=[(|] ?)(?:1[89]|20)\d\d ?-(?: ?\?)?(?= ?[)|])")
_PARTS = {"đầu": "start", "giữa": "mid", "cuối": "end"}
_PART_BEFORE = regex.compile(r"(?<!\p{L})(?P<part>đầu|giữa|cuối) $")
_GOES_ON = regex.compile(r"[.,]\d|[/_-]\w|%| ?%|\p{L}")
_IN_LAW_NAME = regex.compile(
    r"(?:luật|hiến pháp|pháp lệnh|bộ luật|công ước|nghị quyết|hiệp định|quy chế) [\p{L}, ]{0,60}$"
)


def read_numeric(text: str, shadow: str, start: int, end: int, free: int) -> list[Atom]:
    """The atoms of the run of digits at `start:end`, where the words around it show that it is a date.

    `free` is where the last expression ended: a date may go on from it after a dash.
    """
    goes_on = 0 < start - free <= 6 and text[free:start].strip(" ") in _TO and free > 0
    length = end - start
    if ancient := chronicle.before_christ(text, start):
        return ancient
    if 3 <= length <= 4 and (chronicle.is_told(text, start) or chronicle.is_of_life(text, start)):
        return [Atom(start, end, "year", "year-told", year=int(text[start:end]))]
    if length == 4:
        return _years(text, shadow, start, end, goes_on)
    if length > 2 or (_continues(text, start) and not goes_on) or _NUMBER_BEFORE.search(text, max(0, start - 8), start):
        return []
    if months := _MONTHS_OF.match(text, start):
        year, count = int(months["y"]), int(months["n"])
        return [Atom(start, months.end(), "months", "months-short", year, unit="đầu", count=count)]
    if _SPACED.match(text, start) and _WORD_BEFORE.search(text, max(0, start - 2), start):
        return [atom for atom in days.days(text, start, start, headed=True) if atom.month]
    if said_before(text, start, _FROM) and (span := _FROM_MONTH.match(text, start)):
        months = (span.start("a"), span.end("a"), int(span["a"])), (span.start("b"), span.end(), int(span["b"]))
        return [Atom(at, to, "month", "month-year", year=int(span["y"]), month=month) for at, to, month in months]
    if not _joined(text, end):
        return []
    return _days(text, start, goes_on) or _month_year(text, start, goes_on)


def _continues(text: str, start: int) -> bool:
    """Whether the digits go on from a word, a number or a symbol."""
    before = text[start - 1 : start]
    return before.isalnum() or (before != "" and before in "/.,-_$#&+" and text[start - 2 : start - 1].isalnum())


def _joined(text: str, end: int) -> bool:
    """Whether a separator follows, so that the run may open a date."""
    following = text[end : end + 2]
    return following[:1] in ("/", ".", "-") or following in (" /", " -", " đ", " t", " v", "th") if following else False


def _days(text: str, start: int, goes_on: bool) -> list[Atom]:
    read = days.days(text, start, start, headed=False)
    if not read or read[-1].rule in ("day-alone", "no-such-day"):
        return []
    last = read[-1]
    symbol = _SYMBOL_AFTER.match(text, last.end) and not _HEADED_AFTER.match(text, last.end)
    if symbol or _SCALE_AFTER.match(text, last.end) or (len(read) > 1 and not _one_range(text, read)):
        return []
    if last.year is not None and not last.short_year:
        return read
    if last.short_year:
        timely = said_before(text, start, cues("left", "allow", "day-month"))
        return read if timely and "/" in text[start : last.end] else []
    return read if _is_day_month(text, start, last, goes_on) else []


def _one_range(text: str, read: list[Atom]) -> bool:
    return len(read) == 2 and text[read[0].end : read[1].start].strip() in ("-", "đến", "tới", "đến hết", "tới hết")


def _is_day_month(text: str, start: int, last: Atom, goes_on: bool) -> bool:
    """A ratio, a score and a house number look like `2/9`, so the words beside it must speak of time."""
    written = text[last.start : last.end]
    if last.year is None and said_before(text, start, cues("left", "deny", "day-name")):
        return False   # đường 30 tháng 4
    if "tháng" in written or last.recurs or last.grain == "lunar" or last.lean:
        return True
    if "." in written or said_before(text, start, cues("left", "deny", "day-month")):
        return False
    if said_after(text, last.end, cues("right", "deny", "day-month")):
        return False
    if goes_on:
        return True
    if "-" in written and "/" not in written:
        if said_before(text, start, _FROM) and _TO_DAY.match(text, last.end):
            return True   # (từ 30-10 đến 1-11)
        if _ENDS.match(text, last.end) and _NAMED_DAY_BEFORE.search(text, max(0, start - 70), start):
            return True   # ngày khai mạc 22-10
        if _FEAST_BEFORE.search(text, max(0, start - 70), start):
            return True   # ngày truyền thống học sinh, sinh viên 9-1
        if said_before(text, start, _TO) and _CLAUSE_AFTER.match(text, last.end):
            return True   # hoãn tới 26-11 do …
        if (last.day, last.month) in _FEASTS or (start < last.start and said_before(text, start, _FROM)):
            return True
        return said_before(text, start, _BEFORE_DASHED) and bool(_ENDS.match(text, last.end))
    if (last.day, last.month) in _FRACTIONS and "0" not in written and said_before(text, start, _OF_PARTS):
        return False   # và 1/2 xô canh
    if said_before(text, start, cues("left", "allow", "day-month")) and text[start - 1 : start] != "(":
        return True
    if (last.day, last.month) in _FEASTS or _NAMED_DAY_BEFORE.search(text, max(0, start - 70), start):
        return True
    if _HEADED_AFTER.match(text, last.end):
        return True   # 5/6 Ngày Môi trường thế giới, 5/11 - cũng là ngày …
    before = text[max(0, start - 2) : start].strip()
    if before == "(":
        return bool(_BRACKET_AFTER.match(text, last.end)) and (last.day or 0) != (last.month or 0)
    return before == ":" and (last.day or 0) > 0 and text[last.end : last.end + 1] == " "


def _month_year(text: str, start: int, goes_on: bool) -> list[Atom]:
    """`12/2016` after a word of time, at the start of a line or in a range."""
    found = _MONTH_YEAR.match(text, start)
    if found is None or (not goes_on and said_before(text, start, cues("left", "deny", "day-month"))):
        return []
    ranged = goes_on or _RANGE_ON.match(text, found.end())
    timely = said_before(text, start, cues("left", "allow", "day-month"))
    opens = timely or _OPEN_BEFORE.search(text, max(0, start - 3), start)
    if not (ranged or (opens and not found["dot"])):
        return []
    return [Atom(start, found.end(), "month", "month-year", year=int(found["y"]), month=int(found["m"]))]


def _years(text: str, shadow: str, start: int, end: int, goes_on: bool) -> list[Atom]:
    if iso := _ISO.match(text, start):
        year, month, day = int(iso["y"]), int(iso["m"]), int(iso["d"])
        clear = not (start and (text[start - 1].isalnum() or text[start - 1] in "/.-"))
        return [Atom(start, iso.end(), "day", "iso", year, month, day)] if clear and is_day(year, month, day) else []
    if goes_on and 1900 <= int(text[start:end]) <= 2060:
        return [Atom(start, end, "year", "year-bare", year=int(text[start:end]))]
    if _continues(text, start):
        return []
    if not 1000 <= int(text[start:end]) <= 2100 or _NUMBER_BEFORE.search(text, max(0, start - 8), start):
        return []
    denied = text[start - 1 : start] != "(" and said_before(text, start, cues("left", "deny", "year"))
    if denied and not said_after(text, end, cues("right", "assure", "year")):
        return []
    if following := _lost_dash(text, start):
        return [following]
    if opened := _OPEN.match(text, start):   # Tư lệnh (1979-)
        return [Atom(start, opened.end(), "span", "years-open", year=int(text[start:end]))]
    if doubtful := periods.doubted_range(text, start):
        return [doubtful]
    if text[start - 1 : start] == "(" and (stop := periods.doubted(text, end)):
        return [Atom(start, stop, "year", "year-bare", year=int(text[start:end]), unit="unsure")]
    if (period := periods.bare_range(text, start)) and _closes_year(text, shadow, period.end):
        return [period]
    year = int(text[start:end])
    if not 1900 <= year <= 2060 or not _LETTER_BEFORE.search(text, max(0, start - 6), start):
        return []
    if not _closes_year(text, shadow, end, start) and not _IN_LAW_NAME.search(text, max(0, start - 70), start):
        return []
    part = _PART_BEFORE.search(text, max(0, start - 6), start)   # đầu 2017
    if part is None:
        return [Atom(start, end, "year", "year-bare", year=year)]
    return [Atom(part.start("part"), end, "year", "year-bare", year=year, mod=_PARTS[part["part"]])]


def _lost_dash(text: str, start: int) -> Atom | None:
    """`tuyển sinh 2025 2026`: a year and the next one behind a word, no row of a table."""
    found = _TWO_YEARS.match(text, start)
    if found is None or not _WORD_BEFORE.search(text, max(0, start - 5), start):
        return None
    if int(found["b"]) != int(found["a"]) + 1:
        return None
    return Atom(start, found.end(), "span", "years", year=int(found["a"]), to_year=int(found["b"]))


def _closes_year(text: str, shadow: str, end: int, start: int = 0) -> bool:
    """Whether what follows is no noun that the number could count."""
    if _RANGE_ON.match(text, end) or text[end : end + 2] == "-)":
        return True
    if _NUMBER_RANGE.match(text, end) or _GOES_ON.match(text, end):
        return False
    if said_after(text, end, cues("right", "deny", "year")):
        return False
    if _ENDS.match(text, end) or _CAPITAL_AFTER.match(shadow, end):
        return True
    named = start and _CAPITAL_BEFORE.search(shadow, max(0, start - 16), start)
    if named or (start and _timely(text, start)):
        return bool(_WORD_AFTER.match(text, end))
    return said_after(text, end, cues("right", "allow", "year"))


def _timely(text: str, start: int) -> bool:
    return said_before(text, start, cues("left", "allow", "year"))
