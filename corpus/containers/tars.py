"""tar files, read in one pass.

Headers are those of POSIX.1-1988 (ustar) and POSIX.1-2001 (pax), with GNU's long names. A walker of our own: the
standard library's takes a cut file for a whole one, and reads headers of any size into memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from corpus.containers.member import Members
from corpus.errors import ReadError, Reason, Rejected
from corpus.source import Source

_BLOCK = 512
_LONGEST_HEADER = 1024**2   # bytes of a pax header or long name
_REGULAR, _FOLDER = b"\x0007", b"5"
_LINKS = {b"1": "hard link", b"2": "link"}
_SPECIAL = {b"3": "a device", b"4": "a device", b"6": "a pipe", b"S": "a sparse file"}


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    kind: bytes
    size: int
    target: str


def is_tar(head: bytes) -> bool:
    """Whether the bytes begin with a tar header: its checksum is right."""
    return len(head) >= _BLOCK and any(head[:100]) and _checksum_fits(head[:_BLOCK])


def read(source: Source) -> Iterator[Source | Rejected]:
    """Each regular file. Raises ReadError: truncated after the last whole member, damaged, over-limit, empty."""
    members = Members(source)
    with source.open() as stream:
        for header in _headers(stream):
            data = _Data(stream, header.size)
            if header.kind in _LINKS:
                yield from members.turned_away(header.name, Reason.LINK, f"{_LINKS[header.kind]} -> {header.target}")
            elif header.kind in _SPECIAL:
                yield from members.turned_away(header.name, Reason.UNSUPPORTED_TYPE, _SPECIAL[header.kind])
            elif header.kind != _FOLDER and not header.name.endswith("/"):
                yield from members.source(header.name, data)
            data.skip()
    if not members.count:
        raise ReadError(Reason.EMPTY, "no members")


class _Data:
    """The bytes of one member."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self._stream = stream
        self._left = size
        self._padding = -size % _BLOCK

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises ReadError where the file ends early."""
        data = _take(self._stream, min(size, self._left)) if self._left else b""
        self._left -= len(data)
        return data

    def skip(self) -> None:
        """Go to the next header."""
        self._left += self._padding
        self._padding = 0
        while self._left:
            self.read(64 * 1024)


def _take(stream: BinaryIO, size: int) -> bytes:
    try:
        data = stream.read(size)
    except OSError as error:
        raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error
    if not data:
        raise ReadError(Reason.TRUNCATED, "the tar file ends early")
    return data


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += _take(stream, size - len(data))
    return data


def _headers(stream: BinaryIO) -> Iterator[_Header]:
    """Each member's header; what extended headers state of it is applied."""
    extended: dict[str, str] = {}
    everywhere: dict[str, str] = {}
    while True:
        block = _exactly(stream, _BLOCK)
        if not any(block):
            return
        if not _checksum_fits(block):
            raise ReadError(Reason.DAMAGED, "a header's checksum is wrong")
        kind, size = block[156:157], _number(block[124:136])
        if kind in b"LKxXg":
            if size > _LONGEST_HEADER:
                raise ReadError(Reason.OVER_LIMIT, f"a header of {size} bytes")
            data = _exactly(stream, size + -size % _BLOCK)[:size]
            if kind == b"L":
                extended["path"] = _text(data)
            elif kind == b"K":
                extended["linkpath"] = _text(data)
            else:
                (everywhere if kind == b"g" else extended).update(_pax(data))
            continue
        yield _header(block, kind, size, everywhere | extended)
        extended = {}


def _header(block: bytes, kind: bytes, size: int, stated: dict[str, str]) -> _Header:
    name = _text(block[:100])
    if block[257:263] == b"ustar\x00" and (prefix := _text(block[345:500])):
        name = f"{prefix}/{name}"
    if "size" in stated:
        size = _decimal(stated["size"])
    if kind in _LINKS or kind == _FOLDER:
        size = 0 if kind != b"1" else size
    if any(key.startswith("GNU.sparse") for key in stated):
        kind = b"S"
    return _Header(stated.get("path", name), kind, size, stated.get("linkpath", _text(block[157:257])))


def _pax(data: bytes) -> dict[str, str]:
    """Records `length key=value\\n`."""
    found, at = {}, 0
    while at < len(data):
        length, space, _ = data[at : at + 12].partition(b" ")
        if not space or not length.isdigit() or int(length) <= len(length):
            raise ReadError(Reason.DAMAGED, "a broken pax header")
        key, _, value = data[at + len(length) + 1 : at + int(length)].rstrip(b"\n").partition(b"=")
        found[_text(key)] = _text(value)
        at += int(length)
    return found


def _decimal(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 20):
        raise ReadError(Reason.DAMAGED, "a broken size in a pax header")
    return int(value)


def _number(field: bytes) -> int:
    """A size: octal digits, or base 256 where the first bit is set. Raises ReadError."""
    if field[0] & 0x80:
        number = int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big")
        if field[0] == 0xFF or number >= 2**63:
            raise ReadError(Reason.DAMAGED, "a negative or endless size")
        return number
    try:
        number = int(field.strip(b" \x00") or b"0", 8)
    except ValueError as error:
        raise ReadError(Reason.DAMAGED, "a broken size") from error
    if number < 0:
        raise ReadError(Reason.DAMAGED, "a negative size")
    return number


def _text(field: bytes) -> str:
    return field.split(b"\x00", 1)[0].decode("utf-8", "replace")


def _checksum_fits(block: bytes) -> bool:
    try:
        stated = int(block[148:156].strip(b" \x00") or b"0", 8)
    except ValueError:
        return False
    rest = block[:148] + b" " * 8 + block[156:]
    return stated in (sum(rest), sum(byte - 256 * (byte > 127) for byte in rest))
