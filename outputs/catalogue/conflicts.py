"""What does not go together, a page at a time: the sides of each next to one another, none of them preferred."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from outputs.catalogue.paging import Page, offset
from outputs.catalogue.passages import Passage, passage_at
from outputs.conflicts import GRADES
from outputs.factbase import FactBase

SIZE = 20     # conflicts of a page: each has two sides or more


@dataclass(frozen=True, slots=True)
class Side:
    """What one document says. `words` are those of its text; `own` where its own data say it, a title or a day."""

    value: str
    words: Passage
    own: str | None
    fact: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What does not go together, the rule that found it (conflict_rules.tsv) and its grade (outputs.conflicts)."""

    id: str
    rule: str
    grade: str
    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class ConflictsFound:
    """A page of conflicts, and how many there are of each grade and of each rule, whatever the other is."""

    listed: Page[Conflict]
    grades: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, int], ...]


_GRADE_ORDER = "CASE c.grade " + " ".join(f"WHEN '{grade}' THEN {at}" for at, grade in enumerate(GRADES)) + " END"


def conflicts_listed(base: FactBase, *, grade: str = "", rule: str = "", page: int = 1) -> ConflictsFound:
    """Contradictions first, then by rule and by what they are about; of one grade or rule where one is given."""
    where = "(:grade IN ('', c.grade)) AND (:rule IN ('', c.rule))"
    values = {"grade": grade, "rule": rule, "size": SIZE, "skipped": offset(page, SIZE)}
    total = base.db.execute(f"SELECT count(*) FROM conflict c WHERE {where}", values).fetchone()[0]
    keys = [row["key"] for row in base.db.execute(
        f"SELECT c.key FROM conflict c WHERE {where} ORDER BY {_GRADE_ORDER}, c.rule, c.about, c.id"
        " LIMIT :size OFFSET :skipped", values)]
    grades = dict(base.db.execute(
        "SELECT grade, count(*) FROM conflict WHERE ?1 IN ('', rule) GROUP BY grade", (rule,)).fetchall())
    rules = base.db.execute(
        "SELECT rule, count(*) FROM conflict WHERE ?1 IN ('', grade) GROUP BY rule ORDER BY 2 DESC, 1", (grade,))
    return ConflictsFound(
        Page(conflicts(base.db, keys), total, page, SIZE),
        tuple((name, grades[name]) for name in GRADES if name in grades),
        tuple((name, number) for name, number in rules),
    )


def conflicts(db: sqlite3.Connection, keys: Collection[int]) -> tuple[Conflict, ...]:
    """These conflicts with all their sides, contradictions first."""
    within = (json.dumps(list(keys)),)
    sides: dict[int, list[Side]] = defaultdict(list)
    for row in db.execute(
        "SELECT s.*, m.id AS fact FROM conflict_side s LEFT JOIN mention m ON m.key = s.mention"
        " WHERE s.conflict IN (SELECT value FROM json_each(?)) ORDER BY s.conflict, s.place", within,
    ).fetchall():
        sides[row["conflict"]].append(_side(db, row))
    return tuple(_conflicts(db, within, sides))


def _conflicts(
    db: sqlite3.Connection, within: tuple[str], sides: dict[int, list[Side]]
) -> Iterator[Conflict]:
    for row in db.execute(
        "SELECT c.* FROM conflict c WHERE c.key IN (SELECT value FROM json_each(?))"
        f" ORDER BY {_GRADE_ORDER}, c.rule, c.about, c.id", within,
    ):
        yield Conflict(row["id"], row["rule"], row["grade"], row["about"], tuple(sides[row["key"]]))


def _side(db: sqlite3.Connection, row: sqlite3.Row) -> Side:
    start, end = row["start"] or 0, row["end"] or 0
    words = passage_at(db, row["document"], start, end, row["fact"] or "")
    return Side(row["value"], words, row["quote"] if row["start"] is None else None, row["fact"])


def conflicts_of(db: sqlite3.Connection, query: str, *values: object, most: int = 10) -> tuple[Conflict, ...]:
    """The conflicts of which a side is one of the mentions that a query gives; the first so many."""
    keys = [row["conflict"] for row in db.execute(
        f"SELECT DISTINCT conflict FROM conflict_side WHERE mention IN ({query}) ORDER BY conflict LIMIT ?",
        (*values, most))]
    return conflicts(db, keys)
