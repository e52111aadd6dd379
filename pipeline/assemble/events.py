"""One event once, with every clause that tells it.

Two clauses tell the same event when they are of one type, their dates agree and they share a decree or half of
their words, dates and particles aside. With a decree in common one date may be less precise than the other (a year,
and a day in it); without one the dates must be equal and some name in common, where both name anybody. The clause
shown is one that reports the event, before one that only announces it; then the most precise, then the fullest. An
event is planned where no clause reports it.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

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


@dataclass(frozen=True, slots=True)
class _Told:
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
    words: frozenset[str]
    names: frozenset[str]


def assemble_events(db: sqlite3.Connection) -> None:
    """Fill `event` and `event_mention`; decrees must have been assembled before."""
    told = list(_told(db))
    for group in _groups(told):
        _store(db, group)


def _told(db: sqlite3.Connection) -> Iterator[_Told]:
    decrees: dict[int, set[int]] = defaultdict(set)
    for row in db.execute(
        "SELECT e.key, x.decree FROM mention e JOIN mention c "
        "ON c.document = e.document AND c.start >= e.start AND c.start < e.end AND c.kind = 'decree' "
        "JOIN decree_mention x ON x.mention = c.key WHERE e.kind = 'event'"
    ):
        decrees[row["key"]].add(row["decree"])
    for row in db.execute(
        "SELECT m.key, m.id, coalesce(d.copy_of, d.id) AS source, m.quote, "
        "f.date, f.first_day, f.last_day, f.event_type, f.planned "
        "FROM event_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document "
        "ORDER BY d.id, m.start, m.end"
    ):
        yield _Told(
            row["key"], row["id"], row["source"], row["quote"], row["date"], row["first_day"] or "",
            row["last_day"] or "", row["event_type"], bool(row["planned"]), frozenset(decrees[row["key"]]),
            _words(row["quote"]), frozenset(_NAME.findall(row["quote"])),
        )


def _words(quote: str) -> frozenset[str]:
    found = (word.strip('.,;:()"/') for word in index_forms(quote)[0].split())
    return frozenset(word for word in found if word and not word[0].isdigit()) - _EMPTY


def _groups(told: list[_Told]) -> list[list[_Told]]:
    """Connected components of the pairs that tell the same event."""
    leader = list(range(len(told)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other in _pairs(told):
        if find(one) != find(other) and _same_event(told[one], told[other]):
            leader[find(other)] = find(one)
    groups: dict[int, list[_Told]] = defaultdict(list)
    for place, item in enumerate(told):
        groups[find(place)].append(item)
    return list(groups.values())


def _pairs(told: list[_Told]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: same first day, or same decree."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, item in enumerate(told):
        if item.first_day:
            blocks["day", item.first_day].append(place)
        for decree in item.decrees:
            blocks["decree", decree, item.event_type].append(place)
    for block in blocks.values():
        if len(block) <= _BLOCK:
            yield from combinations(block, 2)
        else:
            yield from _neighbours(block)


def _neighbours(block: list[int]) -> Iterable[tuple[int, int]]:
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + _BLOCK // 20]:
            yield one, other


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
    shown = min(group, key=_shown_first)
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
