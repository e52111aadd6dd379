"""What readers take away: lists as CSV, Excel or JSON, citations, annotations."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from outputs.exports import harmless
from outputs.web.citing import Work, bibtex, csl
from outputs.web.page import Refused
from outputs.workbook import Column, Workbook

TABLES = ("csv", "xlsx", "json")
CITATIONS = ("bibtex", "csl")
_TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bibtex": "application/x-bibtex; charset=utf-8", "csl": "application/vnd.citationstyles.csl+json",
    "annotation": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}
_ENDINGS = {"csv": "csv", "xlsx": "xlsx", "json": "json", "bibtex": "bib", "csl": "json", "annotation": "jsonld"}


def wanted(request: Request, forms: Sequence[str]) -> str | None:
    """The form that is asked for (`?as=csv`); None for the page itself. Raises Refused for one that there is not."""
    form = request.query_params.get("as")
    if form in (None, ""):
        return None
    if form not in forms:
        raise Refused("bad.form", form=str(form)[:40], forms=", ".join(forms))
    return form


def table(name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], form: str) -> Response:
    """A list as a file of one of TABLES; values are taken by the names of columns, None is an empty cell.

    In CSV and Excel nothing runs as a formula; JSON is an array of objects with all values as they are.
    """
    write: Callable[[str, Sequence[Column], Iterable[Mapping[str, Any]]], bytes]
    write = {"csv": _csv, "xlsx": _xlsx, "json": _json}[form]
    return file(name, write(name, columns, rows), form)


def citation(cited: Work, form: str) -> Response:
    """A work as BibTeX or CSL-JSON."""
    data = bibtex(cited) if form == "bibtex" else json.dumps([csl(cited)], ensure_ascii=False, indent=1) + "\n"
    return file(cited.key, data.encode("utf-8", "replace"), form)


def file(name: str, data: bytes, form: str) -> Response:
    """A file to keep. Its name is given in plain letters and in its own (RFC 6266)."""
    plain = "".join(one if one.isascii() and (one.isalnum() or one in "-_.") else "-" for one in name)[:80] or "sulieu"
    ending = _ENDINGS[form]
    own = quote(f"{name[:80]}.{ending}", safe="", errors="replace")
    named = f"attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{own}"
    return Response(data, media_type=None, headers={"content-type": _TYPES[form], "content-disposition": named})


def _csv(_name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([harmless(_cell(row.get(column.name))) for column in columns] for row in rows)
    return ("\ufeff" + text.getvalue()).encode("utf-8", "replace")


def _xlsx(name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "taken.xlsx"
        with Workbook(path) as book:
            cells = ({one.name: _cell(row.get(one.name)) for one in columns} for row in rows)
            book.add(name[:31], list(columns), cells)
        return path.read_bytes()


def _json(_name: str, _columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1, default=str)
    return f"{text}\n".encode("utf-8", "replace")


def _cell(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
