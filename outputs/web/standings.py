"""What readers have said of facts, for the badges beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from outputs.catalogue.passages import Passage
from outputs.factbase import FactBase
from outputs.review import Reviews, Standing


class _Line(Protocol):
    @property
    def words(self) -> Passage: ...


def standings(base: FactBase, mentions: Sequence[str]) -> Mapping[str, Standing]:
    """Fact id to its standing, of those of these facts that somebody looked at."""
    return Reviews.beside(base, wait=1.0).of(base, mentions)


def of_lines(base: FactBase, lines: Iterable[_Line]) -> Mapping[str, Standing]:
    """The same of lines of a list, by the fact whose words they show."""
    return standings(base, [line.words.fact for line in lines])
