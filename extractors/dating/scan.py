"""Where to read: the atoms of a text, in order and without overlap."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import regex

from extractors.dating import counted, days, garbled, periods, terms
from extractors.dating.atoms import Atom
from extractors.dating.compose import until_now
from extractors.dating.numeric import read_numeric
from extractors.dating.patterns import CAN_CHI, YEAR_WORD, G, Y, first_can_chi_year, set_year
from extractors.dating.words import Head, anchors, cues, said_before
from extractors.facts import Decree

# Runs of digits that can open a date: a year (of three digits before a dash or bracket), or a day or month that goes on
_RUN = re.compile(
    r"[0-9](?<![^\W_].)(?<![^\W_][/.,_$#&+].)"
    r"(?:(?<=[12])\d{3}(?!\d)|\d{2}(?=\)| - [^\W\d_])|\d{0,3}(?= (?:tcn|trước công nguyên)\b)"
    r"|\d?(?=-| -| ?[/.] ?\d|tháng| (?:\d|tháng|thang|đến|tới|và)|t[/.]))"
)
_TERSE = frozenset({"lãi", "doanh thu", "lợi nhuận", "kết quả", "kinh doanh", "trong", "biến", "báo cáo", "bctc"})
_COMPARED_WITH = frozenset({"so với", "bằng", "so"})
_RATES = frozenset({"mỗi", "hàng", "hằng", "từng"})
_ONE = frozenset({"một"})
_FEAST_CUES = frozenset({"dịp", "lễ", "ngày", "đón"})

Reader = Callable[[str, int, int], list[Atom]]
READERS: dict[str, Reader] = {
    "month": days.months,
    "year": periods.years,
    "quarter": periods.quarters,
    "span": terms.spans,
    "decade": periods.decades,
    "century": periods.centuries,
    "season": periods.seasons,
    "bc": periods.before_christ,
    "half": periods.halves,
    "months": periods.some_months,
    "birth": periods.births,
}
_BRACKETED = regex.compile(r"(?: ?\(|,? )(?:(?:tức )?(?:ngày )?)(?=\d{1,2} ?[/-]|\d{1,2} \d{1,2} 20[0-3]\d\b(?!/))")
_NAMED_YEAR = regex.compile(
    rf"(?:{G}tết(?:{G}(?:nguyên đán|âm lịch))?)?"   # giao thừa Tết Ất Tỵ
    rf"(?:{G}(?:năm{G})?(?P<y>{Y})|{G}{YEAR_WORD}(?!\p{{L}})|{G}(?:năm{G})?{CAN_CHI}(?:{G}\(?(?P<y>{Y})\)?)?)"
)
_DAY_NUMBER = regex.compile(r"\d{1,2} $")
_CLAUSE_BEFORE = regex.compile(r"(?:^|[\n.;:,(] ?|(?<!\p{L})(?:từ|đến|vào|trong|tới|đầu|cuối|dịp) )$")
_DATED = regex.compile(r"(?:\p{L}+ ){0,4}\(?(?:ngày )?\d{1,2}(?: ?[/-] ?| tháng )\d{1,2}")
_DATED_BEFORE = regex.compile(r"\d[/-]\d{1,2}(?: là)? (?:ngày )?$")


def atoms(text: str, shadow: str, decrees: Sequence[Decree]) -> list[Atom]:
    """Every calendar expression of a lower-case shadow text (`shadow`: with its capitals)."""
    found: list[Atom] = []
    consumed = 0
    blocked = _Blocks(decrees)
    for start, end, head in _places(text):
        if start < consumed or (head is None and end <= consumed):
            continue
        read = _read(text, shadow, start, end, head, consumed)
        read = [atom for atom in read if not blocked.holds(atom)]
        if read:
            found += read
            consumed = max(atom.end for atom in read)
    return found


def _places(text: str) -> list[tuple[int, int, Head | None]]:
    """Heads and runs of digits; at one place the longest head first."""
    places: list[tuple[int, int, Head | None]] = list(anchors().find(text))
    places += [(*run.span(), None) for run in _RUN.finditer(text)]
    places.sort(key=lambda place: (place[0], -place[1]))
    return places


class _Blocks:
    """The words that decrees have claimed. A year in a decree's name is still a date."""

    def __init__(self, decrees: Sequence[Decree]) -> None:
        self._spans = sorted((decree.start, decree.end) for decree in decrees)
        self._at = 0

    def holds(self, atom: Atom) -> bool:
        if atom.grain in ("year", "span"):
            return False
        while self._at < len(self._spans) and self._spans[self._at][1] <= atom.start:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at][0] < atom.end


