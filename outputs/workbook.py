"""Excel workbooks: frozen header, filters, sheets within Excel's limits, the same bytes for the same facts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import regex

_ROWS = 1_000_000     # of the 1,048,576 that a sheet holds; the rest goes to the next sheet
_CELL = 32_000        # of the 32,767 characters that a cell holds
_WIDTHS = {"text": 60, "action": 60, "doc": 28, "doc_title": 40, "metric": 32, "org": 40}
_NOT_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_MODIFIED = regex.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can state


def write_workbook(
    path: Path, sheets: Mapping[str, Sequence[str]], rows_of: Callable[[str], Iterable[Mapping[str, Any]]]
) -> None:
    """Write sheets (name to columns) with the rows that `rows_of` gives for each name."""
    import pandas as pd

    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        for name, columns in sheets.items():
            rows = iter(rows_of(name))
            number = 1
            while (part := list(islice(rows, _ROWS))) or number == 1:
                title = name if number == 1 else f"{name} {number}"
                cells = [[_cell(row.get(column)) for column in columns] for row in part]
                frame = pd.DataFrame(cells, columns=list(columns), dtype=object)
                frame.to_excel(writer, sheet_name=title, index=False)
                _dress(writer.sheets[title], columns)
                number += 1
    path.write_bytes(_undated(buffer.getvalue()))


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    clean = _NOT_XML.sub(" ", value)
    return clean if len(clean) <= _CELL else clean[:_CELL] + "…"


def _dress(sheet: Any, columns: Sequence[str]) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for letter, column in zip(_letters(), columns, strict=False):
        sheet.column_dimensions[letter].width = _WIDTHS.get(column, 16)


def _letters() -> Iterable[str]:
    from openpyxl.utils import get_column_letter

    return (get_column_letter(number) for number in range(1, 200))


def _undated(workbook: bytes) -> bytes:
    """The same workbook without the time of writing in it."""
    undated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            entry = zipfile.ZipInfo(info.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return undated.getvalue()
