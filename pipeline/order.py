"""Batches are worked on side by side, and come back in the order in which they went.

So whatever is decided by who came first (which of two equal documents counts) is decided alike in every run, on one
core or on a hundred. What waits for its turn behind a slow file waits on disk.
"""

from __future__ import annotations

import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import BinaryIO

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
    with tempfile.TemporaryFile(prefix="sulieu-") as disk:
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


def _at_work(waiting: Iterable[_Waiting]) -> int:
    return sum(not one.done and one.stored is None for one in waiting)


def _wait(waiting: deque[_Waiting]) -> None:
    """Until the first of all is done, or another one is, so that there is room for more work."""
    if not waiting[0].done:
        wait([one.future for one in waiting if one.future and not one.done], return_when=FIRST_COMPLETED)


def _ready(waiting: deque[_Waiting], disk: BinaryIO) -> Iterator[tuple[list[Entry], list[Result]]]:
    while waiting and waiting[0].done:
        first = waiting.popleft()
        if first.stored:
            disk.seek(first.stored[0])
            yield first.entries, list(restored(pickle.loads(disk.read(first.stored[1]))))
        else:
            yield first.entries, first.future.result() if first.future else []
    if not waiting:
        disk.seek(0)
        disk.truncate()


def _put_aside(waiting: deque[_Waiting], disk: BinaryIO) -> None:
    """Write to disk what is done and will wait long."""
    for one in list(waiting)[_IN_MEMORY:]:
        if one.future and one.stored is None and one.done:
            data = pickle.dumps(plain(tuple(one.future.result())), pickle.HIGHEST_PROTOCOL)
            one.stored = (disk.seek(0, 2), len(data))
            disk.write(data)
            one.future = None
