"""Which documents are copies of which: an article printed twice is one source, not two (see corpus.duplicates)."""

from __future__ import annotations

import json
import sqlite3

from corpus.duplicates import Clusters


def assemble_copies(db: sqlite3.Connection) -> None:
    """Fill `document.copy_of`. The earliest document of a cluster is its first; those without a date come last."""
    db.execute("UPDATE document SET copy_of = NULL WHERE copy_of IS NOT NULL")
    clusters = Clusters()
    rows = db.execute("SELECT id, text, notice FROM document ORDER BY coalesce(date, '~'), id")
    firsts = [(clusters.add(row["id"], row["text"], number=_number(row)), row["id"]) for row in rows]
    db.executemany("UPDATE document SET copy_of = ? WHERE id = ?", [pair for pair in firsts if pair[0]])


def _number(row: sqlite3.Row) -> str | None:
    """A notice's own number: two notices of one form and different numbers are no copies."""
    notice = json.loads(row["notice"]) if row["notice"] else {}
    number = notice.get("number")
    return number["value"] if number else None
