"""Which clauses tell one event: pairs are looked for under their rarest words, and every group agrees with its centre.

Pairs alone could chain: the first with the second, the second with the third, and the ends on different events. So of
clauses that hang together one is the centre, the one that has most of what the others say; those that are one event
with it, and that nothing in the group forbids, belong to it, and the rest are looked at again.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice
from math import fsum
from operator import itemgetter

from pipeline.assemble.events.dates import dates_agree
from pipeline.assemble.events.model import Clause, Dated
from pipeline.assemble.events.reading import Reading
from pipeline.assemble.events.rule import Likeness, same_event
from pipeline.assemble.events.signs import forbidden, word_for_word

_FEW = 40           # clauses under one key that are all compared with each other; of more, each with those before it
_NEIGHBOURS = 6
_SEEN = 1 << 18     # pairs that are not compared again under another key
_AT_A_TIME = 2000   # clauses of one group that are compared with its centre
_LOOKED_AT = 30     # of a group, whether one of them forbids another
_LOOKS = 200_000    # comparisons with centres in one group
_MONTH = len("1946-07")

Centred = tuple[Clause, list[tuple[Clause, Likeness]]]   # the centre of an event and what belongs to it, with why

# Under each key, the clauses in order of days.
_KEYS = """
    SELECT event_type, key, place, date, first_day, last_day FROM temp.told_key
    ORDER BY event_type, key, first_day, place
"""


def mark_groups(db: sqlite3.Connection, reading: Reading) -> None:
    """Give each clause the first of those that hang together with it (`told.first`). 8 bytes a clause in memory."""
    number = db.execute("SELECT coalesce(max(place), 0) FROM temp.told").fetchone()[0]
    leader = array("q", range(number + 1))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other in pairs(db):
        mine, yours = find(one), find(other)
        if mine != yours and same_event(reading.clause_at(one), reading.clause_at(other), reading.page):
            leader[max(mine, yours)] = min(mine, yours)
    for place, twin in db.execute("SELECT place, twin FROM temp.told WHERE twin <> place ORDER BY place"):
        mine, yours = find(place), find(twin)
        leader[max(mine, yours)] = min(mine, yours)
    db.executemany(
        "UPDATE temp.told SET first = ? WHERE place = ?", ((find(place), place) for place in range(1, number + 1))
    )


def pairs(db: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Places worth comparing: of one type, with a rare word or an act in common, and dates that agree."""
    seen: set[tuple[int, int]] = set()
    keys = db.cursor()
    keys.row_factory = None   # plain tuples: there are ten of a clause
    for (event_type, _), under in groupby(keys.execute(_KEYS), key=itemgetter(0, 1)):
        few = list(islice(under, _FEW + 1))
        if len(few) > 1:
            most = _NEIGHBOURS if len(few) > _FEW else _FEW
            dated = (Dated(*row[2:]) for row in chain(few, under))
            for pair in _neighbours(dated, most, lasting=event_type == "meeting"):
                if pair not in seen:
                    yield pair
                    seen.add(pair)
                    if len(seen) > _SEEN:
                        seen.clear()


def _neighbours(clauses: Iterable[Dated], most: int, *, lasting: bool) -> Iterator[tuple[int, int]]:
    """Each with so many before it whose dates agree; unless `lasting`, one that ended before is looked at no more."""
    before: deque[tuple[int, Dated]] = deque()   # with its number; they begin no later
    for number, one in enumerate(clauses):
        while before and before[0][0] < number - most:
            before.popleft()
        _, date, first_day, last_day = one
        month, over = first_day[:_MONTH], False
        close = first_day[_MONTH:] == "-01" or last_day < first_day   # to a day of another month
        for _, other in before:
            ended = other.last_day < first_day
            if ended and not lasting:
                over = True
            elif other.date == date:
                yield other.place, one.place
            elif ended and not close and other.first_day <= other.last_day and other.last_day[:_MONTH] != month:
                pass   # more than a day apart
            elif dates_agree(other, one) is not None:
                yield other.place, one.place
        if over:
            before = deque(one for one in before if one[1].last_day >= first_day)
        before.append((number, one))


def centred(clauses: Sequence[Clause], reading: Reading) -> Iterator[Centred]:
    """The events of clauses that hang together."""
    for start in range(0, len(clauses), _AT_A_TIME):
        left = list(clauses[start : start + _AT_A_TIME])
        looks = _LOOKS
        while left:
            centre = _centre(left) if looks > 0 else left[0]
            mine = _around(centre, left, reading) if looks > 0 else []
            looks -= len(left)
            yield centre, mine
            gone = {centre.place, *(clause.place for clause, _ in mine)}
            left = [clause for clause in left if clause.place not in gone]


def _centre(clauses: Sequence[Clause]) -> Clause:
    """The one that says most of what the others say too, the first of equals."""
    if len(clauses) == 1:
        return clauses[0]
    shared = Counter(word for clause in clauses for word in clause.words)
    return max(
        clauses,
        key=lambda clause: (fsum(weight * (shared[word] - 1) for word, weight in clause.words.items()), -clause.place),
    )


def _around(centre: Clause, clauses: Sequence[Clause], reading: Reading) -> list[tuple[Clause, Likeness]]:
    found = [
        (clause, why) for clause in clauses
        if clause is not centre and (why := same_event(centre, clause, reading.page))
    ]
    found.sort(key=lambda one: (one[1].rule == "likeness", -one[1].sum, one[0].place))
    kept: list[tuple[Clause, Likeness]] = []
    for clause, why in found:
        if not any(_apart(clause, other, reading) for other, _ in kept[:_LOOKED_AT]):
            kept.append((clause, why))
    return kept


def _apart(one: Clause, other: Clause, reading: Reading) -> bool:
    """Two that cannot both belong to one event, though both agree with its centre."""
    if forbidden(one, other) or dates_agree(one, other) is None:
        return True
    return one.document == other.document and not word_for_word(one, other) and not same_event(one, other, reading.page)
