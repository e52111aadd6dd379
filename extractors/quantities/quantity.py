"""A figure before it is bound to what it measures."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from extractors.facts import Approx

Form = Literal["plain", "range", "ratio", "rank"]

COUNTS = frozenset({"person", "body", "case", "thing", "object", "unknown"})   # kinds of nouns that are counted


class Quantity(NamedTuple):
    """Span, value in base units, unit, exactness and form of a figure.

    `kind` is that of its unit (`units.Unit.kind`), or else says how it was read: rank, ratio, label (under `Số …:`),
    bare (a further member of a count), unknown (a noun that is in no table).
    """

    start: int
    end: int
    value: Decimal | tuple[Decimal, Decimal]
    unit: str | None
    kind: str
    form: Form = "plain"
    of: Decimal | None = None
    approx: Approx = "exact"
    cue: int = 0   # where the approximator begins, or else the span
    also: Decimal | None = None   # the other reading of an ambiguous number
