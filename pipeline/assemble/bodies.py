"""Public bodies across documents: who a name stood for on the day that a fact speaks of."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

from extractors.organisation_history import NamedBody, organisation_at
from outputs.factbase.name_forms import name_forms
from outputs.factbase.names import content_id

_NAMED = """
    SELECT m.key, 'org' AS role, f.org AS name, d.first_day AS day
    FROM official_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    WHERE f.org IS NOT NULL ORDER BY d.id, m.start, m."end"
"""


def assemble_bodies(db: sqlite3.Connection) -> None:
    """Fill `body`, `body_succession` and `body_mention`."""
    keys: dict[str, int] = {}
    for row in db.execute(_NAMED).fetchall():
        known = _known(row["name"], row["day"]) if row["day"] else None
        form = name_forms(row["name"])[0] if name_forms(row["name"]) else row["name"]
        identifier = content_id("body", form, known.start if known else "")
        if identifier not in keys:
            values = (
                identifier, row["name"], known and known.kind, known and known.place, known and known.start,
                known and known.end, "lexicon" if known else "sources", known and known.source,
            )
            cursor = db.execute(
                "INSERT INTO body (id, name, kind, place, began, ended, basis, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            keys[identifier] = int(cursor.lastrowid or 0)
        db.execute(
            "INSERT OR IGNORE INTO body_mention (mention, role, name, body, how) VALUES (?, ?, ?, ?, 'name')",
            (row["key"], row["role"], row["name"], keys[identifier]),
        )


@lru_cache(maxsize=8192)
def _known(name: str, day: str) -> NamedBody | None:
    return organisation_at(name, day)
