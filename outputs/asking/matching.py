"""Which mentions and documents hold the words of a query: keys out of the full-text tables, remembered."""

from __future__ import annotations

import sqlite3

import numpy as np

from outputs.asking.arrays import Keys
from outputs.asking.columns import Columns as Arrays
from outputs.asking.query import Columns, Level, Query

QUOTE = Columns("quote", "quote_folded")
TITLE = Columns("title", "title_folded")
TEXT = Columns("title body", "title_folded body_folded")


def matches(db: sqlite3.Connection, arrays: Arrays, table: str, match: str) -> Keys:
    """The keys of the rows of `mention` or `document` that answer, in order."""
    if not match:
        return np.empty(0, np.int32)

    def find() -> Keys:
        search = f"{table}_search"
        text = db.execute(f"SELECT group_concat(rowid) FROM {search} WHERE {search} MATCH ?", (match,)).fetchone()[0]
        return _keys(text, arrays.mentions if table == "mention" else arrays.documents)

    return arrays.cached((table, match), find)


def _keys(text: str | None, size: int) -> Keys:
    keys: Keys = np.fromstring(text, np.int32, sep=",") if text else np.empty(0, np.int32)
    return keys if not len(keys) or keys[-1] < size else keys[keys < size]   # they are in order


def names(db: sqlite3.Connection, arrays: Arrays, match: str) -> Keys:
    """The keys of the mentions whose names answer."""
    def find() -> Keys:
        sql = "SELECT group_concat(rowid) FROM name_search WHERE name_search MATCH ?"
        text = db.execute(sql, (match,)).fetchone()[0]
        return _keys(text, arrays.mentions)

    return arrays.cached(("name", match), find)


def answering(db: sqlite3.Connection, arrays: Arrays, query: Query) -> tuple[Keys, Keys]:
    """All mentions, and all documents, that answer a query in any way."""
    widest = query.levels[-1]
    return (
        matches(db, arrays, "mention", query.match(QUOTE, widest)),
        matches(db, arrays, "document", query.match(TEXT, widest)),
    )


def without(db: sqlite3.Connection, arrays: Arrays, query: Query) -> tuple[Keys, Keys]:
    """The mentions and documents that hold what a query leaves out."""
    return (
        matches(db, arrays, "mention", query.unwanted(QUOTE)), matches(db, arrays, "document", query.unwanted(TEXT)),
    )


def levels(query: Query) -> list[Level]:
    """The levels that differ: one with all marks has no folded form."""
    said: dict[str, Level] = {}
    for level in query.levels:
        said.setdefault(query.match(QUOTE, level), level)
    return list(said.values())
