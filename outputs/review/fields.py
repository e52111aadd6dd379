"""Fields as a reviewer gives them: words, checked against what the class of the fact allows. Empty is NULL."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import regex

from extractors.calendar import bounds, is_day
from extractors.facts import Date, Decree, Directive, Event, Fact, Figure, Official
from outputs.factbase.rows import number
from outputs.review.errors import FieldError, ReviewError

LONGEST = 2000          # characters of a field
LONGEST_NOTE = 10_000
LONGEST_NAME = 100
CLASSES: dict[str, type[Fact]] = {
    one.kind: one for one in (Date, Decree, Official, Figure, Directive, Event)
}
# What a reader can tell from the words alone; other fields say how the program came by them.
EDITABLE: dict[str, tuple[str, ...]] = {
    "date": ("type", "edtf", "duration", "mod"),
    "decree": ("doc_type", "number", "year", "date", "issuer", "title", "pinpoint"),
    "official": ("name", "title", "org"),
    "figure": ("value", "of", "unit", "approx", "role", "metric", "subject", "period"),
    "directive": ("force", "issuer", "addressee", "action", "deadline"),
    "event": ("date", "event_type", "planned"),
}
_EDTF = {("date", "edtf"), ("decree", "date"), ("figure", "period"), ("directive", "deadline"), ("event", "date")}
_POINT = regex.compile(r"-?[\dX]{4}(?:-(?:[\dX]{2}))?(?:-[\dX]{2})?")
_DURATION = regex.compile(r"P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?")
_NUMBER = regex.compile(r"-?\d{1,30}(?:[.,]\d{1,30})?")
_THOUSANDS = regex.compile(r"-?\d{1,3}[.,]\d{3}")
_UNSEEN = regex.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff]")   # turn what is read around
_YES = {"1": True, "true": True, "yes": True, "có": True, "0": False, "false": False, "no": False, "không": False}


def choices(kind: str, name: str) -> tuple[str, ...]:
    """The values that a field must be one of; none where it is free."""
    hint, _ = _hint(kind, name)
    return tuple(map(str, get_args(hint))) if get_origin(hint) is Literal else ("1", "0") if hint is bool else ()


def may_be_empty(kind: str, name: str) -> bool:
    """Whether a field of this kind of fact may say nothing."""
    return _hint(kind, name)[1]


def shown(value: Any) -> str:
    """A field as a form shows it and `edited` reads it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "..".join(map(shown, value))
    if isinstance(value, bool):
        return str(int(value))
    return f"{Decimal(str(value)):f}" if isinstance(value, int | float) else str(value)


def edited(kind: str, were: Mapping[str, Any], given: Mapping[str, str | None]) -> dict[str, Any]:
    """The fields that differ from those that were, as JSON holds them.

    Raises FieldError for a name or a value that the kind of fact does not have, and for fields that contradict one
    another; ReviewError if nothing differs.
    """
    changed: dict[str, Any] = {}
    for name, words in given.items():
        if name not in EDITABLE[kind]:
            raise FieldError("field", name, known=", ".join(EDITABLE[kind]))
        if cleaned(words) == cleaned(shown(were.get(name))):
            continue
        value = _value(kind, name, cleaned(words))
        if value != were.get(name):
            changed[name] = value
    if not changed:
        raise ReviewError("nothing_changed")
    _together(kind, {**were, **changed})
    return changed


