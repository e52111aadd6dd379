"""Plain text: UTF-8, UTF-16 and UTF-32 with a byte-order mark, and the eight-bit tables of old Vietnamese files."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator

from corpus.document import Document
from corpus.encodings.eight_bit import decode_bytes
from corpus.encodings.runs import decode_text
from corpus.encodings.tables import seen
from corpus.errors import ReadError, Reason
from corpus.metadata import describe
from corpus.source import Source, stored_text

_LATIN = ("iso8859-1", "cp1252", "ascii")
_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(source: Source) -> Iterator[Document]:
    """The file as one document. Raises ReadError."""
    data = source.load()
    if not data:
        raise ReadError(Reason.EMPTY, "0 bytes")
    decoded = decode_text(*decode(data, source.charset))
    stored = stored_text(decoded.text)
    yield Document(
        id=source.name, text=stored, path=source.name, encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(), **describe(stored),
    )


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte-order mark names."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was in: the byte-order mark's, the declared one, UTF-8, an old table that fits.

    A declared Latin table comes last: pages call themselves so whatever they are in.
    Raises ReadError: not-text (NUL bytes), truncated (cut inside the last character), encoding-unknown.
    """
    marked = marked_encoding(data)
    if marked is None and b"\x00" in data:
        raise ReadError(Reason.NOT_TEXT, f"NUL at byte {data.index(0)}")
    failure: UnicodeDecodeError | None = None
    latin = declared in _LATIN
    for encoding in dict.fromkeys(filter(None, (marked, None if latin else declared, "utf-8"))):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            failure = error
        except (LookupError, UnicodeError):  # a declared name that Python does not know, or that decodes nothing
            continue
    assert failure is not None
    if failure.reason in ("unexpected end of data", "truncated data") and failure.end >= len(data):
        raise ReadError(Reason.TRUNCATED, "ends inside a character")
    if legacy := decode_bytes(data):
        return legacy.text, legacy.encoding
    if latin:
        return seen(data), "windows-1252"
    raise ReadError(Reason.ENCODING_UNKNOWN, f"not {failure.encoding} at byte {failure.start}")
