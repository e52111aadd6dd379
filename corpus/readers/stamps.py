"""The stamp of incoming mail (`ĐẾN`: number, day, hour, who got it) on scans: it lies over a notice's head."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.readers.boxes import Word
from corpus.shadow import fold

_ARRIVED = regex.compile(r"\W?[DĐ][EÊẾÉỀ]N\W?")
_LABELS = regex.compile(r"(?:ngay|gio|so|chuyen)|(?:n\w{0,2}g\w{0,2}y|gio|so|chuyen|g\w{1,2})\W.*")
_LEFT, _RIGHT, _ABOVE, _BELOW = 18.0, 135.0, 36.0, 48.0   # points around the word ĐẾN
_APART = 1.5                                            # heights between two lines side by side
_SIDE = 0.4                                             # of a page's width
_TOP = 0.5                                              # of a page's height


def stamp_apart(words: Sequence[Word], height: float) -> tuple[list[Word], list[Word]]:
    """The words of a page without its stamp, and those of the stamp."""
    width = max((word.x1 for word in words), default=0.0)
    for word in words:
        if word.bottom < _TOP * height and _ARRIVED.fullmatch(word.text):
            inside = [one for one in words if _lies_in(one, word) and not _carried_on(one, word, words)]
            first = not any(_beside(one, word) and one.x0 < word.x0 for one in words)
            if first and word.x1 < _SIDE * width and any(_is_entry(one.text) for one in inside):
                taken = set(map(id, inside))
                return [one for one in words if id(one) not in taken], inside
    return list(words), []


def _is_entry(text: str) -> bool:
    return any(map(str.isdigit, text)) or _LABELS.fullmatch(fold(text)) is not None


def _beside(one: Word, word: Word) -> bool:
    return min(one.bottom, word.bottom) - max(one.top, word.top) > 0.5 * min(one.height, word.height)


def _carried_on(one: Word, arrived: Word, words: Sequence[Word]) -> bool:
    """Whether the line of a word runs on beyond the stamp."""
    line = sorted((other for other in words if _beside(other, one) and other.x0 > one.x0), key=lambda other: other.x0)
    end = one.x1
    for other in line:
        if other.x0 - end > _APART * one.height:
            return False
        end = other.x1
        if end > arrived.x0 + _RIGHT:
            return True
    return False


def _lies_in(word: Word, arrived: Word) -> bool:
    across = arrived.x0 - _LEFT <= word.x0 and word.x1 <= arrived.x0 + _RIGHT
    return across and arrived.top - _ABOVE <= word.top and word.bottom <= arrived.bottom + _BELOW
