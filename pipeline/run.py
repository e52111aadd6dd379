"""The run: scan, read, extract, commit, assemble. Every input ends as a row in `outcome`."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from outputs.factbase import FactBase, Outcome
from outputs.review import Reviews
from pipeline.batches import Batch, batches
from pipeline.cell import Limits
from pipeline.commit import Commit, Miscounted
from pipeline.ledger import Ledger, Listed
from pipeline.lock import alone
from pipeline.order import in_order
from pipeline.places import Place, own_files, place, still_there
from pipeline.reviews import changed_reviews
from pipeline.signatures import sha256_of
from pipeline.stale import stale_batches
from pipeline.versions import assembly_version, program, reading_version, tools
from pipeline.workers import Workers, workers


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is to be done. `jobs` processes; 0: no process of its own, for tests and for debugging."""

    jobs: int = field(default_factory=usable_cores)
    limits: Limits = field(default_factory=Limits)
    cluster: str | None = None            # address of a dask scheduler
    prune: bool = False                   # forget inputs of earlier builds that are not among these
    retry: bool = False                   # only what failed before,
    reasons: tuple[str, ...] = ()         # for these reasons, if any are given


@dataclass(slots=True)
class Report:
    """What a build has done so far: outcomes by status and reason, and how far it is."""

    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0        # of the outcomes: kept from an earlier build
    retired: int = 0          # inputs of earlier builds that are gone
    again: int = 0            # documents of earlier builds that changed extractors worked on again
    total: int = 0            # bytes of all files met
    done: int = 0             # bytes that are done or unchanged,
    kept: int = 0             # and those of them that were unchanged
    doing: str = "scan"       # scan, read, extract, assemble
    seconds: float = 0.0

    @property
    def found(self) -> int:
        """Inputs met: the sum of all outcomes."""
        return self.outcomes.total()

    def count(self, outcome: Outcome) -> None:
        """Add one outcome."""
        self.outcomes[outcome.status] += 1
        if outcome.reason:
            self.reasons[outcome.reason] += 1


Progress = Callable[[Report], None]


def build(
    inputs: Iterable[Path | str],
    target: Path,
    *,
    progress: Progress = lambda report: None,
    options: Options | None = None,
) -> Report:
    """Read every input into the fact base at `target` and assemble it; what is unchanged is not redone.

    A file that is gone from a folder among the inputs takes its facts with it. Inputs of earlier builds that are not
    among these stay, so that archives can be added one after another, unless `prune` is asked for. With `retry` only
    files of which something failed are read again; without inputs, those of all earlier builds.

    Raises InputNotFound if an input is not there; FactBaseError if the target cannot be written, or another build is
    at work on it; ReviewError if what researchers said of its facts cannot be read.
    """
    options = options or Options()
    given = [place(one) for one in inputs]
    own = own_files(target)
    with alone(target), FactBase.create(target) as base:
        Reviews.beside(base)   # decisions that cannot be read are told before anything is done
        return _Build(base, options, progress, own).run(given)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class _Build:
    """One build: what is to be done, who does it, and what has come of it."""

    def __init__(
        self, base: FactBase, options: Options, progress: Progress, own: frozenset[Path] = frozenset()
    ) -> None:
        self.base = base
        self.own = own
        self.options = options
        self.report = Report()
        self.progress = progress
        self.ledger = Ledger(base, reading=reading_version(), program=program())
        self.commit = Commit(base, self.ledger, self.report)
        self.stopping = threading.Event()

    def _said_options(self) -> dict[str, object]:
        """The options as they are kept in the fact base."""
        one = self.options
        return {
            "jobs": one.jobs, "seconds": one.limits.seconds, "memory": one.limits.memory, "cluster": one.cluster,
            "prune": one.prune, "retry": one.retry, "reasons": list(one.reasons),
        }

    def run(self, given: list[Place]) -> Report:
        begun = perf_counter()
        if self.options.retry and not given:
            given = still_there(self.ledger.roots())
        self.ledger.begin(_now(), [one.said for one in given], self._said_options(), tools())
        for one in given:
            self.ledger.meet(one.root, one.items(self.own))
        if self.options.retry:
            self.ledger.only_known()
        self.report.total = self.ledger.total()[1]
        with workers(self.options.jobs, self.options.limits, self.options.cluster, self.stopping) as who:
            self._do(batches(self._files(), who.stream, self.commit.known), who)
            if not self.options.retry:
                self._retire(given)
                self._do(batches(self._opened(self.ledger.released()), who.stream, self.commit.known), who)
            self.report.doing, self.report.done = "extract", self.report.total
            self._do(stale_batches(self.base), who)
        return self._finish(begun)

    def _files(self) -> Iterator[Listed]:
        """The files to be read, each with its row in the ledger."""
        self.report.doing = "read"
        if self.options.retry:
            self.report.total = sum(file.size for file in self.ledger.with_failures(self.options.reasons))
            yield from self._opened(self.ledger.with_failures(self.options.reasons))
            return
        self.commit.keep(self.report.total - self.ledger.changed_bytes())
        for file in self.ledger.changed():
            if self.ledger.same_bytes(file):
                self.commit.keep(file.size)
            else:
                yield from self._opened([file])

    def _opened(self, files: Iterable[Listed]) -> Iterator[Listed]:
        for file in files:
            yield replace(self.ledger.open(file), sha256=sha256_of(file.item))

    def _do(self, todo: Iterable[Batch], who: Workers) -> None:
        for entries, results in in_order(todo, who.submit, who.slots):
            self.commit.take(entries, results)
            self.progress(self.report)

    def _retire(self, given: list[Place]) -> None:
        gone = self.ledger.gone([place.root for place in given if place.whole])
        if self.options.prune:
            gone = self.ledger.gone(None)
        for file in gone:
            self.report.retired += self.commit.forget(file)

    def _finish(self, begun: float) -> Report:
        report = self.report
        if self.ledger.mark_copies():
            self.commit.make_stale()
        if self.base.meta("assembly") != assembly_version():   # by another program, or never
            self.commit.make_stale()
        if changed_reviews(self.base):
            self.commit.make_stale()
        if self.base.meta("assembled") != "yes":
            report.doing = "assemble"
            self.progress(report)
            from pipeline.assemble import assemble  # with its libraries it takes half a second to import

            assemble(self.base, beside=self.options.jobs > 1)
            self.base.set_meta("assembled", "yes")
        self._count()
        report.seconds = perf_counter() - begun
        self.ledger.end(
            _now(), found=report.found, unchanged=report.unchanged, retired=report.retired,
            outcomes=dict(report.outcomes), seconds=report.seconds, memory=_peak(),
        )
        return report

    def _count(self) -> None:
        """Outcomes as the ledger has them. Raises Miscounted where that is not every input that was met."""
        report, worked_on = self.report, self.report.found
        report.outcomes = Counter(self.ledger.counts())
        report.reasons = Counter(self.ledger.reasons())
        report.unchanged = report.found - worked_on
        if (missing := self.ledger.unaccounted()) or report.unchanged < 0:
            raise Miscounted(f"{report.found} outcomes, {worked_on} of them new; {missing} files have none")


def _peak() -> int | None:
    try:
        import resource
        import sys
    except ImportError:   # not POSIX
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
