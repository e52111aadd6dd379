"""Dates and numbers for English readers. As in outputs.vietnamese, what EDTF leaves open stays open in words."""

from __future__ import annotations

from decimal import Decimal

import regex

_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")
# EDTF level 2, sub-year groupings (ISO 8601-2, 4.8).
_SUB_YEAR = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter", "33": "first quarter of", "34": "second quarter of",
    "35": "third quarter of", "36": "fourth quarter of", "37": "first four months of", "38": "middle four months of",
    "39": "last four months of", "40": "first half of", "41": "second half of",
}
_OPEN = ("", "..")
_DOUBT = {"?": "{} (uncertain)", "~": "about {}", "%": "about {} (uncertain)"}
_POINT = regex.compile(r"(-?\d{4}|XXXX)(?:-(\d\d|XX))?(?:-(\d\d))?")
_SET = regex.compile(r"([\[{])([^\]}]*)[\]}]")


def date_in_words(edtf: str) -> str:
    """An EDTF value in words; a value of a shape not foreseen comes back as it is.

    >>> date_in_words("1946-07-19"), date_in_words("1993-07"), date_in_words("2015/2020")
    ('19 July 1946', 'July 1993', 'from 2015 to 2020')
    """
    if members := _SET.fullmatch(edtf):
        words = ", ".join(date_in_words(value.strip().replace("..", "/..")) for value in members[2].split(","))
        return words if members[1] == "{" else f"one of {words}"
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        start = "" if first in _OPEN else f"from {_point(first)}"
        end = "" if last in _OPEN else f"{'to' if start else 'until'} {_point(last)}"
        return " ".join(part for part in (start, end) if part) or "at an unknown time"
    return _point(edtf)


def date_within_year(edtf: str) -> str:
    """The same where the year stands above: `19 July`, `July`, `in the year`."""
    point = _POINT.fullmatch(edtf)
    if point is None or point[1] == "XXXX" or (point[2] or "01") in (*_SUB_YEAR, "XX"):
        return date_in_words(edtf)
    if point[2] is None:
        return "in the year"
    month = _MONTHS[int(point[2])]
    return f"{int(point[3])} {month}" if point[3] else month


def year_in_words(year: int) -> str:
    """A year of our era, or before it (astronomical: 0 is 1 BC).

    >>> year_in_words(1946), year_in_words(-256)
    ('1946', '257 BC')
    """
    return str(year) if year > 0 else f"{1 - year} BC"


def _point(value: str) -> str:
    bare = value.translate({ord(mark): None for mark in _DOUBT})
    words = _bare(bare)
    return words if bare == value else _DOUBT[next(mark for mark in value if mark in _DOUBT)].format(words)


def _bare(value: str) -> str:
    if decade := regex.fullmatch(r"(\d{3})X", value):
        return f"the {decade[1]}0s"
    if century := regex.fullmatch(r"(\d\d)XX", value):
        number = int(century[1]) + 1
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 != 1 else 0, "th")
        return f"{number}{ending} century"
    point = _POINT.fullmatch(value)
    if point is None or point[2] == "XX" or int(point[2] or 1) not in (*range(1, 13), *map(int, _SUB_YEAR)):
        return value
    year = "(year not stated)" if point[1] == "XXXX" else year_in_words(int(point[1]))
    if point[2] is None:
        return year
    month = _SUB_YEAR.get(point[2]) or _MONTHS[int(point[2])]
    return f"{int(point[3])} {month} {year}" if point[3] else f"{month} {year}"


def number_in_figures(value: Decimal | int) -> str:
    """Exact, with `,` between thousands and `.` before decimals: `2,740,557.5`."""
    return f"{Decimal(value):,f}"
