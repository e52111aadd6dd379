"""Search, as one function; `outputs.asking` has the whole of it."""

from outputs.asking.errors import SearchError
from outputs.asking.hits import Hit, search

__all__ = ["Hit", "SearchError", "search"]
