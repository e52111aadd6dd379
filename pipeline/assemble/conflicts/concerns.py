"""Which documents a rule can concern: found by the index and the facts, so that no other text is opened.

A guard may let in too much, never too little: `tests/pipeline/test_conflicts.py` runs every rule without its guard and
compares. A guard sees 32 characters on each side of a fact, and of other words whether the document holds them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from outputs.factbase.index import index_forms
from pipeline.assemble.conflicts.pages import Page


@dataclass(frozen=True, slots=True)
class Guard:
    """A query for the keys of documents, and its parameters."""

    query: str
    parameters: tuple[str, ...] = ()

    def __and__(self, other: Guard) -> Guard:
        return self._with("INTERSECT", other)

    def __or__(self, other: Guard) -> Guard:
        return self._with("UNION", other)

    def _with(self, operator: str, other: Guard) -> Guard:
        query = f"SELECT * FROM ({self.query}) {operator} SELECT * FROM ({other.query})"
        return Guard(query, (*self.parameters, *other.parameters))


def saying(*groups: Iterable[str]) -> Guard:
    """Documents that hold words of every group, by the full-text index; accents count, capitals and marks do not."""
    return Guard("SELECT rowid FROM document_search WHERE document_search MATCH ?", (
        " AND ".join("(" + " OR ".join(_phrase(words) for words in group) + ")" for group in groups),
    ))


def near(one: Iterable[str], other: Iterable[str], tokens: int) -> Guard:
    """Documents in which words of two groups stand so near to each other."""
    ends = list(other)
    pairs = (f"NEAR({_phrase(first)} {_phrase(last)}, {tokens})" for first in one for last in ends)
    return Guard("SELECT rowid FROM document_search WHERE document_search MATCH ?", (" OR ".join(pairs),))


def _phrase(words: str) -> str:
    return '"' + index_forms(words)[0].replace('"', '""') + '"'


def facts(kind: str, condition: str, *conditions: str) -> Guard:
    """Documents with a fact `f` of one kind, its mention `m`, of which every condition holds."""
    return Guard(
        f"SELECT m.document FROM {kind}_fact f CROSS JOIN mention m ON m.key = f.mention"
        f" WHERE {' AND '.join((condition, *conditions))}"
    )


def holds(column: str, *words: str, last: bool = False) -> str:
    """Whether a column holds one of these words, or ends in it; in capitals or not, any character for a space."""
    tail = "" if last else "*"
    patterns = (
        "".join(f"[{char}{char.upper()}]" if char.isalpha() else "?" if char == " " else char for char in word)
        for word in words
    )
    return "(" + " OR ".join(f"{column} GLOB '*{pattern}{tail}'" for pattern in patterns) + ")"


def followed(kind: str, condition: str, reach: int) -> str:
    """Whether a fact `g` of a kind with mention `n` follows `m` within so many characters."""
    return (
        f"EXISTS (SELECT 1 FROM mention n CROSS JOIN {kind}_fact g ON g.mention = n.key WHERE"
        f" n.document = m.document AND n.kind = '{kind}' AND n.start BETWEEN m.\"end\" AND m.\"end\" + {reach}"
        f" AND {condition})"
    )


def concerned(db: sqlite3.Connection, guards: dict[str, Guard]) -> Iterator[tuple[Page, list[str]]]:
    """Every document that some rule can concern, no copies, in the order of their ids, with the names of the rules."""
    db.execute("DROP TABLE IF EXISTS temp.concern")
    db.execute("CREATE TEMP TABLE concern (document, rule, PRIMARY KEY (document, rule)) WITHOUT ROWID")
    for rule, guard in guards.items():
        db.execute(
            f"INSERT OR IGNORE INTO temp.concern SELECT key, ? FROM document WHERE copy_of IS NULL AND key IN"
            f" ({guard.query})", (rule, *guard.parameters),
        )
    rows = db.execute(
        "SELECT c.document, c.rule FROM temp.concern c JOIN document d ON d.key = c.document ORDER BY d.id, c.rule"
    )
    for key, named in groupby(rows, key=lambda row: row["document"]):
        yield Page.of(db, key), [row["rule"] for row in named]
