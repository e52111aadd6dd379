"""One event once, with every clause that tells it and why it belongs (docs/events.md).

    reading   each clause read once: its words, names, places, counts
    rarity    how much a word says
    rule      whether two clauses tell one event
    groups    which clauses hang together, each group around its centre
    telling   which clause is shown, and how many sources there are
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from outputs.factbase.names import content_id
from pipeline.assemble.events.groups import centred, mark_groups
from pipeline.assemble.events.model import Clause
from pipeline.assemble.events.reading import CLAUSE, Reading
from pipeline.assemble.events.rule import Likeness
from pipeline.assemble.events.telling import Telling, independent, telling

_AT_A_TIME = 2000   # clauses in words of their own of one group
_STORED = 500       # events stored at a time

Basis = tuple[str, str | None]   # the rule, and what it goes by in words
_Made = tuple[list[Telling], dict[int, Basis], int]   # tellings of an event, why each belongs, independent sources


def assemble_events(db: sqlite3.Connection) -> None:
    """Fill `event` and `event_mention`; decrees must have been assembled before.

    In memory are counts of words, a number for every clause, some documents and the clauses of one group.
    """
    reading = Reading(db)
    mark_groups(db, reading)
    rows = db.execute(f"SELECT * FROM ({CLAUSE}) ORDER BY first, twin, place")
    made = enumerate((
        one for _, group in groupby(rows, key=itemgetter("first"))
        for tellings, clauses in _parts(group, reading) for one in _made_of(tellings, clauses, reading)
    ), 1)
    while some := list(islice(made, _STORED)):
        _store(db, some)
    reading.close()


def _parts(group: Iterable[sqlite3.Row], reading: Reading) -> Iterator[tuple[list[Telling], list[Clause]]]:
    """All tellings of a group with its clauses in words of their own, so many at a time."""
    same = groupby(group, key=itemgetter("twin"))
    while part := [list(rows) for _, rows in islice(same, _AT_A_TIME)]:
        firsts = [rows[0] for rows in part]
        clauses = [reading.clause(row) for row in firsts] if len(part) > 1 or len(part[0]) > 1 else []
        yield [telling(row) for rows in part for row in rows], clauses


def _made_of(tellings: list[Telling], clauses: list[Clause], reading: Reading) -> Iterator[_Made]:
    if len(tellings) == 1:
        yield tellings, {tellings[0].mention: ("alone", None)}, 1
        return
    of = {twin: list(same) for twin, same in groupby(tellings, key=lambda one: one.twin)}
    for centre, around in centred(clauses, reading):
        basis: dict[int, Basis] = {}
        for clause, why in [(centre, None), *around]:
            for one in of[clause.place]:
                quoted = why is None and one.place != clause.place   # the centre, told by another word for word
                basis[one.mention] = ("word for word", None) if quoted else _basis(centre, clause, why)
        mine = [one for clause, _ in [(centre, None), *around] for one in of[clause.place]]
        words = {clause.place: clause.words for clause in [centre, *(clause for clause, _ in around)]}
        yield mine, basis, independent(mine, words)


def _basis(centre: Clause, clause: Clause, why: Likeness | None) -> Basis:
    if why is None:
        return "centre", None
    if why.rule != "likeness":
        return why.rule, None
    points = ", ".join(f"{name} {value:+.1f}" for name, value in why.points.items() if round(value, 1))
    names = sorted(centre.names.keys() & clause.names.keys(), key=lambda name: (-len(name), name))[:3]
    return why.rule, f"{points}; {'|'.join(names)}" if names else points


def _store(db: sqlite3.Connection, made: list[tuple[int, _Made]]) -> None:
    """Events with their keys."""
    events: list[tuple[object, ...]] = []
    mentions: list[tuple[object, ...]] = []
    for key, (group, basis, sources) in made:
        shown = min(group, key=lambda one: one.worth) if len(group) > 1 else group[0]
        if len(group) == 1:
            basis = {shown.mention: ("alone", None)}
        events.append((
            key, content_id("event", shown.date, shown.event_type, *sorted(one.id for one in group)),
            shown.date, shown.first_day or None, shown.last_day or None, shown.event_type,
            int(all(one.planned for one in group)), shown.mention, sources,
        ))
        mentions.extend((key, one.mention, *basis[one.mention]) for one in group)
    db.executemany(
        "INSERT INTO event (key, id, date, first_day, last_day, event_type, planned, told_by, sources)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", events,
    )
    db.executemany("INSERT INTO event_mention (event, mention, rule, basis) VALUES (?, ?, ?, ?)", mentions)
