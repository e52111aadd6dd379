"""A history as a file that has been read back: nothing is handed out that its notes do not bear out.

What a reader will see is taken out of the finished file and checked (docs/checker.md); charts are checked as data,
since the marks on their axes are no claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory

from outputs.checker import Unsupported, UnsupportedClaims, check, check_finished, finished_text
from outputs.history.model import Chart, History, Point, Section
from outputs.history.render import history_md


def check_file(history: History, form: str, data: bytes) -> None:
    """Read a finished file back. Raises UnsupportedClaims, whose `form` says which file it was."""
    markdown = history_md(history)
    found = list(_charts(history)) if form != "md" else []
    if form == "md":
        found += check(data.decode(), history.notes, history.given)
    else:
        found += check_finished(_words(form, data), history.notes, [markdown])
    if found:
        raise UnsupportedClaims(found, form)


def _words(form: str, data: bytes) -> str:
    with TemporaryDirectory(prefix="sulieu-") as folder:
        path = Path(folder) / f"history.{form}"
        path.write_bytes(data)
        return finished_text(path)


def _charts(history: History) -> Iterator[Unsupported]:
    for section in history.sections:
        for chart in section.charts:
            for point in chart.points:
                if not _in_table(section, chart, point):
                    shown = point.label if chart.kind == "strip" else f"{point.period}: {point.written or point.value}"
                    yield Unsupported("number", shown, f"{section.heading}: {chart.title}", point.notes)


def _in_table(section: Section, chart: Chart, point: Point) -> bool:
    """Whether a row of the section has what the point shows, with its notes."""
    shown = (point.label,) if chart.kind == "strip" else (point.period, point.written)
    if chart.kind != "strip" and not _is_number(point.value):
        return False
    rows = (row for table in section.tables for row in table.rows)
    return any(set(shown) <= set(row.cells) and set(point.notes) <= set(row.notes) for row in rows)


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False
