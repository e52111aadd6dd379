"""What the sides of a conflict come to, for readers: days and numbers as they write them."""

from __future__ import annotations

from collections.abc import Callable

import regex

from outputs.conflicts import value_in_words
from outputs.web.words import words

_DAY = regex.compile(r"\d{4}-\d\d(?:-\d\d)?")


def said_of(language: str) -> Callable[[str, str], str]:
    """A function of the rule that found a conflict and the value of a side."""
    short = words(language).short

    def said(rule: str, value: str) -> str:
        return str(_DAY.sub(lambda day: short(day[0]), value)) if _DAY.match(value) else value_in_words(
            rule, value, language
        )

    return said
