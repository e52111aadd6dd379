"""The arithmetic of dates: EDTF values and their days, nearest years, the lunar calendar.

EDTF is ISO 8601-2 (level 2), as the Library of Congress specifies it. Years are astronomical: 0 is 1 BC.
"""

from __future__ import annotations

import calendar
import datetime
from functools import cache

import regex

from extractors.lexicon import table

Day = datetime.date
_POINT = regex.compile(r"(-?[\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?")
_LAST_MONTH_OF = {33: 3, 34: 6, 35: 9, 36: 12, 37: 4, 38: 8, 39: 12, 40: 6, 41: 12}   # quarters, thirds, halves
_MONTHS_IN = {33: 3, 34: 3, 35: 3, 36: 3, 37: 4, 38: 4, 39: 4, 40: 6, 41: 6}

STEMS = ("canh", "tân", "nhâm", "quý", "giáp", "ất", "bính", "đinh", "mậu", "kỷ")
BRANCHES = ("thân", "dậu", "tuất", "hợi", "tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi")


def month_length(year: int | None, month: int) -> int:
    """Days of a month; of a February in no known year, 29."""
    if month == 2:
        return 29 if not year or year < 0 or calendar.isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def is_day(year: int | None, month: int | None, day: int) -> bool:
    """Whether the calendar has this day; unknown parts are given the benefit of the doubt."""
    if month is None:
        return 1 <= day <= 31
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def edtf(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """EDTF of a year, month or day whose known parts are given.

    >>> edtf(1946, 7, 19), edtf(None, 5, 30), edtf(938), edtf(-256), edtf(None, None, 15)
    ('1946-07-19', 'XXXX-05-30', '0938', '-0256', 'XXXX-XX-15')
    """
    if year is None:
        value = "XXXX"
    else:
        value = f"-{-year:04}" if year < 0 else f"{year:04}"
    if month is None and day is None:
        return value
    value += "-XX" if month is None else f"-{month:02}"
    return value if day is None else f"{value}-{day:02}"


def parse_day(value: str | None) -> Day | None:
    """The day that an EDTF value names, None unless it names exactly one.

    >>> parse_day("1946-07-19")
    datetime.date(1946, 7, 19)
    """
    if value is None or len(value) != 10 or "/" in value or not value[:4].isdigit():
        return None
    first, last = bounds(value) or (None, None)
    return first if first == last else None


def bounds(value: str | None) -> tuple[Day | None, Day | None] | None:
    """The first and the last day that an EDTF value covers; None at an open end.

    None for values without days: an unknown year (`XXXX-05-30`), a season, years outside 1–9999.

    >>> bounds("2026-01/2026-03")
    (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
    >>> bounds("199X")
    (datetime.date(1990, 1, 1), datetime.date(1999, 12, 31))
    >>> bounds("1993-07/..")
    (datetime.date(1993, 7, 1), None)
    """
    if not value:
        return None
    if value[0] in "[{":
        members = [bounds(member) for member in value[1:-1].split(",")]
        firsts = [member[0] for member in members if member and member[0]]
        lasts = [member[1] for member in members if member and member[1]]
        return (min(firsts), max(lasts)) if len(firsts) == len(lasts) == len(members) else None
    left, slash, right = value.partition("/")
    first = None if slash and left in ("", "..") else _edge(left, last=False)
    last = None if slash and right in ("", "..") else _edge(right if slash else left, last=True)
    known_left = first is not None or (slash and left in ("", ".."))
    known_right = last is not None or (slash and right in ("", ".."))
    return (first, last) if known_left and known_right and (first or last) else None


def _edge(point: str, *, last: bool) -> Day | None:
    found = _POINT.fullmatch(point.strip("~?%"))
    if found is None or found[1].startswith("XXXX"):
        return None
    year = int(found[1].replace("X", "9" if last else "0"))
    month = int(found[2]) if found[2] and "X" not in found[2] else 12 if last else 1
    if month in _LAST_MONTH_OF:
        end = _LAST_MONTH_OF[month]
        month = end if last else end - _MONTHS_IN[month] + 1
    if not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    length = month_length(year, month)
    day = int(found[3]) if found[3] and "X" not in found[3] else length if last else 1
    return Day(year, month, day) if 1 <= day <= length else None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month `count` months later."""
    months = year * 12 + month - 1 + count
    return months // 12, months % 12 + 1


def shift_day(day: tuple[int | None, int, int], days: int) -> tuple[int | None, int, int]:
    """Year, month and day so many days later; where the year is unknown, in a year of 365 days.

    >>> shift_day((None, 3, 1), -1)
    (None, 2, 28)
    """
    year, month, number = day
    start = Day(year or 2001, month, min(number, month_length(year or 2001, month)))
    moved = start + datetime.timedelta(days=days)
    return (moved.year if year else None), moved.month, moved.day


def week_of(day: Day, shift: int = 0) -> tuple[Day, Day]:
    """Monday and Sunday of the week of `day`, `shift` weeks later."""
    monday = day - datetime.timedelta(days=day.weekday()) + datetime.timedelta(weeks=shift)
    return monday, monday + datetime.timedelta(days=6)


def nearest_year(month: int, day: int, anchor: Day, lean: int = 0) -> int | None:
    """The year that puts a day of the year nearest to `anchor`.

    News tells what happened, so without a hint a day ahead counts half as far again; `lean` +1 is a hint that
    the day lies ahead, -1 that it lies behind.
    """
    best: tuple[float, int] | None = None
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        if not (1 <= year <= 9999 and is_day(year, month, day)):
            continue
        distance = float((Day(year, month, day) - anchor).days)
        weight = {0: 1.5, 1: 0.5, -1: 8.0}[lean] if distance > 0 else {0: 1.0, 1: 2.0, -1: 1.0}[lean]
        best = min(best or (1e9, year), (abs(distance) * weight, year))
    return best[1] if best else None


@cache
def _lunar_years() -> dict[int, tuple[Day, str, int]]:
    return {
        int(row["year"]): (Day.fromisoformat(row["tet"]), row["months"], int(row["leap"]))
        for row in table("date_lunar_years")
    }


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> Day | None:
    """The solar day of a day of the Vietnamese lunar calendar, 1900–2100; day 30 of a short month is its last.

    >>> lunar_day(2024, 3, 10)
    datetime.date(2024, 4, 18)
    """
    if year not in _lunar_years():
        return None
    tet, lengths, leap_month = _lunar_years()[year]
    index = month - 1 + (1 if leap_month and (month > leap_month or (leap and month == leap_month)) else 0)
    if not 0 <= index < len(lengths) or not 1 <= day <= 30:
        return None
    days = [30 if length == "0" else 29 for length in lengths]
    return tet + datetime.timedelta(days=sum(days[:index]) + min(day, days[index]) - 1)


def sexagenary_years(stem: str, branch: str, first: int = 1900, last: int = 2099) -> list[int]:
    """The years of a Can Chi name (lower case).

    >>> sexagenary_years("đinh", "dậu")
    [1957, 2017, 2077]
    """
    if stem not in STEMS or branch not in BRANCHES:
        return []
    s, b = STEMS.index(stem), BRANCHES.index(branch)
    return [year for year in range(first, last + 1) if year % 10 == s and year % 12 == b]
