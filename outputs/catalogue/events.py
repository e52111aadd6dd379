"""Events in order of time, a page at a time, and one event with all its tellings side by side."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from extractors.calendar import bounds
from outputs.asking.linked import Linked, links, topics
from outputs.catalogue.errors import Unreadable
from outputs.catalogue.names import facts_naming, keys_named
from outputs.catalogue.paging import SIZE, Page, offset
from outputs.catalogue.passages import Passage, passages
from outputs.factbase import FactBase
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import name_forms
from outputs.timeline.named import Dissent, NamedBody, bodies_of, dissent_of

_TELLINGS = 60   # of one event that are shown; the words of an agency may stand in hundreds of papers


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event by the clause that tells it best; fields as in the table `event`, `words` in their sentence."""

    key: int
    id: str
    date: str
    first_day: str | None
    type: str
    planned: bool
    sources: int
    tellings: int
    words: Passage


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """What a timeline is asked for. `person` and `body` are ids, or names in any spelling; `source` a newspaper or
    body as documents name it; `topic` a topic of the archive or words; `year` as in EDTF, `none` for no year."""

    year: str = ""
    since: str = ""
    until: str = ""
    type: str = ""
    topic: str = ""
    body: str = ""
    person: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class EventsFound:
    """A page of events, and how many there are in each year of all that meet the other filters; None: no year."""

    lines: Page[EventLine]
    years: tuple[tuple[int | None, int], ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what takes part: `kind` official, body, decree or place; `thing` the id of the page about it."""

    kind: str
    name: str
    thing: str | None
    pointed_at: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """A clause that tells an event, with the date and type that it gives by itself, and why it belongs: `points` of
    each sign that it is the same event, and names that it shares with the centre (docs/events.md)."""

    date: str
    type: str
    planned: bool
    rule: str
    points: str
    shared: tuple[str, ...]
    shown: bool
    words: Passage
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `tellings` begins with the clause shown; `number` is how many there are, `papers` documents."""

    line: EventLine
    last_day: str | None
    number: int
    papers: int
    tellings: tuple[Telling, ...]
    bodies: tuple[NamedBody, ...]
    people: tuple[tuple[str, str], ...]
    others: tuple[Participant, ...]
    links: tuple[Linked, ...]
    topics: tuple[str, ...]
    dissent: tuple[Dissent, ...]


@dataclass(slots=True)
class _Where:
    """Conditions on `event e`, and their values."""

    parts: list[str] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def add(self, part: str, **values: object) -> None:
        self.parts.append(part)
        self.values |= values

    def __str__(self) -> str:
        return " AND ".join(self.parts) or "1"


# Events before our era have no days; their order is that of their years, which count down.
_YEAR = "CASE WHEN e.first_day IS NOT NULL THEN CAST(substr(e.first_day, 1, 4) AS INTEGER)" \
        " WHEN e.date LIKE '-____%' THEN CAST(substr(e.date, 1, 5) AS INTEGER) END"
_ORDER = f"({_YEAR}) IS NULL, {_YEAR}, e.first_day, e.last_day, e.date, e.key"


def timeline_page(base: FactBase, asked: EventsAsked, *, page: int = 1) -> EventsFound:
    """Events that meet every filter, in order of time. Raises Unreadable for a date or name that cannot be read."""
    where = _filters(base.db, asked)
    years = [(row[0], row[1]) for row in base.db.execute(
        f"SELECT {_YEAR} AS year, count(*) FROM event e WHERE {where} GROUP BY year ORDER BY year", where.values)]
    undated = sum(number for year, number in years if year is None)
    total = sum(number for _, number in years)
    parts = [sum(number for year, number in years if year is not None and year <= 0), total - undated, undated]
    parts[1] -= parts[0]
    if asked.year == "none":
        total, parts = undated, [0, 0, undated]
    elif asked.year:
        year = _year(asked.year)
        total = sum(number for one, number in years if one == year)
        parts = [0, total, 0] if year > 0 else [total, 0, 0]
        if year > 0:
            where.add("e.first_day BETWEEN :year_begins AND :year_ends",
                      year_begins=f"{year:04}-01-01", year_ends=f"{year:04}-12-31")
        else:
            where.add(f"({_YEAR}) = :year", year=year)
    rows = _stretch(base.db, where, parts, offset(page))
    return EventsFound(Page(_lines(base.db, rows), total, page), tuple(years), undated)


# Events before our era have no days, and those of no year have none either: each part has an order of its own.
_PARTS = (
    (f"e.first_day IS NULL AND ({_YEAR}) IS NOT NULL", f"{_YEAR}, e.date, e.key"),
    ("e.first_day IS NOT NULL", "e.first_day, e.last_day, e.key"),
    (f"e.first_day IS NULL AND ({_YEAR}) IS NULL", "e.date, e.key"),
)


def _stretch(db: sqlite3.Connection, where: _Where, numbers: Sequence[int], skipped: int) -> list[sqlite3.Row]:
    """A page of events from a place on, through the parts in turn, of which these are the numbers of events."""
    rows: list[sqlite3.Row] = []
    for number, (part, order) in zip(numbers, _PARTS, strict=True):
        if skipped < number and len(rows) < SIZE:
            rows += db.execute(
                f"SELECT e.* FROM event e WHERE {where} AND {part} ORDER BY {order} LIMIT :size OFFSET :skipped",
                {**where.values, "size": SIZE - len(rows), "skipped": skipped},
            )
        skipped = max(0, skipped - number)
    return rows


def _year(asked: str) -> int:
    try:
        year = int(asked)
    except ValueError:
        year = 10_000
    if not -9999 <= year <= 9999:
        raise Unreadable("year", asked)
    return year


def _filters(db: sqlite3.Connection, asked: EventsAsked) -> _Where:
    where = _Where()
    if asked.type == "planned":
        where.add("e.planned")
    elif asked.type:
        where.add("e.event_type = :type", type=asked.type)
    if asked.since:
        where.add("coalesce(e.last_day, e.first_day) >= :since", since=_day(asked.since, 0))
    if asked.until:
        where.add("coalesce(e.first_day, e.last_day) <= :until", until=_day(asked.until, 1))
    for name, find in _KEYS.items():
        if words := getattr(asked, name).strip():
            keys = json.dumps([row[0] for row in find(db, words)])
            where.add(f"e.key IN (SELECT value FROM json_each(:{name}))", **{name: keys})
    return where


def _day(edtf: str, side: int) -> str:
    days = bounds(edtf.strip())
    day = days[side] if days else None
    if day is None:
        raise Unreadable("date", edtf)
    return day.isoformat()


def events_of_person(db: sqlite3.Connection, person: int) -> list[int]:
    """Keys of the events whose clauses name a person, or point at them."""
    rows = db.execute(
        "SELECT x.event FROM person_mention p JOIN event_participant a ON a.fact = p.mention"
        " JOIN event_mention x ON x.mention = a.mention WHERE p.person = ?1"
        " UNION SELECT x.event FROM person_mention p JOIN mention m ON m.key = p.mention"
        " JOIN mention t ON t.document = m.document AND t.kind = 'event' AND t.start <= m.start"
        " AND t.\"end\" >= m.\"end\""
        " JOIN event_mention x ON x.mention = t.key WHERE p.person = ?1", (person,),
    )
    return [row["event"] for row in rows]


def events_of_bodies(db: sqlite3.Connection, bodies: Iterable[int]) -> list[int]:
    """Keys of the events in which one of the bodies takes part."""
    rows = db.execute(
        "SELECT DISTINCT x.event FROM body_mention b JOIN event_mention x ON x.mention = b.mention"
        " WHERE b.body IN (SELECT value FROM json_each(?)) AND b.role = 'participant'", (json.dumps(list(bodies)),),
    )
    return [row["event"] for row in rows]


def _with_person(db: sqlite3.Connection, asked: str) -> Iterable[Sequence[int]]:
    row = db.execute("SELECT key FROM person WHERE id = ?", (asked,)).fetchone()
    if row:
        return [(key,) for key in events_of_person(db, row["key"])]
    return db.execute(
        "SELECT DISTINCT event FROM event_mention WHERE mention IN (SELECT value FROM json_each(?))",
        (json.dumps(facts_naming(db, person=asked)),),
    )


def _with_body(db: sqlite3.Connection, asked: str) -> Iterable[Sequence[int]]:
    exact = [row["key"] for row in db.execute("SELECT key FROM body WHERE id = ?", (asked,))]
    found = exact or keys_named(db, "SELECT key, name FROM body", asked)
    return [(key,) for key in events_of_bodies(db, found)]


def _of_source(db: sqlite3.Connection, asked: str) -> Iterable[Sequence[int]]:
    return db.execute(
        "SELECT DISTINCT x.event FROM document d JOIN mention m ON m.document = d.key AND m.kind = 'event'"
        " JOIN event_mention x ON x.mention = m.key WHERE d.source = ?", (asked,),
    )


def _on_topic(db: sqlite3.Connection, asked: str) -> Iterable[Sequence[int]]:
    """Of the assembled topics with these words, the events of their documents; and events whose own words hold them."""
    words = name_forms(asked)
    if not words:
        raise Unreadable("name", asked)
    keys = keys_named(db, "SELECT key, name FROM topic", asked)
    spelt = dict.fromkeys((index_forms(asked)[1].replace('"', " "), *words))
    match = "quote_folded : (" + " OR ".join(f'"{form}"' for form in spelt) + ")"
    return db.execute(
        "SELECT DISTINCT x.event FROM topic_document t JOIN mention m ON m.document = t.document AND m.kind = 'event'"
        " JOIN event_mention x ON x.mention = m.key WHERE t.topic IN (SELECT value FROM json_each(?))"
        " UNION SELECT x.event FROM mention_search s JOIN event_mention x ON x.mention = s.rowid"
        " WHERE mention_search MATCH ?", (json.dumps(keys), match),
    )


_KEYS: dict[str, Callable[[sqlite3.Connection, str], Iterable[Sequence[int]]]] = {
    "person": _with_person, "body": _with_body, "source": _of_source, "topic": _on_topic,
}


def event_lines(db: sqlite3.Connection, events: Sequence[int], *, most: int | None = None) -> tuple[EventLine, ...]:
    """These events in order of time; with `most` the first so many."""
    rows = db.execute(
        f"SELECT e.* FROM event e WHERE e.key IN (SELECT value FROM json_each(?)) ORDER BY {_ORDER} LIMIT ?",
        (json.dumps(list(events)), -1 if most is None else most),
    ).fetchall()
    return _lines(db, rows)


def _lines(db: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> tuple[EventLine, ...]:
    counts = dict(db.execute(
        "SELECT event, count(*) FROM event_mention WHERE event IN (SELECT value FROM json_each(?)) GROUP BY event",
        (json.dumps([row["key"] for row in rows]),),
    ).fetchall())
    words = passages(db, (row["told_by"] for row in rows))
    return tuple(
        EventLine(
            row["key"], row["id"], row["date"], row["first_day"], row["event_type"], bool(row["planned"]),
            row["sources"], counts.get(row["key"], 0), words[row["told_by"]],
        )
        for row in rows
    )


def event(base: FactBase, identifier: str) -> Event | None:
    """The event of an id with its tellings, the clause shown first and the others by date; None where there is none."""
    db = base.db
    row = db.execute("SELECT * FROM event WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        return None
    told = db.execute(
        "SELECT x.mention, x.rule, x.basis, f.date, f.event_type, f.planned, m.document FROM event_mention x"
        " JOIN event_fact f ON f.mention = x.mention JOIN mention m ON m.key = x.mention"
        " JOIN document d ON d.key = m.document WHERE x.event = ?"
        " ORDER BY x.mention <> ?, coalesce(d.first_day, '~'), d.id, m.start", (row["key"], row["told_by"]),
    ).fetchall()
    words = passages(db, (one["mention"] for one in told[:_TELLINGS]))
    taking_part = _participants(db, [one["mention"] for one in told[:_TELLINGS]])
    tellings = tuple(
        Telling(
            one["date"], one["event_type"], bool(one["planned"]), one["rule"], *_likeness(one["basis"]),
            one["mention"] == row["told_by"], words[one["mention"]], tuple(taking_part[one["mention"]]),
        )
        for one in told[:_TELLINGS]
    )
    keys = [row["key"]]
    others = {(one.kind, one.name): one for telling in tellings for one in telling.participants
              if one.kind in ("decree", "place")}
    return Event(
        _lines(db, [row])[0], row["last_day"], len(told), len({one["document"] for one in told}), tellings,
        tuple(bodies_of(db, keys)[row["key"]]), tuple(_people(db, row["key"])), tuple(others.values()),
        links(db, row["told_by"]), topics(db, row["told_by"]), tuple(dissent_of(db, keys)[row["key"]]),
    )


def _likeness(basis: str | None) -> tuple[str, tuple[str, ...]]:
    """The points, and the names in common: `common +0.7, names +0.9; chi lăng|đà nẵng`."""
    points, _, names = (basis or "").partition("; ")
    return points, tuple(name for name in names.split("|") if name)


def _people(db: sqlite3.Connection, event: int) -> Iterable[tuple[str, str]]:
    """Id and name of those whom its clauses name or point at, by name."""
    rows = db.execute(
        "SELECT p.id, p.name FROM event_mention x JOIN event_participant a ON a.mention = x.mention"
        " AND a.kind = 'official' JOIN person_mention y ON y.mention = a.fact"
        " JOIN person p ON p.key = y.person WHERE x.event = ?1"
        " UNION SELECT p.id, p.name FROM event_mention x JOIN mention t ON t.key = x.mention"
        " JOIN mention m ON m.document = t.document AND m.kind = 'official' AND m.start BETWEEN t.start AND t.\"end\""
        " AND m.\"end\" <= t.\"end\" JOIN person_mention y ON y.mention = m.key JOIN person p ON p.key = y.person"
        " WHERE x.event = ?1 ORDER BY 2, 1", (event,),
    )
    return ((row["id"], row["name"]) for row in rows)


def _participants(db: sqlite3.Connection, mentions: Sequence[int]) -> dict[int, list[Participant]]:
    """Who and what takes part as each clause has it, each once, those that have a page with its id."""
    rows = db.execute(
        "SELECT a.mention, a.kind, a.name, a.pointed_at, coalesce(p.id, e.id, b.id) AS thing FROM event_participant a"
        " LEFT JOIN person_mention y ON y.mention = a.fact LEFT JOIN person p ON p.key = y.person"
        " LEFT JOIN decree_mention z ON z.mention = a.fact LEFT JOIN decree e ON e.key = z.decree"
        " LEFT JOIN body_mention w ON a.kind = 'body' AND w.mention = a.mention AND w.role = 'participant'"
        " AND w.name = a.name AND w.number = 1 LEFT JOIN body b ON b.key = w.body"
        " WHERE a.mention IN (SELECT value FROM json_each(?)) ORDER BY a.mention, a.start",
        (json.dumps(list(mentions)),),
    )
    found: dict[int, dict[tuple[str, str], Participant]] = defaultdict(dict)
    for row in rows:
        found[row["mention"]].setdefault(
            (row["kind"], row["name"]),
            Participant(row["kind"], row["name"], row["thing"], bool(row["pointed_at"])),
        )
    return defaultdict(list, {mention: list(of.values()) for mention, of in found.items()})
