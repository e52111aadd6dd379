"""Histories of bodies, people, places and acts, for a span, short, in English, with a user's weights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Document
from extractors.extract import extract
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.history import AmbiguousSubject, History, Section, WeightsError, history, history_md
from outputs.history.phrases import wording
from outputs.weights import Length, weights
from outputs.words import rows
from pipeline.assemble import assemble

TEXTS = {
    "ket-qua": (
        "2016-01-10", "Kết quả thi hành án dân sự",
        "Năm 2013, số án tồn đọng của Cục Thi hành án dân sự thành phố Hải Phòng là 900 việc. "
        "Năm 2014, số án tồn đọng của Cục Thi hành án dân sự thành phố Hải Phòng là 700 việc. "
        "Năm 2015, số án tồn đọng của Cục Thi hành án dân sự thành phố Hải Phòng là 640 việc.",
    ),
    "lam-viec": (
        "2014-05-09", "Tổng cục Thi hành án dân sự làm việc tại Hải Phòng",
        "Ngày 9/5/2014, Tổng cục trưởng Tổng cục Thi hành án dân sự Hoàng Sỹ Thành làm việc với Cục Thi hành án dân sự "
        "thành phố Hải Phòng. Ông Hoàng Sỹ Thành yêu cầu Cục Thi hành án dân sự thành phố Hải Phòng rà soát hồ sơ "
        "trước ngày 30/6/2014.",
    ),
    "hop": (
        "2018-07-02", "Hội nghị ở Hải Phòng",
        "Ngày 2/7/2018, Tổng cục trưởng Tổng cục Thi hành án dân sự Mai Lương Khôi chủ trì hội nghị ở Hải Phòng. "
        "Năm 2016, Cục Thi hành án dân sự thành phố Hải Phòng được Bộ trưởng Bộ Tư pháp tặng Bằng khen.",
    ),
    "nghi-dinh": (
        "2020-03-20", "Sửa đổi Nghị định 62/2015/NĐ-CP",
        "Ngày 17/3/2020, Chính phủ ban hành Nghị định số 33/2020/NĐ-CP sửa đổi, bổ sung Nghị định số 62/2015/NĐ-CP "
        "ngày 18/7/2015 của Chính phủ quy định chi tiết Luật Thi hành án dân sự. "
        "Nghị định số 33/2020/NĐ-CP có hiệu lực từ "
        "ngày 01/5/2020.",
    ),
    "hue": (
        "2017-05-01", "Phó Thủ tướng chỉ đạo",
        "Phó Thủ tướng Vương Đình Huệ yêu cầu Bộ Công Thương hoàn thiện phương án điều hành giá điện trước ngày "
        "30/6/2017. Chủ tịch Quốc hội yêu cầu tỉnh Thừa Thiên Huế hoàn thiện đề án mở rộng địa giới thành phố.",
    ),
    "trao-lai": (
        "2015-02-03", "Nhớ chuyện cũ",
        "Chiều 28/4/1975, Tổng thống Trần Văn Hương trao lại chức vụ Tổng thống cho Dương Văn Minh ở Sài Gòn.",
    ),
    "khac": ("2019", "Chuyện khác", "Nghị định số 62/2014/NĐ-CP quy định về xét tặng danh hiệu nghệ nhân."),
}


@pytest.fixture(scope="module")
def base() -> Iterator[FactBase]:
    with FactBase.create(":memory:") as made:
        for name, (date, title, text) in TEXTS.items():
            document = Document(id=name, text=text, date=date, title=title, path=f"{name}.txt")
            made.add(document, extract(document))
        assemble(made)
        yield made


def section(made: History, key: str) -> Section | None:
    heading = wording(made.language)(key)
    return next((one for one in made.sections if one.heading == heading), None)


def cells(made: History, key: str) -> list[tuple[str, ...]]:
    found = section(made, key)
    return [row.cells for table in found.tables for row in table.rows] if found else []


def test_a_body_is_told_with_its_names_which_are_the_lexicons(base: FactBase) -> None:
    made = history(base, body="tổng cục thads")
    assert made.title == "Lịch sử Tổng cục Thi hành án dân sự"
    names = [row[:2] for row in cells(made, "organisation")]
    assert ("Tổng cục Thi hành án dân sự", "từ 2009 đến 30/6/2025") in names
    assert ("Cục Quản lý thi hành án dân sự", "từ 1/7/2025 đến nay") in names
    lexicon = [note for note in made.notes if note.basis == "lexicon"]
    assert lexicon and all(not note.document_id and "không phải nguồn" in note.title for note in lexicon)
    assert str(len({note.document_id for note in made.notes if note.basis == "source"})) in made.basis


def test_heads_stand_first_with_what_is_known_of_their_terms(base: FactBase) -> None:
    rows_ = cells(history(base, body="Tổng cục Thi hành án dân sự"), "leaders")
    assert [row[:2] for row in rows_] == [
        ("từ trước 9/5/2014 đến trước 2/7/2018", "Hoàng Sỹ Thành"),
        ("nhận chức giữa 9/5/2014 và 2/7/2018", "Mai Lương Khôi"),
    ]


def test_a_person_is_told_with_what_they_order_themselves(base: FactBase) -> None:
    made = history(base, person="hoàng sỹ thành")
    assert made.title == "Hoàng Sỹ Thành qua tư liệu"
    assert {row[1] for row in cells(made, "leaders")} == {"Hoàng Sỹ Thành"}
    assert [row[0] for row in cells(made, "directives")] == ["30/6/2014"]


def test_an_act_is_told_with_what_was_changed_and_since_when(base: FactBase) -> None:
    made = history(base, decree="33/2020/NĐ-CP")
    found = section(made, "legal")
    assert found is not None
    by_caption = {table.caption: [row.cells for row in table.rows] for table in found.tables}
    assert by_caption[wording("vi")("changes")] == [
        ("Nghị định số 33/2020/NĐ-CP", "sửa đổi, bổ sung", "Nghị định số 62/2015/NĐ-CP")]
    assert by_caption[wording("vi")("force")] == [("Nghị định số 33/2020/NĐ-CP", "1/5/2020", "–")]
    assert wording("vi")("citations") in by_caption


def test_a_place_is_told_with_its_honours_and_who_gave_them(base: FactBase) -> None:
    (row,) = cells(history(base, place="Hải Phòng"), "honours")
    assert (row[0], row[2]) == ("2016", "Bộ trưởng Bộ Tư pháp")


def test_a_place_is_meant_with_its_marks(base: FactBase) -> None:
    assert "Vương Đình Huệ" not in history_md(history(base, place="Huế"))


def test_what_is_handed_over_is_no_honour(base: FactBase) -> None:
    assert not cells(history(base, place="Sài Gòn"), "honours")


def test_a_series_has_a_table_and_a_chart_of_the_same_values(base: FactBase) -> None:
    found = section(history(base, topic="thi hành án dân sự"), "figures")
    assert found is not None and found.charts
    (chart,) = found.charts
    assert [(point.period, point.value, point.written) for point in chart.points] == [
        ("2013", "900", "900 việc"), ("2014", "700", "700 việc"), ("2015", "640", "640 việc")]
    assert chart.title in {table.caption for table in found.tables}
    assert all(point.notes for point in chart.points)


def test_several_subjects_are_what_they_have_in_common(base: FactBase) -> None:
    both = history(base, person="Hoàng Sỹ Thành", place="Hải Phòng")
    told = {sentence.notes for one in both.sections for group in one.paragraphs for sentence in group}
    assert {both.notes[number - 1].document_id for numbers in told for number in numbers} == {"lam-viec"}
    assert not cells(history(base, person="Mai Lương Khôi", decree="33/2020/NĐ-CP"), "directives")


def test_an_ambiguous_name_lists_its_choices(base: FactBase) -> None:
    with pytest.raises(AmbiguousSubject) as several:
        history(base, decree="Nghị định 62")
    assert {choice.ask for choice in several.value.choices} == {"vn:NĐ:CP:2015:62", "vn:NĐ:CP:2014:62"}
    for choice in several.value.choices:
        assert history(base, decree=choice.ask).sections


@pytest.mark.parametrize("asked", [
    {"body": "Bộ Đường sắt"}, {"person": "Nguyễn Văn Không"}, {"place": "Sa Pa"}, {"decree": "999/1999/NĐ-CP"},
    {"topic": "hàng không vũ trụ"}, {"topic": "thi hành án dân sự", "since": "1900", "until": "1901"},
])
def test_nothing_found_is_one_plain_sentence(base: FactBase, asked: dict[str, str]) -> None:
    made = history(base, **asked)
    assert (made.sections, made.notes, len(made.missing)) == ((), (), 1)
    assert made.missing[0].startswith("Không tìm thấy tư liệu nào")


def test_a_span_bounds_every_section(base: FactBase) -> None:
    made = history(base, topic="thi hành án dân sự", since="2014", until="2014")
    assert made.span is None or made.span.startswith("2014")
    assert [row[1] for row in cells(made, "leaders")] == ["Hoàng Sỹ Thành"]
    assert not cells(made, "honours")
    told = [sentence.words for one in made.sections for group in one.paragraphs for sentence in group]
    assert told and not any("2018" in words for words in told)


@pytest.mark.parametrize("asked", [
    {"since": "2016", "until": "2014"}, {"since": "hôm qua"}, {"year": 1900, "since": "1950"},
    {"anniversary": "1946-02-30"},
])
def test_a_span_that_cannot_be_is_refused(base: FactBase, asked: dict[str, object]) -> None:
    with pytest.raises(QuestionError):
        history(base, **asked)


def test_short_is_shorter(base: FactBase) -> None:
    full, short = (history(base, topic="thi hành án dân sự", length=length) for length in ("full", "short"))
    assert short.length == "short"
    assert len(history_md(short)) <= len(history_md(full))
    assert {one.id for one in short.sections} <= {one.id for one in full.sections}
    assert not any(one.charts for one in short.sections)
    assert all(len(one.tables) <= 1 for one in short.sections if one.id == "nguoi-giu-trong-trach")


def test_english_has_our_words_in_english_and_quotes_as_they_are(base: FactBase) -> None:
    vietnamese, english = (history(base, body="Tổng cục Thi hành án dân sự", language=one) for one in ("vi", "en"))
    assert english.language == "en" and english.title == "A history of Tổng cục Thi hành án dân sự"
    assert len(english.sections) == len(vietnamese.sections)
    ours = [one.heading for one in english.sections] + [name for one in english.sections for table in one.tables
                                                        for name in table.header]
    assert all(words.isascii() for words in ours if "“" not in words)
    quoted = {sentence.quote for one in english.sections for group in one.paragraphs for sentence in group}
    assert quoted == {
        sentence.quote for one in vietnamese.sections for group in one.paragraphs for sentence in group}


@pytest.mark.parametrize("row", rows("history_phrases"), ids=lambda row: row["key"])
def test_every_phrase_has_both_languages(row: dict[str, str]) -> None:
    assert row["text"] and row["english"]
    assert row["english"].isascii() or set(row["english"]) - set(map(chr, range(128))) <= set("“”–ửệ")


def test_round_years_weigh_more_and_better_sources_too() -> None:
    ours = weights()
    assert ours.roundness(100) > ours.roundness(50) > ours.roundness(25) > ours.roundness(10) > ours.roundness(5) > 0
    assert (ours.roundness(7), ours.roundness(0), ours.roundness(-10)) == (0, 0, 0)
    notice, press = ours.authority("notice", None, None), ours.authority("news", "Báo", "https://example.org/a")
    assert notice > press > ours.authority("news", None, "https://vi.wikipedia.org/wiki/A")


def test_a_user_lays_weights_over_ours(base: FactBase, tmp_path: Path) -> None:
    own = tmp_path / "rieng.tsv"
    own.write_text("# của tôi\ngroup\tname\tvalue\nlimit\tleaders\t1\nwords\thội nghị\t2,5\n", encoding="utf-8")
    assert weights(own).limit("leaders") == 1
    assert weights(own).weight("words", "hội nghị") == 2.5
    assert weights(own).weight("type", "founding") == weights().weight("type", "founding")
    assert len(cells(history(base, body="Tổng cục Thi hành án dân sự", weights=own), "leaders")) == 1


@pytest.mark.parametrize(("lines", "at"), [
    ("group\tname\tvalue\nlimit\tleaders\tnhiều\n", 2),
    ("group\tname\tvalue\nlimit\tleaders\tnan\n", 2),
    ("group\tname\tvalue\n\nlimit\tlãnh đạo\t3\n", 3),
    ("group\tname\tvalue\ngiới hạn\tleaders\t3\n", 2),
    ("group\tname\tvalue\nround\tmười\t3\n", 2),
    ("group\tname\tvalue\nlimit\tleaders\t-3\n", 2),
    ("group\tname\tvalue\nwords\n", 2),
    ("leaders 3\n", 1),
    ("", None),
])
def test_a_table_of_weights_that_is_wrong_names_its_line(tmp_path: Path, lines: str, at: int | None) -> None:
    own = tmp_path / "sai.tsv"
    own.write_text(lines, encoding="utf-8")
    with pytest.raises(WeightsError) as wrong:
        weights(own)
    assert wrong.value.line == at
    assert str(own) in str(wrong.value) and wrong.value.problem_vi


def test_a_table_of_weights_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError):
        weights(tmp_path / "khong-co.tsv")
    (tmp_path / "cu.tsv").write_bytes("group\tname\tvalue\nwords\tánh\t1".encode("utf-16"))
    with pytest.raises(WeightsError):
        weights(tmp_path / "cu.tsv")


def test_two_runs_give_the_same_bytes(base: FactBase) -> None:
    asked = {"body": "Tổng cục Thi hành án dân sự", "year": 2029, "anniversary": "2009-09-09"}
    assert history_md(history(base, **asked)) == history_md(history(base, **asked))


@pytest.mark.parametrize("length", ["full", "short"])
def test_every_note_is_cited(base: FactBase, length: Length) -> None:
    text = history_md(history(base, topic="thi hành án dân sự", length=length))
    cited, noted = set(re.findall(r"\[\^(\d+)\](?!:)", text)), set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert noted <= cited
