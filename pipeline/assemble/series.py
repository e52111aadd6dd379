"""Figures of one metric, subject and unit over time, with breaks where the body that they regard was another one.

Names meet in one form (`measures`). A subject without a name of its own (`toàn tỉnh`, `công ty`) is the body that it
was resolved to, else one only within its document. Levels (results beside targets), changes, gaps and ranks are kept
apart, and so are periods of different length, but for states (`dân số`). Several values of one document for one period,
or for periods that overlap, are parts of one account: which is the quantity is not guessed, and none is a point.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

import regex

from corpus import tables
from corpus.shadow import fold
from extractors.organisation_history import NamedBody, organisation_at
from outputs.factbase.names import content_id
from pipeline.assemble.measures import (
    MEASURES,
    aspect,
    communes_in,
    is_name,
    is_shared_name,
    is_stock,
    metric_form,
    span_of,
    subject_form,
)

_FIGURES = """
    SELECT f.mention, f.metric, f.subject, f.unit, f.role, f.first_day, f.last_day, d.id, m.prefix,
           (SELECT b.name FROM body_mention x JOIN body b ON b.key = x.body
            WHERE x.mention = f.mention AND x.role = 'subject' ORDER BY b.id LIMIT 1) AS body
    FROM figure_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    WHERE f.metric IS NOT NULL AND f.subject IS NOT NULL AND f.role <> 'norm' AND f.period IS NOT NULL
    ORDER BY f.mention
"""


_BARE = regex.compile(r"\p{Lu}\p{L}*+(?: \p{Lu}\p{L}*+){0,3}")     # a name without its level: `Tân Lập`


def key_figures(db: sqlite3.Connection) -> None:
    """Fill `temp.figure_key`: the forms in which names meet, for figures that say what they measure, whose and when.

    Three in four figures say no period: nothing compares them, and their names need no forms.
    """
    db.execute("DROP TABLE IF EXISTS temp.figure_key")
    db.execute(
        "CREATE TEMP TABLE figure_key (mention INTEGER PRIMARY KEY, metric_key, subject_key, unit, measure, span)"
    )
    db.executemany("INSERT INTO temp.figure_key VALUES (?, ?, ?, ?, ?, ?)", _keys(db))


def _keys(db: sqlite3.Connection) -> Iterator[tuple[int, str, str, str | None, str, str | None]]:
    @lru_cache(maxsize=1)
    def communes(document: str) -> frozenset[str]:
        return communes_in(db.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()["text"])

    for row in db.execute(_FIGURES):
        metric_key = measured(row["metric"], row["unit"], row["prefix"])
        subject_key = subject_of(row["subject"], row["body"], row["id"]) if metric_key else None
        if metric_key and subject_key:
            if _BARE.fullmatch(row["subject"]) and row["subject"] in communes(row["id"]):
                subject_key = f"{subject_key} · {row['id']}"
            yield row["mention"], metric_key, subject_key, row["unit"], MEASURES[row["role"]], _span(row)


def _span(row: sqlite3.Row) -> str | None:
    """How long the period is, `any` where that makes no difference; None without a period."""
    if row["first_day"] is None or row["last_day"] is None:
        return None
    return "any" if is_stock(row["metric"]) else span_of(row["first_day"], row["last_day"])


def measured(metric: str, unit: str | None, before: str) -> str | None:
    """The form of a metric; of a share of cases or of money that it regards these (`% việc`)."""
    of = aspect(metric, before) if unit == "%" else None
    return f"% {of}" if of else metric_form(metric)


def subject_of(subject: str, body: str | None, document: str) -> str | None:
    """The form of a subject: by its own name, else by the body that it was resolved to, else in its document alone.

    A name that places of several provinces bear (`xã Tân Lập`) holds in its document alone too.
    """
    form = subject_form(subject)
    if form is None:
        return None
    if is_name(subject):
        return f"{form} · {document}" if is_shared_name(subject) else form
    return subject_form(body) if body else f"{form} · {document}"


_POINTS = """
    SELECT k.*, f.metric, f.subject, f.period, f.first_day, f.last_day, f.role, f.value, f.high, f.of,
           coalesce(d.copy_of, d.id) AS source, d.id AS document_id, b.key AS body, b.name AS body_name, b.began,
           CASE WHEN b.ended IS NULL THEN b.source END AS body_source   -- else it may be the act of its end
    FROM temp.figure_key k JOIN figure_fact f ON f.mention = k.mention JOIN mention m ON m.key = k.mention
    JOIN document d ON d.key = m.document
    LEFT JOIN body b ON b.key = (SELECT y.key FROM body_mention x JOIN body y ON y.key = x.body
        WHERE x.mention = k.mention AND x.role = 'subject' ORDER BY y.id LIMIT 1)
    WHERE k.span IS NOT NULL
    ORDER BY k.metric_key, k.subject_key, k.unit, k.measure, k.span, f.first_day, f.last_day, d.id, m.start, m.id
