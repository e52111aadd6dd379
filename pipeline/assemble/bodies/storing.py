"""Writes bodies, their succession and what names them."""

from __future__ import annotations

import sqlite3
from operator import itemgetter

from pipeline.assemble.bodies.discourse import Naming
from pipeline.assemble.bodies.known import Body, Found, country_wide
from pipeline.assemble.bodies.misread import flag, misread
from pipeline.assemble.bodies.succession import at_place, steps_after

_CACHED = 100_000     # keys of bodies that are kept in memory
_WAITING = 100_000    # rows that are written at once, in order of their mentions: of those too many to keep in memory

# Of what only documents name, the name that most of them write; of names equally common, not one in capitals.
_NAMES = """
    UPDATE body SET name = chosen.name FROM (
        SELECT body, name, row_number() OVER (
            PARTITION BY body ORDER BY name = upper(name), name = lower(name), count(*) DESC, name
        ) AS place
        FROM body_mention WHERE how LIKE 'name%' AND number = 1 GROUP BY body, name
    ) chosen WHERE chosen.place = 1 AND chosen.body = body.key AND basis = 'sources'
"""


class Store:
    """Bodies by their identifier, each written once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._keys: dict[str, int] = {}
        self._waiting: list[tuple[int, str, str, int, int | None, str]] = []
        for body in country_wide():
            self.key_of(body)

    def mention(self, naming: Naming, found: list[Found]) -> None:
        """What a name in a fact stands for. Of a list of bodies each has a row."""
        for number, (body, how) in enumerate(found, 1):
            key = self.key_of(body) if body else None
            self._waiting.append((naming.mention, naming.role, naming.name, number, key, how))
        if len(self._waiting) >= _WAITING:
            self._write()

    def finish(self) -> None:
        """Write what waits, and give bodies of the sources the name that they write."""
        self._write()
        pairs = misread(self._db)
        self._db.execute(_NAMES)
        flag(self._db, pairs)

    def _write(self) -> None:
        self._waiting.sort(key=itemgetter(0))
        self._db.executemany(
            "INSERT OR IGNORE INTO body_mention (mention, role, name, number, body, how) VALUES (?, ?, ?, ?, ?, ?)",
            self._waiting,
        )
        self._waiting.clear()

    def key_of(self, body: Body) -> int:
        """The row of a body; made, with those above, before and after it, where there is none."""
        if (key := self._keys.get(body.id)) is not None:
            return key
        if len(self._keys) > _CACHED:
            self._keys.clear()
        row = self._db.execute("SELECT key FROM body WHERE id = ?", (body.id,)).fetchone()
        if row:
            self._keys[body.id] = row[0]
            return int(row[0])
        key = self._add(body)
        for other in at_place(body):
            self.key_of(other)
        for step in steps_after(body):
            self._db.execute(
                "INSERT OR IGNORE INTO body_succession (earlier, later, how, date, source) VALUES (?, ?, ?, ?, ?)",
                (key, self.key_of(step.later), step.how, step.date, step.source),
            )
        return key

    def _add(self, body: Body) -> int:
        parent = self.key_of(body.parent) if body.parent else None
        cursor = self._db.execute(
            "INSERT INTO body (id, name, kind, place, began, ended, parent, basis, source)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (body.id, body.name[:1].upper() + body.name[1:], body.kind, body.place, body.began, body.ended, parent,
             body.basis, body.source),
        )
        key = int(cursor.lastrowid or 0)
        self._keys[body.id] = key
        return key

