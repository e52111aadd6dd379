"""The bytes of one file, read with limits, and the checks that every decoded text passes."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import regex

from corpus.columns import Columns
from corpus.document import normalise_text
from corpus.errors import ReadError, Reason
from corpus.limits import Budget
from corpus.scan import Item

HEAD = 64 * 1024               # bytes that the type of a file is told from
MAX_DOCUMENT = 128 * 1024**2   # bytes of one document; a longer one is too large

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKS = regex.compile(r"(?<!\p{M})\p{M}{64}")   # of every script
_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a member of a container, that can be opened, with its first bytes.

    `name` is the item's name, for a member with its place behind `#`: `2003.zip#bo/12.doc`; ids come from it.
    `path` is a real file with the member's bytes, except for a `stream`, which is read through `open` alone.
    """

    path: Path
    name: str
    head: bytes
    size: int
    called: str = ""                                   # the name that its type is told from, if not `name`
    charset: str | None = None                         # the encoding that its container states
    stated: Mapping[str, str] = field(default_factory=dict)  # what its container says of it: url, …
    depth: int = 0                                     # containers around it
    budget: Budget = field(default_factory=Budget)     # shared by all that comes out of one file
    stream: Callable[[], BinaryIO] | None = None       # opens it, where its bytes are in no file of their own
    columns: Columns = field(default_factory=Columns)  # what a mapping beside the file says of its columns

    @classmethod
    def of(cls, item: Item, budget: Budget | None = None) -> Source:
        """Open an item and look at its beginning. Raises ReadError for what must not or cannot be opened."""
        budget = budget or Budget()
        try:
            status = item.path.lstat()
            if stat.S_ISLNK(status.st_mode):
                raise ReadError(Reason.LINK, f"-> {item.path.readlink()}")
            if stat.S_ISDIR(status.st_mode):
                raise ReadError(Reason.UNREADABLE, "the folder cannot be opened")
            if not stat.S_ISREG(status.st_mode):
                raise ReadError(Reason.UNSUPPORTED_TYPE, "a device, pipe or socket")
            with item.path.open("rb") as stream:
                head = stream.read(HEAD)
                size = status.st_size
                budget.stored = size
                return cls(item.path, item.name, head, size, budget=budget, columns=item.columns)
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error

    @property
    def suffix(self) -> str:
        """The last extension of the name in lower case: `.txt`."""
        return Path(self.called or self.name).suffix.lower()

    def open(self) -> BinaryIO:
        """The file as a stream of bytes."""
        if self.stream:
            return self.stream()
        try:
            stream = self.path.open("rb")
        except OSError as error:
            raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error
        if not self.depth:
            self.budget.opened = stream
        return stream

    def load(self) -> bytes:
        """All bytes of the file, if it is not larger than one document may be."""
        if self.size > MAX_DOCUMENT:
            raise ReadError(Reason.TOO_LARGE, f"{self.size} bytes; the limit is {MAX_DOCUMENT}")
        with self.open() as stream:
            try:
                data = stream.read(MAX_DOCUMENT + 1)
            except OSError as error:
                raise ReadError(Reason.UNREADABLE, error.strerror or str(error)) from error
        if len(data) > MAX_DOCUMENT:
            raise ReadError(Reason.TOO_LARGE, f"more than {MAX_DOCUMENT} bytes")
        return data

    def sha256(self) -> str | None:
        """The hash of the whole file, None if it cannot be read to the end; of a stream, that of its container."""
        try:
            with self.path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return None


def stored_text(decoded: str) -> str:
    """The text as it is stored (`normalise_text`), after the checks that it is one.

    Raises ReadError: empty (no letter or digit), not-text (NUL, control characters, half a surrogate pair, a
    heap of combining marks, on which Unicode normalisation takes quadratic time).
    """
    if not _WORD.search(decoded):
        raise ReadError(Reason.EMPTY, "no letter or digit")
    if "\x00" in decoded:
        raise ReadError(Reason.NOT_TEXT, f"NUL at character {decoded.index(chr(0))}")
    if _SURROGATE.search(decoded):
        raise ReadError(Reason.NOT_TEXT, "half of a surrogate pair")
    if (controls := len(_CONTROL.findall(decoded))) * 50 > len(decoded):
        raise ReadError(Reason.NOT_TEXT, f"{controls} control characters in {len(decoded)}")
    if heap := _MARKS.search(decoded):
        raise ReadError(Reason.NOT_TEXT, f"a heap of combining marks at character {heap.start()}")
    return normalise_text(decoded)
