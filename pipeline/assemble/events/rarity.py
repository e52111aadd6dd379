"""How much a word says about which event a clause tells: rare words much, frequent ones little or nothing."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from zlib import crc32

from corpus import tables

_PLACES = 1 << 20    # counts kept, 4 MB: words that share a place count as one, and weigh a little less
_KEPT = 1 << 16      # words kept at hand
_ASSUMED = 6000      # clauses of news that every archive is taken to have besides its own, so that small ones know
_UNLISTED = 0.3      # frequent words; and how many of those clauses have a word that is not listed
_NOTHING = 1.6       # natural logarithm: a word of one clause in five says nothing
_MOST = 6.5

_Rank = tuple[float, str, int]   # the weight of a word, less than nothing; the word; how many clauses have it


class Rarity:
    """Counts the clauses that have a word; memory does not grow with the archive."""

    def __init__(self) -> None:
        self._clauses = 0
        self._counts = array("I", bytes(array("I").itemsize * _PLACES))
        self._known: _Known = _Known(self._look)

    def count(self, words: Mapping[str, int], clauses: int) -> None:
        """So many more clauses: words, and how many of these have them."""
        self._clauses += clauses
        counts = self._counts
        for word, number in words.items():
            counts[crc32(word.encode()) % _PLACES] += number

    def weight(self, word: str) -> float:
        """0 to 6.5. To be asked once all is counted."""
        return -self._known[word][0]

    def rarest(self, words: Iterable[str], most: int) -> list[str]:
        """The rarest words that more than one clause has."""
        found = [one for one in map(self._known.__getitem__, words) if one[2] > 1]
        found.sort()
        return [word for _, word, _ in found[:most]]

    def _look(self, word: str) -> _Rank:
        times = self._counts[crc32(word.encode()) % _PLACES]
        rare = math.log((self._clauses + _ASSUMED) / (times + _usual().get(word, _UNLISTED))) - _NOTHING
        return -round(min(_MOST, max(0.0, rare)), 2), word, times


class _Known(dict[str, _Rank]):
    """What was looked up, as far as it is kept."""

    def __init__(self, look: Callable[[str], _Rank]) -> None:
        self._look = look

    def __missing__(self, word: str) -> _Rank:
        found = self._look(word)
        if len(self) < _KEPT:
            self[word] = found
        return found


@cache
def _usual() -> dict[str, float]:
    """Frequent words, and how many of the assumed clauses have them."""
    rows = tables.table("pipeline", "frequent_words")
    return {row["word"]: float(row["share"]) * _ASSUMED / 100 for row in rows}
