"""What a page of a PDF holds: its words with their boxes, its drawn lines, its pictures. Reads through PDFium.

PDFium is called directly because it is quick: pdfplumber, which parses in Python, reads 4 to 15 pages a second of
the sample archive, this module 60 to 150.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

import pypdfium2.raw as pdfium
import regex
from pypdfium2 import PdfPage

from corpus.document import normalise_text
from corpus.readers.boxes import Rule, Word
from corpus.readers.pdf_fonts import UNICODE, Piece, decoded_pieces, font_name, is_legacy
from corpus.readers.seen_rules import seen_rules

UNMAPPED = "\ufffd"  # a letter that the file draws but does not name
_HYPHEN = "\x02"      # a hyphen that ends a line; what follows is another word
_WORD = regex.compile(rf"[^\s\x00-\x1f\x7f]+{_HYPHEN}?|{_HYPHEN}")
_NO_LETTER = regex.compile(r"[\x02\ufffe]")
_INVISIBLE = str.maketrans({"\uffff": UNMAPPED, "\x00": UNMAPPED, "\u00ad": "-", "\ufeff": None})
_SURROGATE = regex.compile(r"\p{Cs}")
_PRIVATE = regex.compile(r"[\ue000-\uf8ff]")
_BULLETS = {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "►", "\uf0fc": "✓", "\uf0a8": "□", "\uf02b": "+"}
_THIN = 3.0       # points: a filled box thinner than this is a line
_SHORTEST = 8.0   # points: a shorter line is no rule
_DEEPEST = 3      # forms within forms
_MOST_SEGMENTS = 2000
_MOST_OBJECTS = 60_000
_PICTURE = 0.5    # share of a page that pictures cover where its lines are part of them
_NAME = ctypes.create_string_buffer(256)  # of a font

Span = tuple[int, int, bool]  # where a word begins and ends in the page's characters; whether it is a raised figure


@dataclass(slots=True)
class PageContent:
    """One page. Lengths in points; `pictures` is the share of the page that pictures cover; `drawn` counts paths."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: float = 0.0
    drawn: int = 0
    letters: int = 0
    unmapped: int = 0   # letters without a name
    aside: list[str] = field(default_factory=list)  # words that run in another direction than the page
    encoding: str = UNICODE  # the tables that the words were in

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def page_content(page: PdfPage) -> PageContent:
    """Everything that reading a page needs."""
    textpage = page.get_textpage()
    try:
        raw, text = textpage.raw, _characters(textpage.raw)
        places = [found.span() for found in _WORD.finditer(text)]
        angles = [_angle(raw, start) for start, _ in places]
        angle = Counter(angles).most_common(1)[0][0] if angles else page.get_rotation()
        turn = _Turn(page.get_cropbox(), angle)
        content = PageContent(turn.width, turn.height)
        spans = [
            span for (start, end), direction in zip(places, angles, strict=True)
            for span in (_spans(raw, text, start, end, turn) if direction == angle else [(start, end, False)])
        ]
        said, content.encoding = _said(raw, text, spans)
        directions = dict(zip((start for start, _ in places), angles, strict=True))
        direction = angle
        for (start, end, raised), words in zip(spans, said, strict=True):
            direction = directions.get(start, direction)
            if not words:
                continue
            if direction == angle:
                first, last = _box(raw, start, turn), _box(raw, end - 1, turn)
                content.words.append(_word(words, first, last, raised=raised))
            else:
                content.aside.append(words)
    finally:
        textpage.close()
    content.letters = sum(len(word.text) for word in content.words)
    content.unmapped = sum(word.text.count(UNMAPPED) for word in content.words)
    _objects(page, content, turn)
    if content.words and not content.rules and content.pictures > _PICTURE and turn.angle == 0:
        content.rules = seen_rules(page, content.width, content.height)
    return content


