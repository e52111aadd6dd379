"""UTF-8 that was read as windows-1252 or Latin-1 (`Nghá»‹ Ä‘á»‹nh`), once or several times, taken back exactly.

Latin-1 keeps the bytes 80 to 9F as control characters, windows-1252 shows most of them as signs; both are taken. Where
a byte was dropped on the way, the letter cannot be told: it stays as it is, and `LETTERS_LOST` is recorded.
"""

from __future__ import annotations

from functools import cache

import regex

from corpus.encodings.syllables import frequencies
from corpus.encodings.tables import seen

UTF8_AS_1252 = "utf-8-as-windows-1252"
LETTERS_LOST = "letters-lost"

_PROVEN = 3      # words that are syllables only when taken back, at the least
_MOST_TIMES = 3  # that text was converted
_LONGEST = 60    # characters of a word that is looked at
_QUICK = regex.compile(
    "[\u00c3-\u00c6\u00cc\u00e1\u00e2][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_CONTROL = regex.compile("[\u0080-\u009f]")
_WORD = regex.compile(r"[^ \t\n]+")    # not at U+00A0, which is half a letter here
_LETTERS = regex.compile(r"\p{L}+")
# What a letter leaves behind whose second or third byte is gone.
_REST = regex.compile(r"[áâ][º»]|[ÄÆ](?!\p{Ll}{2})|Ã(?![\p{L}\d])|[ÃÄÆáâº»]\ufffd")
_CERTAIN = regex.compile(r"[ÄÆ]á[º»]|á[º»](?=\p{Ll})")   # is not Vietnamese of any kind
# `à` ends in byte A0, the no-break space; one that became a space is told by what stands behind it.
_SPACED = regex.compile(r"Ã (?= |(?:ng|nh|ch|[cmnpt])(?!\p{L}))")


@cache
def _bytes_of() -> dict[str, int]:
    """The byte of each character: as windows-1252 shows it, and as Latin-1 keeps it."""
    return {chr(byte): byte for byte in range(0x80, 0x100)} | {seen(bytes([byte])): byte for byte in range(0x80, 0x100)}


@cache
def _sequences() -> regex.Pattern[str]:
    rest = regex.escape("".join(char for char, byte in _bytes_of().items() if byte < 0xC0))
    return regex.compile(f"[\u00c2-\u00cd][{rest}]|[\u00e1\u00e2\u00ef][{rest}]{{2}}")


def decode_utf8_seen(text: str) -> str:
    """Every sequence that is a letter or sign of UTF-8 taken back, once. What is no such sequence stays."""
    numbers = _bytes_of()

    def letter(found: regex.Match[str]) -> str:
        try:
            return bytes(numbers[char] for char in found[0]).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]

    return _sequences().sub(letter, text)


def restore(text: str, *, proven: bool = False) -> tuple[str, bool]:
    """The text with what was left of the accident taken back, and whether there was any.

    For words among correct Unicode. It happened where enough words are syllables only when taken back, or one that
    holds control characters is; else, unless it is `proven`, the text stays as it is: `Ã”` may be a quoted letter.
    """
    if not _QUICK.search(text) and not (proven and _SPACED.search(text)):
        return text, False
    if not (proven or _happened(text)):
        return text, False
    restored = _whole(_SPACED.sub("à", _whole(text)))
    return restored, restored != text


def letters_lost(text: str, *, proven: bool) -> bool:
    """Whether letters could not be taken back; where the accident is not `proven`, only what nothing else can be."""
    return (_REST if proven else _CERTAIN).search(text) is not None


def _whole(text: str) -> str:
    for _ in range(_MOST_TIMES):
        once = decode_utf8_seen(text)
        if once == text:
            break
        text = once
    return text


def _happened(text: str) -> bool:
    found, at = 0, 0
    while hit := _QUICK.search(text, at):
        begin = max(text.rfind(space, max(0, hit.start() - _LONGEST), hit.start()) for space in " \t\n") + 1
        word = _WORD.match(text, max(begin, at, hit.start() - _LONGEST), hit.end() + _LONGEST)
        at = max(hit.end(), word.end() if word else 0)
        if word and _is_spoilt(word[0]):
            found += _PROVEN if _CONTROL.search(word[0]) else 1
            if found >= _PROVEN:
                return True
    return False


def _is_spoilt(word: str) -> bool:
    """Whether a word is a syllable of two letters or more once it is taken back."""
    known = frequencies()
    letters = _LETTERS.findall(_whole(word).lower())
    return any(len(part) > 1 and part in known for part in letters) and not any(
        len(part) > 1 and part in known for part in _LETTERS.findall(word.lower())
    )
