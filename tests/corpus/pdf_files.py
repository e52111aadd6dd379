"""PDF files written by hand: fonts that are only named, bytes as a program of 2003 wrote them, text modes."""

from __future__ import annotations

from collections.abc import Sequence

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_WIDTHS = b"[" + b"500 " * 224 + b"]"


def handmade(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of these objects, the first being the catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    size = len(objects) + 1
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def show(x: float, y: float, said: bytes, font: int = 1, size: float = 12, mode: int = 0) -> bytes:
    """The operators that draw bytes at (x, y from the top) in the font `F1`, `F2`, … of the page."""
    place = b"1 0 0 1 %g %g Tm" % (x, 842 - y - size)
    return b"BT /F%d %g Tf %d Tr %s <%s> Tj ET\n" % (font, size, mode, place, said.hex().encode())


def _escaped(name: str) -> bytes:
    return "".join(c if c.isalnum() or c in "-+," else f"#{ord(c):02x}" for c in name).encode()


def _to_unicode(letters: Sequence[str]) -> bytes:
    rows = b"".join(b"<%02x> <%s>\n" % (place, letter.encode()) for place, letter in enumerate(letters, 0x21))
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n1 begincodespacerange <00> "
        b"<ff> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(letters), rows)
    )
    return b"<< /Length %d >> stream\n%s\nendstream" % (len(cmap), cmap)


def typed(pages: Sequence[bytes], fonts: Sequence[str]) -> bytes:
    """A file of pages of such operators. A font is a name with WinAnsiEncoding, every letter half its size wide.

    A name `NAME=0041 1ea1` is a font whose bytes 21, 22, … mean these letters (a ToUnicode map); a letter may be
    several characters (`00660069`).
    """
    first_font = 3
    descriptions: list[bytes] = []
    names = [_escaped(name.partition("=")[0]) for name in fonts]
    maps = [name.partition("=")[2].split() for name in fonts]
    for place, name in enumerate(names):
        mapped = b"/ToUnicode %d 0 R" % (first_font + 2 * len(fonts) + place) if maps[place] else b""
        described = first_font + len(fonts) + place
        descriptions.append(
            b"<< /Type /Font /Subtype /TrueType /BaseFont /%s /Encoding /WinAnsiEncoding %s /FirstChar 32 "
            b"/LastChar 255 /Widths %s /FontDescriptor %d 0 R >>" % (name, mapped, _WIDTHS, described)
        )
    descriptions += [
        b"<< /Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 "
        b"/Descent -200 /CapHeight 700 /StemV 80 >>" % name
        for name in names
    ]
    descriptions += map(_to_unicode, maps)
    start = first_font + len(descriptions)
    named = b" ".join(b"/F%d %d 0 R" % (place, first_font + place - 1) for place in range(1, len(fonts) + 1))
    objects, kids = [], []
    for content in pages:
        kids.append(b"%d 0 R" % (start + len(objects)))
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << %s >> >> /Contents %d 0 R >>"
            % (named, start + len(objects) + 1),
            b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        ]
    tree = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(pages))
    return handmade([CATALOGUE, tree, *descriptions, *objects])
