"""Why an input was not read, in Vietnamese: every detail that the readers state has its sentence in the table."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import corpus
from corpus.details import detail_in_vietnamese
from corpus.errors import Reason
from corpus.tables import many, table

PACKAGE = Path(corpus.__file__).parent
NAMED = {"turned_away", "_end", "_rejected", "rejected"}  # what else takes a detail


def templates(node: ast.AST) -> Iterator[str]:
    """A string as it is written, its values as `{}`; both of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)  # type: ignore[misc]
    elif isinstance(node, ast.IfExp):
        yield from (*templates(node.body), *templates(node.orelse))
    elif isinstance(node, ast.BoolOp):
        yield from (text for value in node.values for text in templates(value))
    elif isinstance(node, ast.Subscript):
        yield from templates(node.value)


def is_reason(node: ast.AST) -> bool:
    """`Reason.EMPTY`, `error.reason`, or a choice of such."""
    if isinstance(node, ast.IfExp):
        return is_reason(node.body)
    return isinstance(node, ast.Attribute) and (node.attr in Reason.__members__ or node.attr == "reason")


def details(tree: ast.AST) -> Iterator[str]:
    """Every string that stands as the detail of a reason."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            values = list(node.args)
            yield from (text for word in node.keywords if word.arg == "detail" for text in templates(word.value))
            if getattr(node.func, "id", "") == "ColumnsError":
                yield from (text for value in values for text in templates(value))
            if isinstance(node.func, ast.Attribute) and node.func.attr in NAMED:
                yield from (text for value in values[-1:] for text in templates(value))
        elif isinstance(node, ast.Tuple):
            values = node.elts
        elif isinstance(node, ast.Assign) and any(getattr(to, "id", "") == "detail" for to in node.targets):
            yield from templates(node.value)
            continue
        else:
            continue
        for reason, value in pairwise(values):
            if is_reason(reason):
                yield from templates(value)


def stated() -> dict[str, str]:
    """Every detail that is written in the code, and the module that it is in."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in details(ast.parse(path.read_text(encoding="utf-8"))):
            if re.search(r"[a-z]{2}", text.replace("{}", "")):
                found[text] = str(path.relative_to(PACKAGE))
    return found


@pytest.mark.parametrize("detail", sorted(stated()))
def test_every_detail_of_the_readers_is_in_the_table(detail: str) -> None:
    said = detail.replace("{}", "7")
    where = stated()[detail]
    assert detail_in_vietnamese(said) != said, f"{detail!r} of {where} needs a line in corpus/data/details.tsv"


@pytest.mark.parametrize("row", table("corpus", "details"), ids=lambda row: row["detail"][:40])
def test_the_table_of_details(row: dict[str, str]) -> None:
    fields = re.findall(r"\{(\w+)\}", row["detail"])
    assert sorted(fields) == sorted(re.findall(r"\{(\w+)\}", row["vietnamese"]))
    assert len(fields) == len(set(fields))
    assert bool(fields) == bool(row["examples"])
    for example in many(row["examples"]):
        said, shown = example.split(" => ")
        assert detail_in_vietnamese(said) == shown


@pytest.mark.parametrize("detail", ["", "Error -3 while decompressing data", "như đã nói", "word/{a}.xml: {b}", "a\nb"])
def test_what_is_not_in_the_table_is_shown_as_it_is(detail: str) -> None:
    assert detail_in_vietnamese(detail) == detail
