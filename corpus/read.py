"""From an Item to its documents. What cannot be read is a `Rejected` with its reason, never an exception."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.columns import Columns
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.filetypes import file_type
from corpus.readers.records import document_from_record
from corpus.scan import Item
from corpus.source import Source

__all__ = ["Item", "Rejected", "document_from_record", "read"]


def read(item: Item) -> Iterator[Document | Rejected]:
    """Every document of a file, in its order, and every part of it that is not one.

    A file yields at least one Document or Rejected. What comes out of a
    container has the container's path, and its place in it as `member`: `bo/12.doc`, `bao.zip#12.jsonl#7`. Its
    `file_type` is that of the innermost file: `doc` for a Word file in a zip, `jsonl` for a line of a `.jsonl.gz`.
    """
    try:
        source = Source.of(item)
    except ReadError as error:
        yield Rejected(id=item.name, path=item.name, reason=error.reason, detail=error.detail)
        return
    for result in _results(source):
        yield _placed(result, item.name)


def _results(source: Source) -> Iterator[Document | Rejected]:
    """Documents and rejections of a file or member, those of its own members where they stand."""
    name = None
    try:
        kind = file_type(source)
        name = kind.name
        for part in kind.read(source):
            if not isinstance(part, Source):
                source.budget.result()
                yield _stated(replace(part, file_type=name), source)
                continue
            for result in _results(part):
                if result.path == source.name and result.member is None:  # the one document of a compressed file
                    _, mapping = Columns.parts(result.sha256 or "")
                    result = replace(result, sha256=(source.sha256() or "") + mapping)
                yield result
    except (ReadError, MemoryError) as failure:
        error = failure if isinstance(failure, ReadError) else ReadError(Reason.TOO_LARGE, "not enough memory")
        yield Rejected(
            id=source.name, path=source.name, reason=error.reason, detail=error.detail, sha256=source.sha256(),
            file_type=name,
        )


def _stated(result: Document | Rejected, source: Source) -> Document | Rejected:
    """With what the container says of the document: its address, when it was captured."""
    if not source.stated or isinstance(result, Rejected):
        return result
    said = dict(source.stated)
    url = said.pop("url", None)
    if url and result.url and result.url != url:
        said["canonical"] = result.url
    return replace(result, url=url or result.url, metadata=result.metadata | said)


def _placed(result: Document | Rejected, name: str) -> Document | Rejected:
    """Under the path of the item: the rest of a member's name is its place inside."""
    if result.path == name:
        return result
    inside = result.path.removeprefix(f"{name}#")
    return replace(result, path=name, member=f"{inside}#{result.member}" if result.member else inside)
