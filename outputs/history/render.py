"""A history as Markdown and as one self-contained web page."""

from __future__ import annotations

from outputs.history.model import History
from outputs.history.phrases import phrase
from outputs.templating import environment


def history_md(history: History) -> str:
    """Markdown with footnotes (`[^1]`)."""
    return environment().get_template("history.md.j2").render(history=history, phrase=phrase)


def history_html(history: History) -> str:
    """One page: no network, no script."""
    quotes = {note.number: note.quote for note in history.notes}
    return environment().get_template("history.html.j2").render(history=history, phrase=phrase, quotes=quotes)
