"""The rows of a page in reading order: columns told apart, tables row by row.

Where an empty gutter runs down through neighbouring rows (a notice's head, its
signature block, the columns of a newspaper), what stands left of it is read first, whole, then what stands right
of it. Rows inside ruled tables, and rows of figures without rules, are read across, cells apart by ` | `.

Lengths are in points, from the page's top left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from corpus.readers.boxes import Rule, Word
from corpus.readers.rows import CELL, Row, TextLine, height_of, line_of, middle_of, rows_of, rows_text, said
from corpus.readers.ruled import ruled_tables
from corpus.shadow import fold

_GAP = 1.2            # heights: a gap that opens a gutter
_GAP_ALONG = 0.8      # heights: a gap that carries one on
_GAP_NAMED = 0.35     # heights: a gap before words that only ever open a right column
_GAP_LONE = 5.0       # heights: a gap that parts a row in two by itself
_NEAR = 2.6           # heights between rows of one block
_UPWARDS = 3          # rows of one column that may stand above the first row with both
_RIGHT_COLUMN = regex.compile(  # the national title, the motto, place and date, the power to sign
    r"cong hoa xa hoi|viet nam dan chu cong|dang cong san viet|doc lap ?- ?tu do|(?:tm|kt|tl|tuq)\. ?[a-z]{2}"
)
_FIGURES = regex.compile(r"[-+(]?\d[\d.,/%)]*|-")


def page_lines(words: Iterable[Word], rules: Sequence[Rule] = ()) -> list[TextLine]:
    """The lines of a page in reading order."""
    loose = list(words)
    blocks: list[list[TextLine]] = []
    tables = []
    for table in ruled_tables(rules):
        inside = [word for word in loose if table.holds(*word.middle)]
        if cells := _table_rows(table.rows(inside, rows_text)):
            tables.append(cells)
            taken = set(map(id, inside))
            loose = [word for word in loose if id(word) not in taken]
    rows = rows_of(loose)
    for cells in sorted(tables, key=lambda lines: lines[0].top):
        above = [row for row in rows if middle_of(row) < cells[0].top]
        rows = rows[len(above):]
        blocks += [*_blocks(above), cells]
    blocks += _blocks(rows)
    return [_in_block(line, number, lines) for number, lines in enumerate(_joined(blocks)) for line in lines]


def _table_rows(found: Iterable[tuple[list[str], list[Word]]]) -> list[TextLine]:
    lines = []
    for cells, words in found:
        if not words:
            continue
        text = CELL.join(cells).strip()
        top, bottom = min(word.top for word in words), max(word.bottom for word in words)
        left, right = min(word.x0 for word in words), max(word.x1 for word in words)
        lines.append(TextLine(text, left, top, right, bottom, row=True))
    return lines


# Columns


@dataclass(slots=True)
class _Gutter:
    """The empty strip between two columns, narrowed row by row."""

    low: float
    high: float

    def side(self, row: Row) -> int | None:
        """-1 for a row that is all left of it, 1 right, 0 both sides with the gap between; None if it crosses."""
        height = height_of(row)
        if row[-1].x1 <= self.high - 0.3 * height and row[-1].x1 <= self.low + 0.7 * (self.high - self.low):
            self.low = max(self.low, row[-1].x1)
            return -1
        if row[0].x0 >= self.low + 0.3 * height and row[0].x0 >= self.high - 0.7 * (self.high - self.low):
            self.high = min(self.high, row[0].x0)
            return 1
        for _, low, high in _gaps(row, _GAP_ALONG):
            shared = min(self.high, high) - max(self.low, low)
            if shared >= 0.3 * height:
                self.low, self.high = max(self.low, low), min(self.high, high)
                return 0
        return None


def _gaps(row: Row, least: float) -> list[tuple[int, float, float]]:
    """The gaps of a row: index of the word after it, where it begins and ends. Named ones may be narrow."""
    height = height_of(row)
    found = []
    for place in range(1, len(row)):
        low, high = row[place - 1].x1, row[place].x0
        width = (high - low) / _measure(row[place - 1], row[place], height)
        if width >= least or (width >= _GAP_NAMED and row[place].text[:1].isupper() and _opens_right(row, place)):
            found.append((place, low, high))
    return found


def _measure(before: Word, after: Word, height: float) -> float:
    """What a gap is measured by: the row's height, where letters change their size the smaller one's."""
    low, high = sorted((before.height, after.height))
    return low if 0 < low < 0.7 * high else height


def _opens_right(row: Row, place: int) -> bool:
    return bool(_RIGHT_COLUMN.match(fold(" ".join(word.text for word in row[place : place + 5]))))


def _seed(rows: list[Row], place: int) -> _Gutter | None:
    """The gutter that a row shows: a named gap, else its widest; or one between it and a row beside it."""
    row = rows[place]
    if gaps := _gaps(row, _GAP):
        named = [gap for gap in gaps if _opens_right(row, gap[0])]
        _, low, high = max(named or gaps, key=lambda gap: gap[2] - gap[1])
        return _Gutter(low, high)
    if place + 1 < len(rows):
        left, right = sorted((row, rows[place + 1]), key=lambda one: one[0].x0)
        overlap = min(left[0].bottom, right[0].bottom) - max(left[0].top, right[0].top)
        if overlap > 0.15 * height_of(row) and right[0].x0 - left[-1].x1 > _GAP * height_of(row):
            return _Gutter(left[-1].x1, right[0].x0)
    return None


def _blocks(rows: list[Row], depth: int = 0) -> list[list[TextLine]]:
    """Blocks of lines in reading order."""
    blocks: list[list[TextLine]] = []
    waiting: list[Row] = []
    place = 0
    while place < len(rows):
        gutter = _seed(rows, place) if depth < 4 else None
        run = _run(rows, place, gutter) if gutter else None
        if gutter is None or run is None:
            waiting.append(rows[place])
            place += 1
            continue
        above = _upwards(waiting, rows[place], gutter)
        region = waiting[len(waiting) - above:] + rows[place : place + run]
        blocks.append([line_of(row) for row in waiting[: len(waiting) - above]])
        waiting = []
        blocks += _region(region, gutter, depth)
        place += run
    blocks.append([line_of(row) for row in waiting])
    return [block for block in blocks if block]


def _run(rows: list[Row], start: int, gutter: _Gutter) -> int | None:
    """How many rows from `start` on the gutter runs through, None where it is only a gap in one row."""
    both, sides, bottom = 0, set(), rows[start][0].bottom
    place = start
    run = 0  # without the rows at its end that are all right of the gutter: they come next in any case
    while place < len(rows):
        row = rows[place]
        before = _Gutter(gutter.low, gutter.high)
        side = gutter.side(row)
        far = min(word.top for word in row) - bottom > _NEAR * height_of(row)
        if side is None or (place > start and far and side != 1):
            gutter.low, gutter.high = before.low, before.high
            break
        both += side == 0
        sides.add(side)
        bottom = max(bottom, max(word.bottom for word in row))
        place += 1
        if side < 1 or both == 0:
            run = place - start
    if both == 1 and run <= 1:
        return 1 if _stands_apart(rows[start]) else None
    named = any(_opens_right(rows[start], gap[0]) for gap in _gaps(rows[start], _GAP))
    if both >= 2 or named or (both == 1 and run >= 2) or (both == 0 and sides >= {-1, 1}):
        return run
    return None


def _stands_apart(row: Row) -> bool:
    """Whether the parts of a single row have nothing to do with each other: a wide gap, or a named right column."""
    return any(_opens_right(row, place) for place, _, _ in _gaps(row, _GAP)) or bool(_gaps(row, _GAP_LONE))


def _upwards(waiting: list[Row], first: Row, gutter: _Gutter) -> int:
    """How many rows straight above belong to one of the columns."""
    count, below = 0, first
    for row in reversed(waiting[-_UPWARDS:]):
        near = min(w.top for w in below) - max(w.bottom for w in row) < 0.9 * height_of(row)
        inside = row[-1].x1 < gutter.low + 1 or row[0].x0 > gutter.high - 1
        if not near or not inside:
            break
        count, below = count + 1, row
    return count


def _region(region: list[Row], gutter: _Gutter, depth: int) -> list[list[TextLine]]:
    """The two columns of a region, each whole; a table of figures by its rows."""
    if table := _figures(region):
        return [table]
    if _labels(region, gutter):
        return [[line_of(row, said(row)) for row in region]]
    middle = (gutter.low + gutter.high) / 2
    left = [part for row in region if (part := [word for word in row if word.middle[0] < middle])]
    right = [part for row in region if (part := [word for word in row if word.middle[0] >= middle])]
    columns = [*_blocks(left, depth + 1), *_blocks(right, depth + 1)]
    return [[_beside(line) for line in block] for block in columns]


def _labels(region: list[Row], gutter: _Gutter) -> bool:
    """Whether the left column holds only labels (`Điện thoại:`) of what stands right of them."""
    both = [row for row in region if row[0].x1 <= gutter.low + 1 and row[-1].x0 >= gutter.high - 1]
    ends = [[word for word in row if word.x1 <= gutter.low + 1][-1].text.endswith(":") for row in both]
    return len(both) >= 2 and len(both) == len(region) and sum(ends) * 3 > len(ends)


def _figures(region: list[Row]) -> list[TextLine] | None:
    """A table without rules: at least three rows with cells, most cells after the first figures."""
    cells = [_cells(row) for row in region]
    several = [row for row in cells if len(row) > 1]
    if len(several) < 3 or len(several) * 10 < len(cells) * 7:
        return None
    after = [cell for row in several for cell in row[1:]]
    if sum(bool(_FIGURES.fullmatch(cell)) for cell in after) * 2 <= len(after):
        return None
    return [line_of(row, CELL.join(parts)) for row, parts in zip(region, cells, strict=True)]


def _cells(row: Row) -> list[str]:
    cuts = [0, *(place for place, _, _ in _gaps(row, _GAP)), len(row)]
    return [" ".join(word.text for word in row[a:b]) for a, b in pairwise(cuts)]


def _beside(line: TextLine) -> TextLine:
    return replace(line, column=True)


def _joined(blocks: list[list[TextLine]]) -> list[list[TextLine]]:
    """Blocks of plain lines that follow each other share their margins."""
    joined: list[list[TextLine]] = []
    for block in blocks:
        plain = not block[0].row and not block[0].column
        if joined and plain and not joined[-1][0].row and not joined[-1][0].column:
            joined[-1] = joined[-1] + block
        else:
            joined.append(block)
    return joined


def _in_block(line: TextLine, number: int, block: list[TextLine]) -> TextLine:
    """A line with the margins of its block; in a long one, a few lines that stick out do not count."""
    out = len(block) // 10
    lefts, rights = sorted(one.x0 for one in block), sorted(one.x1 for one in block)
    return replace(line, block=number, left=lefts[out], right=rights[-1 - out])
