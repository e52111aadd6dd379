"""The lists of the room as files: what a page shows a part of, whole, as CSV, Excel or JSON."""

from __future__ import annotations

from functools import cache
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from outputs.factbase import FactBase
from outputs.review import Reviews
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
_KINDS = {"directives": "directive", "figures": "figure", "timeline": "event"}   # lists whose lines are facts
REVIEW = Column("review", "hiệu đính / review", width=14)     # accept, reject, edit; empty where nobody looked


def taken(request: Request, base: FactBase) -> Response:
    """One of the lists; CSV where no form is asked for."""
    name = request.path_params["name"]
    if name not in LISTS:
        raise NotHere
    form = takeaway.wanted(request, takeaway.TABLES) or "csv"
    columns = [_column(row["name"]) for row in base.db.execute(f"PRAGMA table_info({LISTS[name]})")]
    found = base.db.execute(f"SELECT * FROM {LISTS[name]} ORDER BY {_order(LISTS[name])} LIMIT ?", (MOST,))
    if name not in _KINDS:
        return takeaway.table(f"sulieu-{name}", columns, map(dict, found), form)
    said = _said(base, _KINDS[name])
    rows = ({**dict(row), "review": said.get((row["document"], row["start"], row["end"]))} for row in found)
    return takeaway.table(f"sulieu-{name}", [*columns, REVIEW], rows, form)


def _said(base: FactBase, kind: str) -> dict[tuple[str, int, int], str]:
    """What readers decided on facts of a kind, by document and place."""
    found = {}
    for mention, standing in Reviews.beside(base, wait=1.0).of_every(base).items():
        row = base.db.execute(
            'SELECT d.id, m.start, m."end" FROM mention m JOIN document d ON d.key = m.document'
            " WHERE m.id = ? AND m.kind = ?", (mention, kind),
        ).fetchone()
        if row:
            found[row["id"], row["start"], row["end"]] = standing.decision
    return found


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
