"""Directives by deadline, and one directive: its clause, who tells whom what by when, where it is said again."""

from __future__ import annotations

from starlette.requests import Request

from outputs.catalogue.directives import DirectivesAsked, directive, directives_listed
from outputs.factbase import FactBase
from outputs.web.asked import asked, understood
from outputs.web.page import NotHere, Route, Shown, page_number
from outputs.web.standings import of_lines

FORCES = ("order", "request", "task", "promise")
_FILTERS = tuple(DirectivesAsked.__slots__)
_NAMES = {
    "person": "SELECT name FROM person WHERE id = ?", "body": "SELECT name FROM body WHERE id = ?",
    "decree": "SELECT doc_type || ' ' || coalesce(number, title, '') AS name FROM decree WHERE id = ?",
}


def directives(request: Request, base: FactBase) -> Shown:
    """All directives, those with a deadline first."""
    filters = asked(request, *_FILTERS)
    with understood():
        listed = directives_listed(base, DirectivesAsked(**filters), page=page_number(request))
    about = []
    for kind, query in _NAMES.items():
        row = base.db.execute(query, (filters[kind],)).fetchone() if filters[kind] else None
        if row:
            about.append((kind, filters[kind], row["name"]))
    return "directives.html.j2", {
        "filters": filters, "listed": listed, "forces": FORCES, "about": about,
        "standings": of_lines(base, listed.items),
    }


def one(request: Request, base: FactBase) -> Shown:
    """A directive."""
    found = directive(base, request.path_params["id"])
    if found is None:
        raise NotHere("directive")
    return "directive.html.j2", {"directive": found, "standings": of_lines(base, [found.line])}


ROUTES = (Route("/directives", directives), Route("/directive/{id}", one))
