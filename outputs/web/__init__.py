"""The reading room: a fact base in a browser. `make_app(path, options)` is the application (docs/reading_room.md)."""

from outputs.web.app import make_app
from outputs.web.options import Options

__all__ = ["Options", "make_app"]
