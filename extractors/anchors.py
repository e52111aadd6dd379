"""Matching by anchors: one Aho-Corasick pass over literals, then a pattern at each hit.

A giant alternation tries every branch at every character. Instead each rule names literals that must occur in
what it matches (its anchors); all anchors of a module are searched in one pass, and only where one occurs is
the rule's pattern run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Generic, TypeVar

import ahocorasick

Payload = TypeVar("Payload")
_START = itemgetter(0)


class Anchors(Generic[Payload]):
    """Literals, each carrying payloads, found in one pass.

    >>> words = Anchors([("tháng", "month"), ("năm", "year")])
    >>> list(words.find("tháng 7 năm 1993"))
    [(0, 5, 'month'), (8, 11, 'year')]
    """

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        payloads: dict[str, list[Payload]] = {}
        for literal, payload in entries:
            if not literal:
                raise ValueError("an anchor cannot be empty")
            payloads.setdefault(literal, []).append(payload)
        self._automaton = ahocorasick.Automaton()
        for literal, found in payloads.items():
            opens, closes = literal[0].isalnum(), literal[-1].isalnum()   # what a word border needs looking at
            self._automaton.add_word(literal, (len(literal), opens, closes, tuple(found)))
        if payloads:
            self._automaton.make_automaton()
        self._empty = not payloads

    def find(
        self, text: str, *, words: bool = True, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, int, Payload]]:
        """`(start, end, payload)` of every hit inside `text[start:end]`, in order of its end.

        With `words` only those on word borders, of which the whole text decides.
        """
        if self._empty:
            return
        size = len(text)
        for last, (length, opens, closes, payloads) in self._automaton.iter(text, start, size if end is None else end):
            right = last + 1
            left = right - length
            if words and (
                (closes and right < size and text[right].isalnum()) or (opens and left and text[left - 1].isalnum())
            ):
                continue
            for payload in payloads:
                yield left, right, payload

    def longest(
        self, text: str, *, words: bool = True, start: int = 0, end: int | None = None
    ) -> list[tuple[int, int, Payload]]:
        """Hits that do not overlap: the leftmost, and of those the longest."""
        kept: list[tuple[int, int, Payload]] = []
        hits = list(self.find(text, words=words, start=start, end=end))
        if len(hits) < 2:
            return hits
        hits.sort(key=_START)
        begun, reached = -1, 0
        for hit in hits:
            if hit[0] == begun:   # hits come in order of their ends: of those that begin together the longest is last
                if hit[1] > reached:
                    kept[-1], reached = hit, hit[1]
            elif hit[0] >= reached:
                kept.append(hit)
                begun, reached = hit[0], hit[1]
        return kept
