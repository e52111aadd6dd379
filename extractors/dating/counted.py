"""Counted time: lengths (`75 năm`), n-month periods (`6 tháng đầu năm 2019`), steps (`trước đó một ngày`)."""

from __future__ import annotations

from decimal import Decimal

import regex

from extractors.dating import days, periods
from extractors.dating.atoms import Atom
from extractors.dating.patterns import G, Y
from extractors.dating.words import UNITS, cues, said_after, said_before
from extractors.numbers import read_before, read_number

_PERIOD_OF_YEAR = regex.compile(
    rf"{G}(?P<edge>đầu|cuối)(?:{G}tiên)?(?:{G}(?:của{G})?năm(?!{G}(?:học|đầu|thứ|tài))|(?={G}{Y}))"
)
_MONTHS_OF_YEAR = regex.compile(rf"(?:{G}(?:của{G})?năm{G}|/|{G})(?P<y>{Y})(?! {{1,3}}(?:người|đồng|tỷ|triệu))")
_UNIT = regex.compile(r" {1,3}(thập kỷ|thập niên|thế kỷ|ngày|tuần|tháng|năm)(?!\p{L})")
_MORE = regex.compile(r",? {1,3}(?:(?:và|lẻ) )?(?=\d|\p{L})")
_HALF = regex.compile(r" {1,3}(?:rưỡi|rưởi)(?!\p{L})")
_SUFFIX = regex.compile(
    rf"{G}(?:vừa qua|trở lại đây|trở lại|gần đây|qua(?! (?:đi|đời|các|việc|ngày))|tới đây|sắp tới|nay|trước đây"
    r"|tới(?! (?:khi|ngày|năm|tháng|nay|hết))"
    r"|trước(?! {1,3}(?:khi|đó|ngày|năm|thời|lúc|tháng|\d))|sau(?= ?[,.;]))(?!\p{L})"
)
_WORKED = regex.compile(rf"{G}(?:làm việc(?!\p{{L}})|\d{{1,2}} đêm(?!\p{{L}}))")
_SINCE_EVENT = regex.compile(rf"{G}(?:sau|trước) (?:khi|ngày|vụ|cuộc)(?!\p{{L}})")
_STEP_AFTER = regex.compile(rf"{G}(?P<way>trước|sau) đó(?!\p{{L}})")
_STEP_BEFORE = regex.compile(r"(?P<way>trước|sau) đó (?:khoảng |chừng |đúng |chỉ |gần |hơn )?$")
_ONWARD = regex.compile(rf"{G}sau(?=, |{G}(?:ông|bà|anh|chị|cô|họ|tôi|chúng tôi|người ta|hắn|y|nàng|chàng)(?!\p{{L}}))")
_OPENS = regex.compile(r"(?:^|\n|[.!?;] |: |- |[(\"“])$")   # the words open a sentence: Hai năm sau, …
_RANGE_BEFORE = regex.compile(
    r"(?<![\d.,/-])(?<!\d )(?P<low>\d{1,3}) ?- ?$|(?<!\p{L})từ (?P<low>\d{1,3}) (?:đến|tới) $"
)
_SAID_TWICE = regex.compile(r"(?<=[\p{L}\d]) ?\((?P<again>[\p{L}\d][\p{L}\d ]{0,24})\)$")
_RATE_BEFORE = regex.compile(r"\d|lần|mỗi|lượt|buổi")
_STEPS = {"D": ("day", 1), "W": ("day", 7), "M": ("month", 1), "Y": ("year", 1)}
_IDIOM_AFTER = regex.compile(rf"{G}(?:sau|trước|qua|tới|kể|đầu|cuối|tù|trở)(?!\p{{L}})")
_HEAD_OF = {
    "D": regex.compile(rf"{G}\d{{1,2}}(?:[/-]\d|,|{G}(?:và|tháng|đến|-))"),
    "M": regex.compile(rf"{G}(?:1[0-2]|0?[1-9])(?![\d]|[.,]\d| {{1,3}}(?:tỷ|tỉ|triệu|nghìn))"),
    "Y": regex.compile(rf"{G}\d{{3,4}}(?!\d)"),
}
_HEAD_OF |= dict.fromkeys("WQXC", regex.compile(rf"{G}\d"))
_NEXT_NUMBER = regex.compile(rf"{G}\d")
_HALF_OF = regex.compile(r" (?:đầu|cuối|sau)")
_LARGEST = {"D": 40000, "W": 6000, "M": 1300, "Q": 50, "Y": 6000, "X": 20, "C": 50}


