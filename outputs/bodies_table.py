"""The bodies that an archive speaks of: their names, those above them, who came before and after (docs/bodies.md)."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.shadow import fold
from outputs.factbase import FactBase
from outputs.factbase.name_forms import name_forms

_NAMED = " AND number = 1 AND how NOT LIKE 'office%'"    # the name of an office is none of its body
_CHAIN = 12      # bodies of a chain of successions, either way


@dataclass(frozen=True, slots=True)
class Succession:
    """A body before or after another: `how` and `date` (EDTF) of the change, and the act that says so."""

    name: str
    how: str
    date: str | None
    source: str


@dataclass(frozen=True, slots=True)
class ListedBody:
    """A body under one of its names. `began` and `ended` are EDTF; None is not told, or still so.

    `mentions` counts facts that name it, `documents` those documents, copies aside. `basis` is `lexicon` or `sources`.
    """

    id: str
    name: str
    kind: str | None
    began: str | None
    ended: str | None
    parent: str | None
    basis: str
    source: str | None
    mentions: int
    documents: int
    before: tuple[Succession, ...]
    after: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class Parent:
    """A body above, and from when to when both had their names (EDTF)."""

    name: str
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office of a body: EDTF of the first and last day on which a source attests it."""

    name: str
    title: str | None
    first_attested: str | None
    last_attested: str | None


@dataclass(frozen=True, slots=True)
class BodyCard:
    """One body with all that is known of it. `names` as sources write it and how often; `roles` counts facts by role;
    `earlier` and `later` are all before and after it, the nearest first."""

    body: ListedBody
    names: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, int], ...]
    parents: tuple[Parent, ...]
    parts: tuple[str, ...]
    earlier: tuple[Succession, ...]
    later: tuple[Succession, ...]
    offices: tuple[Holder, ...]


_LISTED = """
    SELECT b.key, b.id, b.name, b.kind, b.began, b.ended, p.name AS parent, b.basis, b.source,
           count(DISTINCT m.key) AS mentions, count(DISTINCT coalesce(d.copy_of, d.id)) AS documents
    FROM body b LEFT JOIN body p ON p.key = b.parent
    LEFT JOIN body_mention x ON x.body = b.key
    LEFT JOIN mention m ON m.key = x.mention LEFT JOIN document d ON d.key = m.document
    {where} GROUP BY b.key ORDER BY mentions DESC, b.name, coalesce(b.began, ''), b.id
"""


def bodies(base: FactBase) -> list[ListedBody]:
    """Every body that a fact names, the one most spoken of first."""
    before, after = _successions(base.db)
    where = "WHERE b.key IN (SELECT body FROM body_mention)"
    return [_listed(row, before, after) for row in base.db.execute(_LISTED.format(where=where))]


def body_cards(base: FactBase, name: str) -> list[BodyCard]:
    """The bodies of a name, with or without marks, abbreviated or not; where none has it, those whose name holds it."""
    before, after = _successions(base.db)
    keys = _named(base.db, name)
    marks = ", ".join("?" * len(keys))
    rows = base.db.execute(_LISTED.format(where=f"WHERE b.key IN ({marks})"), keys).fetchall()
    return [_card(base.db, row, before, after) for row in rows]


def _named(db: sqlite3.Connection, name: str) -> list[int]:
    wanted = set(name_forms(name))
    rows = db.execute("SELECT key, name FROM body ORDER BY key").fetchall()
    found = [row["key"] for row in rows if wanted & set(name_forms(row["name"]))]
    if not found:
        words = fold(name)
        found = [
            row["key"] for row in rows
            if f" {words} " in f" {fold(row['name'])} " and db.execute(
                "SELECT 1 FROM body_mention WHERE body = ? LIMIT 1", (row["key"],)
            ).fetchone()
        ]
    return found


_Edges = dict[int, list[tuple[int, Succession]]]


