"""The tables of docs/search.md say what the search does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from outputs.factbase import FactBase
from outputs.factbase.name_forms import name_forms
from outputs.search import search
from tests.outputs.small_base import add

PAGE = (Path(__file__).parents[2] / "docs" / "search.md").read_text(encoding="utf-8")


def rows(header: str) -> list[list[str]]:
    """The rows of the table with this header line, code marks taken off."""
    table = PAGE.partition(f"| {header} |\n")[2].partition("\n\n")[0].split("\n")[1:]
    return [[cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in table]


@pytest.fixture(scope="module")
def base() -> Iterator[FactBase]:
    with FactBase.create(":memory:") as made:
        for name, text in rows("text | words"):
            add(made, name, text)
        yield made


@pytest.mark.parametrize(("query", "found", "why"), rows("query | finds | why"))
def test_finds(base: FactBase, query: str, found: str, why: str) -> None:
    assert {hit.document for hit in search(base, query)} == set(found.split()), why


@pytest.mark.parametrize(("query", "order"), rows("query | order"))
def test_order(base: FactBase, query: str, order: str) -> None:
    assert [hit.document for hit in search(base, query)] == order.split()


@pytest.mark.parametrize(("asked", "name", "same"), rows("asked | name in the source | same"))
def test_names(asked: str, name: str, same: str) -> None:
    meet = any(f" {short} " in f" {full} " for short in name_forms(asked) for full in name_forms(name))
    assert meet == (same == "yes")
