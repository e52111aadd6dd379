"""Openers of clauses and sentences (`outputs/data/history_openers.tsv`)."""

from __future__ import annotations

from functools import cache

import regex

from outputs.words import rows


@cache
def _patterns(use: str) -> tuple[regex.Pattern[str], ...]:
    """Each ends at a word border."""
    patterns = [row["pattern"] for row in rows("history_openers") if row["use"] == use]
    return tuple(regex.compile(rf"(?:{pattern})(?:(?<!\w)|(?!\w))") for pattern in patterns)


def opening(use: str, lowered: str, place: int = 0) -> int | None:
    """Where the longest opener of this use that stands at `place` of a lower-case text ends; None without one."""
    ends = [found.end() for pattern in _patterns(use) if (found := pattern.match(lowered, place))]
    return max(ends, default=None)


def found_in(use: str, lowered: str) -> int | None:
    """Where the first words of this use begin in a lower-case text; None without one."""
    places = [found.start() for pattern in _patterns(use) if (found := pattern.search(lowered))]
    return min(places, default=None)
