"""Writes people, the offices that they held and what is to be looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from outputs.factbase.names import content_id
from pipeline.assemble.people.apart import kept_apart, posts_at_odds
from pipeline.assemble.people.appointments import Told
from pipeline.assemble.people.bodies import Body
from pipeline.assemble.people.mentions import person_id
from pipeline.assemble.people.model import Held, Join, Life
from pipeline.assemble.people.names import has_foreign_name, is_foreign, may_be_vietnamese, name_key
from pipeline.assemble.people.offices import Office
from pipeline.assemble.people.terms import Term, in_capitals, most_common, span_of, terms_of

_WAITING = 20_000     # rows that are written at once

# In the order in which rows point at each other.
_INSERTS = {
    "person": "INSERT INTO person (key, id, name) VALUES (?, ?, ?)",
    "person_mention": "INSERT INTO person_mention (person, mention) VALUES (?, ?)",
    "person_join": "INSERT INTO person_join (mention, person, by, rule, shared) VALUES (?, ?, ?, ?, ?)",
    "person_flag": "INSERT INTO person_flag (person, flag, other, reason, mention, other_mention)"
                   " VALUES (?, ?, ?, ?, ?, ?)",
    "occupancy": "INSERT INTO occupancy (key, id, person, title, org, first_attested, last_attested, office, modifier,"
                 ' body, start, "end", place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    "follows": "UPDATE occupancy SET follows = ? WHERE key = ?",
    "occupancy_mention": "INSERT OR IGNORE INTO occupancy_mention (occupancy, mention, attested) VALUES (?, ?, ?)",
    "occupancy_evidence": "INSERT OR IGNORE INTO occupancy_evidence (occupancy, mention, role, attested)"
                          " VALUES (?, ?, ?, ?)",
    "occupancy_bound": "INSERT OR IGNORE INTO occupancy_bound (occupancy, side, kind, date, rule, mention)"
                       " VALUES (?, ?, ?, ?, ?, ?)",
    "post": "INSERT INTO temp.post VALUES (?, ?)",
    "holder": "INSERT INTO temp.holder VALUES (?, ?)",
}


class Store:
    """People in the order in which they come; rows wait until there are many."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _INSERTS}
        self._person, self._occupancy = (
            int(db.execute(f"SELECT coalesce(max(key), 0) FROM {table}").fetchone()[0])
            for table in ("person", "occupancy")
        )

    def write(self) -> None:
        """Write what waits."""
        for table in ("person_mention", "occupancy_mention"):
            self._rows[table].sort(key=itemgetter(1))     # as the mentions lie
        for table, rows in self._rows.items():
            self._db.executemany(_INSERTS[table], rows)
            rows.clear()

    def namesakes(self, key: str, people: Sequence[Life], told: Sequence[tuple[int, Told]]) -> None:
        """Those who bear one name, the one with most documents first, and what events tell of which mention."""
        first: tuple[int, Life] | None = None
        for life in people:
            mentions = [held for local in life.locals for held in local.mentions]
            identifier = person_id(key, None if first is None else f"{mentions[0].document}\t{mentions[0].start}")
            known = {held.mention for held in mentions} if told else set()
            person = self._add(identifier, mentions, life.joins, [one for mention, one in told if mention in known])
            if first is None:
                first = person, life
                continue
            self._flag(person, "same name", first[0], kept_apart(first[1], life), mentions[0].mention,
                       first[1].locals[0].mentions[0].mention)
        if len(self._rows["person_mention"]) >= _WAITING:
            self.write()

    def _add(self, identifier: str, mentions: Sequence[Held], joins: Sequence[Join], told: Sequence[Told]) -> int:
        self._person += 1
        person, rows = self._person, self._rows
        rows["person"].append((person, identifier, most_common([held.name for held in mentions])))
        rows["person_mention"] += [(person, held.mention) for held in mentions]
        rows["person_join"] += [(join.mention, person, join.by, join.rule, join.shared) for join in joins]
        terms = terms_of(_abroad(mentions), told)
        foreign = is_foreign(name_key(mentions[0].name)) or any(
            office.body and office.body.country for held in mentions for office in held.offices
        )
        keys: dict[int, int] = {}
        for place, term in enumerate(terms, 1):
            self._occupancy += 1
            keys[id(term)] = self._occupancy
            self._add_term(person, identifier, term, place)
            self._index(term.office, foreign=foreign)
        rows["follows"] += [(keys[id(term.follows)], keys[id(term)]) for term in terms if term.follows is not None]
        for reason, one, other in posts_at_odds(mentions):
            self._flag(person, "two posts", None, reason, one, other)
        return person

    def _add_term(self, person: int, identifier: str, term: Term, place: int) -> None:
        occupancy, rows = self._occupancy, self._rows
        office, (start, end) = term.office, span_of(term.bounds)
        titles = [one.words for one in term.offices if one.words and not one.former]
        titles = titles or [one.title for one in term.offices if one.title]
        bodies = [one.body.name for one in term.offices if one.body]
        title, org = most_common(titles), most_common([held.org for held in term.main if held.org] or bodies)
        if title and in_capitals(title):
            title = title.capitalize()
        if org and in_capitals(org):
            org = most_common([org, *bodies])    # as the lexicon or another source writes it
        rows["occupancy"].append((
            occupancy, content_id("occupancy", identifier, *office.key), person, title, org,
            term.first, term.last, office.office or None, office.modifier,
            office.body.row if office.body else None, start, end, place,
        ))
        attested: dict[int, str] = {}
        for day, mention, _ in term.attested:
            attested.setdefault(mention, day)
        rows["occupancy_mention"] += [(occupancy, held.mention, attested.get(held.mention)) for held in term.main]
        rows["occupancy_evidence"] += [
            *((occupancy, held.mention, "beside", attested.get(held.mention)) for held, _ in term.beside),
            *((occupancy, one.mention, "appointed" if one.side == "start" else "dismissed", one.date)
              for one in term.told),
        ]
        rows["occupancy_bound"] += [
            (occupancy, one.side, one.kind, one.date, one.rule, one.mention)
            for one in sorted(term.bounds, key=lambda one: (one.side, one.kind, one.date, one.mention))
        ]

    def _index(self, office: Office, *, foreign: bool) -> None:
        """The post of the last occupancy."""
        body = office.body
        if foreign and (body is None or body.country is None):
            return    # a Thủ tướng of abroad whose country the words leave out
        if (body is None and not {"first", "single"} <= office.kinds) or (body and body.generic) or not office.office:
            return
        post = f"{office.base}\t{body.key}\t{body.version}" if body else office.base
        self._rows["post"].append((post, self._occupancy))
        if "single" in office.kinds and office.base == office.office and (body or office.office not in _OF_A_BODY):
            self._rows["holder"].append((post, self._occupancy))

    def _flag(
        self, person: int, flag: str, other: int | None, reason: str, mention: int, other_mention: int
    ) -> None:
        self._rows["person_flag"].append((person, flag, other, reason, mention, other_mention))


def _abroad(mentions: Sequence[Held]) -> Sequence[Held]:
    """A foreigner's mentions without the bodies of our State that only the title or a bare name would give."""
    countries = {one.office for held in mentions for one in held.offices if one.body and one.body.country}
    name = mentions[0].name
    foreign = has_foreign_name(name) or (bool(countries) and not may_be_vietnamese(name))
    if not foreign and not countries:
        return mentions
    return [held._replace(offices=tuple(
        replace(one, body=None) if (foreign or one.office in countries) and _is_unresolved_state(one.body) else one
        for one in held.offices
    )) for held in mentions]


def _is_unresolved_state(body: Body | None) -> bool:
    return bool(body and body.row is None and body.country is None and (body.wide or body.central or body.level == 1))


_OF_A_BODY = frozenset({"bộ trưởng", "bộ trưởng, chủ nhiệm"})   # one of many without it
