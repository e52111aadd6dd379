"""The words of a finished PDF in the order in which they were set: each paragraph, each row of a table on a line.

Read with pypdfium2, as `sulieu read` reads PDF files, but not by place on the page: a page of columns would mix the
cells of a row, and a draft is set cell by cell. Numbers of notes and pages and
words of charts are known by their colour and left out.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

WRAP = "\v"        # where a line of print ends: a space, or a word that is broken
_STEP = 6.0        # points down or up from which a letter stands on another line; raised numbers stay on theirs
_GAP = 8.0         # points between letters of one line from which another cell begins
_INDENT = 30.0     # points by which a line may begin left or right of the paragraph's first
_WRAP = 1.9        # heights of a letter's box down to the next line of the same paragraph
_OURS = ((0x7A, 0x1D, 0x14), (0x12, 0x12, 0x12))   # of notes and of pages in templates/history_print.css
_CHARTS = ((0x23, 0x20, 0x1B), (0x6A, 0x62, 0x57))   # INK and SOFT of outputs/history/charts.py
_NUMBERING = frozenset("0123456789,–")
_ALIKE = 0.7      # points by which letters of one paragraph differ in height
_BROKEN = "\ufffe"  # what PDFium gives for a hyphen at the end of a line


@dataclass(slots=True)
class _Letter:
    char: str
    left: float
    bottom: float
    right: float
    top: float


def printed_text(data: bytes) -> str:
    """The words of a PDF: a line a paragraph or row, cells parted by ` | `, lines of print by WRAP."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(_page(page.get_textpage()) for page in document)
    finally:
        document.close()


def _page(page: Any) -> str:
    made: list[str] = []
    before: _Letter | None = None
    first = 0.0        # where the paragraph or cell begins
    space = False
    for letter in _letters(page):
        if letter.char.isspace():
            space = True
            continue
        if before is None:
            first = letter.left
        else:
            made.append(_between(before, letter, first, space))
            if made[-1] in ("\n", " | "):
                first = letter.left
        made.append(letter.char)
        before, space = letter, False
    return "".join(made)


def _between(before: _Letter, letter: _Letter, first: float, space: bool) -> str:
    """What stands between two letters: nothing, a space, the border of a cell, or the end of a paragraph."""
    down = (before.bottom + before.top - letter.bottom - letter.top) / 2
    if abs(down) <= _STEP:
        return " | " if letter.left - before.right > _GAP else " " if space else ""
    height = max(before.top - before.bottom, letter.top - letter.bottom)
    if down < 0 and letter.left > before.left - _INDENT:
        return " | "   # the next cell begins at the top of its row
    alike = abs((before.top - before.bottom) - (letter.top - letter.bottom)) < _ALIKE
    if alike and 0 < down <= _WRAP * height and abs(letter.left - first) <= _INDENT:
        return "" if before.char in "-/" else WRAP
    return "\n"


def _letters(page: Any) -> Iterator[_Letter]:
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for at in range(page.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(page, at) or 0x20)
        if char in "\r\n":
            char = " "
        if not char.isspace():
            raw.FPDFText_GetLooseCharBox(page, at, ctypes.byref(box))
            colour = _colour(page, at)
            if colour in _CHARTS:
                continue
            char = " " if char in _NUMBERING and colour in _OURS else char
        yield _Letter("-" if char in (_BROKEN, "\x02") else char, box.left, box.bottom, box.right, box.top)


def _colour(page: Any, at: int) -> tuple[int, ...]:
    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(page, at, *map(ctypes.byref, parts))
    return tuple(part.value for part in parts[:3])


__all__ = ["WRAP", "printed_text"]
