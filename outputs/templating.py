"""Jinja2 as the outputs use it: package templates, escaping on, undefined names are errors."""

from __future__ import annotations

from functools import cache
from typing import Any

import regex
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from outputs.passages import clipped
from outputs.vietnamese import capitalised, date_in_words, date_within_year, number_in_figures, short_date


@cache
def environment() -> Environment:
    """The one environment. Templates ending in `.html.j2` or `.xml.j2` escape what they print.

    None prints a control character.
    """
    env = Environment(
        loader=PackageLoader("outputs", "templates"),
        autoescape=select_autoescape(enabled_extensions=("html.j2", "xml.j2"), default_for_string=False),
        undefined=StrictUndefined,
        finalize=printable,
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


# What XML 1.0 (production 2, Char) does not allow, and C1 controls: a page or Word file that held one would not open.
_CONTROL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(value: Any) -> Any:
    """Text without control characters: what was one shows as a space or as the sign of a lost letter."""
    if not isinstance(value, str) or _CONTROL.search(value) is None:
        return value
    return type(value)(_CONTROL.sub(lambda found: " " if found[0].isspace() else "\ufffd", str(value)))


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
