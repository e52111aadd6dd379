"""The events on a subject: all of them as they are weighed, and of those told every place that tells them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from outputs.history.work import Work
from outputs.passages import WINDOW, around

UNDATED = "9999"  # sorts events whose year no source states after all others


@dataclass(frozen=True, slots=True)
class Telling:
    """One place that tells an event: its words and their sentence. `document` is a row number."""

    document: int
    quote: str
    before: str
    after: str
    start: int
    end: int
    document_id: str
    title: str
    asked: bool    # the words themselves belong to the subject


@dataclass(frozen=True, slots=True)
class NamedDecree:
    """A decree named inside the telling clause."""

    id: str
    quote: str
    title: str | None


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: `quote` is its clause as most fit to show, `authority` that of the best source that tells it.

    `tellings` are empty until `told` reads them. A decree that only its deed dates is a happening too.
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
    tellings: tuple[Telling, ...] = ()

    @property
    def year(self) -> str | None:
        """The year in which it began; None where no source states one."""
        return self.first_day[:4] if self.first_day else None


_EVENTS = """
    SELECT e.key, e.id, e.date, e.first_day, e.last_day, e.event_type, e.planned, e.sources, e.told_by, t.quote
    FROM event e JOIN mention t ON t.key = e.told_by JOIN document d ON d.key = t.document
    WHERE e.key IN (SELECT x.event FROM event_mention x JOIN mention m ON m.key = x.mention WHERE {asked})
    ORDER BY coalesce(e.first_day, '9999'), e.last_day, d.id, t.start, e.id
"""


def happenings(work: Work) -> list[Happening]:
    """Every event of the subject within the span asked for, in order of time."""
    rows = [row for row in work.select(_EVENTS) if work.within(row["first_day"], row["last_day"])]
    decrees = _decrees(work, [row["told_by"] for row in rows])
    authority = _authority(work, [row["key"] for row in rows])
    return [
        Happening(
            row["id"], row["key"], row["date"], row["first_day"], row["last_day"], row["event_type"], row["sources"],
            row["quote"], tuple(decrees[row["told_by"]]), bool(row["planned"]), authority.get(row["key"], 0.0),
        )
        for row in rows
    ]


def _decrees(work: Work, mentions: Sequence[int]) -> dict[int, list[NamedDecree]]:
    rows = work.db.execute(
        "SELECT t.key AS told_by, r.id, m.quote, r.title FROM json_each(?) j JOIN mention t ON t.key = j.value"
        " JOIN mention m ON m.document = t.document AND m.kind = 'decree' AND m.start >= t.start"
        ' AND m."end" <= t."end" JOIN decree_mention x ON x.mention = m.key JOIN decree r ON r.key = x.decree'
        " ORDER BY t.key, m.start", (json.dumps(mentions),),
    )
    named: dict[int, dict[str, NamedDecree]] = defaultdict(dict)
    for row in rows:
        named[row["told_by"]].setdefault(row["id"], NamedDecree(row["id"], row["quote"], row["title"]))
    return defaultdict(list, {key: list(decrees.values()) for key, decrees in named.items()})


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
    tellings: dict[int, list[Telling]] = defaultdict(list)
    asked = {row["key"] for row in work.select(
        "SELECT m.key FROM event_mention x JOIN mention m ON m.key = x.mention"
        " WHERE x.event IN (SELECT value FROM json_each(:events)) AND {asked}", events=json.dumps(waiting),
    )}
    for row in work.db.execute(
        f'SELECT x.event, m.key, m.document, m.quote, m.start, m."end", {WINDOW}, d.id AS document_id, d.title'
        " FROM event_mention x JOIN event e ON e.key = x.event JOIN mention m ON m.key = x.mention"
        " JOIN document d ON d.key = m.document WHERE x.event IN (SELECT value FROM json_each(?))"
        f" ORDER BY x.event, m.key <> e.told_by, coalesce(d.first_day, '{UNDATED}'), d.id, m.start",
        (json.dumps(waiting),),
    ):
        before, after = around(row["before_text"], row["quote"], row["after_text"])
        tellings[row["event"]].append(Telling(
            row["document"], row["quote"], before, after, row["start"], row["end"], row["document_id"],
            row["title"] or row["document_id"], row["key"] in asked,
        ))
    return [
        one if one.tellings or one.key is None else replace(one, tellings=tuple(tellings[one.key])) for one in events
    ]
