"""What a file is, told from its bytes, and who reads it: one table, first match wins.

To read a new type, give its row a reader. Signatures are those of the formats' own specifications.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from corpus.columns import SIDECAR
from corpus.containers import compressed, sevenzip, tars, zips
from corpus.containers.zstd import MAGIC
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.readers import column_mapping, doc, docx, eml, html, json_list, mbox, records, rtf, tabular, text, warc
from corpus.source import Source

Reader = Callable[[Source], Iterator[Document | Rejected | Source]]
Sign = bytes | Callable[[Source], bool]


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of file: any of its signs tells it; without a reader it is turned away.

    A reader of a type that `streams` takes its parts one by one from `source.open()` alone, and keeps those before
    a cut; it never asks for `path`.
    """

    name: str
    signs: tuple[Sign, ...]
    reader: Reader | None = None
    streams: bool = False

    def fits(self, source: Source) -> bool:
        """Whether the file looks like this type."""
        return any(source.head.startswith(s) if isinstance(s, bytes) else s(source) for s in self.signs)

    def read(self, source: Source) -> Iterator[Document | Rejected | Source]:
        """The documents of the file; a member that must be read in its turn is a Source. Raises ReadError."""
        if self.reader is None:
            raise ReadError(Reason.UNSUPPORTED_TYPE, self.name)
        yield from self.reader(source)


def _zip_with(*members: bytes) -> Callable[[Source], bool]:
    """A zip file of a package format: the name of its first member shows that, those in its head which."""

    def fits(source: Source) -> bool:
        head = source.head
        return head.startswith(b"PK\x03\x04") and bool(_PACKAGE.match(head, 30)) and any(m in head for m in members)

    return fits


_PACKAGE = re.compile(rb"\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/|xl/|ppt/|mimetype")


def _pdf(source: Source) -> bool:
    return b"%PDF-" in source.head[:1024]


_UNWANTED_BEFORE_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->|<\?xml[^>]*>)*", re.S)
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|div|table|h1|p)\b", re.I)


def _html(source: Source) -> bool:
    head = source.head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    start = _UNWANTED_BEFORE_MARKUP.match(head)
    return bool(_MARKUP.match(head, start.end() if start else 0))


def _records(source: Source) -> bool:
    """Lines of JSON objects: by content, or by name where the content does not decide."""
    head = source.head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not head.startswith(b"{"):
        return source.suffix in (".jsonl", ".ndjson")
    if json_list.is_wrapped(head):
        return False
    first, newline, _ = head.partition(b"\n")
    if not newline and len(source.head) < source.size:  # a first line longer than the head
        return bool(re.match(rb'\{\s*"', head))
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return source.suffix in (".jsonl", ".ndjson")


def _by_suffix(magic: bytes, *suffixes: str) -> Callable[[Source], bool]:
    return lambda source: source.head.startswith(magic) and source.suffix in suffixes


def _on_demand(name: str) -> Reader:
    """A reader whose libraries take long to import."""
    def read(source: Source) -> Iterator[Document | Rejected]:
        yield from import_module(f"corpus.readers.{name}").read(source)

    return read


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

TYPES: tuple[FileType, ...] = (
    FileType("docx", (_zip_with(b"word/document.xml", b"word/_rels"), _by_suffix(b"PK\x03\x04", ".docx")), docx.read),
    FileType("xlsx", (_zip_with(b"xl/workbook.xml", b"xl/_rels"), _by_suffix(b"PK\x03\x04", ".xlsx"))),
    FileType("pptx", (_zip_with(b"ppt/presentation.xml"), _by_suffix(b"PK\x03\x04", ".pptx"))),
    FileType("odt", (_zip_with(b"mimetypeapplication/vnd.oasis.opendocument"),)),
    FileType("epub", (_zip_with(b"mimetypeapplication/epub+zip"),)),
    FileType("zip", (b"PK\x03\x04", b"PK\x05\x06"), zips.read),
    FileType("doc", (doc.is_word, b"\xdb\xa5-\x00"), doc.read),
    FileType("xls", (_by_suffix(_OLE, ".xls", ".xlt"),)),
    FileType("ole", (_OLE,), doc.read),   # to tell an encrypted document from other containers
    FileType("rtf", (b"{\\rtf",), rtf.read),
    FileType("png", (b"\x89PNG\r\n\x1a\n",), _on_demand("image")),
    FileType("jpeg", (b"\xff\xd8\xff",), _on_demand("image")),
    FileType("gif", (b"GIF87a", b"GIF89a"), _on_demand("image")),
    FileType("tiff", (b"II*\x00", b"MM\x00*"), _on_demand("image")),
    FileType(
        "webp", (lambda source: source.head[:4] == b"RIFF" and source.head[8:12] == b"WEBP",), _on_demand("image")
    ),
    FileType("bmp", (_by_suffix(b"BM", ".bmp"),), _on_demand("image")),
    FileType("djvu", (b"AT&TFORM",)),
    FileType("warc", (b"WARC/", b"filedesc://"), warc.read, streams=True),
    FileType("parquet", (b"PAR1",), tabular.read_parquet),
    FileType("sqlite", (b"SQLite format 3\x00",)),
    FileType("gzip", (b"\x1f\x8b",), compressed.read),
    FileType("bzip2", (b"BZh",), compressed.read),
    FileType("xz", (b"\xfd7zXZ\x00",), compressed.read),
    FileType("zstd", (MAGIC,), compressed.read),
    FileType("7z", (b"7z\xbc\xaf\x27\x1c",), sevenzip.read),
    FileType("rar", (b"Rar!\x1a\x07",), sevenzip.read),
    FileType("tar", (lambda source: tars.is_tar(source.head),), tars.read, streams=True),
    FileType("pdf", (_pdf,), _on_demand("pdf")),   # after all containers: a PDF may begin in their first kilobyte
    FileType("mbox", (mbox.is_mbox,), mbox.read, streams=True),
    FileType("eml", (eml.is_message,), eml.read),
    FileType("columns", (lambda source: re.split("[/#]", source.name)[-1] == SIDECAR,), column_mapping.read),
    FileType("html", (_html,), html.read),
    FileType("jsonl", (_records,), records.read, streams=True),
    FileType("json", (json_list.is_json,), json_list.read),
    FileType("csv", (tabular.is_csv, lambda source: source.suffix in (".csv", ".tsv")), tabular.read_csv, streams=True),
    FileType("xml", (b"<?xml", b"\xef\xbb\xbf<?xml")),
    FileType("text", (lambda source: True,), text.read),
)


def file_type(source: Source) -> FileType:
    """The first type of the table that fits; text is what nothing else is."""
    return next(kind for kind in TYPES if kind.fits(source))
