"""Template filters of the room."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from outputs.web.words import Words
from outputs.words import event_labels

_DATES = ("edtf", "date", "period", "deadline", "anchor")


def kind_class(kind: str) -> str:
    """The class of a mark: its kind."""
    return kind


def kind_label(kind: str, words: Words) -> str:
    """What readers call a fact of a kind."""
    return words.label("one", kind)


def field_value(value: Any, name: str, _kind: str, words: Words) -> str:
    """A field of a fact as readers see it: codes and dates in words, numbers in figures; else as it is."""
    if isinstance(value, bool):
        return words("value.yes" if value else "value.no")
    if isinstance(value, (list, tuple)):
        return " – ".join(field_value(one, name, _kind, words) for one in value)
    if name in _DATES:
        said = words.date(str(value))
        return said if said == value else f"{said} ({value})"
    if name == "year" or name in ("repeats", "part_of"):
        return str(value)
    if isinstance(value, (int, float)):
        return words.figures(Decimal(str(value)))  # type: ignore[arg-type]
    if name == "event_type":
        return event_labels(words.language).get(str(value), str(value))
    return words.label(f"value.{name}", value)


FILTERS = {"kind_class": kind_class, "kind_label": kind_label, "field_value": field_value}
