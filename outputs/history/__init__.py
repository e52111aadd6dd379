"""A draft history in which every sentence opens its source."""

from outputs.checker import UnsupportedClaims
from outputs.history.build import history
from outputs.history.errors import AmbiguousSubject, Choice
from outputs.history.model import Chart, Evidence, History, Link, Note, Point, Row, Section, Sentence, Table
from outputs.history.render import history_html, history_md
from outputs.weights import WeightsError

__all__ = [
    "AmbiguousSubject", "Chart", "Choice", "Evidence", "History", "Link", "Note", "Point", "Row", "Section", "Sentence",
    "Table", "UnsupportedClaims", "WeightsError",
    "history", "history_html", "history_md",
]
