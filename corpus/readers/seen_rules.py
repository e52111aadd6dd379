"""Ruling lines of a page that is a picture with words laid over it: told from its dark pixels.

Of a scan whose words are in the file only the picture shows where the cells of a table are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pypdfium2 import PdfPage

from corpus.readers.boxes import Rule

_SCALE = 2.0              # pixels a point
_DARK = 160               # grey below which a pixel is ink
_SHORTEST = 18.0          # points: no stroke of a letter is so long
_THICKEST = 5.0           # points, of a line that is not quite level too
_MOST_PIXELS = 12_000_000
_MOST_RUNS = 20_000       # a photograph

_Mask = NDArray[np.bool_]


@dataclass(slots=True)
class _Stroke:
    """Runs of ink on neighbouring rows: from where to where, and the rows they are on."""

    start: int
    end: int
    first: int
    last: int


def seen_rules(page: PdfPage, width: float, height: float) -> list[Rule]:
    """The level and upright lines of an unturned page, in points; none of one too large to be drawn."""
    if page.get_rotation() or width * height * _SCALE * _SCALE > _MOST_PIXELS:
        return []
    bitmap = page.render(scale=_SCALE, grayscale=True)
    try:
        shades = bitmap.to_numpy()
        ink = shades.reshape(shades.shape[0], shades.shape[1]) < _DARK
        level = [
            Rule(one.start / _SCALE, y, one.end / _SCALE, y)
            for one in _strokes(ink) for y in [(one.first + one.last + 1) / 2 / _SCALE]
        ]
        upright = [
            Rule(x, one.start / _SCALE, x, one.end / _SCALE)
            for one in _strokes(ink.T) for x in [(one.first + one.last + 1) / 2 / _SCALE]
        ]
    finally:
        bitmap.close()
    return level + upright


def _strokes(ink: _Mask) -> list[_Stroke]:
    """Thin long strokes along the rows of a mask; gaps of one pixel are closed."""
    closed = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    closed[:, 1:-1] = ink
    closed[:, 2:-2] |= closed[:, 1:-3] & closed[:, 3:-1]
    change = np.diff(closed, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    long = ends - starts >= _SHORTEST * _SCALE
    runs = list(zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True))
    if len(runs) > _MOST_RUNS:
        return []
    done: list[_Stroke] = []
    growing: list[_Stroke] = []
    for row, start, end in runs:
        done += [one for one in growing if row - one.last > 2]
        growing = [one for one in growing if row - one.last <= 2]
        touched = next((one for one in growing if start <= one.end + 2 and end >= one.start - 2), None)
        if touched is None:
            growing.append(_Stroke(start, end, row, row))
        else:
            touched.start, touched.end = min(touched.start, start), max(touched.end, end)
            touched.last = row
    return [one for one in done + growing if one.last - one.first <= _THICKEST * _SCALE]
