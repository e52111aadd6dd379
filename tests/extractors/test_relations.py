"""Relations between acts: the phrase table is the specification; offsets, linear time, the tables' own examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Notice, Quoted
from extractors.decrees import find_decrees
from extractors.extract import extract
from extractors.facts import Decree, Relation
from extractors.lexicon import many, table
from extractors.relations import find_relations

_PHRASES = Path(__file__).parent / "phrases" / "relations.tsv"


def cases() -> list[tuple[str, str, str]]:
    lines = _PHRASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(kind, text.replace("\\n", "\n"), expected) for kind, text, expected in rows]


def document(kind: str, text: str) -> Document:
    whole = Quoted(text, 0, len(text))
    notices = {"news": None, "base": Notice(bases=(whole,)), "subject": Notice(
        doc_type=Quoted("nghị định", 0, 0), subject=whole,
    )}
    if kind in notices:
        return Document(id="case", text=text, notice=notices[kind])
    return Document(id="case", text=text, notice=Notice(doc_type=Quoted(kind.removeprefix("notice "), 0, 0)))


def relations(kind: str, text: str) -> list[Relation]:
    read = document(kind, text)
    return find_relations(read, find_decrees(read))


def shown(act: Decree | None) -> str:
    return "self" if act is None else act.number or act.text


def told(found: list[Relation]) -> list[str]:
    return sorted(
        f"{one.relation}: {shown(one.subject)} → {shown(one.object)}{' (planned)' if one.planned else ''}"
        for one in found
    )


@pytest.mark.parametrize(("kind", "text", "expected"), cases())
def test_phrase(kind: str, text: str, expected: str) -> None:
    assert told(relations(kind, text)) == sorted(many(expected))


@pytest.mark.parametrize("row", table("relation_cues"), ids=lambda row: row["cue"])
def test_cues_match_their_examples_and_no_counter_example(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        assert row["relation"] in [one.relation for one in relations("news", example)], example
    for example in many(row["counter_examples"]):
        assert relations("news", example) == [], example


def test_a_relation_quotes_its_cue_and_both_acts() -> None:
    text = "Hôm qua, Nghị định 33/2020/NĐ-CP sửa đổi Điều 5 Nghị định 62/2015/NĐ-CP."
    (found,) = extract(Document(id="case", text=text)).relations
    assert found.text == text[found.start : found.end] == "sửa đổi"
    assert found.subject and found.subject.number == "33/2020/NĐ-CP"
    assert found.as_dict() == {
        "kind": "relation", "start": 33, "end": 40, "text": "sửa đổi", "relation": "amends", "planned": False,
        "subject": "Nghị định 33/2020/NĐ-CP", "subject_start": 9, "subject_end": 32, "subject_number": "33/2020/NĐ-CP",
        "object": "Nghị định 62/2015/NĐ-CP", "object_start": 48, "object_end": 71, "object_number": "62/2015/NĐ-CP",
        "pinpoint": "điều 5", "rule": "active",
    }


@given(st.sampled_from([text for kind, text, _ in cases() if kind == "news"]), st.integers(1, 40))
def test_text_before_shifts_the_words_and_changes_nothing_else(text: str, by: int) -> None:
    before = "Tin vắn.\n" * by
    alone, later = relations("news", text), relations("news", before + text)
    assert told(alone) == told(later)
    assert [one.start + len(before) for one in alone] == [one.start for one in later]


@pytest.mark.parametrize(
    "text",
    [
        "sửa đổi, bổ sung " * 20_000,
        "Nghị định 1/2020/NĐ-CP thay thế Nghị định 2/2015/NĐ-CP, " * 5_000,
        "Nghị định 1/2020/NĐ-CP, " * 5_000 + "hết hiệu lực " * 5_000,
        "Thông tư 1/2020/TT-BTC bãi bỏ:\n" + "- Thông tư 2/2015/TT-BTC;\n" * 5_000,
    ],
)
def test_long_texts_are_read(text: str) -> None:
    read = Document(id="case", text=text)
    assert all(one.text == text[one.start : one.end] for one in find_relations(read, find_decrees(read)))
