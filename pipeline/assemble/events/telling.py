"""How an event is told: the clause that is shown for it, its date, and how many sources tell it independently."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.assemble.events.model import limit

_UNKNOWN = 10_000_000       # days that a date covers whose ends are not known
_SHORT, _LONG = 40, 320     # characters of a clause that is neither a scrap nor endless
_MOST_NAMED = 3             # who takes part, beyond which more tell no better
_COMPARED = 50              # tellings in words of their own that a further one is compared with


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause that tells an event, and its document."""

    place: int
    twin: int
    mention: int
    id: str
    source: str
    published: str | None
    notice: bool
    quote: str
    date: str
    first_day: str
    last_day: str
    event_type: str
    planned: bool
    participants: int

    @property
    def days(self) -> int:
        """How many its date covers."""
        try:
            return (date.fromisoformat(self.last_day) - date.fromisoformat(self.first_day)).days
        except ValueError:
            return _UNKNOWN

    @property
    def worth(self) -> tuple[object, ...]:
        """What is shown first: see docs/events.md."""
        words = self.quote.split()
        opens = self.quote[:1].isupper() or self.quote[:1].isdigit()
        return (
            self.planned, self.days, not _SHORT <= len(self.quote) <= _LONG, -min(self.participants, _MOST_NAMED),
            not opens, not self.notice, -len(words), self.published or "~", self.quote, self.id,
        )


def telling(row: sqlite3.Row) -> Telling:
    """A row of `temp.told`."""
    return Telling(
        row["place"], row["twin"], row["mention"], row["id"], row["source"], row["published"], bool(row["notice"]),
        row["quote"], row["date"], row["first_day"], row["last_day"], row["event_type"], bool(row["planned"]),
        row["participants"],
    )


def independent(tellings: Sequence[Telling], words: Mapping[int, Mapping[str, float]]) -> int:
    """How many sources tell it: copies of one document are one, and so are clauses told in nearly the same words.

    `words` are the words of each clause, by the place of its twin.
    """
    families: list[Mapping[str, float]] = []   # the words of the first of each
    of: dict[str, Mapping[str, float]] = {}
    for one in sorted(tellings, key=lambda one: (one.published or "~", one.source, one.place)):
        mine = words[one.twin]
        known = of.get(one.source)
        if known is None:
            known = next((family for family in families[:_COMPARED] if _quoted(mine, family)), None)
        if known is None:
            families.append(known := mine)
        of[one.source] = known
    return len(families)


def _quoted(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    least, most = sorted((len(one), len(other)))
    if least < limit("word for word") or least < most * limit("quoted"):
        return False
    common = len(one.keys() & other.keys())
    return common >= (least + most - common) * limit("quoted")
