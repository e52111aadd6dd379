"""Cues of relations and the words around them, read from `data/relation_cues.tsv` and `data/relation_words.tsv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

import regex

from extractors.anchors import Anchors
from extractors.facts import RelationType
from extractors.lexicon import LexiconError, table

FORMS = ("active", "passive", "ended", "base")
_PASSIVE = regex.compile(r"(?:được|bị)[ \n]{1,2}$")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that state a relation; see the head of relation_cues.tsv."""

    relation: RelationType
    form: str
    free: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in its place, in the form that the word before it gives it."""

    start: int
    end: int
    cue: Cue
    form: str


@cache
def _anchors() -> Anchors[Cue]:
    return Anchors((row["cue"], _cue(row)) for row in table("relation_cues"))


def _cue(row: dict[str, str]) -> Cue:
    if row["relation"] not in get_args(RelationType):
        raise LexiconError(f"relation_cues.tsv: {row['cue']!r} has no relation {row['relation']!r}")
    if row["form"] not in FORMS:
        raise LexiconError(f"relation_cues.tsv: {row['cue']!r} has no form {row['form']!r}; use {', '.join(FORMS)}")
    return Cue(row["relation"], row["form"], row["between"] == "free")  # type: ignore[arg-type]


def find_cues(lower: str) -> Iterator[Found]:
    """Every cue of a text in lower case, in order of place; of overlapping ones the longest."""
    for start, end, cue in _anchors().longest(lower):
        passive = cue.form == "active" and (
            _PASSIVE.search(lower, max(0, start - 8), start) or _agent_follows().match(lower, end, end + 8)
        )
        yield Found(start, end, cue, "passive" if passive else cue.form)


@cache
def _agent_follows() -> regex.Pattern[str]:
    return regex.compile(rf"[ \n]{any_of('agent')}")


@cache
def words(role: str) -> frozenset[str]:
    """The words of one role."""
    return frozenset(row["word"] for row in table("relation_words") if row["role"] == role)


@cache
def any_of(role: str) -> str:
    """A pattern for any word of a role, the longest first."""
    ordered = sorted(words(role), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(regex.escape(word).replace(r"\ ", r"[ \n]{1,2}") for word in ordered) + r")\b"
