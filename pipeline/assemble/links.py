"""What a directive or an event speaks of: links to the facts of its own document.

A decree, official, date or figure inside the words of a directive or an event is `named` by it; the date that states
its deadline (`deadline`) or day (`day`) and the official who gives (`issuer`) or gets (`addressee`) the order are told
apart. Where the words themselves do not hold the deadline or the person, for instance in an item of a list, the
nearest fact before them that states the same value is meant; a fact that states another is never linked.
Who takes part in an event is added by pipeline/assemble/participants.py.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from outputs.factbase.name_forms import full_form

_REACH = 200  # facts before a clause in which what it rests on is looked for
_TARGETS = ("decree", "official", "date", "figure")


class _Fact(NamedTuple):
    kind: str
    key: int
    start: int
    end: int
    day: str | None
    name: str | None
    issuer: str | None
    addressee: str | None


# `day` is that of a date or an event, or a deadline; `name` that of an official. Most documents tell somebody to do
# something or tell an event; the others need not be looked at.
_ROWS = """
    SELECT c.document, m.kind, m.key, m.start, m."end",
           CASE m.kind
               WHEN 'date' THEN (SELECT f.edtf FROM date_fact f WHERE f.mention = m.key)
               WHEN 'event' THEN (SELECT f.date FROM event_fact f WHERE f.mention = m.key)
               WHEN 'directive' THEN x.deadline
           END AS day,
           CASE m.kind WHEN 'official' THEN (SELECT f.name FROM official_fact f WHERE f.mention = m.key) END AS name,
           x.issuer, x.addressee
    FROM document_changed c CROSS JOIN mention m ON m.document = c.document
    LEFT JOIN directive_fact x ON m.kind = 'directive' AND x.mention = m.key
    WHERE EXISTS (SELECT 1 FROM mention s WHERE s.document = c.document AND s.kind IN ('directive', 'event'))
    ORDER BY c.document, m.start, m."end", m.key
"""


@dataclass(slots=True)
class _Document:
    """The facts of a document that can be linked to, in order of place."""

    targets: list[_Fact] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, row: _Fact) -> None:
        self.targets.append(row)
        self.starts.append(row.start)

    def within(self, source: _Fact) -> list[_Fact]:
        first, last = bisect_left(self.starts, source.start), bisect_left(self.starts, source.end)
        return [row for row in self.targets[first:last] if row.end <= source.end]

    def before(self, source: _Fact) -> Iterator[_Fact]:
        """Nearest first, and not from the other end of a long document."""
        last = bisect_left(self.starts, source.start)
        return (self.targets[at] for at in range(last - 1, max(0, last - _REACH) - 1, -1))


def assemble_links(db: sqlite3.Connection) -> None:
    """Fill `fact_link` for the documents that changed."""
    db.execute(
        "DELETE FROM fact_link WHERE source IN"
        " (SELECT m.key FROM document_changed c JOIN mention m ON m.document = c.document)"
    )
    db.executemany(
        "INSERT INTO fact_link (source, target, role) VALUES (?, ?, ?)",
        (link for _, rows in groupby(db.execute(_ROWS), key=itemgetter(0)) for link in _of_document(rows)),
    )


def _of_document(rows: Iterable[sqlite3.Row]) -> Iterator[tuple[int, int, str]]:
    document, sources = _Document(), []
    for _, *row in rows:
        fact = _Fact(*row)
        if fact.kind in _TARGETS:
            document.add(fact)
        else:
            sources.append(fact)
    return ((source.key, target, role) for source in sources for target, role in _links(document, source).items())


def _links(document: _Document, source: _Fact) -> dict[int, str]:
    within = document.within(source)
    found = {row.key: "names" for row in within}
    if source.day and (row := _stating(chain(within, document.before(source)), source.day)):
        found[row.key] = "deadline" if source.kind == "directive" else "day"
    for role, named in (("addressee", source.addressee), ("issuer", source.issuer)):
        for row in _people(chain(within, document.before(source)), named) if named else ():
            found[row.key] = role
    return found


def _stating(rows: Iterable[_Fact], day: str) -> _Fact | None:
    """The date inside that states the deadline or day, else the nearest before."""
    return next((row for row in rows if row.day == day and row.kind == "date"), None)


def _people(rows: Iterable[_Fact], named: str) -> Iterator[_Fact]:
    """For each person named in an issuer or addressee the mention inside, else the nearest before."""
    words = f" {full_form(named)} "
    met: set[str] = set()
    for row in rows:
        if row.name and row.name not in met and f" {full_form(row.name)} " in words:
            met.add(row.name)
            yield row
