"""Zstandard (RFC 8878) with the interface of the decompressors of the standard library."""

from __future__ import annotations

from typing import Any

from corpus.errors import ReadError, Reason

MAGIC = b"\x28\xb5\x2f\xfd"
_WINDOW = 128 * 1024**2   # bytes of memory that a frame may ask for
_PIECE = 256              # fed at a time: 3 bytes may stand for 128 kB, so at most 11 MB come out of it


class Zstd:
    """One frame. Raises ValueError for damage, ReadError where the library is missing."""

    def __init__(self) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise ReadError(Reason.MISSING_PROGRAM, "zstandard (pip install zstandard)") from error
        self._error: type[Exception] = zstandard.ZstdError
        self._inner: Any = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        self._in = memoryview(b"")
        self._out = b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof) and not self._out

    @property
    def needs_input(self) -> bool:
        return not self._in and not self._out

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data) + bytes(self._in)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most `max_length` bytes of what the data gives."""
        if data:
            self._in = memoryview(bytes(self._in) + data)
        while not self._out and self._in and not self._inner.eof:
            piece, self._in = self._in[:_PIECE], self._in[_PIECE:]
            try:
                self._out = self._inner.decompress(bytes(piece))
            except self._error as error:
                raise ValueError(f"zstd: {error}") from error
        given, self._out = self._out[:max_length], self._out[max_length:]
        return given
