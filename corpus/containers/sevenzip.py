"""7z and RAR, by libarchive (BSD), which tesseract brings along on Debian; without it they are turned away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.containers.member import Members
from corpus.errors import ReadError, Reason, Rejected
from corpus.source import Source

_FORMATS = {b"7z\xbc\xaf\x27\x1c": "7zip", b"Rar!\x1a\x07\x00": "rar", b"Rar!\x1a\x07\x01": "rar5"}
_PIECE = 64 * 1024


def read(source: Source) -> Iterator[Source | Rejected]:
    """Each file in it. Raises ReadError: missing-program, encrypted, truncated, damaged, over-limit, empty."""
    libarchive = _library()
    members = Members(source)
    form = next((form for magic, form in _FORMATS.items() if source.head.startswith(magic)), None)
    if form is None:
        raise ReadError(Reason.DAMAGED, "not the header of a 7z or RAR file")
    try:
        with libarchive.file_reader(str(source.path), format_name=form, filter_name="none") as archive:
            for entry in archive:
                yield from _member(libarchive, entry, members)
    except libarchive.ArchiveError as error:
        raise _explained(error) from error
    if not members.count:
        raise ReadError(Reason.EMPTY, "no members")


def _library() -> Any:
    try:
        import libarchive  # loads the shared library
    except (ImportError, OSError, AttributeError, TypeError) as error:
        raise ReadError(Reason.MISSING_PROGRAM, "libarchive") from error
    return libarchive


def _member(libarchive: Any, entry: Any, members: Members) -> Iterator[Source | Rejected]:
    name = str(entry.pathname or "")
    if entry.issym or entry.islnk:
        yield from members.turned_away(name, Reason.LINK, "a link")
    elif entry.isfile:
        yield from members.source(name, _Data(libarchive, entry))
    elif not entry.isdir:
        yield from members.turned_away(name, Reason.UNSUPPORTED_TYPE, "a device, pipe or socket")


class _Data:
    """The bytes of one member."""

    def __init__(self, libarchive: Any, entry: Any) -> None:
        self._error = libarchive.ArchiveError
        self._blocks = entry.get_blocks(_PIECE)

    def read(self, size: int, /) -> bytes:
        """The next bytes. Raises ReadError."""
        try:
            return next(self._blocks, b"")
        except self._error as error:
            raise _explained(error) from error


def _explained(error: Any) -> ReadError:
    said = str(error.msg or "")
    if isinstance(error.msg, bytes):
        said = error.msg.decode("utf-8", "replace")
    lower = said.lower()
    if "ncrypt" in lower or "crypto" in lower or "passphrase" in lower:
        return ReadError(Reason.ENCRYPTED, said)
    if "truncated" in lower or "end of file" in lower or "unexpected end" in lower:
        return ReadError(Reason.TRUNCATED, said)
    return ReadError(Reason.DAMAGED, said)
