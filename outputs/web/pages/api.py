"""The API as a page: what can be asked, with an example of each."""

from __future__ import annotations

from starlette.requests import Request

from outputs.factbase import FactBase
from outputs.web.api.operations import operations
from outputs.web.page import Route, Shown


def api(_request: Request, _base: FactBase) -> Shown:
    """Every operation with its parameters."""
    return "api.html.j2", {"operations": operations()}


ROUTES = (Route("/api", api), Route("/api/", api))
