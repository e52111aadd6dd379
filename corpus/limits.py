"""Limits that keep a hostile container from filling memory, disk or the night.

A bomb is told by what comes out of it, never by the sizes that it states. Text deflates by 3 to 10, pages of
menus by 20, tables of blanks by 100; deflate's own maximum is 1,032, that of bzip2 and xz lies far above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from corpus.errors import ReadError, Reason, in_one_line
from corpus.tables import TableError

MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold. Sizes are bytes after inflating."""

    total: int = 64 * 1024 * MIB       # all members of a file, at every depth, together
    ratio: int = 200                   # inflated to stored
    free: int = 64 * MIB               # of one member, before the ratio counts
    free_total: int = 256 * MIB        # of a file, before the ratio counts
    depth: int = 5                     # containers in containers; compression counts as one
    members: int = 1_000_000
    results: int = 100_000             # of a file that has fewer bytes than results


LIMITS = Limits()


@dataclass(slots=True)
class Budget:
    """What has come out of one file so far. Every method raises ReadError(over-limit)."""

    stored: int = 0                    # bytes of the file
    limits: Limits = field(default_factory=lambda: LIMITS)
    inflated: int = 0
    members: int = 0
    results: int = 0                   # documents and rejections
    spent: bool = False                # a limit of the whole file was met: nothing more comes out of it
    opened: BinaryIO | None = None     # the file itself, as it was opened last
    forgiving: bool = False            # an error of ours costs what it arose on, see `kept_apart`
    avoided: frozenset[tuple[str, int]] = frozenset()         # records: their file, and which of its results they are
    given: Counter[str] = field(default_factory=Counter)      # results of each file of records so far, by its name

    def position(self) -> int:
        """Bytes of the file read so far, as far as that can be told."""
        try:
            return self.opened.tell() if self.opened else 0
        except ValueError:   # closed
            return self.stored

    def enter(self, depth: int) -> None:
        """Open a container that lies in `depth` others."""
        self._check()
        if depth >= self.limits.depth:
            raise ReadError(Reason.OVER_LIMIT, f"containers nested more than {self.limits.depth} deep")

    def member(self) -> None:
        """Count one member."""
        self._check()
        self.members += 1
        if self.members > self.limits.members:
            self._end(f"more than {self.limits.members} members")

    def result(self) -> None:
        """Count one document or rejection: a few bytes may inflate to a hundred million empty rows."""
        self._check()
        self.results += 1
        if self.results > max(self.limits.results, self.stored):
            self._end(f"more than {self.results - 1} results from {self.stored} bytes")

    def spend(self, amount: int, *, of: int, stored: int) -> None:
        """Count `amount` bytes more of a member that has now given `of` bytes from `stored` compressed ones."""
        self._check()
        self.inflated += amount
        limits = self.limits
        if self.inflated > limits.total:
            self._end(f"more than {limits.total} bytes inflated")
        if self.inflated > limits.free_total and self.inflated > limits.ratio * self.stored:
            self._end(f"{self.inflated} bytes from {self.stored}")
        if of > limits.free and of > limits.ratio * stored:
            raise ReadError(Reason.OVER_LIMIT, f"more than {of} bytes from {stored}")

    @contextmanager
    def kept_apart(self, records: str | None = None) -> Iterator[None]:
        """Around what is done with a member, or with the next of the `records` of the file of this name.

        An unforeseen error is a ReadError(reading-failed), if asked for, so that a run loses nothing but that record;
        everyone else sees the error as it is. A record that is avoided is rejected before anything is done with it.
        """
        if records and (records, self.given[records] + 1) in self.avoided:
            raise ReadError(Reason.READING_FAILED)   # `pipeline.reading` knows what it did
        try:
            yield
        except (ReadError, TableError, MemoryError):
            raise
        except Exception as error:
            if not self.forgiving:
                raise
            raise ReadError(Reason.READING_FAILED, in_one_line(error)) from error

    def _end(self, detail: str) -> None:
        self.spent = True
        raise ReadError(Reason.OVER_LIMIT, detail)

    def _check(self) -> None:
        if self.spent:
            raise ReadError(Reason.OVER_LIMIT, "a limit was met before this member")
