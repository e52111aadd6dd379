"""What the pages of documents and facts read from the fact base."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from extractors.facts import KINDS
from outputs.factbase import FactBase
from outputs.factbase.rows import fields_of, table_of
from outputs.web.marked import Mark
from outputs.web.page import NotHere

PART = 40_000        # characters of a document that one page shows
CONTEXT = 280       # characters around the words of a fact
_MOST_RELATIVES = 50
_MOST_AROUND = 60    # other facts at the same place that a fact names

_DOCUMENT = """
    SELECT d.*, length(d.text) AS characters,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, '') AS place
    FROM document d WHERE d.id = ?
"""
_FACT = f"""
    SELECT m.*, d.id AS document_id, d.title AS document_title, d.date AS document_date, d.url AS document_url,
           d.source AS document_source, d.author AS document_author, d.copy_of AS document_copy_of,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, '') AS place, d.pages AS document_pages,
           substr(d.text, max(0, m.start - {CONTEXT}) + 1, min(m.start, {CONTEXT})) AS before,
           substr(d.text, m."end" + 1, {CONTEXT}) AS after
    FROM mention m JOIN document d ON d.key = m.document WHERE m.id = ?
"""
_AROUND = f"""
    SELECT m.id, m.kind, m.start, m."end", m.quote FROM mention m
    WHERE m.document = ? AND m.kind IN ({", ".join("?" * len(KINDS))}) AND m.start < ? AND m."end" > ? AND m.key <> ?
    ORDER BY m.start, m."end" DESC, m.kind LIMIT {_MOST_AROUND}
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """A page that a fact leads to: what it is to the fact (a key of the words), the path of the page, what it says."""

    role: str
    path: str
    words: str


def document_row(base: FactBase, document: str) -> sqlite3.Row:
    """A document, with its text, the number of its characters, and its place. Raises NotHere."""
    row: sqlite3.Row | None = base.db.execute(_DOCUMENT, (document,)).fetchone()
    if row is None:
        raise NotHere("document")
    return row


def fact_row(base: FactBase, mention: str) -> sqlite3.Row:
    """The words of a fact, in their place, with its document. Raises NotHere."""
    row: sqlite3.Row | None = base.db.execute(_FACT, (mention,)).fetchone()
    if row is None:
        raise NotHere("fact")
    return row


def fact_fields(base: FactBase, row: sqlite3.Row) -> dict[str, Any]:
    """The fields of a fact, as they are exported."""
    fact = base.db.execute(f"SELECT * FROM {table_of(row['kind'])} WHERE mention = ?", (row["key"],)).fetchone()
    return fields_of(row["kind"], fact)