def checked(kind: str, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of an edit that comes from elsewhere, which must be as `edited` would give them. Raises FieldError."""
    return {
        name: _value(kind, name, cleaned(shown(value))) if name in EDITABLE.get(kind, ()) else _unknown(kind, name)
        for name, value in changed.items()
    }


def _unknown(kind: str, name: str) -> Any:
    raise FieldError("field", name, known=", ".join(EDITABLE.get(kind, ())))


def cleaned(words: str | None, *, lines: bool = False) -> str | None:
    """Words in NFC without control characters, each run of spaces one; None for nothing. `lines` keeps lines apart."""
    kept = "".join(
        " " if unicodedata.category(one) in ("Cc", "Cs") and not (lines and one == "\n") else one
        for one in _UNSEEN.sub("", unicodedata.normalize("NFC", (words or "").replace("\r\n", "\n")))
    )
    if lines:
        return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip() or None
    return " ".join(kept.split()) or None


def said_by(name: str | None) -> str:
    """A reviewer's name. Raises ReviewError where there is none, or no name can be so long."""
    found = cleaned(name)
    if found is None:
        raise ReviewError("no_name")
    if len(found) > LONGEST_NAME:
        raise ReviewError("long_name", most=LONGEST_NAME)
    return found


def said_why(note: str | None) -> str | None:
    """A note. Raises ReviewError where it is too long."""
    found = cleaned(note, lines=True)
    if found and len(found) > LONGEST_NOTE:
        raise ReviewError("long_note", most=LONGEST_NOTE, length=len(found))
    return found


@cache
def _hint(kind: str, name: str) -> tuple[Any, bool]:
    """The type of a field without its None, and whether it may be None."""
    hint = get_type_hints(CLASSES[kind])[name]
    if get_origin(hint) in (Union, types.UnionType):
        left = tuple(one for one in get_args(hint) if one is not type(None))
        return (left[0] if len(left) == 1 else left), len(left) < len(get_args(hint))
    required = next(one for one in fields(CLASSES[kind]) if one.name == name).default is MISSING
    return hint, not required and hint is str


def _value(kind: str, name: str, words: str | None) -> Any:
    if words is None:
        if not may_be_empty(kind, name):
            raise FieldError("empty_field", name)
        return None
    if len(words) > LONGEST:
        raise FieldError("long_field", name, most=LONGEST)
    if allowed := choices(kind, name):
        return _chosen(name, words, allowed, _hint(kind, name)[0] is bool)
    if (kind, name) in _EDTF:
        return _edtf(name, words)
    hint = _hint(kind, name)[0]
    for type_, read in _READ.items():
        if hint is type_ or (isinstance(hint, tuple) and type_ in hint):
            return read(name, words)
    if name == "duration" and not _DURATION.fullmatch(words):
        raise FieldError("duration", name, value=words)
    return words


def _chosen(name: str, words: str, allowed: Iterable[str], yes_or_no: bool) -> Any:
    if yes_or_no and words.casefold() in _YES:
        return _YES[words.casefold()]
    if words not in allowed:
        raise FieldError("choice", name, value=words, known=", ".join(allowed))
    return words


def _edtf(name: str, words: str) -> str:
    parts = words.split("/")
    if len(parts) > 2 or not all(_is_point(part) or (len(parts) == 2 and part == "..") for part in parts):
        raise FieldError("edtf", name, value=words)
    covered = bounds(words)
    if parts == ["..", ".."] or (covered and covered[0] and covered[1] and covered[0] > covered[1]):
        raise FieldError("edtf", name, value=words)
    return words


def _is_point(words: str) -> bool:
    if not _POINT.fullmatch(words):
        return False
    year, month, day = [*words.lstrip("-").split("-"), None, None][:3]
    known_year = int(year) if year and year.isdigit() else None
    known_month = int(month) if month and month.isdigit() else None
    if known_month is not None and not (1 <= known_month <= 12 or (21 <= known_month <= 41 and day is None)):
        return False
    return day is None or "X" in day or is_day(known_year, known_month, int(day))


def _number(name: str, words: str) -> Any:
    """Plain figures with one decimal mark. `1.250` is 1250 to one reader and 1,25 to another: nothing is guessed."""
    low, mark, high = words.partition("..")
    if mark:
        if name != "value":
            raise FieldError("number", name, value=words)
        both = [_number("", low.strip()), _number("", high.strip())]
        if both[0] > both[1]:
            raise FieldError("number", name, value=words)
        return both
    if _THOUSANDS.fullmatch(words):
        raise FieldError("which_number", name, value=words)
    if not _NUMBER.fullmatch(words):
        raise FieldError("number", name, value=words)
    try:
        return number(str(Decimal(words.replace(",", "."))))
    except InvalidOperation as error:   # pragma: no cover - the pattern lets nothing else through
        raise FieldError("number", name, value=words) from error


def _year(name: str, words: str) -> int:
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= 9999 and len(words) <= 4):
        raise FieldError("year", name, value=words)
    return int(words)


_READ: dict[Any, Callable[[str, str], Any]] = {Decimal: _number, int: _year}


def _together(kind: str, fields_: Mapping[str, Any]) -> None:
    """What cannot stand beside one another."""
    if kind == "date":
        length = fields_.get("type") == "duration"
        if length and (fields_.get("edtf") or not fields_.get("duration")):
            raise FieldError("length", "duration")
        if not length and fields_.get("duration"):
            raise FieldError("no_length", "duration")
    year, date = fields_.get("year"), fields_.get("date")
    if kind == "decree" and year and date and date[:4].isdigit() and int(date[:4]) != year:
        raise FieldError("two_years", "year", value=year, date=date)
