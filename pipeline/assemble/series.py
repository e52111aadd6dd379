"""Figures of one metric, subject and unit over time, with breaks where the body that they regard was another one.

Names meet in one form: abbreviations written out, marks folded (`outputs.factbase.name_forms`). A subject without a
name of its own (`toàn tỉnh`, `công ty`) is one only within its document. Levels (results beside targets), changes,
gaps and ranks are kept apart. The body of a name on a day is that of `extractors.organisation_history`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

import regex

from corpus import tables
from corpus.shadow import fold
from extractors.organisation_history import NamedBody, organisation_at
from outputs.factbase.name_forms import name_forms
from outputs.factbase.names import content_id

_MEASURES = {"actual": "level", "target": "level", "ratio": "level", "change": "change", "gap": "gap", "rank": "rank"}
# Words that name no metric by themselves: what they count is said elsewhere.
_VAGUE = frozenset({
    "so", "so tien", "so nguoi", "tong so", "tong", "gia tri", "ty le", "ti le", "muc", "khoang", "nguoi", "so luong",
    "tong so tien", "ket qua", "don vi", "tien", "viec", "vu", "dong", "diem", "trieu", "tri gia", "gia",
})
_NAME = regex.compile(r"\p{Lu}[\p{L}\d]*(?:[ -]\p{Lu}[\p{L}\d]*)+|\p{Lu}{2,}")
_HEADS = regex.compile(r"\A(?:các cơ quan|cơ quan|toàn|các|những|tập thể|tại)\s+", regex.I)


def key_figures(db: sqlite3.Connection) -> None:
    """Fill `temp.figure_key`: for each figure that says what it measures and whose, the forms in which names meet."""
    db.execute("DROP TABLE IF EXISTS temp.figure_key")
    db.execute(
        "CREATE TEMP TABLE figure_key (mention INTEGER PRIMARY KEY, metric_key, subject_key, unit, measure)"
    )
    rows = db.execute(
        "SELECT f.mention, f.metric, f.subject, f.unit, f.role, d.id FROM figure_fact f"
        " JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document"
        " WHERE f.metric IS NOT NULL AND f.subject IS NOT NULL AND f.role <> 'norm' ORDER BY f.mention"
    )
    db.executemany("INSERT INTO temp.figure_key VALUES (?, ?, ?, ?, ?)", _keys(rows))


def _keys(rows: sqlite3.Cursor) -> Iterator[tuple[int, str, str, str | None, str]]:
    for mention, metric, subject, unit, role, document in rows:
        metric_key, subject_key = metric_form(metric), subject_form(subject)
        if metric_key and subject_key:
            own = subject_key if _NAME.search(subject) else f"{subject_key} · {document}"
            yield mention, metric_key, own, unit, _MEASURES[role]


def metric_form(metric: str) -> str | None:
    """The form in which a metric meets others; None for words that measure nothing by themselves."""
    form = name_forms(metric)[-1] if name_forms(metric) else ""
    return form if form and form not in _VAGUE and " " in form else None


def subject_form(subject: str) -> str | None:
    """The form in which a subject meets others."""
    forms = name_forms(_HEADS.sub("", subject.strip()))
    return forms[-1] if forms else None


_POINTS = """
    SELECT k.metric_key, k.subject_key, k.unit, k.measure, k.mention, f.metric, f.subject, f.period, f.first_day,
           f.last_day, coalesce(d.copy_of, d.id) AS source
    FROM temp.figure_key k JOIN figure_fact f ON f.mention = k.mention JOIN mention m ON m.key = k.mention
    JOIN document d ON d.key = m.document
    WHERE f.first_day IS NOT NULL AND f.last_day IS NOT NULL
    ORDER BY k.metric_key, k.subject_key, k.unit, k.measure, f.first_day, f.last_day, d.id, m.start, m.id
"""


def assemble_series(db: sqlite3.Connection) -> None:
    """Fill `series` and `series_point`: every metric of a subject that is told of two periods or more."""
    key_figures(db)
    same = ("metric_key", "subject_key", "unit", "measure")
    cursor = db.execute(_POINTS)
    for key, rows in groupby(cursor, key=lambda row: tuple(row[name] for name in same)):
        points = list(rows)
        if len({row["period"] for row in points}) > 1:
            _store(db, key, points)


def _store(db: sqlite3.Connection, key: tuple[str | None, ...], points: list[sqlite3.Row]) -> None:
    names = [_most_common([row[name] for row in points]) for name in ("metric", "subject")]
    cursor = db.execute(
        "INSERT INTO series (id, metric, subject, unit, measure, sources) VALUES (?, ?, ?, ?, ?, ?)",
        (content_id("series", *key), *names, key[2], key[3], len({row["source"] for row in points})),
    )
    before: NamedBody | None = None
    for row in points:
        body = body_of(row["subject"], row["first_day"])
        broken = _described(body) if body and before and body != before else None
        before = body or before
        db.execute(
            "INSERT INTO series_point (series, mention, period, first_day, last_day, break) VALUES (?, ?, ?, ?, ?, ?)",
            (cursor.lastrowid, row["mention"], row["period"], row["first_day"], row["last_day"], broken),
        )


@lru_cache(maxsize=8192)
def body_of(subject: str, day: str) -> NamedBody | None:
    """The body or place that a subject names on a day: the whole name, else the province named in it."""
    if body := organisation_at(subject, day):
        return body
    folded = f" {fold(subject)} "
    places = [row["name"] for row in tables.table("corpus", "provinces") if f" {fold(row['name'])} " in folded]
    return organisation_at(max(places, key=len), day) if places else None


def _described(body: NamedBody) -> str:
    since = f" from {body.start}" if body.start else ""
    return f"{body.name}{' ' + body.place if body.place else ''}{since} ({body.source})"


def _most_common(values: list[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