def parts(text: str) -> list[int]:
    """Where each page of a long text begins: after a line end, where there is one in the second half of a page."""
    begins = [0]
    while len(text) - begins[-1] > PART:
        start = begins[-1]
        cut = text.rfind("\n", start + PART // 2, start + PART)
        begins.append(cut + 1 if cut >= 0 else start + PART)
    return begins


def marks(base: FactBase, document: int, first: int, last: int) -> list[Mark]:
    """The facts of a part of a document."""
    rows = base.db.execute(
        f'SELECT id, kind, start, "end" FROM mention WHERE document = ? AND kind IN ({", ".join("?" * len(KINDS))}) '
        'AND start < ? AND "end" > ? ORDER BY start, "end", kind',
        (document, *KINDS, last, first),
    )
    return [Mark(row["kind"], row["start"], row["end"], row["id"]) for row in rows]


def counts(base: FactBase, document: int) -> dict[str, int]:
    """How many facts of each kind a document has."""
    found = dict(base.db.execute("SELECT kind, count(*) FROM mention WHERE document = ? GROUP BY kind", (document,)))
    return {kind: found[kind] for kind in KINDS if kind in found}


def page_of(pages: str | None, start: int) -> int | None:
    """The page of the file on which a place of the text lies; None where the file has no pages."""
    numbers = [page["number"] for page in json.loads(pages or "[]") if page["start"] <= start]
    return numbers[-1] if numbers else None


def around(base: FactBase, row: sqlite3.Row) -> list[sqlite3.Row]:
    """Other facts whose words overlap those of this one."""
    return base.db.execute(_AROUND, (row["document"], *KINDS, row["end"], row["start"], row["key"])).fetchall()


def relatives(base: FactBase, row: sqlite3.Row) -> list[sqlite3.Row]:
    """Documents with nearly the same text, in order of time."""
    original = row["copy_of"] or row["id"]
    every = [one for one in (original, *_copies(base).get(original, ())) if one != row["id"]][:_MOST_RELATIVES]
    return base.db.execute(
        "SELECT id, title, date FROM document WHERE id IN (SELECT value FROM json_each(?)) ORDER BY first_day, id",
        (json.dumps(every),),
    ).fetchall() if every else []


# The copies of each original. No index has them, so each handle reads them once for as long as nobody writes.
_COPIES: WeakKeyDictionary[FactBase, tuple[int, dict[str, list[str]]]] = WeakKeyDictionary()


def _copies(base: FactBase) -> dict[str, list[str]]:
    version = base.db.execute("PRAGMA data_version").fetchone()[0]
    known = _COPIES.get(base)
    if known is None or known[0] != version:
        found: dict[str, list[str]] = {}
        for copy, original in base.db.execute("SELECT id, copy_of FROM document WHERE copy_of IS NOT NULL ORDER BY id"):
            found.setdefault(original, []).append(copy)
        _COPIES[base] = known = (version, found)
    return known[1]


_REACHED = {
    "official": (
        ("person", "/person/{}", "SELECT p.id, p.name FROM person_mention x JOIN person p ON p.key = x.person "
         "WHERE x.mention = ?"),
    ),
    "decree": (
        ("decree", "/decree/{}", "SELECT e.id, e.doc_type || coalesce(' ' || e.number, '') || "
         "coalesce(' ' || e.title, '') FROM decree_mention x JOIN decree e ON e.key = x.decree WHERE x.mention = ?"),
    ),
    "event": (
        ("event", "/event/{}", "SELECT e.id, m.quote FROM event_mention x JOIN event e ON e.key = x.event "
         "JOIN mention m ON m.key = e.told_by WHERE x.mention = ?"),
        ("person", "/person/{}", "SELECT DISTINCT p.id, p.name FROM event_participant x JOIN person_mention y "
         "ON y.mention = x.fact JOIN person p ON p.key = y.person WHERE x.mention = ?"),
        ("decree", "/decree/{}", "SELECT DISTINCT e.id, x.name FROM event_participant x JOIN decree_mention y "
         "ON y.mention = x.fact JOIN decree e ON e.key = y.decree WHERE x.mention = ?"),
    ),
    "figure": (
        ("series", "/series/{}", "SELECT s.id, s.metric || ' · ' || s.subject FROM series_point x "
         "JOIN series s ON s.key = x.series WHERE x.mention = ?"),
    ),
    "directive": (
        ("directive", "/directive/{}", "SELECT m.id, m.quote FROM directive_repeat r JOIN mention m ON m.key = "
         "r.directive WHERE r.mention = ?"),
        ("directive", "/directive/{}", "SELECT m.id, m.quote FROM mention m WHERE m.key = ?1 AND NOT EXISTS "
         "(SELECT 1 FROM directive_repeat r WHERE r.mention = ?1)"),
    ),
}
_REACHED_BY_ALL = (
    ("{}", "/body/{}", "SELECT DISTINCT b.id, b.name, x.role FROM body_mention x JOIN body b ON b.key = x.body "
     "WHERE x.mention = ?"),
    ("conflict", "/conflicts", "SELECT DISTINCT c.id, c.about FROM conflict_side s JOIN conflict c "
     "ON c.key = s.conflict WHERE s.mention = ?"),
)


def reached(base: FactBase, row: sqlite3.Row) -> list[Reached]:
    """The pages of what assembly made of a fact: person, act, event, series, bodies, conflicts."""
    found = []
    for role, path, query in (*_REACHED.get(row["kind"], ()), *_REACHED_BY_ALL):
        for one in base.db.execute(query, (row["key"],)):
            told = one["role"] if role == "{}" else role
            found.append(Reached(told, path.format(one["id"]), one[1]))
    return found
