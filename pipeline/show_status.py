"""The ledger on a terminal: outcomes by type of file, then what was not read, by type and reason."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from rich import box
from rich.table import Table

from corpus.details import detail_in_vietnamese
from outputs.status import UNKNOWN_TYPE, ListedInput, ReasonCount, Run, Status, TypeCount
from pipeline.labels import KINDS, STAGES, STATUS, amount, figure, ledger
from pipeline.show import print_json, terminal

_LISTED = 10  # inputs listed for each group, unless it was asked for


def show_status(
    status: Status, *, facts: str, whole: bool, as_json: bool, runs: int = 0, going_on: bool = False
) -> None:
    """Print the ledger of the fact base at `facts` and its last `runs`; with `whole` every input of every group shown.

    As JSON it has all runs. `going_on`: a build is at work on it.
    """
    if as_json:
        print_json({**asdict(status), "at_work": going_on})
        return
    _show_state(status, going_on=going_on)
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
    _show_most("lâu nhất", status.slowest)
    _show_most("dài nhất", status.largest)
    if runs and status.runs:
        print("\nnhững lần lập gần nhất:")
        terminal().print(_runs(status.runs[:runs], going_on=going_on))


def _show_state(status: Status, *, going_on: bool) -> None:
    if going_on:
        print("một lần lập đang chạy trên cơ sở dữ kiện này; những con số dưới đây chưa phải cuối cùng")
    elif status.runs and not status.runs[0].ended:
        print(f"lần lập cuối ({_when(status.runs[0].began)}) bị dừng trước khi xong: chạy lại đúng lệnh ấy để làm tiếp")
    if status.runs and not status.assembled:
        print("niên biểu, nhân sự, văn bản, chủ đề chưa được tổng hợp theo dữ kiện hiện có")


def _show_most(what: str, listed: Sequence[ListedInput]) -> None:
    if listed:
        print(f"\n{what}:")
    for one in listed:
        size = f"{figure(one.characters)} chữ" if one.characters is not None else STATUS[one.status]
        print(f"  - {one.input} · {size}{_spent(one)}")


def _spent(one: ListedInput) -> str:
    """What it took, where that is known."""
    parts = [f"{amount(one.seconds)} giây"] if one.seconds is not None else []
    parts += [_mebibytes(one.memory)] if one.memory is not None else []
    return "".join(f" · {part}" for part in parts)


def _mebibytes(size: int) -> str:
    return f"{figure(round(size / 1024**2))} MiB"


def _runs(runs: Sequence[Run], *, going_on: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("bắt đầu")
    for column in ("đầu vào", "không đổi", "đã bỏ", "lỗi", "giây", "mỗi giây", "bộ nhớ"):
        table.add_column(column, justify="right")
    table.add_column("phiên bản")
    for number, run in enumerate(runs):
        version = f"{run.versions.get('sulieu') or '?'} ({run.program[:7]})"
        if run.ended:
            numbers = (run.found, run.unchanged, run.retired, (run.outcomes or {}).get("failed", 0))
            cells = [figure(value or 0) for value in numbers]
            cells += [amount(run.seconds or 0), amount(run.rate or 0), _mebibytes(run.memory) if run.memory else ""]
        else:
            cells = ["đang chạy" if going_on and number == 0 else "bị dừng", *[""] * 6]
        table.add_row(_when(run.began), *cells, version)
    return table


def _when(utc: str) -> str:
    """A time of UTC as the clock on the wall shows it."""
    return datetime.fromisoformat(utc).astimezone().strftime("%d/%m/%Y %H:%M")


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
    status = STATUS[group.status]
    if group.status == "failed" and group.stage:
        status = f"{status} {STAGES[group.stage]}"
    head = " · ".join(filter(None, (status, _type(group.file_type), group.reason)))
    print(f"\n{head}: {number}" + (f"\n  {group.meaning}" if group.meaning else ""))
    shown = listed if whole else listed[:_LISTED]
    for one in shown:
        spent = _spent(one) if one.status == "failed" else ""
        print(f"  - {one.input}" + (f" ({detail_in_vietnamese(one.detail)})" if one.detail else "") + spent)
    if more := group.inputs - len(shown):
        others = f"… và {figure(more)} đầu vào khác; xem cả" if shown else "xem danh sách"
        asked = f"--type {group.file_type or UNKNOWN_TYPE} --reason {group.reason}"
        print(f"  {others}: sulieu status {shlex.quote(facts)} {asked}")


def _belongs(one: ListedInput, group: ReasonCount) -> bool:
    return _group_of(one) == _group_of(group)


def _group_of(one: ListedInput | ReasonCount) -> tuple[str | None, ...]:
    return one.status, one.stage, one.file_type, one.reason


def _type(name: str | None) -> str:
    return name or "không rõ"
