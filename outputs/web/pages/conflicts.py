"""What sources say that does not go together, side by side."""

from __future__ import annotations

from starlette.requests import Request

from outputs.catalogue.conflicts import conflicts_listed
from outputs.conflicts import GRADES, rule_labels
from outputs.factbase import FactBase
from outputs.web.asked import asked
from outputs.web.links import language
from outputs.web.page import Refused, Route, Shown, page_number
from outputs.web.said import said_of
from outputs.web.standings import standings


def conflicts(request: Request, base: FactBase) -> Shown:
    """All conflicts, or those of a grade or rule."""
    filters = asked(request, "grade", "rule")
    for given, names in ((filters["grade"], GRADES), (filters["rule"], rule_labels())):
        if given and given not in names:
            raise Refused("bad.choice", value=given[:60])
    found = conflicts_listed(base, **filters, page=page_number(request))
    tongue = language(request)
    return "conflicts.html.j2", {
        "filters": filters, "found": found, "rules": rule_labels(tongue), "said": said_of(tongue),
        "standings": standings(base, [side.fact for one in found.listed.items for side in one.sides if side.fact]),
    }


ROUTES = (Route("/conflicts", conflicts),)
