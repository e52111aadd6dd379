"""Dates and numbers as Vietnamese readers write them.

Dates come as EDTF (ISO 8601-2) and keep their own precision: what EDTF leaves open stays open in words.
Numbers keep every digit: nothing is rounded, `.` groups thousands and `,` is the decimal mark.
"""

from __future__ import annotations

from decimal import Decimal

import regex

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
          "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI")

# EDTF level 2, sub-year groupings (ISO 8601-2, 4.8).
_SUB_YEAR = {
    "21": "mùa xuân", "22": "mùa hè", "23": "mùa thu", "24": "mùa đông",
    "33": "quý I/", "34": "quý II/", "35": "quý III/", "36": "quý IV/",
    "37": "bốn tháng đầu năm", "38": "bốn tháng giữa năm", "39": "bốn tháng cuối năm",
    "40": "nửa đầu năm", "41": "nửa cuối năm",
}
_OPEN = ("", "..")
_DOUBT = {"?": "chưa chắc chắn", "~": "khoảng", "%": "khoảng, chưa chắc chắn"}

_YEAR = regex.compile(r"-?\d{4}")
_DECADE = regex.compile(r"(\d{3})X")
_CENTURY = regex.compile(r"(\d\d)XX")
_MONTH = regex.compile(r"(\d{4}|XXXX)-(\d\d)")
_DAY = regex.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
_SET = regex.compile(r"([\[{])([^\]}]*)[\]}]")


def date_in_words(edtf: str) -> str:
    """An EDTF value in words; a value of a shape not foreseen comes back as it is.

    >>> date_in_words("1946-07-19")
    'ngày 19 tháng 7 năm 1946'
    >>> date_in_words("1993-07"), date_in_words("1980")
    ('tháng 7/1993', 'năm 1980')
    >>> date_in_words("2015/2020"), date_in_words("1993/..")
    ('từ năm 2015 đến năm 2020', 'từ năm 1993')
    """
    if members := _SET.fullmatch(edtf):
        return _set_in_words(members[1], members[2])
    if "/" in edtf:
        return _interval_in_words(*edtf.split("/", 1))
    return _point_in_words(edtf)


def _interval_in_words(first: str, last: str) -> str:
    start = "" if first in _OPEN else f"từ {_point_in_words(first)}"
    end = "" if last in _OPEN else f"đến {_point_in_words(last)}"
    return " ".join(part for part in (start, end) if part) or "không rõ thời gian"


def _set_in_words(bracket: str, members: str) -> str:
    values = [value.strip() for value in members.split(",")]
    if all(_YEAR.fullmatch(value) for value in values):
        words = f"các năm {', '.join(values)}" if len(values) > 1 else f"năm {values[0]}"
    else:
        words = ", ".join(date_in_words(value.replace("..", "/..")) for value in values)
    return words if bracket == "{" else f"một trong {words}"


def _point_in_words(value: str) -> str:
    bare = value.translate({ord(mark): None for mark in _DOUBT})
    words = _bare_in_words(bare)
    if bare == value:
        return words
    doubt = _DOUBT[next(mark for mark in value if mark in _DOUBT)]
    return f"{words} ({doubt})"


def _bare_in_words(value: str) -> str:
    if day := _DAY.fullmatch(value):
        return _day_in_words(day[1], day[2], day[3])
    if month := _MONTH.fullmatch(value):
        return _month_in_words(month[1], month[2])
    if _YEAR.fullmatch(value):
        return f"năm {year_in_words(int(value))}"
    if decade := _DECADE.fullmatch(value):
        return f"thập niên {decade[1]}0"
    if (century := _CENTURY.fullmatch(value)) and int(century[1]) + 1 < len(_ROMAN):
        return f"thế kỷ {_ROMAN[int(century[1]) + 1]}"
    return value


def year_in_words(year: int) -> str:
    """A year of our era, or before it (astronomical: 0 is 1 BC).

    >>> year_in_words(1946), year_in_words(-256)
    ('1946', '257 TCN')
    """
    return str(year) if year > 0 else f"{1 - year} TCN"


def _day_in_words(year: str, month: str, day: str) -> str:
    return f"ngày {int(day)} tháng {int(month)} " + ("(không rõ năm)" if year == "XXXX" else f"năm {int(year)}")


def _month_in_words(year: str, month: str) -> str:
    if year == "XXXX":
        return f"tháng {int(month)} (không rõ năm)"
    if part := _SUB_YEAR.get(month):
        return f"{part}{int(year)}" if part.endswith("/") else f"{part} {int(year)}"
    return f"tháng {int(month)}/{int(year)}"


def short_date(edtf: str) -> str:
    """The same in figures, for tables and margins: `19/7/1946`, `7/1993`, `1980`, `10/2017 – 5/2018`."""
    if edtf[:1] in "[{":
        return edtf.strip("[]{}").replace(",", ", ")
    if "/" in edtf:
        first, last = (part if part in _OPEN else _short(part) for part in edtf.split("/", 1))
        return f"{'…' if first in _OPEN else first} – {'…' if last in _OPEN else last}"
    return _short(edtf)


def _short(value: str) -> str:
    if day := _DAY.fullmatch(value):
        year = "" if day[1] == "XXXX" else f"/{int(day[1])}"
        return f"{int(day[3])}/{int(day[2])}{year}"
    month = _MONTH.fullmatch(value)
    if month and month[1] != "XXXX" and month[2] not in _SUB_YEAR:
        return f"{int(month[2])}/{int(month[1])}"
    return year_in_words(int(value)) if _YEAR.fullmatch(value) else _point_in_words(value)


def date_within_year(edtf: str) -> str:
    """The same where the year stands above: `19 tháng 7`, `tháng 7`, `trong năm`; else in words."""
    if (day := _DAY.fullmatch(edtf)) and day[1] != "XXXX":
        return f"{int(day[3])} tháng {int(day[2])}"
    if (month := _MONTH.fullmatch(edtf)) and month[1] != "XXXX" and month[2] not in _SUB_YEAR:
        return f"tháng {int(month[2])}"
    return "trong năm" if _YEAR.fullmatch(edtf) else date_in_words(edtf)


def number_in_figures(value: Decimal | int) -> str:
    """Exact, with `.` between thousands and `,` before decimals, if any is not zero: `2.740.557.200.000`, `80,71`."""
    whole, _, decimals = f"{Decimal(value):,f}".partition(".")
    return whole.replace(",", ".") + (f",{decimals}" if decimals.strip("0") else "")


def capitalised(words: str) -> str:
    """The words with a capital first letter; the rest stays."""
    return words[:1].upper() + words[1:]
