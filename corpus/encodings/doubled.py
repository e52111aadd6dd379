"""Text that was converted once too often, and how to take it back (DOMAIN: double conversion).

UTF-8 read as windows-1252 is in `utf8_seen`. Unicode run through a converter for VNI (`cơng tác`, `cĩ`) or TCVN3
(`cụng tỏc`, `cú`) lost letters: each syllable is decided by how common the syllables are that it may have been.
"""

from __future__ import annotations

from functools import cache

import regex

from corpus.encodings.syllables import frequencies
from corpus.tables import table

_PROVEN = 3          # different words that the accident makes, at the least
_PROVEN_SHARE = 0.06 # of all words with diacritics
_COMMON = 300        # times in ten million
_HINTS = 8
_SAMPLE = 200_000    # characters
_FLOOR = 0.5         # frequency of a syllable that was never counted
_WORD = regex.compile(r"\p{L}+")


@cache
def _accidents() -> dict[str, dict[str, str]]:
    """For each accident: what a letter became, and what it had been."""
    found: dict[str, dict[str, str]] = {}
    for row in table("corpus", "double_conversion"):
        found.setdefault(row["accident"], {})[row["became"]] = row["was"]
    return found


@cache
def _odd_words(accident: str) -> dict[str, int]:
    """Words that the language hardly has and that the accident makes of common syllables, with their frequency."""
    known, made = frequencies(), dict[str, int]()
    for became, was in _accidents()[accident].items():
        for syllable, often in known.items():
            odd = syllable.replace(was, became)
            if often >= _COMMON and odd != syllable and known.get(odd, 0) * 200 < often:
                made[odd] = max(often, made.get(odd, 0))
    return made


@cache
def _hints(accident: str) -> tuple[str, ...]:
    """The odd words that come most often: what the quick look counts."""
    made = _odd_words(accident)
    return tuple(f" {word}" for word in sorted(made, key=lambda word: -made[word])[:_HINTS])


def undouble(text: str) -> tuple[str, str | None]:
    """The text with the accident taken back, and the accident's name; as it is and None where there was none.

    It is looked for in the whole text, then in each line.
    """
    for accident in _accidents():
        if sum(text.count(hint) for hint in _hints(accident)) < _PROVEN:
            continue
        if _happened(text, accident):
            return _taken_back(text, accident), accident
        lines = [_taken_back(line, accident) if _happened(line, accident) else line for line in text.split("\n")]
        if (taken_back := "\n".join(lines)) != text:
            return taken_back, accident
    return text, None


def _happened(text: str, accident: str) -> bool:
    """Whether words that the accident makes are there, and those that it makes them of are not."""
    made = _odd_words(accident)
    words = [word for word in _WORD.findall(text[:_SAMPLE].lower()) if not word.isascii()]
    odd = [word for word in words if word in made]
    if len(set(odd)) < _PROVEN or len(odd) < _PROVEN_SHARE * len(words):
        return False
    spared = sum(word in _spared(accident) for word in words)
    return spared * 10 < len(odd)


@cache
def _spared(accident: str) -> frozenset[str]:
    """The common words that the accident would have spoilt."""
    inverse = _accidents()[accident]
    return frozenset(
        odd.replace(became, was) for odd in _odd_words(accident) for became, was in inverse.items() if became in odd
    ) & frequencies().keys()


@cache
def _pairs(accident: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    rows = table("corpus", "double_conversion_pairs")
    return {tuple(row["became"].split()): tuple(row["was"].split()) for row in rows if row["accident"] == accident}


def _taken_back(text: str, accident: str) -> str:
    """Every word decided by how common its readings are, and by its neighbour where `_pairs` knows better."""
    pairs, decided = _pairs(accident), dict[str, str]()
    parts: list[str] = []
    end, last = 0, ""
    for found in _WORD.finditer(text):
        between, raw = text[end : found.start()], found[0]
        word = raw.lower()
        if word not in decided:
            decided[word] = word if word.isascii() else _syllable(word, accident)
        reading = decided[word]
        known = pairs.get((last, word)) if parts and between == " " else None
        if known:
            parts[-1] = _in_case(known[0], parts[-1])
            reading = known[1]
        parts += (between, _in_case(reading, raw))
        end, last = found.end(), word
    return "".join([*parts, text[end:]])


def _in_case(word: str, like: str) -> str:
    """A word in the case of another; one that is already like it stays as it is."""
    if word == like.lower():
        return like
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[:1].isupper() else word


def _syllable(word: str, accident: str) -> str:
    """The most common of what a syllable may have been, itself among them."""
    known, forms = frequencies(), {word}
    for became, was in _accidents()[accident].items():
        if became in word:
            forms.add(word.replace(became, was))
    return max(sorted(forms), key=lambda form: known.get(form, 0) + (_FLOOR if form == word else 0))
