"""Style and script files of the room, under addresses that change with their contents."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from outputs.web.safety import STATIC

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_SHARED = ("archive.css",)      # the look of every page of ours, timeline and history too
_YEAR = 365 * 24 * 3600


@cache
def _all() -> dict[str, tuple[bytes, str]]:
    """Name to contents and mark: nothing else can be asked for."""
    folder = files("outputs") / "templates"
    found = [folder / name for name in _SHARED]
    ours = (one for one in (folder / "web").iterdir() if one.name.rpartition(".")[2] in _TYPES)
    found += sorted(ours, key=lambda one: (one.name != "room.css", one.name))
    contents = {one.name: one.read_bytes() for one in found}
    return {name: (data, hashlib.sha256(data).hexdigest()[:12]) for name, data in contents.items()}


@cache
def addresses(ending: str) -> tuple[str, ...]:
    """Where all files of an ending are, `css`, `js` or `svg`, in the order in which a page names them."""
    return tuple(f"{STATIC}{name}?v={mark}" for name, (_, mark) in _all().items() if name.endswith(f".{ending}"))


async def serve(request: Request) -> Response:
    """One of the files."""
    name = request.path_params["name"]
    if name not in _all():
        raise HTTPException(404)
    data, mark = _all()[name]
    age = f"public, max-age={_YEAR}, immutable" if request.query_params.get("v") == mark else "no-cache"
    return Response(data, media_type=_TYPES[name.rpartition(".")[2]], headers={"cache-control": age})
