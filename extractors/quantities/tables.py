"""Statistical tables in text: lines of cells, parted by tabs or bars, with heads above and labels at the left.

A cell is a figure only where its unit is said: in the cell, in a column of units (`Đơn vị tính`; `"` repeats the one
above), in the head of the column (`Tỷ lệ (%)`) or in the caption (`Đơn vị: triệu đồng`). A table without units is
left alone. Dots and commas are read as the whole table uses them: `92.05` in one cell makes `9.044` nine point four.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from corpus.document import Document
from extractors.facts import Approx, Date, Figure, FigureRole, SumCheck
from extractors.organisations import Reader
from extractors.places import known_place
from extractors.quantities.bare import noun_of
from extractors.quantities.units import read_unit
from extractors.quantities.words import one_of

_NUMBER = regex.compile(r"-?\d++(?:[.,]\d++)*+")
_RULE = regex.compile(r"[ :|-]*-{3,}[ :|-]*")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_SCALE = regex.compile(r"(triệu|tr\.?|nghìn|ngàn|ng\.?|1\.?000|tỷ|tỉ)[ .]*(?=\p{L}|\Z)", regex.I)
_SCALES = {"t": Decimal(10**6), "n": Decimal(1000), "1": Decimal(1000)}
_UNIT_HEAD = regex.compile(r"đơn ?vị|đvt|unit", regex.I)
_CAPTION = regex.compile(r"(?:đơn vị(?: tính)?|đvt)\s?:\s?([^\n\t|)]{1,24})", regex.I)
_IN_HEAD = regex.compile(r"\(([^()]{1,16})\)|(%)|(?:^|\s)((?:triệu|tỷ|tỉ|nghìn) (?:đồng|usd))", regex.I)
_DITTO = frozenset({'"', "''", "“", "”", "nt", "-nt-", "nt."})
_TARGET = regex.compile(rf"(?<!\p{{L}}){one_of('head_target')}(?!\p{{L}})")
_ESTIMATE = regex.compile(r"(?<!\p{L})(?:ư\.? ?th|ư|ước)(?!\p{L})")
_COMPARISON = regex.compile(r"so sánh|so với|(?<!\p{L})ss(?!\p{L})|/.*/|% ?(?:hoàn thành|thực hiện)")
_MONTH = regex.compile(r"(?<!\p{L})(?:t|tháng ?)(\d{1,2})[/-](\d{4})(?!\d)")
_MONTHS = regex.compile(r"(?<!\d)(\d{1,2}) ?(?:t|tháng)[ /-]*(?:đầu năm )?(\d{4})(?!\d)")
_QUARTER = regex.compile(r"quý ?(iv|i{1,3}|[1-4])[ /-]*(?:năm )?(\d{4})")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PARTS = regex.compile(r"^(?:trong đó|tr\.?đó)\s?:?\s?[-+]?\s?", regex.I)
_BULLET = regex.compile(r"^[-+*]+ ?")
_DECIMAL_COMMA = regex.compile(r"\d+,(?:\d{1,2}|\d{4,})")
_MEASURED = regex.compile(rf"(?<!\p{{L}})(?:{one_of('measure_noun')}|số|tiền)(?!\p{{L}})")
_NORM = regex.compile(r"(?<!\p{L})(?:giá|mức|phí|lệ phí|đơn giá|phụ cấp|hệ số)(?!\p{L})")
_COUNTED = regex.compile(r"(?<!\p{L})(?:(dân số)|(?:tổng )?số (?:lượng )?((?:\p{L}++ ?){1,4}+))", regex.I)
_TOTAL = regex.compile(
    r"(?:tổng(?: cộng| số| toàn \p{L}+)?|cộng|cả nước|toàn (?:tỉnh|quốc|ngành|huyện|thành phố|xã))[ :]*+"
)
_VALUE = regex.compile(r"\d[\d.,]*+ (?!tháng|quý|năm|đến)\p{Ll}")
_FEWEST_ROWS, _FEWEST_NUMBERS, _MOST_HEADS = 2, 2, 4
_NARROW_ROWS = 3   # rows of a table with one number in each


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell without the white space around its words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of cells; the first `heads` rows are its head."""

    start: int
    end: int
    rows: list[list[Cell]]
    heads: int
    caption: str


