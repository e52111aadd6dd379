"""One spelling for the two ways of placing a tone mark (hoà, hòa), so that a table needs one line only.

The modern style puts the mark of open `oa`, `oe`, `uy` on the second vowel; the tables of this package put it
on the first. The result has the length of its input, so offsets stay right.
"""

from __future__ import annotations

from functools import lru_cache

import regex

_OPEN_SYLLABLE = regex.compile(r"(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<![qQ])[uU][ỳýỷỹỵỲÝỶỸỴ])(?!\p{L})")
_FIRST_VOWEL = {
    "à": "òa", "á": "óa", "ả": "ỏa", "ã": "õa", "ạ": "ọa",
    "è": "òe", "é": "óe", "ẻ": "ỏe", "ẽ": "õe", "ẹ": "ọe",
    "ỳ": "ùy", "ý": "úy", "ỷ": "ủy", "ỹ": "ũy", "ỵ": "ụy",
}


def canonical(lower: str) -> str:
    """The text, already in lower case, with every tone mark on the first vowel of open oa, oe, uy.

    >>> canonical("uỷ ban, toà án, quý i, hoàn toàn")
    'ủy ban, tòa án, quý i, hoàn toàn'
    """
    return _cached(lower) if len(lower) <= _SHORT else _canonical(lower)


def _canonical(lower: str) -> str:
    return _OPEN_SYLLABLE.sub(lambda match: _FIRST_VOWEL[match[0][1]], lower)


_SHORT = 60   # characters: titles and names of bodies come again and again, texts do not
_cached = lru_cache(maxsize=8192)(_canonical)