def read_counted(text: str, start: int, end: int, free: int) -> list[Atom]:
    """What a number before the unit at `start:end` counts; `free` is where the last expression ended."""
    unit = UNITS.get(text[start:end])
    if unit is None or start < 2 or text[start - 1] not in " \n":
        return []
    if text[start - 6 : start] in (" nửa  ", "  nửa ") or text[max(0, start - 4) : start] == "nửa ":
        return _half(text, start, end, unit)
    if unit in "XC" and text[max(0, start - 3) : start] == "cả ":
        return [Atom(start - 3, end, "duration", "duration", duration=_iso(unit, Decimal(1)))]
    number = _number_before(text, start)
    if number is None or number[0] < free:
        return []
    first, count = number
    if not 0 < count <= _LARGEST[unit]:
        return []
    if unit == "M" and count == int(count) and (day := _day_before_month(text, first)):
        return day
    if unit in "MQ" and (period := _months_of_year(text, first, end, int(count) * (3 if unit == "Q" else 1))):
        return period
    if _is_denied(text, first, end):
        return []
    return _length(text, first, end, unit, count)


def _number_before(text: str, start: int) -> tuple[int, Decimal] | None:
    """Where the number before a unit starts, and its value; `ba (03) tháng` says it twice."""
    end = start - 1
    while end > 1 and text[end - 1] == " " and start - end < 4:
        end -= 1
    if text[end - 1] == ")" and (twice := _SAID_TWICE.search(text, max(0, end - 40), end)):
        inner = read_number(text, twice.start("again"))
        first = read_before(text, len(text[: twice.start()].rstrip(" "))) if twice.start() else None
        return first if inner and first and inner == (end - 1, first[1]) else None
    return read_before(text, end) if text[end - 1].isalnum() else None


def _is_denied(text: str, first: int, end: int) -> bool:
    """Whether the word before makes the number an ordinal or the unit a rate (`lớp 5`, `hàng 3 năm`)."""
    if text[first - 1] == "(" or not said_before(text, first, cues("left", "deny", "duration")):
        return False
    allowed = said_before(text, first, cues("left", "allow", "duration"))
    return not allowed and not said_after(text, end, cues("right", "allow", "duration"))


def _day_before_month(text: str, first: int) -> list[Atom]:
    """`19 tháng 7 năm 1946` without `ngày`."""
    read = days.days(text, first, first, headed=False)
    if read and read[0].year is None and said_before(text, first, cues("left", "deny", "day-name")):
        return []   # đường 30 tháng 4
    return read if read and (read[0].year is not None or (read[0].day or 0) > 12 or read[0].recurs) else []


def _months_of_year(text: str, first: int, end: int, count: int) -> list[Atom]:
    if not 1 <= count <= 12:
        return []
    if edge := _PERIOD_OF_YEAR.match(text, end):
        atom = Atom(first, edge.end(), "months", "months-of-year", count=count, unit=edge["edge"])
        return [periods.of_year(text, atom)]
    if whole := _MONTHS_OF_YEAR.match(text, end):
        return [Atom(first, whole.end(), "months", "months-of-year", count=count, unit="đầu", year=int(whole["y"]))]
    return []


