"""PDF files: the words of each page in reading order; pages without usable text are read from their picture.

A page's text is usable if it has words, they are not only a stamp on a scan, and they are built like Vietnamese or
at least like words: fonts that do not say which letters they draw give rubbish. Where only a few letters have no name,
their words are mended from the picture (`mend`); what cannot be mended stays in the text as U+FFFD.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, UnidentifiedImageError

from corpus import ocr
from corpus.document import Document, Page
from corpus.errors import ReadError, Reason, Rejected
from corpus.metadata import describe
from corpus.readers.boxes import Word
from corpus.readers.layout import page_lines
from corpus.readers.mend import mended
from corpus.readers.pagetext import PageLines, assemble, recognised_page
from corpus.readers.pdf_clock import Clock
from corpus.readers.pdf_page import PageContent, page_content
from corpus.source import Source, stored_text
from corpus.syllables import latin_share, vietnamese_share

MOST_PAGES = 5000        # of one file
MOST_SCANS = 500         # of them read from their pictures
MOST_LETTERS = 200_000   # of one page
_FEW_WORDS = 25          # fewer on a page that is a picture are a stamp
_COVERED = 0.5           # share of a page that pictures cover in a scan
_OUTLINES = 200          # paths on a page without words: letters drawn as outlines
_UNMAPPED = 0.02         # share of letters without a name that makes a page's text unusable
_VIETNAMESE, _LATIN = 0.6, 0.7
_ENOUGH = 10             # words that a share is told from

_DRAW = str(Path(__file__).with_name("draw_page.py"))
_NO_PAGES = re.compile(rb"/Kids\s*\[\s*\]")

_FAILURES = {
    pdfium.FPDF_ERR_PASSWORD: (Reason.ENCRYPTED, "a password is needed"),
    pdfium.FPDF_ERR_SECURITY: (Reason.ENCRYPTED, "an unknown encryption"),
}


@dataclass(slots=True)
class _Reading:
    """The pages read so far, those that were not and why."""

    pages: list[PageLines] = field(default_factory=list)
    failed: dict[int, ReadError] = field(default_factory=dict)
    scans: int = 0
    encodings: Counter[str] = field(default_factory=Counter)  # letters on pages in each

    @property
    def encoding(self) -> str:
        """The tables of all pages, that of most letters first."""
        return "+".join(dict.fromkeys(name for names, _ in self.encodings.most_common() for name in names.split("+")))


def read(source: Source, now: Callable[[], float] = time.monotonic) -> Iterator[Document | Rejected]:
    """The file as one document, and a Rejected for pages that could not be read. Raises ReadError."""
    data = source.load()
    whole = b"%%EOF" in data[-4096:]
    document = _open(data, whole=whole)
    try:
        with _Drawing(data) as drawing:
            reading = _read_pages(document, drawing, Clock(now))
    finally:
        document.close()
    if not any(page.lines for page in reading.pages):
        raise next(iter(reading.failed.values()), ReadError(Reason.EMPTY, f"{len(reading.pages)} pages without words"))
    text, pages, heads = assemble(reading.pages)
    digest = hashlib.sha256(data).hexdigest()
    yield _document(source, text, pages, heads, digest, reading.encoding)
    yield from _rejected(source, reading.failed, digest)
    if not whole:
        cut = ReadError(Reason.TRUNCATED, "the file has no end; its whole pages were read")
        yield _part(source, "end", cut, digest)


def _open(data: bytes, *, whole: bool) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in _FAILURES:
            raise ReadError(*_FAILURES[code]) from error
        if whole and _NO_PAGES.search(data):
            raise ReadError(Reason.EMPTY, "0 pages") from error
        reason = Reason.DAMAGED if whole else Reason.TRUNCATED
        raise ReadError(reason, "no page can be found in it") from error
    count = len(document)
    if not 0 < count <= MOST_PAGES:
        document.close()
        raise ReadError(*(
            (Reason.TOO_LARGE, f"{count} pages; the limit is {MOST_PAGES}") if count else (Reason.EMPTY, "0 pages")
        ))
    return document


class _Drawing:
    """Pictures of the pages of one file. The file is laid on disk once, when the first is asked for."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.folder: TemporaryDirectory[str] | None = None

    def __enter__(self) -> _Drawing:
        return self

    def __exit__(self, *raised: object) -> None:
        if self.folder is not None:
            self.folder.cleanup()

    def page(self, number: int, content: PageContent) -> tuple[Image.Image, float]:
        """A grey picture of a page and its resolution, lower for a huge page. Raises ReadError: timeout, damaged."""
        area = content.width * content.height / 72**2
        dpi = min(float(ocr.DPI), (ocr.MAX_PIXELS / max(area, 0.01)) ** 0.5)
        if self.folder is None:
            self.folder = TemporaryDirectory(prefix="sulieu-")
            Path(self.folder.name, "file.pdf").write_bytes(self.data)
        command = [sys.executable, "-P", _DRAW, str(Path(self.folder.name, "file.pdf")), str(number), str(dpi)]
        try:
            done = subprocess.run(command, capture_output=True, timeout=ocr.PAGE_SECONDS, check=False)
            return Image.open(io.BytesIO(done.stdout)), dpi
        except subprocess.TimeoutExpired as error:
            detail = f"the page could not be drawn in {ocr.PAGE_SECONDS} s"
            raise ReadError(Reason.TIMEOUT, detail) from error
        except UnidentifiedImageError as error:
            raise ReadError(Reason.DAMAGED, "the page cannot be drawn") from error


