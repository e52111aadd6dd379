"""The state of the archive: what became of every input, by type and reason, and what its builds were."""

from __future__ import annotations

from starlette.requests import Request

from corpus.details import detail_in_vietnamese
from outputs.factbase import FactBase
from outputs.status import status as ledger
from outputs.web.asked import asked
from outputs.web.page import Route, Shown

_RUNS = 10
_LISTED = 200     # inputs of one reason that a page lists


def status(request: Request, base: FactBase) -> Shown:
    """The ledger; with `?type=pdf&reason=…` the inputs of one reason."""
    filters = asked(request, "type", "reason")
    found = ledger(base, [filters["type"]] if filters["type"] else [], [filters["reason"]] if filters["reason"] else [])
    return "status.html.j2", {
        "status": found, "filters": filters, "runs": found.runs[:_RUNS], "listed": found.listed[:_LISTED],
        "detail_in_vietnamese": detail_in_vietnamese,
    }


ROUTES = (Route("/status", status),)
