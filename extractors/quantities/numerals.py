"""Where numbers stand in a text, and how much they are: digits, scale words, number words, ratios.

A run of digits with dots, commas, slashes and colons is taken whole. It is a number or a ratio of two, or else it
is nothing we read (`1.2.3.4`, `10:30`, `3/2/1930`): no part of it is guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from extractors.anchors import Anchors
from extractors.numbers import AFTER_TENS, DIGITS, SCALES, read_digits, read_number, read_words
from extractors.quantities.words import one_of

_RUN = regex.compile(r"\d++(?:[.,/:]\d++)*+")
_SPACED = regex.compile(rf"\d{{1,3}}(?: \d{{3}}){{1,5}}+(?! ?\d)(?= {one_of('spaced_units')}(?!\p{{L}}))")
_SPACED_DECIMALS = regex.compile(   # 14.713, 25 điểm
    rf"(?<!\d, )\d{{1,3}}(?:\.\d{{3}}){{1,5}}+, \d\d(?= ?{one_of('spaced_decimals')}(?![\p{{L}}\d]))"
)
_ENGLISH = regex.compile(r"\d{1,3},\d{3}")
_CROSS = regex.compile(r" ?[×x] ?(\d++(?:[.,]\d++)*+)(?![\p{L}\d×]*[×x]\d)")
_SCALE_WORD = regex.compile(r"[ ]?(nghìn|ngàn|vạn|triệu|tỷ|tỉ|tr)(?![\p{L}\d])")
_NOT_A_SCALE = regex.compile(rf" {one_of('not_scaled')}(?!\p{{L}})")
_TENS_AND_SCALES = ("mười", "mươi", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục")
_WORDS = Anchors([(word, word) for word in _TENS_AND_SCALES])
_VAGUE = regex.compile(rf"(?<!\p{{L}}){one_of('vague')} \Z")
_NUMBER_WORDS = frozenset({*DIGITS, *AFTER_TENS, *SCALES, "mười", "mươi", "trăm", "chục", "linh", "lẻ"} - {"không"})
_WORD_BEFORE = regex.compile(r"(?<!\p{L})(\p{L}{1,6}+) \Z")
_HUNDREDS = regex.compile(r" trăm(?: (?:nghìn|ngàn|triệu|tỷ|tỉ))?+(?!\p{L})")
_LONGEST_RUN = 40
_LONGEST_SCALED = 60
_LONGEST_CHAIN = 20   # number words


class Numeral(NamedTuple):
    """A number as it stands: its span, value, and what its form says.

    `of` is the second number of `185/190`. `grouped`: has thousands groups. `scaled`: has a scale word.
    `last_scale` is the scale that its last digits carry, for ranges such as `2-3 triệu`.
    """

    start: int
    end: int
    value: Decimal
    of: Decimal | None = None
    grouped: bool = False
    scaled: bool = False
    words: bool = False
    digits_end: int = 0
    dashed: bool = False           # stands directly after another number and a dash: only the end of a range
    crossed: bool = False          # 388×470
    decimal_groups: bool = False   # 2,500: a decimal by our rules, but English grouping is possible


def numerals(shadow: str, lower: str) -> Iterator[Numeral]:
    """Every numeral of a text, in order, without overlaps."""
    digits, words = _digit_numerals(shadow, lower), _word_numerals(lower)
    left, right = next(digits, None), next(words, None)
    done = 0
    while left or right:
        if right is None or (left is not None and left.start <= right.start):
            found, left = left, next(digits, None)
        else:
            found, right = right, next(words, None)
        if found is not None and found.start >= done:
            done = found.end
            yield found


def _digit_numerals(shadow: str, lower: str) -> Iterator[Numeral]:
    done = 0
    for run in _RUN.finditer(lower):
        if run.start() < done or run.end() - run.start() > _LONGEST_RUN:
            continue
        dashed = bool(done) and run.start() == done + 1 and shadow[done] == "-"
        if not dashed and _glued(shadow, run.start()):
            continue
        found = _crossed(lower, run) or numeral_at(lower, run.start(), run.end())
        if found:
            done = found.end
            yield found._replace(dashed=True) if dashed else found


def _crossed(lower: str, run: regex.Match[str]) -> Numeral | None:
    """`388×470`: length and breadth, as a ratio of two."""
    cross = _CROSS.match(lower, run.end())
    if cross is None:
        return None
    left, right = read_digits(lower, run.start()), read_digits(lower, cross.start(1))
    if left is None or right is None or left[0] != run.end() or right[0] != cross.end():
        return None
    return Numeral(run.start(), cross.end(), left[1], of=right[1], digits_end=cross.end(), crossed=True)


def _glued(shadow: str, start: int) -> bool:
    """Part of a code, a name or a broken number: `A320`, `QĐ-12`, `B.52`."""
    if start == 0:
        return False
    before = shadow[start - 1]
    if before.isalnum() or before in "°′″_@#\\^=":
        return True
    return before in ".,/:-" and start > 1 and (shadow[start - 2].isalnum() or shadow[start - 2] in ".,/:")


def numeral_at(lower: str, start: int, end: int | None = None) -> Numeral | None:
    """The numeral in digits at `start`; `end` is that of its run of digits and marks."""
    if end is None:
        run = _RUN.match(lower, start)
        if run is None or run.end() - start > _LONGEST_RUN:
            return None
        end = run.end()
    spaced = _SPACED.match(lower, start) if end - start <= 3 and lower.startswith(" ", end) else None
    if spaced and spaced.end() > end:
        return Numeral(start, spaced.end(), Decimal(spaced[0].replace(" ", "")), grouped=True, digits_end=spaced.end())
    if lower.startswith(", ", end) and (decimals := _SPACED_DECIMALS.match(lower, start, start + _LONGEST_RUN)):
        value = Decimal(decimals[0].replace(".", "").replace(", ", "."))
        return Numeral(start, decimals.end(), value, grouped=True, digits_end=decimals.end())
    slash = lower.find("/", start, end)
    if slash > 0:
        return _ratio(lower, start, slash, end)
    first = read_digits(lower, start)
    if first is None or first[0] != end:
        return None
    whole = read_number(lower, start) or first
    if whole[0] - end > _LONGEST_SCALED:
        return None
    digits = lower[start:end]
    attached = _attached_scale(lower, end)
    if attached and whole[0] == end:
        whole = attached[0], first[1] * attached[1]
    hundreds = _HUNDREDS.match(lower, end) if whole[0] == end else None
    if hundreds:   # 5 trăm triệu
        parts = hundreds[0].split()
        whole = hundreds.end(), first[1] * 100 * (SCALES[parts[1]] if len(parts) > 1 else 1)
    if whole[0] > end and _NOT_A_SCALE.match(lower, whole[0]):
        whole = first
    value, decimal_groups = whole[1], bool(_ENGLISH.fullmatch(digits))
    if digits.startswith("0.") and whole[0] == end:
        value = Decimal(digits)
    return Numeral(
        start, whole[0], value, grouped=(digits.count(".") > 0 and value >= 1000) or digits.count(",") > 1,
        scaled=whole[0] > end, digits_end=end, decimal_groups=decimal_groups and whole[0] == end,
    )


def _attached_scale(lower: str, end: int) -> tuple[int, int] | None:
    """`5tr`, `20triệu`: a scale word without a space."""
    found = _SCALE_WORD.match(lower, end)
    if found is None or found[0].startswith(" "):
        return None
    return found.end(), SCALES[found[1]]


def _ratio(lower: str, start: int, slash: int, end: int) -> Numeral | None:
    left, right = read_digits(lower[start:slash], 0), read_digits(lower, slash + 1)
    if left is None or right is None or left[0] != slash - start or right[0] != end or not right[1]:
        return None
    return Numeral(start, end, left[1], of=right[1], digits_end=end)


def _word_numerals(lower: str) -> Iterator[Numeral]:
    done = 0
    for start, end, _ in _WORDS.find(lower):
        if start < done or _NOT_A_SCALE.match(lower, end):
            continue
        found = _word_numeral(lower, start, end, done)
        if found is None:
            continue
        done = found.end
        if found.value >= 10 and not _VAGUE.search(lower, max(0, found.start - 12), found.start):
            yield found


def _word_numeral(lower: str, start: int, end: int, done: int) -> Numeral | None:
    """The number in words around the number word at `start:end`; nothing before `done` is read again."""
    starts = [start]
    while len(starts) < _LONGEST_CHAIN:
        word = _WORD_BEFORE.search(lower, max(0, starts[-1] - 8), starts[-1])
        if word is None or word[1] not in _NUMBER_WORDS or word.start() < done:
            break
        starts.append(word.start())
    for first in reversed(starts):
        whole = read_words(lower, first)
        if whole and whole[0] >= end:
            scaled = any(word in SCALES for word in lower[first : whole[0]].split())
            return Numeral(first, whole[0], whole[1], scaled=scaled, words=True, digits_end=whole[0])
    return None
