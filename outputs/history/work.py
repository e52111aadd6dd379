"""What every section of a history is made with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from outputs.history.model import Row, Section, Table
from outputs.history.notebook import Notebook, Place
from outputs.history.phrases import Wording
from outputs.history.rows import one_line
from outputs.history.subject import Subject
from outputs.weights import Weights

_LEFT_OVER = regex.compile(r"[\s,–-]+(?:ông|bà|đồng chí)$")


@dataclass(frozen=True, slots=True)
class Work:
    """The fact base, the notes so far, what is asked for, what it weighs, and our words.

    `first` and `last` are the ISO days of the span asked for, each None where it is open; `year` that of the
    anniversary, `anniversary` the day remembered.
    """

    db: sqlite3.Connection
    notebook: Notebook
    subject: Subject
    weights: Weights
    words: Wording
    first: str | None = None
    last: str | None = None
    year: int | None = None
    anniversary: str | None = None

    def limit(self, name: str) -> int:
        """A limit of the table of weights."""
        return self.weights.limit(name)

    def select(self, query: str, **values: object) -> list[sqlite3.Row]:
        """Rows of a query on the subject, see Subject.select."""
        return self.subject.select(self.db, query, **values)

    def within(self, first: str | None, last: str | None) -> bool:
        """Whether days fall, in part at least, in the span asked for; what has no day does only in an open span."""
        if self.first is None and self.last is None:
            return True
        begins, ends = first or last, last or first
        if begins is None or ends is None:
            return False
        return (self.first is None or ends >= self.first) and (self.last is None or begins <= self.last)

    def cited(
        self, cells: Sequence[str | None], places: Iterable[Place], phrases: Iterable[str | None] = (),
        caption: str = "",
    ) -> Row | None:
        """A table row with its notes; None where the sources do not bear it, or the caption above it, out."""
        shown = tuple(one_line(cell) if cell else self.words("none") for cell in cells)
        notes = self.notebook.cite("; ".join((*shown, caption)), places, phrases)
        return Row(shown, notes) if notes else None

    def named(self, words: str | None) -> str | None:
        """A body or office as a cell shows it: not in capitals where a body is known so, no `- ông` left over."""
        shown = _LEFT_OVER.sub("", words) if words else words
        if not shown or not shown.isupper() or " " not in shown:
            return shown
        known = self.db.execute("SELECT name FROM body ORDER BY basis = 'lexicon' DESC, name")
        names = (str(row["name"]) for row in known)
        return next((name for name in names if name != shown and name.upper() == shown), shown)

    def header(self, *names: str) -> tuple[str, ...]:
        """The heads of a table's columns."""
        return tuple(self.words(f"col_{name}") for name in names)

    def section(
        self, name: str, anchor: str, tables: Iterable[Table | None], remark: str | None = None
    ) -> Section | None:
        """A section of tables with its remark; None without a row."""
        full = tuple(table for table in tables if table and table.rows)
        return Section(self.words(name), anchor, self.words(remark or f"{name}_opening"), tables=full) if full else None
