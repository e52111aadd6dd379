"""The schema of a fact base as it is: tables, views and columns of a live one, with the comments of its SQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

_CONVENTIONS = {   # columns that mean the same in every table
    "key": "row number, internal",
    "id": "identifier: a hash of the content, the same in every build",
    "mention": "the words that state it",
}
_COMMENT = re.compile(r"--\s*(.*)")
_VALUES = re.compile(r"CHECK \((\w+) IN \(([^)]*)\)\)")   # what a column may hold
_VALUE = re.compile("'([^']*)'")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `points_at` is the table that a key in it means, `meaning` what its comment says."""

    name: str
    type: str
    primary: bool
    points_at: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or a view of one, with what the comment above it says."""

    name: str
    kind: str        # table, view, or search: a full-text table
    meaning: str
    columns: tuple[Column, ...]


def tables() -> list[Table]:
    """All tables and views of a new fact base, in the order of the SQL."""
    from outputs.factbase import FactBase

    with FactBase.create(":memory:") as base:
        return list(_tables(base.db))


def _tables(db: sqlite3.Connection) -> Iterator[Table]:
    above = _above()
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY rowid")
    stored = [tuple(row) for row in rows]
    search = [name for _, name, sql in stored if sql.startswith("CREATE VIRTUAL")]
    for kind, name, sql in stored:
        if name.startswith("sqlite_") or any(name.startswith(f"{one}_") for one in search):
            continue   # SQLite's own
        kind = "search" if name in search else kind
        yield Table(name, kind, above.get(name, ""), tuple(_columns(db, name, sql)))


def _columns(db: sqlite3.Connection, table: str, sql: str) -> Iterator[Column]:
    keys = {row["from"]: row["table"] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    rows = db.execute(f"PRAGMA table_info({table})").fetchall()
    said = _said(sql, [row["name"] for row in rows])
    for row in rows:
        name, target = row["name"], keys.get(row["name"])
        meaning = said.get(name) or (f"row of `{target}`" if target and target != "mention" else "")
        yield Column(name, row["type"], bool(row["pk"]), target, meaning or _CONVENTIONS.get(name, ""))


def _said(sql: str, names: list[str]) -> dict[str, str]:
    """The comment of each column: from its line to that of the next."""
    found: dict[str, list[str]] = {}
    waiting, current = list(names), None
    for line in sql.splitlines():
        if waiting and re.match(rf'\s*"?{re.escape(waiting[0])}"?(?:[\s,]|$)', line):
            current = waiting.pop(0)
        comment = _COMMENT.search(line)
        if comment and current:
            found.setdefault(current, []).append(comment[1].strip())
        if line.startswith(")"):
            break
    values = {name: ", ".join(_VALUE.findall(one)) for name, one in _VALUES.findall(sql)}
    return {
        name: " ".join(lines) + (f" ({values[name]})" if name in values else "") for name, lines in found.items()
    }


def _above() -> dict[str, str]:
    """What the lines of comment right above each table and view say."""
    found: dict[str, str] = {}
    for name in ("schema.sql", "views.sql"):
        waiting: list[str] = []
        for line in (files("outputs.factbase") / name).read_text(encoding="utf-8").splitlines():
            created = re.match(r"CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (\w+)", line)
            if created:
                found[created[1]] = " ".join(waiting)
            waiting = [*waiting, line[2:].strip()] if line.startswith("--") else []
    return found
