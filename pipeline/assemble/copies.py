"""Which documents are copies of which: an article printed twice is one source, not two (see corpus.duplicates)."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache

from corpus.duplicates import Text, find_copies


def assemble_copies(db: sqlite3.Connection) -> None:
    """Fill `document.copy_of`. The earliest document of a cluster is its first; those without a date come last."""
    db.execute("UPDATE document SET copy_of = NULL WHERE copy_of IS NOT NULL")
    keys: list[int] = []
    sketches: list[bytes] = []
    for row in db.execute(
        "SELECT d.key, s.sketch FROM document d JOIN document_sketch s ON s.document = d.key "
        "ORDER BY coalesce(d.date, '~'), d.id"
    ):
        keys.append(row["key"])
        sketches.append(row["sketch"])

    @lru_cache(maxsize=2)   # asked for its words and its number
    def text(place: int) -> Text:
        row = db.execute("SELECT text, notice FROM document WHERE key = ?", (keys[place],)).fetchone()
        return row["text"], _number(row)

    found = list(find_copies(sketches, text))
    db.executemany(
        "UPDATE document SET copy_of = (SELECT id FROM document WHERE key = ?) WHERE key = ?",
        ((keys[first], keys[copy]) for copy, first in found),
    )


def _number(row: sqlite3.Row) -> str | None:
    """A notice's own number: two notices of one form and different numbers are no copies."""
    notice = json.loads(row["notice"]) if row["notice"] else {}
    number = notice.get("number")
    return number["value"] if number else None
