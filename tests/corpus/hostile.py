"""Makes hostile files: everything that a folder from the wild, or an enemy, can put before a reader.

No file is stored. `every()` names each with what may come of it; `python -m tests.corpus.hostile FOLDER` writes them.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import struct
import sys
import tarfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.making import ARTICLE, captured, lines, page, tarred, warc_record, zipped
from tests.corpus.pdf_files import CATALOGUE, handmade

TEXT = ARTICLE.encode()
MIB = 1024**2
LONG_LINE = 8 * MIB   # bytes; the same code reads 50 MB in six times the time
READ = "read"


@dataclass(frozen=True)
class Hostile:
    """One file; `outcomes` are those that its results may have, all that are found if it is empty."""

    name: str
    make: Callable[[], bytes]
    outcomes: tuple[str, ...] = ()
    all_of_them: bool = False   # each must be there, not only be allowed


def every() -> Iterator[Hostile]:
    """Every hostile file."""
    yield from _empty()
    yield from _cut_and_flipped()
    yield from _misnamed()
    yield from _text()
    yield from _documents()
    yield from _containers()
    yield from _bombs()


# Good files, to be spoiled

WORD = {
    "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Target="word/document.xml" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
}
_WORD_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, before: str = "") -> bytes:
    """A Word document with these paragraphs."""
    xml = f'<?xml version="1.0"?>{before}<w:document {_WORD_NAMES}><w:body>{body}</w:body></w:document>'
    return zipped(WORD | {"word/document.xml": xml.encode()})


def paragraph(words: str) -> str:
    """A paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def pdf(pages: int, trailer: str = "") -> bytes:
    """A PDF file of pages without words."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>")
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def form_loop() -> bytes:
    """A PDF file whose drawing draws itself ten times."""
    return _drawn([b"/X Do " * 10], lambda place: place)


def form_laughs() -> bytes:
    """A PDF file whose drawing draws another ten times, and so on, ten deep."""
    return _drawn([b"/X Do " * 10] * 9 + [b"0 0 m 9 9 l S"], lambda place: place + 1)


def _drawn(forms: list[bytes], of: Callable[[int], int]) -> bytes:
    box, first = b"[0 0 595 842]", 5
    uses = b"<< /XObject << /X %d 0 R >> >>"
    objects = [
        CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources %s >>" % (box, uses % first),
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
    ]
    for place, form in enumerate(forms, first):
        head = b"/Type /XObject /Subtype /Form /BBox %s /Resources %s" % (box, uses % of(place))
        objects.append(b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(form), head, form))
    return handmade(objects)


_ENCRYPTED = (
    f"/ID [<{'00' * 16}> <{'00' * 16}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -64 "
    f"/O <{'5a' * 32}> /U <{'a5' * 32}> >>"
)
ROWS = lines(*({"id": f"r{n}", "text": f"Bài số {n}: {n * 7919 % 100003} {n * 104729 % 1000003}"} for n in range(400)))
MEMBERS = {f"{n}.txt": f"Bài số {n}: {n * 7919 % 100003}".encode() * 50 for n in range(20)}
PAGES = b"".join(captured(f"https://bao.example/{n}", page(f"Bài {n}", ARTICLE * 3)) for n in range(4))
LETTER = (
    b"From: a@b.example\nSubject: =?utf-8?B?VGjDtG5nIGLDoW8=?=\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\n\n"
    + TEXT + b"\n--x\nContent-Disposition: attachment; filename=a.txt\n\n" + TEXT + b"\n--x--\n"
)
GOOD: dict[str, bytes] = {
    "a.txt": TEXT * 20,
    "a.html": page("Tiêu đề", ARTICLE * 10),
    "a.jsonl": ROWS,
    "a.jsonl.gz": gzip.compress(ROWS),
    "a.jsonl.bz2": bz2.compress(ROWS),
    "a.jsonl.xz": lzma.compress(ROWS),
    "a.json": json.dumps([json.loads(line) for line in ROWS.splitlines()]).encode(),
    "a.csv": b"id,title,text\n" + b"".join(b'r%d,T,"Dong %d, co ""trich"""\n' % (n, n) for n in range(200)),
    "a.zip": zipped(MEMBERS),
    "a.tar": tarred(MEMBERS),
    "a.tar.gz": gzip.compress(tarred(MEMBERS)),
    "a.warc": PAGES,
    "a.warc.gz": b"".join(gzip.compress(part) for part in (PAGES, PAGES)),
    "a.eml": LETTER,
    "a.docx": docx("".join(paragraph(ARTICLE) for _ in range(20))),
    "a.rtf": rb"{\rtf1\ansi\ansicpg1258 {\fonttbl{\f0 .VnTime;}}\f0 " + rb"M\'e9t b\'b5i vi\'d5t. \par " * 50 + b"}",
    "a.pdf": pdf(3),
}


