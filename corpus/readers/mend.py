"""Mends words of a PDF page that hold letters without a name (U+FFFD): their lines are read from the page's picture.

The letters that the file does name must be the same in the recognised word; otherwise the word stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex
from PIL import Image

from corpus import ocr
from corpus.readers.boxes import Word
from corpus.syllables import is_syllable

UNNAMED = "\ufffd"
_SURE = 80.0     # confidence of a recognised word that is taken
_AROUND = 1.0    # points above and below a line
_BETWEEN = 24    # pixels of white between strips
_TALLEST = 60.0  # points; a damaged file places letters anywhere
_MOST = 60       # words mended on a page


def mended(words: Sequence[Word], picture: Image.Image, dpi: float) -> list[Word]:
    """The words of a page, with those mended that can be. Raises ReadError."""
    scale = dpi / 72
    bottom = picture.height / scale
    unnamed = (word for word in words if UNNAMED in word.text)
    damaged = [word for word in unnamed if word.top >= 0 and word.bottom <= bottom and word.height < _TALLEST][:_MOST]
    if not damaged:
        return list(words)
    sheet, tops = _strips(damaged, picture.convert("L"), scale)
    seen = [word for word in ocr.look(sheet, dpi, ocr.BLOCK) if word.confidence >= _SURE]
    known: dict[int, Word] = {}
    for word, top in zip(damaged, tops, strict=True):
        bottom = top + (word.height + 2 * _AROUND) * scale
        beside = [one for one in seen if top <= (one.top + one.bottom) / 2 <= bottom and _same_place(one, word, scale)]
        pattern = "".join(r"\p{L}" if letter == UNNAMED else regex.escape(letter) for letter in word.text)
        found = next((one.text for one in beside if regex.fullmatch(pattern, one.text)), None)
        if found and is_syllable(found.strip(".,;:()“”\"")):
            known[id(word)] = replace(word, text=found)
    return [known.get(id(word), word) for word in words]


def _strips(damaged: Sequence[Word], picture: Image.Image, scale: float) -> tuple[Image.Image, list[int]]:
    """The lines of the damaged words one under the other, and where each begins."""
    strips = []
    for word in damaged:
        top, bottom = int((word.top - _AROUND) * scale), int((word.bottom + _AROUND) * scale)
        strips.append(picture.crop((0, max(0, top), picture.width, max(top + 1, bottom))))
    sheet = Image.new("L", (picture.width, sum(strip.height + _BETWEEN for strip in strips) + _BETWEEN), 255)
    tops, y = [], _BETWEEN // 2
    for strip in strips:
        sheet.paste(strip, (0, y))
        tops.append(y)
        y += strip.height + _BETWEEN
    return sheet, tops


def _same_place(seen: ocr.Seen, word: Word, scale: float) -> bool:
    shared = min(seen.x1 / scale, word.x1) - max(seen.x0 / scale, word.x0)
    return shared > 0.6 * (word.x1 - word.x0)
