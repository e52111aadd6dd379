"""Small files of word processors made by hand: binary Word documents, RTF, DOCX, and bytes of the old tables."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from dataclasses import dataclass

from corpus.encodings.tables import seen
from corpus.tables import table

TONES = "\u0300\u0301\u0303\u0309\u0323"


def tcvn3(text: str) -> bytes:
    """Text as bytes of TCVN3. Capitals with a tone become small letters, as typists set them in capitals' fonts."""
    letters = {row["letter"]: bytes([int(row["byte"], 16)]) for row in table("corpus", "encoding_tcvn3")}
    tonal = "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖ"  # the standard has these, the fonts do not
    return b"".join(
        letters.get(char if char not in tonal else "") or letters.get(char.lower()) or char.encode("cp1252")
        for char in text
    )


def viscii(text: str) -> bytes:
    """Text as bytes of VISCII."""
    letters = {row["letter"]: bytes([int(row["byte"], 16)]) for row in table("corpus", "encoding_viscii")}
    return b"".join(letters.get(char) or char.encode("ascii") for char in text)


def vni(text: str) -> bytes:
    """Text as bytes of VNI-Windows."""
    letters = {row["letter"]: row["seen"] for row in table("corpus", "encoding_vni")}
    drawn = (letters.get(char.lower(), char) for char in text)
    return "".join(
        shown.upper() if char.isupper() else shown for char, shown in zip(text, drawn, strict=True)
    ).encode("cp1252")


def windows_1258(text: str) -> bytes:
    """Text as bytes of windows-1258: letters, then their tones."""
    found = b""
    for char in text:
        apart = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in apart if mark in TONES)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in TONES))
        found += (letter + tones).encode("cp1258")
    return found


@dataclass(frozen=True)
class Part:
    """A run of a Word document: bytes as stored, the name of its font, other property modifications."""

    data: bytes
    font: str = "Times New Roman"
    more: bytes = b""
    paragraph: bytes = b""   # modifications of the paragraph that it ends


CAPITALS, HIDDEN, ROW_END, IN_TABLE = b"\x3b\x08\x01", b"\x3c\x08\x01", b"\x17\x24\x01", b"\x16\x24\x01"
DELETED, SPECIAL = b"\x00\x08\x01", b"\x55\x08\x01"
FOOTNOTE, COMMENT, ANCHOR = (Part(mark, more=SPECIAL) for mark in (b"\x02", b"\x05", b"\x08"))


def listed(words: bytes, number: int = 1, level: int = 0) -> Part:
    """A paragraph in a list."""
    return Part(words + b"\r", paragraph=struct.pack("<HHHB", 0x460B, number, 0x260A, level))


