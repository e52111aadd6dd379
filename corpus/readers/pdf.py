"""PDF files: the words of each page in reading order; pages without usable text are read from their picture.

A page's text is usable if it has words, they are not only a stamp on a scan, and they are built like Vietnamese or
at least like words: fonts that do not say which letters they draw give rubbish. Where only a few letters have no name,
their words are mended from the picture (`mend`); what cannot be mended stays in the text as U+FFFD.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from dataclasses import astuple, dataclass, field
from itertools import repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, UnidentifiedImageError

from corpus import ocr
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.isolated import Isolated
from corpus.metadata import describe
from corpus.readers.mend import mended
from corpus.readers.pagetext import Assembled, PageLines, assemble, recognised_page
from corpus.readers.pdf_clock import Clock
from corpus.readers.pdf_pages import PageText
from corpus.readers.rows import TextLine
from corpus.source import Source, stored_text

MOST_PAGES = 5000        # of one file
MOST_SCANS = 500         # of them read from their pictures
TEXT_SECONDS = 30.0      # for the text of one page
_MOST_FAULTS = 3         # pages of one file that may hang or crash before the rest of it is left
_ONCE_MORE = (Reason.TOO_LARGE, Reason.KILLED)   # what may be no fault of the page
_PAGES = Isolated("corpus.readers.pdf_pages:pages", seconds=TEXT_SECONDS)
_LINES = Isolated("corpus.readers.pdf_pages:lines", seconds=TEXT_SECONDS)
_DRAW = str(Path(__file__).with_name("draw_page.py"))


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
    ended = b"%%EOF" in data[-4096:]
    with _Drawing(data) as drawing:
        reading = _read_pages(data, drawing, Clock(now))
    if not any(page.lines for page in reading.pages):
        raise next(iter(reading.failed.values()), ReadError(Reason.EMPTY, f"{len(reading.pages)} pages without words"))
    assembled = assemble(reading.pages)
    digest = hashlib.sha256(data).hexdigest()
    yield _document(source, assembled, digest, reading.encoding)
    yield from _rejected(source, reading.failed, digest)
    if not ended:
        cut = ReadError(Reason.TRUNCATED, "the file has no end; its whole pages were read")
        yield _part(source, "end", cut, digest)


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

    def page(self, number: int, content: PageText) -> tuple[Image.Image, float]:
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


def _read_pages(data: bytes, drawing: _Drawing, clock: Clock) -> _Reading:
    reading = _Reading()
    with closing(_page_texts(data)) as texts:
        count = next(texts)
        if not isinstance(count, int) or not 0 < count <= MOST_PAGES:
            over = Reason.TOO_LARGE, f"{count} pages; the limit is {MOST_PAGES}"
            raise ReadError(*(over if count else (Reason.EMPTY, "0 pages")))
        for number in range(1, count + 1):
            try:
                with clock.spend("text"):
                    text = next(texts)
                if isinstance(text, ReadError):
                    raise text
                reading.pages.append(_page(text, number, reading, drawing, clock))
            except ReadError as error:
                reading.failed[number] = error
    return reading


def _page_texts(data: bytes) -> Generator[Any, None, None]:
    """The number of pages, then for each its PageText or the ReadError that tells why it has none.

    A page that hangs or crashes costs a process, and a new one goes on behind it. One that memory did not suffice for
    is tried again where the pages before it may have filled the process. Raises ReadError for the file.
    """
    count, number, faults = 0, 1, 0
    while not count or number <= count:
        begun = number
        with closing(_PAGES.each(data, number)) as values:
            try:
                counted = next(values)
                if not count:
                    yield (count := counted)
                for plain in values:
                    if number == count:
                        with suppress(ReadError):
                            next(values, None)  # its end: the process is free for the next file
                    yield ReadError(Reason(plain[0]), plain[1]) if len(plain) == 2 else PageText.of(plain)
                    number += 1
                return
            except ReadError as error:
                fault = error
        if not count:
            raise fault
        faults += 1
        if faults < _MOST_FAULTS and fault.reason in _ONCE_MORE and number > begun:
            continue
        yield fault
        number += 1
        if faults == _MOST_FAULTS:
            left = ReadError(fault.reason, f"not tried after {faults} pages that failed: {fault.detail}")
            yield from repeat(left, count - number + 1)
            return


def _page(text: PageText, number: int, reading: _Reading, drawing: _Drawing, clock: Clock) -> PageLines:
    """The lines of a page, from its text or its picture. Raises ReadError."""
    if text.to_be_seen:
        reading.scans += 1
        if reading.scans > MOST_SCANS:
            raise ReadError(Reason.TOO_LARGE, f"over {MOST_SCANS} scanned pages in one file")
        with clock.spend("sight"):
            ocr.program()  # nothing is drawn in vain
            return recognised_page(ocr.recognise(*drawing.page(number, text)), number, text.height)
    lines = _mended(text, number, drawing, clock) if text.words else text.lines
    reading.encodings[text.encoding] += text.letters
    return PageLines(number, text.height, lines)


def _mended(text: PageText, number: int, drawing: _Drawing, clock: Clock) -> list[TextLine]:
    """The lines of a page with a few letters without a name; unchanged where recognition is not to be had."""
    try:
        with clock.spend("sight"):
            ocr.program()
            words = mended(text.words, *drawing.page(number, text))
        with clock.spend("text"):
            return [TextLine(*line) for line in _LINES([*map(astuple, words)], [*map(astuple, text.rules)], text.aside)]
    except ReadError:
        return text.lines


def _document(source: Source, whole: Assembled, digest: str, encoding: str) -> Document:
    if stored_text(whole.text) != whole.text:  # no page may begin elsewhere than where it is said to
        raise ReadError(Reason.NOT_TEXT, "letters that cannot be stored")
    described = describe(whole.text, doubtful=whole.doubtful)
    if whole.heads:
        described["metadata"] = {**described["metadata"], "page_head": " · ".join(whole.heads)}
    return Document(
        id=source.name, text=whole.text, path=source.name, sha256=digest, pages=whole.pages, doubtful=whole.doubtful,
        encoding=encoding or None, **described,
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
