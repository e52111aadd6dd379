"""What a PDF file says is on its pages, by PDFium: to be called through `corpus.isolated`, with plain data only.

PDFium runs in no process of ours that matters: a file of 875 bytes whose drawing draws itself fills any memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import ReadError, Reason
from corpus.readers.boxes import Rule, Word
from corpus.readers.layout import page_lines
from corpus.readers.pdf_page import PageContent, page_content
from corpus.readers.rows import TextLine
from corpus.syllables import latin_share, vietnamese_share

MOST_LETTERS = 200_000   # of one page
_FEW_WORDS = 25          # fewer on a page that is a picture are a stamp
_COVERED = 0.5           # share of a page that pictures cover in a scan
_OUTLINES = 200          # paths on a page without words: letters drawn as outlines
_UNMAPPED = 0.02         # share of letters without a name that makes a page's text unusable
_VIETNAMESE, _LATIN = 0.6, 0.7
_ENOUGH = 10             # words that a share is told from

_NO_PAGES = re.compile(rb"/Kids\s*\[\s*\]")

_FAILURES = {
    pdfium.FPDF_ERR_PASSWORD: (Reason.ENCRYPTED, "a password is needed"),
    pdfium.FPDF_ERR_SECURITY: (Reason.ENCRYPTED, "an unknown encryption"),
}

_Plain = tuple[Any, ...]
_LINE, _WORD, _RULE = (attrgetter(*(one.name for one in fields(kind))) for kind in (TextLine, Word, Rule))


@dataclass(slots=True)
class PageText:
    """What the file says of one page. Sizes in points.

    `lines` are in reading order; of a page `to_be_seen` there are none, since its text says too little. `words` and
    `rules` are those of a page with a few letters without a name, for mending.
    """

    width: float
    height: float
    to_be_seen: bool
    letters: int
    encoding: str
    lines: list[TextLine] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)   # words that run in another direction, part of `lines` too

    def plain(self) -> _Plain:
        """As plain data."""
        first = (self.width, self.height, self.to_be_seen, self.letters, self.encoding)
        lists = [*map(_LINE, self.lines)], [*map(_WORD, self.words)], [*map(_RULE, self.rules)]
        return (*first, *lists, self.aside)

    @classmethod
    def of(cls, plain: _Plain) -> PageText:
        """From plain data."""
        page = cls(*plain)
        page.lines = [TextLine(*one) for one in plain[5]]
        page.words = [Word(*one) for one in plain[6]]
        page.rules = [Rule(*one) for one in plain[7]]
        return page


def pages(data: bytes, first: int) -> Iterator[int | _Plain]:
    """The number of pages, then each from `first` on: a `PageText`, or the reason and detail of a ReadError.

    Raises ReadError for a file that cannot be opened: encrypted, empty, damaged, truncated.
    """
    document = _open(data)
    try:
        count = len(document)
        yield count
        for number in range(first, count + 1):
            try:
                yield _page(document, number).plain()
            except ReadError as error:
                yield error.reason.value, error.detail
    finally:
        document.close()


def lines(words: list[_Plain], rules: list[_Plain], aside: list[str]) -> list[_Plain]:
    """The lines of words that were mended, all as plain data."""
    return [*map(_LINE, _lines([Word(*word) for word in words], [Rule(*rule) for rule in rules], aside))]


def _open(data: bytes) -> pypdfium2.PdfDocument:
    whole = b"%%EOF" in data[-4096:]
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in _FAILURES:
            raise ReadError(*_FAILURES[code]) from error
        if whole and _NO_PAGES.search(data):
            raise ReadError(Reason.EMPTY, "0 pages") from error
        reason = Reason.DAMAGED if whole else Reason.TRUNCATED
        raise ReadError(reason, "no page can be found in it") from error


def _page(document: pypdfium2.PdfDocument, number: int) -> PageText:
    try:
        page = document[number - 1]
        try:
            content = page_content(page)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError(Reason.DAMAGED, "the page cannot be opened") from error
    if content.letters > MOST_LETTERS:
        raise ReadError(Reason.TOO_LARGE, f"{content.letters} letters on a page; the limit is {MOST_LETTERS}")
    read = PageText(
        content.width, content.height, needs_recognition(content), content.letters, content.encoding,
        aside=content.aside,
    )
    if not read.to_be_seen:
        read.lines = _lines(content.words, content.rules, content.aside)
        if content.unmapped:
            read.words, read.rules = content.words, content.rules
    return read


def _lines(words: list[Word], rules: list[Rule], aside: list[str]) -> list[TextLine]:
    found = page_lines(words, rules)
    if aside and found:
        beside = found[-1]
        found.append(replace(beside, text=" ".join(aside), block=beside.block + 1, row=True))
    return found


def needs_recognition(content: PageContent) -> bool:
    """Whether a page says something that its text does not."""
    words = len(content.words)
    if words < _FEW_WORDS and content.pictures > _COVERED:
        return True
    if not words:
        return content.drawn > _OUTLINES
    if content.unmapped > _UNMAPPED * content.letters:
        return True
    text = content.text
    share, counted = vietnamese_share(text)
    return counted >= _ENOUGH and share < _VIETNAMESE and latin_share(text) < _LATIN
