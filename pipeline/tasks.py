"""What the processes of a run say to each other: tasks go to a worker, and come back as results.

All of it is plain data on the way (`extractors.plain`), so that the same goes through a pipe and over a network.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Document
from corpus.errors import Rejected
from corpus.plain import RECORDS, WORDS, Records
from corpus.scan import Item
from extractors.facts import Facts
from extractors.plain import FACTS, WORDS_OF_FACTS


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: read a file and extract from what it holds, or extract from a document that was read before.

    `number` is its place in the run. With `known` facts of an earlier extraction only the `stale` kinds are found
    again. A file that is to be `read` only gives documents without facts.
    """

    number: int
    item: Item | None = None
    document: Document | None = None
    known: Facts | None = None
    stale: tuple[str, ...] = ()
    only_read: bool = False
    skip: tuple[str, ...] = ()                # members of a container that are done
    avoided: tuple[tuple[str, int], ...] = () # records at fault: their file, and which of its results they are

    @property
    def size(self) -> int:
        """Bytes of the file or characters of the text: what its deadline is reckoned from."""
        if self.document:
            return len(self.document.text)
        if self.item and (self.item.url or self.item.skip):
            return self.item.size
        try:
            return self.item.path.stat().st_size if self.item else 0
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class Spent:
    """What a document took: seconds, and the most memory of the process while it was worked on, in bytes."""

    seconds: float = 0.0
    memory: int | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document or file on which a stage failed: why is a `RunReason` or `Reason`, and `detail`."""

    stage: str
    reason: str
    detail: str
    document: Document | None = None   # None where it failed before there was one
    member: str | None = None          # the place in a container, where the document is not known


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task, or of one document of a file: facts, a rejection or a failure."""

    number: int
    found: Document | Rejected | Failure
    facts: Facts | None = None
    position: int = 0          # bytes of its file that had been read by then
    reading: Spent = Spent()
    extracting: Spent = Spent()


_ours = Records((*RECORDS, *FACTS, Task, Spent, Failure, Result), (*WORDS, *WORDS_OF_FACTS))
plain, restored = _ours.plain, _ours.restored

