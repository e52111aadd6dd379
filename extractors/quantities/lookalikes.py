"""Numbers that are no figures: names, ordinals, references, told by the words before them (`figure_lookalikes.tsv`)."""

from __future__ import annotations

from functools import cache
from typing import Literal

import regex

from extractors.lexicon import table
from extractors.quantities.words import word_set

Strength = Literal["firm", "loose"]

_WORDS_BEFORE = regex.compile(r"(?<![\p{L}\d])(?:[\p{L}\d][\p{L}\d.-]*+[ :]{1,2}){1,4}\Z")
_NAME_BEFORE = regex.compile(r"(?<![\p{L}\d])\p{Lu}[\p{L}\d-]*+[ -]{1,3}\Z")
_LISTED = regex.compile(
    r"(?<![\p{L}\d])([\p{L}]++(?: \p{L}++)?) \d{1,3}(?:[\p{L}]?, ?\d{1,3}){0,8}+\p{L}?(?:,| và| hoặc| đến|-| -) ?\Z"
)
_BARE_LIST = regex.compile(r"(?<![\d.,/])\d{1,3}\p{L}?(?:, | và | hoặc )\d{1,3}\p{L}?(?:, | và | hoặc )\Z")
_LIST_ENDS = tuple(f"{mark}{gap}" for mark in (",", " và", " hoặc", " đến", "-") for gap in ("", " "))
_COUNTED = ("tổng số", "trong số", "con số", "số số", "trên số", "hơn số", "với số", "một số")
_PARTS = frozenset({"điều", "khoản", "điểm", "tiết", "mục"})
_REACH = 36
_INDEFINITE = regex.compile(r"(?:,? (?!(?:là|khi|thế|không|mà|thì|do) )\p{L}++){0,4}? nào(?: đó)?(?!\p{L})")


@cache
def _table() -> dict[str, Strength]:
    return {row["words"].lower(): row["strength"] for row in table("figure_lookalikes")}  # type: ignore[misc]


@cache
def _lasts() -> frozenset[str]:
    return frozenset(words.split()[-1] for words in _table())


def naming_before(lower: str, pos: int) -> Strength | None:
    """How firmly the words before `pos` make the number there a name or reference; None if they do not.

    >>> naming_before("theo điều 36", 10)
    'firm'
    >>> naming_before("trong số 16 tù binh", 9)
    """
    if pos == 0 or lower[pos - 1] not in " :":
        return None
    found = _WORDS_BEFORE.search(lower, max(0, pos - _REACH), pos)
    if found is None:
        return None
    words = found[0].replace(":", " ").split()
    if words[-1] not in _lasts():
        return None
    known = _table()
    for first in range(max(0, len(words) - 4), len(words)):
        phrase = " ".join(words[first:])
        if phrase in known and not (phrase == "số" and " ".join(words[-2:]) in _COUNTED):
            if first and words[first - 1].isdigit() and phrase not in _PARTS:   # 7 chương 36 điều
                return None
            loose_label = known[phrase] == "loose" and lower[pos - 2 : pos - 1] == ":"
            return None if loose_label else known[phrase]
    return None


def listed_after_naming(lower: str, pos: int) -> bool:
    """A further member of a list of names or references: the 5 of `Điều 3, 4 và 5`."""
    if not lower.endswith(_LIST_ENDS, 0, pos):
        return False
    if _BARE_LIST.search(lower, max(0, pos - 20), pos):
        return True
    found = _LISTED.search(lower, max(0, pos - 60), pos)
    if found is None:
        return False
    words = found[1].split()
    return any(" ".join(words[first:]) in _table() for first in range(len(words)))


def name_before(shadow: str, pos: int) -> bool:
    """A capitalised word stands before the number, as in a model's name: `Snapdragon 800`."""
    return _NAME_BEFORE.search(shadow, max(0, pos - 24), pos) is not None


def is_article(lower: str, start: int, end: int, stop: int) -> bool:
    """The digit 1 of chat for the article `một`: `1 vị khách nào`, `1 bí quyết nữa`. `stop` is the end of the noun."""
    if lower[start:end] != "1":
        return False
    noun = lower[end:stop].strip()
    if any(noun == words or noun.startswith(f"{words} ") for words in word_set("uncounted")):
        return True
    return _INDEFINITE.match(lower, stop, stop + _REACH) is not None
