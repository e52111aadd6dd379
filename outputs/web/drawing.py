"""A page of a PDF or scan as a picture, drawn in a process of its own (corpus.isolated)."""

from __future__ import annotations

import io
from typing import Any

WIDTH = 900                # pixels
_MOST_PIXELS = 60_000_000  # of a scan that is opened at all


def drawn(path: str, number: int) -> bytes:
    """The page as PNG, WIDTH pixels wide. Empty where the file has no such page or cannot be drawn."""
    image = _of_pdf(path, number) if path.lower().endswith(".pdf") else _of_scan(path, number)
    if image is None:
        return b""
    image = image.convert("L")
    image.thumbnail((WIDTH, 4 * WIDTH))
    data = io.BytesIO()
    image.save(data, "PNG", optimize=False)
    return data.getvalue()


def _of_pdf(path: str, number: int) -> Any:
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return None
    if not 0 < number <= len(file):
        return None
    page = file[number - 1]
    width, height = page.get_size()
    if width < 1 or height < 1 or height > 20 * width:
        return None
    return page.render(scale=WIDTH / width, grayscale=True).to_pil()


def _of_scan(path: str, number: int) -> Any:
    from PIL import Image, ImageOps

    try:
        image = Image.open(path)
        if image.width * image.height > _MOST_PIXELS:
            return None
        image.seek(number - 1)
        return ImageOps.exif_transpose(image)
    except (EOFError, OSError, ValueError, SyntaxError):
        return None
