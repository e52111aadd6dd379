"""A document: its whole text with the facts in their places, and the page of its file beside it."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import Any

import regex
from starlette.requests import Request
from starlette.responses import Response

from extractors.facts import KINDS
from outputs.asking.linked import topics_of_document
from outputs.exports import export_webannotation
from outputs.factbase import FactBase
from outputs.web import pictures, reading, takeaway
from outputs.web.citing import work
from outputs.web.marked import Mark, marked_lines
from outputs.web.page import Refused, Route, Shown, page_number
from outputs.web.standings import standings

_AT = regex.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_FORMS = (*takeaway.CITATIONS, "annotation")
_SHOWN_FIELDS = ("author", "source", "url")     # beside title and date
_DOUBT = "doubt"     # a recognised word whose figures are not sure


def document(request: Request, base: FactBase) -> Shown | Response:
    """The text, or a part of a long one; `at=START-END` shows words of it, `hide=date` leaves a kind unmarked."""
    row = reading.document_row(base, request.path_params["id"])
    if form := takeaway.wanted(request, _FORMS):
        return _taken(base, row, form)
    at = _at(request, row["characters"])
    begins = reading.parts(row["text"])
    number = _part(request, begins, at)
    first = begins[number - 1]
    last = begins[number] if number < len(begins) else row["characters"]
    hidden = [kind for kind in KINDS if kind in request.query_params.getlist("hide")]
    every = reading.marks(base, row["key"], first, last)
    shown = [mark for mark in every if mark.kind not in hidden]
    shown += [Mark(_DOUBT, one["start"], one["end"]) for one in json.loads(row["doubtful"] or "[]")]
    if at:
        shown.append(Mark("at", *at))
    every_page = json.loads(row["pages"] or "[]")
    begun = {page["start"]: page["number"] for page in every_page if first <= page["start"] < last}
    lines = list(marked_lines(row["text"][first:last], first, shown, begun))
    return "document.html.j2", {
        "document": row, "lines": lines, "at": at, "hidden": hidden, "part": number, "parts": len(begins),
        "counts": reading.counts(base, row["key"]), "standings": standings(base, [one.id for one in every if one.id]),
        "topics": topics_of_document(base.db, row["key"])[:8], "relatives": reading.relatives(base, row),
        "details": [(name, row[name]) for name in _SHOWN_FIELDS if row[name]],
        "pages": _pages(lines, begun), "pictured": pictures.pages_of(request, base, row), "forms": _FORMS,
        "reached_at": _first_at(lines),
    }


def _at(request: Request, characters: int) -> tuple[int, int] | None:
    asked = request.query_params.get("at")
    if not asked:
        return None
    found = _AT.fullmatch(asked)
    if found is None or not (start := int(found[1])) < (end := int(found[2])) <= characters:
        raise Refused("bad.at", at=asked[:40], characters=characters)
    return start, end


def _part(request: Request, begins: list[int], at: tuple[int, int] | None) -> int:
    if at and "page" not in request.query_params:
        return sum(begin <= at[0] for begin in begins)
    number = page_number(request)
    if number > len(begins):
        raise Refused("bad.page", 404, page=number)
    return number


def _first_at(lines: list[Any]) -> int | None:
    """Where the piece is that the address points at: it carries the anchor."""
    return next((piece.first for line in lines for piece in line if "at" in piece.kinds), None)


def _pages(lines: list[Any], begun: dict[int, int]) -> dict[int, int]:
    """The piece before which each page of the file is marked: the first that has words of it."""
    firsts = [piece.first for line in lines for piece in line]
    places = {start: bisect_left(firsts, start) for start in begun}
    return {firsts[place]: begun[start] for start, place in places.items() if place < len(firsts)}


def _taken(base: FactBase, row: Any, form: str) -> Response:
    if form == "annotation":
        page = "".join(export_webannotation(base, document=row["key"]))
        return takeaway.file(row["id"], page.encode("utf-8", "replace"), form)
    return takeaway.citation(work(row), form)


ROUTES = (Route("/document/{id:path}", document),)
