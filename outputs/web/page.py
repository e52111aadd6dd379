"""What a page is: an address, and a function that gives a template and its values.

    def person(request: Request, base: FactBase) -> Shown:
        row = base.db.execute("SELECT * FROM person WHERE id = ?", (request.path_params["id"],)).fetchone()
        if row is None:
            raise NotHere("person")
        return "person.html.j2", {"person": row}

    ROUTES = (Route("/person/{id}", person),)

The function runs in a thread of its own with a read-only handle, inside one read transaction. A form that is posted
has been read and checked before: `request.state.form`. Templates lie in outputs/templates/web and extend
`web/base.html.j2`; they have `words`, `link`, `to_document`, `to_fact`, `request`, `csrf` (docs/reading_room.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from outputs.factbase import FactBase

Shown = tuple[str, dict[str, Any]]
View = Callable[[Request, FactBase], Shown | Response]


@dataclass(frozen=True, slots=True)
class Route:
    """The address of a page, in Starlette's form, and the function that makes it."""

    path: str
    view: View
    methods: tuple[str, ...] = ("GET",)


class NotHere(Exception):
    """There is nothing at this address. `what` ends the key of the sentence that says so: `not_here.person`."""

    def __init__(self, what: str = "page") -> None:
        super().__init__(what)
        self.what = what


class Refused(Exception):
    """A request that cannot be answered as it was put; `key` names the sentence that says why, `status` the code."""

    def __init__(self, key: str, status: int = 400, **values: object) -> None:
        super().__init__(key)
        self.key, self.status, self.values = key, status, values


def page_number(request: Request) -> int:
    """The page of a list that is asked for (`?page=2`), from 1. Raises Refused for what is no number of a page."""
    asked = request.query_params.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 8 and int(asked)):
        raise Refused("bad.page", page=asked[:40])
    return int(asked)
