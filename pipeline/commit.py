"""What comes of the tasks goes into the fact base, in the order of the archive: each input as one outcome.

One identifier and one text is stored once; the same identifier with another text is stored under `id@hash`, so that
nothing is lost. An input that gives what it gave before is left as it is.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import SKIPPED, Rejected, in_one_line
from extractors.facts import Facts
from outputs.factbase import FactBase, Outcome, RunReason
from outputs.factbase.names import text_sha256
from outputs.factbase.outcomes import Stage, Status
from outputs.factbase.restore import facts_of
from pipeline.batches import Entry, Update
from pipeline.ledger import Ledger, Listed
from pipeline.tasks import Failure, Result
from pipeline.versions import current, program

if TYPE_CHECKING:
    from pipeline.run import Report

_KINDS = {
    "date": "dates", "decree": "decrees", "official": "officials", "figure": "figures", "directive": "directives",
    "event": "events", "relation": "relations", "participant": "participants",
}


class Miscounted(AssertionError):
    """The ledger does not add up: an error of ours that must not pass in silence."""


class Commit:
    """Takes results and keeps them."""

    def __init__(self, base: FactBase, ledger: Ledger, report: Report) -> None:
        self._base = base
        self._ledger = ledger
        self._report = report
        self._stale = base.meta("assembled") != "yes"  # an earlier build may have stopped before it assembled
        self._met: set[str] = set()      # inputs that the file at hand has given so far
        self._extraction: dict[str, int] = {}
        self._done = 0                   # bytes of the files that are closed

    def known(self, file: Listed, result: Result) -> bool:
        """Whether a document just read is stored, with the facts that today's extractors find."""
        assert isinstance(result.found, Document)
        row = self._base.db.execute(
            "SELECT o.sha256, x.versions FROM outcome o JOIN document d ON d.id = o.document_id "
            "LEFT JOIN extraction x ON x.key = d.extraction WHERE o.input = ? AND o.file = ?",
            (_name(file, result), file.key),
        ).fetchone()
        return bool(row) and row["sha256"] == result.found.sha256 and row["versions"] == _said(current())

    def take(self, entries: Iterable[Entry], results: Sequence[Result]) -> None:
        """Keep what came of a batch; one transaction, so that a run that is killed leaves whole batches."""
        from pipeline.assemble import settle  # with its libraries it takes half a second to import

        of_task: dict[int, list[Result]] = defaultdict(list)
        for result in results:
            of_task[result.number].append(result)
        with self._base.transaction():
            for entry in entries:
                found = [entry.result] if entry.result else of_task[entry.task] if entry.task is not None else []
                if entry.update:
                    self._update(entry.update, found)
                elif entry.file:
                    for result in found:
                        self._take(entry.file, replace(result, reading=entry.reading or result.reading))
                    self._report.done = self._done + min(entry.position, entry.file.size)
                    if entry.ends:
                        self._close(entry.file)
            settle(self._base)

    def keep(self, size: int) -> None:
        """So many bytes are as they were."""
        self._done += size
        self._report.kept += size
        self._report.done = self._done

    def forget(self, file: int) -> int:
        """Take a file of an earlier build and all that came of it out of the fact base; how many inputs it gave."""
        inputs = self._ledger.inputs(file)
        with self._base.transaction():
            for name in sorted(inputs):
                self._remove_input(name)
            self._ledger.forget(file)
        return len(inputs)

    def make_stale(self) -> None:
        """What is assembled from the facts must be made anew."""
        if not self._stale:
            self._stale = True
            self._base.set_meta("assembled", "no")

    def _take(self, file: Listed, result: Result) -> None:
        name = self._free(_name(file, result))
        self._met.add(name)
        if isinstance(result.found, Document) and result.facts is None:
            return   # it was known
        before = self._ledger.outcome(name)
        outcome, document = self._outcome(file, name, result)
        if (before and before.document_id) or document:
            self.make_stale()
        if before and before.document_id and before.document_id != outcome.document_id:
            self._remove_document(before)  # the input changed: what it stated before goes
        if document and result.facts is not None:
            outcome = self._store(document, result.facts, outcome)
        else:
            self._base.record(outcome)
        self._report.count(outcome)

    def _store(self, document: Document, facts: Facts, outcome: Outcome) -> Outcome:
        """Facts that contradict their text or themselves are an error of ours, which costs this document alone."""
        versions = self._versions(current())
        try:
            with self._base.attempt():
                self._base.add(document, facts, outcome, versions)
        except (ValueError, sqlite3.IntegrityError) as error:
            failed = replace(
                outcome, status="failed", stage="commit", reason=RunReason.EXTRACTION_FAILED, detail=in_one_line(error),
                document_id=None,
            )
            self._base.record(failed)
            return failed
        return outcome

    def _free(self, name: str) -> str:
        """Two members of a container may have one name."""
        number, free = 1, name
        while free in self._met:
            number += 1
            free = f"{name} ({number})"
        return free

    def _outcome(self, file: Listed, name: str, result: Result) -> tuple[Outcome, Document | None]:
        """What becomes of an input, and the document that is to be stored for it."""
        found = result.found
        base = Outcome(
            input=name, path=file.item.name, status="failed", file=file.key, run=self._ledger.run,
            seconds=result.reading.seconds + result.extracting.seconds,
            memory=max(filter(None, (result.reading.memory, result.extracting.memory)), default=None),
        )
        if isinstance(found, Rejected) and found.reason in SKIPPED:
            return _with(base, found, status="skipped", stage="scan", reason=found.reason), None
        if isinstance(found, Rejected):
            return _with(base, found, stage="read", reason=found.reason, detail=found.detail), None
        if isinstance(found, Failure):
            outcome = _with(base, found.document, stage=found.stage, reason=found.reason, detail=found.detail)
            return replace(outcome, member=outcome.member or found.member), None
        owner = self._ledger.owner(found.id)
        if owner and owner.input != name:
            if self._text_of(found.id) == text_sha256(found.text):
                said = f"as {owner.input}"
                outcome = _with(
                    base, found, status="duplicate", stage="commit", reason=RunReason.SAME_DOCUMENT, detail=said
                )
                return replace(outcome, document_id=found.id), None
            found = replace(found, id=f"{found.id}@{found.sha256[:8]}")
        return replace(_with(base, found, status="done"), document_id=found.id), found

    def _close(self, file: Listed) -> None:
        """The whole file is kept; inputs that it no longer gives go."""
        assert file.key is not None
        for name in sorted(self._ledger.inputs(file.key) - self._met):
            self._remove_input(name)
        if (kept := len(self._ledger.inputs(file.key))) != len(self._met):
            raise Miscounted(f"{file.item.name}: {len(self._met)} inputs were met, and {kept} are in the ledger")
        self._ledger.close(file, file.sha256)
        self._met.clear()
        self._done += file.size
        self._report.done = self._done

    def _update(self, update: Update, results: Sequence[Result]) -> None:
        (result,) = results
        if not isinstance(result.found, Document) or result.facts is None:
            return   # it failed: what older extractors found stays, and the next run tries again
        known = facts_of(self._base.db, update.document)
        changed = _differing(known, result.facts)
        versions = self._versions({**current(), "reading": update.reading})
        if changed:
            self.make_stale()
        self._base.update(update.document, result.found, result.facts, changed, versions)
        self._report.again += 1

    def _versions(self, versions: dict[str, str]) -> int:
        said = _said(versions)
        if said not in self._extraction:
            self._base.db.execute(
                "INSERT INTO extraction (program, versions) VALUES (?, ?) "
                "ON CONFLICT (versions) DO UPDATE SET program = excluded.program", (program(), said),
            )
            row = self._base.db.execute("SELECT key FROM extraction WHERE versions = ?", (said,)).fetchone()
            self._extraction[said] = row["key"]
        return self._extraction[said]

    def _remove_input(self, name: str) -> None:
        outcome = self._ledger.outcome(name)
        if outcome:
            self.make_stale()
            if outcome.document_id:
                self._remove_document(outcome)
            self._base.db.execute("DELETE FROM outcome WHERE input = ?", (name,))

    def _remove_document(self, outcome: Outcome) -> None:
        """Take the document of an input out, unless it is that of another one."""
        assert outcome.document_id
        if outcome.reason != RunReason.SAME_DOCUMENT:
            self._ledger.release(outcome.document_id)
            self._base.remove(outcome.document_id)

    def _text_of(self, document_id: str) -> str | None:
        row = self._base.db.execute("SELECT text_sha256 FROM document WHERE id = ?", (document_id,)).fetchone()
        return row["text_sha256"] if row else None


def _name(file: Listed, result: Result) -> str:
    found = result.found
    member = found.member or (found.document.member if found.document else None) if isinstance(found, Failure) \
        else found.member
    return f"{file.item.name}#{member}" if member else file.item.name


def _with(
    outcome: Outcome,
    found: Document | Rejected | None,
    *,
    status: Status = "failed",
    stage: Stage | str | None = None,
    reason: str | None = None,
    detail: str | None = None,
) -> Outcome:
    outcome = replace(outcome, status=status, stage=stage, reason=reason, detail=detail)  # type: ignore[arg-type]
    if found is None:
        return outcome
    return replace(outcome, member=found.member, sha256=found.sha256, file_type=found.file_type)


def _differing(known: Facts, found: Facts) -> Collection[str]:
    return {kind for kind, name in _KINDS.items() if getattr(known, name) != getattr(found, name)}


def _said(versions: dict[str, str]) -> str:
    return json.dumps(versions, sort_keys=True)
