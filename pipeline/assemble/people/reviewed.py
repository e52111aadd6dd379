"""What researchers said of people: documents that speak of one, mentions that are another's (docs/review.md)."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.assemble.people.model import Held, Join, Life, Local, fullest, wider
from pipeline.reviews import kept_reviews

if TYPE_CHECKING:
    from pipeline.assemble.people.appointments import Told

RULE = "reviewer"     # of person_rules.tsv


class Said:
    """Mentions that are one person's are a group; each group has those that it is not.

    What lives under one name is joined there, since a group is the first thing that documents can share; people of
    several names wait until all names are read.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        said = kept_reviews(db)
        self._words = [one.said for one in said.people]
        self._group: dict[int, int] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for group, one in enumerate(said.people):
            for mention in one.mentions:
                if row := db.execute("SELECT key FROM mention WHERE id = ?", (mention,)).fetchone():
                    self._group[row[0]] = group
        for one_group, other in said.apart:
            self._apart[one_group].add(other)
            self._apart[other].add(one_group)
        self._waiting: dict[str, tuple[list[Life], list[tuple[int, Told]]]] = {}

    def told(self, locals_: Sequence[Local]) -> Sequence[Local]:
        """The documents of one name with what was said of them; one in which two people bear it becomes two."""
        if not self._group:
            return locals_
        found = []
        for local in locals_:
            for mentions in self._parted(local.mentions):
                groups = {self._group[held.mention] for held in mentions if held.mention in self._group}
                found.append(Local(
                    mentions, fullest(mentions), said={group: self._words[group] for group in sorted(groups)},
                    not_with=frozenset(other for group in groups for other in self._apart[group]),
                ) if groups else local)
        return found

    def _parted(self, mentions: list[Held]) -> list[list[Held]]:
        """Mentions of one document, apart where they are of two people; what nobody speaks of goes with the most."""
        of: dict[int, list[Held]] = defaultdict(list)
        for held in mentions:
            if held.mention in self._group:
                of[self._group[held.mention]].append(held)
        alone = [group for group in of if self._apart[group] & of.keys()]
        if not alone:
            return [mentions]
        main = max(alone, key=lambda group: (len(of[group]), -group))
        others = {held.mention for group in alone if group != main for held in of[group]}
        rest = [held for held in mentions if held.mention not in others]
        return [rest, *(of[group] for group in sorted(alone) if group != main)]

    def wait(self, key: str, lives: list[Life], told: list[tuple[int, Told]]) -> bool:
        """Keep the people of a name where any may be one with those of another; whether that is so."""
        if not any(life.said for life in lives):
            return False
        self._waiting[key] = lives, told
        return True

    def joined(self) -> Iterator[tuple[str, list[Life], list[tuple[int, Told]]]]:
        """The people that waited, those of two names joined under the name that more documents have."""
        for group in range(len(self._words)):
            bearers = [
                (key, life) for key, (lives, _) in self._waiting.items() for life in lives if group in life.said
            ]
            bearers.sort(key=lambda one: (-len(one[1].locals), one[0]))
            for key, life in bearers[1:]:
                into, main = bearers[0]
                if key != into and main.said.isdisjoint(life.not_with):
                    self._join(group, main, life)
                    self._waiting[key][0].remove(life)
                    self._waiting[into][1].extend(self._waiting[key][1])
        for key, (lives, told) in self._waiting.items():
            if lives:
                ordered = sorted(lives, key=lambda life: (-len(life.locals), life.locals[0].mentions[0].document))
                yield key, ordered, told

    def _join(self, group: int, life: Life, other: Life) -> None:
        by, mention = (
            next(held for local in one.locals for held in local.mentions if self._group.get(held.mention) == group)
            for one in (life, other)
        )
        life.joins += [*other.joins, Join(mention.mention, by.mention, RULE, self._words[group])]
        life.locals += other.locals
        life.born |= other.born
        life.said |= other.said
        life.not_with |= other.not_with
        for office, days in other.posts.items():
            life.posts[office] = wider(life.posts.get(office), days)
