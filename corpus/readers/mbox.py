"""Mail folders (mbox, RFC 4155): each message as a member, read as `.eml`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from corpus.containers.member import Members
from corpus.errors import ReadError, Reason, Rejected
from corpus.source import MAX_DOCUMENT, Source

_FIRST = re.compile(rb"From [^\r\n]{0,300}\d{4}[^\r\n]{0,20}\r?\n(?:>From [^\r\n]*\r?\n)?[A-Za-z][\w-]{0,60}:")
_BEGINS = re.compile(rb"From \S.{0,300}\d{4}.{0,20}\r?\n?", re.S)
_QUOTED = re.compile(rb">+From ")
_LONGEST_LINE = 1024 * 1024


def is_mbox(source: Source) -> bool:
    """Whether the file begins with the line `From sender day` and the field of a message."""
    return bool(_FIRST.match(source.head))


def read(source: Source) -> Iterator[Source | Rejected]:
    """Each message, member by its number. Raises ReadError."""
    members = Members(source)
    with source.open() as stream:
        for number, message in enumerate(_messages(stream), 1):
            if isinstance(message, ReadError):
                yield members.rejected(members.name(str(number)), message)
            else:
                yield from members.source(str(number), io.BytesIO(message), called="message.eml")


def _messages(stream: BinaryIO) -> Iterator[bytes | ReadError]:
    """The bytes of each message; a line that begins one follows an empty line or nothing."""
    kept: list[bytes] = []
    size, blank = 0, True
    while line := _line(stream):
        if blank and _BEGINS.fullmatch(line):
            if size:
                yield _whole(kept, size)
            kept, size = [], 0
        else:
            size += len(line)
            if size <= MAX_DOCUMENT:
                kept.append(line[1:] if _QUOTED.match(line) else line)
        blank = not line.strip()
    yield _whole(kept, size)


def _whole(kept: list[bytes], size: int) -> bytes | ReadError:
    if size > MAX_DOCUMENT:
        return ReadError(Reason.TOO_LARGE, f"a message of {size} bytes; the limit is {MAX_DOCUMENT}")
    return b"".join(kept)


def _line(stream: BinaryIO) -> bytes:
    try:
        return stream.readline(_LONGEST_LINE)
    except OSError as error:
        raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error
