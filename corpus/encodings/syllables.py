"""How much of a text is Vietnamese: the share of its words with diacritics that are syllables of the language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from corpus.tables import table

_WORD = regex.compile(r"[\p{L}\p{M}\u00a1-\u00bf]+")   # old tables draw letters at places where symbols are
_EDGES = "«»§©®°·¡¿¨´¸\u00ad±²³¹º¼½¾¬¯µ¶ªº¢£¤¥¦"


@dataclass(frozen=True, slots=True)
class Score:
    """Words with diacritics, and how many of them are Vietnamese syllables."""

    syllables: int
    words: int

    @property
    def share(self) -> float:
        """The share of syllables, 0 where there is no such word."""
        return self.syllables / self.words if self.words else 0.0


@cache
def frequencies() -> dict[str, int]:
    """Syllables with diacritics, and how often each comes in ten million."""
    return {row["syllable"]: int(row["per_10_million"]) for row in table("corpus", "syllables")}


def score(text: str) -> Score:
    """Count the words with diacritics. Symbols at the edges of a word do not count against it."""
    known = frequencies()
    syllables = words = 0
    for word in _WORD.findall(text.lower()):
        if word.isascii():
            continue
        bare = word.strip(_EDGES)
        if not bare:
            continue
        words += 1
        syllables += bare in known
    return Score(syllables, words)
