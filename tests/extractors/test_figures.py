"""Figures: numbers that measure or count."""

from __future__ import annotations

from decimal import Decimal

from corpus.document import Document
from extractors.figures import find_figures


def figures(text: str):
    return find_figures(Document(id="t", text=text), [], [])


def test_money_is_in_dong():
    (figure,) = figures("tổng số tiền là 2.740 tỷ 557 triệu 200 nghìn đồng")
    assert (figure.value, figure.unit) == (Decimal(2_740_557_200_000), "VND")
