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
from collections.abc import Iterator
from dataclasses import dataclass, field

from outputs.factbase.name_forms import full_form

_REACH = 200  # facts before a clause in which what it rests on is looked for
_TARGETS = ("decree", "official", "date", "figure")
_ROWS = """
    SELECT m.key, m.document, m.kind, m.start, m."end",
           coalesce(t.edtf, x.deadline, e.date) AS day, o.name, x.issuer, x.addressee
    FROM mention m
    LEFT JOIN date_fact t ON t.mention = m.key
    LEFT JOIN official_fact o ON o.mention = m.key
    LEFT JOIN directive_fact x ON x.mention = m.key
    LEFT JOIN event_fact e ON e.mention = m.key
    WHERE m.document = ?
    ORDER BY m.start, m."end", m.key
"""
# Most documents tell somebody to do something or tell an event; the others need not be looked at.
_DOCUMENTS = """
    SELECT c.document FROM document_changed c WHERE EXISTS (
        SELECT 1 FROM mention m WHERE m.document = c.document AND m.kind IN ('directive', 'event')
    ) ORDER BY c.document
"""


@dataclass(slots=True)
class _Document:
    """The facts of a document that can be linked to, in order of place."""

    targets: list[sqlite3.Row] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, row: sqlite3.Row) -> None:
        self.targets.append(row)
        self.starts.append(row["start"])

    def within(self, source: sqlite3.Row) -> Iterator[sqlite3.Row]:
        first, last = bisect_left(self.starts, source["start"]), bisect_left(self.starts, source["end"])
        return (row for row in self.targets[first:last] if row["end"] <= source["end"])

    def before(self, source: sqlite3.Row) -> Iterator[sqlite3.Row]:
        """Nearest first, and not from the other end of a long document."""
        last = bisect_left(self.starts, source["start"])
        return reversed(self.targets[max(0, last - _REACH) : last])


def assemble_links(db: sqlite3.Connection) -> None:
    """Fill `fact_link` for the documents that changed."""
    db.execute(
        "DELETE FROM fact_link WHERE source IN"
        " (SELECT m.key FROM document_changed c JOIN mention m ON m.document = c.document)"
    )
    for changed in db.execute(_DOCUMENTS).fetchall():
        document, sources = _Document(), []
        for row in db.execute(_ROWS, (changed["document"],)):
            if row["kind"] in _TARGETS:
                document.add(row)
            else:
                sources.append(row)
        db.executemany(
            "INSERT INTO fact_link (source, target, role) VALUES (?, ?, ?)",
            [(source["key"], target, role) for source in sources for target, role in _links(document, source).items()],
        )


def _links(document: _Document, source: sqlite3.Row) -> dict[int, str]:
    found = {row["key"]: "names" for row in document.within(source)}
    if source["day"] and (row := _stating(document, source)):
        found[row["key"]] = "deadline" if source["kind"] == "directive" else "day"
    for role in ("addressee", "issuer"):
        for row in _people(document, source, source[role]):
            found[row["key"]] = role
    return found


def _stating(document: _Document, source: sqlite3.Row) -> sqlite3.Row | None:
    """The date inside that states the deadline or day, else the nearest before."""
    for rows in (document.within(source), document.before(source)):
        for row in rows:
            if row["kind"] == "date" and row["day"] == source["day"]:
                return row
    return None


def _people(document: _Document, source: sqlite3.Row, named: str | None) -> Iterator[sqlite3.Row]:
    """For each person named in an issuer or addressee the mention inside, else the nearest before."""
    words = f" {full_form(named)} " if named else ""
    met: set[str] = set()
    for row in (*document.within(source), *document.before(source)) if words else ():
        if row["kind"] == "official" and row["name"] not in met and f" {full_form(row['name'])} " in words:
            met.add(row["name"])
            yield row
