"""The stamp of incoming mail (`ĐẾN`: number, day, hour, who got it) on scans: it lies over a notice's head."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.readers.boxes import Word
from corpus.shadow import fold

_ARRIVED = regex.compile(r"\W?[DĐ][EÊẾÉỀ]N\W?")
_LABELS = regex.compile(r"(?:ngay|gio|so|chuyen|g\w{1,2})\W{0,3}.*")
_LEFT, _RIGHT, _ABOVE, _BELOW = 18.0, 135.0, 36.0, 48.0   # points around the word ĐẾN
_TOP = 0.5                                              # of a page's height


def stamp_apart(words: Sequence[Word], height: float) -> tuple[list[Word], list[Word]]:
    """The words of a page without its stamp, and those of the stamp."""
    for word in words:
        if word.bottom < _TOP * height and _ARRIVED.fullmatch(word.text):
            inside = [one for one in words if _lies_in(one, word)]
            if sum(bool(_LABELS.fullmatch(fold(one.text))) for one in inside) >= 1:
                taken = set(map(id, inside))
                return [one for one in words if id(one) not in taken], inside
    return list(words), []


def _lies_in(word: Word, arrived: Word) -> bool:
    across = arrived.x0 - _LEFT <= word.x0 and word.x1 <= arrived.x0 + _RIGHT
    return across and arrived.top - _ABOVE <= word.top and word.bottom <= arrived.bottom + _BELOW
