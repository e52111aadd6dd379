"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from outputs.catalogue.errors import Unreadable

T = TypeVar("T")
U = TypeVar("U")

SIZE = 50            # lines of a page
_LAST = 1_000_000    # no list has so many pages


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: its lines, how many the whole list has, and which page it is, from 1."""

    items: tuple[T, ...]
    total: int
    number: int = 1
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages the list has, one at least."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Place of the first line in the whole list, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """Place of the last line."""
        return self.first + len(self.items) - 1

    def of(self, make: Callable[[Sequence[T]], Sequence[U]]) -> Page[U]:
        """The same page with lines made of its lines, all at once."""
        return Page(tuple(make(self.items)), self.total, self.number, self.size)


def offset(number: int, size: int = SIZE) -> int:
    """Lines before a page. Raises Unreadable for a page that no list has."""
    if not 1 <= number <= _LAST:
        raise Unreadable("page", number)
    return (number - 1) * size
