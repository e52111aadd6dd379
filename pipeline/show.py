"""Results on a terminal: documents, hits and tables, or the same as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.document import Document
from corpus.errors import Rejected


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


def show_rows(title: str, rows: Sequence[Any], *, as_json: bool) -> None:
    """A table of dataclasses of one type, a column a field."""
    if as_json:
        _json([asdict(row) for row in rows])
        return
    if not rows:
        print("không có dữ kiện nào")
        return
    table = Table(title=title, title_justify="left", show_lines=False)
    names = [field.name for field in fields(rows[0])]
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(getattr(row, name)) for name in names))
    _console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return "\n".join(_cell(item) for item in value[:3]) + (f"\n… (+{len(value) - 3})" if len(value) > 3 else "")
    return str(value)


def _console() -> Console:
    """A terminal as wide as it is; 120 columns where the output is no terminal."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=120)


def _json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))
