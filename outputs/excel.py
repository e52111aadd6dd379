"""A fact base as an Excel workbook: a sheet a kind of fact, then what is made of them, all read from the views."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import cast

import regex

from outputs.factbase import FactBase
from outputs.words import rows
from outputs.workbook import Column, ColumnType, Workbook

_TYPES: dict[tuple[str, str], ColumnType] = {("read_offices", "number"): "count", ("read_conflicts", "value"): "text"}
_EXACT = {("read_figures", "value"): '"value_exact" AS "value"'}    # the decimal itself, not its double
_LEFT_OUT = frozenset({"text"})    # whole documents are no cells; `sulieu read` and jsonl have them
_VIEW = regex.compile(r"CREATE VIEW (\w+) \((.*?)^\) AS", regex.S | regex.M)
_COLUMN = regex.compile(r'^    "?(\w+)"?,?\s+-- (.+)$', regex.M)
_NOTES = (
    "Mỗi trang có dòng đầu cố định và bộ lọc. Ô có chữ bắt đầu bằng = + - @ là chữ, không phải công thức.",
    "Số quá 15 chữ số, ngày trước 1/3/1900 và ngày không đủ năm, tháng, ngày được ghi bằng chữ để không sai lệch.",
    "Thời gian (EDTF) giữ đúng độ chính xác của nguồn; “từ ngày” và “đến ngày” là khoảng mà nó bao phủ.",
    "Ký tự mà Excel không chứa được hiện thành �. Ô quá 32.767 ký tự bị cắt, trọn vẹn ở trang “Phần bị cắt”.",
)


def write_excel(base: FactBase, path: str | Path, kinds: Iterable[str] | None = None) -> None:
    """All sheets, or only those of the kinds given. Constant memory; no link, no formula, the same bytes each time."""
    wanted = None if kinds is None else set(kinds)
    sheets = [row for row in rows("workbook_sheets") if wanted is None or row["kind"] in wanted]
    abouts = _abouts()
    with Workbook(path) as book:
        first = book.first_sheet("Giới thiệu")
        counts = []
        for sheet in sheets:
            columns = _columns(base, sheet["view"])
            counts.append(book.add(sheet["vietnamese"], columns, _rows(base, sheet["view"], columns, sheet["ordered"])))
        lines = list(_introduction(base, sheets, counts, abouts))
        book.write_lines(first, lines, (26, 30, 14, 60, 60))


def _columns(base: FactBase, view: str) -> list[Column]:
    known = {row["column"]: row for row in rows("workbook_columns")}
    columns = []
    for row in base.db.execute(f"PRAGMA table_info({view})"):
        name = row["name"]
        if name in _LEFT_OUT:
            continue
        words = known.get(name)
        if words is None:
            columns.append(Column(name, name))
            continue
        kind = _TYPES.get((view, name)) or cast(ColumnType, words["type"])
        columns.append(Column(name, f"{words['vietnamese']} / {name}", kind, int(words["width"])))
    return columns


def _rows(base: FactBase, view: str, columns: list[Column], ordered: str) -> Iterator[dict[str, object]]:
    names = ", ".join(_EXACT.get((view, column.name), f'"{column.name}"') for column in columns)
    order = ", ".join(f'"{name}"' for name in ordered.split(","))
    for row in base.db.execute(f"SELECT {names} FROM {view} ORDER BY {order}"):
        yield dict(row)


def _introduction(
    base: FactBase, sheets: list[dict[str, str]], counts: list[int], abouts: dict[str, dict[str, str]]
) -> Iterator[tuple[object, ...]]:
    yield ("Trang", "Sheet", "Số dòng / rows", "Nội dung", "Content")
    for sheet, count in zip(sheets, counts, strict=True):
        yield (sheet["vietnamese"], sheet["view"], count, sheet["about"], sheet["english"])
    yield ()
    yield ("Cách đọc / How to read",)
    for note in _NOTES:
        yield ("", "", "", note)
    yield ()
    yield ("Trang", "Cột / column", "Kiểu / type", "Tiếng Việt", "English")
    for sheet in sheets:
        for column in _columns(base, sheet["view"]):
            vietnamese = column.header.partition(" / ")[0]
            about = abouts.get(sheet["view"], {}).get(column.name, "")
            yield (sheet["vietnamese"], column.name, column.type, vietnamese, about)


def _abouts() -> dict[str, dict[str, str]]:
    """What each column of a view holds, as views.sql says."""
    text = (files("outputs") / "factbase" / "views.sql").read_text("utf-8")
    return {name: dict(_COLUMN.findall(columns)) for name, columns in _VIEW.findall(text)}
