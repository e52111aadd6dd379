"""How much an event matters, by the table of weights that histories use (`outputs/data/history_weights.tsv`).

An event weighs its type, the heaviest type of document named in it, the words found in it, the authority of the best
source that tells it where the table lists it, further sources, a full date, and the topic in its own words.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from corpus.shadow import lower, shadow
from outputs.timeline.build import Entry, Telling
from outputs.topic import Topic
from outputs.words import rows

_MOST_SOURCES = 3   # further ones that count


@cache
def _group(group: str) -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in rows("history_weights") if row["group"] == group}


def weigh(entry: Entry, topic: Topic | None = None) -> float:
    """The weight of an event."""
    said, own = lower(shadow(entry.quote)), _group("own")
    points = _group("type").get(entry.type, 0.0)
    points += max((_document(lower(shadow(decree.quote))) for decree in entry.decrees), default=0.0)
    points += sum(value for words, value in _group("words").items() if words in said)
    points += max(_authority(telling) for telling in entry.tellings)
    points += own.get("source", 0.0) * min(entry.sources - 1, _MOST_SOURCES)
    points += own.get("day", 0.0) * (entry.first_day is not None and entry.first_day == entry.last_day)
    if topic is not None and (entry.quote in topic or any((decree.title or "") in topic for decree in entry.decrees)):
        points += own.get("topic", 0.0)
    return points


def _document(decree: str) -> float:
    """The value of the longest name of a type that its words begin with."""
    found = [(len(name), value) for name, value in _group("document").items() if f"{decree} ".startswith(f"{name} ")]
    return max(found, default=(0, 0.0))[1]


def _authority(telling: Telling) -> float:
    """Of a document: the value of its source or domain where the table lists it, else of its kind."""
    values = _group("authority")
    host = (urlsplit(telling.url).hostname or "") if telling.url else ""
    for name, value in values.items():
        if host == name or host.endswith(f".{name}") or (telling.source or "").lower() == name:
            return value
    return values.get(telling.kind, 0.0)