def find_tables(document: Document) -> list[Grid]:
    """The tables of a document that have a head and rows of numbers."""
    shadow, found, at = document.shadow, [], 0
    run: list[tuple[int, int]] = []
    if "\t" not in document.text and "|" not in shadow:
        return []
    for line in document.text.split("\n"):
        span = (at, at + len(line))
        at += len(line) + 1
        if line.count("\t") >= 2 or line.count("|") >= 3:
            run.append(span)
            continue
        found += _grid(document, run)
        run = []
    return found + _grid(document, run)


def _cells(document: Document, start: int, end: int) -> list[Cell]:
    text, shadow = document.text, document.shadow
    mark = "\t" if "\t" in text[start:end] else "|"
    if mark == "|" and text[start:end].lstrip().startswith("|"):
        start = text.index("|", start) + 1
    cells, at = [], start
    for words in text[start:end].split(mark):
        left = at + len(words) - len(words.lstrip())
        right = max(left, at + len(words.rstrip()))
        cells.append(Cell(left, right, shadow[left:right]))
        at += len(words) + 1
    return cells


def _grid(document: Document, lines: list[tuple[int, int]]) -> list[Grid]:
    rows = [_cells(document, start, end) for start, end in lines if not _RULE.fullmatch(document.shadow, start, end)]
    first = next((place for place, row in enumerate(rows) if _is_data(row)), None)
    if not first:
        return []
    numbers = [_numbers(row) for row in rows[first:] if _is_data(row)]
    if len(numbers) < (_FEWEST_ROWS if max(numbers) >= _FEWEST_NUMBERS else _NARROW_ROWS):
        return []
    start, heads = lines[0][0], rows[max(0, first - _MOST_HEADS) : first]
    valued = [place for place, row in enumerate(heads) if any(_VALUE.match(cell.text) for cell in row)]
    heads = heads[valued[-1] + 1 :] if valued else heads   # Mật độ | 154 người/km² is no head of what follows
    if not heads:
        return []
    caption = document.shadow[max(0, start - 300) : heads[-1][0].start]
    return [Grid(start, lines[-1][1], heads + rows[first:], len(heads), caption)]


def _is_data(row: Sequence[Cell]) -> bool:
    """A row with a label and numbers that are not all years."""
    return _numbers(row) > 0 and any(_is_label(cell) for cell in row)


def _numbers(row: Sequence[Cell]) -> int:
    """How many cells after the first label are numbers and no years; a running number stands before it."""
    label = next((place for place, cell in enumerate(row) if _is_label(cell)), len(row))
    cells = [cell.text.rstrip("% ") for cell in row[label + 1 :]]
    found = [text for text in cells if _NUMBER.fullmatch(text) and not _YEAR.fullmatch(text)]
    running = [str(place) for place in range(1, len(cells) + 3)]
    if len(found) > 1 and any(found == running[first : first + len(found)] for first in (0, 1, 2)):
        return 0   # the numbers of the columns: A B 1 2 3
    return len(found)


def _is_label(cell: Cell) -> bool:
    return sum(char.isalpha() for char in cell.text) >= 2 and len(cell.text) > 2


def table_figures(
    document: Document, dates: Sequence[Date], bodies: Reader
) -> tuple[list[Figure], list[tuple[int, int]]]:
    """The figures of all tables with units, and the cells that they claim: labels, and cells that are numbers."""
    figures: list[Figure] = []
    spans: list[tuple[int, int]] = []
    for grid in find_tables(document):
        reader = _Reader(document, grid, dates, bodies)
        found = reader.read()
        if len(found) >= _NARROW_ROWS:
            figures += found
            spans += reader.claimed(found)
    return figures, spans


