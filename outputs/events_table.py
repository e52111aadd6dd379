"""The events of a fact base, each once: how many sources tell it, every clause that does, and why it belongs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from outputs.factbase import FactBase
from outputs.timeline import Entry, timeline


@dataclass(frozen=True, slots=True)
class EventTelling:
    """A clause that tells an event, in its place.

    `rule` and `basis` say why it belongs: `centre` is the clause that the others agree with (docs/events.md).
    """

    document: str
    place: str
    start: int
    end: int
    quote: str
    date: str
    planned: bool
    rule: str
    basis: str | None


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event by the clause that tells it best. `sources` counts documents that tell it independently."""

    id: str
    date: str
    type: str
    label: str
    planned: bool
    quote: str
    document: str
    place: str
    start: int
    sources: int
    tellings: tuple[EventTelling, ...]


def events(
    base: FactBase, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    types: Collection[str] = (), sources: int = 1,
) -> list[ListedEvent]:
    """The events in order of time; on a topic, between two dates (both included, EDTF), of these types, told by at
    least so many sources. `tellings` begins with the clause shown. Raises QuestionError as the timeline does.
    """
    entries = [
        entry for entry in timeline(base, topic=topic, since=since, until=until).entries
        if entry.sources >= sources and (not types or entry.type in types)
    ]
    return list(_listed(base, entries))


def _listed(base: FactBase, entries: list[Entry]) -> Iterator[ListedEvent]:
    wanted = json.dumps([telling.id for entry in entries for telling in entry.tellings])
    why = {
        row["id"]: row for row in base.db.execute(
            "SELECT m.id, f.date, f.planned, x.rule, x.basis FROM mention m JOIN event_mention x ON x.mention = m.key"
            " JOIN event_fact f ON f.mention = m.key WHERE m.id IN (SELECT value FROM json_each(?))", (wanted,)
        )
    }
    for entry in entries:
        told = tuple(
            EventTelling(
                one.document_id, one.place, one.start, one.end, " ".join(one.quote.split()), why[one.id]["date"],
                bool(why[one.id]["planned"]), why[one.id]["rule"], why[one.id]["basis"],
            )
            for one in entry.tellings
        )
        first = told[0]
        yield ListedEvent(
            entry.id, entry.date, entry.type, entry.label, entry.planned, first.quote, first.document, first.place,
            first.start, entry.sources, told,
        )
