"""Whether two clauses tell the same event: what speaks for it, in points, and what it needs besides (docs/events.md).

Points, and the limits they are weighed by, are in `pipeline/data/event_rule.tsv`. Sums are exact (`fsum`), so that the
order of words makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import fsum

from pipeline.assemble.events import signs
from pipeline.assemble.events.dates import dates_agree, is_wide, is_year, width
from pipeline.assemble.events.model import Clause, Page, limit, points

_BY_ACT = ("issuance", "effect")   # types of which an act has one on a day
_SIGNS: dict[str, Callable[[Clause, Clause], bool]] = {
    "person": signs.a_person,
    "count": signs.a_count,
    "other counts": signs.other_counts,
    "hour": signs.same_hour,
    "part of day": signs.other_part_of_day,
    "announced": lambda one, other: one.planned != other.planned,
    "same document": lambda one, other: one.document == other.document,
}


@dataclass(slots=True)
class Likeness:
    """Why two clauses are one event: the rule, and for `likeness` the points of each evidence."""

    rule: str = "likeness"
    points: dict[str, float] = field(default_factory=dict)

    @property
    def sum(self) -> float:
        return sum(self.points.values())


def same_event(one: Clause, other: Clause, page: Callable[[int], Page]) -> Likeness | None:
    """Why the two tell one event; None where they do not, or where it is not sure. `page` gives a document."""
    dates = dates_agree(one, other) if one.event_type == other.event_type else None
    if dates is None or signs.forbidden(one, other):
        return None
    dated = one.first_day and other.first_day
    if signs.word_for_word(one, other) and one.document != other.document and (dated or one.source == other.source):
        return Likeness("word for word")
    if one.event_type in _BY_ACT and signs.comparable(one.decrees, other.decrees) and dates != "day apart":
        return Likeness("act") if _same_acts(one, other) else None
    if not dated:
        return None
    if dates == "day apart" and not _meeting_of_the_same(one, other):
        return None
    return _likeness(one, other, dates, page)


def _same_acts(one: Clause, other: Clause) -> bool:
    """Half of the acts that both name, and one at least: what a list of six laws tells is not what one of them did."""
    return 2 * len(one.decrees & other.decrees) >= max(1, len(one.decrees | other.decrees))


def _meeting_of_the_same(one: Clause, other: Clause) -> bool:
    """Of two bodies or officials: the day that one report gives may be its own (DOMAIN: within a day)."""
    return one.event_type == "meeting" and len(one.bodies & other.bodies) > 1


def _likeness(one: Clause, other: Clause, dates: str, page: Callable[[int], Page]) -> Likeness | None:
    weight = fsum(map(one.words.__getitem__, one.words.keys() & other.words.keys()))
    happening = bool(one.happenings & other.happenings)
    if weight < limit("fewest words") / 3 and not (happening and weight):
        return None
    found = _of_words(one, other, weight)
    wide = width(one, other)
    for name in (dates, wide, *(name for name, holds in _SIGNS.items() if holds(one, other))):
        if name:
            found.points[name] = points(name)
    sure, named = _sure(found, one, other), _of_names(found, one, other)
    if not sure and (named < _least_names(one, other) or found.points["share"] < _least_share(one, other)):
        return None   # never on words alone
    if found.sum + points("articles") + points("happening") < limit("needed"):
        return None
    alike = signs.likeness(page(one.document), page(other.document)) if one.document != other.document else 0.0
    found.points["articles"] = points("articles") * alike
    if alike >= limit("alike"):
        if happening:
            found.points["happening"] = points("happening")
    elif weight < limit("fewest words") or (not sure and (wide == "year" or (dates and _less_than_a_day(one, other)))):
        return None   # such dates and few words need two documents on one story
    return found if found.sum >= limit("needed") else None


def _of_words(one: Clause, other: Clause, weight: float) -> Likeness:
    found = Likeness()
    found.points["share"] = points("share") * weight / min(one.total, other.total)
    found.points["common"] = points("common") * weight / (one.total + other.total - weight)
    found.points["rare words"] = points("rare words") * min(1.0, weight / limit("rare words enough"))
    return found


def _of_names(found: Likeness, one: Clause, other: Clause) -> float:
    """Adds the names in common, and those that each has and the other does not; gives the weight of the former."""
    names = one.names.keys() & other.names.keys()
    weight = fsum(map(one.names.__getitem__, names))
    enough = limit("names enough")
    if names:
        found.points["names"] = points("names") * min(1.0, weight / enough)
    apart = min(fsum(one.names.values()), fsum(other.names.values())) - weight
    if apart > 0:
        found.points["other names"] = points("other names") * min(1.0, apart / enough)
    return weight


def _sure(found: Likeness, one: Clause, other: Clause) -> bool:
    """More in common than words and names of places or bodies."""
    return bool(found.points.keys() & {"count", "person"} or one.decrees & other.decrees)


def _less_than_a_day(one: Clause, other: Clause) -> bool:
    return is_wide(one) or is_wide(other)


def _least_share(one: Clause, other: Clause) -> float:
    """The points of words in common that a year needs."""
    return points("share") * limit("year share") if is_year(one) or is_year(other) else 0.0


def _least_names(one: Clause, other: Clause) -> float:
    """The weight of names in common that dates which are no days need."""
    if not _less_than_a_day(one, other):
        return 0.0
    return limit("names needed") * (2 if width(one, other) == "year" else 1)
