"""What is said of facts, put beside them where they leave the program: in searches, exports and the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from outputs.factbase import FactBase
from outputs.review.reviews import Reviews


class _Hit(Protocol):
    """A fact that was found: a dataclass with an id, and with `review`."""

    @property
    def id(self) -> str: ...


Found = TypeVar("Found", bound=_Hit)


def reviewed(base: FactBase, hits: Iterable[Found]) -> tuple[Found, ...]:
    """The same hits; those of which somebody said something have that in `review`, as JSON holds it."""
    found = tuple(hits)
    said = Reviews.beside(base).of(base, [hit.id for hit in found])
    return tuple(
        replace(hit, review=said[hit.id].as_dict()) if hit.id in said else hit  # type: ignore[type-var]
        for hit in found
    )


def review_of(base: FactBase, mention: str) -> dict[str, Any] | None:
    """What is said of one fact, as JSON holds it; None where nobody said anything."""
    standing = Reviews.beside(base).of(base, [mention]).get(mention)
    return standing.as_dict() if standing else None


def every_review(base: FactBase) -> dict[str, dict[str, Any]]:
    """What is said of facts, by the id of each of which somebody said something."""
    return {mention: standing.as_dict() for mention, standing in Reviews.beside(base).of_every(base).items()}
