"""Real questions and where their answers stand (questions.tsv): the right clause is among the first three hits."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.shadow import fold
from outputs.asking import Question, answer

LINES = (Path(__file__).parent / "questions.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if not line.startswith("#")][1:]


def plain(words: str) -> str:
    return " ".join(words.lower().split())


@pytest.mark.parametrize(("archive", "asked", "document", "words", "found"), ROWS, ids=[row[1] for row in ROWS])
def test_the_clause_is_among_the_first_three(
    request: pytest.FixtureRequest, archive: str, asked: str, document: str, words: str, found: str
) -> None:
    base = request.getfixturevalue(archive)
    hits = answer(base, Question.read(asked), limit=3, facets=False).hits
    shown = [plain(f"{hit.quote} … {hit.snippet}") for hit in hits if hit.document.startswith(document)]
    assert any(plain(words) in one for one in shown) == (found == "yes")


def test_there_are_enough_questions() -> None:
    managed = [row for row in ROWS if row[4] == "yes"]
    assert len(managed) >= 20
    assert sum(fold(row[1]) == row[1] for row in managed) >= 5   # typed without marks
