"""The fact base as the room reads it: a few threads, each with a read-only handle.

A file that was replaced is opened anew, one that is being built is read as it was when the request began, and a
question that takes too long is interrupted.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from outputs.errors import QuestionError
from outputs.factbase import FactBase, FactBaseError
from outputs.web.page import Refused

_STEPS = 100_000     # of SQLite's machine between two looks at the clock: about a millisecond
_CACHE = 16 * 1024   # KiB of pages that each handle keeps
WAIT = 5.0           # seconds that a handle waits for another program that has locked the file
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

Found = TypeVar("Found")


class Room:
    """A fact base for many readers at once."""

    def __init__(self, path: str | Path, *, seconds: float, threads: int) -> None:
        self.path = Path(path)
        self.seconds = seconds
        self._own = threading.local()
        self._closing = False
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="room")

    def check(self) -> None:
        """Raises FactBaseError if there is no usable fact base."""
        FactBase.open(self.path).close()

    def warm(self, work: Callable[[FactBase], object], seconds: float) -> None:
        """Do this in a thread of its own, with so much time: what the first reader would otherwise wait for."""
        def done() -> None:
            with suppress(FactBaseError, Refused, QuestionError, sqlite3.Error):   # readers are told, each by himself
                self.answer(work, seconds)

        threading.Thread(target=done, name="room-warm", daemon=True).start()

    def close(self) -> None:
        """Interrupt what is being warmed, wait for what is being answered, then end the threads."""
        self._closing = True
        self._threads.shutdown()

    async def read(self, work: Callable[[FactBase], Found]) -> Found:
        """What `work` finds, in a thread with a handle of its own and inside one read transaction.

        Raises FactBaseError, or Refused where the question takes too long or the file is locked.
        """
        return await get_running_loop().run_in_executor(self._threads, self.answer, work)

    def answer(self, work: Callable[[FactBase], Found], seconds: float | None = None) -> Found:
        """The same, in the thread that calls."""
        base = self._base()
        until = time.monotonic() + (self.seconds if seconds is None else seconds)
        warming = seconds is not None
        base.db.set_progress_handler(lambda: time.monotonic() > until or (warming and self._closing), _STEPS)
        try:
            base.db.execute(f"PRAGMA busy_timeout = {round(1000 * WAIT)}")
            base.db.execute("BEGIN")     # one state of the file for all that a page shows
            return work(base)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise Refused("too_slow", 503, seconds=round(self.seconds)) from error
            if error.sqlite_errorcode & 0xFF in _BUSY:
                raise Refused("busy", 503) from error
            raise
        except sqlite3.DatabaseError:
            self._leave()                # a damaged file, or one that was written over: look at it afresh next time
            raise
        finally:
            base.db.set_progress_handler(None, 0)
            with suppress(sqlite3.Error):
                base.db.rollback()

    def _base(self) -> FactBase:
        try:
            status = self.path.stat()
        except OSError as error:
            self._leave()
            raise FactBaseError(f"{self.path}: no such fact base; make one with `sulieu build INPUT -o {self.path}`") \
                from error
        found = (status.st_dev, status.st_ino)
        base: FactBase | None = getattr(self._own, "base", None)
        if base is None or self._own.file != found:
            self._leave()
            base = _opened(self.path)
            base.db.execute(f"PRAGMA cache_size = -{_CACHE}")
            self._own.base, self._own.file = base, found
        return base

    def _leave(self) -> None:
        base: FactBase | None = getattr(self._own, "base", None)
        self._own.base = None
        if base is not None:
            base.close()


def _opened(path: Path) -> FactBase:
    try:
        return FactBase.open(path)
    except FactBaseError as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF in _BUSY:
            raise Refused("busy", 503) from error
        raise
