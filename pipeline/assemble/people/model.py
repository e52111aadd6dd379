"""What people are assembled from: mentions, the documents of one name, the lives that they tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.assemble.people.names import name_key
from pipeline.assemble.people.offices import Office
from pipeline.assemble.people.stated import Stated


class Held(NamedTuple):
    """One mention of an official. `days`: the first and last day at which it attests the office, None if undated."""

    mention: int
    document: str
    source: str                       # the document that this one is a copy of, else itself
    name: str
    title: str | None
    org: str | None
    attested: str | None
    days: tuple[str, str] | None
    offices: tuple[Office, ...]
    born: int | None
    spoken: str | None = None         # the day on which the words are said, of whatever time they speak
    told: bool = False                # attested by an event told in the same clause, not by the day of the document
    start: int = 0                    # of the mention in its document
    evidence: int = 0                 # the mention whose words tell the day; 0: it is the day of the document
    stated: Stated | None = None      # the term that stands beside the name

    @property
    def main(self) -> Office | None:
        """The office that its title names last."""
        return self.offices[-1] if self.offices else None


@dataclass(slots=True)
class Local:
    """All mentions of one name in one document."""

    mentions: list[Held]
    key: str                          # of the name as the document has it
    posts: dict[Office, tuple[str, str] | None] = field(default_factory=dict)
    born: frozenset[int] = frozenset()
    said: dict[int, str] = field(default_factory=dict)    # groups that researchers put it in, with their words
    not_with: frozenset[int] = frozenset()                # groups that they keep it from

    def __post_init__(self) -> None:
        for held in self.mentions:
            for office in held.offices:
                days = None if office.former or office.elect else held.days
                self.posts[office] = wider(self.posts.get(office), days)
        self.born = frozenset(held.born for held in self.mentions if held.born)


@dataclass(frozen=True, slots=True)
class Join:
    """Why a document speaks of a person that another one names."""

    mention: int
    by: int
    rule: str
    shared: str


@dataclass(slots=True)
class Life:
    """Documents that speak of one person."""

    locals: list[Local]
    posts: dict[Office, tuple[str, str] | None]
    born: set[int]
    joins: list[Join] = field(default_factory=list)
    said: set[int] = field(default_factory=set)       # groups of researchers, as of its documents
    not_with: set[int] = field(default_factory=set)


def wider(one: tuple[str, str] | None, other: tuple[str, str] | None) -> tuple[str, str] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def documents(found: Iterable[Held]) -> list[Local]:
    """The mentions of one name, by document."""
    by_document: dict[str, list[Held]] = defaultdict(list)
    for held in found:
        by_document[held.document].append(held)
    return [Local(mentions, fullest(mentions)) for _, mentions in sorted(by_document.items())]


def fullest(mentions: Sequence[Held]) -> str:
    """The key of the longest name."""
    return max((name_key(name) for name in {held.name for held in mentions}), key=lambda key: (len(key), key))


