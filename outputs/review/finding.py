"""The words of a decision found again in a fact base: in their place, else by what stands around them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from outputs.review.model import Words

_NEAR = 16    # characters directly before and behind, taken together, that make a quote the same
_LONG = 40    # characters of a quote that stands only once and needs no others


@dataclass(frozen=True, slots=True)
class Found:
    """The fact that a decision speaks of. `how`: `fact` (unchanged), `place`, `words` (moved) or `copy` (renamed)."""

    key: int
    id: str
    how: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Why there is none: the `document`, the `words` or the `fact` is gone; `start`: where the words stand now."""

    reason: str
    start: int | None = None


_SAME_ID = "SELECT key, id FROM mention WHERE id = ?"
_OF_KIND = """
    SELECT key, id, start, "end", quote, prefix, suffix FROM mention WHERE document = ? AND kind = ? AND quote = ?
    ORDER BY start, key
"""


def find(db: sqlite3.Connection, words: Words) -> Found | Lost:
    """The fact of this fact base that quotes these words, or why there is none.

    First the very fact; then one of its kind on the same words in the same place of its document; then on the same
    words elsewhere in it, where enough of what stands around them is the same; then in a document with the same text.
    """
    if row := db.execute(_SAME_ID, (words.mention,)).fetchone():
        return Found(row[0], row[1], "fact")
    documents = db.execute(
        "SELECT key, id, text_sha256 FROM document WHERE id = ?1 OR text_sha256 = ?2 ORDER BY id <> ?1, id",
        (words.document, words.text_sha256),
    ).fetchall()
    for key, identifier, text in documents:
        same_text = text == words.text_sha256
        if found := _in_document(db, words, key, same_text):
            return Found(*found, ("place" if same_text else "words") if identifier == words.document else "copy")
    return _lost(db, words, [row[0] for row in documents])


def _in_document(db: sqlite3.Connection, words: Words, document: int, same_text: bool) -> tuple[int, str] | None:
    rows = db.execute(_OF_KIND, (document, words.kind, words.quote)).fetchall()
    if same_text:
        return next(((row[0], row[1]) for row in rows if (row[2], row[3]) == (words.start, words.end)), None)
    fitting = []
    for row in rows:
        near = _around(words, row[5], row[6])
        enough = near >= _NEAR or near == len(words.prefix) + len(words.suffix)
        if enough or (len(rows) == 1 and len(words.quote) >= _LONG):
            fitting.append((-near, abs(row[2] - words.start), row[0], row[1]))
    return min(fitting)[2:] if fitting else None


def _around(words: Words, prefix: str, suffix: str) -> int:
    """Characters directly before and behind that are the same."""
    return _common(words.prefix[::-1], prefix[::-1]) + _common(words.suffix, suffix)


def _common(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _lost(db: sqlite3.Connection, words: Words, documents: list[int]) -> Lost:
    for key in documents:
        text = db.execute("SELECT text FROM document WHERE key = ?", (key,)).fetchone()[0]
        if text[words.start : words.end] == words.quote:
            return Lost("fact", words.start)
        if (start := text.find(words.quote)) >= 0 and words.quote:
            return Lost("fact", start)
    return Lost("words" if documents else "document")
