"""The lists of a Word 97–2003 document: PlfLst and PlfLfo ([MS-DOC] 2.9.189, 2.9.186).

A paragraph names an override (LFO), counted from 1, and a level; the override names a list (LSTF) and may have
levels or first numbers of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from contextlib import suppress

from corpus.readers.list_numbers import LEVELS, Level, Lists, bullet
from corpus.readers.word_properties import character

_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero",
    23: "bullet", 255: "none",
}
_LIST, _LEVEL, _OVERRIDE, _OVERRIDE_LEVEL = 28, 28, 16, 8   # bytes of each structure
_SIMPLE, _LEGAL, _NO_RESTART = 0x01, 0x04, 0x08
_HAS_START, _HAS_LEVEL = 0x10, 0x20
_MOST = 4096   # lists
_LONGEST = 200   # characters of a number's text


def lists(kinds: bytes, levels: bytes, overrides: bytes, fonts: Sequence[str]) -> Lists:
    """The lists, each under the number that paragraphs name it by.

    `kinds` is the PlfLst, `levels` the bytes behind it, `overrides` the PlfLfo. Where they are broken, the lists
    before that place are known and the others are not.
    """
    found = Lists()
    reader = _Reader(fonts)
    with suppress(struct.error, IndexError):
        reader.kinds(kinds, levels, found)
        reader.overrides(overrides, found)
    return found


class _Reader:
    def __init__(self, fonts: Sequence[str]) -> None:
        self.fonts = fonts

    def kinds(self, data: bytes, levels: bytes, found: Lists) -> None:
        """The lists by their identifier, with one level or nine."""
        count, at = _short(data, 0), 0
        for number in range(min(count, _MOST)):
            place = 2 + _LIST * number
            (identifier,) = struct.unpack_from("<I", data, place)
            for level in range(1 if data[place + 26] & _SIMPLE else LEVELS):
                found.levels[str(identifier), level], at = self._level(levels, at)

    def overrides(self, data: bytes, found: Lists) -> None:
        """The numbers that paragraphs name, what list each stands for, and what it has of its own."""
        (count,) = struct.unpack_from("<I", data, 0)
        count = min(count, _MOST)
        at = 4 + _OVERRIDE * count
        for number in range(count):
            place = 4 + _OVERRIDE * number
            (identifier,) = struct.unpack_from("<I", data, place)
            own = data[place + 12]
            at += 4   # a character position that nothing needs
            name = str(number + 1)
            found.kinds[name] = str(identifier)
            for _ in range(own):
                start, flags = struct.unpack_from("<iI", data, at)
                at += _OVERRIDE_LEVEL
                level = flags & 0xF
                if flags & _HAS_LEVEL:
                    found.own[name, level], at = self._level(data, at)
                    start = found.own[name, level].start
                if flags & _HAS_START:
                    found.starts[name, level] = start

    def _level(self, data: bytes, at: int) -> tuple[Level, int]:
        """The level at `at`, and where the next begins."""
        start, form, flags = struct.unpack_from("<iBB", data, at)
        length, paragraph_length, limit = data[at + 24], data[at + 25], data[at + 26]
        at += _LEVEL + paragraph_length
        properties = data[at : at + length]
        at += length
        size = _short(data, at)
        text = data[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
        shown = _FORMS.get(form, "unknown")
        text = "".join(f"%{ord(char) + 1}" if ord(char) < LEVELS else char for char in text[:_LONGEST])
        font = self._font(properties)
        if shown == "bullet":
            text, font = bullet(text, font), None
        restarts = min(limit, LEVELS) if flags & _NO_RESTART else None
        return Level(shown, text, start, font, bool(flags & _LEGAL), restarts), at + 2 + 2 * size

    def _font(self, properties: bytes) -> str | None:
        """The font that a level names itself; None where its numbers are in the paragraph's."""
        named = character(properties, 0, {}).font
        return self.fonts[named] if 0 < named < len(self.fonts) else None


def _short(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])