def _read(text: str, shadow: str, start: int, end: int, head: Head | None, free: int) -> list[Atom]:
    if head is None:
        return read_numeric(text, shadow, start, end, free)
    if head.grammar == "relative":
        return _relative(text, start, end, head, free)
    if head.grammar == "era":
        return [Atom(start, end, "era", "era", unit=head.unit)]
    if head.grammar == "named":
        return _named(text, shadow, start, end, head, free)
    broken = text[start - 1 : start] == "\n"   # a unit on the next line counts in running words only
    if head.mod is None and not (broken and shadow[start].isupper()) and (
        counted_atoms := counted.read_counted(text, start, end, free)
    ):
        return counted_atoms
    if head.grammar == "unit":
        return []
    if head.grammar == "day":
        return _days(text, start, end)
    if head.grammar == "t":
        return periods.short_month(text, start, end)
    if head.grammar == "q":
        terse = text[end : end + 1] in "/-" or said_before(text, start, _TERSE)
        return periods.short_quarter(text, start, end) if terse else []
    if head.grammar == "season" and text.startswith("xuân", start) and not _opens_clause(text, start):
        return []   # lễ hội xuân 2017, Nguyễn Thị Xuân 1975
    read = READERS[head.grammar](text, start, end)
    if head.grammar in ("month", "year") and read and (whole := garbled.with_lost_day(text, read, free)):
        return whole
    if head.grammar == "month" and read and read[0].year is None:
        if said_before(text, start, _RATES) or _is_place(text, start):
            return []   # mỗi tháng một vụ, đường 30 tháng 4
        read = _revolution(text, shadow, start, read)
    for atom in read:
        atom.mod = head.mod
    return read


def _is_place(text: str, start: int) -> bool:
    """Whether the month is of a day that a place is called after."""
    day = _DAY_NUMBER.search(text, max(0, start - 4), start)
    return day is not None and said_before(text, day.start(), cues("left", "deny", "day-name"))


def _opens_clause(text: str, start: int) -> bool:
    return bool(_CLAUSE_BEFORE.search(text, max(0, start - 8), start))


def _revolution(text: str, shadow: str, start: int, read: list[Atom]) -> list[Atom]:
    """`Cách mạng tháng Tám` was in 1945; in capitals it is a street. `rằm tháng 7` is lunar."""
    if text.endswith("rằm ", 0, start):
        return []
    if not text.endswith(("cách mạng ", "khởi nghĩa "), 0, start):
        return read
    if shadow[start].isupper() or read[0].month != 8:
        return []
    read[0].year, read[0].rule = 1945, "month-of-revolution"
    return read[:1]


def _days(text: str, start: int, end: int) -> list[Atom]:
    head = days.DAY_HEAD.match(text, start)
    pos = head.end() if head else end
    if pos <= end:
        return []
    read = days.days(text, start, pos, headed=True)
    if len(read) == 1 and read[0].rule == "day-alone" and not _stands_alone(text, read[0]):
        return []
    return [atom for atom in read if atom.rule != "no-such-day"]


def _stands_alone(text: str, atom: Atom) -> bool:
    """A day without month is one only where nothing that could be counted follows (`ngày 3 lần`)."""
    return text.startswith("ngày", atom.start) and bool(_CLOSES.match(text, atom.end))


_CLOSES = regex.compile(r" ?(?:[,;:)\n]|\.(?!\d)|$)(?! ?\d)")


