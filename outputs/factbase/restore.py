"""Documents and facts back from their rows, equal to those that were stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

from corpus.document import Document, Doubt, Notice, Page, Quoted
from extractors.facts import Date, Decree, Directive, Event, Fact, Facts, Figure, Official, Participant, Relation


def document_of(row: sqlite3.Row) -> Document:
    """The document of a row of `document`."""
    names = {one.name for one in fields(Document)} & set(row.keys())
    values = {name: row[name] for name in names - {"pages", "doubtful", "notice", "metadata"}}
    return Document(
        **values,
        pages=tuple(Page(**one) for one in json.loads(row["pages"] or "[]")),
        doubtful=tuple(Doubt(**one) for one in json.loads(row["doubtful"] or "[]")),
        notice=_notice(json.loads(row["notice"])) if row["notice"] else None,
        metadata=json.loads(row["metadata"] or "{}"),
    )


def _notice(values: dict[str, Any]) -> Notice:
    return Notice(**{name: _quoted(value) for name, value in values.items()})


def _quoted(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Quoted(**one) for one in value)
    return Quoted(**value) if value else None


def facts_of(db: sqlite3.Connection, key: int) -> Facts:
    """The facts of the document with this key, in the order in which they were found."""
    found: dict[int, Fact] = {}
    kinds: dict[str, tuple[Fact, ...]] = {}
    for name, kind in _KINDS.items():
        rows = db.execute(
            f'SELECT m.key, m.start, m."end", m.quote AS text, m.rule, f.* FROM {kind.kind}_fact f '
            "JOIN mention m ON m.key = f.mention WHERE m.document = ? AND m.kind = ? ORDER BY m.key",
            (key, kind.kind),
        )
        of_kind = {row["key"]: kind(**_values(row, kind)) for row in rows}
        found |= of_kind
        kinds[name] = tuple(of_kind.values())
    relations, participants = tuple(_relations(db, key, found)), tuple(_participants(db, key, found))
    return Facts(**kinds, relations=relations, participants=participants)  # type: ignore[arg-type]


def _values(row: sqlite3.Row, kind: type[Fact]) -> dict[str, Any]:
    values = {one.name: row[one.name] for one in fields(kind) if one.name in row.keys()}  # noqa: SIM118 - of sqlite3.Row
    exact = _EXACT.get(kind)
    return exact(row, values) if exact else values


def _figure(row: sqlite3.Row, values: dict[str, Any]) -> dict[str, Any]:
    exact = (row[name] for name in ("value", "high", "of", "also"))
    low, high, of, also = (None if value is None else Decimal(value) for value in exact)
    return {**values, "value": low if high is None else (low, high), "of": of, "also": also}


def _event(row: sqlite3.Row, values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "planned": bool(row["planned"])}


def _relations(db: sqlite3.Connection, key: int, found: dict[int, Fact]) -> Iterator[Relation]:
    for row in db.execute("SELECT * FROM relation WHERE document = ? ORDER BY key", (key,)):
        yield Relation(
            start=row["start"], end=row["end"], text=row["quote"], relation=row["relation"], rule=row["rule"],
            subject=found[row["subject"]] if row["subject"] else None,  # type: ignore[arg-type]
            object=found[row["object"]], planned=bool(row["planned"]),  # type: ignore[arg-type]
        )


def _participants(db: sqlite3.Connection, key: int, found: dict[int, Fact]) -> Iterator[Participant]:
    for row in db.execute(
        "SELECT p.* FROM event_participant p JOIN mention m ON m.key = p.mention WHERE m.document = ? ORDER BY p.rowid",
        (key,),
    ):
        yield Participant(
            row["kind"], row["start"], row["end"], row["quote"], row["name"],
            fact=found[row["fact"]] if row["fact"] else None,  # type: ignore[arg-type]
            pointed_at=bool(row["pointed_at"]), event=found[row["mention"]],  # type: ignore[arg-type]
        )


_KINDS: dict[str, type[Fact]] = {
    "dates": Date, "decrees": Decree, "officials": Official, "figures": Figure, "directives": Directive,
    "events": Event,
}
_EXACT: dict[type[Fact], Callable[[sqlite3.Row, dict[str, Any]], dict[str, Any]]] = {Figure: _figure, Event: _event}
