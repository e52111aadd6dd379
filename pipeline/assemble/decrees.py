"""One decree under one key, however it is spelt.

Merge rules (docs/design.md, Assembly): an equal canonical key is the same document of law. A mention without a year
joins the one decree of that type, number and issuer that its own document names, else the only one in the fact
base; where several fit it stays by itself. Two different numbers or issuers are never joined.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.shadow import fold
from extractors.decree_key import decree_key, urn_lex
from extractors.facts import Decree
from outputs.factbase.names import content_id


@dataclass(slots=True)
class _Mention:
    key: int
    document: int
    fact: Decree
    id: str | None  # canonical key, None while it lacks a year


_COLUMNS = "m.key, m.document, m.start, m.end, m.quote, f.doc_type, f.number, f.year, f.date, f.issuer, f.title"


def assemble_decrees(db: sqlite3.Connection) -> None:
    """Fill `decree` and `decree_mention`."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM decree_fact f JOIN mention m ON m.key = f.mention "
        "JOIN document d ON d.key = m.document ORDER BY d.id, m.start, m.end"
    )
    mentions = [_mention(row) for row in rows]
    _join_incomplete(mentions)
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.id or _lone_id(mention)].append(mention)
    for key, group in sorted(groups.items()):
        _store(db, key, group)


def _mention(row: sqlite3.Row) -> _Mention:
    fact = Decree(
        start=row["start"], end=row["end"], text=row["quote"], doc_type=row["doc_type"], number=row["number"],
        year=row["year"], date=row["date"], issuer=row["issuer"], title=row["title"],
    )
    return _Mention(row["key"], row["document"], fact, decree_key(fact))


def _stem(fact: Decree) -> tuple[str, str]:
    """What a mention without a year still has in common with its decree: type, and number or title."""
    return fold(fact.doc_type), fold(fact.number or fact.title or "")


def _join_incomplete(mentions: list[_Mention]) -> None:
    near: dict[tuple[int, tuple[str, str]], set[str]] = defaultdict(set)
    anywhere: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.id:
            near[mention.document, _stem(mention.fact)].add(mention.id)
            anywhere[_stem(mention.fact)].add(mention.id)
    for mention in mentions:
        if mention.id is None and mention.fact.number:
            stem = _stem(mention.fact)
            mention.id = _only(near[mention.document, stem]) or _only(anywhere[stem])


def _only(candidates: set[str]) -> str | None:
    return next(iter(candidates)) if len(candidates) == 1 else None


def _lone_id(mention: _Mention) -> str:
    """A decree whose year nobody states: one node for each number (or title) and document that names it."""
    fact = mention.fact
    return "unresolved:" + content_id("decree", mention.document, *_stem(fact), fact.year)


def _most_common(values: Iterable[str | int | None]) -> str | int | None:
    """The value most mentions give; of equals the first in order. A value for display: every mention keeps its own."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None


def _store(db: sqlite3.Connection, key: str, group: list[_Mention]) -> None:
    facts = [mention.fact for mention in group]
    shown = {
        name: _most_common(getattr(fact, name) for fact in facts)
        for name in ("doc_type", "number", "year", "date", "issuer", "title")
    }
    urn = urn_lex(Decree(start=0, end=0, text="", **shown))  # type: ignore[arg-type]
    cursor = db.execute(
        "INSERT INTO decree (id, doc_type, number, year, date, issuer, title, urn) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (key, *shown.values(), urn),
    )
    db.executemany(
        "INSERT INTO decree_mention (decree, mention) VALUES (?, ?)",
        [(cursor.lastrowid, mention.key) for mention in group],
    )
