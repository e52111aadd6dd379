"""The answer to a question: hits, how many in all, and counts for each filter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from outputs.asking.errors import SearchError
from outputs.asking.fields import fields
from outputs.asking.hits import Hit, search
from outputs.asking.question import Question
from outputs.factbase import FactBase


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter could have, or has: `count` is how many hits there would be with it alone in the filter."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its choices, most hits first (years in order). `more` is how many further values it has.

    `name` is the field of Question (`year` and `published` set its spans of time; see `Question.toggled`); `label` what
    readers call it.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits from `offset` on, best first; `total` counts all. `also` are words that were looked for as well:
    `THADS = thi hành án dân sự`."""

    question: Question
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    offset: int = 0
    also: tuple[str, ...] = ()


def answer(
    base: FactBase, question: Question, *, limit: int = 20, offset: int = 0, facets: bool = True, language: str = "vi"
) -> Answer:
    """Hits, best first. `language` (`vi`, `en`) is that of labels. Raises SearchError for what cannot be asked."""
    if limit < 1:
        raise SearchError("limit")
    names: dict[str, Any] = {
        name: getattr(question, name)[0] for name in ("issuer", "addressee", "person", "place", "decree", "topic")
        if getattr(question, name)
    }
    found = search(
        base, question.words, kind=question.kind[0] if question.kind else None, planned=question.planned,
        since=question.since, until=question.until, limit=2000, **names,
    )
    counted = Counter(hit.kind for hit in found)
    kind = fields()["kind"]
    choices = tuple(
        Choice(value, kind.value_label(value, language), count, value in question.kind)
        for value, count in counted.most_common()
    )
    return Answer(
        question, tuple(found[offset : offset + limit]), len(found),
        (Facet("kind", kind.label(language), choices),) if facets else (), offset,
    )
