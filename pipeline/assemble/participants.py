"""Who takes part in each event: what `extractors.participants` finds, kept beside the facts it rests on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from corpus.document import Document
from extractors.facts import Decree, Event, Fact, Facts, Official
from extractors.organisations import Reader
from extractors.participants import participants

_FACTS = """
    SELECT m.document, m.key, m.kind, m.start, m."end", m.quote, o.name, o.title, o.org,
           c.doc_type, c.number, c.year, c.date AS issued, c.issuer, c.title AS subject, c.pinpoint,
           e.date, e.event_type, e.planned
    FROM mention m
    LEFT JOIN official_fact o ON o.mention = m.key
    LEFT JOIN decree_fact c ON c.mention = m.key
    LEFT JOIN event_fact e ON e.mention = m.key
    WHERE m.kind IN ('official', 'decree', 'event')
      AND m.document IN (SELECT document FROM mention WHERE kind = 'event')
    ORDER BY m.document, m.start, m."end", m.key
"""


def assemble_participants(db: sqlite3.Connection) -> None:
    """Fill `event_participant`, and link events to the officials and decrees that take part; links come before."""
    for document, group in groupby(db.execute(_FACTS), key=itemgetter("document")):
        rows = list(group)
        text = db.execute("SELECT id, title, text FROM document WHERE key = ?", (document,)).fetchone()
        found = list(_found(Document(id=text["id"], title=text["title"], text=text["text"]), rows))
        db.executemany(
            'INSERT INTO event_participant (mention, kind, start, "end", quote, name, fact, pointed_at)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found,
        )
        db.executemany(
            "INSERT OR REPLACE INTO fact_link (source, target, role) VALUES (?, ?, 'participant')",
            [(row[0], row[-2]) for row in found if row[-2] is not None],
        )


def _found(document: Document, rows: list[sqlite3.Row]) -> Iterator[tuple[object, ...]]:
    facts = {row["key"]: _fact(row) for row in rows}
    keys = {(fact.kind, fact.start, fact.end): key for key, fact in facts.items()}
    known = Facts(
        decrees=tuple(fact for fact in facts.values() if isinstance(fact, Decree)),
        officials=tuple(fact for fact in facts.values() if isinstance(fact, Official)),
        events=tuple(fact for fact in facts.values() if isinstance(fact, Event)),
    )
    reader = Reader(document)
    for key, event in facts.items():
        if isinstance(event, Event):
            for one in participants(event, known, document, reader):
                fact = one.fact and keys[one.fact.kind, one.fact.start, one.fact.end]
                yield key, one.kind, one.start, one.end, one.text, one.name, fact, int(one.pointed_at)


def _fact(row: sqlite3.Row) -> Fact:
    place = {"start": row["start"], "end": row["end"], "text": row["quote"]}
    if row["kind"] == "official":
        return Official(**place, name=row["name"], title=row["title"], org=row["org"])
    if row["kind"] == "decree":
        return Decree(
            **place, doc_type=row["doc_type"], number=row["number"], year=row["year"], date=row["issued"],
            issuer=row["issuer"], title=row["subject"], pinpoint=row["pinpoint"],
        )
    return Event(**place, date=row["date"], event_type=row["event_type"], planned=bool(row["planned"]))
