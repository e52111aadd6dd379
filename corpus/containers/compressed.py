"""gzip, bzip2, xz and zstd: one stream of bytes, read through to what is inside.

Compression adds nothing to an identifier: `bao.jsonl.gz` gives the records of `bao.jsonl.gz`, `2003.tar.gz` the
members of a tar file. Types that are read in one pass are never spooled, so a file of any size needs little memory
and no disk; what is whole of a cut one is kept.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from corpus.containers.member import spool, temporary
from corpus.containers.zstd import MAGIC, Zstd
from corpus.errors import ReadError, Reason
from corpus.source import HEAD, Source

_PIECE = 64 * 1024
_XZ_MEMORY = 256 * 1024**2   # bytes; an xz header may ask for 4 GB
_SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
_SHORT = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar", ".tzst": ".tar", ".svgz": ".svg"}


class _Gzip:
    """zlib's decompressor with the interface of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)  # 16 + 15: gzip, its checksum verified

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail


KINDS: dict[bytes, Callable[[], Any]] = {
    b"\x1f\x8b": _Gzip,
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
    MAGIC: Zstd,
}


class Inflating(io.RawIOBase):
    """What comes out of a compressed stream, one or several members long, counted against the limits.

    Reading raises ReadError: truncated, damaged, over-limit.
    """

    def __init__(self, source: Source, *, counted: bool = True) -> None:
        self._raw = source.open()
        self._source = source
        self._counted = counted
        self._new = next(make for magic, make in KINDS.items() if source.head.startswith(magic))
        self._inflater: Any = self._new()
        self._waiting = b""
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Bytes into the buffer; 0 at the end of a whole stream."""
        try:
            data = self._next(len(buffer))
        except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError) as error:  # bzip2 has no error of its own
            raise ReadError(Reason.DAMAGED, str(error)) from error
        self._given += len(data)
        if self._counted and data:
            self._source.budget.spend(len(data), of=self._given, stored=self._source.size)
        buffer[: len(data)] = data
        return len(data)

    def _next(self, most: int) -> bytes:
        while True:
            if self._inflater.eof and not self._another():
                return b""
            hungry = self._inflater.needs_input
            fed = self._take() if hungry else b""
            if data := self._inflater.decompress(fed, most):
                return cast(bytes, data)
            if hungry and not fed and not self._inflater.eof:
                raise ReadError(Reason.TRUNCATED, "the compressed stream ends early")

    def _take(self) -> bytes:
        try:
            data, self._waiting = self._waiting or self._raw.read(_PIECE), b""
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error
        return data

    def _another(self) -> bool:
        """Begin the next member, past zero padding; False at the end of the file."""
        self._waiting = self._inflater.unused_data
        while data := self._take():
            if data := data.lstrip(b"\x00"):
                self._waiting = data
                self._inflater = self._new()
                return True
        return False

    def close(self) -> None:
        """Close the compressed file too."""
        if not self.closed:
            self._raw.close()
        super().close()


def read(source: Source) -> Iterator[Source]:
    """What is inside, as a Source of the same name. Raises ReadError: truncated, damaged, over-limit."""
    from corpus.filetypes import file_type  # the table of types names this reader

    source.budget.enter(source.depth)
    head, whole = _head(source)
    inside = Source(
        source.path, source.name, head, len(head) + (not whole), called=_called(source.called or source.name),
        charset=source.charset, stated=source.stated, depth=source.depth + 1, budget=source.budget,
        columns=source.columns,
        stream=lambda: cast(BinaryIO, io.BufferedReader(Inflating(source), _PIECE)),
    )
    if file_type(inside).streams:
        yield inside
        return
    with temporary(inside.called) as (path, file), Inflating(source, counted=False) as stream:
        _, size = spool(stream, file, source)
        yield Source(
            path, source.name, head, size, called=inside.called, charset=source.charset, stated=source.stated,
            depth=inside.depth, budget=source.budget, columns=source.columns,
        )


def _head(source: Source) -> tuple[bytes, bool]:
    """The first bytes inside, and whether they are all. Damage further on is found when it is read."""
    head = b""
    with Inflating(source, counted=False) as stream:
        try:
            while len(head) < HEAD:
                piece = stream.read(HEAD - len(head))
                if not piece:
                    return head, True
                head += piece
        except ReadError:
            if not head:
                raise
    return head, False


def _called(name: str) -> str:
    """The name of what is inside: `a.txt.gz` → `a.txt`, `b.tgz` → `b.tar`."""
    stem, dot, suffix = name.rpartition(".")
    suffix = dot + suffix.lower()
    if suffix in _SUFFIXES:
        return stem
    return stem + _SHORT[suffix] if suffix in _SHORT else name
