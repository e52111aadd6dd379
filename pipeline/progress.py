"""Progress of a build on standard error: a live bar on a terminal, one line every ten seconds elsewhere.

With `as_json` each of these lines is a JSON object, and the last one is the report of the whole run.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.labels import DOING, figure, ledger
from pipeline.run import Report

_EVERY = 10.0    # seconds between lines where there is no terminal
_SHOWN = 3       # reasons of failures in a line


class BuildProgress:
    """Call it with a Report after each batch; a context manager that shows the last state at its end."""

    def __init__(self, *, as_json: bool = False, now: Callable[[], float] = time.monotonic) -> None:
        self._as_json = as_json
        self._console = Console(stderr=True)
        self._now = now
        self._began = self._shown = now()
        self._live = Progress(
            SpinnerColumn(), BarColumn(bar_width=24), TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.description}"), TimeElapsedColumn(),
            console=self._console, transient=True, disable=as_json or not self._console.is_terminal,
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
        if self._console.is_terminal and not self._as_json:
            done = min(report.done, report.total)
            self._live.update(self._task, description=self.line(report), total=report.total or None, completed=done)
        elif self._now() - self._shown >= _EVERY:
            self._shown = self._now()
            self._say(report)

    def end(self, report: Report) -> None:
        """The run is over: as JSON its report is the last line."""
        if self._as_json:
            self._say(report)

    def _say(self, report: Report) -> None:
        line = json.dumps(self.state(report), ensure_ascii=False) if self._as_json else self.line(report)
        self._console.print(line, highlight=False, soft_wrap=True, markup=False)

    def state(self, report: Report) -> dict[str, Any]:
        """Where the build stands, for machines."""
        return {
            "doing": report.doing, "found": report.found, "outcomes": dict(report.outcomes),
            "reasons": dict(report.reasons), "unchanged": report.unchanged, "retired": report.retired,
            "again": report.again, "bytes": report.total, "bytes_done": report.done,
            "seconds": round(report.seconds or self._now() - self._began, 3), "seconds_left": self.left(report),
        }

    def left(self, report: Report) -> int | None:
        """Seconds until everything is read, if it goes on as it went; None while that is not known."""
        read = report.done - report.kept
        if read <= 0 or report.done >= report.total or report.doing != "read":
            return None
        return round((self._now() - self._began) * (report.total - report.done) / read)

    def line(self, report: Report) -> str:
        """One line: what is being done, inputs so far by outcome, how many a second, time left, failures by reason."""
        seconds = max(self._now() - self._began, 1e-3)
        parts = [f"{DOING[report.doing]}: {summary(report)}", f"{report.found / seconds:.0f} tài liệu/giây"]
        if (left := self.left(report)) is not None:
            parts.append(f"còn {_clock(left)}")
        failed = sorted(report.reasons.items(), key=lambda one: (-one[1], one[0]))
        if failed:
            parts.append(", ".join(f"{reason}: {figure(number)}" for reason, number in failed[:_SHOWN]))
        return " · ".join(parts)


def summary(report: Report) -> str:
    """The outcomes so far, with what was kept from an earlier build, what went, and what was worked on again."""
    said = [
        (report.unchanged, "không đổi"), (report.again, "trích xuất lại"), (report.retired, "đã bỏ vì không còn tệp"),
    ]
    notes = ", ".join(f"{figure(number)} {what}" for number, what in said if number)
    return ledger(report.outcomes) + (f" ({notes})" if notes else "")


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
