"""What is whole of a zip file whose directory is lost: cut short, or damaged at its end.

Each member is preceded by a header of its own (PKWARE's APPNOTE, 4.3.7), so members are read from the first on
until one does not fit.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from corpus.containers.member import Members
from corpus.errors import ReadError, Reason, Rejected
from corpus.source import Source

ENCRYPTED, DESCRIPTOR, UTF8 = 0x1, 0x8, 0x800   # general purpose flags
STORED, DEFLATED, BZIP2 = 0, 8, 12
METHODS = (STORED, DEFLATED, BZIP2)

_HEADER = struct.Struct("<4s5H3L2H")
_MEMBER, _DIRECTORY, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_MARK = b"PK\x07\x08"   # may stand before a descriptor
_ZIP64 = 0xFFFFFFFF
_ENDLESS = 2**40   # a stated size that no file has, and that every file system can seek to
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    crc: int
    stored: int | None   # None: told only by the descriptor behind the data
    start: int


def salvage(source: Source, members: Members) -> Iterator[Source | Rejected]:
    """Each whole member. Raises ReadError in the end: truncated, or damaged where the file's end is there."""
    with source.open() as stream:
        try:
            at: int | None = 0
            while at is not None and (entry := _entry(stream, at)):
                if entry.name.endswith("/"):
                    at = entry.start + (entry.stored or 0)
                    continue
                data = _Data(stream, entry)
                if entry.flags & ENCRYPTED:
                    yield from members.turned_away(entry.name, Reason.ENCRYPTED, "a password is needed")
                elif not data.readable:
                    yield from members.turned_away(
                        entry.name, Reason.UNSUPPORTED_TYPE, f"compression method {entry.method}"
                    )
                else:
                    yield from members.source(entry.name, data, entry.stored)
                at = data.end()
            stream.seek(max(0, source.size - _PIECE))
            ended = _END in stream.read(_PIECE)
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error
    reason = Reason.DAMAGED if ended else Reason.TRUNCATED
    raise ReadError(reason, f"the directory of the zip file is lost; {members.count} members were found without it")


def _entry(stream: BinaryIO, at: int) -> _Entry | None:
    """The member whose header stands here, None where there is none."""
    from corpus.containers.zips import decoded_name

    stream.seek(at)
    fixed = stream.read(_HEADER.size)
    if len(fixed) < _HEADER.size or not fixed.startswith(_MEMBER):
        return None
    _, _, flags, method, _, _, crc, stored, size, name_length, extra_length = _HEADER.unpack(fixed)
    raw, extra = stream.read(name_length), stream.read(extra_length)
    if len(raw) < name_length or len(extra) < extra_length:
        return None
    if stored == _ZIP64:
        stored = _zip64(extra, size)
    name = raw.decode("utf-8", "replace") if flags & UTF8 else decoded_name(raw)
    unknown = flags & DESCRIPTOR and not stored
    start = at + _HEADER.size + name_length + extra_length
    return _Entry(name, flags, method, crc, None if unknown else stored, start)


def _zip64(extra: bytes, size: int) -> int:
    """The stored size in the extra field of large files (4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        place = at + 4 + (8 if size == _ZIP64 else 0)
        if kind == 1 and place + 8 <= len(extra):
            return min(int(struct.unpack_from("<Q", extra, place)[0]), _ENDLESS)
        at += 4 + length
    return _ZIP64


class _Data:
    """The inflated bytes of a member, its checksum verified where the header has it."""

    def __init__(self, stream: BinaryIO, entry: _Entry) -> None:
        self._stream = stream
        self._entry = entry
        self._at = entry.start
        self._inflater: Any = zlib.decompressobj(-15) if entry.method == DEFLATED else None
        self._crc = 0
        self._finished = False

    @property
    def readable(self) -> bool:
        """Whether the method is known, and where a stored member ends."""
        return self._inflater is not None or (self._entry.method == STORED and self._entry.stored is not None)

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises ReadError: truncated, damaged."""
        data = self._inflate(size) if self._inflater else self._raw(size)
        self._crc = zlib.crc32(data, self._crc)
        if not data:
            self._finished = True
            if not self._entry.flags & DESCRIPTOR and self._crc != self._entry.crc:
                raise ReadError(Reason.DAMAGED, "its checksum is wrong")
        return data

    def _raw(self, size: int) -> bytes:
        """Stored bytes from here, none at the member's end."""
        left = size
        if self._entry.stored is not None:
            left = min(size, self._entry.start + self._entry.stored - self._at)
        self._stream.seek(self._at)
        data = self._stream.read(left)
        if left and not data:
            raise ReadError(Reason.TRUNCATED, "the file ends inside this member")
        self._at += len(data)
        return data

    def _inflate(self, size: int) -> bytes:
        try:
            while not self._inflater.eof:
                fed = self._inflater.unconsumed_tail or self._raw(_PIECE)
                data = self._inflater.decompress(fed, size)
                if data:
                    return bytes(data)
                if not fed and not self._inflater.eof:
                    raise ReadError(Reason.DAMAGED, "it is not whole")
        except zlib.error as error:
            raise ReadError(Reason.DAMAGED, str(error)) from error
        return b""

    def end(self) -> int | None:
        """Where the next header must stand, None if that cannot be known."""
        entry = self._entry
        if entry.stored is not None:
            at = entry.start + entry.stored
        elif self._finished and self._inflater:
            at = self._at - len(self._inflater.unused_data)
        else:
            return None
        if entry.flags & DESCRIPTOR:
            at += self._descriptor(at)
        return at

    def _descriptor(self, at: int) -> int:
        """The length of the descriptor behind the data: 12 bytes, 20 in large files, and its mark."""
        self._stream.seek(at)
        found = self._stream.read(28)
        mark = 4 if found.startswith(_MARK) else 0
        for length in (12, 20):
            if found[mark + length :][:4] in (_MEMBER, _DIRECTORY):
                return mark + length
        return mark + 12
