"""What the address of a list asks for."""

from __future__ import annotations

from starlette.requests import Request

_LONGEST = 200     # characters of a filter that are read


def asked(request: Request, *names: str) -> dict[str, str]:
    """The parameters of these names, without spaces at their ends; empty where one is not given."""
    return {name: " ".join(request.query_params.get(name, "").split())[:_LONGEST] for name in names}
