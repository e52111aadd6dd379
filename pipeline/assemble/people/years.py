"""Years stated directly behind a name: `(2008-2013)`, `, từ năm 1950 đến năm 1955`."""

from __future__ import annotations

import regex

_YEARS = regex.compile(
    r"\s?[,(]?\s?(?:từ )?(?:năm )?(1[89]\d\d|20\d\d)\s?(?:[-–]|đến)\s?(?:năm )?(1[89]\d\d|20\d\d)(?!\d)"
)
_LONGEST = 20   # years of an office; what is longer is a life


def years_behind(suffix: str) -> tuple[str, str] | None:
    """The first and last year that the words behind a name begin with, of an office or a life.

    >>> years_behind(" (2008-2013), nay"), years_behind(", sinh năm 1950")
    (('2008', '2013'), None)
    """
    found = _YEARS.match(suffix)
    return (found[1], found[2]) if found and found[1] <= found[2] else None


def first_year(first: str, last: str, published: str | None) -> str | None:
    """The year in which an office is attested by its years; None for those of a life, which tell of no office."""
    term = int(last) - int(first) <= _LONGEST and (not published or first <= published)
    return first if term else None
