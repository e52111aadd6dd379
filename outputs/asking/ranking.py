"""Which facts and documents answer a query, and in which order: the SQL behind `search`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from outputs.asking.named import Filters
from outputs.asking.query import Columns, Level, Query

DOCUMENT = "document"  # the kind of a hit in a title or text that is no fact

_QUOTE = Columns("quote", "quote_folded")
_TITLE = Columns("title", "title_folded")
_TEXT = Columns("title body", "title_folded body_folded")

_FEW = 2_000  # so many keys SQLite sorts out by itself, before it looks into other tables

# The full-text table comes first, whatever the planner thinks: it gives its rows in order of rank, so that only as
# many rows of the other tables are read as there are hits to show.
_FACTS = """
    SELECT s.rowid, s.rank FROM mention_search s CROSS JOIN mention m ON m.key = s.rowid
    LEFT JOIN fact_day f ON f.mention = s.rowid
    WHERE mention_search MATCH :match AND (:few IS NULL OR +s.rowid IN (SELECT value FROM json_each(:few)))
      AND (:kind IS NULL OR m.kind = :kind)
      AND (:since IS NULL OR (f.mention IS NOT NULL AND coalesce(f.last_day, '9999') >= :since))
      AND (:until IS NULL OR (f.mention IS NOT NULL AND coalesce(f.first_day, '0000') <= :until))
    ORDER BY s.rank
"""
# A document without a date has that of its latest dated event, as its facts have.
_LATEST = """
    (SELECT x.{day} FROM mention m JOIN event_fact x ON x.mention = m.key
     WHERE m.document = d.key AND x.last_day IS NOT NULL ORDER BY x.last_day DESC, x.first_day DESC LIMIT 1)
"""
_DOCUMENTS = f"""
    SELECT s.rowid, s.rank FROM document_search s CROSS JOIN document d ON d.key = s.rowid
    WHERE document_search MATCH :match AND (:few IS NULL OR +s.rowid IN (SELECT value FROM json_each(:few)))
      AND (:since IS NULL OR coalesce(
          d.last_day, CASE WHEN d.first_day IS NULL THEN {_LATEST.format(day="last_day")} ELSE '9999' END) >= :since)
      AND (:until IS NULL OR coalesce(
          d.first_day, CASE WHEN d.last_day IS NULL THEN {_LATEST.format(day="first_day")} ELSE '0000' END) <= :until)
    ORDER BY s.rank
"""
_BY_DAY = """
    WITH met AS (
    SELECT coalesce(r.directive, m.key) AS key FROM mention m LEFT JOIN fact_day f ON f.mention = m.key
    LEFT JOIN directive_repeat r ON r.mention = m.key
    WHERE (:kind IS NULL OR m.kind = :kind)
      AND (:since IS NULL OR (f.mention IS NOT NULL AND coalesce(f.last_day, '9999') >= :since))
      AND (:until IS NULL OR (f.mention IS NOT NULL AND coalesce(f.first_day, '0000') <= :until))
      AND (:named = 0 OR m.key IN (SELECT value FROM json_each(:keys)))
      AND (:unwanted = '' OR m.key NOT IN (SELECT rowid FROM mention_search WHERE mention_search MATCH :unwanted))
    )
    SELECT m.key FROM mention m JOIN document d ON d.key = m.document LEFT JOIN fact_day f ON f.mention = m.key
    WHERE m.key IN (SELECT key FROM met)
    ORDER BY f.first_day IS NULL, f.first_day, d.id, m.start, m."end", m.kind LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that answers: of `mention`, or of `document`. `level` is None where only filters were given."""

    key: int
    table: str
    level: Level | None
    where: str

    @property
    def reason(self) -> str:
        """Why the row stands where it stands."""
        if self.level is None:
            return "filters, by day"
        words = "side by side" if self.level.phrase else "every word"
        return f"{words}, {'exact' if self.level.exact else 'folded'}, in {self.where}"


def ranked(db: sqlite3.Connection, asked: Query, kind: str | None, wanted: Filters, limit: int) -> list[Found]:
    """Rows in order of rank, step by step from the best level down, until there are enough."""
    if not asked.groups:
        return _by_day(db, asked, kind, wanted, limit)
    places = list(_places(kind, wanted))
    keys = {"mention": wanted.mentions, "document": wanted.documents(db) if len(places) > 1 else None}
    said_again = dict(db.execute("SELECT mention, directive FROM directive_repeat").fetchall())
    found: dict[tuple[str, int], Found] = {}
    for level in asked.levels:
        for where, table, columns in places:
            rows = _matches(db, table, asked.match(columns, level), kind, wanted, keys[table])
            for row in rows:
                key = said_again.get(row, row) if table == "mention" else row  # one directive is one hit
                found.setdefault((table, key), Found(key, table, level, where))
                if len(found) == limit:
                    break
            if len(found) == limit:
                return list(found.values())
    return list(found.values())


def _places(kind: str | None, wanted: Filters) -> Iterator[tuple[str, str, Columns]]:
    """Where to look, best place first. What is told to whom is a fact, so texts do not answer that."""
    texts = kind in (None, DOCUMENT) and not wanted.facts_only
    if texts:
        yield "title", "document", _TITLE
    if kind != DOCUMENT:
        yield "quote", "mention", _QUOTE
    if texts:
        yield "text", "document", _TEXT


def _matches(
    db: sqlite3.Connection, table: str, match: str, kind: str | None, wanted: Filters, keys: frozenset[int] | None
) -> Iterator[int]:
    few = json.dumps(list(keys)) if keys is not None and len(keys) <= _FEW else None
    values = {"match": match, "kind": kind, "since": wanted.since, "until": wanted.until, "few": few}
    rows = db.execute(_FACTS if table == "mention" else _DOCUMENTS, values)
    return (row[0] for row in rows if keys is None or row[0] in keys)


def _by_day(db: sqlite3.Connection, asked: Query, kind: str | None, wanted: Filters, limit: int) -> list[Found]:
    """Facts that meet the filters, in order of time; those without a day last."""
    rows = db.execute(_BY_DAY, {
        "kind": kind, "since": wanted.since, "until": wanted.until, "named": wanted.mentions is not None,
        "keys": wanted.keys_as_json(), "unwanted": asked.unwanted(_QUOTE), "limit": limit,
    })
    return [Found(row[0], "mention", None, "") for row in rows]
