"""The timeline: the events of a fact base in order of time, each with all the places that tell it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

from extractors.calendar import bounds
from outputs.calendar_files import built
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.tellings import UNDATED, NamedDecree, Telling, named_decrees, tellings
from outputs.timeline.named import Dissent, NamedBody, bodies_of, dissent_of, events_of, people_of
from outputs.topic import Topic
from outputs.vietnamese import date_in_words
from outputs.weights import Weights, event_weight, weights
from outputs.words import PLANNED, event_labels


@dataclass(frozen=True, slots=True)
class NamedOfficial:
    """An official named inside the telling clause, with the role stated there."""

    id: str
    name: str
    title: str | None
    org: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `tellings[0]` is the place whose quote is the line shown; days are ISO 8601.

    `planned`: every source only announces it. `label` says so (`hội họp · dự kiến`); the types' own labels do not.
    `officials` and `decrees` are of the words shown, `bodies`, `people` (id and name) and `dissent` of all tellings.
    """

    id: str
    date: str
    first_day: str | None
    last_day: str | None
    words: str
    type: str
    label: str
    sources: int
    tellings: tuple[Telling, ...]
    decrees: tuple[NamedDecree, ...]
    officials: tuple[NamedOfficial, ...]
    planned: bool = False
    bodies: tuple[NamedBody, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    dissent: tuple[Dissent, ...] = ()

    @property
    def quote(self) -> str:
        """The line shown."""
        return self.tellings[0].quote

    @property
    def year(self) -> str | None:
        """The year in which it began, four digits, before our era with a minus (EDTF: 0 is 1 BC); None: not stated."""
        if self.first_day:
            return self.first_day[:4]
        return self.date[:5] if self.date.startswith("-") else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of first day, those without a year last; `since` and `until` as EDTF.

    `asked` are the types, the body and the person that were asked for. `left_out`: events that
    `most` took away. `built`: when the fact base was, for calendars.
    """

    topic: str | None
    since: str | None
    until: str | None
    entries: tuple[Entry, ...]
    asked: tuple[str, ...] = ()
    left_out: int = 0
    built: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def years(self) -> Iterator[tuple[str | None, tuple[Entry, ...]]]:
        """The entries year by year."""
        for year, entries in groupby(self.entries, key=lambda entry: entry.year):
            yield year, tuple(entries)


def timeline(
    base: FactBase, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    types: Collection[str] = (), body: str | None = None, person: str | None = None,
) -> Timeline:
    """The events on a topic (all where None) that fall, in part at least, between two dates.

    `since` and `until` are EDTF (`1946`, `2014-05`, `2014-05-09`) and both included; events without a year are
    kept only where neither is given. `types` are event types; `body` and `person` are names of participants, with or
    without marks, abbreviated or not. Raises QuestionError for a date, topic or name that cannot be read.
    """
    first, last = _day(since, 0), _day(until, 1)
    if first and last and first > last:
        raise QuestionError(f"the span of time ends before it begins: {since} – {until}")
    keys = events_of(base.db, topic=topic, body=body, person=person)
    rows = [
        row for row in _events(base.db, keys)
        if _within(row, first, last) and (not types or row["event_type"] in types)
    ]
    wanted = [row["key"] for row in rows]
    told, shown = tellings(base.db, wanted), [row["told_by"] for row in rows]
    decrees, officials = named_decrees(base.db, shown), _officials(base.db, shown)
    bodies, people, dissent = bodies_of(base.db, wanted), people_of(base.db, wanted), dissent_of(base.db, wanted)
    entries = (
        Entry(
            row["id"], row["date"], row["first_day"], row["last_day"], date_in_words(row["date"]),
            row["event_type"], _label(row), row["sources"], tuple(told[row["key"]]),
            tuple(decrees[row["told_by"]]), tuple(officials[row["told_by"]]), bool(row["planned"]),
            tuple(bodies[row["key"]]), tuple(people[row["key"]]), tuple(dissent[row["key"]]),
        )
        for row in rows
    )
    asked = (*types, *filter(None, (body, person)))
    return Timeline(topic, since, until, tuple(sorted(entries, key=_time)), asked, built=built(base))


def most(timeline: Timeline, number: int) -> Timeline:
    """The heaviest events (outputs.weights), in order of time.

    `left_out` of the result says how many the others are. Of equal weight the earlier event stays.
    """
    if len(timeline.entries) <= number:
        return timeline
    topic, rule = Topic(timeline.topic) if timeline.topic else None, weights()
    weighed = [_weight(entry, rule, topic) for entry in timeline.entries]
    kept = sorted(sorted(range(len(weighed)), key=lambda at: (-weighed[at], at))[:number])
    left_out = timeline.left_out + len(timeline.entries) - len(kept)
    return replace(timeline, entries=tuple(timeline.entries[at] for at in kept), left_out=left_out)


def _weight(entry: Entry, rule: Weights, topic: Topic | None) -> float:
    authority = max(rule.authority(told.kind, told.source, told.url) for told in entry.tellings)
    on_topic = topic is not None and (
        entry.quote in topic or any((decree.title or "") in topic for decree in entry.decrees))
    return event_weight(rule, entry, authority=authority, own=on_topic)


def _time(entry: Entry) -> tuple[int, int, str]:
    """Years before our era, which have no days, come first; then days; then what has no year, by month and day."""
    if entry.date.startswith("-"):
        return 0, int(entry.date[:5]), entry.date
    return (1, 0, "") if entry.first_day or entry.last_day else (2, 0, entry.date)


def _label(row: sqlite3.Row) -> str:
    label = event_labels()[row["event_type"]]
    return f"{label} · {PLANNED}" if row["planned"] else label


def _day(edtf: str | None, side: int) -> str | None:
    if edtf is None:
        return None
    days = bounds(edtf)
    day = days[side] if days else None
    if day is None:
        raise QuestionError(f"{edtf!r} is not a date; write a year, month or day such as 1946, 1946-07 or 1946-07-19")
    return day.isoformat()


def _events(db: sqlite3.Connection, keys: set[int] | None) -> Iterable[sqlite3.Row]:
    where, values = "", tuple[str, ...]()
    if keys is not None:
        where, values = "WHERE e.key IN (SELECT value FROM json_each(?))", (json.dumps(sorted(keys)),)
    return db.execute(
        f"SELECT e.* FROM event e JOIN mention m ON m.key = e.told_by JOIN document d ON d.key = m.document {where} "
        f"ORDER BY coalesce(e.first_day, '{UNDATED}'), e.last_day, d.id, m.start, e.id",
        values,
    )


def _within(row: sqlite3.Row, first: str | None, last: str | None) -> bool:
    if first is None and last is None:
        return True
    if row["first_day"] is None and row["last_day"] is None:
        return False
    begins, ends = row["first_day"] or row["last_day"], row["last_day"] or row["first_day"]
    return (first is None or ends >= first) and (last is None or begins <= last)


_INSIDE = (
    "FROM mention t JOIN mention m ON m.document = t.document AND m.start >= t.start AND m.\"end\" <= t.\"end\" "
)


def _officials(db: sqlite3.Connection, mentions: list[int]) -> dict[int, list[NamedOfficial]]:
    rows = db.execute(
        f"SELECT t.key AS told_by, p.id, p.name, f.title, f.org {_INSIDE} "
        "JOIN person_mention x ON x.mention = m.key JOIN person p ON p.key = x.person "
        "JOIN official_fact f ON f.mention = m.key "
        "WHERE t.key IN (SELECT value FROM json_each(?)) ORDER BY t.key, m.start",
        (json.dumps(mentions),),
    )
    named: dict[int, dict[str, NamedOfficial]] = defaultdict(dict)
    for row in rows:
        named[row["told_by"]].setdefault(row["id"], NamedOfficial(row["id"], row["name"], row["title"], row["org"]))
    return defaultdict(list, {key: list(people.values()) for key, people in named.items()})
