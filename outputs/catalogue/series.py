"""Series of figures page by page, and one series: its points with their words, breaks, targets beside results."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outputs.catalogue.conflicts import Conflict, conflicts_of
from outputs.catalogue.names import keys_named
from outputs.catalogue.paging import SIZE, Page, offset
from outputs.catalogue.passages import Passage, passages
from outputs.factbase import FactBase
from outputs.figures_table import value_in_words

_POINTS = 400    # of one series that are shown


@dataclass(frozen=True, slots=True)
class ListedSeries:
    """A series in a list; fields as in the table `series`. `first` and `last` are EDTF of its first and last period."""

    id: str
    metric: str
    subject: str
    unit: str | None
    measure: str
    span: str
    sources: int
    points: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a series. `value` and `high` are exact decimals, `written` as a reader writes it; days ISO 8601.

    `approx` says how exact it is; `broken` which body it regards where that is another than at the point before.
    """

    period: str
    first_day: str
    last_day: str
    value: str
    high: str | None
    of: str | None
    written: str
    approx: str
    role: str
    broken: str | None
    fact: str
    words: Passage


@dataclass(frozen=True, slots=True)
class Target:
    """A target beside the result that answers it (docs/figures.md); values are exact decimals. `target` is None where
    no source states it: `gap` says how far the result is from it."""

    metric: str
    subject: str
    unit: str | None
    period: str
    target_value: str
    result_value: str
    target_written: str | None
    result_written: str
    difference: str
    reached: str
    target: Passage | None
    gap: Passage | None
    result: Passage


@dataclass(frozen=True, slots=True)
class Series:
    """One series. `bodies`: id and name of those that its figures regard; `conflicts` have a side among its points."""

    listed: ListedSeries
    points: tuple[Point, ...]
    targets: tuple[Target, ...]
    bodies: tuple[tuple[str, str], ...]
    conflicts: tuple[Conflict, ...]


_LISTED = """
    SELECT s.*, count(*) AS points, min(p.first_day) AS begins,
           (SELECT x.period FROM series_point x WHERE x.series = s.key ORDER BY x.first_day LIMIT 1) AS first,
           (SELECT x.period FROM series_point x WHERE x.series = s.key ORDER BY x.first_day DESC LIMIT 1) AS last
    FROM series s JOIN series_point p ON p.series = s.key WHERE {where} GROUP BY s.key
    ORDER BY {order} LIMIT :size OFFSET :skipped
"""
_RICHEST = "count(DISTINCT p.period) DESC, s.sources DESC, s.metric, s.subject, s.id"


def series_listed(base: FactBase, *, metric: str = "", subject: str = "", page: int = 1) -> Page[ListedSeries]:
    """Those of most periods first; `metric` and `subject` begin words of their names, with or without marks."""
    parts, values = ["1"], dict[str, object]()
    for name, words in (("metric", metric), ("subject", subject)):
        if words.strip():
            parts.append(f"s.key IN (SELECT value FROM json_each(:{name}))")
            values[name] = json.dumps(keys_named(base.db, f"SELECT key, {name} FROM series", words))
    where = " AND ".join(parts)
    db = base.db
    total = db.execute(f"SELECT count(*) FROM series s WHERE {where}", values).fetchone()[0]
    rows = db.execute(_LISTED.format(where=where, order=_RICHEST), {**values, "size": SIZE, "skipped": offset(page)})
    return Page(tuple(map(_listed, rows)), total, page)


def series_of_body(db: sqlite3.Connection, body: int, *, most: int) -> tuple[int, tuple[ListedSeries, ...]]:
    """How many series have a figure that regards a body, and those of most periods."""
    keys = [row["series"] for row in db.execute(
        "SELECT DISTINCT p.series FROM body_mention x JOIN series_point p ON p.mention = x.mention"
        " WHERE x.body = ? AND x.role = 'subject'", (body,))]
    where = "s.key IN (SELECT value FROM json_each(:keys))"
    values = {"keys": json.dumps(keys), "size": most, "skipped": 0}
    return len(keys), tuple(map(_listed, db.execute(_LISTED.format(where=where, order=_RICHEST), values)))


def _listed(row: sqlite3.Row) -> ListedSeries:
    return ListedSeries(*(row[name] for name in ListedSeries.__slots__))


_FIGURE = 'f.*, m.id, m.start, m."end" AS "end", m.prefix, m.quote, m.suffix'


def series(base: FactBase, identifier: str) -> Series | None:
    """The series of an id, its points in order of time; None where there is none."""
    db = base.db
    found = db.execute(
        _LISTED.format(where="s.id = :id", order="s.key"), {"id": identifier, "size": 1, "skipped": 0}).fetchone()
    if found is None:
        return None
    rows = db.execute(
        f"SELECT p.period AS at, p.first_day AS begins, p.last_day AS ends, p.break AS broken, {_FIGURE}"
        " FROM series_point p JOIN figure_fact f ON f.mention = p.mention JOIN mention m ON m.key = p.mention"
        " JOIN document d ON d.key = m.document WHERE p.series = ?"
        " ORDER BY p.first_day, p.last_day, f.role, d.id, m.start LIMIT ?", (found["key"], _POINTS),
    ).fetchall()
    keys = json.dumps([row["mention"] for row in rows])
    bodies = db.execute(
        "SELECT DISTINCT b.id, b.name FROM body_mention x JOIN body b ON b.key = x.body"
        " WHERE x.mention IN (SELECT value FROM json_each(?)) AND x.role = 'subject' ORDER BY b.name LIMIT 20", (keys,))
    return Series(
        _listed(found), tuple(_points(db, rows)), tuple(_targets(db, keys)),
        tuple((row["id"], row["name"]) for row in bodies),
        conflicts_of(db, "SELECT mention FROM series_point WHERE series = ?", found["key"]),
    )


def _points(db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> Iterator[Point]:
    words = passages(db, (row["mention"] for row in rows))
    for row in rows:
        yield Point(
            row["at"], row["begins"], row["ends"], row["value"], row["high"], row["of"], value_in_words(row),
            row["approx"], row["role"], row["broken"], row["id"], words[row["mention"]],
        )


def _targets(db: sqlite3.Connection, mentions: str) -> Iterable[Target]:
    rows = db.execute(
        "SELECT * FROM target_result WHERE result IN (SELECT value FROM json_each(?1))"
        " OR target IN (SELECT value FROM json_each(?1)) ORDER BY period, id", (mentions,)).fetchall()
    keys = {row[end] for row in rows for end in ("target", "result", "gap")} - {None}
    figures = {row["mention"]: value_in_words(row) for row in db.execute(
        f"SELECT {_FIGURE} FROM figure_fact f JOIN mention m ON m.key = f.mention"
        " WHERE f.mention IN (SELECT value FROM json_each(?))", (json.dumps(sorted(keys)),))}
    words = passages(db, keys)
    for row in rows:
        counted = row["target"] == row["result"]   # `03/4 chỉ tiêu` is both
        yield Target(
            row["metric"], row["subject"], row["unit"], row["period"], row["target_value"], row["result_value"],
            None if counted else figures.get(row["target"]), figures[row["result"]], row["difference"], row["reached"],
            words.get(row["target"]), words.get(row["gap"]), words[row["result"]],
        )
