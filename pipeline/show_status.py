"""The ledger on a terminal: outcomes by type of file, then what was not read, by type and reason."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from corpus.details import detail_in_vietnamese
from outputs.overviews import UNKNOWN_TYPE, ListedInput, ReasonCount, Status, TypeCount
from pipeline.labels import KINDS, STATUS, figure, ledger
from pipeline.show import print_json, terminal

_LISTED = 10  # inputs listed for each group, unless it was asked for


def show_status(status: Status, *, facts: str, whole: bool, as_json: bool) -> None:
    """Print the ledger of the fact base at `facts`; with `whole` every input of every group shown."""
    if as_json:
        print_json(asdict(status))
        return
    print(ledger(status.counts))
    stated = ", ".join(f"{figure(number)} {KINDS[kind]}" for kind, number in status.facts.items())
    copied = f" ({figure(status.copies)} bản sao hoặc gần như bản sao, không tính là nguồn riêng)"
    copies = copied if status.copies else ""
    print(f"{figure(status.documents)} tài liệu{copies}; dữ kiện: {stated or 'không có'}")
    if status.types:
        terminal().print(_table(status.types))
    elif whole:
        print("\nkhông có đầu vào nào như vậy")
    for group in sorted(status.reasons, key=lambda one: list(STATUS).index(one.status), reverse=True):
        if group.reason or whole:
            _show_group(group, [one for one in status.listed if _belongs(one, group)], facts=facts, whole=whole)


def _table(types: Sequence[TypeCount]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_footer=len(types) > 1)
    table.add_column("loại tệp", "tổng")
    for outcome, label in STATUS.items():
        table.add_column(label, figure(sum(one.counts[outcome] for one in types)), justify="right")
    for one in types:
        table.add_row(_type(one.file_type), *(figure(one.counts[outcome]) for outcome in STATUS))
    return table


def _show_group(group: ReasonCount, listed: Sequence[ListedInput], *, facts: str, whole: bool) -> None:
    parts = f" (trong đó {figure(group.parts)} chỉ là một phần của tệp: các phần khác đã đọc được)"
    number = f"{figure(group.inputs)}{parts if group.parts else ''}"
    head = " · ".join(filter(None, (STATUS[group.status], _type(group.file_type), group.reason)))
    print(f"\n{head}: {number}" + (f"\n  {group.meaning}" if group.meaning else ""))
    shown = listed if whole else listed[:_LISTED]
    for one in shown:
        print(f"  - {one.input}" + (f" ({detail_in_vietnamese(one.detail)})" if one.detail else ""))
    if more := group.inputs - len(shown):
        others = f"… và {figure(more)} đầu vào khác; xem cả" if shown else "xem danh sách"
        asked = f"--type {group.file_type or UNKNOWN_TYPE} --reason {group.reason}"
        print(f"  {others}: sulieu status {shlex.quote(facts)} {asked}")


def _belongs(one: ListedInput, group: ReasonCount) -> bool:
    return (one.status, one.file_type, one.reason) == (group.status, group.file_type, group.reason)


def _type(name: str | None) -> str:
    return name or "không rõ"
