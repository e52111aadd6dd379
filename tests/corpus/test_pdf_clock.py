"""A PDF file has a limited time: what was read until then is kept, the rest is said to be missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from corpus import ocr
from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.readers import pdf as pdf_reader
from corpus.readers.boxes import Word
from corpus.readers.pdf_clock import SIGHT_SECONDS, TEXT_SECONDS
from corpus.scan import Item
from corpus.source import Source
from tests.corpus.pages import Sheet, pdf, scan


def clock(step: float) -> Iterator[float]:
    """A clock that has gone on by `step` seconds whenever it is looked at."""
    return (place * step for place in count())


def read_by(folder: Path, data: bytes, step: float) -> list[Document | Rejected]:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return list(pdf_reader.read(Source.of(Item(path, "a.pdf")), clock(step).__next__))


PAGES = [Sheet().lines(60, 300, f"Trang thứ {number} có một dòng.") for number in range(1, 7)]


def test_text_beyond_the_time_of_a_file_is_a_timeout(tmp_path: Path) -> None:
    found, missing = read_by(tmp_path, pdf(*PAGES), TEXT_SECONDS / 2)
    assert isinstance(found, Document) and [page.number for page in found.pages] == [1, 2]
    assert isinstance(missing, Rejected) and missing.reason is Reason.TIMEOUT
    assert missing.member == "pages-3-6" and "s for the pages before" in missing.detail


def test_scans_beyond_the_time_of_a_file_are_a_timeout_and_pages_of_text_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "program", lambda: "tesseract")
    seen = ocr.Recognised([Word("Thông", 60, 60, 90, 72), Word("báo", 94, 60, 120, 72)], 90.0)
    monkeypatch.setattr(ocr, "recognise", lambda picture, dpi: seen)
    picture = Sheet(picture=scan(Sheet().write(60, 60, "Thông báo"), dpi=40))
    found, missing = read_by(tmp_path, pdf(picture, picture, picture, PAGES[0]), SIGHT_SECONDS / 2)
    assert isinstance(found, Document) and isinstance(missing, Rejected)
    assert [(page.number, page.how) for page in found.pages] == [(1, "ocr")]
    assert missing.reason is Reason.TIMEOUT and missing.member == "pages-2-4"


def test_time_is_no_matter_for_a_file_read_at_once(tmp_path: Path) -> None:
    (found,) = read_by(tmp_path, pdf(*PAGES), 0.1)
    assert isinstance(found, Document) and len(found.pages) == 6
