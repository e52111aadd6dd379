"""Makes PDF files and page pictures for the tests. Nothing is stored: every file is drawn when a test asks for it."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image, ImageDraw, ImageFont

A4 = (595.0, 842.0)
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
_NAMES = ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "NotoSerif-Regular.ttf", "Times New Roman.ttf")


@cache
def _font() -> bytes | None:
    for name in _NAMES:
        for folder in _FOLDERS:
            if found := next(Path(folder).expanduser().rglob(name), None):
                return found.read_bytes()
    return None


def font() -> bytes:
    """A font with Vietnamese letters; without one on this machine the test is skipped, saying so."""
    data = _font()
    if data is None:
        pytest.skip(f"no font with Vietnamese letters on this machine (any of {', '.join(_NAMES)})")
    return data


@dataclass
class Sheet:
    """One page to be drawn: words at (x, y from the top) in a size, lines, and a picture behind them."""

    words: list[tuple[float, float, str, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    picture: Image.Image | None = None

    def write(self, x: float, y: float, text: str, size: float = 12) -> Sheet:
        self.words.append((x, y, text, size))
        return self

    def lines(self, x: float, y: float, *texts: str, size: float = 12, pitch: float = 18) -> Sheet:
        for place, text in enumerate(texts):
            self.write(x, y + place * pitch, text, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        self.rules.append((x0, y0, x1, y1))
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self


_TURNS = {  # a matrix that turns a page's words, and keeps them on it
    0: lambda x, y: (1, 0, 0, 1, x, y),
    90: lambda x, y: (0, 1, -1, 0, A4[0] - y + 200, x),
    180: lambda x, y: (-1, 0, 0, -1, A4[0] - x, A4[1] - y),
    270: lambda x, y: (0, -1, 1, 0, y - 200, A4[1] - x),
}


def pdf(*sheets: Sheet, rotation: int = 0, turned: int = 0) -> bytes:
    """A PDF file with these pages; `rotation` is what it states, `turned` how its words are drawn, in degrees."""
    document = pdfium.PdfDocument.new()
    data = font()
    buffer = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
    loaded = raw.FPDFText_LoadFont(document, buffer, len(data), raw.FPDF_FONT_TRUETYPE, True)
    for sheet in sheets:
        page = document.new_page(*A4)
        if sheet.picture is not None:
            _place_picture(document, page, sheet.picture)
        for x, y, text, size in sheet.words:
            _place_words(document, page, loaded, text, size, _TURNS[turned](x, A4[1] - y - size))
        for x0, y0, x1, y1 in sheet.rules:
            path = raw.FPDFPageObj_CreateNewPath(x0, A4[1] - y0)
            raw.FPDFPath_LineTo(path, x1, A4[1] - y1)
            raw.FPDFPath_SetDrawMode(path, raw.FPDF_FILLMODE_NONE, True)
            raw.FPDFPage_InsertObject(page, path)
        page.gen_content()
        if rotation:
            page.set_rotation(rotation)
        page.close()
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def _place_words(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, loaded: object, text: str, size: float,
    matrix: tuple[float, ...],
) -> None:
    item = raw.FPDFPageObj_CreateTextObj(document, loaded, size)
    encoded = (text + "\x00").encode("utf-16-le")
    raw.FPDFText_SetText(item, ctypes.cast(ctypes.create_string_buffer(encoded), raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(item, *matrix)
    raw.FPDFPage_InsertObject(page, item)


def _place_picture(document: pdfium.PdfDocument, page: pdfium.PdfPage, picture: Image.Image) -> None:
    bitmap = pdfium.PdfBitmap.from_pil(picture)
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(bitmap)
    image.set_matrix(pdfium.PdfMatrix().scale(*A4))
    page.insert_obj(image)


def scan(sheet: Sheet, dpi: int = 200, angle: float = 0.0) -> Image.Image:
    """The page as a scanner sees it, perhaps turned a little."""
    scale = dpi / 72
    picture = Image.new("L", (round(A4[0] * scale), round(A4[1] * scale)), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, text, size in sheet.words:
        face = ImageFont.truetype(io.BytesIO(font()), round(size * scale))
        draw.text((x * scale, y * scale), text, font=face, fill=0)
    for x0, y0, x1, y1 in sheet.rules:
        draw.line((x0 * scale, y0 * scale, x1 * scale, y1 * scale), fill=0, width=2)
    return picture.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC) if angle else picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as the bytes of a PNG, JPEG, TIFF … file."""
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


HEAD = (
    Sheet()
    .write(60, 60, "BỘ TƯ PHÁP").write(230, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    .write(40, 76, "TỔNG CỤC THI HÀNH ÁN").write(270, 76, "Độc lập - Tự do - Hạnh phúc")
    .write(50, 104, "Số: 155/TCTHADS-NV1").write(270, 104, "Hà Nội, ngày 10 tháng 01 năm 2013")
    .write(240, 140, "THÔNG BÁO")
    .write(150, 158, "Về việc nghỉ Tết Nguyên đán năm 2013")
)
