"""Words of the archive in their place, with the rest of their sentence: what a page shows of a source."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from outputs.passages import WINDOW, around
from outputs.quotes import PLACE

_NEAR = 48       # characters on each side, where there is room for few
LONGEST = 1200   # characters of a quote that are shown: a clause that was misread may be a page


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it is cited: title (its file where it has none), date (EDTF), newspaper or body, and file.

    `copy_of` is the id of the earlier document with nearly the same text.
    """

    id: str
    title: str
    date: str | None
    source: str | None
    place: str
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a fact between what stands around them in their sentence; `fact` is the id of the mention.

    `start` and `end` are offsets of the words, in characters from 0.
    """

    fact: str
    kind: str
    start: int
    end: int
    before: str
    quote: str
    after: str
    source: Source

    @property
    def lead(self) -> str:
        """The last words before, where there is room for few."""
        return self.before if len(self.before) <= _NEAR else f"…{self.before[-_NEAR:].partition(' ')[2]}"

    @property
    def tail(self) -> str:
        """The first words after."""
        return self.after if len(self.after) <= _NEAR else f"{self.after[:_NEAR].rpartition(' ')[0]}…"


_SOURCE = f"d.id AS document, d.title, d.date AS dated, d.source, d.copy_of, {PLACE}"
_PASSAGES = f"""
    SELECT m.key, m.id, m.kind, m.start, m."end" AS "end", m.quote, {WINDOW}, {_SOURCE}
    FROM mention m JOIN document d ON d.key = m.document WHERE m.key IN (SELECT value FROM json_each(?))
"""


def passages(db: sqlite3.Connection, mentions: Iterable[int | None]) -> dict[int, Passage]:
    """Row number of a mention → its words in their place."""
    wanted = json.dumps(sorted({key for key in mentions if key is not None}))
    return {row["key"]: _passage(row) for row in db.execute(_PASSAGES, (wanted,))}


def sources(db: sqlite3.Connection, documents: Collection[str]) -> dict[str, Source]:
    """Id of a document → how it is cited."""
    rows = db.execute(
        f"SELECT {_SOURCE} FROM document d WHERE d.id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(set(documents))),),
    )
    return {row["document"]: _source(row) for row in rows}


def _source(row: sqlite3.Row) -> Source:
    title = " ".join((row["title"] or "").split()) or row["place"]
    return Source(row["document"], title, row["dated"], row["source"], row["place"], row["copy_of"])


def _passage(row: sqlite3.Row) -> Passage:
    before, after = around(row["before_text"], row["quote"], row["after_text"])
    quote = row["quote"] if len(row["quote"]) <= LONGEST else f"{row['quote'][:LONGEST]}…"
    return Passage(row["id"], row["kind"], row["start"], row["end"], before, quote, after, _source(row))


def passage_at(db: sqlite3.Connection, document: int, start: int, end: int, fact: str = "") -> Passage:
    """Words that are no fact of their own, such as the cue of a relation, between the text around them."""
    reach = 160
    row = db.execute(
        f"SELECT substr(d.text, max(1, :start + 1 - {reach}), min(:start, {reach})) AS before_text,"
        f" substr(d.text, :start + 1, :end - :start) AS quote,"
        f" substr(d.text, :end + 1, {reach}) AS after_text, {_SOURCE}"
        " FROM document d WHERE d.key = :document", {"document": document, "start": start, "end": end},
    ).fetchone()
    before, after = around(row["before_text"], row["quote"], row["after_text"], reach)
    return Passage(fact, "words", start, end, before, row["quote"][:LONGEST], after, _source(row))