def _read_pages(document: pypdfium2.PdfDocument, drawing: _Drawing, clock: Clock) -> _Reading:
    reading = _Reading()
    for number in range(1, len(document) + 1):
        try:
            content = _page_text(document, number, clock)
            reading.pages.append(_page(content, number, reading, drawing, clock))
        except ReadError as error:
            reading.failed[number] = error
    return reading


def _page_text(document: pypdfium2.PdfDocument, number: int, clock: Clock) -> PageContent:
    """What the file says is on a page. Raises ReadError: timeout, damaged, too-large."""
    with clock.spend("text"):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise ReadError(Reason.DAMAGED, "the page cannot be opened") from error
        try:
            content = page_content(page)
        finally:
            page.close()
    if content.letters > MOST_LETTERS:
        raise ReadError(Reason.TOO_LARGE, f"{content.letters} letters on a page; the limit is {MOST_LETTERS}")
    return content


def _page(content: PageContent, number: int, reading: _Reading, drawing: _Drawing, clock: Clock) -> PageLines:
    """The lines of a page, from its text or its picture. Raises ReadError."""
    if needs_recognition(content):
        reading.scans += 1
        if reading.scans > MOST_SCANS:
            raise ReadError(Reason.TOO_LARGE, f"over {MOST_SCANS} scanned pages in one file")
        with clock.spend("sight"):
            ocr.program()  # nothing is drawn in vain
            return recognised_page(ocr.recognise(*drawing.page(number, content)), number, content.height)
    words = _mended(content, number, drawing, clock) if content.unmapped else content.words
    with clock.spend("text"):
        lines = page_lines(words, content.rules)
    if content.aside and lines:
        beside = lines[-1]
        lines.append(replace(beside, text=" ".join(content.aside), block=beside.block + 1, row=True))
    reading.encodings[content.encoding] += content.letters
    return PageLines(number, content.height, lines)


def _mended(content: PageContent, number: int, drawing: _Drawing, clock: Clock) -> list[Word]:
    """The words of a page with a few letters without a name; unchanged where recognition is not to be had."""
    try:
        with clock.spend("sight"):
            ocr.program()
            return mended(content.words, *drawing.page(number, content))
    except ReadError:
        return content.words


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


def _document(
    source: Source, assembled: str, pages: tuple[Page, ...], heads: list[str], digest: str, encoding: str
) -> Document:
    text = stored_text(assembled)
    if text != assembled:  # no page may begin elsewhere than where it is said to
        raise ReadError(Reason.NOT_TEXT, "letters that cannot be stored")
    described = describe(text)
    if heads:
        described["metadata"] = {**described["metadata"], "page_head": " · ".join(heads)}
    return Document(
        id=source.name, text=text, path=source.name, sha256=digest, pages=pages, encoding=encoding or None, **described
    )


def _rejected(source: Source, failed: dict[int, ReadError], digest: str) -> Iterator[Rejected]:
    """One Rejected for each run of pages that failed for the same reason."""
    runs: list[list[int]] = []
    for number, error in failed.items():
        alike = runs and runs[-1][-1] == number - 1 and _why(failed[runs[-1][0]]) == _why(error)
        runs[-1].append(number) if alike else runs.append([number])
    for run in runs:
        named = f"page-{run[0]}" if len(run) == 1 else f"pages-{run[0]}-{run[-1]}"
        yield _part(source, named, failed[run[0]], digest)


def _why(error: ReadError) -> tuple[Reason, str]:
    return error.reason, error.detail


def _part(source: Source, member: str, error: ReadError, digest: str) -> Rejected:
    return Rejected(
        id=f"{source.name}#{member}", path=source.name, member=member, reason=error.reason, detail=error.detail,
        sha256=digest,
    )
