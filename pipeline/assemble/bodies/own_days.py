"""The days of an office where the words around its holder tell another time than that of the document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.assemble.bodies.days import Days
from pipeline.assemble.bodies.reading import Named
from pipeline.assemble.people.names import lived, name_key
from pipeline.assemble.people.years import years_behind

_BEFORE = 200        # characters within which a day stands close before a name
_LOOKS_BACK = 10     # years between a day named close before and the document: it may be either's time
_GROWN = 20          # years of age: nobody holds an office before


def own_days(row: Named, dates: Sequence[tuple[int, str, str]], spoken: Days) -> Days:
    """The years stated behind a name (`2008-2013`), those of a life that ended before the document; where a day long
    past stands close before, all from that day to the document's. None: the words tell no time of their own.

    `dates` are place, first and last day of what the document names.
    """
    if stated := years_behind(row.suffix):
        return f"{stated[0]}-01-01", f"{stated[1]}-12-31"
    life = lived().get(name_key(row.name))
    if life and (spoken is None or spoken[1][:4] > life[1]):
        return f"{int(life[0]) + _GROWN}-01-01", f"{life[1]}-12-31"
    close = dates[bisect_left(dates, (row.start - _BEFORE,)) : bisect_left(dates, (row.start,))]
    near = [(last, first) for _, first, last in close]
    if spoken and near and int(max(near)[0][:4]) + _LOOKS_BACK < int(spoken[0][:4]):
        return max(near)[1], spoken[1]
    return None
