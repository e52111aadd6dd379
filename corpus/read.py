"""From an Item to its documents. What cannot be read is a `Rejected` with its reason, never an exception."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Literal

from corpus.columns import Columns
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.filetypes import file_type
from corpus.limits import Budget
from corpus.readers.records import document_from_record
from corpus.remote import at_hand
from corpus.scan import Item
from corpus.source import Source

__all__ = ["Item", "Passage", "Rejected", "document_from_record", "read", "walk"]

_OF_RECORDS = frozenset({"csv", "json", "jsonl", "parquet"})   # types whose readers keep each record apart


@dataclass(frozen=True, slots=True)
class Passage:
    """The reader goes into a file or member, finds that it holds `records`, or has come out of it.

    `name` is its place: `bo.zip#1.doc`.
    """

    name: str
    step: Literal["entered", "records", "left"]


def read(item: Item) -> Iterator[Document | Rejected]:
    """Every document of a file, in its order, and every part of it that is not one.

    A file yields at least one Document or Rejected. What comes out of a
    container has the container's path, and its place in it as `member`: `bo/12.doc`, `bao.zip#12.jsonl#7`. Its
    `file_type` is that of the innermost file: `doc` for a Word file in a zip, `jsonl` for a line of a `.jsonl.gz`.
    """
    for result in walk(item):
        if not isinstance(result, Passage):
            yield result


def walk(
    item: Item, skip: Container[str] = (), budget: Budget | None = None
) -> Iterator[Document | Rejected | Passage]:
    """As `read`, with word of where the reader is, for whoever must say what it was at when it crashed.

    Members whose place is in `skip` are passed over, so that reading can go on behind the one at fault. A `budget` that
    is given tells how far the file has been read, and which records are to be avoided.
    """
    if item.skip:
        yield skipped(item)
        return
    with ExitStack() as stack:
        try:
            source = Source.of(stack.enter_context(at_hand(item)), budget)
        except ReadError as error:
            yield Rejected(id=item.name, path=item.name, reason=error.reason, detail=error.detail)
            return
        for result in _results(source, skip):
            yield result if isinstance(result, Passage) else _placed(result, item.name)


def skipped(item: Item) -> Rejected:
    """An item that is not to be read."""
    assert item.skip
    return Rejected(id=item.name, path=item.name, reason=item.skip)


def _results(source: Source, skip: Container[str]) -> Iterator[Document | Rejected | Passage]:
    """Documents and rejections of a file or member, those of its own members where they stand."""
    name = None
    yield Passage(source.name, "entered")
    try:
        with source.budget.kept_apart():
            kind = file_type(source)
            name = kind.name
            if name in _OF_RECORDS:
                yield Passage(source.name, "records")
            for part in kind.read(source):
                if not isinstance(part, Source):
                    source.budget.result()
                    source.budget.given[source.name] += name in _OF_RECORDS
                    yield _stated(replace(part, file_type=name), source)
                elif part.name not in skip:
                    yield from (_as_member(result, source) for result in _results(part, skip))
    except (ReadError, MemoryError) as failure:
        error = failure if isinstance(failure, ReadError) else ReadError(Reason.TOO_LARGE, "not enough memory")
        yield Rejected(
            id=source.name, path=source.name, reason=error.reason, detail=error.detail, sha256=source.sha256(),
            file_type=name,
        )
    source.budget.given.pop(source.name, None)
    yield Passage(source.name, "left")


def _as_member(result: Document | Rejected | Passage, source: Source) -> Document | Rejected | Passage:
    """The one document of a compressed file has the hash of the file as it lies there."""
    if isinstance(result, Passage) or result.path != source.name or result.member is not None:
        return result
    _, mapping = Columns.parts(result.sha256 or "")
    return replace(result, sha256=(source.sha256() or "") + mapping)


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
