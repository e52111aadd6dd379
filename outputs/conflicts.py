"""What does not go together in an archive: conflicts with all their sides, as the fact base holds them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby

import regex

from corpus import tables
from outputs import english, vietnamese
from outputs.factbase import FactBase
from outputs.topic import Topic, topic_documents

GRADES = {
    "contradiction": "mâu thuẫn", "likely misprint": "có lẽ in sai", "different scope": "khác phạm vi",
    "rounding": "làm tròn",
}


_IN_FIGURES = {"vi": vietnamese.number_in_figures, "en": english.number_in_figures}
_OF_FIGURES = frozenset({   # rules whose sides come to quantities; those of others come to days, years and names
    "stale", "parts", "by_degree", "share", "change", "direction", "exactness", "named_twice", "balance",
    "against_stock", "claim", "values", "tolls", "targets_met",
})
_NUMBER = regex.compile(r"(?<![\w.,/(–-])\d+(?:\.\d+)?(?![\w./–-])")   # not `(2017)`, `4/4`, `2016-12`


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """Words of one document. `value` is what they come to; `start` is None where the document's own data say it.

    `context` holds the words around, `date` is the day of the document.
    """

    document: str
    place: str
    date: str | None
    start: int | None
    end: int | None
    quote: str
    value: str
    context: str


@dataclass(frozen=True, slots=True)
class FoundConflict:
    """What does not go together, the rule that found it, and its grade (a key of `GRADES`)."""

    id: str
    rule: str
    label: str           # of the rule, in Vietnamese
    grade: str
    about: str
    sides: tuple[ConflictSide, ...]


@cache
def rule_labels(language: str = "vi") -> dict[str, str]:
    """Rule → what readers call it, in Vietnamese (`vi`) or English (`en`)."""
    column = {"vi": "label", "en": "finds"}[language]
    return {row["rule"]: row[column] for row in tables.table("outputs", "conflict_rules")}


_AROUND = 60   # characters of context
_ROWS = f"""
    SELECT c.id, c.rule, c.grade, c.about, s.start, s."end" AS "end", s.quote, s.value, d.id AS document, d.date,
           coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, '') AS place,
           substr(d.text, max(1, s.start - {_AROUND} + 1), min(s.start, {_AROUND})) AS before,
           substr(d.text, s."end" + 1, {_AROUND}) AS after
    FROM conflict c JOIN conflict_side s ON s.conflict = c.key JOIN document d ON d.key = s.document
    WHERE :documents IS NULL OR EXISTS (
        SELECT 1 FROM conflict_side o WHERE o.conflict = c.key
           AND o.document IN (SELECT value FROM json_each(:documents)))
    ORDER BY c.id, s.place
"""


def conflicts(
    base: FactBase, *, rules: Collection[str] = (), grades: Collection[str] = (), topic: str | None = None
) -> list[FoundConflict]:
    """Contradictions first, then by rule and by what they are about; by default every conflict.

    `rules` are names of the table, `grades` keys of `GRADES`, `topic` asks for a side in one of its documents. Raises
    ValueError for a rule or grade that there is none of, QuestionError for an unreadable topic.
    """
    for given, names in ((rules, rule_labels()), (grades, GRADES)):
        if unknown := sorted(set(given) - set(names)):
            raise ValueError(f"{unknown[0]!r} is none of {', '.join(names)}")
    documents = None if topic is None else topic_documents(base.db, Topic(topic))
    order = {grade: place for place, grade in enumerate(GRADES)}
    wanted = (
        one for one in _found(base, documents)
        if (not rules or one.rule in rules) and (not grades or one.grade in grades)
    )
    return sorted(wanted, key=lambda one: (order[one.grade], one.rule, one.about, one.id))


def _found(base: FactBase, documents: set[int] | None) -> Iterator[FoundConflict]:
    within = None if documents is None else json.dumps(sorted(documents))
    for _, rows in groupby(base.db.execute(_ROWS, {"documents": within}), key=lambda row: row["id"]):
        sides = list(rows)
        first = sides[0]
        yield FoundConflict(
            first["id"], first["rule"], rule_labels().get(first["rule"], first["rule"]), first["grade"], first["about"],
            tuple(
                ConflictSide(
                    row["document"], row["place"], row["date"], row["start"], row["end"], row["quote"], row["value"],
                    _context(row["before"], row["quote"], row["after"]),
                )
                for row in sides
            ),
        )


def _context(before: str | None, quote: str, after: str | None) -> str:
    """The words around, without halves of words."""
    left = (before or "").partition(" ")[2] if len(before or "") == _AROUND else before or ""
    right = (after or "").rpartition(" ")[0] if len(after or "") == _AROUND else after or ""
    return " ".join(f"{left}{quote}{right}".split())


def value_in_words(rule: str, value: str, language: str = "vi") -> str:
    """What a side comes to, its numbers as readers of the language write them: `1.963.000`, `23,07%`; `1,963,000`."""
    if rule not in _OF_FIGURES:
        return value
    return str(_NUMBER.sub(lambda found: _IN_FIGURES[language](_without_zeros(found.group())), value))


def _without_zeros(number: str) -> Decimal:
    return Decimal(number.rstrip("0").rstrip(".") if "." in number else number)
