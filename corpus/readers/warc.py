"""WARC (ISO 28500) and ARC: what a web archive captured, each page with its address and the day of its capture.

Records are framed by ourselves, because readers in use take the end of a cut file for the end of the archive and
give up at a damaged record; heads and encodings of HTTP are FastWARC's work. The archive's own records (warcinfo,
request, metadata) hold no document and are passed over.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from corpus.containers.member import Members, stated_charset
from corpus.errors import ReadError, Reason, Rejected
from corpus.source import MAX_DOCUMENT, Source

Decoding = Literal["all", "content", "none"]

_LONGEST_LINE = 64 * 1024
_MOST_LINES = 1000                     # of a record's head
_LONGEST_ADDRESS = 4000                # characters
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f]")
_VERSION = re.compile(rb"WARC/\d\.\d+\s*")
_ARC_RECORD = re.compile(rb"[a-z][a-z+.-]{1,15}:\S* \S+ \d{8,14} .*?(\d{1,15})\s*", re.I)
_OWN = ("warcinfo", "request", "metadata")
_DECODINGS: tuple[Decoding, ...] = ("all", "content", "none")  # of a body; crawlers undo some
_FURNITURE = re.compile(
    r"text/css|image/|audio/|video/|font/|application/(?:json|x-font|font|vnd\.ms-font)|.*script", re.I
)


@dataclass(frozen=True, slots=True)
class _Record:
    kind: str
    block: bytes
    head: Mapping[str, str]

    @property
    def address(self) -> str:
        return _UNPRINTABLE.sub("", self.head.get("warc-target-uri", "").strip("<> "))[:_LONGEST_ADDRESS]


def read(source: Source) -> Iterator[Source | Rejected]:
    """What was captured, member by number of its record. Raises ReadError: truncated, after the last whole record."""
    members = Members(source)
    with source.open() as stream:
        records = _arc(stream) if source.head.startswith(b"filedesc:") else _warc(stream)
        for number, record in enumerate(records, 1):
            if isinstance(record, ReadError):
                yield members.rejected(members.name(str(number)), record)
            elif record.kind not in _OWN:
                yield from _member(members, number, record)
    if not members.count:
        raise ReadError(Reason.EMPTY, "nothing was captured")


def _member(members: Members, number: int, record: _Record) -> Iterator[Source | Rejected]:
    said = f"{record.kind} of {record.address}"[:300]
    if record.kind in ("revisit", "continuation"):
        yield from members.turned_away(str(number), Reason.EMPTY, said)
        return
    stated = {"url": record.address, "captured": record.head.get("warc-date", "")[:10]}
    if cut := record.head.get("warc-truncated"):
        stated["capture"] = f"cut: {cut}"
    stated = {key: value for key, value in stated.items() if value}
    try:
        body, mime, charset = _body(record)
    except ReadError as error:
        yield from members.turned_away(str(number), error.reason, f"{error.detail}: {said}")
        return
    if _FURNITURE.match(mime):
        yield from members.turned_away(str(number), Reason.UNSUPPORTED_TYPE, f"{mime}: {said}")
        return
    yield from members.source(
        str(number), body, len(record.block), called=_called(record.address), charset=charset, stated=stated
    )
    if cut:
        yield members.rejected(f"{number}#end", ReadError(Reason.TRUNCATED, f"cut at its capture ({cut}): {said}"))


def _called(address: str) -> str:
    """The name that an address ends with, where it has an extension."""
    name = re.split(r"[?#]", address, maxsplit=1)[0].rsplit("/", 1)[-1]
    return name if re.search(r"\.(?:pdf|docx?|rtf|xlsx?|csv|txt|zip|7z|rar)$", name, re.I) else "page"


class _Body:
    """A decoded body, piece by piece."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, size: int, /) -> bytes:
        try:
            return bytes(self._reader.read(size))
        except OSError as error:
            raise ReadError(Reason.DAMAGED, str(error)) from error


def _body(record: _Record) -> tuple[Any, str, str | None]:
    """The bytes that the server sent, their type and charset as stated. Raises ReadError: empty for errors of HTTP."""
    if not record.block.startswith(b"HTTP/"):
        mime = record.head.get("content-type", "").partition(";")[0].strip().lower()
        return io.BytesIO(record.block), "" if mime.startswith("application/http") else mime, None
    for decoding in _DECODINGS:
        try:
            response = _http(record.block, decoding)
            body = _Body(response.reader)
            beginning = body.read(_LONGEST_LINE)
            break
        except ReadError:
            if decoding == _DECODINGS[-1]:
                raise
    if (status := response.http_headers.status_code if response.http_headers else None) not in (200, 203, None):
        raise ReadError(Reason.EMPTY, f"HTTP status {status}")
    mime = (response.http_content_type or "").strip().lower()
    return _Chained(beginning, body), mime, stated_charset(response.http_charset)


