"""What is said by several documents of one place and field of work: kept aside by scope, compared at the end.

A scope is a province and a field of work, both named at the head of a document. Statements wait in a temporary table,
so that memory does not grow with the archive.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from corpus import tables
from corpus.shadow import fold
from extractors.lexicon import table
from outputs.factbase.name_forms import full_form
from pipeline.assemble.conflicts.model import Side
from pipeline.assemble.conflicts.pages import Page

_HEAD = 500        # characters of the text in which place and field are looked for
_FEWEST, _LONGEST = 3, 8   # syllables of a field of work
_MOST = 100        # statements of one scope that are compared


@dataclass(frozen=True, slots=True)
class Statement:
    """A side that waits for others of its kind and scope. Days are ISO 8601, None where no time is stated."""

    kind: str
    topic: str
    side: Side
    first_day: str | None = None
    last_day: str | None = None

    def meets(self, other: Statement) -> bool:
        """Whether the times of two statements overlap; an unstated time overlaps every other."""
        if not (self.first_day and self.last_day and other.first_day and other.last_day):
            return True
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@cache
def _fields() -> frozenset[str]:
    """Folded fields of work of three words and more: shorter ones are too general to hold two documents together."""
    return frozenset(fold(row["field"]) for row in table("fields_of_work") if row["field"].count(" ") >= _FEWEST - 1)


@cache
def _places() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in tables.table("corpus", "provinces"))


def _found(words: list[str], names: frozenset[str]) -> list[str]:
    """The names in a run of words, the longest at each place."""
    found, at = [], 0
    while at < len(words):
        runs = (" ".join(words[at : at + count]) for count in range(_LONGEST, 0, -1))
        name = next((run for run in runs if run in names), None)
        if name:
            found.append(name)
        at += name.count(" ") + 1 if name else 1
    return found


def scope(page: Page) -> str | None:
    """`hai phong: thi hanh an dan su`, None where the head of a document does not name one place and a field."""
    words = full_form(f"{page.title} {page.text[:_HEAD]}").split()
    fields, places = _found(words, _fields()), _found(words, _places())
    if not fields or not places:
        return None
    place = max(sorted(set(places)), key=places.count)
    if len(places) >= 2 * places.count(place):
        return None
    return f"{place}: {max(sorted(set(fields)), key=lambda name: (fields.count(name), len(name)))}"


def install(db: sqlite3.Connection) -> None:
    """An empty table for what waits."""
    db.execute("DROP TABLE IF EXISTS temp.stated")
    db.execute(
        "CREATE TEMP TABLE stated (kind, scope, topic, document, document_id, start, stop, quote, value, mention,"
        " first_day, last_day)"
    )


def keep(db: sqlite3.Connection, where: str, statement: Statement) -> None:
    """Set a statement aside under its scope."""
    side = statement.side
    db.execute("INSERT INTO temp.stated VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
        statement.kind, where, statement.topic, side.document, side.document_id, side.start, side.end, side.quote,
        side.value, side.mention, statement.first_day, statement.last_day,
    ))


def groups(db: sqlite3.Connection, *kinds: str) -> Iterator[list[Statement]]:
    """The statements of these kinds, one scope and topic at a time."""
    rows = db.execute(
        f"SELECT * FROM temp.stated WHERE kind IN ({', '.join('?' * len(kinds))})"
        " ORDER BY scope, topic, document_id, start, kind, value", kinds,
    )
    for _, group in groupby(rows, key=lambda row: (row["scope"], row["topic"])):
        found = [_statement(row) for row, _ in zip(group, range(_MOST), strict=False)]
        if len({statement.side.document for statement in found}) > 1:
            yield found


def _statement(row: sqlite3.Row) -> Statement:
    side = Side(
        row["document"], row["document_id"], row["start"], row["stop"], row["quote"], row["value"], row["mention"]
    )
    return Statement(row["kind"], row["topic"], side, row["first_day"], row["last_day"])
