"""The binary Word format of 1997–2003: the text of a document in runs, each with its font.

Structures and numbers are those of Microsoft's [MS-DOC]: the FIB, the piece table (Clx), formatted disk pages of
character and paragraph properties, the style sheet and the font table. The font of a run decides which letters
its bytes draw, so nothing else than these is read.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from corpus.encodings.tables import seen
from corpus.errors import ReadError, Reason
from corpus.readers import word_lists
from corpus.readers.list_numbers import Lists
from corpus.readers.word_properties import Character, Paragraph, Styles, character, list_place, paragraph

_PAGE = 512           # bytes of a formatted disk page
_PARAGRAPH_ENDS = re.compile("[\r\x07\x0c]")

# Where the FIB keeps (offset in the table stream, length) of each structure
_STYLES, _FOOTNOTES, _FOOTNOTE_TEXTS, _CHARACTERS, _PARAGRAPHS = 0xA2, 0xAA, 0xB2, 0xFA, 0x102
_FONTS, _PIECES, _ENDNOTES, _ENDNOTE_TEXTS = 0x112, 0x1A2, 0x20A, 0x212
_SHAPES, _BOXES, _LISTS, _OVERRIDES = 0x1DA, 0x25A, 0x2E2, 0x2EA
_SHAPE, _BOX = 26, 22   # bytes of each of their entries
_STORIES = {  # where the FIB keeps the length of each part of the document, in the order of the parts
    "text": 0x4C, "footnotes": 0x50, "headers": 0x54, "macros": 0x58, "comments": 0x5C, "endnotes": 0x60, "boxes": 0x64,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start:end` of the document, where they lie in the file, one or two bytes each."""

    start: int
    end: int
    offset: int
    width: int
    exceptions: bytes = b""   # properties of the whole piece


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font, as they are seen, in one paragraph of the document."""

    start: int
    text: str
    character: Character
    paragraph: Paragraph
    first: bool = False   # of its paragraph


@dataclass
class WordBinary:
    """A document of Word 97–2003, from its two streams. Raises ReadError where it is not one or is encrypted."""

    main: bytes
    side: bytes   # the table stream
    _spans: dict[int, tuple[list[int], list[bytes]]] = field(default_factory=dict, repr=False)
    _tables: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=dict, repr=False)
    _characters: dict[tuple[bytes, int], Character] = field(default_factory=dict, repr=False)

    @property
    def stories(self) -> dict[str, tuple[int, int]]:
        """The first and last character of each part: text, footnotes, headers, …"""
        found, at = {}, 0
        for name, where in _STORIES.items():
            length = max(0, struct.unpack_from("<i", self.main, where)[0])
            found[name] = (at, at + length)
            at += length
        return found

    def runs(self, start: int, end: int) -> Iterator[Run]:
        """The runs of characters `start:end`, in order. Text that the file promises and does not hold is left out."""
        ends, paragraphs = self._paragraphs(start, end)
        for piece, first, last in self._pieces(start, end):
            at = first
            while at < last:
                place = piece.offset + (at - piece.start) * piece.width
                limit, properties = self._properties(_CHARACTERS, place)
                number = bisect_right(ends, at)
                until = min(last, ends[number], max(at + 1, at - (place - limit) // piece.width))
                text = self._text(piece, at, until)
                if not text:
                    break
                here = paragraphs[number]
                first_run = at == start or (number > 0 and at == ends[number - 1])
                yield Run(at, text, self._character(properties + piece.exceptions, here.style), here, first_run)
                at = until

    def _pieces(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        for piece in self.pieces:
            first, last = max(piece.start, start), min(piece.end, end)
            if first < last:
                yield piece, first, last

    def _text(self, piece: Piece, first: int, last: int) -> str:
        at = piece.offset + (first - piece.start) * piece.width
        raw = self.main[at : at + (last - first) * piece.width]
        return seen(raw) if piece.width == 1 else raw.decode("utf-16-le", "replace")

    def _paragraphs(self, start: int, end: int) -> tuple[list[int], list[Paragraph]]:
        """Where each paragraph ends, and what it is: its properties are those of its last character."""
        ends: list[int] = []
        found: list[Paragraph] = []
        for piece, first, last in self._pieces(start, end):
            for mark in _PARAGRAPH_ENDS.finditer(self._text(piece, first, last)):
                place = piece.offset + (first - piece.start + mark.start()) * piece.width
                ends.append(first + mark.end())
                found.append(paragraph(self._properties(_PARAGRAPHS, place)[1]))
        return [*ends, max(end, *ends[-1:], 0) + 1], [*found, found[-1] if found else Paragraph()]

    def _character(self, properties: bytes, style: int) -> Character:
        known = self._characters.get((properties, style))
        if known is None:
            known = self._characters[properties, style] = character(properties, style, self.styles)
        return known

    @cached_property
    def pieces(self) -> list[Piece]:
        """The piece table."""
        clx = self._structure(_PIECES)
        exceptions: list[bytes] = []
        at = 0
        while at < len(clx) and clx[at] == 1:
            (length,) = _unpack("<H", clx, at + 1)
            exceptions.append(clx[at + 3 : at + 3 + length])
            at += 3 + length
        if at >= len(clx) or clx[at] != 2:
            raise ReadError(Reason.TRUNCATED, "no piece table")
        (length,) = _unpack("<I", clx, at + 1)
        table = clx[at + 5 : at + 5 + length]
        count = (len(table) - 4) // 12
        bounds = struct.unpack_from(f"<{count + 1}I", table) if count > 0 else ()
        found: list[Piece] = []
        for number in range(count):
            _, offset, modifier = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * number)
            if bounds[number] >= bounds[number + 1] or (found and bounds[number] < found[-1].end):
                continue
            extra = exceptions[modifier >> 1] if modifier & 1 and modifier >> 1 < len(exceptions) else b""
            narrow = bool(offset & 0x4000_0000)
            offset &= 0x3FFF_FFFF
            where, width = (offset // 2, 1) if narrow else (offset, 2)
            found.append(Piece(bounds[number], bounds[number + 1], where, width, extra))
        return found

    @cached_property
    def fonts(self) -> list[str]:
        """The names of the fonts, by number."""
        data = self._structure(_FONTS)
        found: list[str] = []
        at = 4
        while at < len(data) and len(found) < 5000:
            length = data[at] + 1
            name = data[at + 40 : at + length].decode("utf-16-le", "replace")
            found.append(name.split("\0")[0])
            at += length
        return found

    @cached_property
    def styles(self) -> Styles:
        """For each style by number: the style that it is based on, and its character properties.

        Number -1 holds the fonts of the whole document.
        """
        data = self._structure(_STYLES)
        if len(data) < 20:
            return {}
        return {-1: (0xFFF, b"\x4f\x4a" + data[14:16] + b"\x51\x4a" + data[18:20])} | self._style_sheet({1: 2, 2: 1})

    @cached_property
    def paragraph_styles(self) -> Styles:
        """For each paragraph style by number: the style that it is based on, and its paragraph properties."""
        return self._style_sheet({1: 1})

    def _style_sheet(self, wanted: dict[int, int]) -> Styles:
        """Of each style the set of properties that is wanted of its kind, counted from 1."""
        data = self._structure(_STYLES)
        if len(data) < 20:
            return {}
        (length,) = _unpack("<H", data, 0)
        count, base_length = _unpack("<HH", data, 2)
        found: Styles = {}
        at = 2 + length
        for number in range(min(count, 5000)):
            if at + 2 > len(data):
                break
            (size,) = _unpack("<H", data, at)
            if size:
                found[number] = _style(data[at + 2 : at + 2 + size], base_length, wanted)
            at += 2 + size + (size & 1)
        return found

    def notes(self) -> dict[int, tuple[int, int]]:
        """For the place of each footnote and endnote mark: the first and last character of its text."""
        found = {}
        kinds = ((_FOOTNOTES, _FOOTNOTE_TEXTS, "footnotes"), (_ENDNOTES, _ENDNOTE_TEXTS, "endnotes"))
        for marks, texts, story in kinds:
            data, bounds = self._structure(marks), self._structure(texts)
            count = (len(data) - 4) // 6
            if count < 1 or len(bounds) < 4 * (count + 1):
                continue
            places = struct.unpack_from(f"<{count}I", data)
            ends = struct.unpack_from(f"<{count + 1}I", bounds)
            base, stop = self.stories[story]
            for place, begin, end in zip(places, ends, ends[1:], strict=False):
                if begin < end and base + end <= stop:
                    found[place] = (base + begin, base + end)
        return found

    def boxes(self) -> tuple[dict[int, tuple[int, int]], list[tuple[int, int]]]:
        """The first and last character of each text box: by the place of its anchor, and those without one."""
        base, stop = self.stories["boxes"]
        shapes, texts = self._structure(_SHAPES), self._structure(_BOXES)
        anchors = {shape[:4]: place for place, shape in _entries_at(shapes, _SHAPE)}
        ends = [place for place, _ in _entries_at(texts, _BOX)]
        placed: dict[int, tuple[int, int]] = {}
        loose: list[tuple[int, int]] = []
        at = base
        for (begin, box), end in zip(_entries_at(texts, _BOX), ends[1:], strict=False):
            if not at <= base + begin < base + end <= stop:
                break
            at = base + end
            place = anchors.get(box[14:18])
            if place is None or place in placed:
                loose.append((base + begin, at))
            else:
                placed[place] = (base + begin, at)
        return placed, [*loose, *([(at, stop)] if at < stop else [])]

    def lists(self) -> Lists:
        """The lists of the document, none of them begun."""
        offset, length = _unpack("<II", self.main, _LISTS)
        if not length or not (overrides := self._structure(_OVERRIDES)):
            return Lists()
        levels = self.side[offset + length :]   # they lie behind the structure, not in it
        return word_lists.lists(self._structure(_LISTS), levels, overrides, self.fonts)

    def list_place(self, paragraph: Paragraph) -> tuple[int, int]:
        """The list of a paragraph, 0 for none, and its level."""
        return list_place(paragraph, self.paragraph_styles)

    def _structure(self, where: int) -> bytes:
        offset, length = _unpack("<II", self.main, where)
        return self.side[offset : offset + length] if length < len(self.side) + 1 else b""

    def _properties(self, kind: int, place: int) -> tuple[int, bytes]:
        """The properties of the byte at `place` and where the next ones begin."""
        bounds, pages = self._page_table(kind)
        number = bisect_right(bounds, place) - 1
        if number < 0:
            return (bounds[0] if bounds else len(self.main)), b""
        if number >= len(pages):
            return max(len(self.main), place + 1), b""
        begins, values = self._page(kind, pages[number])
        inside = bisect_right(begins, place) - 1
        if 0 <= inside < len(values):
            return begins[inside + 1], values[inside]
        return bounds[number + 1], b""

    def _page_table(self, kind: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        cached = self._tables.get(kind)
        if cached is None:
            data = self._structure(kind)
            count = max(0, (len(data) - 4) // 8)
            bounds = struct.unpack_from(f"<{count + 1}I", data) if count else ()
            pages = struct.unpack_from(f"<{count}I", data, 4 * (count + 1)) if count else ()
            cached = self._tables[kind] = (bounds, pages)
        return cached

    def _page(self, kind: int, number: int) -> tuple[list[int], list[bytes]]:
        cached = self._spans.get(number)
        if cached is None:
            page = self.main[(number & 0x3F_FFFF) * _PAGE :][:_PAGE]
            cached = self._spans[number] = _entries(page, wide=kind == _PARAGRAPHS) if len(page) == _PAGE else ([], [])
        return cached


class OldWord(Exception):
    """A document of a Word older than 1997, which other programs must read."""


def open_streams(main: bytes) -> str:
    """The name of the table stream that goes with the main stream. Raises ReadError, OldWord."""
    if len(main) < 0x300:
        raise ReadError(Reason.TRUNCATED, f"the Word stream has {len(main)} bytes")
    magic, version = struct.unpack_from("<HH", main)
    if magic != 0xA5EC or version < 0xC0:
        raise OldWord(f"Word before 1997 (format {version})")
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if flags & 0x0100:
        raise ReadError(Reason.ENCRYPTED, "a password is needed")
    return "1Table" if flags & 0x0200 else "0Table"


def _unpack(form: str, data: bytes, at: int) -> tuple[int, ...]:
    if at + struct.calcsize(form) > len(data):
        raise ReadError(Reason.TRUNCATED, "a table of the document is cut short")
    return struct.unpack_from(form, data, at)


def _entries_at(data: bytes, size: int) -> list[tuple[int, bytes]]:
    """Places in the text and what is said of each, of `size` bytes; the last place only ends the one before it."""
    count = max(0, (len(data) - 4) // (4 + size))
    places = struct.unpack_from(f"<{count}I", data) if count else ()
    behind = 4 * (count + 1)
    return [(place, data[behind + size * n : behind + size * (n + 1)]) for n, place in enumerate(places)]


def _entries(page: bytes, *, wide: bool) -> tuple[list[int], list[bytes]]:
    """The runs of a formatted disk page: where each begins, and its properties."""
    count = page[_PAGE - 1]
    step = 13 if wide else 1
    if not count or 4 * (count + 1) + step * count > _PAGE - 1:
        return [], []
    begins = list(struct.unpack_from(f"<{count + 1}I", page))
    values = []
    for number in range(count):
        at = 2 * page[4 * (count + 1) + step * number]
        if not at:
            values.append(b"")
        elif not wide:
            values.append(page[at + 1 : at + 1 + page[at]])
        elif page[at]:
            values.append(page[at + 1 : at + 2 * page[at]])
        else:
            values.append(page[at + 2 : at + 2 + 2 * page[at + 1]])
    return begins, values


def _style(data: bytes, base_length: int, wanted: dict[int, int]) -> tuple[int, bytes]:
    """The number of the style that a style is based on, and its properties of the set that is wanted."""
    if len(data) < base_length + 2 or base_length < 6:
        return 0xFFF, b""
    kind, based_on = data[2] & 0xF, (data[2] | data[3] << 8) >> 4
    at = base_length + 2 + 2 * (data[base_length] | data[base_length + 1] << 8) + 2
    value = b""
    for _ in range(wanted.get(kind, 0)):
        at += at & 1
        if at + 2 > len(data):
            return based_on, b""
        size = data[at] | data[at + 1] << 8
        value = data[at + 2 : at + 2 + size]
        at += 2 + size
    return based_on, value
