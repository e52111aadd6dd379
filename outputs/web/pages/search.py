"""The first page: one box over texts and facts."""

from __future__ import annotations

from starlette.requests import Request

from outputs.factbase import FactBase
from outputs.web.page import Route, Shown


def search(request: Request, base: FactBase) -> Shown:
    """What answers the question of the address."""
    return "search.html.j2", {"documents": base.count("document")}


ROUTES = (Route("/", search),)
