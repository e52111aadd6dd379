"""Public bodies across documents: who a name stood for on the day that a fact speaks of (docs/bodies.md).

A body is one of the lexicon of bodies and their history, or one that only documents name, under its full form and
place. A mention is resolved by its name and its day: that of the fact, else that of its document. A name that says too
little (`Cục`, `Sở này`, `UBND tỉnh`) is the nearest body before it that it fits, in its document. What cannot be
decided stays without a body, and says why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from pipeline.assemble.bodies.days import OPEN, Days
from pipeline.assemble.bodies.discourse import Discourse, Naming
from pipeline.assemble.bodies.foreigners import of_another_country
from pipeline.assemble.bodies.own_days import own_days
from pipeline.assemble.bodies.reading import Facts, Participant, Read
from pipeline.assemble.bodies.storing import Store

_DOCUMENTS = """
    SELECT key, coalesce(copy_of, id) AS source, first_day, last_day, json_extract(notice, '$.organ.value') AS organ,
           json_extract(notice, '$.parent.value') AS parent
    FROM document ORDER BY id
"""
_AHEAD = 20                # years: no document names a day further ahead
_PRESENT_ORDER = "1992"   # the state of the Constitution of 1992: a document whose latest event is older looks back


def assemble_bodies(db: sqlite3.Connection) -> None:
    """Fill `body`, `body_succession` and `body_mention`; in memory are the names of one document at a time."""
    store = Store(db)
    facts = Facts(db)
    for document in db.execute(_DOCUMENTS):
        rows, officials = facts.of(document["key"])
        published = _days(document["first_day"], document["last_day"])
        dates, named = facts.dates(document["key"])
        spoken = published or _not_before(rows, named)
        people = sorted({row.other for row in rows if row.kind == "official"}, key=len, reverse=True)
        discourse = Discourse(document["source"], spoken, people)
        discourse.open_with(document["organ"], document["parent"])
        foreign = of_another_country(officials)
        own = {row.mention: days for row in officials if (days := own_days(row, dates, spoken))}
        namings = [*_namings(rows, spoken, foreign, own), *_taking_part(facts.participants(document["key"]), spoken)]
        namings.sort(key=attrgetter("start"))
        waiting: list[Naming] = []
        for naming in namings:
            found = discourse.resolve(naming)
            if any(body is None for body, _ in found):
                waiting.append(naming)
            else:
                store.mention(naming, found)
        discourse.read()
        for naming in waiting:
            store.mention(naming, discourse.resolve(naming))
    store.finish()


def _not_before(rows: Sequence[Read], named: Sequence[str]) -> Days:
    """For a document without a date: it is no older than the acts that it cites, the events that it reports and the
    earliest day that it names, nor much older than the latest."""
    told = [row.last_day for row in rows if row.basis == "fact" and row.kind in {"decree", "event"}
            and row.last_day and not row.other and _days(row.last_day, None)]
    if named:
        latest = max(named)
        told += [min(named), f"{int(latest[:4]) - _AHEAD:04}{latest[4:]}"]
    return (max(told), OPEN) if told and _days(max(told), None) else None


def _namings(
    rows: Sequence[Read], published: Days, foreign: Collection[int], times: Mapping[int, Days]
) -> Iterator[Naming]:
    """Every name of a body that the facts of a document give, with the days that it is meant for."""
    told: list[Read] = []
    for row in rows:
        if row.kind == "event":
            told.append(row)
            continue
        days = _days(row.first_day, row.last_day)
        latest = days if row.basis == "event" and days and days[0] >= _PRESENT_ORDER else None
        own = days if row.basis == "fact" else None
        match row.kind:
            case "official":
                if row.name:
                    told = [event for event in told if event.end > row.start]
                    then = _told(told, row)
                    time = None if then else times.get(row.mention)
                    yield Naming(
                        row.mention, "org", row.start, row.name, then or time or published, None if time else latest,
                        foreign=row.mention in foreign, then=time is not None,
                    )
            case "directive":
                for role, name in (("issuer", row.name), ("addressee", row.other)):
                    if name:
                        yield Naming(row.mention, role, row.start, name, published, latest)
            case kind:
                if row.name:
                    yield Naming(row.mention, _ROLES[kind], row.start, row.name, own or published, latest)


_ROLES = {"decree": "issuer", "figure": "subject"}


def _taking_part(rows: Sequence[Participant], published: Days) -> Iterator[Naming]:
    for row in rows:
        days = _days(row.first_day, row.last_day) or published
        yield Naming(row.mention, "participant", row.start, row.name, days)


def _told(told: Sequence[Read], row: Read) -> Days:
    """The days of the innermost event in whose clause a fact stands."""
    around = [event for event in told if event.end >= row.end and event.name != "effect"]
    if not around:
        return None
    inner = min(around, key=lambda event: event.end - event.start)
    return _days(inner.first_day, inner.last_day) if inner.basis == "fact" else None


@lru_cache(maxsize=8192)
def _days(first: str | None, last: str | None) -> Days:
    """Days as they can be compared; None for those that are not known, or lie outside our era."""
    first, last = first or last, last or first
    if not (first and last and len(first) == len(last) == len("2007-01-01") and first[0].isdigit()):
        return None
    return first, last
