"""The time that one PDF file may take, looked at between its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

from corpus.errors import ReadError, Reason

TEXT_SECONDS = 900.0     # for the text of one file: MOST_PAGES at a tenth of the usual speed, 50 pages a second
SIGHT_SECONDS = 7200.0   # for its pages read from pictures: MOST_SCANS at twice the usual 7 s a page


class Clock:
    """What one file may take. Looked at between pages only: nothing stops a call into PDFium that does not return,
    and recognition has limits of its own for each look at a page (`ocr.PAGE_SECONDS`)."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.spent = {"text": 0.0, "sight": 0.0}

    @contextmanager
    def spend(self, kind: Literal["text", "sight"]) -> Iterator[None]:
        """Count the time that reading a page takes. Raises ReadError(timeout) where none is left."""
        limit = TEXT_SECONDS if kind == "text" else SIGHT_SECONDS
        if self.spent[kind] >= limit:
            what = "its text" if kind == "text" else "recognition"
            raise ReadError(Reason.TIMEOUT, f"{what} took more than {limit:g} s for the pages before")
        begun = self.now()
        try:
            yield
        finally:
            self.spent[kind] += self.now() - begun
