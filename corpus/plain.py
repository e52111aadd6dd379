"""Documents, rejections and items as plain data, which may pass between processes that do not trust each other.

`corpus.isolated` lets nothing but None, numbers, strings, bytes, tuples, lists, dicts and sets pass: a process taken
over by strange bytes must not make objects in another. A record becomes a tuple of its class's name and its values
in the order of its fields; back, the name is looked up in a closed list.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

from corpus.columns import Columns
from corpus.document import Document, Doubt, Notice, Page, Quoted
from corpus.errors import Reason, Rejected
from corpus.scan import Item

_MARK = "\x00record"
_CLASSES: dict[str, type[Any]] = {
    one.__name__: one for one in (Columns, Document, Doubt, Item, Notice, Page, Quoted, Rejected)
}
_FIELDS = {name: tuple(one.name for one in fields(kind)) for name, kind in _CLASSES.items()}
_AS_TEXT: dict[type[Any], str] = {Path: "Path", type(Path()): "Path", Reason: "Reason"}
_FROM_TEXT = {"Path": Path, "Reason": Reason}


def plain(value: Any) -> Any:
    """Plain data that `restored` makes an equal value of. Raises TypeError for what has no plain form."""
    kind = type(value)
    if value is None or kind in (str, int, float, bool, bytes):
        return value
    if _CLASSES.get(kind.__name__) is kind:
        return (_MARK, kind.__name__, *(plain(getattr(value, name)) for name in _FIELDS[kind.__name__]))
    if kind in _AS_TEXT:
        return (_MARK, _AS_TEXT[kind], str(value))
    if kind is tuple:
        return tuple(plain(one) for one in value)
    if kind is dict:
        return {plain(key): plain(one) for key, one in value.items()}
    raise TypeError(f"{kind.__name__} has no plain form")


def restored(data: Any) -> Any:
    """The value that `plain` was given. Raises ValueError for data that it did not make."""
    if isinstance(data, dict):
        return {restored(key): restored(value) for key, value in data.items()}
    if not isinstance(data, tuple):
        return data
    if not data or data[0] != _MARK:
        return tuple(restored(one) for one in data)
    _, name, *values = data
    if name in _FROM_TEXT:
        return _FROM_TEXT[name](*values)
    if name not in _CLASSES or len(values) != len(_FIELDS[name]):
        raise ValueError(f"{name} with {len(values)} values is no record of ours")
    return _CLASSES[name](**dict(zip(_FIELDS[name], map(restored, values), strict=True)))
