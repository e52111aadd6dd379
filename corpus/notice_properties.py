"""A table of a document's properties, as law portals and collections print above the text:
`| Số hiệu | 62/2015/NĐ-CP | Ngày ban hành | 18/7/2015 |`, `Ngày ban hành: 18/7/2015`."""

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
    "so hieu": "number", "so ky hieu": "number", "ky hieu": "number",
    "loai van ban": "doc_type",
    "noi ban hanh": "organ", "co quan ban hanh": "organ",
    "nguoi ky": "signer", "chuc danh": "signer_title", "chuc danh nguoi ky": "signer_title",
    "ngay ban hanh": "date",
    "trich yeu": "subject",
}
_CELL = regex.compile(r"[^|]+")
_PAIR = regex.compile(r"(?P<key>[a-z/ ]{5,30})[\s*_]{0,4}:[\s*_]{0,4}(?P<value>[^\n]{2,300})")
_PERSON = regex.compile(r"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,4}")


def read_properties(text: str, lines: list[Line]) -> dict[str, Quoted]:
    """The properties stated by these lines, by the names of `Notice`'s fields; the first statement counts."""
    found: dict[str, Quoted] = {}
    above: Line | None = None
    for line in lines:
        for names, values in _stated(line):
            for name, cell in zip(names, values, strict=False):
                value = quoted(text, [cell]) if cell and name and name not in found else None
                if name and value and (read := _read(name, value, text[value.start : value.end])):
                    found[name] = read
                    first = above if len(found) == 1 else None
                    if first and _is_head(text, first) and (subject := quoted(text, [first])):
                        found["subject"] = subject
        above = line
    return found


def _is_head(text: str, line: Line) -> bool:
    """Whether a line is a row of a table with one filled cell, as the name of the document is above its properties."""
    opens = text[max(0, line.start - 3) : line.start].strip() == "|"
    return opens and "|" not in line.folded and 1 < len(line.folded.split()) < 60 and ":" not in line.folded


def _stated(line: Line) -> list[tuple[list[str | None], list[Line]]]:
    """The keys of a row with the cells that answer them; `Cơ quan ban hành/ Chức danh/ Người ký` has three."""
    cells = [line.part(*cell.span()) for cell in _CELL.finditer(line.folded)]
    if len(cells) == 1:
        pair = _PAIR.fullmatch(line.folded)
        return [(_names(pair["key"]), [line.part(*pair.span("value"))])] if pair else []
    return [(_names(cell.folded), cells[place + 1 :]) for place, cell in enumerate(cells)]


def _names(key: str) -> list[str | None]:
    return [_NAMES.get(part.strip(" *_:")) for part in key.split("/")]


def _read(name: str, value: Quoted, raw: str) -> Quoted | None:
    """The value as the field holds it; None for a dash and for what the field cannot be."""
    if name == "date":
        return _as(stated_date(value.value), value)
    if name == "doc_type":
        return _as(type_name(value.value), value)
    if name == "number":
        return _as(regex.sub(r"\s+", "", value.value) if SYMBOL.fullmatch(shadow(value.value)) else None, value)
    if name == "signer":
        names = (found for found in _PERSON.finditer(raw) if is_surname(found[0].split()[0]))
        found = next(names, None)
        return Quoted(found[0], value.start + found.start(), value.start + found.end()) if found else None
    return value if len(value.value) > 2 else None


def _as(words: str | None, value: Quoted) -> Quoted | None:
    return Quoted(words, value.start, value.end) if words else None
