"""The vocabulary of directives, compiled once from its tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus import tables
from extractors.anchors import Anchors
from extractors.facts import Force
from extractors.lexicon import many, table

CueClass = Literal["tell", "ask", "wish", "stress", "ban", "bind", "own", "vow", "passive"]
ActorClass = Literal["state", "group", "person", "pronoun", "paper", "place", "many", "rule", "thing", "country"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word at `start:end` that can make its clause a directive."""

    start: int
    end: int
    phrase: str
    kind: CueClass
    force: Force


@cache
def _cue_anchors() -> Anchors[dict[str, str] | None]:
    """Directive words, and the longer terms that only look like them (payload None)."""
    verbs = [(row["phrase"], row) for row in table("directive_verbs")]
    terms = [(row["phrase"], None) for row in table("directive_terms") if row["kind"] != "keep"]
    return Anchors([*verbs, *terms])


_AIR = ("hàng ", "phòng ")


@cache
def _verb_rows() -> dict[str, dict[str, str]]:
    return {row["phrase"]: row for row in table("directive_verbs")}


def cues(lower: str) -> list[Cue]:
    """Directive words of a text in order, without those that stand inside a term."""
    found = []
    for start, end, row in _cue_anchors().longest(lower):
        if row is None and lower.startswith("không ", start) and lower.endswith(_AIR, 0, start):
            start += len("không ")  # `Cục Hàng không yêu cầu`
            row = _verb_rows().get(lower[start:end])
        if row is not None:
            found.append(Cue(start, end, row["phrase"], row["class"], row["force"]))  # type: ignore[arg-type]
    return found


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb, or a word of manner before one. `inside`: it also stands inside names and noun phrases."""

    text: str
    manner: bool
    inside: bool
    none: bool = False  # no verb itself, but holds one


@cache
def verbs() -> dict[str, Verb]:
    """Verbs and words of manner by their text, without the longer words that only hold one."""
    return {text: verb for text, verb in _verb_table().items() if not verb.none}


@cache
def _verb_table() -> dict[str, Verb]:
    return {
        row["verb"]: Verb(
            row["verb"],
            row["kind"] == "manner",
            row["inside"] == "yes" or (" " not in row["verb"] and row["inside"] != "no"),
            row["kind"] == "none",
        )
        for row in table("action_verbs")
    }


def is_known(word: str) -> bool:
    """A line of action_verbs.tsv, verb or not."""
    return word in _verb_table()


@cache
def verb_anchors() -> Anchors[Verb]:
    return Anchors(_verb_table().items())


@cache
def actors() -> dict[str, ActorClass]:
    """First words of noun phrases that name an actor, in lower case."""
    heads: dict[str, ActorClass] = {row["name"].lower(): "place" for row in tables.table("corpus", "provinces")}
    for row in table("countries"):
        heads.update((name.lower(), "country") for name in (row["name"], *many(row["variants"])))
    heads.update((row["head"], row["class"]) for row in table("directive_actors"))  # type: ignore[misc]
    return heads
