"""What the address of a list asks for, and what is said of what cannot be read in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from outputs.catalogue.errors import Unreadable
from outputs.web.page import Refused

_LONGEST = 200     # characters of a filter that are read
_SAID_AGAIN = 60   # of one that cannot be read


def asked(request: Request, *names: str) -> dict[str, str]:
    """The parameters of these names, without spaces at their ends; empty where one is not given."""
    return {name: " ".join(request.query_params.get(name, "").split())[:_LONGEST] for name in names}


@contextmanager
def understood() -> Iterator[None]:
    """Turns a filter that cannot be read into the sentence that says so: `failure.bad.date` and its like."""
    try:
        yield
    except Unreadable as error:
        raise Refused(f"bad.{error.what}", value=str(error.value)[:_SAID_AGAIN], page=error.value) from error