class _Chained:
    """Bytes already read, then the rest."""

    def __init__(self, beginning: bytes, rest: _Body) -> None:
        self._beginning = beginning
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        beginning, self._beginning = self._beginning, b""
        return beginning or self._rest.read(size)


def _http(block: bytes, decoding: Decoding) -> Any:
    """The block as FastWARC's record. Raises ReadError."""
    from fastwarc.warc import WarcRecord

    head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    try:
        record = WarcRecord.from_bytes(head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n")
        record.parse_http(auto_decode=decoding, quirks_mode=True)
    except (OSError, ValueError) as error:
        raise ReadError(Reason.DAMAGED, f"HTTP: {error}") from error
    return record


def _warc(stream: Any) -> Iterator[_Record | ReadError]:
    """Records of a WARC file; an error stands for what is broken between two of them. Raises ReadError at a cut."""
    begun = False
    while begun or (line := _line(stream)):
        if not begun:
            if not line.strip():
                continue
            if not _VERSION.fullmatch(line):
                yield ReadError(Reason.DAMAGED, "no record begins here")
                if not _next_record(stream):
                    return
        begun = False
        head = _head(stream)
        length = head.get("content-length", "")
        if length.isascii() and length.isdigit() and len(length) < 16:
            block = _block(stream, int(length))
            yield block if isinstance(block, ReadError) else _Record(head.get("warc-type", "").lower(), block, head)
            continue
        yield ReadError(Reason.DAMAGED, f"a record without length: {head.get('warc-target-uri', '')[:200]}")
        if not (begun := _next_record(stream)):
            return


def _arc(stream: Any) -> Iterator[_Record | ReadError]:
    """Records of an ARC file (versions 1 and 2): a line with address, day and type, then as many bytes as it says."""
    first = True
    while line := _line(stream):
        if not line.strip():
            continue
        if not (said := _ARC_RECORD.fullmatch(line)):
            yield ReadError(Reason.DAMAGED, "no record begins here")
            while line and not (said := _ARC_RECORD.fullmatch(line)):
                line = _line(stream)
            if not said:
                return
        address, _, day, *_ = line.decode("utf-8", "replace").split(" ")
        block = _block(stream, int(said[1]))
        if not first and not isinstance(block, ReadError):
            captured = f"{day[:4]}-{day[4:6]}-{day[6:8]}"
            yield _Record("response", block, {"warc-target-uri": address, "warc-date": captured})
        elif isinstance(block, ReadError):
            yield block
        else:
            yield _Record("warcinfo", b"", {})
        first = False


def _line(stream: Any) -> bytes:
    try:
        return bytes(stream.readline(_LONGEST_LINE))
    except OSError as error:
        raise ReadError(Reason.UNREADABLE, str(error)) from error


def _next_record(stream: Any) -> bool:
    """Go behind the next line that begins a record."""
    while line := _line(stream):
        if _VERSION.fullmatch(line):
            return True
    return False


def _head(stream: Any) -> dict[str, str]:
    """The fields of a record, names in lower case. Raises ReadError where the file ends in them."""
    fields: dict[str, str] = {}
    for _ in range(_MOST_LINES):
        line = _line(stream)
        if not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
            raise ReadError(Reason.TRUNCATED, "the file ends inside the head of a record")
        if not line.strip():
            return fields
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _block(stream: Any, length: int) -> bytes | ReadError:
    """A record's bytes; an error where they are too many for one document. Raises ReadError at a cut."""
    kept, left = io.BytesIO(), length
    while left:
        try:
            piece = stream.read(min(left, 1024 * 1024))
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, str(error)) from error
        if not piece:
            raise ReadError(Reason.TRUNCATED, f"the file ends {left} bytes before the end of a record")
        left -= len(piece)
        if length <= MAX_DOCUMENT:
            kept.write(piece)
    if length > MAX_DOCUMENT:
        return ReadError(Reason.TOO_LARGE, f"a record of {length} bytes; the limit is {MAX_DOCUMENT}")
    return kept.getvalue()
