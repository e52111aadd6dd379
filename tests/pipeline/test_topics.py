"""Topics: from the lexicon and from the archive itself, in every document, directive and event."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from extractors.facts import Date, Directive, Event, Fact
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.history import history, history_md
from outputs.search import search
from outputs.timeline import timeline
from outputs.topics import topics
from pipeline.assemble import assemble, key_phrases
from pipeline.assemble.key_phrases import plain, residual_idf
from pipeline.assemble.topics import assemble_topics

FLOOD = (
    "Nước sông lên nhanh, vỡ đê ở nhiều nơi. Ngày 19/8/195{1}, bà con chống vỡ đê suốt đêm {0}. "
    "Cán bộ xã cùng dân quân hàn khẩu chỗ vỡ đê rồi mới nghỉ. Tuy nhiên mưa vẫn tiếp tục."
)
TRAFFIC = (
    "An toàn giao thông ở thị xã {0} còn kém. Trường học dạy an toàn giao thông cho trẻ em. Tuần lễ an toàn giao thông "
    "mở vào tháng sau. Tuy nhiên xe vẫn tiếp tục đông."
)
WEEKDAYS = ("ba", "tư", "năm", "sáu", "bảy", "tám")
PLAIN = "Chợ phiên {0} họp sớm, người mua kẻ bán đông vui. Tuy nhiên hàng vẫn tiếp tục về."


def fact(kind: type[Fact], text: str, words: str, **fields: object) -> Fact:
    start = text.index(words)
    return kind(start=start, end=start + len(words), text=words, rule="by hand", **fields)  # type: ignore[arg-type]


def documents() -> list[tuple[Document, list[Fact]]]:
    made = []
    for form, name in ((FLOOD, "lụt"), (TRAFFIC, "đường"), (PLAIN, "chợ")):
        for number in range(6):
            text = form.format("thứ " + WEEKDAYS[number], number)
            facts: list[Fact] = []
            if form is FLOOD:
                day = f"Ngày 19/8/195{number}"
                facts = [
                    fact(Event, text, f"{day}, bà con chống vỡ đê suốt đêm", date=f"195{number}-08-19",
                         event_type="other"),
                    fact(Date, text, day, type="date", edtf=f"195{number}-08-19"),
                ]
            if form is TRAFFIC:
                words = "Trường học dạy an toàn giao thông cho trẻ em"
                facts = [fact(Directive, text, words, force="task", action="dạy an toàn giao thông cho trẻ em")]
            made.append((Document(id=f"{name}{number}", text=text, path=f"{name}{number}.txt"), facts))
    return made


def base_of(made: list[tuple[Document, list[Fact]]]) -> FactBase:
    base = FactBase.create(":memory:")
    for document, facts in made:
        base.add(document, facts)
    assemble(base)
    return base


@pytest.fixture(scope="module")
def base() -> FactBase:
    return base_of(documents())


def test_fields_of_work_and_key_phrases_are_topics(base: FactBase) -> None:
    found = {topic.name: topic for topic in topics(base)}
    assert found["an toàn giao thông"].basis == "lexicon"
    assert found["an toàn giao thông"].directives == 6
    assert found["vỡ đê"].basis == "phrase"
    assert (found["vỡ đê"].documents, found["vỡ đê"].events) == (6, 6)
    assert "giao thông" not in found                       # it stands in the longer name only
    assert not {"tuy nhiên", "tiếp tục"} & found.keys()    # every text has them once


@pytest.mark.parametrize("asked", ["vỡ đê", "Vỡ Đê", "vo de", "vỡ đê  "])
def test_one_asks_with_marks_or_without(base: FactBase, asked: str) -> None:
    assert {entry.tellings[0].document_id for entry in timeline(base, topic=asked).entries} == {
        f"lụt{number}" for number in range(6)
    }
    assert {hit.document for hit in search(base, topic=asked, limit=50)} == {f"lụt{number}" for number in range(6)}


def test_a_topic_finds_those_whose_names_hold_it(base: FactBase) -> None:
    hits = search(base, topic="giao thông", kind="directive")
    assert len(hits) == 6
    assert all(hit.topics == ("an toàn giao thông",) for hit in hits)


def test_with_words_the_documents_on_the_topic_are_searched(base: FactBase) -> None:
    assert {hit.document for hit in search(base, "mưa", topic="vỡ đê")} == {f"lụt{number}" for number in range(6)}
    assert search(base, "mưa", topic="an toàn giao thông") == []


def test_words_that_are_no_topic_are_looked_for_in_titles_and_texts(base: FactBase) -> None:
    assert [hit.document for hit in search(base, topic="hàn khẩu", kind="event")] == []
    assert "hàn khẩu" not in {topic.name for topic in topics(base)}
    assert timeline(base, topic="chống vỡ đê").entries       # the words of the event hold it


def test_a_topic_without_a_word_is_refused(base: FactBase) -> None:
    with pytest.raises(QuestionError):
        search(base, topic="…")


def test_a_history_is_asked_for_by_topic(base: FactBase) -> None:
    assert "vỡ đê" in history_md(history(base, topic="vo de"))


def test_the_order_of_documents_makes_no_difference(base: FactBase) -> None:
    made = documents()
    random.Random(7).shuffle(made)
    with base_of(made) as other:
        assert topics(other) == topics(base)
        rows = "SELECT d.id, t.name, x.uses, x.weight FROM topic_document x JOIN topic t ON t.key = x.topic" \
               " JOIN document d ON d.key = x.document ORDER BY 1, 2"
        assert [tuple(row) for row in other.db.execute(rows)] == [tuple(row) for row in base.db.execute(rows)]


def test_a_small_archive_has_topics_of_the_lexicon_only() -> None:
    with base_of([documents()[6]]) as base:
        assert {topic.basis for topic in topics(base)} == {"lexicon"}


def test_an_empty_archive_has_none() -> None:
    with base_of([]) as base:
        assert topics(base) == [] and json.loads(assemble_topics(base.db))["phrases"] == []


def test_another_process_finds_the_same_phrases(tmp_path) -> None:
    with FactBase.create(tmp_path / "f.db") as base:
        for document, facts in documents():
            base.add(document, facts)
        assemble(base)
        alone = json.loads(base.meta("key_phrases") or "")["phrases"]
        base.set_meta("key_phrases", key_phrases.kept("another sample", ()))
        assemble(base, beside=True)
        assert json.loads(base.meta("key_phrases") or "")["phrases"] == alone != []


def test_residual_idf_of_a_phrase_strewn_by_chance_is_small() -> None:
    assert residual_idf(1000, 100, 105) == pytest.approx(0, abs=0.1)
    assert residual_idf(1000, 10, 80) > 2


@given(st.text())
def test_any_text_has_a_plain_form(text: str) -> None:
    assert plain(text) == plain(plain(text).lower())
