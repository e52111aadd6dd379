"""Progress of a build on standard error: a live line on a terminal, one line every ten seconds elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.labels import figure, ledger
from pipeline.run import Report

_EVERY = 10.0  # seconds between lines where there is no terminal


class BuildProgress:
    """Call it with a Report after each input; a context manager that shows the last state at its end."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._began = self._shown = time.monotonic()
        self._live = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=self._console, transient=True, disable=not self._console.is_terminal,
        )
        self._task = self._live.add_task("đang đọc…", total=None)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def __call__(self, report: Report) -> None:
        """Show where the build stands."""
        if self._console.is_terminal:
            self._live.update(self._task, description=self.line(report))
        elif time.monotonic() - self._shown >= _EVERY:
            self._shown = time.monotonic()
            self._console.print(self.line(report), highlight=False, soft_wrap=True)

    def line(self, report: Report) -> str:
        """One line: inputs so far, by outcome, and how many a second."""
        seconds = max(time.monotonic() - self._began, 1e-3)
        new = report.found - report.unchanged
        return f"{summary(report)} · {new / seconds:.0f} tài liệu/giây"


def summary(report: Report) -> str:
    """The outcomes so far, with what was kept from an earlier build."""
    kept = f" ({figure(report.unchanged)} không đổi)" if report.unchanged else ""
    return f"{ledger(report.outcomes)}{kept}"
