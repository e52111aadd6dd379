"""A document, or words in it, as others cite it: BibTeX and CSL-JSON.

Only what the source states is written: no day of access, no author or year that it does not name.
Sources: CSL 1.0.2, appendices III and IV, and the CSL-JSON schema; BibTeX 0.99d, with braces that TeX balances.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import regex

from corpus.shadow import fold

_DAY = regex.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-([0-3]\d))?)?")
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&", "#": r"\#",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})
_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", "%": r"\%", "#": r"\#", " ": "%20"})
_NO_KEY = regex.compile(r"[^A-Za-z0-9.:_-]+")
_TYPES = {"news": ("article", "article-newspaper"), "notice": ("misc", "document")}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited, as the source states it; `words` with their place, where it is a fact that is cited."""

    id: str
    kind: str                      # news or notice
    title: str | None
    author: str | None
    source: str | None
    date: str | None               # EDTF
    number: str | None
    url: str | None
    place: str                     # its file, and the record in it
    page: int | None = None        # of the file, where it has pages
    words: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def key(self) -> str:
        """By which a text cites it: the id in plain letters; with a mark where letters are lost or words are meant."""
        plain: str = _NO_KEY.sub("-", fold(self.id)).strip("-")[:60]
        if plain == self.id and self.start is None:
            return plain
        mark = hashlib.sha256(f"{self.id}\n{self.start}\n{self.end}".encode()).hexdigest()[:8]
        return f"{plain}-{mark}" if plain else f"sulieu-{mark}"

    @property
    def note(self) -> str:
        """Where the words stand: file, characters of the text as sulieu reads it, and the words."""
        note = f"{self.place}; sulieu {self.id}"
        if self.start is not None:
            note += f", ký tự {self.start}–{self.end}"
        return f"{note}: “{self.words}”" if self.words else note


def work(row: sqlite3.Row, *, page: int | None = None) -> Work:
    """A document as a work: a row of `document` with its `place`."""
    notice = json.loads(row["notice"] or "null") or {}
    number, organ = (_stated(notice, name) for name in ("number", "organ"))
    return Work(
        id=row["id"], kind=row["kind"], title=row["title"], author=row["author"], source=row["source"] or organ,
        date=row["date"], number=number, url=row["url"], place=row["place"], page=page,
    )


def _stated(notice: dict[str, Any], name: str) -> str | None:
    part = notice.get(name)
    return (part.get("value") or part.get("text")) if isinstance(part, dict) else None


def bibtex(cited: Work) -> str:
    """An entry that BibTeX and biber read: `date` and `number` stand as stated, names are not taken apart."""
    day = _DAY.fullmatch(cited.date or "")
    fields = {
        "title": cited.title, "author": cited.author,
        "journal" if cited.kind == "news" else "organization": cited.source,
        "year": day and day[1], "month": day and day[2] and day[2].lstrip("0"),
        "day": day and day[3] and day[3].lstrip("0"),
        "number": cited.number, "pages": cited.page and str(cited.page), "note": cited.note,
    }
    if cited.date and not day:
        fields["year"] = cited.date     # EDTF as it is: approximate, or a span of time
    lines = [f"  {name} = {{{_tex(name, value)}}}" for name, value in fields.items() if value]
    if cited.url:
        lines.append(f"  url = {{{_flat(cited.url).translate(_ADDRESS)}}}")
    return f"@{_TYPES[cited.kind][0]}{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def _tex(name: str, value: str) -> str:
    words = _flat(value).translate(_TEX)
    return f"{{{words}}}" if name in ("title", "author", "organization") else words   # as it is: capitals, one name


def _flat(value: str) -> str:
    return " ".join(value.split())


def csl(cited: Work) -> dict[str, Any]:
    """An item of CSL-JSON."""
    item = {
        "id": cited.key, "type": _TYPES[cited.kind][1], "title": cited.title,
        "author": [{"literal": cited.author}] if cited.author else None, "container-title": cited.source,
        "issued": _issued(cited.date) if cited.date else None, "number": cited.number,
        "page": str(cited.page) if cited.page else None, "URL": cited.url, "note": cited.note, "language": "vi",
    }
    return {name: value for name, value in item.items() if value is not None}


def _issued(date: str) -> dict[str, Any]:
    days = [_DAY.fullmatch(part) for part in date.split("/")]
    if len(days) > 2 or not all(days):
        return {"literal": date}
    return {"date-parts": [[int(part) for part in day.groups() if part] for day in days if day]}
