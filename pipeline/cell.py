"""A cell does tasks in a worker process and outlives whatever happens there.

A process that crashes, hangs or fills its memory ends alone. What it had done counts; the document it was at is tried
once more in a fresh process by itself, since another may have been at fault, and has failed if that ends too. All
other documents of its batch go on. So N tasks in are N tasks out, whatever is in them.

The same cell serves on one machine, where a run has one for each core, and inside the workers of a cluster.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.document import Document
from corpus.errors import ReadError, Reason
from corpus.isolated import Isolated
from pipeline.errors import RunError
from pipeline.reading import Ended, Reading
from pipeline.tasks import Failure, Result, Spent, Task, plain, restored


class Stopped(Exception):
    """The run is being stopped: what a process was at when it was ended says nothing about it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take before its process is ended, and what does the work there."""

    seconds: float = 300.0          # without a sign of life,
    speed: float = 20_000.0         # and a second more for so many bytes of the file or characters of the text
    memory: int = 2 * 1024**3       # bytes of address space of a process
    work: str = "pipeline.work:work"

    def of(self, tasks: Sequence[Task]) -> float:
        """Seconds that these tasks may be silent."""
        return self.seconds + max(task.size for task in tasks) / self.speed


class Cell:
    """Does tasks, one batch after the other; `isolated` False does them here, for tests and for debugging."""

    def __init__(self, limits: Limits, *, isolated: bool = True, stopping: threading.Event | None = None) -> None:
        self._limits = limits
        self._isolated = isolated
        self._stopping = stopping or threading.Event()

    def run(self, tasks: Sequence[Task]) -> list[Result]:
        """All that comes of the tasks, in their order.

        Raises RunError where no process can be started, RuntimeError for a broken table of ours.
        """
        done: dict[int, list[Result]] = {}
        rest = list(tasks)
        while rest:
            fault = self._attempt(rest, done)
            rest = [task for task in rest if task.number not in done]
            if fault is None:
                continue
            task = next(task for task in rest if task.number == fault.number)
            done[task.number] = list(self._alone(task))
            rest.remove(task)
        return [result for task in tasks for result in done[task.number]]

    def stream(self, task: Task, *, again: bool = False) -> Iterator[Result]:
        """The documents of a file, without facts, as they are read; reading goes on behind what is at fault.

        `again` if the file has ended a process before.
        """
        reading = Reading(task, again=again)
        while not reading.over:
            try:
                for kind, *said in self._steps([reading.rest()]):
                    if found := reading.take(kind, said[0]):
                        yield found
                return
            except Ended as ended:
                if fault := reading.blame(ended):
                    yield fault

    def _attempt(self, tasks: Sequence[Task], done: dict[int, list[Result]]) -> _Fault | None:
        """Do tasks until one ends the process; which one, None if all are done."""
        results: list[Result] = []
        number = tasks[0].number
        waiting: Result | None = None
        try:
            for kind, *said in self._steps(tasks):
                match kind:
                    case "begun":
                        number, results, waiting = said[0], [], None
                    case "read":
                        if waiting:
                            results.append(waiting)
                        waiting = restored(said[0])
                    case "facts":
                        results.append(_with_facts(waiting, tasks, number, *map(restored, said)))
                        waiting = None
                    case "failed":
                        results.append(_failed(waiting, tasks, number, restored(said[0])))
                        waiting = None
                    case "ended":
                        done[number] = [*results, waiting] if waiting else results
        except Ended as ended:
            return _Fault(number, ended)
        return None

    def _alone(self, task: Task) -> Iterator[Result]:
        """The same with care: a file is read first, then each document is worked on by itself if it must be."""
        if task.document:
            yield from self._once_more(task)
            return
        read = list(self.stream(task, again=True))
        documents = [
            replace(task, number=place, item=None, document=result.found)
            for place, result in enumerate(read) if isinstance(result.found, Document) and not task.only_read
        ]
        done: dict[int, list[Result]] = {}
        if len(documents) == 1:   # it was at fault before
            done = {one.number: list(self._once_more(one)) for one in documents}
        rest = [one for one in documents if one.number not in done]
        while rest:
            fault = self._attempt(rest, done)
            rest = [one for one in rest if one.number not in done]
            if fault:
                done[fault.number] = list(self._once_more(next(one for one in rest if one.number == fault.number)))
                rest = [one for one in rest if one.number != fault.number]
        for place, result in enumerate(read):
            for found in done.get(place, [result]):
                yield replace(found, number=task.number, reading=result.reading)

    def _once_more(self, task: Task) -> Iterator[Result]:
        done: dict[int, list[Result]] = {}
        fault = self._attempt([task], done)
        yield from done[task.number] if fault is None else [
            Result(task.number, fault.ended.failure("extract", document=task.document))
        ]

    def _steps(self, tasks: Sequence[Task]) -> Iterator[tuple[Any, ...]]:
        """What the work says. Raises Ended where its process ended, Stopped where we did that."""
        if not self._isolated:
            from pipeline.work import work

            yield from work(plain(tuple(tasks)))
            return
        if self._stopping.is_set():
            raise Stopped
        call = Isolated(self._limits.work, seconds=self._limits.of(tasks), memory=self._limits.memory)
        try:
            yield from call.each(plain(tuple(tasks)))
        except ReadError as error:
            if self._stopping.is_set():
                raise Stopped from error
            if error.reason == Reason.MISSING_PROGRAM:   # no process could be started: no document is at fault
                raise RunError(
                    f"no process can be started ({error.detail}); make room for it and run the same command again"
                ) from error
            raise Ended(error) from error


@dataclass(frozen=True, slots=True)
class _Fault:
    number: int
    ended: Ended


def _of(tasks: Sequence[Task], number: int) -> Document | None:
    return next(task.document for task in tasks if task.number == number)


def _with_facts(read: Result | None, tasks: Sequence[Task], number: int, facts: Any, spent: Any) -> Result:
    if read:
        return replace(read, facts=facts, extracting=spent)
    document = _of(tasks, number)
    assert document is not None
    return Result(number, document, facts, extracting=spent)


def _failed(read: Result | None, tasks: Sequence[Task], number: int, failure: Failure) -> Result:
    document = read.found if read and isinstance(read.found, Document) else _of(tasks, number)
    return Result(number, replace(failure, document=document), reading=read.reading if read else Spent())
