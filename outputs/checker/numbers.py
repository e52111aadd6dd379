"""Numbers as a text claims them: value, scale, share, and how exact it is said to be.

`2.000`, `2000` and `hai nghìn` are one number; `2,5 triệu` and `2,5` are two, and so are `85%` and `85`. A number with
`trên`, `gần`, `khoảng` (extractors/data/approximators.tsv) is another claim than the same number without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from extractors.lexicon import table
from extractors.numbers import read_number, read_words

_DIGITS = regex.compile(r"\d+(?:[.,]\d+)*(?:/\d+(?:[.,]\d+)*)?")
_WORDS = regex.compile(
    r"(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)(?!\w)", regex.I
)
_SHARE = regex.compile(r"\s?(?:%|phần trăm(?!\w))", regex.I)
_HIGH = regex.compile(r"\s?(?:-|đến|tới)\s?(?=\d)", regex.I)
_YEAR_BEFORE = regex.compile(r"(?:năm|từ|đến|tới|-|–|\()\s*$", regex.I)
_COUNTED = regex.compile(r"\s?(?:%|\p{Ll})")
_REACH = 30       # characters beside a number in which a word may say how exact it is
_ALONE = frozenset({"hai", "ba", "bốn", "sáu", "bảy", "bẩy", "tám", "chín"})  # not `một`, an article, nor `năm`, year
_RATIO = regex.compile(r"\d/\d")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the words that state it.

    `value` is None for ratios (`8/63`) and sequences that are no number. `year`: True after `năm`, False for what
    counts something or is grouped, None where it may be either.
    """

    words: str
    digits: str
    value: Decimal | None
    share: bool
    approx: str
    year: bool | None
    start: int
    end: int
    in_words: bool = False
    bare: bool = True     # nothing follows in the text that it could count


def quantities(text: str, lowered: str) -> Iterator[Quantity]:
    """The numbers of a text, in figures and in words, that no date or symbol has claimed."""
    found = [*_in_figures(text, lowered), *_in_words(text, lowered)]
    yield from sorted(found, key=lambda one: one.start)


def _in_figures(text: str, lowered: str) -> Iterator[Quantity]:
    made: list[Quantity] = []
    place = 0
    while match := _DIGITS.search(text, place):
        digits, end, value = match.group(), match.end(), None
        if not _RATIO.search(digits):
            number = read_number(lowered, match.start())
            if number and number[0] >= end:
                end, value = number
        share = _SHARE.match(lowered, end)
        stop = share.end() if share else end
        year = _year(lowered, match.start(), end, digits)
        made.append(Quantity(
            text[match.start():stop], digits, value, bool(share), _approx(lowered, match.start(), stop), year,
            match.start(), stop, bare=not _COUNTED.match(text, stop),
        ))
        place = max(stop, match.end())
    for at, one in enumerate(made):
        yield _as_lower_end(one, made[at + 1], lowered) if at + 1 < len(made) else one


def _as_lower_end(low: Quantity, high: Quantity, lowered: str) -> Quantity:
    """`10` of `10 đến 12 triệu`, `70` of `70-85%`: of the scale and share of the upper end."""
    between = _HIGH.match(lowered, low.end)
    if not between or between.end() != high.start or low.value is None or high.value is None or low.share:
        return low
    plain = read_number(high.digits, 0)
    scale = high.value / plain[1] if plain and plain[1] and low.words == low.digits else Decimal(1)
    if scale == 1 and not high.share:
        return low
    return Quantity(low.words, low.digits, low.value * scale, high.share, low.approx, low.year, low.start, low.end)


def _year(lowered: str, start: int, end: int, digits: str) -> bool | None:
    if len(digits) != 4 or not digits.isdigit() or digits[0] not in "12":
        return False
    if lowered[:start].endswith(("năm ", "năm\xa0")):
        return True
    counted = regex.compile(r" (\p{L}+)").match(lowered, end)
    if counted and counted[1] in _count_nouns() and not _YEAR_BEFORE.search(lowered[max(0, start - 6):start]):
        return False
    return None


@cache
def _count_nouns() -> frozenset[str]:
    """First words of what can be counted or measured."""
    units = {row["surface"].split()[0].lower() for row in table("units") if row["surface"][:1].isalpha()}
    return frozenset(units | {next(iter(row.values())).split()[0].lower() for row in table("count_nouns")})


@cache
def _approximators(side: str) -> tuple[tuple[str, str], ...]:
    found = [(row["words"], row["approx"]) for row in table("approximators") if row["side"] == side]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def _approx(lowered: str, start: int, end: int) -> str:
    before = lowered[max(0, start - _REACH):start].rstrip()
    if before.endswith(" năm") or before == "năm":
        before = before[:-3].rstrip()
    for words, approx in _approximators("left"):
        if before.endswith(words) and not before[:-len(words)][-1:].isalnum():
            return approx
    after = lowered[end:end + _REACH].lstrip()
    for words, approx in _approximators("right"):
        if words in after and regex.match(r"(?:\p{L}+ ){0,2}" + regex.escape(words), after):
            return approx
    return "exact"


def _in_words(text: str, lowered: str) -> Iterator[Quantity]:
    place = 0
    while match := _WORDS.search(lowered, place):
        found = read_words(lowered, match.start())
        if found is None:
            place = match.end()
            continue
        end, value = found
        words = text[match.start():end]
        place = max(end, match.end())
        following = text[end:end + 2]
        alone = " " not in words
        counts = following[:1] == " " and following[1:].islower()
        if alone and (words not in _ALONE or not counts) and not (words.lower() == "mười" and counts):
            continue
        if any(word[:1].isupper() for word in words.split()[1:]):
            continue   # a name: Ba Mươi
        yield Quantity(
            words, "", value, bool(_SHARE.match(lowered, end)), _approx(lowered, match.start(), end), False,
            match.start(), end, in_words=True, bare=not counts,
        )


def supported(claim: Quantity, said: Quantity) -> bool:
    """Whether one number states the other: the same value, share and exactness."""
    if claim.approx != said.approx or (claim.share and not said.share):
        return False
    if said.share and not claim.share and not claim.bare:
        return False
    if (claim.year is True and said.year is False) or (claim.year is False and said.year is True):
        return False
    if claim.value is None or said.value is None:
        return claim.digits == said.digits and claim.value == said.value
    return claim.value == said.value
