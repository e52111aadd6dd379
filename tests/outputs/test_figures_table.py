"""Series and targets as a reader sees them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

import pytest

from corpus.document import Document
from extractors.facts import Figure
from outputs.factbase import FactBase
from outputs.figures_table import figures_asked
from pipeline.assemble import assemble
from pipeline.show_figures import show_figures

TEXT = (
    "Chỉ tiêu năm 2024 là 80%. Năm 2024 tỷ lệ che phủ rừng của thành phố Đà Nẵng đạt gần 84%, năm 2026 đạt 90%."
    " Sản lượng lúa của tỉnh Cao Bằng là 7 tấn."
)


@pytest.fixture()
def base() -> Iterator[FactBase]:
    rate = {"metric": "tỷ lệ che phủ rừng", "unit": "%", "subject": "thành phố Đà Nẵng"}
    rows = (
        ("80%", {"value": Decimal(80), "period": "2024", "role": "target", **rate}),
        ("84%", {"value": Decimal(84), "period": "2024", "approx": "under", **rate}),
        ("90%", {"value": Decimal(90), "period": "2026", **rate}),
        ("7 tấn", {"value": Decimal(7), "unit": "tấn", "metric": "sản lượng lúa", "subject": "tỉnh Cao Bằng"}),
    )
    made = FactBase.create(":memory:")
    made.add(Document(id="d", path="d.txt", text=TEXT), [
        Figure(start=TEXT.index(words), end=TEXT.index(words) + len(words), text=words, rule="by hand", **fields)  # type: ignore[arg-type]
        for words, fields in rows
    ])
    assemble(made)
    with made:
        yield made


def test_series_stand_in_order_with_targets_and_breaks(base: FactBase) -> None:
    (one,) = figures_asked(base).series
    assert [(point.period, point.value, point.role) for point in one.points] == [
        ("2024", "gần 84%", "actual"), ("2024", "80%", "target"), ("2026", "90%", "actual"),
    ]
    assert [bool(point.broken) for point in one.points] == [False, False, True]


def test_a_target_has_the_words_of_both(base: FactBase) -> None:
    (one,) = figures_asked(base).targets
    assert (one.target, one.result, one.difference, one.result_words) == ("80", "84", "4", "gần 84%")
    assert one.reached == "unknown"    # `gần 84%` may be 78
    assert one.target_quote is not None and one.target_quote.words == "80%" and one.result_quote.words == "84%"


@pytest.mark.parametrize(
    ("metric", "subject", "count"),
    [
        (None, None, 4), ("che phu rung", None, 3), ("Tỷ lệ", "Đà Nẵng", 3), (None, "tp da nang", 3),
        ("lúa", "Đà Nẵng", 0),
    ],
)
def test_what_is_asked_for_is_found_in_any_spelling(
    base: FactBase, metric: str | None, subject: str | None, count: int
) -> None:
    assert len(figures_asked(base, metric, subject).figures) == count


def test_the_command_shows_all_three(base: FactBase, capsys: pytest.CaptureFixture[str]) -> None:
    show_figures(figures_asked(base), as_json=False)
    shown = capsys.readouterr().out
    assert "tỷ lệ che phủ rừng — thành phố Đà Nẵng · 1 nguồn" in shown
    assert "── từ đây là" in shown and "202/2025/QH15" in shown
    assert "chỉ tiêu 80% · kết quả gần 84% · +4 điểm % · chưa rõ" in shown and "7 tấn" in shown
    show_figures(figures_asked(base), as_json=True)
    assert set(json.loads(capsys.readouterr().out)) == {"series", "targets", "figures"}
