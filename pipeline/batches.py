"""From the files of an archive to batches of tasks.

Small files go many to a batch and are read and extracted from by one process. A container, or a large file of records,
is read in a process of its own while its documents are extracted from in batches by all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.document import Document
from corpus.read import skipped
from pipeline.ledger import Listed
from pipeline.tasks import Result, Spent, Task

MOST_TASKS = 32                  # of a batch
MOST_BYTES = 256 * 1024          # of the files of a batch, or characters of its documents
STREAMED = 64 * 1024             # bytes of a file of these types from which on it is read apart from extracting
_OF_MANY = frozenset({            # by name alone: a container that is called otherwise is worked on by one process
    ".7z", ".bz2", ".csv", ".gz", ".json", ".jsonl", ".mbox", ".ndjson", ".parquet", ".rar", ".tar", ".tbz2", ".tgz",
    ".tsv", ".txz", ".warc", ".xz", ".zip", ".zst",
})


@dataclass(frozen=True, slots=True)
class Update:
    """A stored document of which some kinds of fact are found again: its key, and the version it was read by."""

    document: int
    reading: str


@dataclass(slots=True)
class Entry:
    """A step of a batch: a task whose results are kept, or a result that is there already; the end of its file."""

    file: Listed | None              # None for an update
    task: int | None = None          # number of the task in its batch
    result: Result | None = None
    reading: Spent | None = None     # what it took to read the document of the task, where that was done before
    position: int = 0                # bytes of its file that had been read by then
    ends: bool = False
    update: Update | None = None


@dataclass(slots=True)
class Batch:
    """Tasks for one process, and the steps in which what comes of them is kept."""

    tasks: list[Task] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    size: int = 0

    @property
    def full(self) -> bool:
        """Whether another task should go into another batch."""
        return len(self.tasks) >= MOST_TASKS or self.size >= MOST_BYTES or len(self.entries) >= 4 * MOST_TASKS

    def add(self, file: Listed | None, task: Task, *, ends: bool) -> None:
        """Add a task; `ends` if it is the last of its file."""
        number = len(self.tasks)
        self.tasks.append(replace(task, number=number))
        self.entries.append(Entry(file, task=number, ends=ends))
        self.size += task.size


def batches(
    files: Iterable[Listed],
    stream: Callable[[Task], Iterator[Result]],
    known: Callable[[Listed, Result], bool],
) -> Iterator[Batch]:
    """Every file as tasks, in order. `known` tells of a document just read whether its facts are there already."""
    batch = Batch()
    for file in files:
        if file.item.skip:
            batch.entries.append(Entry(file, result=Result(0, skipped(file.item)), ends=True))
            if batch.full:
                yield batch
                batch = Batch()
            continue
        task = Task(0, item=file.item)
        if task.size < STREAMED or file.item.path.suffix.lower() not in _OF_MANY:
            if batch.tasks and batch.size + task.size > MOST_BYTES:
                yield batch
                batch = Batch()
            batch.add(file, task, ends=True)
        else:
            for result in stream(task):
                if isinstance(result.found, Document) and not known(file, result):
                    batch.add(file, Task(0, document=result.found), ends=False)
                    batch.entries[-1].reading = result.reading
                    batch.entries[-1].position = result.position
                else:
                    batch.entries.append(Entry(file, result=result, position=result.position))
                if batch.full:
                    yield batch
                    batch = Batch()
            batch.entries.append(Entry(file, ends=True))
        if batch.full:
            yield batch
            batch = Batch()
    if batch.entries:
        yield batch
