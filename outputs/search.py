"""Search, as one function; `outputs.asking` has the whole of it."""

from __future__ import annotations

from typing import Any

from outputs.asking import Hit, Question, SearchError, answer
from outputs.factbase import FactBase
from outputs.review.attached import reviewed

__all__ = ["Hit", "SearchError", "search"]


def search(base: FactBase, query: str = "", *, limit: int = 20, offset: int = 0, **filters: Any) -> list[Hit]:
    """Facts and texts that answer a query, best first.

    `filters` are the fields of `outputs.asking.Question`: one value or several (`kind="directive"`,
    `person=["Vũ Đình Hòe"]`), `since` and `until` as `YYYY[-MM[-DD]]`, `planned` as bool.

    The query may be empty where a filter is given. Raises SearchError for a question that cannot be asked.
    """
    question = Question.read(query, **filters)
    if question == Question():
        raise SearchError("nothing asked")
    return list(reviewed(base, answer(base, question, limit=limit, offset=offset, facets=False).hits))
