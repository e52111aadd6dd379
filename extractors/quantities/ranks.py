"""Ranks: `đứng thứ 8/63`, `lớn thứ 3`, `tốp 10`. Ordinals in names (`kỳ họp thứ 8`) are none (`rank_cues.tsv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extractors.facts import Approx
from extractors.lexicon import table
from extractors.quantities.numerals import Numeral

_ORDINAL = regex.compile(r"(?<!\p{L})thứ (?:hạng )?\Z")
_TOP = regex.compile(r"""["']?(?:top|tốp)["']? \Z""")
_PLACE = regex.compile(r"(?:xếp |đứng )(?:hạng|vị trí) \Z|(?:vị trí|thứ hạng) (?:số )?\Z")
_ENDS = ("thứ ", "hạng ", "top ", "tốp ", '" ', "' ", "vị trí ", " số ")   # of whatever makes a number a rank
_WORDS = regex.compile(r"(?<!\p{L})(?:\p{L}++ ){1,3}\Z")
_NAMED = frozenset({"lần", "năm", "ngày", "tháng", "kỳ", "họp", "khóa", "khoá", "người", "điều", "bài", "phần"})


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a rank's span begins, and how exact it is: `tốp 10` is at most the tenth place."""

    start: int
    approx: Approx


@cache
def _cues() -> frozenset[str]:
    return frozenset(row["words"] for row in table("rank_cues"))


def rank_start(lower: str, numeral: Numeral) -> Rank | None:
    """The rank that the words before a number make of it, None where they make none."""
    start = numeral.start
    if numeral.scaled or numeral.words or numeral.value != int(numeral.value):
        return None
    if not lower.endswith(_ENDS, 0, start):
        return None
    if found := _TOP.search(lower, max(0, start - 8), start):
        return Rank(found.start(), "at_most")
    ordinal = _ORDINAL.search(lower, max(0, start - 9), start)
    if ordinal is None:
        placed = numeral.of is not None and _PLACE.search(lower, max(0, start - 16), start)
        return Rank(start, "exact") if placed else None
    words = _WORDS.search(lower, max(0, ordinal.start() - 24), ordinal.start())
    parts = words[0].split() if words else []
    if parts and parts[-1] in _NAMED:
        return None
    ranked = numeral.of is not None or any(" ".join(parts[-n:]) in _cues() for n in (1, 2, 3) if len(parts) >= n)
    return Rank(ordinal.start(), "exact") if ranked else None
