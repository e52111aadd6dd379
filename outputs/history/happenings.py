"""The events on a subject: all of them as they are weighed, and of those told every place that tells them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from outputs.history.work import Work
from outputs.tellings import NamedDecree, Telling, named_decrees, tellings


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: `quote` is its clause as most fit to show, `authority` that of the best source that tells it.

    `tellings` are empty until `told` reads them; `asked` are those whose own words belong to the
    subject. A decree that only its deed dates is a happening too.
    """

    id: str
    key: int | None
    date: str
    first_day: str | None
    last_day: str | None
    type: str
    sources: int
    quote: str
    decrees: tuple[NamedDecree, ...]
    planned: bool
    authority: float
    title: str = ""     # of the document that tells it
    tellings: tuple[Telling, ...] = ()
    asked: frozenset[str] = frozenset()

    @property
    def year(self) -> str | None:
        """The year in which it began; None where no source states one."""
        return self.first_day[:4] if self.first_day else None


_EVENTS = """
    SELECT e.key, e.id, e.date, e.first_day, e.last_day, e.event_type, e.planned, e.sources, e.told_by, t.quote,
           d.title
    FROM event e JOIN mention t ON t.key = e.told_by JOIN document d ON d.key = t.document
    WHERE e.key IN (SELECT x.event FROM event_mention x JOIN mention m ON m.key = x.mention WHERE {asked})
    ORDER BY coalesce(e.first_day, '9999'), e.last_day, d.id, t.start, e.id
"""


def happenings(work: Work) -> list[Happening]:
    """Every event of the subject within the span asked for, in order of time."""
    rows = [row for row in work.select(_EVENTS) if work.within(row["first_day"], row["last_day"])]
    decrees = named_decrees(work.db, [row["told_by"] for row in rows])
    authority = _authority(work, [row["key"] for row in rows])
    return [
        Happening(
            row["id"], row["key"], row["date"], row["first_day"], row["last_day"], row["event_type"], row["sources"],
            row["quote"], tuple(decrees[row["told_by"]]), bool(row["planned"]), authority.get(row["key"], 0.0),
            row["title"] or "",
        )
        for row in rows
    ]


def _authority(work: Work, events: Sequence[int]) -> dict[int, float]:
    """Of each event that of the best source that tells it."""
    rows = work.db.execute(
        "SELECT DISTINCT x.event, d.kind, d.source, d.url FROM json_each(?) j"
        " JOIN event_mention x ON x.event = j.value JOIN mention m ON m.key = x.mention"
        " JOIN document d ON d.key = m.document", (json.dumps(events),),
    )
    best: dict[int, float] = {}
    for row in rows:
        points = work.weights.authority(row["kind"], row["source"], row["url"])
        best[row["event"]] = max(points, best.get(row["event"], points))
    return best


def told(work: Work, chosen: Iterable[Happening]) -> list[Happening]:
    """The same events with the places that tell them: the one shown first, the others by date and place."""
    events = list(chosen)
    waiting = [one.key for one in events if not one.tellings and one.key is not None]
    asked = frozenset(row["id"] for row in work.select(
        "SELECT m.id FROM event_mention x JOIN mention m ON m.key = x.mention"
        " WHERE x.event IN (SELECT value FROM json_each(:events)) AND {asked}", events=json.dumps(waiting),
    ))
    places = tellings(work.db, waiting)
    return [
        one if one.tellings or one.key is None else replace(one, tellings=tuple(places[one.key]), asked=asked)
        for one in events
    ]
