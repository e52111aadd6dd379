"""Facts as they leave the fact base: the fields of the guidelines, with numbers as numbers."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import Any

from extractors.facts import KINDS

# The fields of each kind, in the order of the guidelines (docs/facts.md).
FIELDS: dict[str, tuple[str, ...]] = {
    "date": ("type", "edtf", "duration", "mod", "anchor", "basis"),
    "decree": ("doc_type", "number", "year", "date", "issuer", "title", "pinpoint"),
    "official": ("name", "title", "org"),
    "figure": (
        "value", "of", "unit", "approx", "role", "metric", "subject", "period", "part_of", "sum_check", "also",
    ),
    "directive": ("force", "issuer", "addressee", "action", "deadline", "repeats"),
    "event": ("date", "event_type", "planned"),
    "relation": (
        "relation", "planned", "subject", "subject_key", "subject_start", "subject_end",
        "object", "object_key", "object_start", "object_end", "pinpoint",
    ),
}
# What is exported: the six kinds, and the relations between the acts that documents cite.
EXPORTED = (*KINDS, "relation")
ALL_FIELDS = tuple(dict.fromkeys(field for kind in KINDS for field in FIELDS[kind]))


def table_of(kind: str) -> str:
    """The table, or view, that holds the exported fields of a kind of fact."""
    return "directive_with_repeat" if kind == "directive" else f"{kind}_fact"


def fields_of(kind: str, row: sqlite3.Row) -> dict[str, Any]:
    """The fields of a row of the table of a kind, null where the document does not say."""
    values = {name: row[name] for name in FIELDS[kind]}
    if kind == "figure":
        low, high = number(row["value"]), number(row["high"])
        values["value"] = low if high is None else [low, high]
        values["of"], values["also"] = number(row["of"]), number(row["also"])
    if kind in ("event", "relation"):
        values["planned"] = bool(row["planned"])
    return values


def number(stored: str | None) -> int | float | None:
    """A stored decimal as the number that JSON holds: whole where it is whole."""
    if stored is None:
        return None
    value = Decimal(stored)
    return int(value) if value == value.to_integral_value() else float(value)
