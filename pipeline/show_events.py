"""The events of a fact base as a table, with all their tellings, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from outputs.events_table import EventTelling, ListedEvent
from outputs.vietnamese import short_date
from pipeline.labels import figure
from pipeline.show import print_json, terminal

_RULES = {
    "alone": "chỉ câu này kể", "centre": "câu tiêu biểu, các câu kia khớp với nó", "act": "cùng văn bản",
    "word for word": "nguyên văn như nhau", "likeness": "giống nhau",
}


def show_events(found: Sequence[ListedEvent], *, every: bool, as_json: bool) -> None:
    """A line an event; with `every`, all clauses that tell it, in their places, each with why it belongs."""
    if as_json:
        print_json([asdict(event) for event in found])
        return
    if not found:
        print("không có sự kiện nào")
        return
    if every:
        for event in found:
            _show_all(event)
        return
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for header, ratio in (("ngày", 2), ("loại", 2), ("sự kiện", 8)):
        table.add_column(header, ratio=ratio)
    for header in ("nguồn", "lời kể"):
        table.add_column(header, justify="right", no_wrap=True)
    for event in found:
        counts = (figure(event.sources), figure(len(event.tellings)))
        table.add_row(short_date(event.date), event.label, f"{event.quote}\n— {event.place}:{event.start}", *counts)
    terminal().print(table)
    print("Mọi lời kể và lý do ghép: thêm --all")


def _show_all(event: ListedEvent) -> None:
    console = terminal()
    counts = f"{figure(event.sources)} nguồn · {figure(len(event.tellings))} lời kể"
    console.print(f"{short_date(event.date)} · {event.label} · {counts}", soft_wrap=True, markup=False)
    for one in event.tellings:
        console.print(f"  {one.quote}", soft_wrap=True, markup=False)
        console.print(f"    — {one.place}:{one.start}-{one.end} · {_why(one)}", soft_wrap=True, markup=False)
    console.print()


def _why(one: EventTelling) -> str:
    return _RULES[one.rule] + (f" ({one.basis})" if one.basis else "")
