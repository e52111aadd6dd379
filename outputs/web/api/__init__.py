"""The same answers as JSON (docs/api.md): handlers made of the table of operations, and its description."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from outputs.factbase import FactBase
from outputs.web.api.openapi import description
from outputs.web.api.operations import Operation, operations
from outputs.web.api.parameters import read
from outputs.web.page import Route


def _json(value: Any) -> Response:
    text = json.dumps(value, ensure_ascii=False, default=_plain, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), media_type="application/json")


def _plain(value: Any) -> Any:
    """What JSON has no form for: exact numbers stay exact, in words."""
    return str(value) if isinstance(value, Decimal) else list(value)


def _view(operation: Operation) -> Callable[[Request, FactBase], Response]:
    def answered(request: Request, base: FactBase) -> Response:
        asked = dict(read(request, operation.parameters))
        if operation.of:
            asked[operation.of] = request.path_params[operation.of]
        return _json(operation.answer(base, asked))

    return answered


def _described(_request: Request, _base: FactBase) -> Response:
    return _json(description())


ROUTES = (
    Route("/api/openapi.json", _described), *(Route(one.path, _view(one)) for one in operations()),
)
