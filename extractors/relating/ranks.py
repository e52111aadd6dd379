"""Which act can act upon which, by the force of their types (`rank` in data/relation_words.tsv)."""

from __future__ import annotations

from functools import cache

from extractors.facts import Decree
from extractors.lexicon import table


@cache
def _ranks() -> dict[str, int]:
    rows = (row for row in table("relation_words") if row["role"].startswith("rank "))
    return {row["word"]: int(row["role"].removeprefix("rank ")) for row in rows}


def may_act(relation: str, subject: Decree, act: Decree) -> bool:
    """Whether an act of the subject's type can stand in the relation; True where a type has no rank."""
    mine, other = _ranks().get(subject.doc_type), _ranks().get(act.doc_type)
    if mine is None or other is None:
        return True
    if relation == "guides":
        return other < mine
    if relation in ("amends", "replaces", "repeals"):
        return mine <= other
    return True
