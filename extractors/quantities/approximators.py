"""How exact a number is said to be: the words directly before it (`gần`, `không quá`) or after it (`trở lên`)."""

from __future__ import annotations

from functools import cache

import regex

from extractors.facts import Approx
from extractors.lexicon import table

_WORDS_BEFORE = regex.compile(r"(?<!\p{L})(?:\p{L}++[ \n]{1,2}){1,4}\Z")
_WORDS_AFTER = regex.compile(r"[ ]?(\p{L}++ \p{L}++)")
_LAST_WORD = regex.compile(r"(?r)(\p{L}+)[ \n]{1,2}\Z")   # from its end: the nearest word and no other
_LONGEST_WORD = 12
_REACH = 32


@cache
def _words(side: str) -> dict[str, Approx]:
    return {row["words"]: row["approx"] for row in table("approximators") if row["side"] == side}  # type: ignore[misc]


@cache
def _lasts() -> frozenset[str]:
    return frozenset(words.split()[-1] for words in _words("left"))


def _last_word(lower: str, floor: int, pos: int) -> str:
    """The letters before the white space that ends at `pos`."""
    found = _LAST_WORD.search(lower, max(floor, pos - _LONGEST_WORD), pos)
    return found[1] if found else ""


def approximator_before(lower: str, pos: int, floor: int = 0) -> tuple[int, Approx] | None:
    """`(start, approx)` of the approximator that ends where a number begins at `pos`, the longest one.

    >>> approximator_before("huy động khoảng hơn 169.000 tỷ", 20)
    (16, 'over')
    """
    if pos == 0 or lower[pos - 1] not in " \n":
        return None
    if _last_word(lower, floor, pos) not in _lasts():
        return None
    found = _WORDS_BEFORE.search(lower, max(floor, pos - _REACH), pos)
    if found is None:
        return None
    parts = found[0].split()
    known = _words("left")
    start = found.start()
    for first in range(len(parts)):
        words = " ".join(parts[first:])
        if words in known:
            return lower.find(parts[first], start), known[words]
        start = lower.find(parts[first], start) + len(parts[first])
    return None


_CEILING = regex.compile(
    r"(?<!\p{L})phạt(?: tiền)?(?: vi phạm hành chính)?(?: có thể)?(?: là)?(?: lên)? (?:đến|tới) \Z"
)


def is_ceiling(lower: str, pos: int) -> bool:
    """Whether a fine that is named alone is the highest: `phạt tiền đến 5.000.000 đồng`.

    Law on Handling Administrative Violations (15/2012/QH13), art. 23 and 24: fines are laid down with an upper bound.
    """
    return _CEILING.search(lower, max(0, pos - 48), pos) is not None


def approximator_after(lower: str, pos: int) -> Approx | None:
    """`trở lên`, `trở xuống` after a number and its unit."""
    found = _WORDS_AFTER.match(lower, pos)
    return _words("right").get(found[1]) if found else None
