"""What a history tells: events weighed, the heaviest kept, and cut into periods (`outputs/data/history_weights.tsv`).

An event weighs its type, the heaviest type of document named in it, the words found in it, the authority of the best
source that tells it, how round its age is in the year of the anniversary, and its own points (on the topic in its own
words, further sources, a full date). Periods break at the heaviest events, planned ones aside, that found, issue or
bring into force, each at least `period gap` years after the one before; where there is none, at decades.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from corpus.shadow import lower, shadow
from outputs.history.clauses import pronoun_subject
from outputs.history.happenings import Happening
from outputs.history.openers import found_in
from outputs.history.rows import retold
from outputs.history.work import Work
from outputs.weights import event_weight

_SENTENCE = 4        # words
_RETOLD = 0.75       # share of words from which two events of one date are one
_FIGURES = regex.compile(r"\d+")
_FIRST_YEARS = 8     # events before the first break that stand under one heading
_OPENING_TYPES = ("founding", "issuance", "effect")
HONOURS = "award"    # has a section of its own


def weigh(work: Work, event: Happening) -> float:
    """How much an event matters."""
    about = work.subject.about
    age = work.year - int(event.year) if work.year is not None and event.year is not None else 0
    own = about(event.quote) or any(about(decree.title or "") for decree in event.decrees)
    points = event_weight(work.weights, event, authority=event.authority, own=own, age=age)
    if work.subject.kind == "topic" and not own and not about(event.title):
        points += work.weights.weight("own", "beside")
    if event.planned and event.type != "effect":
        points += work.weights.weight("own", "planned")
    cell, border, _ = event.quote.partition("|")
    unfinished = found_in("unfinished", lower(shadow(event.quote))) is not None   # `điều chỉnh như sau`
    if unfinished or (border and len(cell.split()) < _SENTENCE):
        points += work.weights.weight("own", "cell")
    someone = work.subject.kind != "person" and pronoun_subject(event.quote, 0, len(event.quote))
    return points + work.weights.weight("own", "pronoun") * someone


@dataclass(frozen=True, slots=True)
class Period:
    """Milestones from one break to the next. `opening` is the event at the break, None before the first."""

    year: int
    opening: Happening | None
    events: tuple[Happening, ...]
    decade: bool = False


def milestones(work: Work, events: Iterable[Happening]) -> list[Happening]:
    """The heaviest dated events, in order of time; where there are few, light ones too that name the subject."""
    dated = [event for event in events if event.first_day and event.type != HONOURS]
    weighed = sorted(((-weigh(work, event), at) for at, event in enumerate(dated)))
    kept: list[int] = []
    for points, at in weighed:
        light = -points < work.limit("weight")
        if len(kept) >= work.limit("few" if light else "milestones"):
            break
        if light and not work.subject.about(dated[at].quote):
            continue
        if not any(_twice(dated[at], dated[other]) for other in kept):
            kept.append(at)
    return [dated[at] for at in sorted(kept)]


def _twice(one: Happening, other: Happening) -> bool:
    """Whether two events of one date are told in much the same words and the same figures."""
    if one.date != other.date or set(_FIGURES.findall(one.quote)) != set(_FIGURES.findall(other.quote)):
        return False
    return retold(one.quote, [other.quote], _RETOLD)


def periods(work: Work, events: Sequence[Happening]) -> list[Period]:
    """The milestones by period."""
    breaks = _breaks(work, events)
    if not breaks:
        return list(_decades(events))
    starts = [0, *(events.index(event) for event in breaks), len(events)]
    heads = [None, *breaks]
    cut = [(head, tuple(events[a:b])) for head, a, b in zip(heads, starts, starts[1:], strict=False) if a < b]
    made: list[Period] = []
    for head, told in cut:
        many = head is None and len(told) > _FIRST_YEARS
        made += _decades(told) if many else [Period(int((head or told[0]).year or 0), head, told)]
    return made


def _decades(events: Sequence[Happening]) -> Iterator[Period]:
    for decade, group in groupby(events, key=lambda event: int(event.year or 0) // 10 * 10):
        yield Period(decade, None, tuple(group), decade=True)


def _breaks(work: Work, events: Sequence[Happening]) -> list[Happening]:
    """The heaviest opening events, far enough apart, in order of time."""
    rule = work.weights.group("period")
    opening = [event for event in events if event.type in _OPENING_TYPES and not event.planned]
    weighed = [(weigh(work, event), event) for event in opening]
    heavy = [(points, event) for points, event in weighed if points >= rule["weight"]]
    chosen: list[Happening] = []
    for _, event in sorted(heavy, key=lambda pair: (-pair[0], pair[1].first_day or "")):
        apart = all(abs(int(event.year or 0) - int(other.year or 0)) >= rule["gap"] for other in chosen)
        if apart and len(chosen) < rule["count"]:
            chosen.append(event)
    return sorted(chosen, key=lambda event: event.first_day or "")
