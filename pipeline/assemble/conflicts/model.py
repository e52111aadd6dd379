"""A conflict and its sides: the words of sources that do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["contradiction", "rounding", "different scope", "likely misprint"]


@dataclass(frozen=True, slots=True)
class Side:
    """Words of a document and what they come to. `start` is None where the document's own data say it, not its text.

    `document` and `mention` are keys of the fact base, `document_id` is the document's id.
    """

    document: int
    document_id: str
    start: int | None
    end: int | None
    quote: str
    value: str
    mention: int | None = None

    @property
    def place(self) -> tuple[str, int, int, str]:
        """What a side is sorted and known by."""
        return self.document_id, self.start or 0, self.end or 0, self.value


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sides that do not go together. `about` says in the words of the sources what they are about."""

    grade: Grade
    about: str
    sides: tuple[Side, ...]