def _length(text: str, first: int, end: int, unit: str, count: Decimal) -> list[Atom]:
    word = text[first:end].split(" ")[0]
    if _HEAD_OF[unit].match(text, end) and not _composite(text, end):
        return []   # the unit is the head of a date: trong 2 ngày 8 và 9/12
    if text[end : end + 1] == "/" or (
        said_after(text, end, cues("right", "deny", "duration"))
        and not said_after(text, end, cues("right", "allow", "duration"))
    ):
        return []
    if text.startswith("đêm", end - 3) and count == 1:
        return []   # chỉ trong một đêm: suddenly
    if word == "năm" and unit == "M" and not _IDIOM_AFTER.match(text, end):
        return []   # năm tháng: the years
    step = _step(text, first, end, unit, count)
    if step:
        return [step]
    if word == "một" and text[first:end].count(" ") == 1 and not _one_is_counted(text, first, end):
        return []
    duration, end = _with_parts(text, end, unit, count)
    if range_before := _RANGE_BEFORE.search(text, max(0, first - 14), first):
        first, low = range_before.start(), int(range_before["low"])
        if 0 < low < count:
            duration = f"{_iso(unit, Decimal(low))}/{duration}"
    if unit == "D" and (worked := _WORKED.match(text, end)):
        end = worked.end()
    if (onward := _ONWARD.match(text, end)) and unit in _STEPS and count == int(count) and _OPENS.search(
        text, max(0, first - 4), first
    ):
        grain, factor = _STEPS[unit]
        return [Atom(first, onward.end(), "duration", "step-or-length", duration=duration, unit=f"then {grain}",
                     shift=int(count) * factor, count=int(count))]
    suffix = _SUFFIX.match(text, end)
    end = suffix.end() if suffix else end
    return [Atom(first, end, "duration", "duration", duration=duration, count=int(count), unit=unit)]


def _one_is_counted(text: str, first: int, end: int) -> bool:
    if said_before(text, first, cues("left", "allow", "one")):
        return True
    if _SUFFIX.match(text, end) or _HALF.match(text, end) or _SINCE_EVENT.match(text, end):
        return True
    closes = text[end : end + 1] in (".", ";", "\n", ")", "") and not text.startswith("ngày", end - 4)
    return closes and not _RATE_BEFORE.search(text, max(0, first - 16), first)   # khóc một tuần.


def _composite(text: str, end: int) -> tuple[int, Decimal, str] | None:
    """`6 ngày` of `2 tháng 6 ngày`: its end, number and unit."""
    more = _MORE.match(text, end)
    number = read_number(text, more.end()) if more else None
    unit = _UNIT.match(text, number[0]) if number else None
    if number is None or unit is None or (_NEXT_NUMBER.match(text, unit.end()) and not _composite(text, unit.end())):
        return None
    return unit.end(), number[1], UNITS[unit[1]]


def _with_parts(text: str, end: int, unit: str, count: Decimal) -> tuple[str, int]:
    """`2 năm 6 tháng`, `hai năm rưỡi`."""
    if half := _HALF.match(text, end):
        extra = {"Y": "6M", "M": "15D"}.get(unit)
        if extra and count == int(count):
            return f"P{int(count)}{unit}{extra}", half.end()
        return _iso(unit, count + Decimal("0.5")), half.end()
    order = "YMWD"
    duration = _iso(unit, count)
    while unit in order and (part := _composite(text, end)) and part[2] in order[order.index(unit) + 1 :]:
        end, value, unit = part
        duration += f"{_plain(value)}{unit}"
    return duration, end


def _iso(unit: str, count: Decimal) -> str:
    factor, unit = {"Q": (3, "M"), "X": (10, "Y"), "C": (100, "Y")}.get(unit, (1, unit))
    return f"P{_plain(count * factor)}{unit}"


def _plain(value: Decimal) -> str:
    return f"{int(value)}" if value == int(value) else f"{value.normalize():f}"


def _half(text: str, start: int, end: int, unit: str) -> list[Atom]:
    """`nửa năm`, `nửa tháng`; not `nửa năm 2018`."""
    duration = {"Y": "P6M", "M": "P15D", "C": "P50Y", "X": "P5Y"}.get(unit)
    if duration is None or _NEXT_NUMBER.match(text, end) or _HALF_OF.match(text, end):
        return []
    return [Atom(text.rindex("nửa", 0, start), end, "duration", "duration", duration=duration)]


def _step(text: str, first: int, end: int, unit: str, count: Decimal) -> Atom | None:
    """`trước đó một ngày`, `hai năm sau đó`: counted from the date last named."""
    if unit not in _STEPS or count != int(count):
        return None
    grain, factor = _STEPS[unit]
    if after := _STEP_AFTER.match(text, end):
        way, span = after["way"], (first, after.end())
    elif before := _STEP_BEFORE.search(text, max(0, first - 24), first):
        way, span = before["way"], (before.start(), end)
    else:
        return None
    shift = int(count) * factor * (-1 if way == "trước" else 1)
    return Atom(*span, "relative", "step", unit=f"then {grain}", shift=shift)