"""


def assemble_series(db: sqlite3.Connection) -> None:
    """Fill `series` and `series_point`: every metric of a subject that is told of two periods or more."""
    key_figures(db)
    same = ("metric_key", "subject_key", "unit", "measure", "span")
    for key, rows in groupby(db.execute(_POINTS), key=lambda row: tuple(row[name] for name in same)):
        points = _sure(list(rows))
        if len({(row["first_day"], row["last_day"]) for row in points}) > 1:
            _store(db, key, points)


def _sure(rows: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """Those of which their document gives one value for the period, and no other for one that overlaps it."""
    told: dict[tuple[str, str], list[sqlite3.Row]] = {}
    for row in rows:
        told.setdefault((row["document_id"], row["role"]), []).append(row)
    unsure = {row["mention"] for group in told.values() for row in _at_odds(group)}
    return [row for row in rows if row["mention"] not in unsure]


def _at_odds(rows: list[sqlite3.Row]) -> Iterator[sqlite3.Row]:
    """Rows of one document, in order of time, whose periods overlap while their values differ."""
    run: list[sqlite3.Row] = []
    last = ""
    for row in [*rows, None]:
        if row is not None and run and row["first_day"] <= last:
            run.append(row)
            last = max(last, row["last_day"])
            continue
        if len({(one["value"], one["high"], one["of"]) for one in run}) > 1:
            yield from run
        if row is not None:
            run, last = [row], row["last_day"]


def _store(db: sqlite3.Connection, key: tuple[str | None, ...], points: list[sqlite3.Row]) -> None:
    names = [_most_common([row[name] for row in points]) for name in ("metric", "subject")]
    cursor = db.execute(
        "INSERT INTO series (id, metric, subject, unit, measure, span, sources) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (content_id("series", *key), *names, *key[2:], len({row["source"] for row in points})),
    )
    before: tuple[str, str | None] | None = None
    for row in points:
        body = _body(row)
        broken = body[1] if body and before and body[0] != before[0] else None
        before = body or before
        db.execute(
            "INSERT INTO series_point (series, mention, period, first_day, last_day, break) VALUES (?, ?, ?, ?, ?, ?)",
            (cursor.lastrowid, row["mention"], row["period"], row["first_day"], row["last_day"], broken),
        )


def _body(row: sqlite3.Row) -> tuple[str, str | None] | None:
    """What tells the body that a point regards from others, and how it is called."""
    if (body := body_of(row["subject"], row["first_day"])) is not None:
        return f"{_described(body)} {body.source}", _described(body)
    if row["body"] is None:
        return None
    since = f" from {row['began']}" if row["began"] else ""
    source = f" ({row['body_source']})" if row["body_source"] else ""
    return f"{row['body_name']}{since}", f"{row['body_name']}{since}{source}"


@lru_cache(maxsize=8192)
def body_of(subject: str, day: str) -> NamedBody | None:
    """The body or place that a subject names on a day: the whole name, else the province named in it."""
    if body := organisation_at(subject, day):
        return body
    folded = f" {fold(subject)} "
    places = [name for name, form in _provinces() if form in folded]
    return organisation_at(max(places, key=len), day) if places else None


@cache
def _provinces() -> tuple[tuple[str, str], ...]:
    """Each name, and how it stands in folded words."""
    return tuple((row["name"], f" {fold(row['name'])} ") for row in tables.table("corpus", "provinces"))


def _described(body: NamedBody) -> str:
    since = f" from {body.start}" if body.start else ""
    source = "" if body.end else f" ({body.source})"   # else it may be the act of its end
    return f"{body.name}{' ' + body.place if body.place else ''}{since}{source}"


def _most_common(values: list[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
