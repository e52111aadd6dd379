"""Pictures of pages (PNG, JPEG, TIFF, GIF, WebP, BMP): every frame is a page, read by recognition."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from corpus import ocr
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.metadata import describe
from corpus.readers.pagetext import PageLines, assemble, recognised_page
from corpus.source import Source, stored_text

MOST_PIXELS = 200_000_000
MOST_FRAMES = 500
_PAGE_INCHES = 11.69          # the long side of A4, for pictures that do not state their resolution
_STATED = (72.0, 1300.0)      # resolutions believed where stated, in dots per inch
_COARSE = 150.0               # a picture coarser than this is enlarged
_DAMAGED = (OSError, SyntaxError, ValueError, TypeError, UnidentifiedImageError, EOFError, Image.DecompressionBombError)


def read(source: Source) -> Iterator[Document | Rejected]:
    """The picture as one document. Raises ReadError: damaged, truncated, too-large, empty, missing-program, timeout."""
    data = source.load()
    pages = list(_pages(data))
    if not any(page.lines for page in pages):
        raise ReadError(Reason.EMPTY, "no words were recognised")
    whole = assemble(pages)
    if stored_text(whole.text) != whole.text:  # no page may begin elsewhere than where it is said to
        raise ReadError(Reason.NOT_TEXT, "letters that cannot be stored")
    yield Document(
        id=source.name, text=whole.text, path=source.name, sha256=hashlib.sha256(data).hexdigest(),
        pages=whole.pages, doubtful=whole.doubtful, **describe(whole.text, doubtful=whole.doubtful),
    )


def _pages(data: bytes) -> Iterator[PageLines]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata and of large pictures, which are judged here
        try:
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ReadError(
                        Reason.TOO_LARGE, f"{picture.width} x {picture.height} pixels; the limit is {MOST_PIXELS}"
                    )
                frames = 1 if picture.format == "GIF" else getattr(picture, "n_frames", 1)
                if frames > MOST_FRAMES:
                    raise ReadError(Reason.TOO_LARGE, f"{frames} pages; the limit is {MOST_FRAMES}")
                for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                    if number > frames:
                        break
                    yield _page(frame, number)
        except _DAMAGED as error:
            cut = "truncated" in str(error).lower() or isinstance(error, EOFError)
            raise ReadError(Reason.TRUNCATED if cut else Reason.DAMAGED, str(error)[:200]) from error


def _page(frame: Image.Image, number: int) -> PageLines:
    dpi = _resolution(frame)
    grey = _grey(ImageOps.exif_transpose(frame))
    if dpi < _COARSE:
        scale = ocr.DPI / dpi
        grey = grey.resize((int(grey.width * scale), int(grey.height * scale)), Image.Resampling.LANCZOS)
        dpi = float(ocr.DPI)
    seen = ocr.recognise(grey, dpi)
    return recognised_page(seen, number, grey.height * 72 / dpi)


def _grey(picture: Image.Image) -> Image.Image:
    """Shades of grey; what is transparent is white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        white = Image.new("RGBA", whole.size, "white")
        picture = Image.alpha_composite(white, whole)
    return picture.convert("L")


def _resolution(picture: Image.Image) -> float:
    """Dots per inch: stated, else as if the picture were a page of A4."""
    stated = picture.info.get("dpi", (0, 0))
    value = float(stated[0]) if isinstance(stated, tuple) and stated and stated[0] else 0.0
    as_page = max(picture.size) / _PAGE_INCHES
    believed = _STATED[0] < value < _STATED[1] and 0.4 < value / as_page < 2.5
    return value if believed else max(as_page, 30.0)
