"""The acts of a fact base: relations both ways, one act with its words, what comes from the lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from corpus.document import Document
from extractors.extract import extract
from outputs.decrees_table import decree_cards, decrees
from outputs.exports import export_csv, export_jsonl
from outputs.factbase import FactBase
from pipeline.assemble import assemble
from pipeline.show_decrees import show_decrees

TEXTS = {
    "a": "Nghị định 33/2020/NĐ-CP sửa đổi Điều 5 Nghị định số 62/2015/NĐ-CP ngày 18/7/2015 của Chính phủ.",
    "b": "Nghị định 62/2015/NĐ-CP quy định chi tiết Luật Thi hành án dân sự năm 2008.",
}


@pytest.fixture()
def base() -> Iterator[FactBase]:
    with FactBase.create(":memory:") as made:
        for name, text in TEXTS.items():
            document = Document(id=name, text=text)
            made.add(document, extract(document))
        assemble(made)
        yield made


def test_every_act_shows_what_it_does_and_what_is_done_to_it(base: FactBase) -> None:
    act = next(one for one in decrees(base) if one.number == "62/2015/NĐ-CP")
    assert [(one.relation, one.other) for one in act.does] == [("guides", "vn:L:QH12:term:26")]
    assert [(one.relation, one.other, one.pinpoint) for one in act.undergoes] == [
        ("amends", "vn:NĐ:CP:2020:33", "điều 5")
    ]
    assert act.undergoes[0].quote.words.startswith("Nghị định 33/2020/NĐ-CP sửa đổi Điều 5 Nghị định số 62/2015/NĐ-CP")


@pytest.mark.parametrize("asked", ["62/2015/NĐ-CP", "62/2015/nd-cp", "vn:NĐ:CP:2015:62", "NĐ 62", "nghị định 62/2015"])
def test_one_act_with_every_place_that_cites_it(base: FactBase, asked: str) -> None:
    (card,) = decree_cards(base, asked)
    assert card.decree.date == "2015-07-18" and card.decree.cited_by == 2
    assert [place.document for place in card.citations] == ["a", "b"]


@pytest.mark.parametrize(
    "asked", ["luật thi hành án dân sự", "Luật Thi hành án dân sự năm 2008", "luat thi hanh an dan su 2008"]
)
def test_a_law_found_by_name_shows_what_the_lexicon_knows_and_says_so(base: FactBase, asked: str) -> None:
    (card,) = decree_cards(base, asked)
    assert (card.decree.number, card.decree.date) == ("26/2008/QH12", "2008-11-14")
    assert card.decree.lexicon == ("number", "date", "issuer")
    stated = base.db.execute("SELECT number, date, issuer FROM decree_fact WHERE doc_type = 'luật'").fetchone()
    assert tuple(stated) == (None, None, None)  # the fact says no more than its words


def test_the_list_marks_what_no_source_states_and_says_what_its_counts_mean(
    base: FactBase, capsys: pytest.CaptureFixture[str]
) -> None:
    show_decrees(decrees(base), as_json=False)
    shown = capsys.readouterr().out
    assert "26/2008/QH12*" in shown and "2008-11-14*" in shown
    assert "2015-07-18*" not in shown and "2015-07-18" in shown
    assert "* theo danh mục văn bản" in shown and "Được dẫn: số tài liệu" in shown


def test_relations_are_exported_with_their_words_and_keys(base: FactBase) -> None:
    lines = [json.loads(line) for line in export_jsonl(base, ["relation"])]
    assert [(line["doc"], line["text"], line["subject_key"], line["object_key"]) for line in lines] == [
        ("a", "sửa đổi", "vn:NĐ:CP:2020:33", "vn:NĐ:CP:2015:62"),
        ("b", "quy định chi tiết", "vn:NĐ:CP:2015:62", "vn:L:QH12:term:26"),
    ]
    assert all(TEXTS[line["doc"]][line["object_start"] : line["object_end"]] == line["object"] for line in lines)
    assert "subject_key" in next(iter(export_csv(base, ["relation"])))


def test_the_view_reads_as_a_table(base: FactBase) -> None:
    row = base.db.execute("SELECT * FROM read_decree_relations WHERE document = 'a'").fetchone()
    assert (row["subject_words"], row["quote"], row["object_words"], row["pinpoint"]) == (
        "Nghị định 33/2020/NĐ-CP", "sửa đổi", "Nghị định số 62/2015/NĐ-CP", "điều 5"
    )


def test_a_document_that_goes_takes_its_relations_with_it(base: FactBase) -> None:
    base.remove("a")
    assert base.count("relation") == 1
