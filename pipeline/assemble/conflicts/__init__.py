"""Conflicts: what sources say that does not go together. Shown side by side, never resolved.

Rules on one document see those that their guards let in, SQL groups serve the rules on many. A rule that finds nothing
wrong says nothing; every conflict names its rule, its grade and the words of its sides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from outputs.factbase.names import content_id
from pipeline.assemble.conflicts.concerns import concerned
from pipeline.assemble.conflicts.model import Conflict
from pipeline.assemble.conflicts.rules import COLLECTED, GUARDS, ON_FACTS, ON_PAGES, ON_SCOPES
from pipeline.assemble.conflicts.scopes import groups, install, keep, scope

__all__ = ["assemble_conflicts"]


def assemble_conflicts(db: sqlite3.Connection) -> None:
    """Fill `conflict` and `conflict_side`; people, decrees, events and series must have been assembled before."""
    install(db)
    for page, named in concerned(db, GUARDS):
        for rule in named:
            if rule in ON_PAGES:
                _store(db, rule, ON_PAGES[rule][0](page))
        statements = [statement for rule in named if rule in COLLECTED for statement in COLLECTED[rule][0](page)]
        where = scope(page) if statements else None
        if where:
            for statement in statements:
                keep(db, where, statement)
    for rule, find_all in ON_FACTS.items():
        _store(db, rule, list(find_all(db)))
    for rule, (kinds, compare) in ON_SCOPES.items():
        for group in groups(db, *kinds):
            _store(db, rule, compare(group))
    for name in ("stated", "concern"):
        db.execute(f"DROP TABLE temp.{name}")
    db.execute("DROP TABLE IF EXISTS temp.figure_key")


def _store(db: sqlite3.Connection, rule: str, conflicts: Iterable[Conflict]) -> None:
    for conflict in conflicts:
        sides = sorted(set(conflict.sides), key=lambda side: side.place)
        identifier = content_id("conflict", rule, *(part for side in sides for part in side.place))
        stored = db.execute(
            "INSERT OR IGNORE INTO conflict (id, rule, grade, about) VALUES (?, ?, ?, ?)",
            (identifier, rule, conflict.grade, " ".join(conflict.about.split())),
        )
        if stored.rowcount:
            db.executemany(
                "INSERT INTO conflict_side (conflict, place, document, mention, start, \"end\", quote, value)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (stored.lastrowid, place, side.document, side.mention, side.start, side.end, side.quote, side.value)
                    for place, side in enumerate(sides, 1)
                ],
            )
