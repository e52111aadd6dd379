"""Who takes part in the events of a timeline, what sources differ on, and which events are of a topic, body, person."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from outputs.errors import QuestionError
from outputs.factbase.name_forms import name_forms
from outputs.topic import Topic, topic_documents, topic_mentions


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body that takes part, as any of the tellings says; `id` is None where it could not be resolved."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Side:
    """What one source says of a thing on which sources differ: what it comes to, its words and their document."""

    value: str
    quote: str
    document_id: str
    title: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Dissent:
    """A conflict with a side in the words that tell the event. `rule` and `grade` as in outputs.conflicts."""

    id: str
    rule: str
    grade: str
    about: str
    sides: tuple[Side, ...]


def events_of(
    db: sqlite3.Connection, *, topic: str | None, body: str | None, person: str | None
) -> set[int] | None:
    """Keys of the events on a topic in which a body and a person take part; None where none of them is asked for."""
    asked = (
        None if topic is None else _on_topic(db, Topic(topic)),
        None if body is None else _with_body(db, _forms("body", body)),
        None if person is None else _with_person(db, _forms("person", person)),
    )
    found = [keys for keys in asked if keys is not None]
    return set.intersection(*found) if found else None


def _on_topic(db: sqlite3.Connection, topic: Topic) -> set[int]:
    documents = json.dumps(sorted(topic_documents(db, topic)))
    mentions = json.dumps(sorted(topic_mentions(db, topic, "event")))
    found = db.execute(
        "SELECT DISTINCT x.event FROM event_mention x JOIN mention m ON m.key = x.mention "
        "WHERE m.document IN (SELECT value FROM json_each(?)) OR m.key IN (SELECT value FROM json_each(?))",
        (documents, mentions),
    )
    return {row["event"] for row in found}


def _forms(option: str, name: str) -> frozenset[str]:
    forms = frozenset(name_forms(name))
    if not forms:
        raise QuestionError(f"the filter {option} {name!r} holds no word")
    return forms


_NAMES_OF_BODIES = """
    SELECT e.event, b.name FROM event_mention e JOIN body_mention x ON x.mention = e.mention AND x.role = 'participant'
    JOIN body b ON b.key = x.body
    UNION SELECT e.event, x.name FROM event_mention e
    JOIN event_participant x ON x.mention = e.mention AND x.kind = 'body'
"""
_NAMES_OF_PEOPLE = """
    SELECT e.event, p.id, p.name FROM event_mention e
    JOIN event_participant x ON x.mention = e.mention AND x.kind = 'official'
    JOIN person_mention y ON y.mention = x.fact JOIN person p ON p.key = y.person {where}
    UNION SELECT e.event, p.id, p.name FROM event_mention e JOIN mention t ON t.key = e.mention
    JOIN mention m ON m.document = t.document AND m.kind = 'official' AND m.start >= t.start AND m."end" <= t."end"
    JOIN person_mention y ON y.mention = m.key JOIN person p ON p.key = y.person {where}
"""


def _with_body(db: sqlite3.Connection, forms: frozenset[str]) -> set[int]:
    return _events_named(db, _NAMES_OF_BODIES, forms)


def _with_person(db: sqlite3.Connection, forms: frozenset[str]) -> set[int]:
    return _events_named(db, _NAMES_OF_PEOPLE.format(where=""), forms)


def _events_named(db: sqlite3.Connection, query: str, forms: frozenset[str]) -> set[int]:
    events: dict[str, set[int]] = defaultdict(set)
    for row in db.execute(query):
        events[row["name"]].add(row["event"])
    return set().union(*(keys for name, keys in events.items() if forms & set(name_forms(name))))


def people_of(db: sqlite3.Connection, events: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """For each event id and name of the people whom its tellings name, by name."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    query = _NAMES_OF_PEOPLE.format(where="WHERE e.event IN (SELECT value FROM json_each(?1))")  # 1 s less than around
    for row in db.execute(f"{query} ORDER BY event, name, id", (json.dumps(list(events)),)):
        found[row["event"]].append((row["id"], row["name"]))
    return found


def bodies_of(db: sqlite3.Connection, events: Collection[int]) -> dict[int, list[NamedBody]]:
    """For each event the bodies that take part in it, resolved ones under their full names, by name."""
    rows = db.execute(
        "SELECT DISTINCT e.event, b.id, coalesce(b.name, x.name) AS name FROM event_mention e"
        " JOIN body_mention x ON x.mention = e.mention AND x.role = 'participant' LEFT JOIN body b ON b.key = x.body"
        " WHERE e.event IN (SELECT value FROM json_each(?)) ORDER BY e.event, name, b.id",
        (json.dumps(list(events)),),
    )
    found: dict[int, list[NamedBody]] = defaultdict(list)
    for row in rows:
        found[row["event"]].append(NamedBody(row["id"], row["name"]))
    return found


def dissent_of(db: sqlite3.Connection, events: Collection[int]) -> dict[int, list[Dissent]]:
    """For each event the conflicts of which a side stands within one of its tellings."""
    touched = db.execute(
        "SELECT DISTINCT e.event, s.conflict FROM conflict_side s JOIN mention t ON t.document = s.document"
        " AND t.kind = 'event' AND s.start >= t.start AND s.\"end\" <= t.\"end\""
        " JOIN event_mention e ON e.mention = t.key WHERE e.event IN (SELECT value FROM json_each(?))"
        " ORDER BY e.event, s.conflict",
        (json.dumps(list(events)),),
    ).fetchall()
    conflicts = _conflicts(db, {row["conflict"] for row in touched})
    found: dict[int, list[Dissent]] = defaultdict(list)
    for row in touched:
        found[row["event"]].append(conflicts[row["conflict"]])
    return defaultdict(list, {event: _unlike(some) for event, some in found.items()})


def _unlike(dissent: list[Dissent]) -> list[Dissent]:
    """By identifier; of those that set the same words beside each other, the first."""
    seen: dict[tuple[str, frozenset[tuple[str, str]]], Dissent] = {}
    for one in sorted(dissent, key=lambda one: one.id):
        seen.setdefault((one.rule, frozenset((side.document_id, side.quote) for side in one.sides)), one)
    return list(seen.values())


def _conflicts(db: sqlite3.Connection, keys: Collection[int]) -> dict[int, Dissent]:
    rows = db.execute(
        "SELECT c.key, c.id, c.rule, c.grade, c.about, s.value, s.quote, d.id AS document, d.title, d.date"
        " FROM conflict c JOIN conflict_side s ON s.conflict = c.key JOIN document d ON d.key = s.document"
        " WHERE c.key IN (SELECT value FROM json_each(?)) ORDER BY c.key, s.place",
        (json.dumps(sorted(keys)),),
    )
    sides: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        sides[row["key"]].append(row)
    return {
        key: Dissent(
            of[0]["id"], of[0]["rule"], of[0]["grade"], of[0]["about"],
            tuple(Side(one["value"], one["quote"], one["document"], one["title"] or one["document"], one["date"])
                  for one in of),
        )
        for key, of in sides.items()
    }
