"""From quantities to figures: role, metric, subject and period."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Date, Decree, Figure
from extractors.quantities.candidates import Quantity


def bind(
    document: Document, found: Sequence[Quantity], dates: Sequence[Date], decrees: Sequence[Decree]
) -> list[Figure]:
    """Each quantity as a figure with what it is bound to."""
    return [
        Figure(
            start=q.start, end=q.end, text=document.text[q.start : q.end], rule=f"figure.{q.form}.{q.kind}", value=q.value,
            of=q.of, unit=q.unit, approx=q.approx,
        )
        for q in found
    ]
