"""One event once, with every clause that tells it.

Two clauses tell the same event when they are of one type, their dates agree and they share a decree or half of
their words, dates and particles aside. With a decree in common one date may be less precise than the other (a year,
and a day in it); without one the dates must be equal and some name in common, where both name anybody. The clause
shown is one that reports the event, before one that only announces it; then the most precise, then the fullest. An
event is planned where no clause reports it.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

import regex

from outputs.factbase.index import index_forms
from outputs.factbase.names import content_id

_SAME_WORDS = 0.5   # share of the shorter clause's words that both have,
_FEWEST = 5         # and how many at least: short clauses agree by chance
_EMPTY = frozenset({  # words that nearly every clause has say nothing about which event it tells
    "ngày", "tháng", "năm", "và", "của", "các", "được", "đã", "tại", "cho", "với", "trong", "là", "có", "một",
    "những", "này", "từ", "đến", "về", "theo", "do", "khi", "sau", "trước",
})
_NAME = regex.compile(r"(?<=[\p{L},;] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)+")  # not where a sentence begins
_FULL_DAY = len("1946-07-19")
_BLOCK = 400        # more clauses than this in one block are compared with their neighbours only
_NEIGHBOURS = 20


@dataclass(frozen=True)
class _Told:
    place: int
    mention: int
    id: str
    source: str
    quote: str
    date: str
    first_day: str
    last_day: str
    event_type: str
    planned: bool
    decrees: frozenset[int]

    @cached_property
    def words(self) -> frozenset[str]:
        """Dates and particles aside."""
        return _words(self.quote)

    @cached_property
    def names(self) -> frozenset[str]:
        """Of people, bodies and places, as far as capitals tell."""
        return frozenset(_NAME.findall(self.quote))


def assemble_events(db: sqlite3.Connection) -> None:
    """Fill `event` and `event_mention`; decrees must have been assembled before.

    In memory are the clauses of one block at a time, and one number for every clause.
    """
    for sql in _TOLD:
        db.execute(sql)
    _mark_groups(db)
    rows = db.execute("SELECT * FROM temp.told ORDER BY first, place")
    for _, group in groupby(rows, key=itemgetter("first")):
        _store(db, list(map(_told, group)))
    for table in ("told", "told_decree"):
        db.execute(f"DROP TABLE temp.{table}")


_TOLD = (
    "DROP TABLE IF EXISTS temp.told",
    "DROP TABLE IF EXISTS temp.told_decree",
    """
    CREATE TEMP TABLE told (
        place INTEGER PRIMARY KEY, first INTEGER, mention INTEGER UNIQUE, id TEXT, source TEXT, quote TEXT,
        date TEXT, first_day TEXT, last_day TEXT, event_type TEXT, planned INTEGER, decrees TEXT DEFAULT ''
    )
    """,
    """
    INSERT INTO temp.told (mention, id, source, quote, date, first_day, last_day, event_type, planned)
    SELECT m.key, m.id, coalesce(d.copy_of, d.id), m.quote, f.date, coalesce(f.first_day, ''),
           coalesce(f.last_day, ''), f.event_type, f.planned
    FROM event_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    ORDER BY d.id, m.start, m.end
    """,
    "CREATE TEMP TABLE told_decree (place INTEGER, decree INTEGER, PRIMARY KEY (place, decree)) WITHOUT ROWID",
    """
    INSERT OR IGNORE INTO temp.told_decree
    SELECT t.place, x.decree FROM temp.told t JOIN mention e ON e.key = t.mention JOIN mention c
    ON c.document = e.document AND c.kind = 'decree' AND c.start >= e.start AND c.start < e."end"
    JOIN decree_mention x ON x.mention = c.key
    """,
    """
    UPDATE temp.told SET decrees = c.found FROM (
        SELECT place, group_concat(decree) AS found FROM temp.told_decree GROUP BY place
    ) c WHERE c.place = told.place
    """,
)


def _told(row: sqlite3.Row) -> _Told:
    return _Told(
        row["place"], row["mention"], row["id"], row["source"], row["quote"], row["date"], row["first_day"],
        row["last_day"], row["event_type"], bool(row["planned"]),
        frozenset(map(int, row["decrees"].split(","))) if row["decrees"] else frozenset(),
    )


def _words(quote: str) -> frozenset[str]:
    found = (word.strip('.,;:()"/') for word in index_forms(quote)[0].split())
    return frozenset(word for word in found if word and not word[0].isdigit()) - _EMPTY


def _mark_groups(db: sqlite3.Connection) -> None:
    """Give each clause the first of those that tell the same event: connected components of such pairs."""
    number = db.execute("SELECT coalesce(max(place), 0) FROM temp.told").fetchone()[0]
    leader = array("q", range(number + 1))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other in _pairs(db):
        mine, yours = find(one.place), find(other.place)
        if mine != yours and _same_event(one, other):
            leader[max(mine, yours)] = min(mine, yours)
    db.executemany(
        "UPDATE temp.told SET first = ? WHERE place = ?", ((find(place), place) for place in range(1, number + 1))
    )


# Pairs worth comparing have one type, and one date or a decree in common. `many` is how many such clauses there are.
_BLOCKS = (
    """
    SELECT *, date AS what, count(*) OVER (PARTITION BY date, event_type) AS many FROM temp.told
    WHERE first_day <> '' ORDER BY date, event_type, place
    """,
    """
    SELECT t.*, x.decree AS what, count(*) OVER (PARTITION BY x.decree, t.event_type) AS many
    FROM temp.told_decree x JOIN temp.told t ON t.place = x.place ORDER BY x.decree, t.event_type, t.place
    """,
)


def _pairs(db: sqlite3.Connection) -> Iterator[tuple[_Told, _Told]]:
    for sql in _BLOCKS:
        for _, block in groupby(db.execute(sql), key=itemgetter("what", "event_type")):
            before: deque[_Told] = deque()
            for row in block:
                if row["many"] == 1:
                    continue
                one = _told(row)
                for other in before:
                    yield other, one
                before.append(one)
                if row["many"] > _BLOCK and len(before) > _NEIGHBOURS:
                    before.popleft()


def _same_event(one: _Told, other: _Told) -> bool:
    if one.event_type != other.event_type or not _dates_agree(one, other):
        return False
    if one.decrees and other.decrees:
        return bool(one.decrees & other.decrees)
    if one.names and other.names and not one.names & other.names:
        return False  # the same is told of different people, bodies or places
    needed = max(_FEWEST, _SAME_WORDS * min(len(one.words), len(other.words)))
    return one.date == other.date and len(one.words & other.words) >= needed


def _dates_agree(one: _Told, other: _Told) -> bool:
    """Equal, or one lies within the other: `năm 1993` and `tháng 7/1993`."""
    if not (one.first_day and other.first_day):
        return one.date == other.date
    return _within(one, other) or _within(other, one)


def _within(inner: _Told, outer: _Told) -> bool:
    return outer.first_day <= inner.first_day and inner.last_day <= outer.last_day


def _shown_first(told: _Told) -> tuple[bool, bool, int, str]:
    """A report before an announcement, a full day before less, then the fullest words."""
    return told.planned, len(told.date) < _FULL_DAY or "X" in told.date, -len(told.words), told.quote


def _store(db: sqlite3.Connection, group: list[_Told]) -> None:
    shown = min(group, key=_shown_first) if len(group) > 1 else group[0]
    sources = len({item.source for item in group})  # a copy is no second source
    cursor = db.execute(
        "INSERT INTO event (id, date, first_day, last_day, event_type, planned, told_by, sources)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            content_id("event", shown.date, shown.event_type, *sorted(item.id for item in group)),
            shown.date, shown.first_day or None, shown.last_day or None, shown.event_type,
            int(all(item.planned for item in group)), shown.mention, sources,
        ),
    )
    db.executemany(
        "INSERT INTO event_mention (event, mention) VALUES (?, ?)",
        [(cursor.lastrowid, item.mention) for item in group],
    )
