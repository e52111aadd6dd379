"""A table of a document's properties, as law portals and collections print above the text:
`| Số hiệu | 62/2015/NĐ-CP |`, `Ngày ban hành: 18/7/2015`."""

from __future__ import annotations

import regex

from corpus.datelines import stated_date
from corpus.document import Quoted
from corpus.lines import Line, quoted

_NAMES = {
    "so hieu": "number", "so ky hieu": "number", "so/ky hieu": "number",
    "loai van ban": "doc_type",
    "noi ban hanh": "organ", "co quan ban hanh": "organ",
    "nguoi ky": "signer", "chuc danh": "signer_title", "chuc vu": "signer_title",
    "ngay ban hanh": "date", "noi ban hanh dia danh": "place",
    "trich yeu": "subject",
}
_ROW = regex.compile(r"(?P<key>[a-z/ ]{5,20}?)[\s*_]{0,4}[:|][\s*_|]{0,6}(?P<value>[^|*\n]{2,300})")


def read_properties(text: str, lines: list[Line]) -> dict[str, Quoted]:
    """The properties stated by these lines, by the names of `Notice`'s fields."""
    found: dict[str, Quoted] = {}
    for line in lines:
        row = _ROW.match(line.folded)
        name = _NAMES.get(row["key"].strip()) if row else None
        if not row or name is None or name in found:
            continue
        value = quoted(text, [line.part(row.start("value"), row.end("value"))])
        if value and (read := _read(name, value)):
            found[name] = read
    return found


def _read(name: str, value: Quoted) -> Quoted | None:
    if name == "date":
        day = stated_date(value.value)
        return Quoted(day, value.start, value.end) if day else None
    if name == "doc_type":
        return Quoted(value.value.lower(), value.start, value.end)
    return value
