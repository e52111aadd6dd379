"""The work of a run, done in a process of its own: tasks go in, and word of every step comes out as it is made.

What comes out are pairs and triples of plain data, so that whoever waits knows what the process was at when it
crashed, hung or filled its memory, and has everything that was done before:

    ("begun", number)                 a task
    ("entered", place), ("left", place)   a file, or a member of a container
    ("records", place)                one that holds records
    ("read", result)                  a document without its facts, or a rejection
    ("facts", facts, spent)           those of the document just read
    ("failed", failure)               an error of ours on this document
    ("ended", number)
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.errors import Reason, in_one_line
from corpus.limits import Budget
from corpus.read import Passage, walk
from extractors.extract import KINDS, extract
from extractors.lexicon import LexiconError
from outputs.factbase.outcomes import RunReason
from pipeline.tasks import Failure, Result, Spent, Task, plain, restored

_RESET = Path("/proc/self/clear_refs")   # `5` resets the peak of the memory in use (proc(5))
_STATUS = Path("/proc/self/status")


def work(tasks: Any) -> Iterator[tuple[Any, ...]]:
    """Do each task in turn; see the head of this module for what is yielded."""
    for task in restored(tasks):
        yield "begun", task.number
        yield from _document(task) if task.document else _file(task)
        yield "ended", task.number


def _file(task: Task) -> Iterator[tuple[Any, ...]]:
    assert task.item is not None
    meter = Meter()
    budget = Budget(forgiving=True, avoided=frozenset(task.avoided))
    results = walk(task.item, frozenset(task.skip), budget)
    while True:
        try:
            found = next(results, None)
        except (LexiconError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - one file must not stop the archive; the reason is kept
            yield "failed", plain(Failure("read", Reason.READING_FAILED.value, in_one_line(error)))
            return
        if found is None:
            return
        if isinstance(found, Passage):
            yield found.step, found.name
            continue
        yield "read", plain(Result(task.number, found, position=budget.position(), reading=meter.spent()))
        if isinstance(found, Document) and not task.only_read:
            yield _extracted(found, task)
        meter = Meter()


def _document(task: Task) -> Iterator[tuple[Any, ...]]:
    assert task.document is not None
    yield _extracted(task.document, task)


def _extracted(document: Document, task: Task) -> tuple[Any, ...]:
    meter = Meter()
    try:
        facts = extract(document, task.known, task.stale if task.known else KINDS)
    except (LexiconError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - one document must not stop the archive; the reason is kept
        return "failed", plain(Failure("extract", RunReason.EXTRACTION_FAILED.value, in_one_line(error)))
    return "facts", plain(facts), plain(meter.spent())


class Meter:
    """Time and memory from its making on."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        try:
            with _RESET.open("w") as stream:
                stream.write("5")
        except OSError:   # not Linux: no peak for each document
            self._resets = False
        else:
            self._resets = True

    def spent(self) -> Spent:
        """What was used until now."""
        return Spent(time.perf_counter() - self._begun, self._peak())

    def _peak(self) -> int | None:
        if not self._resets:
            return None
        status = os.fsdecode(_STATUS.read_bytes())
        _, _, peak = status.partition("VmHWM:")
        return int(peak.split()[0]) * 1024
