"""Jinja2 as the outputs use it: package templates, escaping on, undefined names are errors."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from outputs.passages import clipped
from outputs.vietnamese import capitalised, date_in_words, date_within_year, number_in_figures, short_date


@cache
def environment() -> Environment:
    """The one environment. Templates ending in `.html.j2` escape what they print."""
    env = Environment(
        loader=PackageLoader("outputs", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["words"] = date_in_words
    env.filters["short"] = short_date
    env.filters["within_year"] = date_within_year
    env.filters["figures"] = number_in_figures
    env.filters["clipped"] = clipped
    env.filters["capitalised"] = capitalised
    env.filters["markdown"] = markdown
    env.filters["markdown_part"] = markdown_part
    return env


_MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~^$!"})


def markdown(text: object) -> str:
    """Source words as Markdown shows them: one line, nothing in them is markup."""
    return " ".join(str(text).split()).translate(_MARKDOWN)


def markdown_part(text: str) -> str:
    """The same for words beside a quote: a space at either end stays."""
    inner = markdown(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"
