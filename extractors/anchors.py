"""Matching by anchors: one Aho-Corasick pass over literals, then a pattern at each hit.

A giant alternation tries every branch at every character. Instead each rule names literals that must occur in
what it matches (its anchors); all anchors of a module are searched in one pass, and only where one occurs is
the rule's pattern run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

import ahocorasick

Payload = TypeVar("Payload")


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
            self._automaton.add_word(literal, (len(literal), tuple(found)))
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
        for last, (length, payloads) in self._automaton.iter(text, start, len(text) if end is None else end):
            left, right = last - length + 1, last + 1
            if words and not _on_word_borders(text, left, right):
                continue
            for payload in payloads:
                yield left, right, payload

    def longest(
        self, text: str, *, words: bool = True, start: int = 0, end: int | None = None
    ) -> list[tuple[int, int, Payload]]:
        """Hits that do not overlap: the leftmost, and of those the longest."""
        hits = sorted(self.find(text, words=words, start=start, end=end), key=lambda hit: (hit[0], -hit[1]))
        kept: list[tuple[int, int, Payload]] = []
        for hit in hits:
            if not kept or hit[0] >= kept[-1][1]:
                kept.append(hit)
        return kept


def _on_word_borders(text: str, start: int, end: int) -> bool:
    if start and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())