class _Reader:
    """Reads one table: heads, units and labels, then its cells."""

    def __init__(self, document: Document, grid: Grid, dates: Sequence[Date], bodies: Reader) -> None:
        self._document, self._grid = document, grid
        self._width = max(map(len, grid.rows))
        self._heads = [self._head(column) for column in range(self._width)]
        self._periods = [self._period(column, dates) for column in range(self._width)]
        self._units = next((c for c, head in enumerate(self._heads) if _UNIT_HEAD.search(head)), None)
        data = [cell.text for row in grid.rows[grid.heads :] for cell in row if _NUMBER.fullmatch(cell.text)]
        self._point = any(regex.fullmatch(r"\d+\.(?:\d{1,2}|\d{4,})", text) for text in data)
        self._comma = any(regex.fullmatch(r"[\d.]+,(?:\d{1,2}|\d{4,})", text) for text in data)
        caption = _CAPTION.search(grid.caption)
        self._caption = _unit(caption[1]) if caption else None
        names = {body.start for body in bodies.organisations_between(grid.start, grid.end)}
        labels = [cell for row in grid.rows[grid.heads :] if (cell := self._label(row))]
        own = sum(c.start in names or known_place(document.shadow, document.lower, c.start) is not None for c in labels)
        self._of_bodies = own * 2 >= len(labels)

    def _head(self, column: int) -> str:
        """The words above a column; one that stands over several columns counts for each of them."""
        parts = []
        for place, row in enumerate(self._grid.rows[: self._grid.heads]):
            text = row[column].text if column < len(row) else ""
            text = "" if _CAPTION.match(text) else text   # Đơn vị: USD in a cell above the head
            if not text and place + 1 < self._grid.heads:
                left = [cell.text for cell in row[:column] if cell.text]
                below = self._grid.rows[place + 1]
                text = left[-1] if left and column < len(below) and below[column].text else ""
            if text and text not in parts:
                parts.append(text)
        return " ".join(parts)

    def _label(self, row: Sequence[Cell]) -> Cell | None:
        return next((c for place, c in enumerate(row) if place != self._units and _is_label(c)), None)

    def _period(self, column: int, dates: Sequence[Date]) -> str | None:
        head = self._heads[column].lower()
        found = [m for p in (_MONTHS, _MONTH, _QUARTER) if (m := p.search(head))]
        if found:
            first = min(found, key=lambda match: match.start())
            year = first[2]
            if first.re is _MONTH:
                return f"{year}-{int(first[1]):02d}"
            last = _QUARTERS[first[1]] * 3 if first.re is _QUARTER else int(first[1])
            begin = last - 2 if first.re is _QUARTER else 1
            return f"{year}-{begin:02d}/{year}-{last:02d}" if last <= 12 else None
        for row in self._grid.rows[: self._grid.heads]:
            if column < len(row) and (cell := row[column]).text:
                for date in dates:
                    if date.start < cell.end and cell.start < date.end and date.edtf:
                        return date.edtf
        years = _YEAR.findall(head)
        return years[0] if years else None

    def read(self) -> list[Figure]:
        """The figures by their place, totals checked."""
        columns: dict[int, list[tuple[bool, Figure]]] = {}
        for column, level, figure in self._figures():
            if level != "part":
                columns.setdefault(column, []).append((level == "total", figure))
            else:
                columns.setdefault(-1 - figure.start, []).append((False, figure))
        read = [figure for rows in columns.values() for figure in _summed(rows)]
        return sorted(read, key=lambda figure: figure.start)

    def claimed(self, found: Sequence[Figure]) -> list[tuple[int, int]]:
        """What prose must not read again: heads below the first, labels, numbers and the cells that were read."""
        starts = {figure.start for figure in found}
        cells = [cell for row in self._grid.rows[self._grid.heads :] for cell in row if cell.text]
        read = [row for row in self._grid.rows[self._grid.heads :] if any(cell.start in starts for cell in row)]
        labels = {label.start for row in read if (label := self._label(row))}   # others go on with words from above
        return [
            (cell.start, cell.end)
            for cell in cells
            if cell.start in starts or cell.start in labels or _NUMBER.fullmatch(cell.text.rstrip("% "))
        ]

    def _figures(self) -> Iterator[tuple[int, str, Figure]]:
        """Each figure with its column, and whether its row is a total, a part of the row above, or neither."""
        unit, group = None, ""
        for row in self._grid.rows[self._grid.heads :]:
            label = self._label(row)
            if self._units is not None and self._units < len(row):
                words = row[self._units].text
                unit = unit if words in _DITTO else _unit(words) if words else None
            if label is None:
                continue
            part = _PARTS.match(label.text)
            words = _BULLET.sub("", _PARTS.sub("", label.text)).strip(" :*")
            group = group if part else words
            total = _TOTAL.fullmatch(words.lower())
            level = "total" if total else "part" if part or _BULLET.match(label.text) else ""
            first = next(place for place, cell in enumerate(row) if cell is label) + 1
            for column in range(first, len(row)):
                if column != self._units:
                    for figure in self._figure(row[column], column, unit, words, group if part else ""):
                        yield column, level, figure

    def _figure(
        self, cell: Cell, column: int, row_unit: tuple[str, Decimal] | None, label: str, group: str
    ) -> Iterator[Figure]:
        number = _NUMBER.match(cell.text)
        head = self._heads[column] if column < self._width else ""
        if number is None or not head:
            return
        in_head = _IN_HEAD.search(head)
        own = _unit(cell.text[number.end() :].strip()) if number.end() < len(cell.text) else None
        if number.end() < len(cell.text) and own is None:
            return
        said = _unit(next(filter(None, in_head.groups()))) if in_head else None
        unit = own or said or row_unit or self._caption or _counted(head)
        value = self._value(number[0], own is not None)
        if unit is None or value is None:
            return
        lower = head.lower()
        role: FigureRole = "target" if _TARGET.search(lower) else "actual"
        compares = unit[0] == "%" and _COMPARISON.search(lower) is not None
        approx: Approx = "about" if compares or _ESTIMATE.search(lower) else "exact"
        metric, subject = label, None
        if _TOTAL.fullmatch(label.lower()) and (self._of_bodies or _MEASURED.search(lower)):
            metric = _IN_HEAD.sub("", head).strip() or label
        elif self._of_bodies or (_MEASURED.search(lower) and not _MEASURED.match(label.lower())):
            if _NORM.search(lower) and unit[0].startswith("VND"):
                role = "norm"
            metric, subject = _IN_HEAD.sub("", head).strip() or label, label
        elif group:
            metric, subject = group, label
        end = cell.start + (number.end() if own is None else len(cell.text))
        yield Figure(
            start=cell.start,
            end=end,
            text=self._document.text[cell.start : end],
            rule="figure.table",
            value=value * unit[1],
            unit=unit[0],
            approx=approx,
            role="ratio" if compares else role,
            metric=metric,
            subject=subject,
            period=self._periods[column],
        )

    def _value(self, digits: str, alone: bool) -> Decimal | None:
        """The number in the table's own way of writing; one with its unit beside it in the ordinary way."""
        sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
        if self._point and not self._comma and not alone and not _DECIMAL_COMMA.fullmatch(digits):
            digits = digits.replace(",", "")
        else:
            digits = digits.replace(".", "").replace(",", ".")
        return None if digits.count(".") > 1 else sign * Decimal(digits)


