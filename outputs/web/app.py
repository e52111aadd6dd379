"""The application: every module of `pages` and the API, behind one guard."""

from __future__ import annotations

import pkgutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Address
from starlette.types import ASGIApp

from outputs.asking import warm
from outputs.factbase import FactBase
from outputs.web import api, entrance, pages, statics
from outputs.web.failures import Failures
from outputs.web.options import Options
from outputs.web.page import Refused, Route
from outputs.web.render import Renderer
from outputs.web.room import Room
from outputs.web.safety import STATIC, Guard, TooLarge, own_form

_FIELDS = 500    # that a form may have
_WARM_SECONDS = 120.0


def make_app(path: str | Path, options: Options | None = None) -> Starlette:
    """The reading room of a fact base. Raises FactBaseError if there is none at `path` that can be read."""
    options = options or Options()
    room = Room(path, seconds=options.seconds, threads=options.threads)
    room.check()
    renderer = Renderer(options, Path(path))
    failures = Failures(renderer, options)

    @asynccontextmanager
    async def opened(app: Starlette) -> AsyncIterator[None]:
        if options.warm:
            room.warm(warm, _WARM_SECONDS)
        yield
        room.close()

    app = _Guarded(
        routes=[
            Address(STATIC + "{name}", statics.serve, methods=["GET"]),
            *entrance.routes(options, renderer),
            *(Address(route.path, _endpoint(room, renderer, options, route), methods=list(route.methods))
              for route in _routes()),
        ],
        exception_handlers=failures.handlers,
        lifespan=opened,
    )
    app.guarded_by = partial(Guard, options=options, refuse=failures.refused)
    app.state.room, app.state.options, app.state.renderer = room, options, renderer
    return app


class _Guarded(Starlette):
    """An application whose guard stands before everything, so that the page of an error of ours has its headers too."""

    guarded_by: Callable[[ASGIApp], ASGIApp]

    def build_middleware_stack(self) -> ASGIApp:
        """The application as Starlette builds it, behind the guard."""
        return self.guarded_by(super().build_middleware_stack())


def _routes() -> Iterator[Route]:
    """The pages, then the API; addresses that take whatever follows come last of their own, by their length."""
    modules = [import_module(f"{pages.__name__}.{found.name}") for found in pkgutil.iter_modules(pages.__path__)]
    yield from (route for module in modules for route in getattr(module, "ROUTES", ()))
    yield from api.ROUTES


def _endpoint(room: Room, renderer: Renderer, options: Options, route: Route) -> Callable[..., object]:
    async def endpoint(request: Request) -> Response:
        if request.method == "POST":
            request.state.form = await posted(request, options)
        return await room.read(partial(_answer, request))

    def _answer(request: Request, base: FactBase) -> Response:
        made = route.view(request, base)
        return made if isinstance(made, Response) else renderer.page(request, *made)

    return endpoint


async def posted(request: Request, options: Options, *, of_ours: bool = True) -> FormData:
    """The fields of a form that was sent. Raises Refused for one that is not of this room, or too large."""
    try:
        form = await request.form(max_files=0, max_fields=_FIELDS, max_part_size=options.body)
    except TooLarge as error:
        raise Refused("too_large", 413) from error
    except (HTTPException, MultiPartException) as error:
        raise Refused("bad_form") from error
    if of_ours and not own_form(options, form.get("csrf")):
        raise Refused("foreign_form", 403)
    return form
