"""The table of people: who held which office, and where sources say so."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from corpus.shadow import fold
from outputs.factbase import FactBase
from outputs.quotes import PLACE, Quote, in_context


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A person in an office. The days are the first and last on which a source attests it, not its term.

    `sources` counts independent documents: copies of one text are one source.
    """

    name: str
    title: str | None
    org: str | None
    first_attested: str | None
    last_attested: str | None
    sources: int
    quotes: tuple[Quote, ...]


def people(base: FactBase) -> list[OfficeHeld]:
    """Every person and office, by name and then by time."""
    quotes, sources = _quotes_of_offices(base.db)
    rows = base.db.execute(
        "SELECT o.key, p.name, o.title, o.org, o.first_attested, o.last_attested"
        " FROM occupancy o JOIN person p ON p.key = o.person"
    )
    held = [
        OfficeHeld(*row[1:], sources=len(sources[row["key"]]), quotes=tuple(quotes[row["key"]]))  # type: ignore[misc]
        for row in rows
    ]
    return sorted(held, key=lambda one: (
        fold(one.name), one.name, one.first_attested or "9999", one.title or "", one.org or "",
    ))


def _quotes_of_offices(db: sqlite3.Connection) -> tuple[dict[int, list[Quote]], dict[int, set[str]]]:
    quotes: dict[int, list[Quote]] = defaultdict(list)
    sources: dict[int, set[str]] = defaultdict(set)
    for row in db.execute(
        f'SELECT x.occupancy, d.id, {PLACE}, coalesce(d.copy_of, d.id) AS source, m.start, m."end",'
        " m.prefix, m.quote, m.suffix"
        " FROM occupancy_mention x JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document"
        " ORDER BY d.id, m.start"
    ):
        words = " ".join(in_context(row["prefix"], row["quote"], row["suffix"]).split())
        quotes[row["occupancy"]].append(Quote(row["id"], row["place"], row["start"], row["end"], words))
        sources[row["occupancy"]].add(row["source"])
    return quotes, sources
