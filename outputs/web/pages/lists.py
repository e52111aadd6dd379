"""The lists of the room as files: what a page shows a part of, whole, as CSV, Excel or JSON."""

from __future__ import annotations

from functools import cache
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from outputs.factbase import FactBase
from outputs.web import takeaway
from outputs.web.page import NotHere, Route
from outputs.words import rows
from outputs.workbook import Column, ColumnType

MOST = 20_000      # lines; `sulieu export` has no bound
LISTS = {          # page → the view that has its lines
    "people": "read_offices", "bodies": "read_bodies", "decrees": "read_decrees", "figures": "read_series",
    "directives": "read_directives", "timeline": "read_events", "conflicts": "read_conflicts",
    "status": "read_outcomes",
}


def taken(request: Request, base: FactBase) -> Response:
    """One of the lists; CSV where no form is asked for."""
    name = request.path_params["name"]
    if name not in LISTS:
        raise NotHere
    form = takeaway.wanted(request, takeaway.TABLES) or "csv"
    columns = [_column(row["name"]) for row in base.db.execute(f"PRAGMA table_info({LISTS[name]})")]
    found = base.db.execute(f"SELECT * FROM {LISTS[name]} ORDER BY {_order(LISTS[name])} LIMIT ?", (MOST,))
    return takeaway.table(f"sulieu-{name}", columns, (dict(row) for row in found), form)


def _column(name: str) -> Column:
    words = _words().get(name)
    if words is None:
        return Column(name, name)
    return Column(name, f"{words['vietnamese']} / {name}", cast(ColumnType, words["type"]), int(words["width"]))


@cache
def _words() -> dict[str, dict[str, str]]:
    return {row["column"]: row for row in rows("workbook_columns")}


@cache
def _order(view: str) -> str:
    sheet = next((row for row in rows("workbook_sheets") if row["view"] == view), None)
    return ", ".join(f'"{name}"' for name in sheet["ordered"].split(",")) if sheet else "1"


ROUTES = (Route("/list/{name}", taken),)
