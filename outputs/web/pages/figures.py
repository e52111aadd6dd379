"""Series of figures, and one series as a chart and a table, with its breaks and with targets beside results."""

from __future__ import annotations

from decimal import Decimal

from starlette.requests import Request

from outputs import english, vietnamese
from outputs.catalogue.series import series, series_listed
from outputs.conflicts import rule_labels
from outputs.factbase import FactBase
from outputs.web.asked import asked
from outputs.web.links import language
from outputs.web.page import NotHere, Route, Shown, page_number
from outputs.web.said import said_of
from outputs.web.standings import of_lines
from outputs.web.strip import series_chart
from outputs.web.words import Words, words

_IN_FIGURES = {"vi": vietnamese.number_in_figures, "en": english.number_in_figures}


def figures(request: Request, base: FactBase) -> Shown:
    """All series, or those of a metric or subject."""
    filters = asked(request, "metric", "subject")
    listed = series_listed(base, **filters, page=page_number(request))
    return "figures.html.j2", {"filters": filters, "listed": listed}


def one(request: Request, base: FactBase) -> Shown:
    """A series."""
    found = series(base, request.path_params["id"])
    if found is None:
        raise NotHere("series")
    tongue = language(request)
    return "series.html.j2", {
        "series": found, "chart": series_chart(found.points), "in_short": _in_short, "rules": rule_labels(tongue),
        "said": said_of(tongue),
        "standings": of_lines(base, found.points), "span": _span(found.listed.span, words(tongue)),
    }


def _span(span: str, said: Words) -> str:
    """How long each period is: `3 months`, `year`."""
    number, _, unit = span.rpartition(" ")
    return said.label("series.span", unit).format(number=number or 1)


def _in_short(value: Decimal, said: Words) -> str:
    """A value at an axis: `1,2 tỷ`."""
    figures = _IN_FIGURES[said.language]
    for size, name in ((Decimal(10**9), "billion"), (Decimal(10**6), "million")):
        if abs(value) >= size:
            return f"{figures((value / size).normalize())} {said(f'series.{name}')}"
    return figures(value.normalize())


ROUTES = (Route("/figures", figures), Route("/series/{id}", one))
