"""People, and one person: offices over time, every document that names them, events, directives, what to look at."""

from __future__ import annotations

from starlette.requests import Request

from outputs.catalogue.directives import DirectivesAsked, directives_listed
from outputs.catalogue.events import event_lines, events_of_person
from outputs.catalogue.people import people_listed, person
from outputs.factbase import FactBase
from outputs.web.asked import asked
from outputs.web.page import NotHere, Route, Shown, page_number
from outputs.web.standings import of_lines
from outputs.web.strip import offices_strip

_SHOWN = 10      # events and directives of a person; lists of their own have the others


def people(request: Request, base: FactBase) -> Shown:
    """Everybody, or those of a name or body."""
    filters = asked(request, "name", "body")
    listed = people_listed(base, **filters, page=page_number(request))
    return "people.html.j2", {"filters": filters, "listed": listed}


def one(request: Request, base: FactBase) -> Shown:
    """A person."""
    found = person(base, request.path_params["id"], page=page_number(request))
    if found is None:
        raise NotHere("person")
    events = events_of_person(base.db, found.key)
    directives = {
        side: directives_listed(base, DirectivesAsked(person=found.id, side=side), size=_SHOWN)
        for side in ("issuer", "addressee")
    }
    told = event_lines(base.db, events, most=_SHOWN)
    lines = [line for listed in directives.values() for line in listed.items]
    return "person.html.j2", {
        "person": found, "strip": offices_strip(found.offices), "events": told, "number_of_events": len(events),
        "directives": directives, "standings": of_lines(base, [*told, *lines]),
    }


ROUTES = (Route("/people", people), Route("/person/{id}", one))
