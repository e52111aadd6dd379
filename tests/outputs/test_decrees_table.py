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
from pipeline.show_decrees import show_decree_cards, show_decrees

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


def test_the_words_of_a_relation_reach_the_act_in_question() -> None:
    between = "có hiệu lực kể từ ngày 01 tháng 7 năm 2015 và được đăng trên công báo theo quy định;\n"
    text = (
        "Luật Thi hành án dân sự số 26/2008/QH12 ngày 14 tháng 11 năm 2008 của Quốc hội, được sửa đổi, bổ sung bởi:\n"
        f"1. Luật số 64/2014/QH13 ngày 25 tháng 11 năm 2014 của Quốc hội, {between}"
        f"2. Luật số 23/2018/QH14 ngày 12 tháng 6 năm 2018 của Quốc hội, {between}"
        "3. Luật số 67/2020/QH14 ngày 13 tháng 11 năm 2020 của Quốc hội.\n"
    )
    with FactBase.create(":memory:") as made:
        made.add(Document(id="a", text=text), extract(Document(id="a", text=text)))
        assemble(made)
        act = next(one for one in decrees(made) if one.key == "vn:L:QH12:term:26")
        found = {one.other: one.quote.words for one in act.undergoes}
    assert len(found) == 3
    for key, words in found.items():
        number = key.split(":")[-1]
        assert words.startswith("Luật Thi hành án dân sự") and f"Luật số {number}/" in words.rpartition("…")[2]


def test_a_document_that_goes_takes_its_relations_with_it(base: FactBase) -> None:
    base.remove("a")
    assert base.count("relation") == 1


LIFE = {
    "a": "Nghị định 58/2009/NĐ-CP ngày 13/7/2009 về thi hành án được thay thế bằng Nghị định 62/2015/NĐ-CP.",
    "b": "Nghị định 62/2015/NĐ-CP được thay thế bằng Nghị định 152/2024/NĐ-CP.",
    "c": "Nghị định 152/2024/NĐ-CP có hiệu lực từ ngày 15/01/2025.",
    "d": "Nghị định 58/2009/NĐ-CP ngày 14/7/2009 đã cũ. Theo khoản 1 Điều 5 Nghị định 58/2009/NĐ-CP, phí do xã thu.",
    "e": "Chỉ thị số 23/CT-TTg được ban hành.",
    "f": "Chỉ thị số 23/CT-TTg ngày 5/9/2019 có năm phần.",
}


@pytest.fixture()
def life() -> Iterator[FactBase]:
    with FactBase.create(":memory:") as made:
        for name, text in LIFE.items():
            document = Document(id=name, path=name, text=text)
            made.add(document, extract(document))
        assemble(made)
        yield made


def test_the_life_of_an_act(life: FactBase) -> None:
    (card,) = decree_cards(life, "58/2009/NĐ-CP")
    assert [(one.value, one.standing) for one in card.values if one.field == "date"] == [
        ("2009-07-13", "shown"), ("2009-07-14", "differs"),
    ]
    assert [(end.how, end.by, end.since) for end in card.decree.ends] == [("replaces", "vn:NĐ:CP:2015:62", None)]
    assert [one.other for one in card.after] == ["vn:NĐ:CP:2015:62", "vn:NĐ:CP:2024:152"]
    assert [(place.purpose, place.pinpoint) for place in card.citations][-1] == ("under", "điều 5 khoản 1")


def test_an_act_is_out_of_force_since_the_other_is_in_force(life: FactBase) -> None:
    (card,) = decree_cards(life, "62/2015/NĐ-CP")
    assert [(end.since, end.since_basis) for end in card.decree.ends] == [("2025-01-15", "effect")]
    assert [one.other for one in card.before] == ["vn:NĐ:CP:2009:58"]


def test_the_card_says_who_states_what_and_what_is_open(life: FactBase, capsys: pytest.CaptureFixture[str]) -> None:
    show_decree_cards(decree_cards(life, "58/2009/NĐ-CP"), "58/2009/NĐ-CP", as_json=False)
    shown = capsys.readouterr().out
    assert "nơi khác nêu: 2009-07-14 (theo nguồn: d:0)" in shown and "làm theo (1):" in shown
    show_decree_cards(decree_cards(life, "23/CT-TTg"), "23/CT-TTg", as_json=False)
    shown = capsys.readouterr().out
    assert "chưa rõ năm" in shown and "có thể là vn:CT:TTg:2019:23" in shown


def test_cards_become_json(life: FactBase, capsys: pytest.CaptureFixture[str]) -> None:
    show_decree_cards(decree_cards(life, "62/2015"), "62/2015", as_json=True)
    (card,) = json.loads(capsys.readouterr().out)
    assert card["decree"]["key"] == "vn:NĐ:CP:2015:62" and card["citations"][0]["quote"]["document"] == "a"
