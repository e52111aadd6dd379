"""The run: scan, read, extract, commit, assemble. Every input ends as a row in `outcome`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus.document import Document
from corpus.errors import InputNotFound, Rejected
from corpus.read import read
from corpus.scan import Item, scan
from extractors.extract import extract
from extractors.facts import Facts
from extractors.lexicon import LexiconError
from outputs.factbase import FactBase, Outcome, RunReason
from outputs.factbase.names import text_sha256
from outputs.factbase.outcomes import Status
from pipeline.assemble import assemble


@dataclass(slots=True)
class Report:
    """What a build did: outcomes by status, and how much of it was new."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0    # of the outcomes: kept from an earlier build

    @property
    def found(self) -> int:
        """Inputs met: the sum of all outcomes."""
        return self.outcomes.total()

    def count(self, outcome: Outcome, *, unchanged: bool = False) -> None:
        """Add one outcome."""
        self.outcomes[outcome.status] += 1
        self.unchanged += unchanged
        if outcome.reason:
            self.reasons[outcome.reason] += 1


@cache
def rules_version() -> str:
    """A hash of the readers, rules and tables: documents are extracted anew when it changes."""
    digest = hashlib.sha256()
    for package in ("corpus", "extractors"):
        for path in sorted(_sources(files(package)), key=str):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in ("__pycache__", "samples"):
            yield from _sources(entry)
        elif entry.name.endswith((".py", ".tsv", ".yaml")):
            yield entry


def build(
    inputs: Iterable[Path],
    target: Path,
    *,
    progress: Callable[[Report], None] = lambda report: None,
    prune: bool = False,
) -> Report:
    """Read every input into the fact base at `target` and assemble it; what is unchanged is not redone.

    Inputs of earlier builds that are not among these stay, so that archives can be added one after another; with
    `prune` they are forgotten, and their facts with them.

    Raises InputNotFound if an input is not there, FactBaseError if the target cannot be written.
    """
    inputs = list(inputs)
    for path in inputs:
        if not path.exists():
            raise InputNotFound(f"{path}: no such file or folder")
    with FactBase.create(target) as base:
        return _Build(base, progress).run(scan(inputs), prune=prune)


class _Build:
    """One build: the outcomes known from before, and the identifiers taken so far."""

    def __init__(self, base: FactBase, progress: Callable[[Report], None]) -> None:
        self.base = base
        self.progress = progress
        self.report = Report()
        self.before = base.outcomes()
        self.owner = {outcome.document_id: name for name, outcome in self.before.items() if outcome.document_id}
        self.rules = rules_version()
        self.met: set[str] = set()
        self.stale = base.meta("assembled") != "yes"  # an earlier build may have stopped before it assembled

    def run(self, items: Iterable[Item], *, prune: bool) -> Report:
        for item in items:
            for result in read(item):
                self._take(result)
                self.progress(self.report)
        if prune:
            self._forget(self.before.keys() - self.met)
        if self.stale:
            assemble(self.base)
            self.base.set_meta("assembled", "yes")
        return self.report

    def _forget(self, gone: Iterable[str]) -> None:
        for name in gone:
            self._make_stale()
            self.base.forget(name)

    def _make_stale(self) -> None:
        if not self.stale:
            self.stale = True
            self.base.set_meta("assembled", "no")

    def _take(self, result: Document | Rejected) -> None:
        name = f"{result.path}#{result.member}" if result.member else result.path
        self.met.add(name)
        before = self.before.get(name)
        if before and before.rules == self.rules and before.sha256 == result.sha256:
            self.report.count(before, unchanged=True)
            return
        self._make_stale()
        if isinstance(result, Rejected):
            outcome = self._outcome(name, result, "failed", result.reason, result.detail)
            self.base.record(outcome)
        else:
            outcome = self._keep(name, result)
        if before and before.document_id and before.document_id != outcome.document_id:
            self.base.remove(before.document_id)  # the input changed: what it stated before goes
        self.report.count(outcome)

    def _keep(self, name: str, document: Document) -> Outcome:
        """Extract and store a document, under another identifier if its own is taken by another input."""
        taken = self.owner.get(document.id)
        if taken not in (None, name):
            if self._text_of(document.id) == text_sha256(document.text):
                outcome = self._outcome(name, document, "duplicate", RunReason.SAME_DOCUMENT, f"as {taken}")
                self.base.record(outcome)
                return outcome
            document = _renamed(document)
        try:
            facts = extract(document)
        except LexiconError:
            raise
        except Exception as error:  # noqa: BLE001 - one document must not stop the archive; the reason is kept
            detail = f"{type(error).__name__}: {error}"
            outcome = self._outcome(name, document, "failed", RunReason.EXTRACTION_FAILED, detail)
            self.base.record(outcome)
            return outcome
        return self._store(name, document, facts)

    def _store(self, name: str, document: Document, facts: Facts) -> Outcome:
        copy = self._copy_of(document)
        if copy:
            outcome = self._outcome(name, document, "duplicate", RunReason.SAME_TEXT, f"as {copy}")
        else:
            outcome = self._outcome(name, document, "done")
        self.base.add(document, facts, outcome)
        self.owner[document.id] = name
        return outcome

    def _copy_of(self, document: Document) -> str | None:
        """The first document stored with the same text; the copy is kept too, but is no new source."""
        row = self.base.db.execute(
            "SELECT d.id FROM document d JOIN outcome o ON o.document_id = d.id "
            "WHERE d.text_sha256 = ? AND d.id <> ? AND o.status = 'done' ORDER BY d.id LIMIT 1",
            (text_sha256(document.text), document.id),
        ).fetchone()
        return row["id"] if row else None

    def _text_of(self, document_id: str) -> str | None:
        row = self.base.db.execute("SELECT text_sha256 FROM document WHERE id = ?", (document_id,)).fetchone()
        return row["text_sha256"] if row else None

    def _outcome(
        self,
        name: str,
        result: Document | Rejected,
        status: Status,
        reason: str | None = None,
        detail: str | None = None,
    ) -> Outcome:
        document_id = result.id if isinstance(result, Document) and status != "failed" else None
        return Outcome(
            input=name, path=result.path, member=result.member, status=status, reason=reason, detail=detail,
            sha256=result.sha256, document_id=document_id, rules=self.rules, file_type=result.file_type,
        )


def _renamed(document: Document) -> Document:
    return replace(document, id=f"{document.id}@{document.sha256[:8]}")
