"""How much a word says about which event a clause tells: rare words much, frequent ones little or nothing."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from functools import cache
from zlib import crc32

from corpus import tables

_PLACES = 1 << 20    # counts kept, 4 MB: words that share a place count as one, and weigh a little less
_KEPT = 1 << 16      # words kept at hand
_ASSUMED = 6000      # clauses of news that every archive is taken to have besides its own, so that small ones know
_UNLISTED = 0.3      # frequent words; and how many of those clauses have a word that is not listed
_NOTHING = 1.6       # natural logarithm: a word of one clause in five says nothing
_MOST = 6.5


class Rarity:
    """Counts the clauses that have a word; memory does not grow with the archive."""

    def __init__(self) -> None:
        self._clauses = 0
        self._counts = array("I", bytes(array("I").itemsize * _PLACES))
        self._seen: dict[str, int] = {}
        self._known: dict[str, tuple[float, int]] = {}

    def count(self, words: Iterable[str]) -> None:
        """One more clause, with these words."""
        self._clauses += 1
        counts, seen = self._counts, self._seen
        for word in words:
            if (place := seen.get(word)) is None:
                place = crc32(word.encode()) % _PLACES
                if len(seen) < _KEPT:
                    seen[word] = place
            counts[place] += 1

    def weight(self, word: str) -> float:
        """0 to 6.5. To be asked once all is counted."""
        return self._look(word)[0]

    def rarest(self, words: Iterable[str], most: int) -> list[str]:
        """The rarest words that more than one clause has."""
        weights = {word: found[0] for word in words if (found := self._look(word))[1] > 1}
        return sorted(weights, key=lambda word: (-weights[word], word))[:most]

    def _look(self, word: str) -> tuple[float, int]:
        """The weight of a word, and how many clauses have it."""
        if (known := self._known.get(word)) is None:
            times = self._counts[self._seen.get(word) or crc32(word.encode()) % _PLACES]
            rare = math.log((self._clauses + _ASSUMED) / (times + _usual().get(word, _UNLISTED))) - _NOTHING
            known = round(min(_MOST, max(0.0, rare)), 2), times
            if len(self._known) < _KEPT:
                self._known[word] = known
        return known


@cache
def _usual() -> dict[str, float]:
    """Frequent words, and how many of the assumed clauses have them."""
    rows = tables.table("pipeline", "frequent_words")
    return {row["word"]: float(row["share"]) * _ASSUMED / 100 for row in rows}
