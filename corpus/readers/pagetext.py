"""From the lines of pages to one text: page heads and numbers dropped, wrapped lines joined, footnotes in place.

A line of the text is a paragraph, a row of a table or a line of a head: where a paragraph was only wrapped, or runs
over the end of a page, its lines are joined by one space. A blank line stands where the page leaves one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

import regex

from corpus.document import Doubt, Page, PageReading
from corpus.ocr import Recognised
from corpus.readers.layout import page_lines
from corpus.readers.rows import TextLine, between
from corpus.readers.stamps import stamp_apart
from corpus.shadow import fold, shadow

_EDGE = 0.14          # of a page's height: where heads and numbers of pages stand
_EDGE_LINES = 3       # of the top and of the bottom
_PAGE_NUMBER = regex.compile(r"\W{0,3}(?:trang |page )?\d{1,4}(?: ?(?:/|tren|of) ?\d{1,4})?\W{0,3}")
_GAZETTE = regex.compile(  # `CÔNG BÁO/Số 199 + 200/Ngày 01-7-2026`, the head of every page of an official gazette
    r"(?:\d{1,4} )?cong bao(?: [^/]{2,20}| ?)/ ?so [\d +-]{1,20}/ ?ngay \d{1,2}-\d{1,2}-\d{4}(?: \d{1,4})?$"
)
_NUMBERS = regex.compile(r"\d+")
_AROUND_NUMBER = regex.compile(r"^(?:# +)+|(?: +#)+$")
_OPENS = regex.compile(
    r"(?:\[\d{1,3}\]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|[a-zđ]{1,2}\)|[IVXL]{1,6}\.)\s"
    r"|(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC)\s[\dIVXL]|Căn cứ\s|Nơi nhận"
)
_ITEM = regex.compile(r"[-–+•*▪►✓□●○]\s")
_ENDED = (".", ";", ":", "!", "?", "./.", "”", '"')
_TALL = 6  # lines from which a column holds running text


@dataclass(frozen=True, slots=True)
class PageLines:
    """One page as it was read."""

    number: int
    height: float
    lines: list[TextLine]
    how: PageReading = "text"
    confidence: float | None = None


def recognised_page(seen: Recognised, number: int, height: float) -> PageLines:
    """A page read from its picture. A stamp of incoming mail stands last: it is no part of the notice."""
    words, stamp = stamp_apart(seen.words, height)
    lines = page_lines(words)
    last = max((line.block for line in lines), default=-1) + 1
    lines += [replace(line, block=last + line.block, column=True) for line in page_lines(stamp)]
    return PageLines(number, height, lines, "ocr", seen.confidence)


class Assembled(NamedTuple):
    """The text of all pages, where each begins in it, the page heads that were dropped, and doubtful figures."""

    text: str
    pages: tuple[Page, ...]
    heads: list[str]
    doubtful: tuple[Doubt, ...]


def assemble(pages: Sequence[PageLines]) -> Assembled:
    """One text from the lines of all pages."""
    heads = _repeated(pages)
    if all(_is_furniture(line, page, heads) for page in pages for line in page.lines):
        heads = {}  # tickets or slides, one line each
    builder = _Builder()
    header: str | None = None
    for page in pages:
        lines = [_without_head(line, page, heads) for line in page.lines if not _is_furniture(line, page, heads)]
        body, notes = _footnotes(lines)
        if header and body and body[0].row and body[0].text == header:
            body = body[1:]  # said again where a table goes on
        header = _table_header(body, header)
        builder.page(page, body, notes)
    text, starts = builder.finish()
    mapped = tuple(
        Page(min(start, len(text)), page.number, page.how, page.confidence)
        for page, start in zip(pages, starts, strict=True)
    )
    return Assembled(text, mapped, sorted({said for said, _ in heads.values()}), tuple(builder.doubts))


# Heads and numbers of pages


def _edge_lines(page: PageLines) -> list[TextLine]:
    """The lines that may be a page's head or foot: the first and last few that stand near the edge."""
    by_place = sorted((line for line in page.lines if not line.row), key=lambda line: line.top)
    top = [line for line in by_place[:_EDGE_LINES] if line.bottom < _EDGE * page.height]
    foot = [line for line in by_place[-_EDGE_LINES:] if line.top > (1 - _EDGE) * page.height]
    return top + [line for line in foot if line not in top]


def _key(text: str) -> str:
    return _AROUND_NUMBER.sub("", _NUMBERS.sub("#", " ".join(fold(shadow(text)).split()))).strip()


def _repeated(pages: Sequence[PageLines]) -> dict[str, tuple[str, float]]:
    """Heads and feet said on several pages at the same height: what they say, and that height, by their key."""
    places: dict[str, list[float]] = defaultdict(list)
    said: dict[str, str] = {}
    gazettes: set[str] = set()
    for page in pages:
        for key, line in {_key(line.text): line for line in _edge_lines(page)}.items():
            places[key].append(line.top)
            said.setdefault(key, line.text)
            gazettes.update([key] if _GAZETTE.fullmatch(fold(shadow(line.text))) else [])
    least = max(2, round(0.3 * len(pages)))
    found = {}
    for key, tops in places.items():
        middle = median(tops)
        near = sum(abs(top - middle) < 12 for top in tops)
        if len(key) > 2 and (near >= least or key in gazettes):
            found[key] = (said[key], middle)
    return found


