"""Who in a document is no Vietnamese: a body named beside him without its country is not ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import regex

from pipeline.assemble.bodies.reading import Named
from pipeline.assemble.people.bodies import body_of
from pipeline.assemble.people.names import has_foreign_name, may_be_vietnamese

_CLAUSE = regex.compile(r"[.;:\n)]")
_APPOSED = regex.compile(r"\s?(?:của\s|[,(–-])")


def of_another_country(officials: Iterable[Named]) -> frozenset[int]:
    """The mentions of those whose name is foreign, or whose own words in this document name a foreign country.

    A Vietnamese or Sino-Vietnamese name (`Chu Dung Cơ`) is foreign only in the office that the document gives to a
    country.
    """
    rows = list(officials)
    tied: set[str] = set()
    offices: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        abroad = bool(row.org and body_of(row.org).country)
        if abroad and row.title:
            offices[row.name].add(row.title.lower())
        if abroad or (not may_be_vietnamese(row.name) and _beside_country(row.prefix, row.suffix)):
            tied.add(row.name)
    return frozenset(
        row.mention for row in rows
        if has_foreign_name(row.name) or (row.name in tied and not may_be_vietnamese(row.name))
        or (row.title or "").lower() in offices.get(row.name, ())
    )


def _beside_country(prefix: str, suffix: str) -> bool:
    """`Thủ tướng Campuchia Hun Sen`; `Hun Sen, nhà lãnh đạo Campuchia`; `Hun Sen của Campuchia`."""
    if body_of(_CLAUSE.split(prefix)[-1].strip()).country:
        return True
    if not (apposed := _APPOSED.match(suffix)):
        return False
    words = _CLAUSE.split(suffix[apposed.end():])[0].split(",")[0].split()
    return any(body_of(" ".join(words[:stop])).country for stop in range(1, len(words) + 1))
