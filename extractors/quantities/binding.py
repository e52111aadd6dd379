"""From quantities to figures: role, metric, subject and period."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from extractors.facts import Date, Decree, Figure
from extractors.layout import Layout
from extractors.organisations import Reader
from extractors.quantities.context import Context
from extractors.quantities.metric import metric_of
from extractors.quantities.period import Periods
from extractors.quantities.quantity import COUNTS, Quantity
from extractors.quantities.roles import norms, role_of
from extractors.quantities.subject import Subjects
from extractors.quantities.wording import whole_metric


def bind(
    document: Document,
    found: Sequence[Quantity],
    dates: Sequence[Date],
    decrees: Sequence[Decree],
    reader: Reader,
    layout: Layout | None = None,
) -> list[Figure]:
    """Each quantity as a figure with what it is bound to."""
    if not found:
        return []
    context = Context(document, dates, decrees, layout)
    rules = norms(context)
    periods, subjects = Periods(context), Subjects(context, reader)
    figures: list[Figure] = []
    last: Quantity | None = None
    for q in found:
        before = figures[-1] if figures else None
        same = last if last is not None and context.sentence_at(q.start)[0] <= last.start else None
        role = role_of(context, q, same, before.role if before else "actual", rules)
        subject = subjects.of(q, same, role)
        figures.append(
            Figure(
                start=q.start,
                end=q.end,
                text=document.text[q.start : q.end],
                rule=f"figure.{q.form}.{q.kind}",
                value=q.value,
                of=q.of,
                unit=q.unit,
                approx=q.approx,
                role=role,
                metric=_metric(context, q, same, before.metric if before else None, subject),
                subject=subject,
                period=periods.of(q, same, role),
                also=q.also,
            )
        )
        last = q
    return figures


def _metric(
    context: Context, q: Quantity, last: Quantity | None, last_metric: str | None, subject: str | None
) -> str | None:
    """What `q` measures in whole words; where its own say nothing, what the figure before it in the sentence did."""
    words = metric_of(context, q, last, last_metric, subject)
    metric = whole_metric(words)
    return last_metric if words and metric is None and last is not None and q.kind not in COUNTS else metric
