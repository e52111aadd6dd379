"""From an Item to its documents. What cannot be read is a `Rejected` with its reason, never an exception."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Document
from corpus.errors import ReadError, Rejected
from corpus.filetypes import file_type
from corpus.readers.records import document_from_record
from corpus.scan import Item
from corpus.source import Source

__all__ = ["Item", "Rejected", "document_from_record", "read"]


def read(item: Item) -> Iterator[Document | Rejected]:
    """Every document of a file, in its order, and every part of it that is not one.

    A file yields at least one Document or Rejected, except a records file without records.
    """
    source: Source | None = None
    try:
        source = Source.of(item)
        yield from file_type(source).read(source)
    except ReadError as error:
        yield Rejected(
            id=item.name, path=item.name, reason=error.reason, detail=error.detail,
            sha256=source.sha256() if source else None,
        )
