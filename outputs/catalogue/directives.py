"""Directives page by page, and one directive: its clause, who tells whom what by when, and where it is said again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.shadow import fold, lower, shadow
from extractors.calendar import bounds
from outputs.asking.linked import Linked, Place, links, repeats, topics
from outputs.catalogue.errors import Unreadable
from outputs.catalogue.paging import SIZE, Page, offset
from outputs.catalogue.passages import Passage, passages
from outputs.factbase import FactBase
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import name_forms

_ELSEWHERE = 20      # places with the same words that are shown
_SYLLABLES = 24      # of a clause, by which the same words are looked for


@dataclass(frozen=True, slots=True)
class DirectiveLine:
    """A directive in a list; fields as in `directive_fact`."""

    id: str
    force: str
    issuer: str | None
    addressee: str | None
    action: str | None
    deadline: str | None
    words: Passage


@dataclass(frozen=True, slots=True)
class DirectivesAsked:
    """What a list of directives is asked for. `issuer` and `addressee` are names in any spelling; `person`, `body` and
    `decree` ids, of whoever gave or got it, and of an act it speaks of; `since` and `until` bound the deadline."""

    force: str = ""
    issuer: str = ""
    addressee: str = ""
    person: str = ""
    body: str = ""
    decree: str = ""
    side: str = ""          # issuer or addressee: which of the two the person or body is
    since: str = ""
    until: str = ""
    deadline: str = ""      # any: only those that have one


@dataclass(frozen=True, slots=True)
class Side:
    """A body or person that gave (`issuer`) or must carry out (`addressee`) a directive, with the id of its page.

    `how` is the rule that resolved a body's name, or why it could not be (docs/bodies.md); empty for people.
    """

    role: str
    kind: str
    name: str
    thing: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The words that set the deadline: EDTF, how it was resolved (docs/dates.md), and the day counted from."""

    edtf: str | None
    basis: str | None
    anchor: str | None
    words: Passage


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive. `repeats` is the fuller statement that it says again, `repeated` where its document says it again,
    `elsewhere` other documents with the same words."""

    line: DirectiveLine
    rule: str
    sides: tuple[Side, ...]
    deadlines: tuple[Deadline, ...]
    links: tuple[Linked, ...]
    topics: tuple[str, ...]
    repeats: Place | None
    repeated: tuple[Place, ...]
    elsewhere: tuple[Passage, ...]


_LINES = """
    SELECT f.*, m.id FROM directive_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
