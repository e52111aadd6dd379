"""The words by which a merge or split of people is kept: a mention for each document that names them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from outputs.review.errors import ReviewError
from outputs.review.model import Words

_MOST = 200     # mentions that stand for one person
_OF_PERSON = """
    SELECT m.id AS mention, m.kind, m.start, m."end", m.quote, m.prefix, m.suffix, d.id AS document, d.text_sha256
    FROM person_mention p JOIN mention m ON m.key = p.mention JOIN document d ON d.key = m.document
    WHERE p.person = ? ORDER BY d.id, m.start, m.key
"""
_PERSON = """
    SELECT key FROM person WHERE id = ?1
    UNION SELECT p.person FROM person_mention p JOIN mention m ON m.key = p.mention WHERE m.id = ?1
"""


def to_merge(db: sqlite3.Connection, people: Sequence[str]) -> tuple[Words, ...]:
    """Words for several people, given by their ids or by those of mentions. Raises ReviewError for an unknown one."""
    keys = list(dict.fromkeys(_person(db, one) for one in people))
    if len(keys) < 2:
        raise ReviewError("one_person")
    return tuple(_words(row, 0) for key in keys for row in _one_a_document(db.execute(_OF_PERSON, (key,))))


def to_split(db: sqlite3.Connection, person: str, mentions: Sequence[str]) -> tuple[Words, ...]:
    """Words for those of a person (side 0) and for the mentions that are another one's (side 1)."""
    rows = db.execute(_OF_PERSON, (_person(db, person),)).fetchall()
    other = set(mentions)
    if unknown := sorted(other - {row["mention"] for row in rows}):
        raise ReviewError("not_of_person", id=unknown[0], person=person)
    if not other or len(other) == len(rows):
        raise ReviewError("no_split")
    go = [row for row in rows if row["mention"] in other]
    shared = {row["document"] for row in go}
    stay = [row for row in rows if row["mention"] not in other]
    stay = [row for row in stay if row["document"] in shared] + _one_a_document(
        row for row in stay if row["document"] not in shared
    )
    return (*(_words(row, 0) for row in stay), *(_words(row, 1) for row in go))


def _person(db: sqlite3.Connection, given: str) -> int:
    row = db.execute(_PERSON, (given,)).fetchone()
    if row is None:
        raise ReviewError("unknown_person", id=given)
    return int(row[0])


def _one_a_document(rows: Iterable[sqlite3.Row]) -> list[sqlite3.Row]:
    found: dict[str, sqlite3.Row] = {}
    for row in rows:
        found.setdefault(row["document"], row)
    return list(found.values())[:_MOST]


def _words(row: sqlite3.Row, side: int) -> Words:
    names = ("document", "text_sha256", "kind", "start", "end", "quote", "prefix", "suffix", "mention")
    return Words(**{name: row[name] for name in names}, side=side)
