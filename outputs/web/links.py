"""Addresses within the room. Every link is made here, so that the language goes with it and ids are quoted."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from starlette.requests import Request

_SAFE = "/:,;=@!$'()*~"     # what a path may hold as it is (RFC 3986, section 3.3)


def language(request: Request) -> str:
    """The language of the page: `vi`, or `en` where the address asks for it."""
    return "en" if request.query_params.get("lang") == "en" else "vi"


def link(request: Request, path: str, *, fragment: str = "", **params: object) -> str:
    """The address of a page: `link(request, "/person/x", page=2)`. `path` is plain text and is quoted here.

    Parameters that are None or empty are left out, a list is repeated; the language of this page goes along.
    """
    given = {name: value for name, value in params.items() if value not in (None, "", (), [])}
    if language(request) == "en":
        given.setdefault("lang", "en")
    return address(path, given, fragment)


def address(path: str, params: Mapping[str, object], fragment: str = "") -> str:
    """An address of a plain path and its parameters."""
    # An id that begins with a slash would otherwise be the name of another machine.
    quoted = "/" + quote(path, safe=_SAFE).lstrip("/")
    query = urlencode(params, doseq=True, errors="replace")
    return quoted + (f"?{query}" if query else "") + (f"#{quote(fragment)}" if fragment else "")


def to_document(request: Request, document: str, start: int | None = None, end: int | None = None) -> str:
    """The address of a document, or of words in it."""
    if start is None or end is None:
        return link(request, f"/document/{document}")
    return link(request, f"/document/{document}", at=f"{start}-{end}", fragment="at")


def to_fact(request: Request, mention: str) -> str:
    """The permanent address of a fact."""
    return link(request, f"/fact/{mention}")


def other_language(request: Request) -> str:
    """The address of this page in the other language."""
    params: dict[str, object] = {
        name: request.query_params.getlist(name) for name in request.query_params if name != "lang"
    }
    if language(request) == "vi":
        params["lang"] = "en"
    return address(request.scope["path"] if request.method == "GET" else "/", params)


def same_page(request: Request, **changed: object) -> str:
    """The address of this page with some parameters changed; None takes one out."""
    params: dict[str, object] = {name: request.query_params.getlist(name) for name in request.query_params}
    params |= changed
    return address(request.scope["path"], {name: value for name, value in params.items() if value not in (None, [])})