"""


def directives_listed(
    base: FactBase, asked: DirectivesAsked, *, page: int = 1, size: int = SIZE
) -> Page[DirectiveLine]:
    """Those with a deadline first, by deadline, then the latest; what a document says again is left out.

    Raises Unreadable for a day or name that cannot be read.
    """
    parts, values = ["f.mention NOT IN (SELECT mention FROM directive_repeat)"], dict[str, object]()
    if asked.force:
        parts.append("f.force = :force")
        values["force"] = asked.force
    if asked.deadline or asked.since or asked.until:
        parts.append("f.deadline IS NOT NULL")
    for name, column, sign, side in (("since", "last_day", ">=", 0), ("until", "last_day", "<=", 1)):
        if given := getattr(asked, name):
            parts.append(f"f.{column} {sign} :{name}")
            values[name] = _day(given, side)
    for name in ("issuer", "addressee"):
        if given := getattr(asked, name).strip():
            parts.append(f"f.mention IN (SELECT rowid FROM name_search WHERE name_search MATCH :{name})")
            values[name] = _names(name, given)
    for name, query in _TIED.items():
        if given := getattr(asked, name):
            parts.append(f"f.mention IN ({query})")
            values |= {name: given, "side": asked.side}
    where = " AND ".join(parts)
    total = base.db.execute(f"SELECT count(*) FROM directive_fact f WHERE {where}", values).fetchone()[0]
    rows = base.db.execute(
        f"{_LINES} WHERE {where} ORDER BY f.last_day IS NULL, f.last_day DESC, coalesce(d.first_day, '') DESC, d.id,"
        " m.start LIMIT :size OFFSET :skipped", {**values, "size": size, "skipped": offset(page, size)},
    ).fetchall()
    return Page(_lines(base.db, rows), total, page, size)


_TIED = {
    "person": "SELECT l.source FROM person p JOIN person_mention x ON x.person = p.key JOIN fact_link l"
              " ON l.target = x.mention WHERE p.id = :person AND l.role IN ('issuer', 'addressee')"
              " AND :side IN ('', l.role)",
    "body": "SELECT x.mention FROM body b JOIN body_mention x ON x.body = b.key WHERE b.id = :body"
            " AND x.role IN ('issuer', 'addressee') AND :side IN ('', x.role)",
    "decree": "SELECT l.source FROM decree e JOIN decree_mention x ON x.decree = e.key JOIN fact_link l"
              " ON l.target = x.mention WHERE e.id = :decree AND :side = :side",
}


def _day(edtf: str, side: int) -> str:
    days = bounds(edtf.strip())
    day = days[side] if days else None
    if day is None:
        raise Unreadable("date", edtf)
    return day.isoformat()


def _names(column: str, words: str) -> str:
    forms = name_forms(words)
    if not forms:
        raise Unreadable("name", words)
    return f"{column} : (" + " OR ".join(f'"{form}" *' for form in forms) + ")"


def directive_lines(db: sqlite3.Connection, directives: Iterable[int], *, most: int = -1) -> tuple[DirectiveLine, ...]:
    """These directives, the latest document first; with `most` the first so many."""
    rows = db.execute(
        f"{_LINES} WHERE f.mention IN (SELECT value FROM json_each(?))"
        " ORDER BY coalesce(d.first_day, '') DESC, d.id, m.start LIMIT ?", (json.dumps(list(directives)), most),
    ).fetchall()
    return _lines(db, rows)


def _lines(db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[DirectiveLine, ...]:
    words = passages(db, (row["mention"] for row in rows))
    return tuple(
        DirectiveLine(
            row["id"], row["force"], row["issuer"], row["addressee"], row["action"], row["deadline"],
            words[row["mention"]],
        )
        for row in rows
    )


def directive(base: FactBase, identifier: str) -> Directive | None:
    """The directive of the id of its mention; None where there is none."""
    db = base.db
    row = db.execute(
        "SELECT f.*, m.id, m.rule, m.quote, m.document FROM mention m JOIN directive_fact f ON f.mention = m.key"
        " WHERE m.id = ?", (identifier,),
    ).fetchone()
    if row is None:
        return None
    key = row["mention"]
    fuller = db.execute(
        'SELECT m.id, m.start, m."end", m.quote FROM directive_repeat r JOIN mention m ON m.key = r.directive'
        " WHERE r.mention = ?", (key,),
    ).fetchone()
    return Directive(
        _lines(db, [row])[0], row["rule"], tuple(_sides(db, key)), tuple(_deadlines(db, key)), links(db, key),
        topics(db, key), Place(*fuller) if fuller else None, repeats(db, key), tuple(_elsewhere(db, row)),
    )


def _sides(db: sqlite3.Connection, key: int) -> Iterable[Side]:
    for row in db.execute(
        "SELECT x.role, x.name, x.how, b.id, b.name AS full FROM body_mention x LEFT JOIN body b ON b.key = x.body"
        " WHERE x.mention = ? AND x.role IN ('issuer', 'addressee') ORDER BY x.role DESC, x.name, x.number", (key,),
    ):
        yield Side(row["role"], "body", row["full"] or row["name"], row["id"], row["how"])
    for row in db.execute(
        "SELECT DISTINCT l.role, p.id, p.name FROM fact_link l JOIN person_mention x ON x.mention = l.target"
        " JOIN person p ON p.key = x.person WHERE l.source = ? AND l.role IN ('issuer', 'addressee')"
        " ORDER BY l.role DESC, p.name", (key,),
    ):
        yield Side(row["role"], "person", row["name"], row["id"], "")


def _deadlines(db: sqlite3.Connection, key: int) -> Iterable[Deadline]:
    rows = db.execute(
        "SELECT f.* FROM fact_link l JOIN date_fact f ON f.mention = l.target"
        " WHERE l.source = ? AND l.role = 'deadline'", (key,),
    ).fetchall()
    words = passages(db, (row["mention"] for row in rows))
    return (Deadline(row["edtf"], row["basis"], row["anchor"], words[row["mention"]]) for row in rows)


def _elsewhere(db: sqlite3.Connection, row: sqlite3.Row) -> Iterable[Passage]:
    """Directives of other documents in the very same words, marks and spaces aside."""
    syllables = index_forms(row["quote"])[1].split()
    wanted = " ".join("".join(char if char.isalnum() else " " for char in " ".join(syllables[:_SYLLABLES])).split())
    if not wanted:
        return ()
    found = db.execute(
        "SELECT m.key, m.quote FROM mention m WHERE m.key IN (SELECT rowid FROM mention_search WHERE mention_search"
        " MATCH ?) AND m.kind = 'directive' AND m.document <> ? ORDER BY m.key LIMIT 200",
        (f'quote_folded : "{wanted}"', row["document"]),
    )
    same = [one["key"] for one in found if _plain(one["quote"]) == _plain(row["quote"])][:_ELSEWHERE]
    return sorted(passages(db, same).values(), key=lambda one: (one.source.date or "~", one.source.id, one.start))


def _plain(quote: str) -> str:
    return " ".join(fold(lower(shadow(quote))).split())
