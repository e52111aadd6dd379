"""Draws one page of a PDF file as a grey picture: `python draw_page.py FILE PAGE DPI`, a PGM picture on stdout.

A program of its own, because a damaged picture inside a file can keep PDFium busy for minutes or bring it down, and
only another process can be stopped. It imports nothing of ours.
"""

from __future__ import annotations

import contextlib
import sys

import pypdfium2

_MEMORY = 3 * 1024**3  # bytes


def main(path: str, page: str, dpi: str) -> None:
    """Draw page number `page`, counted from 1."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system can limit memory
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    bitmap = pypdfium2.PdfDocument(path)[int(page) - 1].render(scale=float(dpi) / 72, grayscale=True)
    bitmap.to_pil().convert("L").save(sys.stdout.buffer, "PPM")


if __name__ == "__main__":
    main(*sys.argv[1:])
