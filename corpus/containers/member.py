"""A member of a container: its name made safe, its bytes spooled to a file of our own."""

from __future__ import annotations

import codecs
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from corpus.errors import ReadError, Reason, Rejected
from corpus.scan import skipped
from corpus.source import HEAD, Source

_PIECE = 256 * 1024
_LONGEST_NAME = 500                       # characters; longer ones keep their beginning and end
_LONGEST_STATED = 4000                    # characters that are looked at: combining marks take quadratic time
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_CHARSETS = ("utf", "iso8859", "cp", "koi8", "ascii", "mac", "gb", "big5", "euc", "shift", "tis")


class Readable(Protocol):
    """Whatever gives bytes."""

    def read(self, size: int, /) -> bytes: ...


def clean_name(name: str) -> str:
    """A member's name as a relative path with `/`: no drive, no root, no `..`, nothing invisible; `_` for none."""
    name = unicodedata.normalize("NFC", _UNPRINTABLE.sub("_", name[:_LONGEST_STATED])).replace("\\", "/")
    parts = [part for part in re.sub(r"^[A-Za-z]:", "", name).split("/") if part.strip() not in ("", ".", "..")]
    cleaned = "/".join(part.strip() for part in parts) or "_"
    if len(cleaned) > _LONGEST_NAME:
        cleaned = f"{cleaned[: _LONGEST_NAME - 100]}…{cleaned[-99:]}"
    return cleaned


def passed_over(name: str) -> tuple[str, Reason] | None:
    """The hidden file or folder that a member is or lies in, and why it is not read, as in folders (`corpus.scan`)."""
    parts = name.split("/")
    for end, part in enumerate(parts, 1):
        if reason := skipped(part):
            return "/".join(parts[:end]), reason
    return None


def stated_charset(name: str | None) -> str | None:
    """A charset that a container states, as Python calls it; None for one that is unknown or no table of letters."""
    try:
        known = codecs.lookup((name or "").strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    return known if known.startswith(_CHARSETS) and known != "utf-7" else None


@dataclass(slots=True)
class Members:
    """The members of one container, as they are met: names unique, each counted against the limits."""

    container: Source
    count: int = 0   # without those passed over
    _taken: dict[str, int] = field(default_factory=dict)
    _left_out: set[str] = field(default_factory=set)   # what was passed over so far

    def __post_init__(self) -> None:
        self.container.budget.enter(self.container.depth)

    def name(self, stated: str) -> str:
        """The clean name of the next member; one met before is numbered, `a.txt`, `a~2.txt`. Raises ReadError."""
        self.container.budget.member()
        name = self._unique(clean_name(stated))
        self.count += 1
        return name

    def left_out(self, stated: str) -> Iterator[Rejected] | None:
        """What is passed over, None for a member that is not: a folder with all that is in it is one."""
        found = passed_over(clean_name(stated))
        if found is None:
            return None
        self.container.budget.member()
        place, reason = found
        new = place not in self._left_out
        self._left_out.add(place)
        return iter([self.rejected(place, ReadError(reason))] if new else [])

    def _unique(self, name: str) -> str:
        count = self._taken[name] = self._taken.get(name, 0) + 1
        if count == 1:
            return name
        stem, dot, suffix = name.rpartition(".")
        numbered = f"{stem}~{count}.{suffix}" if dot and "/" not in suffix else f"{name}~{count}"
        return self._unique(numbered)

    def rejected(self, name: str, error: ReadError) -> Rejected:
        """A member that cannot be opened."""
        return Rejected(
            id=f"{self.container.name}#{name}", path=self.container.name, member=name, reason=error.reason,
            detail=error.detail,
        )

    def turned_away(self, stated: str, reason: Reason, detail: str) -> Iterator[Rejected]:
        """The next member, which is none to read: a link, a device, one under a password."""
        if (left_out := self.left_out(stated)) is not None:
            yield from left_out
        else:
            yield self.rejected(self.name(stated), ReadError(reason, detail))

    def source(
        self, name_stated: str, stream: Readable, stored: int | None = None, /, **more: Any
    ) -> Iterator[Source | Rejected]:
        """The next member as a Source, its bytes in a temporary file for as long as it is read.

        `stored` is the size of its compressed bytes, by default that of the container; `more` are fields of the
        Source. Where `stream` raises a ReadError the member is rejected, and where a limit of the whole file is
        met the error passes through. A member that is passed over is rejected as what
        it is, and its stream not read.
        """
        if (left_out := self.left_out(name_stated)) is not None:
            yield from left_out
            return
        name = self.name(name_stated)
        container = self.container
        try:
            with temporary(more.get("called") or name) as (path, file):
                with container.budget.kept_apart():
                    head, size = spool(stream, file, container, stored)
                yield Source(
                    path, f"{container.name}#{name}", head, size, depth=container.depth + 1, budget=container.budget,
                    columns=container.columns, **more,
                )
        except ReadError as error:
            if container.budget.spent:
                raise
            yield self.rejected(name, error)


@contextmanager
def temporary(name: str) -> Iterator[tuple[Path, BinaryIO]]:
    """A file of our own that is gone afterwards; its last extension is that of the name, for programs that ask."""
    suffix = Path(name).suffix.lower()
    try:
        file = tempfile.NamedTemporaryFile(  # noqa: SIM115 - closed below; only its opening may fail in this way
            prefix="sulieu-", suffix=suffix if _SUFFIX.fullmatch(suffix) else ""
        )
    except OSError as error:
        raise ReadError(Reason.UNREADABLE, f"no room for temporary files: {error.strerror}") from error
    with file:
        yield Path(file.name), file.file  # type: ignore[misc]


def spool(stream: Readable, file: BinaryIO, container: Source, stored: int | None = None) -> tuple[bytes, int]:
    """Copy a stream to a file within the limits: its first bytes and its size. Raises ReadError."""
    head, size = b"", 0
    stored = container.size if stored is None else stored
    while piece := stream.read(_PIECE):
        size += len(piece)
        container.budget.spend(len(piece), of=size, stored=stored)
        try:
            file.write(piece)
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, f"no room for temporary files: {error.strerror}") from error
        if len(head) < HEAD:
            head += piece[: HEAD - len(head)]
    file.flush()
    return head, size
