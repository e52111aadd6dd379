"""Which person a bare office or a bare name means: `Thủ tướng`, `ông Đồng`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from extractors.facts import Official

_PERSON = ("ông", "bà")


class Holders:
    """The officials of a document by office and by last syllable of the name.

    Every list is in the order of the text, so one look-up costs no more in a book than in a notice.
    """

    def __init__(self, officials: Sequence[Official]) -> None:
        self._officials = officials
        self._by_title: defaultdict[str, list[int]] = defaultdict(list)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        for index, official in enumerate(officials):
            if official.title:
                self._by_title[official.title.lower()].append(index)
            self._by_name[official.name.lower().split()[-1]].append(index)
        self._titles = sorted(self._by_title)
        self._fitting: dict[str, list[list[int]]] = {}

    def of(self, words: str, position: int) -> Official | None:
        """The last person named before a position whom the words can mean, else the first one after it."""
        folded = words.lower()
        if folded not in self._fitting:
            self._fitting[folded] = self._lists(folded)
        before, after = -1, len(self._officials)
        for indices in self._fitting[folded]:
            here = bisect_right(indices, position, key=lambda index: self._officials[index].start)
            if here:
                before = max(before, indices[here - 1])
            else:
                after = min(after, indices[0])
        if before >= 0:
            return self._officials[before]
        return self._officials[after] if after < len(self._officials) else None

    def _lists(self, words: str) -> list[list[int]]:
        """`words` is the office, begins with it (`Bộ trưởng Bộ Y tế`), or is the beginning of it."""
        found = [self._by_title[words[:end]] for end in range(1, len(words)) if words[:end] in self._by_title]
        first = bisect_left(self._titles, words)
        longer: list[int] = []
        while words and first < len(self._titles) and self._titles[first].startswith(words):
            longer += self._by_title[self._titles[first]]
            first += 1
        if longer:
            found.append(sorted(longer))
        if words.startswith(_PERSON):
            found += [self._by_name[words[begin:]] for begin in range(len(words)) if words[begin:] in self._by_name]
        return found
