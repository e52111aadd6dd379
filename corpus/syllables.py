"""Whether written syllables are Vietnamese, told from how syllables are built; nothing is looked up."""

from __future__ import annotations

import unicodedata

import regex

_ONSET = r"(?:ngh|ng|nh|kh|gh|gi|ch|ph|th|tr|qu|[bcdđghklmnprstvx])?"
_NUCLEUS = (
    r"(?:uyê|oai|oay|oeo|uya|uyu|iêu|yêu|uôi|ươi|ươu|uây|oao|oa|oă|oe|uâ|uê|uy|uơ|iê|yê|uô|ươ|ia|ya|ua|ưa|oo"
    r"|ai|ay|ao|au|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy])"
)
_CODA = r"(?:ngh|ng|nh|ch|[ckmnpt])?"  # k: Đắk Lắk
_SYLLABLE = regex.compile(f"{_ONSET}{_NUCLEUS}{_CODA}")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTERS = regex.compile(r"\p{L}\p{M}*+(?:\p{L}\p{M}*+)*")
_NOT_TONED = str.maketrans(dict.fromkeys(_TONES))
_LATIN = regex.compile(r"[a-z]*[aeiouy][a-z]*")


def is_syllable(word: str) -> bool:
    """Whether a word is built like a Vietnamese syllable, in any case: `nghiêng`, `QUYẾT`.

    >>> is_syllable("thẩm"), is_syllable("h¸nh"), is_syllable("xq")
    (True, False, False)
    """
    split = unicodedata.normalize("NFD", word.lower())
    if sum(split.count(tone) for tone in _TONES) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", split.translate(_NOT_TONED))) is not None


def vietnamese_share(text: str) -> tuple[float, int]:
    """The share of words built like Vietnamese syllables, and how many words there are. Abbreviations do not count."""
    words = [word for word in _LETTERS.findall(text) if len(word) > 1 and not (word.isupper() and len(word) < 5)]
    return (sum(map(is_syllable, words)) / len(words) if words else 0.0), len(words)


def latin_share(text: str) -> float:
    """The share of words of plain Latin letters with a vowel, as in English."""
    words = [word for word in _LETTERS.findall(text.lower()) if len(word) > 1]
    return sum(bool(_LATIN.fullmatch(word)) for word in words) / len(words) if words else 0.0