def _empty() -> Iterator[Hostile]:
    for name in (*GOOD, "a.png", "a.doc", "a.7z", "a.parquet", "a"):
        yield Hostile(f"empty-{name}", bytes, ("empty", "truncated", "damaged") if "." in name[2:] else ("empty",))


def _cut_and_flipped() -> Iterator[Hostile]:
    chance = random.Random(1946)
    for name, data in GOOD.items():
        for part in (1, 5, 9):
            yield Hostile(f"cut-{part}-{name}", lambda data=data, part=part: data[: len(data) * part // 10])  # type: ignore[misc]
        for turn in range(4):
            spots = [(chance.randrange(len(data)), chance.randrange(8)) for _ in range(1 + turn * 5)]
            yield Hostile(f"flipped-{turn}-{name}", lambda data=data, spots=spots: _flipped(data, spots))  # type: ignore[misc]


def _flipped(data: bytes, spots: list[tuple[int, int]]) -> bytes:
    spoiled = bytearray(data)
    for place, bit in spots:
        spoiled[place] ^= 1 << bit
    return bytes(spoiled)


def _misnamed() -> Iterator[Hostile]:
    for name, good, outcomes in (
        ("text.zip", "a.txt", (READ,)), ("text.pdf", "a.txt", (READ,)), ("text.doc", "a.txt", (READ,)),
        ("text.warc.gz", "a.txt", (READ,)), ("rows.html", "a.jsonl", (READ,)), ("page.txt", "a.html", (READ,)),
        ("word.txt", "a.docx", (READ,)), ("zip.docx", "a.zip", ()), ("zip.txt", "a.zip", (READ,)),
        ("word.doc", "a.docx", (READ,)), ("tar.zip", "a.tar", (READ,)), ("gz", "a.jsonl.gz", (READ,)),
    ):
        yield Hostile(f"misnamed-{name}", lambda good=good: GOOD[good], outcomes)  # type: ignore[misc]


def _text() -> Iterator[Hostile]:
    yield Hostile("nul.txt", lambda: TEXT + bytes(100) + TEXT, ("not-text",))
    yield Hostile("nul.html", lambda: page("a", "b\x00c" * 10), ("not-text", READ))
    yield Hostile("nul.csv", lambda: b"id,text\na,x\x00y\nb,good\n", (READ, "not-text", "bad-record"))
    yield Hostile("only-nul.txt", lambda: bytes(MIB), ("not-text",))
    yield Hostile("mixed.txt", lambda: TEXT + b" C\xa9ng h\xdfa " * 5 + "Cộng hòa ".encode("cp1258", "ignore") * 5,
                  (READ, "encoding-unknown", "not-text"))
    yield Hostile(
        "mixed-utf16.txt", lambda: TEXT.decode().encode("utf-16") + TEXT,
        (READ, "truncated", "encoding-unknown", "not-text"),
    )
    yield Hostile(
        "one-line.txt", lambda: (ARTICLE.replace("\n", " ") + " ").encode() * (LONG_LINE // len(TEXT)),
        (READ,),
    )
    yield Hostile("one-word.txt", lambda: b"a" * LONG_LINE, (READ,))
    yield Hostile("one-line.html", lambda: b"<p>" + b"x y " * (LONG_LINE // 16), (READ,))
    yield Hostile("one-record.jsonl", lambda: lines({"id": "long", "text": "dài " * (LONG_LINE // 8)}), (READ,))
    yield Hostile("one-cell.csv", lambda: b'id,text\nx,"' + b"a, b " * (LONG_LINE // 8) + b'"\n', (READ,))
    yield Hostile("surrogates.jsonl", lambda: b'{"text": "ab \\ud800 c"}\n{"id": "\\udc00", "text": "hai"}\n',
                  (READ, "not-text"), all_of_them=True)
    yield Hostile("surrogates.txt", lambda: TEXT + b" \xed\xa0\x80 " + TEXT, ("encoding-unknown", "not-text"))
    yield Hostile(
        "right-to-left.txt", lambda: "Nghị định \u202egpj.exe\u202c số 1 \u200f\u2067\u2069".encode() * 9,
        (READ,),
    )
    yield Hostile("marks.txt", lambda: ("a" + "\u0301\u0327\u0323" * 30_000).encode(), ("not-text",))
    heaps = ("\u0f71\u0f72", "\U0001d165\U0001d16e", "\u302a\u3099", "\u0610\u0655", "\ufe20\u0345")
    for number, mark in enumerate(heaps):
        yield Hostile(
            f"marks-{number}.txt", lambda mark=mark: ("a" + mark * 250_000).encode(), ("not-text",),  # type: ignore[misc]
        )
    yield Hostile("controls.txt", lambda: bytes(range(1, 32)) * 100 + TEXT, ("not-text",))
    yield Hostile("bom.txt", lambda: b"\xef\xbb\xbf" * 3, ("empty",))
    yield Hostile("deep.html", lambda: b"<div>" * 200_000 + b"x", ("not-text", READ))
    yield Hostile("many.html", lambda: b"<p>a<b>" * 20_000, ("not-text", READ))
    yield Hostile("comment.html", lambda: b"<html><body><!--" + b"- <!-- " * 200_000, ("empty", READ))
    yield Hostile(
        "entities.html", lambda: b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b; x</p>",
        (READ,),
    )
    yield Hostile("undefined.html", lambda: b'<html><meta charset="undefined"><p>' + TEXT, (READ,))
    yield Hostile("not-utf-16.html", lambda: b'<html><meta charset="utf-16"><p>' + TEXT, (READ,))
    yield Hostile(
        "attributes.html", lambda: b"<html><p %s>" % b" ".join(b"a%d" % n for n in range(200_000)) + TEXT, (READ,),
    )
    for name, said in (
        ("half", '"\\ud800 x\\u0000"'), ("deep", "[" * 400 + '"x"' + "]" * 400), ("long", f'"{"x" * MIB}"'),
    ):
        linked = f'{{"@type":"NewsArticle","datePublished":"2020","headline":{said},"author":{said},"url":{said}}}'
        yield Hostile(f"stated-{name}.html", lambda linked=linked: page(  # type: ignore[misc]
            "Tiêu đề", f'<script type="application/ld+json">{linked}</script>{ARTICLE}'
        ), (READ,))
    yield Hostile("deep.json", lambda: b'{"a":' * 300_000, ("bad-record",))
    yield Hostile("deep-list.json", lambda: b"[" * 300_000, ("bad-record", "truncated"))
    yield Hostile("number.jsonl", lambda: b'{"text": "x", "n": ' + b"9" * 100_000 + b"}\n", ("bad-record",))
    yield Hostile("keys.jsonl", lambda: lines({"text": "x"} | {str(n): n for n in range(50_000)}), (READ,))
    yield Hostile("lines.jsonl", lambda: b"\n" * 500_000 + lines({"id": "last", "text": "x"}), (READ,))
    yield Hostile(
        "open-quote.csv", lambda: b'id,text\na,one\nb,"' + b"x\n" * 300_000,
        (READ, "truncated"), all_of_them=True,
    )
    yield Hostile("only-head.csv", lambda: b"id,text\n", ("empty",))
    yield Hostile("wide.csv", lambda: b"id,text" + b"," * 50_000 + b"\nx,y\n", (READ,))


def _documents() -> Iterator[Hostile]:
    yield Hostile("no-pages.pdf", lambda: pdf(0), ("empty", "damaged", "truncated"))
    yield Hostile("encrypted.pdf", lambda: pdf(1, _ENCRYPTED), ("encrypted",))
    yield Hostile("no-end.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj << " * 50_000, ("damaged", "truncated", "empty"))
    yield Hostile("circle.pdf", lambda: pdf(1).replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"), ())
    yield Hostile("form-loop.pdf", form_loop, ("too-large", "damaged", "timeout"))
    yield Hostile("form-laughs.pdf", form_laughs, ("too-large", "damaged", "timeout"))
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]>'
    yield Hostile(
        "laughs.docx", lambda: docx(paragraph("chữ &a9;"), doctype),
        ("damaged", "not-text", "over-limit", READ, "empty", "too-large"),
    )
    outside = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield Hostile("outside.docx", lambda: docx(paragraph("chữ &x;"), outside), ("damaged", "not-text", READ))
    yield Hostile("no-body.docx", lambda: zipped(WORD), ("damaged", "empty", "truncated"))
    yield Hostile("groups.rtf", lambda: b"{\\rtf1 " + b"{" * 300_000, ("damaged", "truncated", "empty", READ))
    yield Hostile("binary.rtf", lambda: b"{\\rtf1 \\bin999999999999 abc}", ("damaged", "truncated", "empty", READ))
    yield Hostile("sectors.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096, ())
    yield Hostile("huge.png", lambda: _png(60_000, 60_000), ())
    yield Hostile("tags.tiff", _tiff_without_size, ("damaged",))
    yield Hostile("parts.eml", _letter_in_letter, ())
    yield Hostile("comments.eml", lambda: LETTER.replace(b"a@b", b"(" * 200_000 + b"a@b"), (READ,))
    yield Hostile("parameters.eml", lambda: LETTER.replace(b"boundary=x", b"boundary=x" + b"; a=b" * 300_000), (READ,))


def _png(width: int, height: int) -> bytes:
    """A picture that says it is this large, with one row in it."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    row = zlib.compress(bytes(width + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def _tiff_without_size() -> bytes:
    """A picture that states how it is compressed (LZW), and not how wide it is."""
    stated = ((257, 9), (258, 8), (259, 5), (262, 1))
    entries = b"".join(struct.pack("<2H2L", tag, 3, 1, value) for tag, value in stated)
    return b"II*\x00" + struct.pack("<LH", 8, 4) + entries + bytes(4)


def _letter_in_letter() -> bytes:
    data = b"From: a@b.example\n"
    for depth in range(3000):
        data += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (depth, depth)
    return data + b"\nx"


def _containers() -> Iterator[Hostile]:
    slip = {"../../../tmp/out.txt": TEXT, "/etc/out.txt": TEXT, "C:\\out.txt": TEXT, "a/../../b.txt": TEXT}
    yield Hostile("slip.zip", lambda: zipped(slip), (READ,))
    yield Hostile("slip.tar", lambda: tarred(slip), (READ,))
    yield Hostile("nested.zip", lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": TEXT})})}), (READ,))
    yield Hostile("deep.zip", lambda: _nested(30), ("over-limit",))
    yield Hostile("deep.gz", lambda: _compressed(30), ("over-limit",))
    yield Hostile("links.tar", _links, ("link", "unsupported-type", READ), all_of_them=True)
    yield Hostile("same-names.tar", lambda: tarred({"a.txt": TEXT})[:1024] * 300 + bytes(1024), (READ,))
    yield Hostile("negative.tar", lambda: _tar_header(b"\xff" + b"\xff" * 11), ("damaged",))
    yield Hostile("endless.tar", lambda: _tar_header(b"\x80" + b"\x00" * 4 + b"\x7f" + b"\xff" * 6), ("truncated",))
    yield Hostile("header.tar", lambda: _tar_header(b"00777777777\x00", b"x"), ("over-limit",))
    yield Hostile("overlap.zip", _overlapping, ())
    yield Hostile("hidden.zip", lambda: zipped({".a.txt": TEXT, "b/.c/d.txt": TEXT}), ("empty", "hidden"))
    yield Hostile("hidden.tar", lambda: tarred({".a.txt": TEXT}), ("empty", "hidden"))
    yield Hostile("endless.zip", _endless_member, ("truncated",))
    yield Hostile(
        "address.warc", lambda: captured("https://a.example/\x00\x1b" + "u" * 60_000, page("a", ARTICLE)), (READ,),
    )
    yield Hostile("length.warc", lambda: PAGES + warc_record("response", b"x").replace(b"Content-Length: 1",
                                                                                       b"Content-Length: 999999999999"),
                  (READ, "truncated"), all_of_them=True)
    yield Hostile("chunks.warc", lambda: captured("https://a.example", b"fffffffffffffff0\r\nabc",
                                                  head="Transfer-Encoding: chunked"), ())


def _nested(depth: int) -> bytes:
    data = TEXT
    for level in range(depth):
        data = zipped({f"{level}.zip" if level else "a.txt": data})
    return data


def _compressed(depth: int) -> bytes:
    data = TEXT
    for _ in range(depth):
        data = gzip.compress(data)
    return data


def _links() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"special-{kind.decode()}")
            info.type, info.linkname = kind, "../../etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    return made.getvalue()


def _tar_header(size: bytes, kind: bytes = b"0") -> bytes:
    block = bytearray(tarred({"a.txt": TEXT})[:512])
    block[124:136], block[156:157], block[148:156] = size, kind, b" " * 8
    block[148:156] = b"%06o\x00 " % sum(block)
    return bytes(block) + TEXT.ljust(1024, b"\x00")


def _endless_member() -> bytes:
    """A zip file without directory, whose member says in its field for large files that it has 2^64 - 1 bytes."""
    extra = struct.pack("<2H2Q", 1, 16, 2**64 - 1, 2**64 - 1)
    fields = struct.pack("<5H3L2H", 45, 0, 0, 0, 33, 0, 0xFFFFFFFF, 0xFFFFFFFF, 5, len(extra))
    return b"PK\x03\x04" + fields + b"a.txt" + extra + TEXT


def _overlapping() -> bytes:
    """Fifty entries of the directory that all point to one member."""
    data = zipped({"a.txt": TEXT})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, tail = data[start:end], bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", 50, 50)
    tail[12:16] = struct.pack("<L", 50 * len(entry))
    return data[:start] + entry * 50 + bytes(tail)


def _bombs() -> Iterator[Hostile]:
    parts = list(WORD.items())
    yield Hostile(
        "bomb.docx", lambda: _zip_bomb("word/document.xml", 1024, parts),
        ("over-limit", "too-large", "damaged"),
    )
    yield Hostile(
        "bomb.zip", lambda: _zip_bomb("a.txt", 1024, [("b.txt", TEXT)]),
        ("over-limit", READ), all_of_them=True,
    )
    yield Hostile("bomb.jsonl.gz", lambda: _gzip_bomb(1024), ("over-limit", "too-large"))
    yield Hostile("bomb.txt.bz2", lambda: bz2.compress(b"a" * (100 * MIB), 1), ("over-limit",))
    yield Hostile("bomb.tar.gz", lambda: gzip.compress(tarred({"a.txt": TEXT})[:1024], 1) + _gzip_bomb(512), ())
    yield Hostile("bomb.warc", lambda: captured("https://a.example", _gzip_bomb(512), head="Content-Encoding: gzip"),
                  ("over-limit",))


def _deflated(megabytes: int) -> bytes:
    """Spaces, deflated: one flushed block over and over, since deflating a gigabyte takes long."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflater.compress(b" " * MIB) + deflater.flush(zlib.Z_FULL_FLUSH)
    again = deflater.compress(b" " * MIB) + deflater.flush(zlib.Z_FULL_FLUSH)
    return block + again * (megabytes - 1) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def _sum(megabytes: int) -> int:
    total = 0
    for _ in range(megabytes):
        total = zlib.crc32(b" " * MIB, total)
    return total


def _gzip_bomb(megabytes: int) -> bytes:
    tail = struct.pack("<LL", _sum(megabytes), megabytes * MIB & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + _deflated(megabytes) + tail


def _zip_bomb(name: str, megabytes: int, others: list[tuple[str, bytes]]) -> bytes:
    """A zip file whose last member inflates to so many megabytes."""
    entries = [(other, zlib.crc32(data), zlib.compress(data, wbits=-15), len(data)) for other, data in others]
    entries.append((name, _sum(megabytes), _deflated(megabytes), megabytes * MIB))
    made, directory = b"", b""
    for label, crc, data, size in entries:
        fields = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, crc, len(data), size, len(label), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<3H2L", 0, 0, 0, 0, len(made))
        directory += label.encode()
        made += b"PK\x03\x04" + fields + label.encode() + data
    end = struct.pack("<4H2LH", 0, 0, len(entries), len(entries), len(directory), len(made), 0)
    return made + directory + b"PK\x05\x06" + end


def write(folder: Path) -> list[Hostile]:
    """Write every file below a folder."""
    made = list(every())
    for hostile in made:
        (folder / hostile.name).write_bytes(hostile.make())
    return made


if __name__ == "__main__":
    write(Path(sys.argv[1]))