def level(text: str, form: int = 0, start: int = 1) -> bytes:
    """A level of a list of Word 97; `text` holds the number of a level, from 0, as one character."""
    return struct.pack("<iBB", start, form, 0) + bytes(22) + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def lists(*kinds: tuple[bytes, ...], starts: dict[int, int] | None = None) -> tuple[bytes, bytes, bytes]:
    """Lists of one level or nine, each under its number from 1; `starts` of further numbers for the first list."""
    heads = [struct.pack("<I", n) + bytes(22) + bytes([len(one) == 1, 0]) for n, one in enumerate(kinds, 1)]
    overrides = [(n, b"") for n in range(1, len(kinds) + 1)]
    overrides += [(1, struct.pack("<iI", start, 0x10)) for start in (starts or {}).values()]
    table = struct.pack("<I", len(overrides))
    table += b"".join(struct.pack("<I", kind) + bytes(8) + bytes([len(own) // 8, 0, 0, 0]) for kind, own in overrides)
    table += b"".join(b"\xff\xff\xff\xff" + own for _, own in overrides)
    return struct.pack("<H", len(kinds)) + b"".join(heads), b"".join(b"".join(one) for one in kinds), table


def doc(
    *parts: Part, notes: tuple[Part, ...] = (), boxes: tuple[Part, ...] = (),
    numbers: tuple[bytes, bytes, bytes] = (b"", b"", b""), encrypted: bool = False, promise: int = 0,
) -> bytes:
    """A Word 97 document of these runs. Paragraphs end in `\\r`; in tables, cells and rows end in `\\x07`.

    `notes` are the texts of the footnotes, in the order of their marks, `boxes` those of the text boxes in the order of
    their anchors; `numbers` are of `lists`; `promise` adds characters that are not there.
    """
    fonts = list(dict.fromkeys(part.font for part in (*parts, *notes, *boxes)))
    everything = [*parts, *notes, *boxes]
    text = b"".join(part.data for part in everything)
    begin = 0x800
    page = -(-(begin + len(text)) // 512)
    characters = _page(
        [(len(part.data), _chpx(fonts.index(part.font)) + part.more) for part in everything], begin, wide=False
    )
    paragraphs = _page(_paragraphs(everything), begin, wide=True)
    body, note_length = sum(len(part.data) for part in parts), sum(len(note.data) for note in notes)
    clx = b"\x02" + struct.pack("<IIIHIH", 16, 0, len(text) + promise, 0, 0x4000_0000 | begin * 2, 0)
    bounds = [begin, begin + len(text)]
    marks = [place for place, char in enumerate(text[:body]) if char == 2]
    ends = _ends(notes)
    structures = {
        0x1A2: clx,
        0xFA: struct.pack("<III", *bounds, page),
        0x102: struct.pack("<III", *bounds, page + 1),
        0x112: struct.pack("<HH", len(fonts), 0) + b"".join(map(_font, fonts)),
        0x2E2: numbers[0] + numbers[1],
        0x2EA: numbers[2],
        0x1DA: _places([place for place, char in enumerate(text[:body]) if char == 8], body, 26, 0) if boxes else b"",
        0x25A: _places(_ends(boxes)[:-1], _ends(boxes)[-1], 22, 14) if boxes else b"",
        0xAA: struct.pack(f"<{len(marks) + 1}I", *marks, body) + bytes(2 * len(marks)) if notes else b"",
        0xB2: struct.pack(f"<{len(ends) + 1}I", *ends, ends[-1] + 1) if notes else b"",
    }
    fib, side = bytearray(begin), b""
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", fib, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<ii", fib, 0x4C, body + promise, note_length)
    struct.pack_into("<i", fib, 0x64, _ends(boxes)[-1])
    for where, data in structures.items():
        inside = len(numbers[1]) if where == 0x2E2 else 0   # bytes behind the structure that it does not count
        struct.pack_into("<II", fib, where, len(side), len(data) - inside)
        side += data
    main = bytes(fib) + text
    main += bytes(page * 512 - len(main)) + characters + paragraphs
    return ole({"WordDocument": main, "1Table": side})


def _ends(parts: tuple[Part, ...]) -> list[int]:
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part.data))
    return ends


def _places(places: list[int], end: int, size: int, at: int) -> bytes:
    """Places and entries of `size` bytes, whose number in order, from 1, is at `at`; the last place is the end."""
    entries = b"".join(bytes(at) + struct.pack("<I", n) + bytes(size - at - 4) for n in range(1, len(places) + 1))
    return struct.pack(f"<{len(places) + 1}I", *places, end) + entries


def _chpx(font: int) -> bytes:
    return struct.pack("<HHHH", 0x4A4F, font, 0x4A51, font)


def _font(name: str) -> bytes:
    body = bytes(39) + name.encode("utf-16-le") + b"\0\0"
    return bytes([len(body)]) + body


def _paragraphs(parts: list[Part]) -> list[tuple[int, bytes]]:
    """Length and properties of each paragraph: those in tables are told by their last run."""
    found, length = [], 0
    for part in parts:
        length += len(part.data)
        if part.data.endswith((b"\r", b"\x07")):
            inside = part.data.endswith(b"\x07")
            marks = (IN_TABLE if inside else b"") + (ROW_END if part.more == ROW_END else b"")
            found.append((length, b"\0\0" + part.paragraph + marks))
            length = 0
    return [*found, (length, b"\0\0")] if length else found


def _page(entries: list[tuple[int, bytes]], begin: int, *, wide: bool) -> bytes:
    """A formatted disk page of runs: length and properties of each."""
    page, at, top = bytearray(512), begin, 510
    step = 13 if wide else 1
    for number, (length, properties) in enumerate(entries):
        struct.pack_into("<I", page, 4 * number, at)
        at += length
        stored = bytes([0, (len(properties) + 1) // 2]) if wide else bytes([len(properties)])
        top = (top - len(stored) - len(properties)) & ~1
        page[top : top + len(stored) + len(properties)] = stored + properties
        page[4 * (len(entries) + 1) + step * number] = top // 2
    struct.pack_into("<I", page, 4 * len(entries), at)
    page[511] = len(entries)
    return bytes(page)


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file of these streams, each padded past the size of small ones."""
    free, end, fat_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat, sectors, entries = [fat_sector], [], []
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        data += bytes(-len(data) % 512)
        first = len(fat)
        sectors += [data[at : at + 512] for at in range(0, len(data), 512)]
        fat += [*range(first + 1, first + len(data) // 512), end]
        entries.append((name, first, len(data)))
    directory = _entry("Root Entry", 5, 1, end, 0)
    for number, (name, first, size) in enumerate(entries, 1):
        after = number + 1 if number < len(entries) else free
        directory += _entry(name, 2, free, first, size, after)
    directory += bytes(-len(directory) % 512)
    first_of_directory = len(fat)
    fat += [*range(first_of_directory + 1, first_of_directory + len(directory) // 512), end]
    assert len(fat) <= 128, "one sector of the table is enough for a test"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, first_of_directory, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    table_sector = struct.pack("<128I", *fat, *[free] * (128 - len(fat)))
    return head + table_sector + b"".join(sectors) + directory


def _entry(name: str, kind: int, child: int, first: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return head + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<IQ", first, size)


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    """A DOCX with this body; other parts by name (`footnotes`, `styles`, `numbering`)."""
    with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for name, part in parts.items():
            package.writestr(f"word/{name}.xml", part)
    return packed.getvalue()


def paragraph(text: str, font: str | None = None, more: str = "", inside: str = "") -> str:
    """A paragraph of a DOCX with one run; `more` are run properties, `inside` follows the text in the run."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    return f"<w:p><w:r><w:rPr>{fonts}{more}</w:rPr><w:t>{text}</w:t>{inside}</w:r></w:p>"


def row(*cells: str) -> str:
    """A row of a table in a DOCX; the cells are paragraphs."""
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def rtf(body: bytes, *fonts: str) -> bytes:
    """An RTF file with this body, which may name the fonts as `\\\\f0`, `\\\\f1`, …"""
    names = b"".join(b"{\\f%d\\fnil %s;}" % (number, name.encode()) for number, name in enumerate(fonts))
    return b"{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl" + names + b"}\n" + body + b"}"


def rtf_bytes(data: bytes) -> bytes:
    """Bytes as RTF writes those beyond ASCII."""
    return b"".join(bytes([byte]) if byte < 0x80 else b"\\'%02x" % byte for byte in data)


def as_windows_1252(data: bytes) -> str:
    """What the bytes look like where no one knew their table."""
    return seen(data)
