"""The documents of a fact base one by one, each with its facts: what a rule on one document sees."""

from __future__ import annotations

import datetime
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from corpus import shadow
from extractors.calendar import parse_day
from extractors.sentences import sentences
from pipeline.assemble.conflicts.model import Side

_TABLES = {
    "date": "type, edtf, duration, mod, basis, first_day, last_day",
    "decree": "doc_type, number, year, date, issuer, title",
    "official": "name, title, org",
    "figure": "value, high, of, unit, approx, role, metric, subject, period, first_day, last_day, part_of, sum_check",
    "directive": "force, deadline, first_day, last_day",
    "event": "date, event_type, planned, first_day, last_day",
}


@dataclass
class Page:
    """One document: its text, and its facts of each kind in order (rows with `key`, `start`, `end`, `quote`)."""

    db: sqlite3.Connection
    key: int
    id: str
    kind: str
    title: str
    date: str | None       # EDTF
    _found: dict[str, list[sqlite3.Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, db: sqlite3.Connection, key: int) -> Page:
        """The document of a key. Its text is read when a rule asks for it."""
        row = db.execute("SELECT id, kind, title, date FROM document WHERE key = ?", (key,)).fetchone()
        return cls(db, key, row["id"], row["kind"], row["title"] or "", row["date"])

    @cached_property
    def text(self) -> str:
        """The text of the document."""
        row = self.db.execute("SELECT text FROM document WHERE key = ?", (self.key,)).fetchone()
        return str(row["text"])

    @cached_property
    def lower(self) -> str:
        """What rules match on: same length as the text."""
        return shadow.lower(shadow.shadow(self.text))

    @cached_property
    def day(self) -> datetime.date | None:
        """The day of the document, None unless it is known to the day."""
        return parse_day(self.date)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of every sentence."""
        return list(sentences(shadow.shadow(self.text)))

    def facts(self, kind: str) -> list[sqlite3.Row]:
        """The facts of one kind."""
        if kind not in self._found:
            self._found[kind] = self.db.execute(
                f'SELECT m.key, m.start, m."end" AS "end", m.quote, m.rule, {_TABLES[kind]} FROM mention m'
                f" CROSS JOIN {kind}_fact f ON f.mention = m.key WHERE m.document = ? AND m.kind = ? ORDER BY m.start",
                (self.key, kind),
            ).fetchall()
        return self._found[kind]

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence that holds a place."""
        at = bisect_right(self.sentences, (place, len(self.text) + 1)) - 1
        return self.sentences[at] if at >= 0 else (0, len(self.text))

    def within(self, kind: str, start: int, end: int) -> list[sqlite3.Row]:
        """The facts of one kind that lie in a stretch of the text."""
        rows = self.facts(kind)
        at = bisect_left(rows, start, key=lambda row: row["start"])
        found = []
        while at < len(rows) and rows[at]["start"] < end:
            if rows[at]["end"] <= end:
                found.append(rows[at])
            at += 1
        return found

    def words(self, start: int, end: int, value: str, mention: int | None = None) -> Side:
        """A side: words of this document."""
        return Side(self.key, self.id, start, end, self.text[start:end], value, mention)

    def side(self, row: sqlite3.Row, value: object) -> Side:
        """A side: the words of a fact."""
        return Side(self.key, self.id, row["start"], row["end"], row["quote"], str(value), row["key"])

    def dated(self) -> Side:
        """A side: the day of the document, in its text where a date there says so, else from its data."""
        for row in self.facts("date"):
            if row["start"] > _HEAD:
                break
            if row["edtf"] == self.date and row["basis"] is None:
                return self.side(row, self.date)
        return Side(self.key, self.id, None, None, str(self.date), str(self.date))


_HEAD = 600   # characters in which a text states its own date


def pages(db: sqlite3.Connection) -> Iterator[Page]:
    """Every document that is no copy, in the order of their ids: what rules see without their guards."""
    keys = [row[0] for row in db.execute("SELECT key FROM document WHERE copy_of IS NULL ORDER BY id")]
    for key in keys:
        yield Page.of(db, key)
