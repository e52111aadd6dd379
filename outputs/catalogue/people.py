"""People page by page, and one person: offices with what bounds them, documents that name them, what to look at."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from outputs.catalogue.names import facts_naming, is_marked, named_exactly
from outputs.catalogue.paging import SIZE, Page, offset
from outputs.catalogue.passages import Passage, passages
from outputs.factbase import FactBase

DOCUMENTS = 20        # documents on a page of a person
_IN_DOCUMENT = 6      # mentions shown of one document
_FLAGS = 40           # shown of one person


@dataclass(frozen=True, slots=True)
class Bound:
    """What bounds an office on one `side`: `kind` known, attested or limit, EDTF `date`, rule of term_rules.tsv."""

    side: str
    kind: str
    date: str
    rule: str
    words: Passage


@dataclass(frozen=True, slots=True)
class Office:
    """A person in an office of a body; fields as in `outputs.people_table.OfficeHeld`, the body with its id."""

    person: str
    name: str
    title: str | None
    org: str | None
    modifier: str | None
    body: str | None
    body_name: str | None
    start: str | None
    end: str | None
    first_attested: str | None
    last_attested: str | None
    follows: str | None
    mentions: int
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person in a list: `offices` most often attested first, how often they are named, what there is to look at."""

    id: str
    name: str
    offices: tuple[Office, ...]
    mentions: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A place that names the person: the office as the document has it, and the day (EDTF) that it attests."""

    name: str
    title: str | None
    org: str | None
    attested: str | None
    words: Passage


@dataclass(frozen=True, slots=True)
class Join:
    """Why a document speaks of the person: a rule of person_rules.tsv, what both have, and the words joined."""

    rule: str
    shared: str
    words: Passage
    by: Passage


@dataclass(frozen=True, slots=True)
class NamingDocument:
    """A document that names a person: the first places of `mentions`, and why it was joined."""

    places: tuple[Named, ...]
    mentions: int
    joins: tuple[Join, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """What a reader should look at (docs/people.md): the other person, if there is one, and the words of both sides."""

    flag: str
    reason: str
    other: str | None
    other_name: str | None
    words: Passage | None
    other_words: Passage | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person. `documents` is a page of those that name them; `sources` counts independent ones."""

    key: int
    id: str
    name: str
    sources: int
    mentions: int
    offices: tuple[Office, ...]
    flags: tuple[Flag, ...]
    documents: Page[NamingDocument]


def people_listed(base: FactBase, *, name: str = "", body: str = "", page: int = 1) -> Page[ListedPerson]:
    """Those most often named first. `name` is the beginning of words of a name, with or without marks; `body` a name
    of a body in any spelling, of which a mention says that it is theirs."""
    wanted = _wanted(base.db, name, body)
    within = "" if wanted is None else "WHERE person IN (SELECT value FROM json_each(:keys))"
    keys = json.dumps(sorted(wanted or ()))
    total = base.count("person") if wanted is None else len(wanted)
    rows = base.db.execute(
        f"SELECT person, count(*) AS mentions FROM person_mention {within} GROUP BY person"
        " ORDER BY mentions DESC, person LIMIT :size OFFSET :skipped",
        {"keys": keys, "size": SIZE, "skipped": offset(page)},
    ).fetchall()
    return Page(tuple(_listed(base.db, {row["person"]: row["mentions"] for row in rows})), total, page)


def _wanted(db: sqlite3.Connection, name: str, body: str) -> set[int] | None:
    """Keys of the people asked for; None for all."""
    found = []
    if name.strip():
        rows = db.execute(
            "SELECT DISTINCT p.key, p.name FROM person_mention x JOIN person p ON p.key = x.person"
            " WHERE x.mention IN (SELECT value FROM json_each(?))", (json.dumps(facts_naming(db, person=name)),),
        )
        found.append({row["key"] for row in rows if not is_marked(name) or named_exactly(name, row["name"])})
    if body.strip():
        rows = db.execute(
            "SELECT DISTINCT person FROM person_mention WHERE mention IN (SELECT value FROM json_each(?))",
            (json.dumps(facts_naming(db, place=body)),),
        )
        found.append({row["person"] for row in rows})
    return set.intersection(*found) if found else None


def _listed(db: sqlite3.Connection, mentions: dict[int, int]) -> Iterable[ListedPerson]:
    keys = json.dumps(list(mentions))
    held: dict[str, list[Office]] = defaultdict(list)
    for office in offices(db, persons=mentions):
        held[office.person].append(office)
    flags: dict[int, set[str]] = defaultdict(set)
    for row in db.execute(
        "SELECT person, flag FROM person_flag WHERE person IN (SELECT value FROM json_each(?1))"
        " UNION SELECT other, flag FROM person_flag WHERE other IN (SELECT value FROM json_each(?1))", (keys,),
    ):
        flags[row["person"]].add(row["flag"])
    rows = {row["key"]: row for row in db.execute(
        "SELECT key, id, name FROM person WHERE key IN (SELECT value FROM json_each(?))", (keys,))}
    for key, number in mentions.items():
        row = rows[key]
        attested = sorted(held[row["id"]], key=lambda office: -office.mentions)
        yield ListedPerson(row["id"], row["name"], tuple(attested), number, tuple(sorted(flags[key])))


