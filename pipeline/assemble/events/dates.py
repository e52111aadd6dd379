"""Whether the dates of two clauses agree: equal, one within the other, or a day apart."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pipeline.assemble.events.model import Clause, Dated

_FULL_DAY = len("1946-07-19")
_YEAR = len("1946")
_MONTH = 31   # days


def dates_agree(one: Clause | Dated, other: Clause | Dated) -> str | None:
    """How they do: `` equal, `wider date` one within the other, `day apart`; None where they do not."""
    if one.date == other.date:
        return ""
    if not (one.first_day and other.first_day and one.last_day and other.last_day):
        return None
    if _within(one, other) or _within(other, one):
        return "wider date"
    if not (_full(one) and _full(other)):
        return None
    return "day apart" if abs(_days(one.date, other.date)) == 1 else None


def width(one: Clause, other: Clause) -> str | None:
    """`year` where both give no more than a year, `month` where both give no day."""
    if not (is_wide(one) and is_wide(other)):
        return None
    return "year" if is_year(one) and is_year(other) else "month"


def is_year(clause: Clause | Dated) -> bool:
    """No more than a year."""
    return len(clause.date) <= _YEAR


def is_wide(clause: Clause | Dated) -> bool:
    """No day, and no two days with a month between them at most."""
    if len(clause.date) < _FULL_DAY or len(clause.last_day) < _FULL_DAY:
        return True
    return _days(clause.first_day, clause.last_day) > _MONTH


def _within(inner: Clause | Dated, outer: Clause | Dated) -> bool:
    """`tháng 7/1993` within `năm 1993`."""
    return outer.first_day <= inner.first_day and inner.last_day <= outer.last_day


def _full(clause: Clause | Dated) -> bool:
    return clause.first_day == clause.last_day == clause.date


@lru_cache(maxsize=4096)
def _days(first: str, last: str) -> int:
    """From one day to another; 0 before Christ, where no day is given."""
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return 0
