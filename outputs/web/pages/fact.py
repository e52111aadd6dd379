"""A fact: its words in context, what they say, and what it leads to. Its address is permanent."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from outputs.asking.linked import links, participants, repeats
from outputs.exports import annotation
from outputs.factbase import FactBase
from outputs.web import reading, takeaway
from outputs.web.citing import Work, bibtex, work
from outputs.web.page import Route, Shown
from outputs.web.reviewing import fact_panel
from outputs.web.standings import standings

_FORMS = (*takeaway.CITATIONS, "annotation", "json")


def fact(request: Request, base: FactBase) -> Shown | Response:
    """The words and fields of one fact."""
    row = reading.fact_row(base, request.path_params["id"])
    fields = reading.fact_fields(base, row)
    cited = _work(base, row)
    if form := takeaway.wanted(request, _FORMS):
        return _taken(row, fields, cited, form)
    return "fact.html.j2", {
        **in_context(row), "fact": row, "fields": {name: value for name, value in fields.items() if value is not None},
        "reached": reading.reached(base, row), "around": reading.around(base, row), "page": cited.page,
        "links": links(base.db, row["key"]), "participants": participants(base.db, row["key"]),
        "repeats": repeats(base.db, row["key"]), "standing": standings(base, [row["id"]]).get(row["id"]),
        "review": fact_panel(request, base, row["id"]),
        "bibtex": bibtex(cited), "forms": _FORMS,
    }


def in_context(row: Any) -> dict[str, Any]:
    """The whole words around; where more stands before or behind, half a word at the cut is left out."""
    before, after = row["before"], row["after"]
    cut_before, cut_after = row["start"] > len(before), len(after) == reading.CONTEXT
    return {
        "cut_before": cut_before, "before": before.partition(" ")[2] if cut_before and " " in before else before,
        "cut_after": cut_after, "after": after.rpartition(" ")[0] if cut_after and " " in after else after,
    }


def _work(base: FactBase, row: Any) -> Work:
    whole = reading.document_row(base, row["document_id"])
    found = work(whole, page=reading.page_of(whole["pages"], row["start"]))
    return Work(**{name: getattr(found, name) for name in Work.__slots__} | {
        "words": row["quote"], "start": row["start"], "end": row["end"],
    })


def as_json(row: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """A fact as JSON holds it: its words in their place, and its fields."""
    plain = {name: row[name] for name in ("id", "kind", "start", "end", "quote", "prefix", "suffix", "rule")}
    return plain | {
        "document": row["document_id"], "document_title": row["document_title"], "document_date": row["document_date"],
        "path": row["place"], "fields": fields,
    }


def _taken(row: Any, fields: dict[str, Any], cited: Work, form: str) -> Response:
    if form in takeaway.CITATIONS:
        return takeaway.citation(cited, form)
    made = as_json(row, fields)
    if form == "annotation":
        made = {"@context": "http://www.w3.org/ns/anno.jsonld"} | annotation(
            made | {"doc": made["document"], "text": made["quote"], "url": row["document_url"]}
        )
    return takeaway.file(row["id"], json.dumps(made, ensure_ascii=False, indent=1).encode("utf-8", "replace"), form)


ROUTES = (Route("/fact/{id}", fact),)
