"""Dates of issue beside a citation. Small on purpose: decrees are found before dates are."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.citations.reach import REACH

_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:18|19|20)\d\d)"
_FORMS = (
    rf"{_DAY}[ ]?(?P<mark>[/.-])[ ]?{_MONTH}[ ]?(?P=mark)[ ]?{_YEAR}(?!\d)",
    rf"{_DAY}[ \n]{{1,2}}th[áa]ng[ \n]{{1,2}}{_MONTH}(?:[ \n]{{1,2}}|,[ ])n[ăa]m[ \n]{{1,2}}{_YEAR}(?!\d)",
    rf"{_DAY}(?P<mark>[/.-]){_MONTH}(?P=mark)(?P<short>4[5-9]|[5-9]\d)(?![\d/])",  # 26.3.46: no later century has come
    rf"{_DAY}[ ]?(?P<mark>[/-])[ ]?{_MONTH}(?![\d/.-])",
    rf"{_DAY}[ ]tháng[ ]{_MONTH}(?!\d)",
)
_AFTER_WORD = regex.compile("|".join(_FORMS))
_FULL = regex.compile("|".join(_FORMS[:3]))
_MONTH_ONLY = regex.compile(rf"tháng[ ]{_MONTH}(?:[ ]?[/-][ ]?|[ ]năm[ ]){_YEAR}(?!\d)")
_YEAR_ONLY = regex.compile(rf"năm[ ]{_YEAR}(?!\d)")
_DAY_WORD = regex.compile(r"ng[àa]y[ \n]{0,2}(?:ký )?")
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Issued:
    """A date of issue as EDTF (`1946-07-19`, `XXXX-06-13`) and where it ends."""

    edtf: str
    end: int

    @property
    def year(self) -> int | None:
        return int(self.edtf[:4]) if self.edtf[:4].isdigit() else None


def date_at(lowered: str, pos: int) -> Issued | None:
    """The day that stands at `pos`, with `ngày` before it or as a full number (`19/7/1946`)."""
    if lowered.startswith(("ngày", "ngay"), pos):
        gap = _DAY_WORD.match(lowered, pos, pos + REACH)
        return _issued(_AFTER_WORD.match(lowered, gap.end(), gap.end() + REACH)) if gap else None
    return _issued(_FULL.match(lowered, pos, pos + REACH))


def coarse_at(lowered: str, pos: int) -> Issued | None:
    """A day, a month with its year, or a year, at `pos`."""
    if day := date_at(lowered, pos):
        return day
    return _issued(_MONTH_ONLY.match(lowered, pos, pos + REACH) or _YEAR_ONLY.match(lowered, pos, pos + REACH))


def _issued(match: regex.Match[str] | None) -> Issued | None:
    if match is None:
        return None
    found = match.groupdict()
    short = found.get("short")
    year = found.get("year") or (f"19{short}" if short else "XXXX")
    month, day = found.get("month"), found.get("day")
    if month is None:
        return Issued(year, match.end())
    if day is None:
        return Issued(f"{year}-{int(month):02}", match.end())
    if int(day) > _DAYS_IN[int(month) - 1]:
        return None
    return Issued(f"{year}-{int(month):02}-{int(day):02}", match.end())
