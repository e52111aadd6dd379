"""What the facts of documents name, document by document: each kind of fact is read once, in order of documents."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from pipeline.assemble.bodies.names import parts_of


class Read(NamedTuple):
    """A fact that names a body, a person or an event, in its place. `days` are its own where `basis` is `fact`."""

    document: int
    start: int
    before: int              # its end, negative: of facts that begin together the longest is the first
    id: str
    mention: int
    kind: str
    first_day: str | None
    last_day: str | None
    basis: str | None        # whose days they are, as in `fact_day`; None: of nobody
    name: str | None         # body, issuer, subject; of an event its type
    other: Any               # of an official its name, of a directive its addressee, of an event whether it is planned

    @property
    def end(self) -> int:
        return -self.before


class Participant(NamedTuple):
    """A body that takes part in an event, with the days of the event."""

    document: int
    start: int
    id: str
    mention: int
    name: str
    first_day: str | None
    last_day: str | None


class Named(NamedTuple):
    """An official with the words around its name."""

    document: int
    mention: int
    name: str
    title: str | None
    org: str | None
    prefix: str
    suffix: str
    start: int


# The order of documents is that of an index, so that nothing is sorted, and facts come as they are asked for.
_FACTS = """
    SELECT m.document, m.start, -m."end", m.id, m.key, '{kind}', k.first_day, k.last_day, k.basis, {columns}
    FROM document d CROSS JOIN mention m ON m.document = d.key AND m.kind = '{kind}'
    JOIN {kind}_fact f ON f.mention = m.key LEFT JOIN fact_day k ON k.mention = m.key
    WHERE {where} ORDER BY d.id
"""
_KINDS = (   # name and other of `Read`; of officials also what `Named` has besides
    ("official", "f.org, f.name, f.title, m.prefix, m.suffix", "1"),
    ("decree", "f.issuer, NULL", "1"),
    ("directive", "f.issuer, f.addressee", "coalesce(f.issuer, f.addressee) IS NOT NULL"),
    ("figure", "f.subject, NULL", "f.subject <> '' AND names_body(f.subject)"),    # most figures are of no body
    ("event", "f.event_type, f.planned", "1"),
)
_OFFICIALS = 0   # place in `_KINDS`
_PARTICIPANTS = """
    SELECT m.document, p.start, m.id, p.mention, p.name, k.first_day, k.last_day
    FROM document d CROSS JOIN mention m ON m.document = d.key AND m.kind = 'event'
    JOIN event_participant p ON p.mention = m.key AND p.kind = 'body' LEFT JOIN fact_day k ON k.mention = m.key
    ORDER BY d.id
"""
_DATES = """
    SELECT m.document, m.start, f.first_day, f.last_day, f.first_day >= '1000' AND m.prefix NOT LIKE '%sinh%'
    FROM document d CROSS JOIN mention m ON m.document = d.key AND m.kind = 'date'
    JOIN date_fact f ON f.mention = m.key
    WHERE f.last_day BETWEEN '1000' AND '9998' ORDER BY d.id
"""


class Facts:
    """The facts of one document after another, in the order of their identifiers."""

    def __init__(self, db: sqlite3.Connection) -> None:
        db.create_function("names_body", 1, _names_body, deterministic=True)
        self._facts = [
            _Rows(db, _FACTS.format(kind=kind, columns=columns, where=where)) for kind, columns, where in _KINDS
        ]
        self._participants = _Rows(db, _PARTICIPANTS)
        self._dates = _Rows(db, _DATES)

    def of(self, document: int) -> tuple[list[Read], list[Named]]:
        """All in order of their place, and the officials in no order; documents must be asked for in order."""
        found = [rows.of(document) for rows in self._facts]
        every = sorted(row[:_FIELDS] for rows in found for row in rows)
        return [Read._make(row) for row in every], [_named(row) for row in found[_OFFICIALS]]

    def participants(self, document: int) -> list[Participant]:
        """In order of their place."""
        return [Participant._make(row) for row in sorted(self._participants.of(document), key=lambda row: row[1:3])]

    def dates(self, document: int) -> tuple[list[tuple[int, str, str]], list[str]]:
        """Place, first and last day of the days that it names, births apart; the last days of all, births too."""
        rows = self._dates.of(document)
        return sorted((row[1], row[2], row[3]) for row in rows if row[4]), [row[3] for row in rows]


_FIELDS = len(Read._fields)


def _named(row: tuple[Any, ...]) -> Named:
    document, start, _, _, mention, *_, org, name, title, prefix, suffix = row
    return Named(document, mention, name, title, org, prefix, suffix, start)


def _names_body(words: str) -> bool:
    return bool(parts_of(words))


class _Rows:
    def __init__(self, db: sqlite3.Connection, query: str) -> None:
        cursor = db.cursor()
        cursor.row_factory = None
        self._rows = cursor.execute(query)
        self._next = next(self._rows, None)

    def of(self, document: int) -> list[tuple[Any, ...]]:
        found = []
        row = self._next
        while row is not None and row[0] == document:
            found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found
