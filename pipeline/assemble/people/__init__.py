"""People across documents, and the offices that sources attest, in order and with their bounds (docs/people.md).

A person is joined by the full name and something shared beside it (an office, a body, a province, …), kept apart by
what cannot be one life, and never joined on a given name alone. Every join keeps the mention that it was made by.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from outputs.factbase.names import content_id
from pipeline.assemble.people.apart import kept_apart, posts_at_odds
from pipeline.assemble.people.appointments import Told, gather_told, told_of
from pipeline.assemble.people.holders import assemble_holders
from pipeline.assemble.people.lives import lives
from pipeline.assemble.people.mentions import attach_short_names, gather, people_named, person_id
from pipeline.assemble.people.model import Held, Join, Life, documents
from pipeline.assemble.people.names import is_foreign, name_key
from pipeline.assemble.people.offices import Office
from pipeline.assemble.people.slips import assemble_slips
from pipeline.assemble.people.terms import Term, most_common, span_of, terms_of


def assemble_people(db: sqlite3.Connection) -> None:
    """Fill the tables of people and their offices, in memory one name at a time. Bodies must have been assembled."""
    for name, columns in _TEMPORARY.items():
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")
        db.execute(f"CREATE TEMP TABLE {name} ({columns})")
    gather(db)
    attach_short_names(db)
    events = gather_told(db)
    for key, mentions in people_named(db):
        told = told_of(db, key) if events else []
        _store_namesakes(db, key, lives(documents(mentions)), told)
    assemble_holders(db)
    assemble_slips(db)
    for table in ("held", "told", *_TEMPORARY):
        db.execute(f"DROP TABLE temp.{table}")


_TEMPORARY = {
    "holder": "office TEXT, occupancy INTEGER",   # offices with one holder at a time
    "post": "post TEXT, occupancy INTEGER",       # every office of a body that is no other
}


def _store_namesakes(
    db: sqlite3.Connection, key: str, people: Sequence[Life], told: Sequence[tuple[int, Told]]
) -> None:
    first: tuple[int, Life] | None = None
    for life in people:
        mentions = [held for local in life.locals for held in local.mentions]
        identifier = person_id(key, None if first is None else f"{mentions[0].document}\t{_place(db, mentions[0])}")
        known = {held.mention for held in mentions}
        person = _store(db, identifier, mentions, life.joins, [one for mention, one in told if mention in known])
        if first is None:
            first = person, life
            continue
        _flag(db, person, "same name", first[0], kept_apart(first[1], life), mentions[0].mention,
              first[1].locals[0].mentions[0].mention)


def _place(db: sqlite3.Connection, held: Held) -> int:
    return int(db.execute("SELECT start FROM mention WHERE key = ?", (held.mention,)).fetchone()[0])


def _store(
    db: sqlite3.Connection, identifier: str, mentions: Sequence[Held], joins: Sequence[Join], told: Sequence[Told]
) -> int:
    name = most_common([held.name for held in mentions])
    person = int(db.execute("INSERT INTO person (id, name) VALUES (?, ?)", (identifier, name)).lastrowid or 0)
    db.executemany(
        "INSERT INTO person_mention (person, mention) VALUES (?, ?)", [(person, held.mention) for held in mentions]
    )
    db.executemany(
        "INSERT INTO person_join (mention, person, by, rule, shared) VALUES (?, ?, ?, ?, ?)",
        [(join.mention, person, join.by, join.rule, join.shared) for join in joins],
    )
    terms = terms_of(mentions, told)
    foreign = is_foreign(name_key(mentions[0].name)) or any(
        office.body and office.body.country for held in mentions for office in held.offices
    )
    keys: dict[int, int] = {}
    for place, term in enumerate(terms, 1):
        keys[id(term)] = _store_term(db, person, identifier, term, place)
        _index(db, keys[id(term)], term.office, foreign=foreign)
    for term in terms:
        if term.follows is not None:
            db.execute(
                "UPDATE occupancy SET follows = ? WHERE key = ?", (keys[id(term.follows)], keys[id(term)])
            )
    for reason, one, other in posts_at_odds(mentions):
        _flag(db, person, "two posts", None, reason, one, other)
    return person


def _store_term(db: sqlite3.Connection, person: int, identifier: str, term: Term, place: int) -> int:
    office, (start, end) = term.office, span_of(term.bounds)
    titles = [one.words for one in term.offices if one.words and not one.former]
    titles = titles or [one.title for one in term.offices if one.title]
    orgs = [held.org for held in term.main if held.org] or [one.body.name for one in term.offices if one.body]
    cursor = db.execute(
        "INSERT INTO occupancy (id, person, title, org, first_attested, last_attested, office, modifier, body, start,"
        ' "end", place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        (
            content_id("occupancy", identifier, *office.key), person,
            most_common(titles),
            most_common(orgs), term.first, term.last, office.office or None, office.modifier,
            office.body.row if office.body else None, start, end, place,
        ),
    )
    occupancy = int(cursor.lastrowid or 0)
    db.executemany(
        "INSERT OR IGNORE INTO occupancy_mention (occupancy, mention, attested) VALUES (?, ?, ?)",
        [(occupancy, held.mention, _attests(term, held)) for held in term.main],
    )
    db.executemany(
        "INSERT OR IGNORE INTO occupancy_evidence (occupancy, mention, role, attested) VALUES (?, ?, ?, ?)",
        [
            *((occupancy, held.mention, "beside", _attests(term, held)) for held, _ in term.beside),
            *((occupancy, one.mention, "appointed" if one.side == "start" else "dismissed", one.date)
              for one in term.told),
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO occupancy_bound (occupancy, side, kind, date, rule, mention) VALUES (?, ?, ?, ?, ?, ?)",
        [(occupancy, one.side, one.kind, one.date, one.rule, one.mention)
         for one in sorted(term.bounds, key=lambda one: (one.side, one.kind, one.date, one.mention))],
    )
    return occupancy


def _index(db: sqlite3.Connection, occupancy: int, office: Office, *, foreign: bool) -> None:
    body = office.body
    if foreign and (body is None or body.country is None):
        return    # a Thủ tướng of abroad whose country the words leave out
    if (body is None and not {"first", "single"} <= office.kinds) or (body and body.generic) or not office.office:
        return
    post = f"{office.base}\t{body.key}\t{body.version}" if body else office.base
    db.execute("INSERT INTO temp.post VALUES (?, ?)", (post, occupancy))
    if "single" in office.kinds and office.base == office.office and (body or office.office not in _OF_A_BODY):
        db.execute("INSERT INTO temp.holder VALUES (?, ?)", (post, occupancy))


_OF_A_BODY = frozenset({"bộ trưởng", "bộ trưởng, chủ nhiệm"})   # one of many without it


def _attests(term: Term, held: Held) -> str | None:
    return next((day for day, mention in term.attested if mention == held.mention), None)


def _flag(
    db: sqlite3.Connection, person: int, flag: str, other: int | None, reason: str, mention: int, other_mention: int
) -> None:
    db.execute(
        "INSERT INTO person_flag (person, flag, other, reason, mention, other_mention) VALUES (?, ?, ?, ?, ?, ?)",
        (person, flag, other, reason, mention, other_mention),
    )
