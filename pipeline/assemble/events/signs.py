"""The signs by which two clauses tell one event, or cannot: people, places, counts, the hour, acts, documents."""

from __future__ import annotations

from math import fsum

from pipeline.assemble.events.model import Clause, Page, limit, loose_counts
from pipeline.assemble.events.said import PARTS_OF_DAY, by_second, same_person

_FULL_DAY = len("1946-07-19")


def a_person(one: Clause, other: Clause) -> bool:
    return any(same_person(mine, yours) for mine in one.people for yours in other.people)


def a_count(one: Clause, other: Clause) -> bool:
    mine = {number for number, _ in one.counts if len(number.replace(".", "")) > 2}
    return any(number in mine for number, _ in other.counts)


def other_counts(one: Clause, other: Clause) -> bool:
    if not one.counts or not other.counts:
        return False
    mine, yours = by_second(one.counts), by_second(other.counts)
    units = (unit for unit in mine.keys() & yours.keys() if unit and unit not in loose_counts())
    return any(not mine[unit] & yours[unit] for unit in units)


def same_hour(one: Clause, other: Clause) -> bool:
    apart = _minutes_apart(one, other)
    return apart is not None and apart <= limit("hour apart")


def other_part_of_day(one: Clause, other: Clause) -> bool:
    mine, yours = one.words.keys() & PARTS_OF_DAY, other.words.keys() & PARTS_OF_DAY
    return bool(mine and yours and not mine & yours)


# -- what forbids ------------------------------------------------------------------------------------------------------


def forbidden(one: Clause, other: Clause) -> bool:
    """Different acts, different people, different places of one level, or hours that are far apart."""
    if comparable(one.decrees, other.decrees) and not one.decrees & other.decrees:
        return True
    if one.people and other.people and not a_person(one, other):
        return True
    if one.places and other.places:
        mine, yours = _by_level(one), _by_level(other)
        if any(not mine[level] & yours[level] for level in mine.keys() & yours.keys()):
            return True
    apart = _minutes_apart(one, other)
    return apart is not None and apart > limit("hour apart")


def comparable(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both name acts by number, or both by name (`@thi-hanh-an-dan-su`)."""
    return bool({label.startswith("@") for label in one} & {label.startswith("@") for label in other})


def _by_level(clause: Clause) -> dict[str, set[str]]:
    """Level of administration → the names of that level."""
    return by_second([(name, level) for level, name in clause.places])


def _minutes_apart(one: Clause, other: Clause) -> int | None:
    if one.clock is None or other.clock is None or one.first_day != other.first_day:
        return None
    apart = abs(one.clock - other.clock)
    return min(apart, 24 * 60 - apart)


def likeness(one: Page, other: Page) -> float:
    """Of title and opening, 0 to 1 (cosine of weighed words); half where they were published long after each other."""
    if not one.norm or not other.norm:
        return 0.0
    mine, yours = one.words, other.words
    alike: float = fsum(mine[word] * yours[word] for word in mine.keys() & yours.keys()) / (one.norm * other.norm)
    return alike / 2 if _far(one.published, other.published) else alike


def _far(one: str | None, other: str | None) -> bool:
    if not one or not other or len(one) < _FULL_DAY or len(other) < _FULL_DAY:
        return False
    months = [int(day[:4]) * 12 + int(day[5:7]) for day in (one, other) if day[:4].isdigit() and day[5:7].isdigit()]
    return len(months) > 1 and abs(months[0] - months[1]) > limit("as long as")


def word_for_word(one: Clause, other: Clause) -> bool:
    """Told in the same words and with the same numbers and acts, and not in a few."""
    if len(one.words) < limit("word for word") or one.words.keys() != other.words.keys():
        return False
    return set(one.counts) == set(other.counts) and one.decrees == other.decrees
