"""The same answers as JSON (docs/api.md)."""

from __future__ import annotations

from outputs.web.page import Route

ROUTES: tuple[Route, ...] = ()
