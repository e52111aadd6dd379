"""Results on a terminal: documents, hits and tables, or the same as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from corpus.document import Document
from corpus.errors import Rejected
from outputs.overviews import Status
from outputs.search import Hit
from outputs.snippets import highlight, highlight_terminal
from outputs.words import event_labels
from pipeline.labels import FIGURE_ROLES, FORCES, KINDS, STATUS

_LISTED = 20  # failed inputs listed for each reason


def show_document(result: Document | Rejected, *, as_json: bool) -> bool:
    """Print a document as it was read; True if it was rejected."""
    if isinstance(result, Rejected):
        _json(asdict(result)) if as_json else print(f"{result.path}: {result.reason}: {result.detail}", file=sys.stderr)
        return True
    if as_json:
        _json(asdict(result))
        return False
    for name in ("id", "title", "date", "date_rule", "author", "source", "url", "kind", "encoding"):
        value = getattr(result, name)
        if value:
            print(f"{name}: {value}")
    if result.notice:
        for part in fields(result.notice):
            shown = _quoted(getattr(result.notice, part.name))
            if shown:
                print(f"notice.{part.name}: {shown}")
    print(f"\n{result.text}")
    return False


def _quoted(value: Any) -> str:
    items = value if isinstance(value, tuple) else (value,)
    return "; ".join(item.value for item in items if item)


def show_hits(hits: Sequence[Hit], *, as_json: bool) -> None:
    """Search hits: kind, day and fields, then the words in their context with matches marked, then the source."""
    if as_json:
        _json([hit.as_dict() for hit in hits])
        return
    if not hits:
        print("không tìm thấy")
    console = _console()
    for number, hit in enumerate(hits, 1):
        head = [str(number), KINDS[hit.kind], *_stated(hit.fields)]
        console.print(" · ".join(part for part in head if part), soft_wrap=True)
        if console.is_terminal:
            console.print(highlight_terminal(hit), soft_wrap=True)
        else:
            print(f"…{' '.join(highlight(hit, lambda words: f'**{words}**').split())}…")
        print(f"  — {_source(hit)}\n")


# What is shown of a fact: its own values, as the source states them; nothing that was only derived for filters.
_STATED: dict[str, Callable[[Any], str]] = {
    "force": lambda value: FORCES[value],
    "event_type": lambda value: event_labels()[value],
    "date": str, "edtf": str, "duration": str, "number": str, "name": str, "title": str, "org": str, "metric": str,
    "subject": str, "period": lambda value: f"kỳ: {value}", "issuer": lambda value: f"từ: {value}",
    "addressee": lambda value: f"cho: {value}", "deadline": lambda value: f"hạn: {value}",
}


def _stated(values: dict[str, Any]) -> list[str]:
    return [shown(values[name]) for name, shown in _STATED.items() if values.get(name)]


def _source(hit: Hit) -> str:
    place = f"{hit.path}#{hit.member}" if hit.member else hit.path
    dated = hit.date and f"tài liệu ngày {hit.date}"
    return " · ".join(part for part in (hit.title, dated, f"{place}:{hit.start}-{hit.end}", hit.url) if part)


def show_status(status: Status, *, as_json: bool) -> None:
    """The ledger: how many inputs ended how and why, and each that failed."""
    if as_json:
        _json(asdict(status))
        return
    counts = ", ".join(f"{status.counts.get(name, 0)} {label}" for name, label in STATUS.items())
    print(f"{status.inputs} đầu vào: {counts}")
    facts = ", ".join(f"{number} {KINDS[kind]}" for kind, number in status.facts.items())
    copies = f" ({status.copies} bản sao, không tính là nguồn riêng)" if status.copies else ""
    print(f"{status.documents} tài liệu{copies}; dữ kiện: {facts or 'không có'}")
    for reason in status.reasons:
        if reason.reason:
            print(f"\n{STATUS[reason.status]} · {reason.reason}: {reason.inputs}\n  {reason.meaning or ''}")
            for failed in [one for one in status.failed if one.reason == reason.reason][:_LISTED]:
                print(f"  - {failed.input}" + (f" ({failed.detail})" if failed.detail else ""))
            if reason.status == "failed" and reason.inputs > _LISTED:
                print(f"  … và {reason.inputs - _LISTED} đầu vào khác; xem cả: --json")


# For each table: header, share of the width, and what stands in the cell.
_COLUMNS: dict[str, tuple[tuple[str, int, Callable[[Any], object]], ...]] = {
    "people": (
        ("họ tên", 3, lambda row: row.name),
        ("chức vụ", 4, lambda row: ", ".join(part for part in (row.title, row.org) if part)),
        ("có chứng cứ", 2, lambda row: _days(row.first_attested, row.last_attested)),
        ("nguồn", 1, lambda row: row.sources),
        ("dẫn chứng", 6, lambda row: row.quotes[0] if row.quotes else ""),
    ),
    "decrees": (
        ("văn bản", 3, lambda row: " ".join(part for part in (row.type, row.number) if part)),
        ("ngày", 2, lambda row: row.date),
        ("cơ quan ban hành", 3, lambda row: row.issuer),
        ("tên, trích yếu", 6, lambda row: row.title),
        ("được dẫn", 2, lambda row: row.cited_by),
    ),
    "figures": (
        ("của ai", 3, lambda row: row.subject),
        ("chỉ số", 4, lambda row: row.metric),
        ("giá trị", 3, lambda row: row.value),
        ("kỳ", 2, lambda row: row.period),
        ("loại", 2, lambda row: FIGURE_ROLES[row.role]),
        ("dẫn chứng", 4, lambda row: row.quote),
    ),
}


def show_rows(name: str, rows: Sequence[Any], *, as_json: bool) -> None:
    """One of the tables people, decrees or figures; with `as_json` every field of every row."""
    if as_json:
        _json([asdict(row) for row in rows])
        return
    if not rows:
        print("không có dữ kiện nào")
        return
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for header, share, _ in _COLUMNS[name]:
        table.add_column(header, ratio=share, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(shown(row)) for _, _, shown in _COLUMNS[name]))
    _console().print(table)


def _days(first: str | None, last: str | None) -> str | None:
    return first if first == last else f"{first} … {last}"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _console() -> Console:
    """A terminal as wide as it is; 120 columns where the output is no terminal."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=120)


def _json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))
