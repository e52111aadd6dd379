"""The words that names of public bodies are made of: first words and fields of work, from their tables."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cache

import regex

from extractors.lexicon import many, table

_WORD = regex.compile(r"\p{L}++")
_WORDS = regex.compile(r" {1,3}(\p{L}++)")
_JOINED_WORDS = regex.compile(r"(?:,? (?:và|&) |, ?| ?- ?| ?& ?| {1,3})(\p{L}++)")


@dataclass(frozen=True, slots=True)
class Head:
    """A first word of names of bodies."""

    words: str
    shape: str
    tier: int
    capital: bool = False
    not_after: tuple[str, ...] = ()


@cache
def heads() -> dict[str, Head]:
    """First words of names of bodies, in lower case."""
    return {
        row["head"]: Head(row["head"], row["shape"], int(row["tier"]), row["capital"] == "yes", many(row["not_after"]))
        for row in table("organisations")
    }


@cache
def fields() -> frozenset[str]:
    """Fields of work in lower case, without the words and signs that join them."""
    return frozenset(row["field"] for row in table("fields_of_work"))


@cache
def verbs() -> frozenset[str]:
    """Fields of work that are also verbs."""
    return frozenset(row["field"] for row in table("fields_of_work") if row["verb"])


def _most_words(phrases: Iterable[str]) -> dict[str, int]:
    """First word → the number of words of the longest phrase that begins with it."""
    most: dict[str, int] = {}
    for phrase in phrases:
        words = phrase.split()
        most[words[0]] = max(most.get(words[0], 0), len(words))
    return most


@cache
def _first_words() -> dict[str, int]:
    return _most_words(heads())


@cache
def _first_field_words() -> dict[str, int]:
    return _most_words(fields())


_OPEN_WORDS = frozenset({"phòng", "y"})   # `phòng, chống tham nhũng`, `y, dược cổ truyền`


def _longest(
    lower: str, start: int, phrases: Container[str], first_words: dict[str, int], words: regex.Pattern[str]
) -> tuple[int, str] | None:
    """End and key of the longest phrase at `start`; joining words and signs between phrases do not count."""
    first = _WORD.match(lower, start)
    most = first_words.get(first[0]) if first else None
    if first is None or most is None:
        return None
    ends, keys, end = [first.end()], [first[0]], first.end()
    while len(ends) < most and (following := words.match(lower, end)):
        joined = lower[end:following.start(1)].strip()
        if joined and keys[-1] not in _OPEN_WORDS and " ".join(keys) not in phrases:
            break
        end = following.end()
        ends.append(end)
        keys.append(following[1])
    for count in range(len(ends), 0, -1):
        key = " ".join(keys[:count])
        if key in phrases:
            return ends[count - 1], key
    return None


def head_at(lower: str, start: int) -> tuple[int, Head] | None:
    """End and entry of the longest first word at `start`."""
    found = _longest(lower, start, heads(), _first_words(), _WORDS)
    return (found[0], heads()[found[1]]) if found else None


def field_at(lower: str, start: int) -> int | None:
    """End of the longest field of work at `start`, joined by `và`, `&`, commas or hyphens or not."""
    found = _longest(lower, start, fields(), _first_field_words(), _JOINED_WORDS)
    return found[0] if found else None
