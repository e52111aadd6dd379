"""Capitals that an eight-bit table could not hold: `CéNG HOµ` in TCVN3 is set for CỘNG HOÀ."""

from __future__ import annotations

import regex

_WORD = regex.compile(r"\p{L}+")
_FEWEST = 4   # capitals in a line of capitals


def restore_capitals(text: str) -> str:
    """Raise small letters with diacritics that stand among capitals, line by line, then word by word."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    if line.islower() or line.isascii():
        return line
    plain = [char for char in line if char.isascii() and char.isalpha()]
    capitals = sum(char.isupper() for char in plain)
    if capitals >= _FEWEST and capitals == len(plain):
        return line.upper()
    return _WORD.sub(lambda word: _word(word[0]), line)


def _word(word: str) -> str:
    """`HOµ`, `§¹I`: a small letter with a diacritic before a capital, or two capitals and no small plain letter."""
    if word.isascii() or word.islower() or any("a" <= char <= "z" for char in word):
        return word
    capitals = sum(char.isupper() for char in word)
    return word.upper() if capitals > 1 or not word[0].isupper() else word
