"""The tables of docs/search.md say what the search does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from corpus.tables import many
from outputs.asking import Question
from outputs.asking.question import FIELDS
from outputs.factbase import FactBase
from outputs.factbase.name_forms import name_forms
from outputs.search import search
from outputs.words import rows as words
from pipeline.cli import app
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


def test_the_page_has_every_field() -> None:
    listed = {cells[0]: (cells[1], cells[2]) for cells in rows("field | in the box | option | asks")}
    for row in words("search_fields"):
        names = (*many(row["english"]), *many(row["vietnamese"]))
        assert listed[row["field"]][0] == "` `".join(names)
    assert set(listed) == set(FIELDS)


def test_every_option_is_there() -> None:
    options = {name for option in get_command(app).commands["search"].params for name in option.opts}
    assert {cells[2] for cells in rows("field | in the box | option | asks")} <= options


@pytest.mark.parametrize(("typed", "means"), rows("typed in the box | means"))
def test_fields_in_the_box(typed: str, means: str) -> None:
    assert "&".join(f"{name}={value}" for name, value in Question.read(typed).as_params()) == means


@pytest.mark.parametrize(("asked", "name", "same"), rows("asked | name in the source | same"))
def test_names(asked: str, name: str, same: str) -> None:
    meet = any(f" {short} " in f" {full} " for short in name_forms(asked) for full in name_forms(name))
    assert meet == (same == "yes")
