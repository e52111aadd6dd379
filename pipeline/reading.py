"""How far a file of many documents has been read, and what in it is to blame when a process ends over it.

The member or record at which two processes ended has failed; what was read before it counts, and a new process goes on
behind it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from outputs.factbase.outcomes import RunReason
from pipeline.tasks import Failure, Result, Task, restored

_VERDICTS: dict[Reason, RunReason | Reason] = {
    Reason.TIMEOUT: RunReason.HUNG, Reason.TOO_LARGE: RunReason.OUT_OF_MEMORY, Reason.DAMAGED: RunReason.CRASHED,
    Reason.KILLED: Reason.KILLED,
}


class Ended(Exception):
    """The process of the work has ended, and why."""

    def __init__(self, error: ReadError) -> None:
        super().__init__(str(error))
        self.error = error

    def failure(self, stage: str, *, document: Document | None = None, member: str | None = None) -> Failure:
        reason = _VERDICTS.get(self.error.reason, RunReason.CRASHED)
        return Failure(stage, reason.value, self.error.detail, document, member)


class Reading:
    """A file that is read, in as many processes as it takes. `over` when nothing more can come of it."""

    def __init__(self, task: Task, *, again: bool) -> None:
        assert task.item is not None
        self.over = False
        self._task = task
        self._top = task.item.name
        self._left = set(task.skip)                             # members that are done, or at fault
        self._avoided: dict[tuple[str, int], Failure] = {}      # records at fault
        self._tried = {(self._top, 0)} if again else set()      # who has ended a process once
        self._seen: Counter[str] = Counter()                    # results of each file or member
        self._begin()

    def _begin(self) -> None:
        self._at = [self._top]                 # the file, the member in it, the member in that
        self._met: Counter[str] = Counter()    # as `_seen`, of the process at work
        self._of_records: set[str] = set()

    def rest(self) -> Task:
        """What a new process is to do."""
        self._begin()
        return replace(
            self._task, only_read=True, skip=tuple(sorted(self._left)), avoided=tuple(sorted(self._avoided))
        )

    def take(self, kind: str, said: Any) -> Result | None:
        """A step of the work; its result, if it is one and new."""
        place = self._at[-1]
        if kind == "entered" and said != place:
            self._at.append(said)
        elif kind == "records":
            self._of_records.add(said)
        elif kind == "left" and len(self._at) > 1 and said == place:   # one compressed ends twice
            self._left.add(self._at.pop())
            self._forget(place)
        elif kind in ("read", "failed"):
            self._met[place] += 1
            if self._met[place] > self._seen[place]:
                self._seen[place] += 1
                return self._result(place, restored(said))
        return None

    def _result(self, place: str, found: Result | Failure) -> Result:
        if isinstance(found, Failure):
            return Result(self._task.number, found)
        fault = self._avoided.get((place, self._met[place]))
        if fault and isinstance(found.found, Rejected):
            return replace(found, found=replace(fault, member=found.found.member))
        return found

    def blame(self, ended: Ended) -> Result | None:
        """Who was at work when the process ended: it is tried once more, then has failed."""
        place = self._at[-1]
        who = place, self._met[place] + 1 if place in self._of_records else 0
        if who not in self._tried:
            self._tried.add(who)
            return None
        if who[1] and who not in self._avoided:
            self._avoided[who] = ended.failure("read")
            return None
        member = place.removeprefix(f"{self._top}#") if len(self._at) > 1 else None
        self.over = member is None
        self._left.add(place)
        self._forget(place)
        return Result(self._task.number, ended.failure("read", member=member))

    def _forget(self, place: str) -> None:
        """Counts of a member that is read no more: there may be a million of them."""
        self._of_records.discard(place)
        for counts in (self._seen, self._met):
            counts.pop(place, None)
