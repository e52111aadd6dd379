"""Citations found in two collections beside the project, both silver: what is missing there is an error, what is found
beyond them need not be one, so recall alone is asked for.

Legal sentences with marked citations: the mark of a numbered one may run on over the date of the act, which no span of
ours does, so a mark counts as found where a citation of ours lies in it from its first word on. Lines of the official
codification: number, type and article must be those that the line's own fields give.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from extractors.citations.symbols import symbol_at
from extractors.decrees import find_decrees
from tests.scoring import SHARED

NUMBERED = {"NĐ", "TT", "TTLT", "QĐ", "NQ"}


def lines(name: str) -> Iterator[dict[str, Any]]:
    path: Path = SHARED / "bench" / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project: its recall is not measured")
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def test_numbered_citations_in_legal_sentences() -> None:
    marked = found = 0
    for line in lines("vnlegaltext_val.jsonl"):
        text = line["data"]["value"].replace("_", " ")
        ends = {decree.start: decree.end for decree in find_decrees(Document(id="line", text=text))}
        for mark in (result["value"] for part in line["annotations"] for result in part["result"]):
            if NUMBERED.intersection(mark["labels"]):
                marked += 1
                found += any(mark["start"] <= start < end <= mark["end"] for start, end in ends.items())
    assert marked > 3000
    assert found / marked >= 0.985, f"{found} of {marked}"


def test_number_type_and_article_of_codified_lines() -> None:
    held = right = 0
    for line in lines("phapdien_citations.jsonl"):
        number, kind, article = (line.get(name) for name in ("num", "type", "art"))
        if not (number and kind and article):
            continue
        held += 1
        decrees = find_decrees(Document(id="line", text=line["raw"]))
        right += any(
            decree.number == canonical(number) and decree.doc_type == kind.lower()
            and article.lower() in (decree.pinpoint or "") for decree in decrees
        )
    assert held > 3000
    assert right / held >= 0.99, f"{right} of {held}"


def canonical(number: str) -> str:
    """A field's number as the contract writes it, where it is one."""
    symbol = symbol_at(number, 0)
    return symbol.number if symbol else number
