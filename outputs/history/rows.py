"""What the tables of a history have in common: rows of a topic's documents, let in only with their notes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

import regex

from corpus.shadow import fold, shadow
from outputs.history.model import Row
from outputs.history.notebook import Notebook, Place
from outputs.history.phrases import phrase

# Typography of encyclopaedias, not words of the source.
_MARKUP = regex.compile(r"\*\*|\[sửa[^\]]{0,40}\]|\[\d{1,3}\]|\[\s?cần dẫn nguồn\s?\]")


def selected(db: sqlite3.Connection, query: str, documents: set[int] | None) -> list[sqlite3.Row]:
    """Rows of a query whose `{on_topic}` stands for the condition that mention `m` is in one of the documents."""
    if documents is None:
        return db.execute(query.format(on_topic="1")).fetchall()
    condition = "m.document IN (SELECT value FROM json_each(?))"
    return db.execute(query.format(on_topic=condition), (json.dumps(sorted(documents)),)).fetchall()


def place(row: sqlite3.Row) -> Place:
    """The place of a mention."""
    return Place(row["document"], row["start"], row["end"])


def cited(
    notebook: Notebook,
    cells: Sequence[str | None],
    places: Iterable[Place],
    phrases: Iterable[str | None] = (),
    caption: str = "",
) -> Row | None:
    """A table row with its notes; None where the sources do not bear it, or the caption above it, out."""
    shown = tuple(one_line(cell) if cell else phrase("none") for cell in cells)
    notes = notebook.cite("; ".join((*shown, caption)), places, phrases)
    return Row(shown, notes) if notes else None


def one_line(text: str) -> str:
    """The text with single spaces, and without the bold and reference marks of encyclopaedias."""
    return " ".join(str(_MARKUP.sub("", text)).split())


def same(text: str | None) -> str:
    """A form in which two writings of one phrase are equal."""
    return " ".join(fold(shadow(text or "")).split())
