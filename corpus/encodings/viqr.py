"""VIQR (RFC 1456): Vietnamese in ASCII, as mail and news groups of the nineties wrote it: `Nghi. ddi.nh`.

Its marks are also punctuation, so it is believed only where circumflex, breve, horn or `dd` prove it, and a mark
at the end of a word is punctuation where the word with it is no syllable, or where a sentence may end and the
word without it is the more common one.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import regex

from corpus.encodings.syllables import frequencies

_TONES = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_SHAPES = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b"}
_WORD = regex.compile(r"(?<![\w\\])(?:[b-df-hj-np-tv-xz]|[aeiouy][\^(+*]?[`'?~.]?)+", regex.I)
_LETTER = regex.compile(r"([aeiouy])([\^(+*]?)([`'?~.]?)|dd", regex.I)
_PROOF = regex.compile(r"[aeou][\^(+]|dd", regex.I)
_PROVEN = 5          # different words that can be nothing else
_SAMPLE = 20_000     # characters


def decode_viqr(text: str) -> str | None:
    """The text in Unicode, None where it is not VIQR."""
    if not text.isascii() or _PROOF.search(text, endpos=_SAMPLE) is None:
        return None
    words = _WORD.findall(text[:_SAMPLE])
    marked = {word.lower() for word in words if _PROOF.search(word)}
    proven = {word for word in marked if {_letters(word), _letters(word.rstrip(".?"))} & frequencies().keys()}
    if len(proven) < _PROVEN or 2 * len(proven) < len(marked) or 10 * len(proven) < len(set(words)):
        return None
    return _WORD.sub(_word, text)


def _word(found: regex.Match[str]) -> str:
    raw, known = found[0], frequencies()
    toned, bare = _letters(raw), _letters(raw[:-1])
    if raw[-1] not in _TONES:
        return toned
    after = found.string[found.end() : found.end() + 2]
    sentence_ends = raw[-1] in ".?" and (not after.strip() or after[1:].isupper())
    often, otherwise = known.get(toned.lower(), 0), known.get(bare.lower(), 0)
    if not often or (sentence_ends and (bare.isascii() or otherwise > often)):
        return bare + raw[-1]
    return toned


@cache
def _letters(word: str) -> str:
    return unicodedata.normalize("NFC", _LETTER.sub(_letter, word))


def _letter(found: regex.Match[str]) -> str:
    if found[1] is None:
        return "Đ" if found[0][0] == "D" else "đ"
    return found[1] + _SHAPES.get(found[2], "") + _TONES.get(found[3], "")
