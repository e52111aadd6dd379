"""Who takes part in each event is found with the facts (`extractors.participants`); here it becomes links."""

from __future__ import annotations

import sqlite3


def assemble_participants(db: sqlite3.Connection) -> None:
    """Link events to the officials and decrees that take part in them; other links come before, and give way.

    Only in documents that changed, whose other links were made anew as well.
    """
    db.execute(
        "INSERT OR REPLACE INTO fact_link (source, target, role)"
        " SELECT p.mention, p.fact, 'participant' FROM document_changed c"
        " CROSS JOIN mention m ON m.document = c.document AND m.kind = 'event'"
        " JOIN event_participant p ON p.mention = m.key WHERE p.fact IS NOT NULL"
    )