def _successions(db: sqlite3.Connection) -> tuple[_Edges, _Edges]:
    """For each body those before it and those after it."""
    before: _Edges = defaultdict(list)
    after: _Edges = defaultdict(list)
    rows = db.execute(
        "SELECT s.earlier, s.later, e.name AS earlier_name, l.name AS later_name, s.how, s.date, s.source"
        " FROM body_succession s JOIN body e ON e.key = s.earlier JOIN body l ON l.key = s.later"
        " ORDER BY s.date, e.name, l.name"
    )
    for row in rows:
        told = (row["how"], row["date"], row["source"])
        before[row["later"]].append((row["earlier"], Succession(row["earlier_name"], *told)))
        after[row["earlier"]].append((row["later"], Succession(row["later_name"], *told)))
    return before, after


def _listed(row: sqlite3.Row, before: _Edges, after: _Edges) -> ListedBody:
    return ListedBody(
        row["id"], row["name"], row["kind"], row["began"], row["ended"], row["parent"], row["basis"], row["source"],
        row["mentions"], row["documents"], _next(before, row["key"]), _next(after, row["key"]),
    )


def _next(edges: _Edges, key: int) -> tuple[Succession, ...]:
    return tuple(step for _, step in edges.get(key, ()))


def _chain(edges: _Edges, key: int) -> Iterator[Succession]:
    """All bodies before, or all after, each once."""
    met, waiting = {key}, [key]
    while waiting and len(met) <= _CHAIN:
        for other, step in edges.get(waiting.pop(0), ()):
            if other not in met:
                met.add(other)
                waiting.append(other)
                yield step


def _card(db: sqlite3.Connection, row: sqlite3.Row, before: _Edges, after: _Edges) -> BodyCard:
    key = row["key"]
    counts = "SELECT {0}, count(*) FROM body_mention WHERE body = ?{1} GROUP BY {0} ORDER BY count(*) DESC, {0}"
    parts = db.execute(
        "SELECT DISTINCT name FROM body WHERE parent = ? AND key IN (SELECT body FROM body_mention) ORDER BY name",
        (key,),
    )
    return BodyCard(
        body=_listed(row, before, after),
        names=tuple((name, number) for name, number in db.execute(counts.format("name", _NAMED), (key,))),
        roles=tuple((role, number) for role, number in db.execute(counts.format("role", ""), (key,))),
        parents=tuple(_parents(db, key, before)),
        parts=tuple(name for name, in parts),
        earlier=tuple(_chain(before, key)), later=tuple(_chain(after, key)),
        offices=tuple(_offices(db, key)),
    )


def _parents(db: sqlite3.Connection, key: int, before: _Edges) -> Iterator[Parent]:
    """The body above, and those before it that had their names in the time of this one."""
    row = db.execute("SELECT began, ended, parent FROM body WHERE key = ?", (key,)).fetchone()
    above = [row["parent"]] if row["parent"] else []
    for other in above:
        parent = db.execute("SELECT name, began, ended FROM body WHERE key = ?", (other,)).fetchone()
        if (row["began"] or "") >= (parent["ended"] or "~"):
            continue
        yield Parent(
            parent["name"], max(filter(None, (row["began"], parent["began"])), default=None),
            min(filter(None, (row["ended"], parent["ended"])), default=None),
        )
        if parent["began"] and (row["began"] is None or row["began"] < parent["began"]) and len(above) < _CHAIN:
            renamed = (earlier for earlier, step in before.get(other, ()) if step.how == "renamed")
            above += [earlier for earlier in renamed if earlier not in above]


def _offices(db: sqlite3.Connection, key: int) -> Iterator[Holder]:
    rows: Sequence[sqlite3.Row] = db.execute(
        "SELECT p.name, o.title, o.first_attested, o.last_attested FROM occupancy o JOIN person p ON p.key = o.person"
        " WHERE o.body = ? ORDER BY coalesce(o.first_attested, '9999'), p.name, o.title, o.id", (key,)
    ).fetchall()
    return (Holder(*row) for row in rows)
