"""The bench of assembly measures every step, and leaves the fact base as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from extractors.facts import Facts
from outputs.factbase import FactBase
from tests.test_tools import tool


def test_every_step_is_measured_on_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with FactBase.create(path) as base:
        base.add(Document(id="a", text="Đê vỡ năm 1971.", path="a.txt"), Facts())
    before = path.read_bytes()
    found = tool("bench_assembly").measure(path)
    assert found["documents"] == 1
    assert {"copies", "bodies", "people", "decrees", "events", "links", "topics"} <= found["steps"].keys()
    assert sum(found["steps"].values()) == pytest.approx(found["whole"])
    assert path.read_bytes() == before


def test_growth_is_that_of_the_time_a_document_takes(capsys: pytest.CaptureFixture[str]) -> None:
    small = {"documents": 1000, "steps": {"people": 1.0}, "whole": 1.0}
    large = {"documents": 10_000, "steps": {"people": 30.0}, "whole": 30.0}
    tool("bench_assembly").show([small, large])
    assert capsys.readouterr().out.splitlines()[1].split() == [
        "people", "1.00", "s", "1.000", "ms", "30.00", "s", "3.000", "ms", "3.00"
    ]
