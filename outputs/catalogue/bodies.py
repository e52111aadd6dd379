"""Bodies page by page, and one body: its names and those above it over time, who led it, what it said and was told."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outputs.catalogue.directives import DirectiveLine, directive_lines
from outputs.catalogue.events import EventLine, event_lines, events_of_bodies
from outputs.catalogue.names import keys_named
from outputs.catalogue.paging import SIZE, Page, offset
from outputs.catalogue.passages import Passage, passages
from outputs.catalogue.people import Office, offices
from outputs.catalogue.series import ListedSeries, series_of_body
from outputs.factbase import FactBase

DOCUMENTS = 20      # documents on a page of a body
_IN_DOCUMENT = 4    # places shown of one document
_SHOWN = 10         # events, directives, series
_LED = 60           # people
_CHAIN = 12         # bodies of a chain of successions, either way
_PARTS = 400


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body in another's page, and from when to when (EDTF)."""

    id: str
    name: str
    began: str | None
    ended: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A body before or after another: `how` it came about, when (EDTF), by which act; `act` is the act's page."""

    body: NamedBody
    how: str
    date: str | None
    source: str
    act: str | None


@dataclass(frozen=True, slots=True)
class ListedBody:
    """A body in a list, under one of its names; `mentions` counts facts that name it."""

    id: str
    name: str
    kind: str | None
    began: str | None
    ended: str | None
    parent: NamedBody | None
    basis: str
    mentions: int
    before: tuple[Step, ...]
    after: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that names the body: in which role, under which name, and by which rule it was known (docs/bodies.md)."""

    role: str
    name: str
    how: str
    words: Passage


@dataclass(frozen=True, slots=True)
class NamingDocument:
    """A document that names a body: the first places, and how many there are."""

    places: tuple[Place, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class Body:
    """One body with all that is known of it. `earlier` and `later` are chains of successions, the nearest first;
    `spellings` are names as sources write them, with how often; counts are of all, what is listed may be less."""

    key: int
    listed: ListedBody
    place: str | None
    source: str | None
    act: str | None
    sources: int
    spellings: tuple[tuple[str, int], ...]
    parents: tuple[NamedBody, ...]
    parts: tuple[NamedBody, ...]
    earlier: tuple[Step, ...]
    later: tuple[Step, ...]
    led: tuple[Office, ...]
    leaders: int
    issued: tuple[DirectiveLine, ...]
    received: tuple[DirectiveLine, ...]
    events: tuple[EventLine, ...]
    series: tuple[ListedSeries, ...]
    counts: dict[str, int]
    documents: Page[NamingDocument]


def bodies_listed(base: FactBase, *, name: str = "", kind: str = "", page: int = 1) -> Page[ListedBody]:
    """Those most spoken of first. `name` begins words of a name, with or without marks; `kind` is one of
    docs/bodies.md, `sources` for bodies that only documents name."""
    parts, values = ["b.key IN (SELECT body FROM body_mention)"], dict[str, object]()
    if kind:
        parts.append("b.basis = 'sources'" if kind == "sources" else "b.kind = :kind")
        values["kind"] = kind
    if name.strip():
        keys = keys_named(base.db, "SELECT key, name FROM body", name)
        parts.append("b.key IN (SELECT value FROM json_each(:keys))")
        values["keys"] = json.dumps(keys)
    counted = (
        "SELECT x.body, count(DISTINCT x.mention) AS mentions FROM body_mention x JOIN body b ON b.key = x.body"
        f" WHERE {' AND '.join(parts)} GROUP BY x.body"
    )
    rows = base.db.execute(
        f"SELECT *, count(*) OVER () AS total FROM ({counted}) ORDER BY mentions DESC, body"
        " LIMIT :size OFFSET :skipped",
        {**values, "size": SIZE, "skipped": offset(page)},
    ).fetchall()
    total = rows[0]["total"] if rows else 0
    if not rows and page > 1:
        total = base.db.execute(f"SELECT count(*) FROM ({counted})", values).fetchone()[0]
    return Page(tuple(_listed(base.db, {row["body"]: row["mentions"] for row in rows})), total, page)


def _listed(db: sqlite3.Connection, mentions: dict[int, int]) -> Iterator[ListedBody]:
    keys = json.dumps(list(mentions))
    rows = {row["key"]: row for row in db.execute(
        "SELECT b.*, u.id AS parent_id, u.name AS parent_name, u.began AS parent_began, u.ended AS parent_ended"
        " FROM body b LEFT JOIN body u ON u.key = b.parent WHERE b.key IN (SELECT value FROM json_each(?))", (keys,),
    )}
    before, after = _steps(db, mentions)
    for key, number in mentions.items():
        row = rows[key]
        parent = row["parent_id"] and NamedBody(
            row["parent_id"], row["parent_name"], row["parent_began"], row["parent_ended"])
        yield ListedBody(
            row["id"], row["name"], row["kind"], row["began"], row["ended"], parent or None, row["basis"], number,
            tuple(step for _, step in before[key]), tuple(step for _, step in after[key]),
        )


_Edges = dict[int, list[tuple[int, Step]]]


def _steps(db: sqlite3.Connection, bodies: Iterable[int]) -> tuple[_Edges, _Edges]:
    """For each of these bodies those right before it, and those right after."""
    rows = db.execute(
        "SELECT s.*, e.id AS earlier_id, e.name AS earlier_name, e.began AS earlier_began, e.ended AS earlier_ended,"
        " l.id AS later_id, l.name AS later_name, l.began AS later_began, l.ended AS later_ended"
        " FROM body_succession s JOIN body e ON e.key = s.earlier JOIN body l ON l.key = s.later"
        " WHERE s.earlier IN (SELECT value FROM json_each(?1)) OR s.later IN (SELECT value FROM json_each(?1))"
        " ORDER BY s.date, e.name, l.name", (json.dumps(list(bodies)),),
    ).fetchall()
    acts = acts_named(db, (row["source"] for row in rows))
    before: _Edges = defaultdict(list)
    after: _Edges = defaultdict(list)
    for row in rows:
        told = (row["how"], row["date"], row["source"], acts.get(row["source"]))
        earlier, later = (
            NamedBody(*(row[f"{end}_{name}"] for name in ("id", "name", "began", "ended")))
            for end in ("earlier", "later")
        )
        before[row["later"]].append((row["earlier"], Step(earlier, *told)))
        after[row["earlier"]].append((row["later"], Step(later, *told)))
    return before, after


def acts_named(db: sqlite3.Connection, sources: Iterable[str | None]) -> dict[str, str]:
    """Of acts as the lexicon of bodies names them (`Nghị định 74/2009/NĐ-CP`), the ids of those that are cited."""
    found = {}
    for source in {one for one in sources if one}:
        numbers = [word.strip(",.;()") for word in source.split() if "/" in word]
        row = db.execute("SELECT id FROM decree WHERE number = ? AND missing IS NULL", (numbers[0],)).fetchone() \
            if numbers else None
        if row:
            found[source] = row["id"]
    return found


def body(base: FactBase, identifier: str, *, page: int = 1) -> Body | None:
    """The body of an id, with a page of the documents that name it; None where there is none."""
    db = base.db
    row = db.execute("SELECT * FROM body WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        return None
    key, skipped = row["key"], offset(page, DOCUMENTS)
    counts: dict[str, int] = {}
    named_in = db.execute(
        "SELECT d.key, coalesce(d.copy_of, d.id) AS source, count(DISTINCT x.mention) AS mentions FROM body_mention x"
        " JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document WHERE x.body = ?"
        " GROUP BY d.key ORDER BY coalesce(d.first_day, '') DESC, d.id", (key,)).fetchall()
    spellings = db.execute(
        "SELECT name, count(*) AS number FROM body_mention WHERE body = ? AND number = 1 AND how NOT LIKE 'office%'"
        " GROUP BY name ORDER BY 2 DESC, 1 LIMIT ?", (key, _SHOWN)).fetchall()
    parts = db.execute(
        "SELECT id, name, began, ended FROM body b WHERE parent = ?"
        " AND EXISTS (SELECT 1 FROM body_mention x WHERE x.body = b.key) ORDER BY name LIMIT ?", (key, _PARTS))
    events = events_of_bodies(db, [key])
    counts["events"] = len(events)
    led = _leaders(db, key)
    counts["issued"], issued = _directives(db, key, "issuer")
    counts["received"], received = _directives(db, key, "addressee")
    counts["series"], series = series_of_body(db, key, most=_SHOWN)
    return Body(
        key, next(iter(_listed(db, {key: sum(one["mentions"] for one in named_in)}))), row["place"], row["source"],
        acts_named(db, [row["source"]]).get(row["source"] or ""), len({one["source"] for one in named_in}),
        tuple((name, number) for name, number in spellings), tuple(_parents(db, row)),
        tuple(NamedBody(*part) for part in parts), tuple(_chain(db, key, 0)), tuple(_chain(db, key, 1)),
        led[:_LED], len(led), issued, received, event_lines(db, events, most=_SHOWN), series, counts,
        Page(tuple(_documents(db, key, [one["key"] for one in named_in][skipped:skipped + DOCUMENTS])), len(named_in),
             page, DOCUMENTS),
    )


def _leaders(db: sqlite3.Connection, body: int) -> tuple[Office, ...]:
    return offices(db, bodies=(body,), most=_LED + 1)


def _directives(db: sqlite3.Connection, body: int, role: str) -> tuple[int, tuple[DirectiveLine, ...]]:
    keys = [row["mention"] for row in db.execute(
        "SELECT DISTINCT x.mention FROM body_mention x JOIN directive_fact f ON f.mention = x.mention"
        " WHERE x.body = ? AND x.role = ?"
        " AND NOT EXISTS (SELECT 1 FROM directive_repeat r WHERE r.mention = x.mention)", (body, role))]
    return len(keys), directive_lines(db, keys, most=_SHOWN)


def _chain(db: sqlite3.Connection, key: int, side: int) -> Iterator[Step]:
    """All bodies before (side 0) or after (side 1), each once, the nearest first."""
    met, waiting = {key}, [key]
    while waiting and len(met) <= _CHAIN:
        edges = _steps(db, waiting)[side]
        following = []
        for one in waiting:
            for other, step in edges.get(one, ()):
                if other not in met:
                    met.add(other)
                    following.append(other)
                    yield step
        waiting = following


def _parents(db: sqlite3.Connection, row: sqlite3.Row) -> Iterator[NamedBody]:
    """The body above, and those before it that had their names in the time of this one."""
    above = [row["parent"]] if row["parent"] else []
    for other in above:
        parent = db.execute("SELECT * FROM body WHERE key = ?", (other,)).fetchone()
        if (row["began"] or "") >= (parent["ended"] or "~"):
            continue
        yield NamedBody(
            parent["id"], parent["name"], max(filter(None, (row["began"], parent["began"])), default=None),
            min(filter(None, (row["ended"], parent["ended"])), default=None),
        )
        if parent["began"] and (row["began"] is None or row["began"] < parent["began"]) and len(above) < _CHAIN:
            renamed = db.execute("SELECT earlier FROM body_succession WHERE later = ? AND how = 'renamed'", (other,))
            above += [one["earlier"] for one in renamed if one["earlier"] not in above]


def _documents(db: sqlite3.Connection, body: int, documents: Sequence[int]) -> Iterator[NamingDocument]:
    """What these documents say of a body. CROSS JOIN: from the documents to the body, of which there may be more."""
    rows = db.execute(
        "SELECT x.mention, x.role, x.name, x.how, m.document FROM json_each(?) j"
        " CROSS JOIN mention m ON m.document = j.value CROSS JOIN body_mention x ON x.mention = m.key"
        " WHERE x.body = ? AND x.number = 1 ORDER BY m.start, x.role", (json.dumps(documents), body)).fetchall()
    named: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        if all(row["mention"] != one["mention"] for one in named[row["document"]]):
            named[row["document"]].append(row)
    words = passages(db, (row["mention"] for of in named.values() for row in of[:_IN_DOCUMENT]))
    for document in documents:
        of: Sequence[sqlite3.Row] = named[document]
        if of:
            yield NamingDocument(
                tuple(Place(row["role"], row["name"], row["how"], words[row["mention"]]) for row in of[:_IN_DOCUMENT]),
                len(of),
            )