_OFFICES = """
    SELECT o.*, p.id AS person_id, p.name, b.id AS body_id, b.name AS body_name, f.title AS follows_title,
           (SELECT count(*) FROM occupancy_mention x WHERE x.occupancy = o.key)
           + (SELECT count(*) FROM occupancy_evidence x WHERE x.occupancy = o.key) AS mentions
    FROM occupancy o JOIN person p ON p.key = o.person LEFT JOIN body b ON b.key = o.body
    LEFT JOIN occupancy f ON f.key = o.follows WHERE o.{end} IN (SELECT value FROM json_each(?))
    ORDER BY {order} LIMIT ?
"""
_IN_A_LIFE = "o.person, coalesce(o.place, 0), coalesce(o.first_attested, '~'), o.title, o.org"
_IN_TIME = "coalesce(o.first_attested, '~'), p.name, o.title, o.key"


def offices(
    db: sqlite3.Connection, *, persons: Collection[int] = (), bodies: Collection[int] = (), most: int = -1
) -> tuple[Office, ...]:
    """The offices of people, in the order of each life; or those of bodies, in order of time, the first so many."""
    end, keys, order = ("body", bodies, _IN_TIME) if bodies else ("person", persons, _IN_A_LIFE)
    rows = db.execute(_OFFICES.format(end=end, order=order), (json.dumps(list(keys)), most)).fetchall()
    bounds = db.execute(
        "SELECT * FROM occupancy_bound WHERE occupancy IN (SELECT value FROM json_each(?))"
        " ORDER BY side DESC, kind, date, rule", (json.dumps([row["key"] for row in rows]),),
    ).fetchall()
    words = passages(db, (row["mention"] for row in bounds))
    of: dict[int, list[Bound]] = defaultdict(list)
    for row in bounds:
        of[row["occupancy"]].append(
            Bound(row["side"], row["kind"], row["date"], row["rule"], words[row["mention"]])
        )
    return tuple(
        Office(
            row["person_id"], row["name"], row["title"], row["org"], row["modifier"], row["body_id"], row["body_name"],
            row["start"], row["end"], row["first_attested"], row["last_attested"], row["follows_title"],
            row["mentions"], tuple(of[row["key"]]),
        )
        for row in rows
    )


def person(base: FactBase, identifier: str, *, page: int = 1) -> Person | None:
    """The person of an id, with a page of the documents that name them; None where there is none."""
    row = base.db.execute("SELECT key, id, name FROM person WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        return None
    counts = base.db.execute(
        "SELECT count(*) AS mentions, count(DISTINCT m.document) AS documents,"
        " count(DISTINCT coalesce(d.copy_of, d.id)) AS sources"
        " FROM person_mention x JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document"
        " WHERE x.person = ?", (row["key"],),
    ).fetchone()
    documents = Page(tuple(_documents(base.db, row["key"], page)), counts["documents"], page, DOCUMENTS)
    return Person(
        row["key"], row["id"], row["name"], counts["sources"], counts["mentions"],
        offices(base.db, persons=(row["key"],)), tuple(_flags(base.db, row["key"])), documents,
    )


def _documents(db: sqlite3.Connection, person: int, page: int) -> Iterable[NamingDocument]:
    documents = [row["document"] for row in db.execute(
        "SELECT m.document FROM person_mention x JOIN mention m ON m.key = x.mention"
        " JOIN document d ON d.key = m.document WHERE x.person = ? GROUP BY m.document"
        " ORDER BY coalesce(d.first_day, '~'), d.id LIMIT ? OFFSET ?",
        (person, DOCUMENTS, offset(page, DOCUMENTS)),
    )]
    within = json.dumps(documents)
    rows = db.execute(
        "SELECT m.key, m.document, f.name, f.title, f.org, o.attested FROM person_mention x"
        " JOIN mention m ON m.key = x.mention JOIN official_fact f ON f.mention = m.key"
        " LEFT JOIN occupancy_mention o ON o.mention = m.key"
        " WHERE x.person = ? AND m.document IN (SELECT value FROM json_each(?)) ORDER BY m.start", (person, within),
    ).fetchall()
    named: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        named[row["document"]].append(row)
    joins = db.execute(
        'SELECT j.*, m.document FROM person_join j JOIN mention m ON m.key = j.mention WHERE j.person = ?'
        " AND m.document IN (SELECT value FROM json_each(?)) ORDER BY m.start, j.by", (person, within),
    ).fetchall()
    words = passages(db, [
        *(row["key"] for of in named.values() for row in of[:_IN_DOCUMENT]),
        *(row[end] for row in joins for end in ("mention", "by")),
    ])
    for document in documents:
        yield NamingDocument(
            tuple(Named(row["name"], row["title"], row["org"], row["attested"], words[row["key"]])
                  for row in named[document][:_IN_DOCUMENT]),
            len(named[document]),
            tuple(Join(row["rule"], row["shared"], words[row["mention"]], words[row["by"]])
                  for row in joins if row["document"] == document),
        )


def _flags(db: sqlite3.Connection, person: int) -> Iterable[Flag]:
    """Both ways: the other side of a flag is one of the other person."""
    rows: Sequence[sqlite3.Row] = db.execute(
        "SELECT f.key, f.flag, f.reason, o.id AS other, o.name AS other_name, f.mention, f.other_mention"
        " FROM person_flag f LEFT JOIN person o ON o.key = f.other WHERE f.person = ?1"
        " UNION SELECT f.key, f.flag, f.reason, o.id, o.name, f.other_mention, f.mention"
        " FROM person_flag f JOIN person o ON o.key = f.person WHERE f.other = ?1 ORDER BY 2, 5, 4, 1 LIMIT ?2",
        (person, _FLAGS),
    ).fetchall()
    words = passages(db, (row[end] for row in rows for end in ("mention", "other_mention")))
    for row in rows:
        yield Flag(
            row["flag"], row["reason"], row["other"], row["other_name"], words.get(row["mention"]),
            words.get(row["other_mention"]),
        )
