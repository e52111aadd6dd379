"""Vietnamese cardinal numbers, in digits and in words.

All functions read lower-case shadow text (`Document.lower`) and return `(end, value)`, or None where no
number stands at the place. They say what the number is, never whether a number is meant: `năm` is five and year, so
the caller decides by what follows.

Digits: `.` groups thousands and `,` is the decimal mark (`1.963`, `52,5`); `52.10` with one, two or more than
three digits after the dot is a decimal point, `1,234,567` is English grouping.
"""

from __future__ import annotations

from decimal import Decimal

import regex

DIGITS = {
    "không": 0, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9,
}
AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}   # hai mươi mốt, ba mươi tư, mười lăm
SCALES = {
    "nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}
_ZERO_TENS = ("linh", "lẻ")
_HALF = ("rưỡi", "rưởi")
_HAPLOLOGY = ("mốt", "lăm", "nhăm")   # ba mốt, hai lăm: the tens word is left out
_WORDS = {*DIGITS, *AFTER_TENS, *SCALES, *_ZERO_TENS, *_HALF, "mười", "mươi", "trăm", "chục", "tá", "phẩy"}
_LONGEST = 12   # words of one number

_WORD = regex.compile(r"(?<!\p{L})\p{L}++")
_SPACE_WORD = regex.compile(r" {1,3}+(\p{L}++)")
_SPACES = regex.compile(r" {1,3}+")
_FIGURES = regex.compile(
    r"(?<![\d.,])(?:(?P<english>\d{1,3}(?:,\d{3}){2,20}+(?:\.\d{1,6})?)|(?P<grouped>\d{1,3}(?:\.\d{3}){1,20}+(?:,\d{1,6}+)?)"
    r"|(?P<comma>\d{1,15}+,\d{1,6}+)|(?P<point>\d{1,15}+\.(?:\d{1,2}|\d{4,6}))|(?P<plain>\d{1,15}+))(?![.,]?\d)"
)


def read_number(text: str, pos: int) -> tuple[int, Decimal] | None:
    """The number at `pos` in digits, words or both, with its scale words.

    >>> read_number("2.740 tỷ 557 triệu 200 nghìn đồng", 0)
    (28, Decimal('2740557200000'))
    >>> read_number("25 nghìn 969 tỷ", 0)
    (15, Decimal('25969000000000'))
    """
    first = read_digits(text, pos)
    if first is None:
        return read_words(text, pos)
    end, value = _with_hundreds(text, *first)
    total, last, pending = Decimal(0), 0, value
    kept = end
    while step := _SPACE_WORD.match(text, kept):
        scale = SCALES.get(step[1])
        if scale is None:
            if step[1] in _HALF and last:
                total, kept = total + Decimal(last) / 2, step.end()
            break
        total = (total + pending) * scale if scale > last else total + pending * scale
        last, pending, kept = scale, Decimal(0), step.end()
        following = _following_digits(text, kept, last)
        if following is None:
            continue
        end, pending = following
        scaled = _SPACE_WORD.match(text, end)
        if scaled and scaled[1] in SCALES and _goes_with(SCALES[scaled[1]], last):
            kept = end
        elif last == 10**3 and pending < 1000 and not (scaled and scaled[1] in SCALES):
            return end, total + pending
        else:
            pending = Decimal(0)
            break
    return kept, total + pending


def _goes_with(scale: int, last: int) -> bool:
    """Whether a number with this scale may follow one with the scale `last`.

    Smaller ones add (`2 tỷ 557 triệu`), a larger one multiplies thousands (`25 nghìn 969 tỷ`); `5 tỷ 5 tỷ` are two.
    """
    return scale < last or last <= 10**4 < scale


def _following_digits(text: str, pos: int, last: int) -> tuple[int, Decimal] | None:
    space = _SPACES.match(text, pos)
    found = read_digits(text, space.end()) if space and last else None
    return _with_hundreds(text, *found) if found else None


def _with_hundreds(text: str, end: int, value: Decimal) -> tuple[int, Decimal]:
    """`5 trăm` of `2 nghìn 5 trăm` and `5 trăm triệu`."""
    word = _SPACE_WORD.match(text, end) if 0 < value < 10 else None
    return (word.end(), value * 100) if word and word[1] == "trăm" else (end, value)


def read_digits(text: str, pos: int) -> tuple[int, Decimal] | None:
    """The digits at `pos`, without scale words.

    >>> read_digits("30.394.013.000 đồng", 0)
    (14, Decimal('30394013000'))
    >>> read_digits("1,963 triệu", 0)
    (5, Decimal('1.963'))
    """
    found = _FIGURES.match(text, pos)
    if found is None:
        return None
    form, digits = found.lastgroup, found[0]
    if form == "grouped":
        digits = digits.replace(".", "").replace(",", ".")
    elif form == "english":
        digits = digits.replace(",", "")
    elif form == "comma":
        digits = digits.replace(",", ".")
    return found.end(), Decimal(digits)


def read_words(text: str, pos: int) -> tuple[int, Decimal] | None:
    """The number words at `pos`.

    >>> read_words("hai mươi mốt tháng", 0)
    (12, Decimal('21'))
    >>> read_words("hai mươi năm", 0)
    (8, Decimal('20'))
    >>> read_words("hai triệu rưỡi", 0)
    (14, Decimal('2500000'))
    """
    words = _number_words(text, pos)
    if not words:
        return None
    if words[0][0] == "không" and (len(words) == 1 or words[1][0] not in ("trăm", "phẩy")):
        return None   # the word for not
    used, value = _parse([word for word, _ in words])
    return (words[used - 1][1], value) if used else None


def _number_words(text: str, pos: int) -> list[tuple[str, int]]:
    """Number words from `pos` on, each with its end."""
    first = _WORD.match(text, pos)
    if first is None or first[0] not in _WORDS:
        return []
    words = [(first[0], first.end())]
    while len(words) < _LONGEST:
        following = _SPACE_WORD.match(text, words[-1][1])
        if following is None or following[1] not in _WORDS:
            break
        words.append((following[1], following.end()))
    return words


def _parse(words: list[str]) -> tuple[int, Decimal]:
    """How many of the words make a number, and which."""
    total, last, i = Decimal(0), 0, 0
    while i < len(words):
        used, group = _group(words, i)
        if not used:
            break
        after = i + used
        scale = SCALES.get(words[after]) if after < len(words) else None
        if scale is None:
            if last >= 1000 and used == 1 and 0 < group < 10:   # một nghìn hai: 1.200
                return after, total + group * last / 10
            i, total = after, total + group
            break
        while scale is not None:
            total = (total + group) * scale if scale > last else total + group * scale
            last, group, after = scale, Decimal(0), after + 1
            scale = SCALES.get(words[after]) if after < len(words) else None
            if scale is not None and scale <= last:
                break
        i = after
    return _tail(words, i, total, last)


def _tail(words: list[str], i: int, total: Decimal, last: int) -> tuple[int, Decimal]:
    """`rưỡi` (half of the scale before it) and `phẩy` (decimal mark)."""
    if i and i < len(words):
        if words[i] in _HALF:
            unit = last or (100 if words[i - 1] == "trăm" else 10 if words[i - 1] == "chục" else 1)
            return i + 1, total + Decimal(unit) / 2
        if words[i] == "phẩy":
            used, fraction = _group(words, i + 1)
            if used:
                return i + 1 + used, total + fraction / 10 ** len(str(int(fraction)))
    return i, total


def _group(words: list[str], i: int) -> tuple[int, Decimal]:
    """A number below a thousand at `i`: how many words it takes, and its value."""
    start, value = i, 0
    digit = DIGITS.get(words[i]) if i < len(words) else None
    if digit is not None and _at(words, i + 1) == "trăm":
        value, i = digit * 100, i + 2
        if _at(words, i) in _ZERO_TENS:
            unit = {**DIGITS, "tư": 4}.get(_at(words, i + 1))
            return (i + 2 - start, Decimal(value + unit)) if unit is not None else (i - start, Decimal(value))
        used, rest = _tens(words, i)
        if used == 1 and rest < 10 and _at(words, i) not in ("năm", "mốt"):   # một trăm hai: 120
            rest *= 10
        elif used == 1 and _at(words, i) == "năm":   # một trăm năm: a hundred years
            used, rest = 0, 0
        return i + used - start, Decimal(value + rest)
    used, rest = _tens(words, i)
    return used, Decimal(rest)


def _tens(words: list[str], i: int) -> tuple[int, int]:
    word, after = _at(words, i), _at(words, i + 1)
    if word == "mười":
        unit = {**DIGITS, "lăm": 5, "nhăm": 5}.get(after)
        return (2, 10 + unit) if unit and after != "năm" else (1, 10)
    digit = DIGITS.get(word)
    if digit is None:
        return 0, 0
    if after in ("mươi", "chục"):
        unit = {**DIGITS, **AFTER_TENS}.get(_at(words, i + 2)) if after == "mươi" else None
        return (3, digit * 10 + unit) if unit and _at(words, i + 2) != "năm" else (2, digit * 10)
    if after == "tá":
        return 2, digit * 12
    if after in _HAPLOLOGY and digit > 1:
        return 2, digit * 10 + AFTER_TENS[after]
    return 1, digit


def _at(words: list[str], i: int) -> str:
    return words[i] if i < len(words) else ""


def read_before(text: str, end: int) -> tuple[int, Decimal] | None:
    """`(start, value)` of the number that ends at `end`: that of `sáu tháng`, of `24 tháng`.

    Looks back over at most 12 words.

    >>> read_before("trong hai mươi năm", 14)
    (6, Decimal('20'))
    """
    found = _DIGITS_BEFORE.search(text, max(0, end - 16), end)
    if found:
        whole = read_digits(text, found.start())
        return (found.start(), whole[1]) if whole and whole[0] == end else None
    words: list[tuple[str, int]] = []   # backwards, each with its start
    start = end
    while len(words) < _LONGEST and (word := _WORD_BEFORE.search(text, max(0, start - 8), start)):
        if word[1] not in _WORDS or (words and word[1] in DIGITS and words[-1][0] in DIGITS):
            break
        words.append((word[1], word.start(1)))
        start = _spaces_before(text, word.start(1))
        if start == word.start(1):
            break
    forwards = words[::-1]
    for i, (_, start) in enumerate(forwards):
        chain = [word for word, _ in forwards[i:]]
        if chain[0] != "không" and (read := _parse(chain))[0] == len(chain):
            return start, read[1]
    return None


_DIGITS_BEFORE = regex.compile(r"(?<![\d.,/])\d[\d.,]{0,14}+$")
_WORD_BEFORE = regex.compile(r"(?<!\p{L})(\p{L}{1,6}+)$")


def _spaces_before(text: str, pos: int) -> int:
    start = pos
    while start > 0 and pos - start < 3 and text[start - 1] == " ":
        start -= 1
    return start