def _summed(rows: Sequence[tuple[bool, Figure]]) -> list[Figure]:
    """The cells of a column; where one row sums the others, each points to it, and the sum is checked."""
    totals = [figure for is_total, figure in rows if is_total]
    parts = [figure for is_total, figure in rows if not is_total]
    if len(totals) != 1 or not parts or totals[0].unit == "%" or any(p.unit != totals[0].unit for p in parts):
        return [figure for _, figure in rows]
    total, added = totals[0], Decimal(0)
    for part in parts:
        added += part.value if isinstance(part.value, Decimal) else 0
    check: SumCheck = "agrees" if added == total.value else "differs" if len(parts) > 1 else "unknown"
    return [replace(total, sum_check=check), *(replace(part, part_of=total.start) for part in parts)]


def _counted(head: str) -> tuple[str, Decimal] | None:
    """What a head counts without saying a unit: `Dân số`, `Số hộ nghèo`."""
    found = _COUNTED.search(head)
    if found is None:
        return None
    noun = "người" if found[1] else noun_of(found[2].strip().lower())
    return (noun, Decimal(1)) if noun else None


def _unit(words: str) -> tuple[str, Decimal] | None:
    """Unit and factor of `Tr. USD`, `1000 tấn`, `%`, `Chiếc`."""
    words = words.strip(" .:()")
    scale = _SCALE.match(words)
    factor = Decimal(1)
    if scale:
        low = scale[1].lower()
        factor = Decimal(10**9) if low in ("tỷ", "tỉ") else _SCALES[low[0]]
        words = words[scale.end() :].strip() or ("đồng" if low[0] == "t" else "")
    for spelling in (words, words.lower(), words.upper()):   # kWh, Chiếc, usd
        unit = read_unit(f" {spelling}", f" {spelling.lower()}", 0)
        if unit and unit.end == len(spelling) + 1 and unit.kind != "time":
            return (unit.name.lower() if unit.name.istitle() else unit.name), factor
    return None
