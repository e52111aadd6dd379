"""One thing said to grow and said not to grow (`pipeline/data/conflict_trends.tsv`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import regex

from corpus import tables
from corpus.tables import many
from pipeline.assemble.conflicts.concerns import saying
from pipeline.assemble.conflicts.model import Conflict
from pipeline.assemble.conflicts.pages import Page
from pipeline.assemble.conflicts.scopes import Statement

_AROUND = 400   # characters of its sentence in which the time of a statement is looked for
_GAP = r"[^.;:()\n]{0,45}?"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tables.table("pipeline", "conflict_trends")


@cache
def _pattern() -> regex.Pattern[str]:
    concepts = [words for row in _rows() if row["kind"] == "concept" for words in many(row["words"])]
    return regex.compile(
        rf"(?<!\p{{L}})(?P<concept>{_either(concepts)})(?!\p{{L}}){_GAP}(?<!\p{{L}})(?P<course>{_either(_courses())})(?!\p{{L}})"
    )


def _either(words: Sequence[str]) -> str:
    return "|".join(regex.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _courses() -> tuple[str, ...]:
    return tuple(words for row in _rows() if row["kind"] == "course" for words in many(row["words"]))


@cache
def _names() -> dict[str, str]:
    """Words → the concept or the course that they name."""
    return {words: row["name"] for row in _rows() for words in many(row["words"])}


@cache
def _against() -> frozenset[tuple[str, str]]:
    return frozenset((row["name"], other) for row in _rows() for other in many(row["against"]))


def _words(kind: str, *names: str) -> list[str]:
    return [words for row in _rows() if row["kind"] == kind and (not names or row["name"] in names)
            for words in many(row["words"])]


EITHER_WAY = saying(_words("concept"), _words("course"))
BOTH_WAYS = saying(_words("concept"), _words("course", "tăng"), _words("course", "không tăng"))


def told(page: Page) -> Iterator[Statement]:
    """What the document says of the course of a thing, with the time that its sentence names."""
    for found in _pattern().finditer(page.lower):
        begin, end = page.sentence(found.start())
        near = page.within("date", max(begin, found.start() - _AROUND), min(end, found.end() + _AROUND))
        dates = [row for row in near if row["first_day"] and row["last_day"]]
        first = min((row["first_day"] for row in dates), default=None)
        last = max((row["last_day"] for row in dates), default=None)
        side = page.words(found.start(), found.end(), _names()[found["course"]])
        yield Statement("trend", _names()[found["concept"]], side, first, last)


def within(page: Page) -> Iterator[Conflict]:
    """In one document: it grows, and it does not grow."""
    statements = list(told(page))
    for one, other in combinations(statements[:20], 2):
        if one.topic == other.topic and (one.side.value, other.side.value) in _against() and "không tăng" in (
            one.side.value, other.side.value
        ):
            yield Conflict("contradiction", one.topic, (one.side, other.side))


def between(group: list[Statement]) -> Iterator[Conflict]:
    """In documents of one place and field: the first pair that disagrees about the same time."""
    for one, other in combinations(group, 2):
        if (
            one.side.document != other.side.document and one.meets(other)
            and (one.side.value, other.side.value) in _against()
        ):
            yield Conflict("different scope", one.topic, (one.side, other.side))
            return
