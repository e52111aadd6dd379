"""What the checker finds, and the refusal of a text in which it found something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

ClaimKind = Literal[
    "date", "decade", "ordinal", "symbol", "act", "number", "amount in words", "name", "office", "quote",
]


class Citation(Protocol):
    """A note as the checker needs it."""

    @property
    def number(self) -> int: ...
    @property
    def words(self) -> str: ...           # everything it quotes
    @property
    def dates(self) -> Sequence[str]: ...  # EDTF of the date expressions and of the document it quotes


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A claim for which the notes of its statement give no support. `notes`: the numbers that were looked at."""

    kind: ClaimKind
    claim: str
    statement: str
    notes: tuple[int, ...]


class UnsupportedClaims(Exception):
    """A finished text claims what its sources do not say; `unsupported` lists the claims.

    `form`: of which finished file (`pdf`) it was read; None for the draft itself.
    """

    def __init__(self, unsupported: Sequence[Unsupported], form: str | None = None) -> None:
        self.unsupported = tuple(unsupported)
        self.form = form
        first = unsupported[0]
        looked_at = f"notes {', '.join(map(str, first.notes))} do not state it" if first.notes else "no note is cited"
        super().__init__(
            f"{len(unsupported)} claim(s) without a source, the first: {first.kind} {first.claim!r} in "
            f"{first.statement[:120]!r}, where {looked_at}; take the sentence out or cite the quote that states it"
        )
