"""From words with their places on a page to rows, and from rows to lines of text.

Lengths are in points, from the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import regex

from corpus.document import Doubt
from corpus.readers.boxes import Word

CELL = " | "
_UNIT = regex.compile(r"(?:.*[\d/(])?(?:[kcdm]?m|hm|dam)", regex.I)  # `m`, `298,3m`, `đồng/m`
_POWERS = frozenset({"2", "3"})


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as it is read. `block` numbers the columns and tables of a page in reading order; `left` and `right`
    are the margins of its block; `row` is a row of a table."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    block: int = 0
    left: float = 0.0
    right: float = 0.0
    first_width: float = 0.0   # of its first word
    row: bool = False
    raised: bool = False       # opens with the mark of a footnote
    column: bool = False       # stands beside another column
    doubts: tuple[Doubt, ...] = ()   # in its text: words with figures that recognition is not sure of

    @property
    def height(self) -> float:
        return self.bottom - self.top


Row = list[Word]


def rows_of(words: Iterable[Word]) -> list[Row]:
    """Words that stand side by side, rows from the top down, words from the left."""
    rows: list[Row] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        for place in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            top, bottom = bands[place]
            shared = min(bottom, word.bottom) - max(top, word.top)
            if shared > 0.5 * min(word.height, bottom - top) and not _covers(word, rows[place]):
                rows[place].append(word)
                if word.height > bottom - top:
                    bands[place] = (word.top, word.bottom)
                break
        else:
            rows.append([word])
            bands.append((word.top, word.bottom))
    for row in rows:
        row.sort(key=lambda word: word.x0)
    rows.sort(key=middle_of)
    return rows


def joined(parts: Iterable[str]) -> str:
    """Lines as one, by a space, without one after a hyphen that ends a line within a word (`TCTHADS-` `NV1`)."""
    text = ""
    for part in parts:
        text += between(text, part) + part
    return text


def between(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: a space, or nothing."""
    within = before.endswith("-") and before[-2:-1].isalnum() and after[:1].isalnum()
    return "" if within or not before else " "


def _covers(word: Word, row: Row) -> bool:
    """Whether a word lies over one of a row, as words of two rows close together do."""
    return any(min(word.x1, one.x1) - max(word.x0, one.x0) > 0.4 * (word.x1 - word.x0) for one in row)


def middle_of(row: Row) -> float:
    return median(word.middle[1] for word in row)


def height_of(row: Row) -> float:
    return max(word.height for word in row) or 1.0


def rows_text(words: Iterable[Word]) -> str:
    return joined(said(row) for row in rows_of(words))


def line_of(row: Row, table_row: str | None = None) -> TextLine:
    top, bottom = min(w.top for w in row), max(w.bottom for w in row)
    biggest = max(row, key=lambda word: word.height)
    if biggest.height < bottom - top:
        top, bottom = biggest.top, biggest.bottom
    text = table_row or said(row)
    return TextLine(
        text, row[0].x0, top, row[-1].x1, bottom,
        first_width=row[0].x1 - row[0].x0, row=table_row is not None, raised=_is_mark(row), doubts=_doubts(text, row),
    )


def _doubts(text: str, row: Row) -> tuple[Doubt, ...]:
    """Where the doubtful words of a row stand in its text, which holds all its words in their order."""
    found, at = [], 0
    for word in row if any(word.doubt is not None for word in row) else ():
        at = max(at, text.find(word.text, at))
        if word.doubt is not None:
            found.append(Doubt(at, at + len(word.text), word.doubt))
        at += len(word.text)
    return tuple(found)


def _is_mark(row: Row) -> bool:
    """Whether a row opens with a small raised figure, as a footnote does."""
    return len(row) > 1 and (row[0].raised or _is_raised(row[0], row[1]))


def _is_raised(word: Word, beside: Word) -> bool:
    """Whether a word is a figure, smaller than the word beside it and above its foot."""
    small = word.height < 0.8 * beside.height and word.bottom < beside.bottom - 0.1 * beside.height
    return small and word.text.isdigit() and len(word.text) < 4


def said(row: Row) -> str:
    """The words of a row. A raised figure is `[1]`, and part of the unit after one (`m2`)."""
    parts: list[str] = []
    before: Word | None = None
    mark_before = False
    for place, word in enumerate(row):
        mark = word.raised or (_is_mark(row) if place == 0 else before is not None and _is_raised(word, before))
        text = f"[{word.text}]" if mark else word.text
        if mark and before and word.text in _POWERS and _UNIT.fullmatch(before.text):
            text = word.text
        glued = before is not None and (
            (mark and place > 0) or (mark_before and word.x0 - before.x1 < 0.12 * height_of(row))
        )
        parts.append(text if glued or not parts else f" {text}")
        before, mark_before = word, mark
    return "".join(parts)