def _relative(text: str, start: int, end: int, head: Head, free: int) -> list[Atom]:
    """`hôm qua`, `sáng nay (7/8)`: a date in brackets after it gives the value."""
    if head.unit.startswith("then") and _DAY_AFTER.match(text, end):
        return []   # cùng ngày 14/2: the date says it
    if head.unit == "story year" and not said_before(text, start, _COMPARED_WITH):
        return []   # từ năm trước, vài năm trước
    if head.unit == "same period":
        return [_same_period(text, start, end)]
    if head.unit == "day of year":
        return _day_of_year(text, start, end)
    if head.unit == "year" and _NUMBER_AFTER.match(text, end):
        return []   # sang năm 2019
    if head.unit in ("week", "month", "year") and head.mod is None and (
        counted_atoms := counted.read_counted(text, start, start + len(text[start:end].split(" ")[0]), free)
    ):
        return counted_atoms
    if head.unit in _COUNTABLE and said_before(text, start, _ONE):
        return []   # một tuần sau khi …
    dated = head.unit in ("day", "weekday") and not text.startswith(_BARE_WEEKDAYS[:2], start)
    if dated and (bracket := _BRACKETED.match(text, end)):
        read = days.days(text, start, bracket.end(), headed=True)
        if read and read[0].rule not in ("day-alone", "no-such-day"):
            atom = read[0]
            if "(" in bracket[0] and text[atom.end : atom.end + 1] == ")":
                atom.end += 1
            if "(" not in bracket[0] or text[atom.end - 1] == ")":
                atom.rule = "today-with-date" if head.unit == "day" else "weekday-with-date"
                atom.shift = head.shift
                return [atom, *read[1:]]
    if head.unit == "day" and not head.shift and _is_present(text, start, end):
        return []   # thành công như ngày hôm nay
    if head.unit in _COUNTABLE and said_before(text, start, cues("left", "deny", "relative")) and not said_before(
        text, start, cues("left", "allow", "duration")
    ):
        return []
    if head.unit == "weekday":
        return _weekday(text, start, end, head)
    if head.unit.startswith("base"):
        return _part_of_base(text, start, end, head)
    return [Atom(start, end, "relative", "relative", unit=head.unit, shift=head.shift, mod=head.mod)]


def _day_of_year(text: str, start: int, end: int) -> list[Atom]:
    """`ngày này năm 1975`, `ngày này năm ngoái`: the document's day of another year."""
    found = _NAMED_YEAR.match(text, end - len(" năm"))
    if found is None or found["can"]:
        return []
    atom = Atom(start, found.end(), "relative", "day-of-year", unit="day of year")
    set_year(atom, found)
    return [atom]


def _is_present(text: str, start: int, end: int) -> bool:
    """`hôm nay` of no day in particular: the present."""
    today = text.find("hôm nay", start, end)
    return today >= 0 and said_before(text, today, cues("left", "deny", "today"))


_DAY_AFTER = regex.compile(r" \d{1,2}[/-]\d")
_NUMBER_AFTER = regex.compile(r" {1,3}\d")
_COUNTABLE = frozenset({"week", "month", "quarter", "year", "base year", "base month"})
_OF_WEEK = regex.compile(r" tuần (?P<which>trước|qua|rồi|này|tới|sau)(?!\p{L})")
_BARE_WEEKDAYS = ("thứ", "chủ", "ngày thứ")   # they may also be the second, the third
_WEEKS = {"trước": 1, "qua": 1, "rồi": 1, "này": 2, "tới": 3, "sau": 3}


def _is_bare_weekday(text: str, start: int) -> bool:
    return text.startswith(_BARE_WEEKDAYS, start)


def _weekday(text: str, start: int, end: int, head: Head) -> list[Atom]:
    """`hôm thứ Hai`, `thứ Hai tuần trước`; `count` holds the week: 1 the last, 2 this, 3 the next."""
    found = _OF_WEEK.match(text, end)
    if found is None and _is_bare_weekday(text, start):
        return []
    week = _WEEKS[found["which"]] if found else 0
    end = found.end() if found else end
    return [Atom(start, end, "relative", "weekday", unit="weekday", shift=head.shift, count=week)]


_NOT_BASE = regex.compile(r" (?:nhất|hai|ba|tư|cuối|nào|học|lớp|mới|đó|ấy|thứ|tuổi|âm|dương|\d{1,3}\b)")


def _part_of_base(text: str, start: int, end: int, head: Head) -> list[Atom]:
    """`cuối năm`, `đầu tháng`: of the year spoken of."""
    grain = head.unit.removeprefix("base ")
    read = {"year": periods.years, "month": days.months, "week": _nothing}[grain](text, start, end)
    if read and (whole := garbled.with_lost_day(text, read, start)):
        return whole
    for atom in read:
        atom.mod = head.mod
    if read or _NOT_BASE.match(text, end):
        return read
    if grain == "week":
        return _part_of_week(text, start, end, head)
    if grain == "month" and until_now(text, end):
        return [Atom(start, end, "relative", "part-of-month", unit="month", mod=head.mod)]   # từ đầu tháng đến nay
    if grain == "month" and said_before(text, start, _LATELY):
        return [Atom(start, end, "relative", "part-of-month", unit="month", mod=head.mod)]   # hồi đầu tháng, …
    if grain == "month" or text[start - 5 : start] in ("hàng ", "hằng "):
        return []
    return [Atom(start, end, "relative", "part-of-year", unit="base year", mod=head.mod)]


