"""Where words of some roles stand in one text: a quick no before a pattern that needs one of them.

A search with a pattern costs some ten microseconds a sentence even where it finds nothing, and most sentences have
none of its words. One pass over the text finds all the words, and a sentence without them is not searched.
"""

from __future__ import annotations

from bisect import bisect_left

from extractors.anchors import Anchors
from extractors.clause_words import words_of


def anchors_of(*roles: str) -> Anchors[str]:
    """The words of these roles of clause_words.tsv, each with its role."""
    return Anchors((word, role) for role in roles for word in words_of(role))


class Presence:
    """The places of the words of `anchors` in a text, by role."""

    def __init__(self, anchors: Anchors[str], text: str) -> None:
        self._starts: dict[str, list[int]] = {}
        for start, _, role in anchors.find(text):
            self._starts.setdefault(role, []).append(start)
        for starts in self._starts.values():
            starts.sort()   # hits come in order of their ends

    def count(self, role: str) -> int:
        """How many words of a role there are."""
        return len(self._starts.get(role, ()))

    def begins(self, role: str, start: int, end: int) -> bool:
        """Whether a word of a role, itself between word borders, begins in `start:end`."""
        starts = self._starts.get(role)
        if starts is None:
            return False
        index = bisect_left(starts, start)
        return index < len(starts) and starts[index] < end
