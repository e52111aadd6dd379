"""What the rule compares: clauses, their documents, and the limits and points of `pipeline/data/event_rule.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from corpus import tables


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What a document is about: the words of its title and opening with their weights; the days it was published."""

    words: Mapping[str, float]
    norm: float
    published: str | None


class Dated(NamedTuple):
    """A clause by its date alone."""

    place: int
    date: str
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """One clause that tells an event: its fact, and what it says (`said.Said`), words and names with their weights."""

    place: int
    document: int
    source: str
    date: str
    first_day: str
    last_day: str
    event_type: str
    planned: bool
    decrees: frozenset[str]
    bodies: frozenset[str]
    words: Mapping[str, float]
    names: Mapping[str, float]
    people: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str], ...]
    clock: int | None
    happenings: frozenset[str]
    total: float


@cache
def points(name: str) -> float:
    """What an evidence counts."""
    return _group("evidence")[name]


@cache
def limit(name: str) -> float:
    """A limit of the rule."""
    return _group("limits")[name]


@cache
def _group(group: str) -> dict[str, float]:
    rows = tables.table("pipeline", "event_rule")
    return {row["name"]: float(row["points"]) for row in rows if row["group"] == group}


@cache
def loose_counts() -> frozenset[str]:
    """Units that two reports of one event count differently."""
    return frozenset(row["unit"] for row in tables.table("pipeline", "loose_counts"))
