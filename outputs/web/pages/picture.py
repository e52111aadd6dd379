"""A page of the source file, as a picture beside its text."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from outputs.factbase import FactBase
from outputs.web import pictures, reading
from outputs.web.page import NotHere, Route


def picture(request: Request, base: FactBase) -> Response:
    """The page as PNG."""
    row = reading.document_row(base, request.path_params["id"])
    number = int(request.path_params["page"])
    if number not in pictures.pages_of(request, base, row):
        raise NotHere("picture")
    data = pictures.picture(base, row["id"], number)
    if data is None:
        raise NotHere("picture")
    return pictures.answer(data)


ROUTES = (Route("/picture/{page:int}/{id:path}", picture),)