class _Turn:
    """From the page's own coordinates (up from the bottom left) to ours, for words that run at an angle.

    Where the words run counts, not what the page states of its rotation: scanners and printers differ there.
    """

    def __init__(self, box: tuple[float, float, float, float], angle: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.angle = angle
        across, up = self.right - self.left, self.top - self.bottom
        self.width, self.height = (up, across) if angle in (90, 270) else (across, up)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        match self.angle:
            case 90:
                return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
            case 180:
                return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
            case 270:
                return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom


def _angle(textpage: Any, place: int) -> int:
    """The direction of a letter's line, counter-clockwise, to the nearest quarter. PDFium's turns clockwise."""
    return round(-math.degrees(pdfium.FPDFText_GetCharAngle(textpage, place)) / 90) % 4 * 90


def _spans(textpage: Any, text: str, start: int, end: int, turn: _Turn) -> list[Span]:
    """A word; apart from it the small raised figure in it."""
    mark = _mark(textpage, text, start, end, turn)
    if mark is None:
        return [(start, end, False)]
    after = mark
    while after < end and text[after].isdigit():
        after += 1
    return [(start, mark, False), (mark, after, True), *([(after, end, False)] if after < end else [])]


def _said(textpage: Any, text: str, spans: Sequence[Span]) -> tuple[list[str], str]:
    """The words of all spans as they are stored, and the names of the tables that they were in."""
    pieces: list[Piece] = []
    owners: list[int] = []
    fonts = [_font(textpage, start) for start, _, _ in spans]
    several = any(map(is_legacy, set(fonts)))
    before = 0
    for place, (start, end, _) in enumerate(spans):
        opens = "\n" if "\n" in text[before:start] else " " if before < start or not start else ""
        each = [_font(textpage, at) for at in range(start, end)] if several else [fonts[place]] * (end - start)
        at = start
        for font, group in groupby(each):
            until = at + len(list(group))
            pieces.append(Piece(text[at:until].replace(_HYPHEN, "-"), font, "" if at > start else opens))
            owners.append(place)
            at = until
        before = end
    texts, encoding = decoded_pieces(pieces)
    said = [""] * len(spans)
    for owner, piece in zip(owners, texts, strict=True):
        said[owner] += piece
    return [_stored(one) for one in said], encoding


def _font(textpage: Any, place: int) -> str:
    """The name of a letter's font, empty where it has none."""
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(textpage, place, _NAME, len(_NAME), flags)
    return font_name(_NAME.value.decode("utf-8", "replace")) if 0 < length <= len(_NAME) else ""


def _characters(textpage: Any) -> str:
    """The page's characters, one for each of PDFium's, so that a place in this text is an index of its boxes."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(textpage, 0, count, buffer) - 1
    text = bytes(buffer)[: 2 * max(got, 0)].decode("utf-16-le", "surrogatepass")
    if len(text) != count:
        codes = (pdfium.FPDFText_GetUnicode(textpage, place) for place in range(count))
        text = "".join(
            chr(code) if 31 < code < 0x110000 else chr(code) if code in (9, 10, 13) else "\ufffe" for code in codes
        )
    return _NO_LETTER.sub(
        lambda found: _HYPHEN if pdfium.FPDFText_IsHyphen(textpage, found.start()) == 1 else UNMAPPED, text
    )


def _box(textpage: Any, place: int, turn: _Turn) -> tuple[float, float, float, float]:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(textpage, place, rect):
        return 0.0, 0.0, 0.0, 0.0
    return turn.box(rect.left, rect.bottom, rect.right, rect.top)


def _word(text: str, first: tuple[float, ...], last: tuple[float, ...], *, raised: bool) -> Word:
    left, top = min(first[0], last[0]), min(first[1], last[1])
    right, bottom = max(first[2], last[2]), max(first[3], last[3])
    return Word(text, left, top, right, bottom, raised)


def _stored(raw: str) -> str:
    text = _PRIVATE.sub(lambda found: _BULLETS.get(found[0], UNMAPPED), raw.translate(_INVISIBLE))
    return normalise_text(_SURROGATE.sub(UNMAPPED, text))


def _mark(textpage: Any, text: str, start: int, end: int, turn: _Turn) -> int | None:
    """Where a small raised figure begins that closes a word (`2024¹;`), None without one."""
    if end - start < 2 or not any(map(str.isdigit, text[max(start + 1, end - 5) : end])):
        return None
    base = _box(textpage, start, turn)
    for place in range(max(start + 1, end - 5), end):
        if text[place].isdigit():
            small = _box(textpage, place, turn)
            if small[3] - small[1] < 0.8 * (base[3] - base[1]) and small[3] < base[3] - 0.1 * (base[3] - base[1]):
                return place
    return None


# What is drawn


def _objects(page: PdfPage, content: PageContent, turn: _Turn) -> None:
    area = (content.width * content.height) or 1.0
    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
    for item in islice(page.get_objects(filter=kinds, max_depth=_DEEPEST), _MOST_OBJECTS):
        box = turn.box(*item.get_bounds())
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            content.pictures += max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1]) / area
        else:
            content.drawn += 1
            content.rules += _rules(item.raw, box, turn)


def _rules(path: Any, box: tuple[float, float, float, float], turn: _Turn) -> list[Rule]:
    width, height = box[2] - box[0], box[3] - box[1]
    if max(width, height) < _SHORTEST:
        return []
    if min(width, height) <= _THIN:
        return [_rule(*box)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not stroke.value:  # shading behind words
        return []
    count = pdfium.FPDFPath_CountSegments(path)
    if count > _MOST_SEGMENTS:
        return []
    rules, points = [], _points(path, count, turn)
    for kind, x, y, x_before, y_before in points:
        if kind == pdfium.FPDF_SEGMENT_LINETO and min(abs(x - x_before), abs(y - y_before)) <= 1.0:
            side = (min(x, x_before), min(y, y_before), max(x, x_before), max(y, y_before))
            if max(side[2] - side[0], side[3] - side[1]) >= _SHORTEST:
                rules.append(_rule(*side))
    return rules


def _points(path: Any, count: int, turn: _Turn) -> Iterator[tuple[int, float, float, float, float]]:
    """Each segment of a path: its kind, where it ends, where it begins."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    here = begun = (0.0, 0.0)
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        px = matrix.a * x.value + matrix.c * y.value + matrix.e
        py = matrix.b * x.value + matrix.d * y.value + matrix.f
        box = turn.box(px, py, px, py)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = (box[0], box[1])
        yield kind, box[0], box[1], *here
        here = (box[0], box[1])
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield pdfium.FPDF_SEGMENT_LINETO, *begun, *here


def _rule(x0: float, top: float, x1: float, bottom: float) -> Rule:
    """A line of no thickness."""
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Rule(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Rule(middle, top, middle, bottom)
