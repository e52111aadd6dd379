"""What one holder of an office tells of another: who was in it before or after, and two in it on one day."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter

from pipeline.assemble.people.names import differs_by_a_slip, name_key
from pipeline.assemble.people.terms import Bound, span_of

_HOLDERS = """
    SELECT h.office, o.key, o.person, p.name, s.date AS first, s.mention AS first_mention, e.date AS last,
           e.mention AS last_mention,
           (SELECT min(k.date) FROM occupancy_bound k
             WHERE k.occupancy = o.key AND k.side = 'start' AND k.kind = 'known') AS began,
           (SELECT min(k.date) FROM occupancy_bound k
             WHERE k.occupancy = o.key AND k.side = 'end' AND k.kind = 'known') AS ended
      FROM temp.holder h JOIN occupancy o ON o.key = h.occupancy JOIN person p ON p.key = o.person
      JOIN occupancy_bound s ON s.occupancy = o.key AND s.side = 'start' AND s.kind = 'attested'
      JOIN occupancy_bound e ON e.occupancy = o.key AND e.side = 'end' AND e.kind = 'attested'
     ORDER BY h.office, s.date, e.date, o.id
"""


_TERMS = 15     # years: a holder so much later bounds nothing that is worth telling


@dataclass(frozen=True, slots=True)
class _Holder:
    occupancy: int
    person: int
    name: str
    first: str
    first_mention: int
    last: str
    last_mention: int
    began: str | None
    ended: str | None

    @property
    def year(self) -> int:
        return int(self.first[:4])


def assemble_holders(db: sqlite3.Connection) -> None:
    """Bounds that follow from the next and the last holder of an office with one holder, and two holders on one day."""
    # The rows are sorted before the first is given, so that those of offices may change meanwhile.
    for _, rows in groupby(db.execute(_HOLDERS), key=itemgetter("office")):
        holders = [_Holder(*tuple(row)[1:]) for row in rows]
        if len({holder.person for holder in holders}) > 1:
            _compare(db, holders)


def _compare(db: sqlite3.Connection, holders: Sequence[_Holder]) -> None:
    """Holders in order of their first day. Where two share a day nothing follows from either."""
    doubtful: set[int] = set()
    reach: _Holder | None = None
    for holder in holders:
        handed_over = reach is not None and holder.first == reach.last and reach.last in (holder.began, reach.ended)
        if reach and reach.person != holder.person and holder.first <= reach.last and not handed_over:
            doubtful |= {reach.occupancy, holder.occupancy}
            _flag(db, reach, holder)
        if reach is None or holder.last > reach.last:
            reach = holder
    sure = [holder for holder in holders if holder.occupancy not in doubtful]
    for one, other in pairwise(sure):
        between = any(one.last < holder.first < other.first for holder in holders if holder.occupancy in doubtful)
        if one.person == other.person or between or _alike(one, other):
            continue
        if other.year - int(one.last[:4]) <= _TERMS:
            _bound(db, one.occupancy, Bound("end", "limit", other.first, "next holder", other.first_mention))
            _bound(db, other.occupancy, Bound("start", "limit", one.last, "last holder", one.last_mention))


def _alike(one: _Holder, other: _Holder) -> bool:
    """Whether two names may be one person's: a slip, or one is the end of the other."""
    mine, yours = name_key(one.name), name_key(other.name)
    return differs_by_a_slip(mine, yours) or mine.endswith(f" {yours}") or yours.endswith(f" {mine}")


def _flag(db: sqlite3.Connection, one: _Holder, other: _Holder) -> None:
    if _alike(one, other):
        return
    db.execute(
        "INSERT INTO person_flag (person, flag, other, reason, mention, other_mention)"
        " VALUES (?, 'two holders', ?, 'one office on one day', ?, ?)",
        (one.person, other.person, one.last_mention, other.first_mention),
    )


def _bound(db: sqlite3.Connection, occupancy: int, bound: Bound) -> None:
    db.execute(
        "INSERT OR IGNORE INTO occupancy_bound (occupancy, side, kind, date, rule, mention) VALUES (?, ?, ?, ?, ?, ?)",
        (occupancy, bound.side, bound.kind, bound.date, bound.rule, bound.mention),
    )
    rows = db.execute("SELECT side, kind, date, rule, mention FROM occupancy_bound WHERE occupancy = ?", (occupancy,))
    start, end = span_of([Bound(*row) for row in rows])
    db.execute('UPDATE occupancy SET start = ?, "end" = ? WHERE key = ?', (start, end, occupancy))
