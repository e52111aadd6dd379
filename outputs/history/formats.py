"""The four formats of a history, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from outputs.history import charts
from outputs.history.book import history_pdf
from outputs.history.finished import check_file
from outputs.history.model import History
from outputs.history.render import history_html, history_md
from outputs.history.word import history_docx

FORMATS: dict[str, Callable[[History], str | bytes]] = {
    "md": history_md, "html": history_html, "docx": history_docx, "pdf": history_pdf,
}


def write_history(history: History, form: str) -> bytes:
    """The file of a format of FORMATS, read back and checked. Raises MissingLibrary, UnsupportedClaims."""
    made = unchecked(history, form)
    check_file(history, form, made)
    return made


def unchecked(history: History, form: str) -> bytes:
    """The same as it was made. Raises MissingLibrary."""
    made = FORMATS[form](history)
    return made if isinstance(made, bytes) else made.encode()


def format_of(name: str) -> str | None:
    """The format that a file's name asks for: `history.docx` is a `docx`; None for an ending of no format."""
    ending = PurePath(name).suffix.lower().lstrip(".")
    return {"markdown": "md", "htm": "html"}.get(ending, ending) if ending in (*FORMATS, "markdown", "htm") else None


def lacks_pictures(history: History, form: str) -> bool:
    """Whether the file would have pictures, were the libraries that draw installed."""
    return form != "md" and any(section.charts for section in history.sections) and not charts.available()
