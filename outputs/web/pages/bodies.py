"""Bodies, and one body: names and those above it over time, who led it, what it said and was told."""

from __future__ import annotations

from starlette.requests import Request

from outputs.catalogue.bodies import NamedBody, bodies_listed, body
from outputs.factbase import FactBase
from outputs.web.asked import asked
from outputs.web.page import NotHere, Route, Shown, page_number
from outputs.web.standings import of_lines
from outputs.web.strip import names_strip, offices_strip

KINDS = (
    "state", "ministry", "agency", "department", "party", "court", "local", "district", "commune", "regional",
    "province", "country", "place", "sources",
)
_ROWS = 24       # people in a drawing


def bodies(request: Request, base: FactBase) -> Shown:
    """All bodies that a fact names, or those of a name or kind."""
    filters = asked(request, "name", "kind")
    listed = bodies_listed(base, **filters, page=page_number(request))
    return "bodies.html.j2", {"filters": filters, "listed": listed, "kinds": KINDS}


def one(request: Request, base: FactBase) -> Shown:
    """A body."""
    found = body(base, request.path_params["id"], page=page_number(request))
    if found is None:
        raise NotHere("body")
    own = NamedBody(found.listed.id, found.listed.name, found.listed.began, found.listed.ended)
    names = [*reversed([step.body for step in found.earlier]), own, *(step.body for step in found.later)]
    return "body.html.j2", {
        "body": found, "names": names_strip(names) if len(names) > 1 else None,
        "leaders": offices_strip(found.led[:_ROWS], people=True),
        "standings": of_lines(base, [*found.issued, *found.received, *found.events]),
    }


ROUTES = (Route("/bodies", bodies), Route("/body/{id}", one))
