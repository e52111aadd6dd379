"""What is shown of a fact or document that answers a question."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass, field
from typing import Any

from outputs.asking import linked
from outputs.asking.filtering import DOCUMENT
from outputs.asking.query import Query
from outputs.asking.ranking import Found
from outputs.asking.snippets import REACH, Matcher
from outputs.factbase.rows import fields_of, table_of

_WINDOW = REACH + 40  # read a little more than is shown, so that the snippet can end at a word
_PLAIN = ("document", "title", "date", "path", "member", "url")
_DOCUMENT = """
    SELECT d.id AS document, d.title, d.date, d.path, d.member, d.url, d.text, coalesce(d.first_day, (
               SELECT x.first_day FROM event_fact x JOIN mention m ON m.key = x.mention
               WHERE d.last_day IS NULL AND m.document = d.key AND x.last_day IS NOT NULL
               ORDER BY x.last_day DESC, x.first_day DESC LIMIT 1)) AS day,
           CASE WHEN d.first_day IS NULL AND d.last_day IS NULL THEN 'event' ELSE 'document' END AS basis
    FROM document d WHERE d.key = ?
"""
_FACT = f"""
    SELECT m.id, m.kind, m.start, m."end", m.quote, d.id AS document, d.title, d.date, d.path, d.member, d.url,
           f.first_day, f.basis, max(0, m.start - {_WINDOW}) AS begin,
           substr(d.text, max(0, m.start - {_WINDOW}) + 1, m."end" - max(0, m.start - {_WINDOW}) + {_WINDOW}) AS window
    FROM mention m JOIN document d ON d.key = m.document LEFT JOIN fact_day f ON f.mention = m.key WHERE m.key = ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact, or a document, that answers a search. Offsets are code points of the document's text.

    `quote` is `text[start:end]`. `highlights` are the matched words as offsets in `snippet`, which begins
    at `snippet_start` of the text and has its line ends as spaces. `day` is the first day for which the hit
    counts, `day_basis` whose day that is: `fact`, `document` or `event`. `reason` says why it stands where it stands.
    Of a directive or an event `links` are the facts it speaks of; `repeats` are the other places of the document that
    say the same directive, which is one hit. `topics` are its own, or the document's.
    """

    id: str
    kind: str
    document: str
    title: str | None
    date: str | None       # of the document, EDTF
    path: str
    member: str | None
    url: str | None
    start: int
    end: int
    quote: str
    fields: dict[str, Any]
    day: str | None
    day_basis: str | None
    snippet: str
    snippet_start: int
    highlights: tuple[tuple[int, int], ...] = field(default=())
    reason: str = ""
    links: tuple[linked.Linked, ...] = ()
    repeats: tuple[linked.Place, ...] = ()
    topics: tuple[str, ...] = ()
    participants: tuple[linked.Participant, ...] = ()   # of an event
    review: dict[str, Any] | None = None                # what readers said of it (docs/review.md), where that is asked

    def as_dict(self) -> dict[str, Any]:
        """The hit as JSON holds it."""
        return asdict(self)


def shown(db: sqlite3.Connection, asked: Query, found: list[Found]) -> tuple[Hit, ...]:
    """What was found, with its words and what it is tied to."""
    matcher = Matcher(asked)
    return tuple(
        _fact_hit(db, matcher, one) if one.table == "mention" else _text_hit(db, matcher, one) for one in found
    )


def _fact_hit(db: sqlite3.Connection, matcher: Matcher, found: Found) -> Hit:
    row = db.execute(_FACT, (found.key,)).fetchone()
    fact = db.execute(f"SELECT * FROM {table_of(row['kind'])} WHERE mention = ?", (found.key,)).fetchone()
    snippet = matcher.around(row["window"], row["begin"], row["start"], row["end"])
    clause = row["kind"] in ("directive", "event")   # others are tied to nothing
    return Hit(
        **{name: row[name] for name in _PLAIN}, id=row["id"], kind=row["kind"], start=row["start"], end=row["end"],
        quote=row["quote"], fields=fields_of(row["kind"], fact), day=row["first_day"], day_basis=row["basis"],
        snippet=snippet.text, snippet_start=snippet.start, highlights=snippet.highlights, reason=found.reason,
        links=linked.links(db, found.key) if clause else (),
        repeats=linked.repeats(db, found.key) if row["kind"] == "directive" else (),
        topics=linked.topics(db, found.key) if clause else (),
        participants=linked.participants(db, found.key) if row["kind"] == "event" else (),
    )


def _text_hit(db: sqlite3.Connection, matcher: Matcher, found: Found) -> Hit:
    row = db.execute(_DOCUMENT, (found.key,)).fetchone()
    start, end = matcher.best_place(row["text"])
    snippet = matcher.around(row["text"], 0, start, end)
    return Hit(
        **{name: row[name] for name in _PLAIN}, id=row["document"], kind=DOCUMENT, start=start, end=end,
        quote=row["text"][start:end], fields={}, day=row["day"], day_basis=row["basis"] if row["day"] else None,
        snippet=snippet.text, snippet_start=snippet.start, highlights=snippet.highlights, reason=found.reason,
        topics=linked.topics_of_document(db, found.key),
    )


