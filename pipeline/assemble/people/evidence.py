"""The words of a bound carry its day: where the clause of an event does not (a day told in the sentence before), the
date that was meant stands for it."""

from __future__ import annotations

import sqlite3

_WITHOUT = """
    SELECT b.occupancy, b.side, b.rule, m.document, m.start, b.date
    FROM occupancy_bound b JOIN mention m ON m.key = b.mention AND m.kind = 'event'
    WHERE b.kind = 'attested' AND NOT EXISTS (
        SELECT 1 FROM mention p
        WHERE p.document = m.document AND p.kind = 'date' AND p.start BETWEEN m.start AND m."end"
    )
"""
_BEFORE = """
    SELECT p.key FROM mention p JOIN date_fact f ON f.mention = p.key
    WHERE p.document = ? AND p.kind = 'date' AND p.start < ? AND f.edtf = ? ORDER BY p.start DESC LIMIT 1
"""


def assemble_evidence(db: sqlite3.Connection) -> None:
    """Give each bound that an event attests words that name the day, where its document has them before."""
    for bound in db.execute(_WITHOUT).fetchall():
        found = db.execute(_BEFORE, (bound["document"], bound["start"], bound["date"])).fetchone()
        if found:
            db.execute(
                "UPDATE occupancy_bound SET mention = ?"
                " WHERE occupancy = ? AND side = ? AND kind = 'attested' AND rule = ?",
                (found[0], bound["occupancy"], bound["side"], bound["rule"]),
            )
