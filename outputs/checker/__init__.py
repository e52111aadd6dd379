"""Nothing without its source: finds what a finished text claims and no cited quote supports (docs/checker.md).

A text is Markdown whose statements end in note numbers (`[^3]`). A statement is a run of text up to its notes, or a row
of a table. Its numbers, dates, acts, names and quotations must stand in the words quoted by the notes it cites. A
heading answers to the notes below it, up to the next heading of its rank. What the user asked for (topic, anniversary,
year) is passed as `given` and may stand in headings and in statements without notes.
"""

from __future__ import annotations

from collections.abc import Iterable

from outputs.checker.errors import Citation, ClaimKind, Unsupported, UnsupportedClaims
from outputs.checker.finished import check_finished, finished_text
from outputs.checker.statements import statements
from outputs.checker.support import Source, missing, missing_quotes, source

__all__ = [
    "Citation", "ClaimKind", "Unsupported", "UnsupportedClaims", "check", "check_finished", "finished_text", "supports",
]


def check(text: str, notes: Iterable[Citation], given: Iterable[str] = ()) -> list[Unsupported]:
    """Every claim of a Markdown text that its notes do not support, in order; empty where all is well."""
    by_number = {note.number: note for note in notes}
    allowed = [source(value) for value in given]
    unsupported: list[Unsupported] = []
    for statement in statements(text):
        cited = [_read(by_number[number]) for number in statement.notes if number in by_number]
        sources = [*(allowed if statement.heading or not statement.notes else []), *cited]
        unsupported += missing(statement.words, sources, statement.notes)
        unsupported += missing_quotes(statement.words, sources, statement.notes)
    return unsupported


def supports(statement: str, notes: Iterable[Citation]) -> bool:
    """Whether the notes support every claim of one statement, given as plain words."""
    sources = [_read(note) for note in notes]
    return next(missing(statement, sources), None) is None


def _read(note: Citation) -> Source:
    return source(note.words, tuple(note.dates))
