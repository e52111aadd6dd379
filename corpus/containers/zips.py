"""zip files: by their directory, or, where it is lost, by the headers before each member."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing

from corpus.containers.member import Members
from corpus.containers.zip_salvage import ENCRYPTED, METHODS, UTF8, salvage
from corpus.errors import ReadError, Reason, Rejected
from corpus.source import Source

_BROKEN = (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OverflowError, EOFError)


def read(source: Source) -> Iterator[Source | Rejected]:
    """Each file in it. Raises ReadError: truncated or damaged after what could be saved, over-limit, empty."""
    members = Members(source)
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error
        except _BROKEN:
            yield from salvage(source, members)
            return
        with closing(archive):
            for info in archive.infolist():
                if not info.is_dir():
                    yield from _member(archive, info, members)
    if not members.count:
        raise ReadError(Reason.EMPTY, "no members")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, members: Members) -> Iterator[Source | Rejected]:
    name = _name(info)
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        yield from members.turned_away(name, Reason.LINK, "a link")
    elif info.flag_bits & ENCRYPTED:
        yield from members.turned_away(name, Reason.ENCRYPTED, "a password is needed")
    elif info.compress_type not in METHODS:
        yield from members.turned_away(name, Reason.UNSUPPORTED_TYPE, f"compression method {info.compress_type}")
    else:
        with closing(_Data(archive, info)) as data:
            yield from members.source(name, data, info.compress_size)


class _Data:
    """The inflated bytes of one member; its checksum is verified at the end."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive = archive
        self._info = info
        self._stream: zipfile.ZipExtFile | None = None

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes. Raises ReadError."""
        try:
            if self._stream is None:
                self._stream = self._archive.open(self._info)  # type: ignore[assignment]
            assert self._stream is not None
            return self._stream.read(size)
        except (*_BROKEN, zlib.error, RuntimeError) as error:
            raise ReadError(Reason.DAMAGED, str(error) or type(error).__name__) from error
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error

    def close(self) -> None:
        """Let go of the archive."""
        if self._stream is not None:
            self._stream.close()


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the flag for UTF-8 it is tried first, then the code page of Vietnamese Windows."""
    if info.flag_bits & UTF8:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:  # named by an extra field
        return info.orig_filename
    return decoded_name(raw)


def decoded_name(raw: bytes) -> str:
    """A name whose encoding is not stated: UTF-8, else windows-1258, else the IBM code page of the standard."""
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")
