"""Fact bases that are built once: the sample articles, and the real ones where they lie beside the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outputs.factbase import FactBase
from pipeline.run import Options, build

ROOT = Path(__file__).parents[3]
SEEDS = ROOT.parent / "shared" / "archive" / "seeds"


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactBase]:
    """The sample articles and notices of the project."""
    target = tmp_path_factory.mktemp("samples") / "facts.db"
    build([ROOT / "corpus" / "samples"], target, options=Options(jobs=0))
    with FactBase.open(target) as base:
        yield base


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FactBase]:
    """Five real articles and notices."""
    if not SEEDS.is_dir():
        pytest.skip("the sample archive ../shared is not there")
    target = tmp_path_factory.mktemp("seeds") / "facts.db"
    build([SEEDS], target, options=Options(jobs=0))
    with FactBase.open(target) as base:
        yield base
