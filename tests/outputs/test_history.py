"""A draft history: every sentence opens its source, and what has none is not written."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest
import regex

from outputs.checker import UnsupportedClaims, check
from outputs.history import History, Section, Sentence, build, history, history_html, history_md
from outputs.history.clauses import pronoun_subject, trim
from outputs.history.figures import clause_of
from outputs.history.openers import opening
from outputs.history.phrases import phrase, wording
from outputs.history.rows import one_line
from outputs.words import rows
from tests.outputs.school_base import DAM, HOSTILE_TITLE, MEANING, TOPIC, school_base
from tests.outputs.test_timeline_page import Page


def school_history(*, hostile: bool = False) -> History:
    return history(school_base(hostile=hostile), topic=TOPIC, anniversary="1945-09-08", year=2025)


def section(made: History, name: str) -> Section:
    return next(one for one in made.sections if one.heading == phrase(name))


def sentences(made: History) -> Iterator[Sentence]:
    for one in made.sections:
        for paragraph in one.paragraphs:
            yield from paragraph


def table(made: History, name: str) -> list[tuple[str, ...]]:
    return [row.cells for one in section(made, name).tables for row in one.rows]


def test_the_title_counts_the_years() -> None:
    made = school_history()
    assert (made.title, made.span) == ("80 năm bình dân học vụ", "1945–2025")
    assert history(school_base(), topic=TOPIC).title == "Lịch sử bình dân học vụ"
    assert history(school_base()).title == phrase("title_all")


def test_the_origin_opens_the_history_with_what_it_meant_and_how_it_is_kept() -> None:
    opening_section = school_history().sections[0]
    told, meant, kept = opening_section.paragraphs[0]
    assert opening_section.heading == phrase("origin")
    assert told.words == (
        "Mốc khởi đầu là ngày 8 tháng 9 năm 1945: “Chủ tịch Hồ Chí Minh đã ký Sắc lệnh số 17/SL ngày 8/9/1945 "
        "lập Nha Bình dân học vụ để mọi người biết đọc, biết viết”."
    )
    assert meant.words == f"Nguồn nhận định: “{MEANING}”."
    assert kept.lead == "Về sau, ngày 5 tháng 3 năm 1985, "


def test_a_date_is_said_once_and_words_that_point_elsewhere_go() -> None:
    told = [sentence.words for sentence in sentences(school_history())]
    assert (
        "Năm 1946, “Nha Bình dân học vụ mở lớp huấn luyện tại Hà Nội, đặt nền móng cho phong trào”." in told
    )
    assert "Nguồn khác viết: “Nha Bình dân học vụ đã mở khóa huấn luyện đầu tiên”." in told


def test_a_law_whose_issue_nobody_tells_is_told_by_what_it_did() -> None:
    told = [sentence.words for sentence in sentences(school_history())]
    assert "“Hiến pháp năm 1946 lần đầu tiên đã ghi nhận quyền học tập của người dân”." in told


def test_quotes_are_the_words_of_a_source() -> None:
    base = school_base(hostile=True)
    texts = [one_line(row["text"]) for row in base.db.execute("SELECT text FROM document")]
    for sentence in sentences(history(base, topic=TOPIC, anniversary="1945-09-08", year=2025)):
        assert any(sentence.quote.rstrip("…") in text for text in texts)


def test_every_sentence_and_row_has_notes_and_every_note_its_place() -> None:
    base = school_base()
    made = history(base, topic=TOPIC, anniversary="1945-09-08", year=2025)
    cited = [sentence.notes for sentence in sentences(made)]
    cited += [row.notes for one in made.sections for table in one.tables for row in table.rows]
    assert all(cited)
    assert {number for notes in cited for number in notes} == {note.number for note in made.notes}
    for note in made.notes:
        text = base.db.execute("SELECT text FROM document WHERE id = ?", (note.document_id,)).fetchone()["text"]
        for piece in note.evidence:
            assert text[piece.start : piece.end] == piece.quote


def test_laws_are_listed_with_what_each_did() -> None:
    assert table(school_history(), "legal") == [
        ("8/9/1945", "Sắc lệnh số 17/SL", "Chủ tịch Hồ Chí Minh", "lập Nha Bình dân học vụ"),
        ("1946", "Hiến pháp năm 1946", "–", "lần đầu tiên đã ghi nhận quyền học tập của người dân"),
        ("2/10/1956", "Nghị định số 596/NĐ", "Bộ Giáo dục", "quy định về trường bổ túc văn hóa"),
        ("5/3/1985", "Quyết định số 8/QĐ", "–", "lấy ngày 8/9 hằng năm làm ngày hội học chữ"),
    ]


def test_leaders_directives_and_figures_are_tables() -> None:
    made = school_history()
    assert table(made, "leaders") == [("ghi nhận 8/9/1945", "Hồ Chí Minh", "Chủ tịch", "–")]
    assert table(made, "directives") == [
        ("30/6/1990", "19/5/1990", "Ban phụ trách", "các lớp bình dân học vụ", "gửi danh sách trước ngày 30/6/1990"),
    ]
    series = section(made, "figures").tables[0]
    assert series.caption == "Số người biết chữ – xã"
    assert [row.cells for row in series.rows] == [("1946", "trên 2.000 người"), ("1947", "5.200 người")]


def test_one_office_is_one_row_however_its_body_is_written() -> None:
    base = school_base()
    with base.transaction() as db:
        office, mention = db.execute("SELECT occupancy, mention FROM occupancy_mention").fetchone()
        db.execute("UPDATE occupancy SET org = 'UBND xã' WHERE key = ?", (office,))
        for number, org in enumerate(("Ủy ban nhân dân xã", None)):
            copy = db.execute(
                "INSERT INTO mention (id, document, kind, start, \"end\", quote, prefix, suffix, rule) "
                "SELECT id || ?, document, kind, start, \"end\", quote, '', '', rule FROM mention WHERE key = ?",
                (number, mention),
            ).lastrowid
            db.execute("INSERT INTO official_fact SELECT ?, name, title, org FROM official_fact LIMIT 1", (copy,))
            other = db.execute(
                "INSERT INTO occupancy (id, person, title, org) "
                "SELECT id || ?, person, title, ? FROM occupancy LIMIT 1",
                (number, org),
            ).lastrowid
            db.execute("INSERT INTO occupancy_mention VALUES (?, ?, NULL)", (other, copy))
    made = history(base, topic=TOPIC)
    assert [cells[1:3] for cells in table(made, "leaders")] == [("Hồ Chí Minh", "Chủ tịch")]


def test_values_that_do_not_agree_stand_side_by_side() -> None:
    assert table(school_history(), "conflicts") == [
        ("số lớp, xã, 1947", "Hai giá trị cho một chỉ số (mâu thuẫn)", "40 lớp", "52 lớp"),
    ]


def test_conflicts_of_other_documents_and_mere_rounding_stay_out() -> None:
    base = school_base()
    with base.transaction() as db:
        db.execute("UPDATE conflict SET grade = 'rounding'")
    assert all(one.heading != phrase("conflicts") for one in history(base, topic=TOPIC).sections)
    with base.transaction() as db:
        db.execute("UPDATE conflict SET grade = 'contradiction'")
        db.execute("UPDATE conflict_side SET document = (SELECT key FROM document WHERE id = 'dap') WHERE place = 2")
    assert all(one.heading != phrase("conflicts") for one in history(base, topic=TOPIC).sections)


def test_a_side_that_only_the_documents_own_data_say_is_shown_as_its_day() -> None:
    base = school_base()
    with base.transaction() as db:
        db.execute("UPDATE conflict_side SET document = (SELECT document FROM conflict_side WHERE place = 1),"
                   " mention = NULL, start = NULL, \"end\" = NULL, quote = '1985-09-05' WHERE place = 2")
    (row,) = table(history(base, topic=TOPIC), "conflicts")
    assert row[2:] == ("40 lớp", "ngày của tài liệu: 5/9/1985")


def test_other_matters_and_later_years_stay_out() -> None:
    assert DAM not in history_md(school_history())
    until = history(school_base(), topic=TOPIC, anniversary="1945-09-08", year=1950)
    assert not any("596" in sentence.quote for sentence in sentences(until))


def test_sections_with_nothing_say_nothing() -> None:
    only_an_event = history(school_base(), topic="đập nước")
    assert [one.heading for one in only_an_event.sections] == ["Thập niên 1960", phrase("sources")]
    nothing = history(school_base(), topic="đường sắt", anniversary="1936-10-02", year=2026)
    assert (nothing.sections, nothing.notes) == ((), ())
    assert "Không tìm thấy tư liệu nào về “đường sắt”" in history_md(nothing)
    assert "Không tìm thấy tư liệu nào về “đường sắt”" in history_html(nothing)


def test_an_anniversary_of_which_nothing_is_told_is_said_plainly() -> None:
    made = history(school_base(), topic=TOPIC, anniversary="1945-01-01", year=2025)
    assert made.missing == ("Không tìm thấy trong kho tư liệu này sự kiện nào xảy ra vào ngày 1 tháng 1 năm 1945.",)


@pytest.mark.parametrize("day", ["1945", "8/9/1945", "hôm nay"])
def test_an_anniversary_is_a_day(day: str) -> None:
    with pytest.raises(ValueError, match="is not a day"):
        history(school_base(), topic=TOPIC, anniversary=day)


def test_a_history_with_a_claim_of_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def boastful(made: History) -> str:
        return history_md(made).replace("Nguồn nhận định:", "Năm 1999, Nguyễn Văn Tố khen:", 1)

    monkeypatch.setattr(build, "history_md", boastful)
    with pytest.raises(UnsupportedClaims) as refused:
        school_history()
    assert {one.claim for one in refused.value.unsupported} == {"1999", "Nguyễn Văn Tố"}


def test_what_its_source_does_not_bear_out_is_not_written() -> None:
    base = school_base()
    base.db.execute("UPDATE event SET date = '1956-10-03' WHERE id = 'event-2'")
    base.db.execute("UPDATE occupancy SET title = 'Chủ tịch Nước Ngoài'")
    made = history(base, topic=TOPIC, anniversary="1945-09-08", year=2025)
    assert not any("Ngày 3 tháng 10 năm 1956" in sentence.words for sentence in sentences(made))
    assert not any(one.heading == phrase("leaders") for one in made.sections)


def test_the_finished_text_passes_the_checker_in_hostile_company() -> None:
    made = school_history(hostile=True)
    assert check(history_md(made), made.notes, made.given) == []
    page = Page(history_html(made))
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"}
    assert HOSTILE_TITLE in page.words
    assert regex.search(r"(?<!\\)<img", history_md(made)) is None


def test_two_runs_give_the_same_bytes() -> None:
    first, second = school_history(hostile=True), school_history(hostile=True)
    assert history_md(first) == history_md(second)
    assert history_html(first) == history_html(second)


@pytest.mark.parametrize("row", rows("history_openers"), ids=lambda row: row["use"])
def test_every_opener_matches_its_examples(row: dict[str, str]) -> None:
    for example in row["examples"].split("|"):
        assert opening(row["use"], example.lower()) is not None, example


def test_weights_are_numbers_and_phrases_can_be_filled() -> None:
    assert all(row["value"] and float(row["value"]) is not None for row in rows("history_weights"))
    for row in rows("history_phrases"):
        blanks = {name for _, name, _, _ in string.Formatter().parse(row["text"]) if name}
        for language in ("vi", "en"):
            assert wording(language)(row["key"], **dict.fromkeys(blanks, "…"))


@pytest.mark.parametrize(
    ("text", "figure", "clause"),
    [
        ("Xã có 40 lớp; huyện có 300 lớp. Tỉnh có nhiều lớp.", "300 lớp", "huyện có 300 lớp"),
        ("Trước đó. Xã có 40 lớp. Sau đó.", "40 lớp", "Xã có 40 lớp"),
        ("Năm ấy đông\n(40 lớp, 52 thầy)\nvà vui", "52 thầy", "40 lớp, 52 thầy"),
        ("40 lớp", "40 lớp", "40 lớp"),
        ("dài, " * 90 + "xã có 40 lớp, " + "và thế, " * 60, "40 lớp", None),
    ],
)
def test_a_figure_is_shown_in_its_clause(text: str, figure: str, clause: str | None) -> None:
    start = text.index(figure)
    first, last = clause_of(text, start, start + len(figure))
    assert first <= start < start + len(figure) <= last
    assert clause is None or text[first:last] == clause
    assert last - first <= 320


@pytest.mark.parametrize(("clause", "left"), [
    ("Cụ Bùi Bằng Đoàn được bầu làm đại biểu Quốc hội và", "Cụ Bùi Bằng Đoàn được bầu làm đại biểu Quốc hội"),
    ("xã ban hành quyết định số 15/QĐ”, một người nói", "xã ban hành quyết định số 15/QĐ"),
    ("trở đi, tiền lương là mức lương và phụ cấp", "tiền lương là mức lương và phụ cấp"),
    ("rõ: Vào sáng hôm ấy, trường “Bình dân” mở lớp", "Vào sáng hôm ấy, trường “Bình dân” mở lớp"),
])
def test_a_clause_ends_and_begins_with_its_own_words(clause: str, left: str) -> None:
    cut = trim(clause, 0, len(clause), "1946", [])
    assert clause[cut.start : cut.end] == left


@pytest.mark.parametrize(("clause", "unnamed"), [
    ("Năm 1973 được phong tặng danh hiệu Anh hùng Lao động", True),
    ("ngày 1/7/1993, được bổ nhiệm", True),
    ("Năm 1973, Nhà máy được phong tặng danh hiệu Anh hùng Lao động", False),
])
def test_a_clause_that_names_nobody_behind_its_date_is_known(clause: str, unnamed: bool) -> None:
    assert pronoun_subject(clause, 0, len(clause)) is unnamed
