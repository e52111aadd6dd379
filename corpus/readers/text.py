"""Plain text: UTF-8, or UTF-16 and UTF-32 with a byte-order mark."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator

from corpus.document import Document
from corpus.errors import ReadError, Reason
from corpus.metadata import describe
from corpus.source import Source, stored_text

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
    decoded, encoding = decode(data)
    stored = stored_text(decoded)
    yield Document(
        id=source.name, text=stored, path=source.name, encoding=encoding,
        sha256=hashlib.sha256(data).hexdigest(), **describe(stored),
    )


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte-order mark names."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was in: the byte-order mark's, else the declared one, else UTF-8.

    Raises ReadError: not-text (NUL bytes), truncated (cut inside the last character), encoding-unknown.
    """
    marked = marked_encoding(data)
    if marked is None and b"\x00" in data:
        raise ReadError(Reason.NOT_TEXT, f"NUL at byte {data.index(0)}")
    failure: UnicodeDecodeError | None = None
    for encoding in dict.fromkeys(filter(None, (marked, declared, "utf-8"))):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            failure = error
        except LookupError:  # a declared name that Python does not know
            continue
    assert failure is not None
    if failure.reason in ("unexpected end of data", "truncated data") and failure.end >= len(data):
        raise ReadError(Reason.TRUNCATED, "ends inside a character")
    raise ReadError(Reason.ENCODING_UNKNOWN, f"not {failure.encoding} at byte {failure.start}")
