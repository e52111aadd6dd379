"""A text with its facts in place: lines of pieces, each with the kinds that cover it and the fact that it opens.

Facts nest and overlap, and a link may not stand in a link, so the text is cut wherever a fact begins or ends. A piece
opens the shortest fact over it. All pieces of a line, one after the other, are the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that stand for something: a fact, or what `kind` says; `id` is None for what has no page."""

    kind: str
    start: int
    end: int
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line. `kinds` are those of all marks over it, the shortest first; `first` its place."""

    words: str
    first: int
    kinds: tuple[str, ...] = ()
    opens: str | None = None


def marked_lines(
    text: str, first: int, marks: Iterable[Mark], cuts: Iterable[int] = ()
) -> Iterator[tuple[Piece, ...]]:
    """The lines of a part of a text that begins at `first`, without their ends; offsets of marks count from 0.

    The text is also cut at `cuts`: where a page of the file begins inside a line.
    """
    last = first + len(text)
    inside = sorted(
        (mark for mark in marks if mark.start < last and mark.end > first and mark.start < mark.end),
        key=lambda mark: mark.start,
    )
    edges = {edge for mark in inside for edge in (mark.start, mark.end)} | set(cuts)
    line: list[Piece] = []
    for start, end, over in _stretches(first, last, sorted(edge for edge in edges if first < edge < last), inside):
        for number, words in enumerate(text[start - first:end - first].split("\n")):
            if number:
                yield tuple(line)
                line = []
            if words:
                line.append(_piece(words, start, over))
            start += len(words) + 1
    yield tuple(line)


def _stretches(
    first: int, last: int, cuts: Sequence[int], marks: Sequence[Mark]
) -> Iterator[tuple[int, int, list[Mark]]]:
    """What lies between two cuts, with the marks over it, the shortest first."""
    waiting = iter([*marks, Mark("", last, last)])
    following = next(waiting)
    over: list[tuple[int, int, Mark]] = []      # by end, so that those that are over go first
    heapify(over)
    counted = 0
    for start, end in zip((first, *cuts), (*cuts, last), strict=True):
        while following.start <= start < last and following.start < following.end:
            heappush(over, (following.end, counted, following))
            counted += 1
            following = next(waiting)
        while over and over[0][0] <= start:
            heappop(over)
        yield start, end, sorted((mark for _, _, mark in over), key=lambda mark: (mark.end - mark.start, mark.kind))


def _piece(words: str, first: int, over: list[Mark]) -> Piece:
    kinds = tuple(dict.fromkeys(mark.kind for mark in over))
    return Piece(words, first, kinds, next((mark.id for mark in over if mark.id), None))