def _nothing(_text: str, _start: int, _pos: int) -> list[Atom]:
    return []


_LATELY = frozenset({"hồi"})
_HOI = frozenset({"hồi", "ngay", "ngay từ", "từ", "phiên", "vào", "trong", "được hồi"})


def _part_of_week(text: str, start: int, end: int, head: Head) -> list[Atom]:
    """`hồi đầu tuần`, `từ đầu tuần đến nay`: this week's; `ngày đầu tuần` is any week's."""
    said = said_before(text, start, _HOI if head.mod == "start" else frozenset({"hồi"}))
    if not said or _NOT_BASE.match(text, end):
        return []
    return [Atom(start, end, "relative", "part-of-week", unit="week", mod=head.mod)]


_SAME_PERIOD_YEAR = regex.compile(
    rf"{G}(?:(?:của )?năm |tháng \d{{1,2}}/)?(?:(?P<y>{Y})|(?P<said>trước|ngoái))(?!\p{{L}})"
)


def _same_period(text: str, start: int, end: int) -> Atom:
    """`cùng kỳ`, `cùng kỳ năm trước`, `cùng kỳ năm 2017`."""
    found = _SAME_PERIOD_YEAR.match(text, end)
    atom = Atom(start, found.end() if found else end, "relative", "same-period", unit="same period", shift=-1)
    if found and found["y"]:
        atom.year = int(found["y"])
    return atom


def _named(text: str, shadow: str, start: int, end: int, head: Head, free: int) -> list[Atom]:
    """`Tết Nguyên đán 2019`, `Quốc khánh`, `ngày Quốc khánh 2/9/1945`."""
    if _PERSON.search(shadow, max(0, start - 24), start) or not _is_feast(text, shadow, start, end):
        return []
    if dated := _named_with_date(text, start, end, free):
        return dated
    atom = Atom(start, end, "named", f"named-{head.unit}", month=head.month, day=head.day, unit=head.unit)
    if found := _NAMED_YEAR.match(text, end):
        atom.end = found.end()
        if found["can"] and not found["y"]:
            atom.count = first_can_chi_year(found)
        set_year(atom, found)
        return [atom]
    if _DATED_BEFORE.search(text, max(0, start - 14), start):
        return []   # 1/6 Ngày Quốc tế thiếu nhi
    return [] if _DATED.match(text, end + 1) or _OTHERS_DAY.match(shadow, end) else [atom]


def _named_with_date(text: str, start: int, end: int, free: int) -> list[Atom]:
    """A day's name with its date behind it or in brackets is one expression; the date gives the value."""
    gap = _DATE_BEHIND.match(text, end)
    if gap is None:
        return []
    head = days.DAY_HEAD.match(text, gap.end())
    read = days.days(text, start, head.end() if head else gap.end(), headed=True)
    if len(read) != 1 or not read[0].month or read[0].rule == "day-alone":
        return []
    atom = read[0]
    if "(" in gap[0]:
        if text[atom.end : atom.end + 1] != ")":
            return []
        atom.end += 1
    if start - len("ngày ") >= free and text.startswith("ngày ", start - len("ngày ")):
        atom.start -= len("ngày ")
    return read


_DATE_BEHIND = regex.compile(r"(?: (?:ngày )?| \()(?=(?:m[ùồ]ng )?\d{1,2}(?: ?[/-] ?\d| tháng ))")


def _is_feast(text: str, shadow: str, start: int, end: int) -> bool:
    """A name of one syllable is one in capitals or after `dịp`, `ngày`, `lễ`, `đón`."""
    return shadow[start].isupper() or " " in text[start:end] or said_before(text, start, _FEAST_CUES)


_PERSON = regex.compile(
    r"(?:\p{Lu}\p{Ll}*+ \p{Lu}\p{Ll}*+|(?:Ông|Bà|Anh|Chị|ông|bà|anh|chị|cháu|em)(?: \p{Lu}\p{Ll}*+)?) $"
)
_OTHERS_DAY = regex.compile(r" (?:trồng cây|lần thứ|\p{Lu}|[12]\d?/\d)")
