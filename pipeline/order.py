"""Batches are worked on side by side, and come back in the order in which they went.

So whatever is decided by who came first (which of two equal documents counts) is decided alike in every run, on one
core or on a hundred. What waits for its turn behind a slow file waits on disk.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from outputs.factbase import FactBaseError
from pipeline.batches import Batch, Entry
from pipeline.tasks import Result, Task, plain, restored

_IN_MEMORY = 16   # batches that wait for their turn in memory


@dataclass(slots=True)
class _Waiting:
    entries: list[Entry]
    future: Future[list[Result]] | None
    stored: tuple[int, int] | None = None   # where in the file, and how many bytes

    @property
    def done(self) -> bool:
        return self.future is None or self.future.done()


def in_order(
    batches: Iterable[Batch], submit: Callable[[list[Task]], Future[list[Result]]], slots: int
) -> Iterator[tuple[list[Entry], list[Result]]]:
    """The entries of each batch with the results of its tasks, `slots` batches at work at a time and as many waiting.

    Raises whatever a task raises.
    """
    waiting: deque[_Waiting] = deque()
    with closing(_Disk()) as disk:
        for batch in batches:
            future = submit(batch.tasks) if batch.tasks else None
            waiting.append(_Waiting(batch.entries, future))
            while waiting and (waiting[0].done or _at_work(waiting) >= 2 * slots):
                _wait(waiting)
                yield from _ready(waiting, disk)
            _put_aside(waiting, disk)
        while waiting:
            _wait(waiting)
            yield from _ready(waiting, disk)


class _Disk:
    """A temporary file for plain data. Raises FactBaseError where there is no room for it."""

    def __init__(self) -> None:
        with _told():
            self._file = tempfile.TemporaryFile(prefix="sulieu-")  # noqa: SIM115 - closed by close

    def put(self, value: Any) -> tuple[int, int]:
        """Where in the file it is kept, and its length in bytes."""
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        with _told():
            place = self._file.seek(0, os.SEEK_END)
            self._file.write(data)
            self._file.flush()
        return place, len(data)

    def get(self, place: int, size: int) -> Any:
        """What was put there."""
        self._file.seek(place)
        return pickle.loads(self._file.read(size))

    def clear(self) -> None:
        """Nothing in it is needed any more."""
        self._file.seek(0)
        self._file.truncate()

    def close(self) -> None:
        """Remove the file."""
        with suppress(OSError):   # what could not be written is lost with the rest
            self._file.close()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FactBaseError(
            f"the folder for temporary files is full or cannot be written ({error.strerror}); make room, or name "
            "another in TMPDIR, and run the same command again"
        ) from error


def _at_work(waiting: Iterable[_Waiting]) -> int:
    return sum(not one.done and one.stored is None for one in waiting)


def _wait(waiting: deque[_Waiting]) -> None:
    """Until the first of all is done, or another one is, so that there is room for more work."""
    if not waiting[0].done:
        wait([one.future for one in waiting if one.future and not one.done], return_when=FIRST_COMPLETED)


def _ready(waiting: deque[_Waiting], disk: _Disk) -> Iterator[tuple[list[Entry], list[Result]]]:
    while waiting and waiting[0].done:
        first = waiting.popleft()
        if first.stored:
            yield first.entries, list(restored(disk.get(*first.stored)))
        else:
            yield first.entries, first.future.result() if first.future else []
    if not waiting:
        disk.clear()


def _put_aside(waiting: deque[_Waiting], disk: _Disk) -> None:
    """Write to disk what is done and will wait long."""
    for one in list(waiting)[_IN_MEMORY:]:
        if one.future and one.stored is None and one.done:
            one.stored = disk.put(plain(tuple(one.future.result())))
            one.future = None
