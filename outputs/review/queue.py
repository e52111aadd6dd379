"""Which fact to look at next: in the order of the archive, those that nobody has looked at first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.facts import KINDS
from outputs.factbase import FactBase
from outputs.review.errors import ReviewError
from outputs.review.reviews import Reviews

_AT_A_TIME = 64
_CLAUSES = ("directive", "event")   # kinds of which the words themselves have topics; others have their document's


@dataclass(frozen=True, slots=True)
class Asked:
    """Which facts are to be looked at: of a kind, about a topic, in a document (by id). None: any."""

    kind: str | None = None
    topic: str | None = None
    document: str | None = None

    def where(self) -> tuple[str, list[object]]:
        """As SQL over `mention m`. Raises ReviewError for a kind that there is not."""
        if self.kind is not None and self.kind not in KINDS:
            raise ReviewError("kind", kind=self.kind, known=", ".join(KINDS))
        parts, values = ["1"], list[object]()
        if self.kind:
            parts.append("m.kind = ?")
            values.append(self.kind)
        if self.document:
            parts.append("m.document = (SELECT key FROM document WHERE id = ?)")
            values.append(self.document)
        if self.topic:
            topic = "(SELECT key FROM topic WHERE name = ?)"
            clauses = ", ".join(f"'{kind}'" for kind in _CLAUSES)
            parts.append(
                f"CASE WHEN m.kind IN ({clauses})"
                f" THEN m.key IN (SELECT mention FROM topic_mention WHERE topic = {topic})"
                f" ELSE m.document IN (SELECT document FROM topic_document WHERE topic = {topic}) END"
            )
            values += [self.topic, self.topic]
        return " AND ".join(parts), values


def next_to_review(base: FactBase, reviews: Reviews, asked: Asked, after: str | None = None) -> str | None:
    """The first fact, behind the one given, of which nobody said anything, or which has changed since; by its id."""
    done = reviews.looked_at()     # by the very ids: what moved is looked up below
    for some in _batches(base.db, asked, after):
        left = [one for one in some if one not in done]
        said = reviews.of(base, left) if done else {}
        if found := next((one for one in left if one not in said or said[one].changed), None):
            return found
    return None


def neighbour(base: FactBase, asked: Asked, mention: str, *, before: bool = False) -> str | None:
    """The fact behind the one given, or before it, whatever was said of it."""
    where, values = asked.where()
    place = _key(base.db, mention)
    sign, order = ("<", "DESC") if before else (">", "ASC")
    row = base.db.execute(
        f"SELECT m.id FROM mention m WHERE {where} AND m.key {sign} ? ORDER BY m.key {order} LIMIT 1", (*values, place)
    ).fetchone()
    return row[0] if row else None


def _batches(db: sqlite3.Connection, asked: Asked, after: str | None) -> Iterator[list[str]]:
    where, values = asked.where()
    last = _key(db, after) if after else 0
    while rows := db.execute(
        f"SELECT m.key, m.id FROM mention m WHERE {where} AND m.key > ? ORDER BY m.key LIMIT {_AT_A_TIME}",
        (*values, last),
    ).fetchall():
        last = rows[-1][0]
        yield [row[1] for row in rows]


def _key(db: sqlite3.Connection, mention: str) -> int:
    """Where a fact lies; one that is gone lies before all."""
    row = db.execute("SELECT key FROM mention WHERE id = ?", (mention,)).fetchone()
    return int(row[0]) if row else 0
