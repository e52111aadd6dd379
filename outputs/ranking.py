"""Which facts and documents answer a query, and in which order: the SQL behind `search`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from outputs.filters import Condition
from outputs.query import Columns, Level, Query

DOCUMENT = "document"  # the kind of a hit in a title or text that is no fact

_QUOTE = Columns("quote", "quote_folded")
_TITLE = Columns("title", "title_folded")
_TEXT = Columns("title body", "title_folded body_folded")

# The days of a document: its own, else those of its latest dated event; named like those of a fact.
_DOCUMENT_DAYS = """
    JOIN (
        SELECT d.key AS mention, coalesce(d.first_day, e.first_day) AS first_day,
               coalesce(d.last_day, e.last_day) AS last_day
        FROM document d LEFT JOIN (
            SELECT m.document, max(x.first_day) AS first_day, max(x.last_day) AS last_day
            FROM event_fact x JOIN mention m ON m.key = x.mention GROUP BY m.document
        ) e ON e.document = d.key
        WHERE coalesce(d.first_day, d.last_day, e.first_day) IS NOT NULL
    ) f ON f.mention = s.rowid
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that answers: of `mention`, or of `document`."""

    key: int
    table: str
    score: float
    level: Level | None
    where: str

    @property
    def reason(self) -> str:
        if self.level is None:
            return "filters, by day"
        words = "side by side" if self.level.phrase else "every word"
        return f"{words}, {'exact' if self.level.exact else 'folded'}, in {self.where}"


def ranked(
    db: sqlite3.Connection, asked: Query, kind: str | None, conditions: list[Condition], limit: int, *, texts: bool
) -> list[Found]:
    """Keys in order of rank, step by step from the best level down, until there are enough."""
    if not asked.groups:
        return _by_day(db, asked, kind, conditions, limit)
    found: dict[tuple[str, int], Found] = {}
    for level in asked.levels:
        for where, table, columns in _places(kind, texts):
            wanted = limit - len(found) + sum(1 for one, _ in found if one == table)
            rows = _matches(db, table, asked.match(columns, level), kind, conditions, wanted)
            for key, score in rows:
                found.setdefault((table, key), Found(key, table, score, level, where))
            if len(found) >= limit:
                return list(found.values())[:limit]
    return list(found.values())


def _places(kind: str | None, texts: bool) -> Iterator[tuple[str, str, Columns]]:
    texts = texts and kind in (None, DOCUMENT)
    if texts:
        yield "title", "document", _TITLE
    if kind != DOCUMENT:
        yield "quote", "mention", _QUOTE
    if texts:
        yield "text", "document", _TEXT


def _matches(
    db: sqlite3.Connection, table: str, match: str, kind: str | None, conditions: list[Condition], limit: int
) -> list[tuple[int, float]]:
    make = _fact_query if table == "mention" else _document_query
    joins, tests, parameters = make(kind, conditions)
    sql = (
        f"SELECT s.rowid, s.rank FROM {table}_search s {joins} WHERE {table}_search MATCH ?"
        f"{''.join(f' AND {test}' for test in tests)} ORDER BY s.rank LIMIT ?"
    )
    return [(row[0], row[1]) for row in db.execute(sql, (match, *parameters, limit))]


def _fact_query(kind: str | None, conditions: list[Condition]) -> tuple[str, list[str], list[Any]]:
    joins = "JOIN mention m ON m.key = s.rowid LEFT JOIN fact_day f ON f.mention = s.rowid"
    tests = [condition.sql for condition in conditions] + (["m.kind = ?"] if kind else [])
    parameters = [value for condition in conditions for value in condition.parameters] + ([kind] if kind else [])
    return joins if tests else "", tests, parameters


def _document_query(kind: str | None, conditions: list[Condition]) -> tuple[str, list[str], list[Any]]:
    """For documents: names and decrees count where one of the document's facts has them, days are its own."""
    of_days = [condition for condition in conditions if condition.of_day]
    of_facts = [condition for condition in conditions if not condition.of_day]
    tests = [condition.sql for condition in of_days]
    tests += [f"+s.rowid IN (SELECT m.document FROM mention m WHERE {condition.sql})" for condition in of_facts]
    parameters = [value for condition in of_days + of_facts for value in condition.parameters]
    return (_DOCUMENT_DAYS if of_days else ""), tests, parameters


def _by_day(
    db: sqlite3.Connection, asked: Query, kind: str | None, conditions: list[Condition], limit: int
) -> list[Found]:
    """Facts that meet the filters, in order of time; those without a day last."""
    _, tests, parameters = _fact_query(kind, conditions)
    if asked.excluded:
        tests.append("m.key NOT IN (SELECT rowid FROM mention_search WHERE mention_search MATCH ?)")
        parameters.append(asked.unwanted(_QUOTE))
    rows = db.execute(
        "SELECT m.key FROM mention m JOIN document d ON d.key = m.document LEFT JOIN fact_day f ON f.mention = m.key"
        f" WHERE {' AND '.join(tests) or '1'}"
        " ORDER BY f.first_day IS NULL, f.first_day, d.id, m.start, m.kind LIMIT ?",
        (*parameters, limit),
    )
    return [Found(row[0], "mention", 0.0, None, "") for row in rows]
