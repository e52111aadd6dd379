"""Limits of one file that no container needs to state."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from corpus import limits
from corpus.errors import ReadError, Reason, Rejected
from corpus.limits import Budget, Limits
from corpus.read import Item, read
from corpus.source import Source


@pytest.mark.parametrize(("stored", "most"), [(5, 20), (19, 20), (21, 21), (500, 500)])
def test_a_file_gives_no_more_results_than_it_has_bytes(stored: int, most: int) -> None:
    budget = Budget(stored, Limits(results=20))
    for _ in range(most):
        budget.result()
    with pytest.raises(ReadError, match=f"more than {most} results from {stored} bytes"):
        budget.result()
    assert budget.spent


def test_empty_rows_without_number_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LIMITS", Limits(results=50))
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"id,text\n" + b"1,\n" * 20_000))
    results = list(read(Item(path, path.name)))
    reasons = [result.reason for result in results if isinstance(result, Rejected)]
    assert reasons == [Reason.EMPTY] * (len(results) - 1) + [Reason.OVER_LIMIT]
    assert len(results) == max(50, path.stat().st_size) + 1


def test_a_file_that_memory_does_not_hold_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_: Source) -> bytes:
        raise MemoryError

    monkeypatch.setattr(Source, "load", load)
    path = tmp_path / "a.txt"
    path.write_bytes(b"Tin")
    results = list(read(Item(path, path.name)))
    assert [result.reason for result in results if isinstance(result, Rejected)] == [Reason.TOO_LARGE]


def test_a_table_that_repeats_one_value_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(limits, "LIMITS", Limits(free=100_000, ratio=50))
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"text": ["chữ " * 2500] * 500}), path)
    results = list(read(Item(path, path.name)))
    assert [result.reason for result in results if isinstance(result, Rejected)] == [Reason.OVER_LIMIT]
    assert 1 < len(results) < 500
