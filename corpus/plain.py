"""Records as plain data, which may pass between processes that do not trust each other.

`corpus.isolated` lets nothing but None, numbers, strings, bytes, tuples, lists, dicts and sets pass: a process taken
over by strange bytes must not make objects in another. A record becomes a tuple of its class's name and its values
in the order of its fields; back, the name is looked up in a closed list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

from corpus.columns import Columns
from corpus.document import Document, Doubt, Notice, Page, Quoted
from corpus.errors import Reason, Rejected
from corpus.scan import Item

_MARK = "\x00record"
_AS_THEY_ARE = frozenset({type(None), str, int, float, bool, bytes})


class Records:
    """Classes of records, each a dataclass, that may pass; `words` are classes written as one word."""

    def __init__(self, classes: Iterable[type[Any]], words: Iterable[type[Any]] = ()) -> None:
        self._fields = {kind: tuple(one.name for one in fields(kind)) for kind in classes}
        self._words = {kind: kind.__name__ for kind in words}
        self._makers: dict[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
            **{kind.__name__: (kind, names) for kind, names in self._fields.items()},
            **{name: (kind, ()) for kind, name in self._words.items()},
        }

    def plain(self, value: Any) -> Any:
        """Plain data that `restored` makes an equal value of. Raises TypeError for what has no plain form."""
        kind = type(value)
        if kind in _AS_THEY_ARE:
            return value
        if kind in self._fields:
            return (_MARK, kind.__name__, *(self.plain(getattr(value, name)) for name in self._fields[kind]))
        if kind in self._words:
            return (_MARK, self._words[kind], str(value))
        if kind is tuple:
            return tuple(map(self.plain, value))
        if kind is dict:
            return {key: self.plain(one) for key, one in value.items()}
        raise TypeError(f"{kind.__name__} has no plain form")

    def restored(self, data: Any) -> Any:
        """The value that `plain` was given. Raises ValueError for data that it did not make."""
        if isinstance(data, dict):
            return {key: self.restored(value) for key, value in data.items()}
        if not isinstance(data, tuple):
            return data
        if not data or data[0] != _MARK:
            return tuple(map(self.restored, data))
        _, name, *values = data
        make, names = self._makers.get(name, (None, ()))
        if make is None or len(values) != (len(names) or 1):
            raise ValueError(f"{name} with {len(values)} values is no record of ours")
        if not names:
            return make(*values)
        return make(**dict(zip(names, map(self.restored, values), strict=True)))


RECORDS = (Columns, Document, Doubt, Item, Notice, Page, Quoted, Rejected)
WORDS = (type(Path()), Reason)

_ours = Records(RECORDS, WORDS)
plain, restored = _ours.plain, _ours.restored
