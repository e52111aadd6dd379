"""What a fact is tied to: the facts it speaks of, the places that repeat it, its topics."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """A fact of the same document that a directive or an event speaks of.

    `role` is `names`, `deadline`, `day`, `issuer`, `addressee` or `participant`; `thing` the id of the decree or
    person that assembly made of it, where there is one.
    """

    role: str
    kind: str
    id: str
    start: int
    end: int
    quote: str
    thing: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the same directive is said again, in the same document."""

    id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what takes part in an event: `official`, `body`, `decree` or `place`, by its full name.

    `quote` is what the clause calls it; where that only points at it (`ông`, `sở này`) `pointed_at` is true.
    """

    kind: str
    name: str
    start: int
    end: int
    quote: str
    pointed_at: bool


_PARTICIPANTS = """
    SELECT kind, name, start, "end", quote, pointed_at FROM event_participant WHERE mention = ? ORDER BY start, "end"
"""
_LINKS = """
    SELECT l.role, m.kind, m.id, m.start, m."end", m.quote, coalesce(e.id, p.id) AS thing
    FROM fact_link l JOIN mention m ON m.key = l.target
    LEFT JOIN decree_mention dm ON dm.mention = m.key LEFT JOIN decree e ON e.key = dm.decree
    LEFT JOIN person_mention pm ON pm.mention = m.key LEFT JOIN person p ON p.key = pm.person
    WHERE l.source = ? ORDER BY m.start, m."end", m.kind
"""
_REPEATS = """
    SELECT m.id, m.start, m."end", m.quote FROM directive_repeat r JOIN mention m ON m.key = r.mention
    WHERE r.directive = ? ORDER BY m.start
"""
_TOPICS = """
    SELECT t.name FROM topic_mention x JOIN topic t ON t.key = x.topic WHERE x.mention = ? ORDER BY t.name
"""
_TOPICS_OF_DOCUMENT = """
    SELECT t.name FROM topic_document x JOIN topic t ON t.key = x.topic WHERE x.document = ?
    ORDER BY x.weight DESC, t.name
"""


def links(db: sqlite3.Connection, mention: int) -> tuple[Linked, ...]:
    """What a directive or an event links to, in order of place."""
    return tuple(Linked(*row) for row in db.execute(_LINKS, (mention,)))


def repeats(db: sqlite3.Connection, mention: int) -> tuple[Place, ...]:
    """The other places of its document that say the same directive."""
    return tuple(Place(*row) for row in db.execute(_REPEATS, (mention,)))


def participants(db: sqlite3.Connection, mention: int) -> tuple[Participant, ...]:
    """Who and what takes part in an event, in order of place."""
    rows = db.execute(_PARTICIPANTS, (mention,))
    return tuple(Participant(**{**row, "pointed_at": bool(row["pointed_at"])}) for row in rows)


def topics(db: sqlite3.Connection, mention: int) -> tuple[str, ...]:
    """The topics that the words of a directive or an event hold, by name."""
    return tuple(row["name"] for row in db.execute(_TOPICS, (mention,)))


def topics_of_document(db: sqlite3.Connection, document: int) -> tuple[str, ...]:
    """What a document is about, heaviest first."""
    return tuple(row["name"] for row in db.execute(_TOPICS_OF_DOCUMENT, (document,)))
