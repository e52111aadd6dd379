"""What readers see when there is no answer: a sentence that says what to do, never a trace."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from outputs.errors import MissingLibrary, QuestionError
from outputs.factbase import FactBaseError
from outputs.web.links import language
from outputs.web.options import Options
from outputs.web.page import NotHere, Refused
from outputs.web.render import Renderer
from outputs.web.words import words

API = "/api/"
_LOG = logging.getLogger("sulieu.web")
_REFUSALS = {"wrong_host": 421, "too_large": 413, "no_token": 401, "foreign_form": 403}


class Failures:
    """Pages, or JSON below /api/, for what went wrong."""

    def __init__(self, renderer: Renderer, options: Options) -> None:
        self._renderer, self._options = renderer, options
        handlers: dict[type[Exception], Callable[[Request, Any], Response]] = {
            NotHere: self._not_here, Refused: self._refused, HTTPException: self._http, QuestionError: self._question,
            FactBaseError: self._fact_base, MissingLibrary: self._fact_base, Exception: self._ours,
        }
        self.handlers: Mapping[Any, Callable[[Request, Any], Response]] = handlers

    async def refused(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The answer to a request that does not pass the guard."""
        request = Request(scope, receive)
        key = scope["state"]["refused"]
        await self._shown(request, _REFUSALS[key], self._say(request, f"failure.{key}"), key)(scope, receive, send)

    def _say(self, request: Request, key: str, **values: object) -> str:
        return words(language(request))(key, **values)

    def _translated(self, request: Request, error: Exception) -> str:
        message = str(error)
        if say := getattr(error, "say", None) or getattr(error, "told", None):   # one that is said in both languages
            return str(say(language(request)))
        return self._options.in_vietnamese(message) if language(request) == "vi" else message

    def _shown(self, request: Request, status: int, sentence: str, what: str) -> Response:
        headers = {"www-authenticate": 'Bearer realm="sulieu"'} if status == 401 else {}
        if request.scope["path"].startswith(API):
            return JSONResponse({"error": sentence}, status, headers=headers)
        template = "entrance.html.j2" if what == "no_token" else "failure.html.j2"
        page = self._renderer.page(request, template, {"sentence": sentence, "status": status}, status)
        page.headers.update(headers)
        return page

    def _not_here(self, request: Request, error: NotHere) -> Response:
        return self._shown(request, 404, self._say(request, f"not_here.{error.what}"), "not_here")

    def _refused(self, request: Request, error: Refused) -> Response:
        return self._shown(request, error.status, self._say(request, f"failure.{error.key}", **error.values), error.key)

    def _http(self, request: Request, error: HTTPException) -> Response:
        known = {404: "not_here.page", 405: "failure.method"}
        sentence = self._say(request, known.get(error.status_code, "failure.bad"))
        shown = self._shown(request, error.status_code, sentence, "")
        shown.headers.update(error.headers or {})
        return shown

    def _question(self, request: Request, error: QuestionError) -> Response:
        return self._shown(request, 400, self._translated(request, error), "question")

    def _fact_base(self, request: Request, error: Exception) -> Response:
        return self._shown(request, 503, self._translated(request, error), "fact_base")

    def _ours(self, request: Request, error: Exception) -> Response:
        _LOG.error("%s %s", request.method, request.scope["path"])   # the trace itself is logged by the server
        return self._shown(request, 500, self._say(request, "failure.ours"), "ours")
