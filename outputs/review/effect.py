"""What all decisions in effect come to for assembly: facts left out, fields corrected, people joined and parted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Self

from outputs.factbase import FactBase
from outputs.review.finding import Found, find
from outputs.review.model import OF_PEOPLE, Decision
from outputs.review.reviews import Reviews, by_fact, standing_of


@dataclass(frozen=True, slots=True)
class Together:
    """Mentions of officials, by id, that are one person, and who said so."""

    mentions: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """What assembly has to honour; mentions are named by their ids.

    `apart` are pairs of places in `people`: those two are never one person.
    """

    rejected: tuple[str, ...] = ()
    edited: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: tuple[Together, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rejected or self.edited or self.people)

    def as_json(self) -> str:
        """For `meta`, to tell whether they changed; nothing where there are none."""
        if not self:
            return ""
        people = [{"mentions": one.mentions, "said": one.said} for one in self.people]
        kept = {"rejected": self.rejected, "edited": self.edited, "people": people, "apart": self.apart}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, kept: str | None) -> Self:
        """The same back from what `as_json` gave."""
        if not kept:
            return cls()
        told = json.loads(kept)
        people = tuple(Together(tuple(one["mentions"]), one["said"]) for one in told["people"])
        return cls(
            tuple(told["rejected"]), told["edited"], people, tuple((one, other) for one, other in told["apart"])
        )


def corrections(base: FactBase, reviews: Reviews) -> Corrections:
    """What the decisions in effect come to in this fact base. Raises ReviewError."""
    decisions = reviews.in_effect()
    of_people = [one for one in decisions if one.verb in OF_PEOPLE]
    rejected, edited = [], {}
    for mention, said in sorted(by_fact(base, decisions).items()):
        standing = standing_of(said)
        if standing.decision == "reject":
            rejected.append(mention)
        elif standing.decision == "edit":
            edited[mention] = dict(standing.fields)
    people, apart = _People(base).resolved(of_people)
    return Corrections(tuple(rejected), edited, people, apart)


class _People:
    """Who is one person and who is not, from decisions that may contradict one another: the latest holds."""

    def __init__(self, base: FactBase) -> None:
        self._db = base.db
        self._of: dict[str, str] = {}              # mention → another of the same person
        self._apart: set[frozenset[str]] = set()   # firsts of two people
        self._said: dict[str, list[str]] = {}

    def resolved(self, decisions: Sequence[Decision]) -> tuple[tuple[Together, ...], tuple[tuple[int, int], ...]]:
        for decision in reversed(decisions):
            sides: dict[int, list[str]] = {}
            for words in decision.words:
                found = find(self._db, words)
                if isinstance(found, Found):
                    sides.setdefault(words.side, []).append(found.id)
            for mentions in sides.values():
                self._join(mentions, decision)
            stay, go = ({self._first(one) for one in sides.get(side, ())} for side in (0, 1))
            self._apart |= {frozenset(pair) for pair in product(stay, go) if pair[0] != pair[1]}
        groups: dict[str, list[str]] = {}
        for mention in self._of:
            groups.setdefault(self._first(mention), []).append(mention)
        ordered = sorted((sorted(mentions), first) for first, mentions in groups.items())
        place = {first: at for at, (_, first) in enumerate(ordered)}
        pairs = sorted(sorted(place[one] for one in pair) for pair in self._apart)
        people = tuple(Together(tuple(mentions), "; ".join(self._said.get(first, ()))) for mentions, first in ordered)
        return people, tuple((one, other) for one, other in pairs)

    def _first(self, mention: str) -> str:
        self._of.setdefault(mention, mention)
        while self._of[mention] != mention:
            self._of[mention] = mention = self._of[self._of[mention]]
        return mention

    def _join(self, mentions: Iterable[str], decision: Decision) -> None:
        firsts = list(dict.fromkeys(map(self._first, mentions)))
        for into, other in self._pairs(firsts):
            if frozenset((into, other)) in self._apart:
                continue    # a later decision parts them
            self._of[other] = into
            self._apart = {
                frozenset(into if one == other else one for one in pair) for pair in self._apart
            }
            self._said[into] = list(dict.fromkeys([*self._said.get(into, ()), *self._said.pop(other, ())]))
        if firsts:
            said = self._said.setdefault(self._first(firsts[0]), [])
            if (told := told_by(decision)) not in said:
                said.append(told)

    def _pairs(self, firsts: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Each with the first of all, as they are by then."""
        for other in firsts[1:]:
            into, joined = self._first(firsts[0]), self._first(other)
            if into != joined:
                yield into, joined


def told_by(decision: Decision) -> str:
    """Who said so and when, and why if that was said: the words that stand as evidence."""
    note = f": {' '.join(decision.note.split())}" if decision.note else ""
    return f"{decision.by}, {decision.at[:10]}{note}"
