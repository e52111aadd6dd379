"""JSON that is not lines: one record, or a list of them, alone or in an object (`{"articles": [...]}`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from corpus.columns import Columns, key, value_at
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.readers.records import document_from_record
from corpus.readers.text import decode
from corpus.source import Source

_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*\{\s*["}]|\{\s*"[^"\n]{1,60}"\s*:)')
_WRAPPED = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{[^\[{]{0,2000}?"(?:articles|data|items|documents|docs|records|results|rows|posts|news|hits)"\s*:\s*\[\s*\{',
    re.I,
)
_BETWEEN = re.compile(r"[\s,]*")
_NAME = r'\s*"[^"\n]{1,60}"\s*:\s*'
_LIST = re.compile(rf'\s*(?:\[|\{{(?:{_NAME}(?:"[^"\\]*"|-?\d[\d.]*|true|false|null)\s*,)*{_NAME}\[)')  # its opening
_TOO_DEEP = "nested too deeply"


def is_wrapped(head: bytes) -> bool:
    """Whether the file is one object around a list of objects, under a name that such lists have."""
    return bool(_WRAPPED.match(head))


def is_json(source: Source) -> bool:
    """Whether the file begins as an object or a list of objects."""
    named = source.suffix == ".json" and source.head.lstrip()[:1] in (b"{", b"[")
    return named or bool(_BEGINNING.match(source.head))


def read(source: Source) -> Iterator[Document | Rejected]:
    """The record, or each of the list, member by its number. Raises ReadError: truncated after the last whole one."""
    data = source.load()
    text = decode(data)[0].removeprefix("\ufeff")
    decoder = json.JSONDecoder()
    whole, error = _parse(decoder, text, 0)
    if isinstance(whole, tuple) and isinstance(whole[0], dict) and _is_record(whole[0], source.columns):
        digest = source.columns.digest(data)
        yield document_from_record(whole[0], path=source.name, sha256=digest, columns=source.columns)
        return
    opening = _LIST.match(text)
    if not opening:
        raise error or ReadError(Reason.BAD_RECORD, "neither a record with a text field nor a list of records")
    yield from _elements(source, text, opening.end(), decoder)


def _is_record(value: dict[str, Any], columns: Columns) -> bool:
    fields = {key(str(name)): said for name, said in value.items()}
    return any(isinstance(value_at(fields, name), str) for name in columns.names("text"))


def _parse(decoder: json.JSONDecoder, text: str, at: int) -> tuple[tuple[Any, int] | None, ReadError | None]:
    try:
        at += len(text[at : at + 1000]) - len(text[at : at + 1000].lstrip())
        return decoder.raw_decode(text, at), None
    except RecursionError:
        return None, ReadError(Reason.BAD_RECORD, _TOO_DEEP)
    except ValueError as error:
        return None, ReadError(Reason.BAD_RECORD, str(error)[:200])


def _elements(source: Source, text: str, at: int, decoder: json.JSONDecoder) -> Iterator[Document | Rejected]:
    number = 0
    while True:
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at
        if text.startswith("]", at):
            break
        if at >= len(text):
            raise ReadError(Reason.TRUNCATED, f"the list ends after {number} records")
        number += 1
        parsed, error = _parse(decoder, text, at)
        if parsed is None:
            assert error is not None
            raise ReadError(*_cut_or_broken(text, number, error))
        value, end = parsed
        yield _element(source, number, value, text[at:end])
        at = end
    if not number:
        raise ReadError(Reason.EMPTY, "an empty list")


def _cut_or_broken(text: str, number: int, error: ReadError) -> tuple[Reason, str]:
    """A list whose end is there is broken; one that ends without it is cut."""
    if error.detail == _TOO_DEEP:
        return error.reason, error.detail
    if text.rstrip().endswith(("]", "}")) and text.rstrip()[-200:].count("]"):
        return error.reason, f"record {number}: {error.detail}"
    return Reason.TRUNCATED, f"the file ends inside record {number}"


def _element(source: Source, number: int, value: Any, raw: str) -> Document | Rejected:
    digest = source.columns.digest(raw.encode("utf-8", "surrogatepass"))
    try:
        if not isinstance(value, dict):
            raise ReadError(Reason.BAD_RECORD, f"a JSON {type(value).__name__}, not an object")
        with source.budget.kept_apart(source.name):
            return document_from_record(
                value, path=source.name, member=str(number), sha256=digest, columns=source.columns
            )
    except ReadError as error:
        return Rejected(
            id=f"{source.name}#{number}", path=source.name, member=str(number), reason=error.reason,
            detail=error.detail, sha256=digest,
        )
