"""Arrays of keys: what mentions and documents hold, and the years that they touch."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int32]
Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

NO_DAY = 0            # no first day: it may have begun at any time
LAST_DAY = 99_999_999
_FEW = 4              # times as many pairs as keys: each key is looked up


@dataclass(frozen=True, slots=True)
class Pairs:
    """What mentions hold: `ids[n]` stands in `mentions[n]`, in order of mentions."""

    mentions: Keys
    ids: Keys
    size: int     # ids are below it
    starts: Keys  # of each mention its first place; one more at the end

    @classmethod
    def of(cls, mentions: NDArray[Any], ids: NDArray[Any], size: int, rows: int) -> Pairs:
        """Pairs in order of mentions, whose keys are below `rows`."""
        starts = np.searchsorted(mentions, np.arange(rows + 1)).astype(np.int32)
        return cls(mentions.astype(np.int32), ids.astype(np.int32), size, starts)

    def ids_of(self, keys: Keys) -> tuple[Keys, Keys]:
        """Mentions and ids of these mentions, which are in order."""
        if len(keys) * _FEW > len(self.mentions):
            wanted = np.zeros(len(self.starts) - 1, np.bool_)
            wanted[keys] = True
            inside = wanted[self.mentions]
            return self.mentions[inside], self.ids[inside]
        first = self.starts[keys]
        counts = self.starts[keys + 1] - first
        some = np.flatnonzero(counts)
        first, counts = first[some], counts[some]
        ends = np.cumsum(counts)
        if not len(ends):
            return keys[:0], self.ids[:0]
        places = np.arange(ends[-1]) + np.repeat(first - (ends - counts), counts)
        return self.mentions[places], self.ids[places]


@dataclass(frozen=True, slots=True)
class Years:
    """Spans of days as years, for counting. The year `lowest` is 1, and there are `size`; 0 is open to the past,
    `size` + 1 to the future, and `size` + 2 stands where there is no day."""

    lowest: int
    size: int
    spans: dict[str, tuple[NDArray[np.int16], NDArray[np.int16]]]   # first and last year of each key

    @classmethod
    def of(cls, days: dict[str, tuple[Keys, Keys]]) -> Years:
        """The years of spans of days."""
        known: list[NDArray[Any]] = [np.empty(0, np.int64)]
        for first, last in days.values():
            dated = first <= last
            known += [first[dated & (first > NO_DAY)] // 10_000, last[dated & (last < LAST_DAY)] // 10_000]
        every = np.concatenate(known)
        lowest, highest = (int(every.min()), int(every.max())) if len(every) else (1, 0)
        size = highest - lowest + 1
        spans = {}
        for name, (first, last) in days.items():
            begin = np.where(first > NO_DAY, first // 10_000 - lowest + 1, 0)
            end = np.where(last < LAST_DAY, last // 10_000 - lowest + 1, size + 1)
            spans[name] = tuple(np.where(first <= last, side, size + 2).astype(np.int16) for side in (begin, end))
        return cls(lowest, size, spans)  # type: ignore[arg-type]


def ints(db: sqlite3.Connection, columns: Sequence[str], rest: str, values: tuple[Any, ...] = ()) -> Rows:
    """The rows of a query whose columns are whole numbers, as an array of rows."""
    form = ",".join(["%d"] * len(columns))   # twice as quick as joining them with ||
    text = db.execute(f"SELECT group_concat(printf('{form}', {', '.join(columns)})) {rest}", values).fetchone()[0]
    found = np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)
    return found.reshape(-1, len(columns))


def day_number(day: str | None, default: int) -> int:
    """`1946-07-19` as 19460719."""
    return int(day.replace("-", "")) if day else default
