"""The timeline: events by year, with filters, a page at a time."""

from __future__ import annotations

from itertools import groupby

from starlette.requests import Request

from outputs.catalogue.events import EventLine, EventsAsked, timeline_page
from outputs.factbase import FactBase
from outputs.web.asked import asked, understood
from outputs.web.page import Route, Shown, page_number
from outputs.web.standings import of_lines
from outputs.web.strip import year_bars
from outputs.words import event_labels

_FILTERS = ("since", "until", "type", "topic", "body", "person", "source")
_NAMES = {"person": "SELECT name FROM person WHERE id = ?", "body": "SELECT name FROM body WHERE id = ?"}


def timeline(request: Request, base: FactBase) -> Shown:
    """Events in order of time."""
    filters = asked(request, *_FILTERS)
    year = asked(request, "year")["year"]
    with understood():
        found = timeline_page(base, EventsAsked(year=year, **filters), page=page_number(request))
    years = [(one, number) for one, number in found.years if one is not None]
    names = {}
    for kind, query in _NAMES.items():
        row = base.db.execute(query, (filters[kind],)).fetchone() if filters[kind] else None
        names[kind] = row["name"] if row else filters[kind]
    return "timeline.html.j2", {
        "filters": filters, "year": year, "found": found, "total": sum(number for _, number in found.years),
        "bars": year_bars(years), "decades": _decades(years), "around": _around(years, year), "names": names,
        "types": list(event_labels()), "standings": of_lines(base, found.lines.items),
        "sections": [(key, list(lines)) for key, lines in groupby(found.lines.items, key=_year)],
    }


def _year(line: EventLine) -> int | None:
    if line.first_day:
        return int(line.first_day[:4])
    return int(line.date[:5]) if line.date.startswith("-") else None


def _around(years: list[tuple[int, int]], year: str) -> tuple[int | None, int | None]:
    """The years with events before and after one."""
    if not year or year == "none":
        return None, None
    before = [one for one, _ in years if one < int(year)]
    after = [one for one, _ in years if one > int(year)]
    return before[-1] if before else None, after[0] if after else None


def _decades(years: list[tuple[int, int]]) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """First year of each decade, its events, and its years."""
    found = []
    for decade, group in groupby(years, key=lambda one: one[0] // 10 * 10):
        of = list(group)
        found.append((decade, sum(number for _, number in of), of))
    return found


ROUTES = (Route("/timeline", timeline),)
