"""What a history tells: events weighed, the heaviest kept, and cut into periods (`outputs/data/history_weights.tsv`).

An event weighs its type, the heaviest type of document named in it, the words found in it and its own points (on the
topic in its own words, further sources, a full date). Periods break at the heaviest events, planned ones aside, that
found, issue or bring into force, each at least `period gap` years after the one before; where there is none, at
decades.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from corpus.shadow import lower, shadow
from outputs.timeline import Entry
from outputs.topic import Topic
from outputs.words import rows

_MOST_SOURCES = 3
_OPENING_TYPES = ("founding", "issuance", "effect")


def weight(group: str, name: str) -> float:
    """A value of the table of weights; 0 for a name it does not list."""
    return _group(group).get(name, 0.0)


@cache
def _group(group: str) -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in rows("history_weights") if row["group"] == group}


def limit(name: str) -> int:
    """A limit of the table of weights."""
    return int(weight("limit", name))


def weigh(entry: Entry, topic: Topic | None) -> float:
    """How much an event matters."""
    said = lower(shadow(entry.quote))
    points = weight("type", entry.type)
    points += max((_document_weight(lower(shadow(decree.quote))) for decree in entry.decrees), default=0.0)
    points += sum(value for words, value in _group("words").items() if words in said)
    points += weight("own", "source") * min(entry.sources - 1, _MOST_SOURCES)
    points += weight("own", "day") * (entry.first_day is not None and entry.first_day == entry.last_day)
    if topic is not None and (entry.quote in topic or any((decree.title or "") in topic for decree in entry.decrees)):
        points += weight("own", "topic")
    return points


def _document_weight(decree: str) -> float:
    return max((value for name, value in _group("document").items() if decree.startswith(name)), default=0.0)


@dataclass(frozen=True, slots=True)
class Period:
    """Milestones from one break to the next. `opening` is the event at the break, None before the first."""

    year: int
    opening: Entry | None
    entries: tuple[Entry, ...]
    decade: bool = False


def milestones(entries: Iterable[Entry], topic: Topic | None) -> list[Entry]:
    """The heaviest dated events, in order of time."""
    dated = [entry for entry in entries if entry.first_day]
    weighed = sorted(((-weigh(entry, topic), at) for at, entry in enumerate(dated)))
    kept = sorted(at for points, at in weighed[: limit("milestones")] if -points >= limit("weight"))
    return [dated[at] for at in kept]


def periods(entries: Sequence[Entry], topic: Topic | None) -> list[Period]:
    """The milestones by period."""
    breaks = _breaks(entries, topic)
    if not breaks:
        decades = groupby(entries, key=lambda entry: int(entry.year or 0) // 10 * 10)
        return [Period(decade, None, tuple(group), decade=True) for decade, group in decades]
    starts = [0, *(entries.index(entry) for entry in breaks), len(entries)]
    heads = [None, *breaks]
    cut = [(head, tuple(entries[a:b])) for head, a, b in zip(heads, starts, starts[1:], strict=False) if a < b]
    return [Period(int((head or told[0]).year or 0), head, told) for head, told in cut]


def _breaks(entries: Sequence[Entry], topic: Topic | None) -> list[Entry]:
    """The heaviest opening events, far enough apart, in order of time."""
    least = weight("period", "weight")
    opening = [entry for entry in entries if entry.type in _OPENING_TYPES and not entry.planned]
    heavy = [entry for entry in opening if weigh(entry, topic) >= least]
    chosen: list[Entry] = []
    for entry in sorted(heavy, key=lambda entry: (-weigh(entry, topic), entry.first_day or "")):
        apart = all(abs(int(entry.year or 0) - int(other.year or 0)) >= weight("period", "gap") for other in chosen)
        if apart and len(chosen) < weight("period", "count"):
            chosen.append(entry)
    return sorted(chosen, key=lambda entry: entry.first_day or "")


def metric_weight(metric: str) -> float:
    """How much a figure matters by what it measures."""
    said = lower(shadow(metric))
    return sum(value for words, value in _group("metric").items() if words in said)
