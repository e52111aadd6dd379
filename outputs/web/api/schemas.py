"""JSON schemas of what the API answers, made of the dataclasses and views that it answers with."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import regex

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    type(None): {"type": "null"}, Any: {},
}
_VIEW = regex.compile(r"CREATE VIEW (\w+) \((.*?)^\) AS", regex.S | regex.M)
_COLUMN = regex.compile(r'^    "?(\w+)"?,?\s+-- (.+)$', regex.M)


def schema_of(kind: Any) -> dict[str, Any]:
    """The schema of values of a type, as JSON holds them: dataclasses are objects, tuples arrays."""
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_dataclass(kind) and isinstance(kind, type):
        return object_of(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one) for one in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple and len(inner) == 2 and inner[1] is not ...:
        either = schema_of(inner[0]) if inner[0] is inner[1] else {"anyOf": [schema_of(one) for one in inner]}
        return {"type": "array", "items": either, "minItems": 2, "maxItems": 2}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inner[1])}
    if origin is not None and issubclass(origin, Sequence):
        return {"type": "array", "items": schema_of(inner[0])}
    return {}


def object_of(kind: type) -> dict[str, Any]:
    """The schema of a dataclass."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    about = (kind.__doc__ or "").strip().split("\n")[0]
    return {
        "type": "object", "description": about, "required": names,
        "properties": {name: schema_of(hints[name]) for name in names}, "additionalProperties": False,
    }


@cache
def _views() -> dict[str, dict[str, str]]:
    text = (files("outputs") / "factbase" / "views.sql").read_text("utf-8")
    return {name: dict(_COLUMN.findall(columns)) for name, columns in _VIEW.findall(text)}


def view_columns(view: str) -> tuple[str, ...]:
    """The columns of a view."""
    return tuple(_views()[view])


def row_of(view: str) -> dict[str, Any]:
    """The schema of a row of a view, with what views.sql says of each column."""
    columns = _views()[view]
    return {
        "type": "object", "required": list(columns), "additionalProperties": False,
        "properties": {
            name: {"type": ["string", "number", "null"], "description": about} for name, about in columns.items()
        },
    }


def listed(items: dict[str, Any]) -> dict[str, Any]:
    """An array of these."""
    return {"type": "array", "items": items}


def made_of(**properties: dict[str, Any]) -> dict[str, Any]:
    """An object with all of these."""
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}
