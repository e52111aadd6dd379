"""Acts, and one act: its values and who states them, what changed it and what it changed, who cites it and for what."""

from __future__ import annotations

from starlette.requests import Request

from outputs.catalogue.decrees import act, acts_listed, types_of_acts
from outputs.conflicts import rule_labels
from outputs.factbase import FactBase
from outputs.web.asked import asked
from outputs.web.links import language
from outputs.web.page import NotHere, Route, Shown, page_number
from outputs.web.said import said_of
from outputs.web.standings import of_lines

FIELDS = ("number", "title", "date", "issuer", "effect", "expiry")


def decrees(request: Request, base: FactBase) -> Shown:
    """All acts, or those of a number, name, type or year."""
    filters = asked(request, "words", "type", "year")
    listed = acts_listed(
        base, words=filters["words"], doc_type=filters["type"], year=filters["year"], page=page_number(request)
    )
    return "decrees.html.j2", {"filters": filters, "listed": listed, "types": types_of_acts(base.db)}


def one(request: Request, base: FactBase) -> Shown:
    """An act."""
    filters = asked(request, "purpose", "relation")
    found = act(base, request.path_params["id"], **filters, page=page_number(request))
    if found is None:
        raise NotHere("decree")
    fields = {field: [value for value in found.values if value.field == field] for field in FIELDS}
    tongue = language(request)
    return "decree.html.j2", {
        "act": found, "fields": fields, "filters": filters, "rules": rule_labels(tongue), "said": said_of(tongue),
        "standings": of_lines(base, found.directives),
    }


ROUTES = (Route("/decrees", decrees), Route("/decree/{id:path}", one))