def _is_furniture(line: TextLine, page: PageLines, heads: dict[str, tuple[str, float]]) -> bool:
    if line.row or line not in _edge_lines(page):
        return False
    if _PAGE_NUMBER.fullmatch(fold(line.text)):
        return True
    found = heads.get(_key(line.text))
    return found is not None and abs(found[1] - line.top) < 12


def _without_head(line: TextLine, page: PageLines, heads: dict[str, tuple[str, float]]) -> TextLine:
    """A line without the page head that closes it: what a stamp beside the head says is on the same line."""
    if line.row or line not in _edge_lines(page):
        return line
    words = line.text.split(" ")
    cuts = [
        len(words) - size for said, top in heads.values()
        if abs(top - line.top) < 12 and (size := len(said.split())) > 2 and size < len(words)
        and _key(" ".join(words[-size:])) == _key(said)
    ]
    return replace(line, text=" ".join(words[: min(cuts)])) if cuts else line


def _table_header(body: list[TextLine], before: str | None) -> str | None:
    """The first row of the table that a page ends in; that of the page before, where its table goes on."""
    if not body or not body[-1].row:
        return None
    first = next(line for line in body if line.block == body[-1].block)
    return before if before and first is body[0] else first.text


# Footnotes


def _footnotes(lines: list[TextLine]) -> tuple[list[TextLine], list[list[TextLine]]]:
    """The body of a page, and the notes at its foot: from a raised number on, in smaller letters."""
    if not lines:
        return [], []
    usual = Counter(round(line.height, 1) for line in lines).most_common(1)[0][0]
    first = next(
        (n for n, line in enumerate(lines)
         if line.raised and all(below.height < usual + 0.5 and not below.row for below in lines[n:])
         and (line.height < 0.95 * usual or n > len(lines) / 2)),
        None,
    )
    if first is None:
        return lines, []
    notes: list[list[TextLine]] = []
    for line in lines[first:]:
        if line.raised or not notes:
            notes.append([line])
        else:
            notes[-1].append(line)
    return lines[:first], notes


# Paragraphs


class _Builder:
    """Adds page after page; a paragraph's footnotes follow it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.last: TextLine | None = None
        self.doubts: list[Doubt] = []
        self.due: list[TextLine] = []
        self.turned = False

    def page(self, page: PageLines, body: list[TextLine], notes: list[list[TextLine]]) -> None:
        waiting = {note[0].text.split("]")[0] + "]": _paragraph(note) for note in notes}
        counts = Counter(line.block for line in body)
        begun = False
        self.turned = True
        for line in body:
            self._separate(line, tall=counts[line.block] >= _TALL)
            if not begun:
                self.starts.append(self.length)
                begun = True
            self._say(line)
            self.last, self.turned = line, False
            for mark in [mark for mark in waiting if mark in line.text]:
                self.due.append(waiting.pop(mark))
        if not begun:
            self.starts.append(self.length)
        self.due += waiting.values()

    def finish(self) -> tuple[str, list[int]]:
        self._notes()
        return "".join(self.parts), self.starts

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _say(self, line: TextLine) -> None:
        self.doubts += _moved(line.doubts, self.length)
        self._add(line.text)

    def _notes(self) -> None:
        for note in self.due:
            if self.parts:
                self._add("\n")
            self._say(note)
        self.due.clear()

    def _separate(self, line: TextLine, *, tall: bool) -> None:
        if self.last is None:
            return
        if _wraps(self.last, line, tall=tall, turned=self.turned):
            self._add(between(self.last.text, line.text))
            return
        self._notes()
        gap = not self.turned and line.block == self.last.block and line.top - self.last.bottom > 1.1 * line.height
        self._add("\n\n" if gap else "\n")


def _paragraph(lines: Sequence[TextLine]) -> TextLine:
    """Lines as one, from the first on."""
    text, doubts = "", []
    for line in lines:
        text += between(text, line.text)
        doubts += _moved(line.doubts, len(text))
        text += line.text
    return replace(lines[0], text=text, doubts=tuple(doubts))


def _moved(doubts: Iterable[Doubt], by: int) -> list[Doubt]:
    return [replace(doubt, start=doubt.start + by, end=doubt.end + by) for doubt in doubts]


def _wraps(above: TextLine, line: TextLine, *, tall: bool, turned: bool) -> bool:
    """Whether a line carries on the paragraph of the one above: that one was full, and this one is not indented."""
    if above.row or line.row or line.raised or (not turned and above.block != line.block):
        return False
    if (line.column or above.column) and not (tall and line.column and above.column):
        return False
    height = max(above.height, line.height)
    if min(above.height, line.height) < 0.78 * height or above.text.isupper() or line.text.isupper():
        return False
    if not turned and line.top - above.bottom > 1.1 * height:
        return False
    room = above.right - above.x1
    full = room < line.first_width + 0.65 * height or (room < 3 * height and not above.text.endswith(_ENDED))
    indent, indent_above = line.x0 - line.left, above.x0 - above.left
    hanging = not turned and abs(indent - indent_above) < 0.3 * height and indent < 6 * height and room < height
    if not full or not (indent < 0.7 * height or (hanging and indent_above > 0.7 * height)):
        return False
    return not (_ITEM.match(line.text) or (_OPENS.match(line.text) and above.text.endswith(_ENDED)))
