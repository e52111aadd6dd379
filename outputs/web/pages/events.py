"""One event: all that tell it side by side, why they are one, who takes part, and where they do not agree."""

from __future__ import annotations

from starlette.requests import Request

from outputs.catalogue.events import event
from outputs.conflicts import rule_labels
from outputs.factbase import FactBase
from outputs.web.links import language
from outputs.web.page import NotHere, Route, Shown
from outputs.web.said import said_of
from outputs.web.standings import of_lines


def one(request: Request, base: FactBase) -> Shown:
    """An event."""
    found = event(base, request.path_params["id"])
    if found is None:
        raise NotHere("event")
    tongue = language(request)
    return "event.html.j2", {
        "event": found, "rules": rule_labels(tongue), "said": said_of(tongue),
        "standings": of_lines(base, found.tellings),
    }


ROUTES = (Route("/event/{id}", one),)
