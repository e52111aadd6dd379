"""Decisions as JSON lines: to keep them, and to bring together what several people decided on their own copies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from outputs.review.errors import FieldError, ReviewError
from outputs.review.fields import LONGEST_NAME, LONGEST_NOTE, checked, cleaned
from outputs.review.model import OF_FACTS, VERBS, Decision, Words
from outputs.review.reviews import Reviews

_TEXTS = ("at", "by", "verb", "note", "target", "after")
_NAMES = {one.name for one in fields(Words)}


def export_reviews(reviews: Reviews) -> Iterator[str]:
    """One decision a line, in the order in which they came, with its id."""
    for decision in reviews.every():
        yield json.dumps({"id": decision.id, **decision.as_dict()}, ensure_ascii=False, sort_keys=True)


def import_reviews(reviews: Reviews, lines: Iterable[str]) -> tuple[int, int]:
    """Add the decisions of an export, all or none; how many were new, how many there were. Again adds nothing.

    Raises ReviewError, with the number of the line, for what is no decision or was changed since it was exported.
    """
    found = [_decision(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return reviews.take(found), len(found)


def _decision(number: int, line: str) -> Decision:
    try:
        told = json.loads(line)
        if not isinstance(told, dict):
            raise TypeError("an object is wanted")
        decision = Decision(
            **{name: _text(told[name]) for name in _TEXTS},
            words=tuple(_words(one) for one in told["words"]),
            fields=_mapping(told["fields"]), were=_mapping(told["were"]),
        )
        json.dumps(told, ensure_ascii=False).encode()   # half a letter cannot be kept
        if decision.id == told["id"] and _is_sound(decision):
            return decision
    except (ValueError, KeyError, TypeError, RecursionError, FieldError) as error:
        raise ReviewError("line", number=number) from error
    raise ReviewError("line", number=number)


def _is_sound(one: Decision) -> bool:
    """Whether the program could have made it."""
    if one.verb not in VERBS or not one.at or cleaned(one.by) != one.by or len(one.by) > LONGEST_NAME:
        return False
    if datetime.fromisoformat(one.at).tzinfo is None or len(one.note or "") > LONGEST_NOTE:
        return False
    if one.verb == "undo":
        return bool(one.target) and not one.words
    if one.verb in OF_FACTS:
        given = dict(one.fields or {})
        return len(one.words) == 1 and bool(given) == (one.verb == "edit") and (
            checked(one.words[0].kind, given) == given
        )
    return all(words.kind == "official" for words in one.words) and len(one.words) > 1


def _words(told: Any) -> Words:
    words = Words(**{name: told[name] for name in _NAMES})
    for one in fields(Words):
        value = getattr(words, one.name)
        if not isinstance(value, int if one.type == "int" else str) or isinstance(value, bool):
            raise TypeError(one.name)
    return words


def _text(value: Any) -> Any:
    if value is not None and not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


def _mapping(value: Any) -> Any:
    if value is not None and not isinstance(value, dict):
        raise TypeError("fields are wanted")
    return value
