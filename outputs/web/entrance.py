"""Where the token is given, once; a cookie keeps a ticket made of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route as Address

from outputs.web.links import link
from outputs.web.options import Options
from outputs.web.page import Refused
from outputs.web.render import Renderer
from outputs.web.safety import COOKIE, ENTRANCE, passes, ticket


def routes(options: Options, renderer: Renderer) -> list[Address]:
    """The address of the form, if the room asks for a token."""

    async def enter(request: Request) -> Response:
        from outputs.web.app import posted

        if request.method != "POST":
            return renderer.page(request, "entrance.html.j2", {"sentence": None, "status": 200})
        form = await posted(request, options)
        given = form.get("token")
        if not isinstance(given, str) or not passes(options, given.strip()):
            raise Refused("wrong_token", 403)
        answer = RedirectResponse(link(request, "/"), 303)
        answer.set_cookie(COOKIE, ticket(options), httponly=True, samesite="strict", path="/")
        return answer

    return [Address(ENTRANCE, enter, methods=["GET", "POST"])] if options.token else []
