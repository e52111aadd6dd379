"""The table of `make bench`: every aim is there, and whether it is met."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

MB = 1024**2


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parents[1] / "tools" / "bench_run.py"
    spec = importlib.util.spec_from_file_location("bench_run", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def a_run(documents: int, seconds: float, **other: float) -> dict[str, Any]:
    return {
        "documents": documents, "characters": 9, "facts": 9, "reading": 1.0, "extracting": 1.0, "commit": 1.0,
        "index": 1.0, "assembly": seconds / 20, "seconds": seconds, "processor": seconds, "memory": 300 * MB,
        "worker": 200 * MB, "largest": 350 * MB, **other,
    }


def found(**more: Any) -> dict[str, dict[str, Any]]:
    return {
        "one core": a_run(3000, 150.0), "two cores": a_run(3000, 100.0), "again": a_run(3000, 1.0),
        "words": {"all six": 100.0, "underthesea word_tokenize": 50.0, "underthesea ner": 4.0}, **more,
    }


def marks(printed: str) -> dict[str, str]:
    """What must be reached, and how it is marked."""
    _, _, below = printed.partition("what must be reached")
    lines = below.splitlines()[1:]
    return {line[:46].strip(): line[67:].strip() for line in lines}


def test_every_aim_is_printed_with_its_mark(bench, capsys):
    bench.show(found(large=a_run(30_000, 1300.0, memory=450 * MB, assembly=200.0)))
    assert marks(capsys.readouterr().out) == {
        "all extractors : word_tokenize": "met", "all extractors : word_tokenize, the aim": "SHORT",
        "all extractors : ner of each line": "met", "two cores : one core, whole run": "SHORT",
        "first run : second run": "met",
        "memory of the run, MB, 3,000 documents": "met", "memory of the run, MB, 30,000 documents": "SHORT",
        "memory of a worker, MB, 3,000 documents": "met", "memory of a worker, MB, 30,000 documents": "met",
        "growth: time a document, large : small": "SHORT",
        "share of assembly, 3,000 documents": "met", "share of assembly, 30,000 documents": "SHORT",
    }


def test_what_was_not_measured_says_so(bench, capsys):
    bench.show(found(words={}))
    unmarked = [name for name, mark in marks(capsys.readouterr().out).items() if mark == "not measured"]
    assert len(unmarked) == 7 and "growth: time a document, large : small" in unmarked
