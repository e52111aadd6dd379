"""Who takes part in each event is found with the facts (`extractors.participants`); here it becomes links."""

from __future__ import annotations

import sqlite3


def assemble_participants(db: sqlite3.Connection) -> None:
    """Link events to the officials and decrees that take part in them; other links come before, and give way."""
    db.execute(
        "INSERT OR REPLACE INTO fact_link (source, target, role)"
        " SELECT mention, fact, 'participant' FROM event_participant WHERE fact IS NOT NULL"
    )
