"""The places that tell an event, and the acts named in its clause, as timelines and histories read them."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from outputs.passages import WINDOW, around

UNDATED = "9999"  # sorts what no source gives a year after all others


@dataclass(frozen=True, slots=True)
class Telling:
    """One place that tells an event: its words, their sentence, and where they stand. `document` is a row number."""

    id: str
    quote: str
    before: str
    after: str
    start: int
    end: int
    document: int
    document_id: str
    title: str
    date: str | None
    source: str | None
    url: str | None
    path: str
    member: str | None
    kind: str = "news"

    @property
    def place(self) -> str:
        """The file, and the record inside it."""
        return f"{self.path}#{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class NamedDecree:
    """A decree named inside the telling clause."""

    id: str
    quote: str
    number: str | None
    title: str | None
    urn: str | None


_TELLINGS = f"""
    SELECT x.event, m.id, m.quote, m.start, m."end", {WINDOW}, m.document, d.id AS document_id, d.title, d.date,
           d.source, d.url, d.path, d.member, d.kind
    FROM event_mention x JOIN event e ON e.key = x.event JOIN mention m ON m.key = x.mention
    JOIN document d ON d.key = m.document WHERE x.event IN (SELECT value FROM json_each(?))
    ORDER BY x.event, m.key <> e.told_by, coalesce(d.first_day, '{UNDATED}'), d.id, m.start
"""
_DECREES = """
    SELECT t.key AS told_by, r.id, m.quote, r.number, r.title, r.urn FROM json_each(?) j
    JOIN mention t ON t.key = j.value JOIN mention m ON m.document = t.document AND m.kind = 'decree'
     AND m.start >= t.start AND m."end" <= t."end"
    JOIN decree_mention x ON x.mention = m.key JOIN decree r ON r.key = x.decree ORDER BY t.key, m.start
"""


def tellings(db: sqlite3.Connection, events: Sequence[int]) -> defaultdict[int, list[Telling]]:
    """For each event its tellings, the one shown first and the others by date and place."""
    found: defaultdict[int, list[Telling]] = defaultdict(list)
    for row in db.execute(_TELLINGS, (json.dumps(events),)):
        before, after = around(row["before_text"], row["quote"], row["after_text"])
        found[row["event"]].append(Telling(
            row["id"], row["quote"], before, after, row["start"], row["end"], row["document"], row["document_id"],
            row["title"] or row["document_id"], row["date"], row["source"], row["url"], row["path"], row["member"],
            row["kind"],
        ))
    return found


def named_decrees(db: sqlite3.Connection, mentions: Sequence[int]) -> defaultdict[int, list[NamedDecree]]:
    """For each mention that tells an event the acts named in it, each once."""
    named: defaultdict[int, dict[str, NamedDecree]] = defaultdict(dict)
    for row in db.execute(_DECREES, (json.dumps(mentions),)):
        decree = NamedDecree(row["id"], row["quote"], row["number"], row["title"], row["urn"])
        named[row["told_by"]].setdefault(row["id"], decree)
    return defaultdict(list, {key: list(decrees.values()) for key, decrees in named.items()})
