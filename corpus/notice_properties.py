"""A table of a document's properties, as law portals and collections print above the text:
`| Số hiệu | 62/2015/NĐ-CP |`, `Ngày ban hành: 18/7/2015`."""

from __future__ import annotations

import regex

from corpus.datelines import stated_date
from corpus.document import Quoted
from corpus.lines import Line, quoted
from corpus.notice_head import SYMBOL
from corpus.notice_words import type_name
from corpus.shadow import shadow
from corpus.tables import is_surname

_NAMES = {
    "so hieu": "number", "so ky hieu": "number", "so/ky hieu": "number",
    "loai van ban": "doc_type",
    "noi ban hanh": "organ", "co quan ban hanh": "organ",
    "nguoi ky": "signer", "chuc danh": "signer_title", "chuc vu": "signer_title",
    "ngay ban hanh": "date", "noi ban hanh dia danh": "place",
    "trich yeu": "subject",
}
_PERSON = regex.compile(r"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,4}")
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
    """The value as the field holds it; None for a dash and for what the field cannot be."""
    if name == "date":
        return _as(stated_date(value.value), value)
    if name == "doc_type":
        return _as(type_name(value.value), value)
    if name == "number":
        return _as(regex.sub(r"\s+", "", value.value) if SYMBOL.fullmatch(shadow(value.value)) else None, value)
    if name == "signer":
        names = (found for found in _PERSON.finditer(value.value) if is_surname(found[0].split()[0]))
        found = next(names, None)
        return Quoted(found[0], value.start + found.start(), value.start + found.end()) if found else None
    return value if len(value.value) > 2 else None


def _as(words: str | None, value: Quoted) -> Quoted | None:
    return Quoted(words, value.start, value.end) if words else None
