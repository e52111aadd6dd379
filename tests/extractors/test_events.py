"""Events: one line of the table is one case; then what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from extractors.clause_words import words_of
from extractors.events import find_events
from extractors.facts import Event
from extractors.lexicon import LexiconError, table
from tests.extractors.test_directives import cases, documented

TYPES = {"issuance", "effect", "founding", "appointment", "meeting", "award", "ruling", "result", "other"}


def events(text: str, now: str | None = None) -> list[Event]:
    return find_events(Document(id="case", text=text, date=now))


@pytest.mark.parametrize("case", cases("events"), ids=lambda case: case["text"][:60])
def test_phrase(case: dict[str, str]) -> None:
    found = events(case["text"].replace("//", "\n"), case["now"] or None)
    if case["date"] == "-":
        assert not found
        return
    assert [(event.date, event.event_type) for event in found] == [(case["date"], case["type"])]


@pytest.mark.parametrize("row", documented("events"), ids=lambda row: row[0][:60])
def test_documented_example(row: list[str]) -> None:
    text, *expected = row
    assert [[event.date, event.event_type] for event in events(text)] == ([expected] if expected[0] else [])


def test_the_table_is_a_specification() -> None:
    rows = cases("events")
    negative = sum(row["date"] == "-" for row in rows)
    assert len(rows) >= 240
    assert len(rows) / 3 <= negative <= len(rows) / 2


def test_every_trigger_has_one_type() -> None:
    names = [row["trigger"] for row in table("event_triggers")]
    assert len(names) == len(set(names))
    assert {row["type"] for row in table("event_triggers")} == TYPES | {"none"}


def test_an_unknown_role_is_our_own_error() -> None:
    with pytest.raises(LexiconError, match="no words"):
        words_of("no such role")


def test_two_happenings_in_one_sentence_are_two_events() -> None:
    found = events("Năm 1987, ông được bổ nhiệm làm Thứ trưởng Bộ Nội vụ, năm 1988 ông được thăng hàm Trung tướng.")
    assert [event.date for event in found] == ["1987", "1988"]


def test_the_fuller_telling_is_kept() -> None:
    text = (
        "Tòa sẽ xử vụ ly hôn ngày 18/9/2019.\n\n"
        "Ngày 18/9/2019, Tòa án cấp cao sẽ mở phiên tòa phúc thẩm xử vụ ly hôn của hai ông bà tại thành phố."
    )
    assert [event.text[:12] for event in events(text)] == ["Ngày 18/9/20"]


def test_a_later_part_of_the_day_keeps_the_day() -> None:
    morning = "Sáng 14/6/2019, Quốc hội thông qua Luật Giáo dục."
    text = f"{morning} Buổi chiều, Quốc hội thông qua nghị quyết chung của kỳ họp này."
    assert [event.date for event in events(text)] == ["2019-06-14", "2019-06-14"]


def test_the_same_day_is_that_of_the_last_happening_and_not_of_its_effect() -> None:
    law = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự, có hiệu lực từ ngày 01/7/2009."
    found = events(f"{law} Cùng ngày, Quốc hội ban hành Nghị quyết số 24/2008/QH12 về việc thi hành Luật.")
    assert [(event.date, event.event_type) for event in found] == [
        ("2008-11-14", "issuance"),
        ("2009-07-01", "effect"),
        ("2008-11-14", "issuance"),
    ]


def test_what_goes_on_at_the_meeting_has_its_day() -> None:
    head = "Ngày 16/9/2021, Ban Tổ chức Trung ương tổ chức hội nghị về công tác cán bộ tại Cao Bằng."
    goes_on = "Tại hội nghị, Phó Trưởng ban đã công bố quyết định của Bộ Chính trị về cán bộ."
    assert [event.date for event in events(f"{head} {goes_on}")] == ["2021-09-16", "2021-09-16"]
    later = "Sau đó, ông được bổ nhiệm làm Thứ trưởng của một bộ khác trong Chính phủ."
    assert [event.date for event in events(f"{head} {later}")] == ["2021-09-16"]


def test_who_is_appointed_right_after_a_founding_is_so_on_its_day() -> None:
    text = (
        "Ngày 22 tháng 1 năm 1981, Quốc hội tách Bộ Điện và Than thành Bộ Điện lực và Bộ Mỏ và Than. "
        "Ông được bổ nhiệm giữ chức vụ Bộ trưởng Bộ Mỏ và Than."
    )
    assert [(event.date, event.event_type) for event in events(text)] == [
        ("1981-01-22", "founding"),
        ("1981-01-22", "appointment"),
    ]


def test_two_documents_of_one_day_are_two_events() -> None:
    found = events(
        "Xem Luật số 76/2015/QH13 Tổ chức Chính phủ ban hành ngày 19/06/2015; "
        "xem Luật số 77/2015/QH13 Tổ chức chính quyền địa phương ban hành ngày 19/06/2015."
    )
    assert [event.date for event in found] == ["2015-06-19", "2015-06-19"]


def test_a_text_without_marks_is_read_to_its_end() -> None:
    text = "và ngày {}/5/2019 Tòa án tỉnh mở phiên tòa xét xử vụ án số {} tại hội trường lớn của thị xã "
    found = events("".join(text.format(day % 28 + 1, day) for day in range(200)))
    assert {event.date for event in found} == {f"2019-05-{day:02}" for day in range(1, 29)}


@pytest.mark.parametrize(
    ("text", "now", "planned"),
    [
        ("Ngày 18/9/2019, Tòa án cấp cao sẽ mở phiên tòa phúc thẩm vụ ly hôn.", None, True),
        ("Cây cầu dự kiến được khánh thành ngày 2/9/2019 tại huyện.", None, True),
        ("Ngày 18/9/2019, Tòa án cấp cao đã mở phiên tòa phúc thẩm vụ ly hôn.", None, False),
        ("Luật này có hiệu lực thi hành từ ngày 01/7/2009.", "2008-11-20", True),
        ("Luật này có hiệu lực thi hành từ ngày 01/7/2009.", "2015-11-20", False),
        ("Luật này có hiệu lực thi hành từ ngày 01/7/2009.", None, False),
        ("Luật này có hiệu lực thi hành từ tháng 7/2009.", "2008-11-20", True),
        ("Năm 2021, nhà máy sẽ đi vào hoạt động theo kế hoạch đã được phê duyệt.", None, True),
        ("Công ty đã công bố sẽ khai trương chi nhánh vào ngày 5/6/2019.", None, True),
        ("Ngày 5/5/2019, công ty đã công bố sẽ khai trương chi nhánh.", None, False),
        ("Bị cáo đã gây án sẽ bị đưa ra xét xử vào ngày 5/6/2019.", None, True),
        ("Thủ tục ra sao khi sắp xếp? Ngày 15/9/2025, Bộ Tài chính có công văn hướng dẫn các tỉnh.", None, False),
        ("Theo kế hoạch, cầu được khánh thành vào ngày 2/9/2020.", None, True),
        ("Ngày 2/9/2018, cầu sẽ được khánh thành, tỉnh từng hứa.", "2019-05-01", False),
    ],
)
def test_planned_and_reported_are_told_apart(text: str, now: str | None, planned: bool) -> None:
    assert [event.planned for event in events(text, now)] == [planned]


def test_items_of_a_list_with_one_year_are_different_happenings() -> None:
    text = (
        "- Năm 1999, được tặng thưởng Huân chương Chiến công hạng Ba\n"
        "- Năm 1999, được Nhà nước Lào tặng Huân chương Chiến công hạng Ba"
    )
    assert [event.date for event in events(text)] == ["1999", "1999"]


def test_a_month_of_effect_tells_the_year_of_its_days() -> None:
    days = "Nghị định 142 có hiệu lực từ ngày 1/12."
    head = "Những quy định mới có hiệu lực từ tháng 12/2016."
    assert [event.date for event in events(f"{head}\n{days}")] == ["2016-12-01"]
    assert [event.date for event in events(f"Tháng 12/2016 trời rất lạnh.\n{days}")] == ["XXXX-12-01"]


def test_references_tell_nothing() -> None:
    assert not events('"Tiểu sử". Báo Nhân Dân. ngày 11 tháng 6 năm 2021. Truy cập ngày 18 tháng 7 năm 2024.')


def test_the_clause_ends_before_its_comment() -> None:
    text = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự, đánh dấu bước ngoặt trong cải cách tư pháp."
    assert events(text)[0].text.endswith("Luật Thi hành án dân sự")


@pytest.mark.parametrize(
    "text", ["", "\n", "ngày 1/1/2000", "ngày 1/1/2000 " * 500, "(ngày 2/9/1945", "|||", "ký " * 2000]
)
def test_bad_input_is_no_error(text: str) -> None:
    for event in events(text):
        assert text[event.start : event.end] == event.text


@given(
    st.lists(
        st.sampled_from(
            [
                "ngày 19/7/1946",
                "năm 1993",
                "tháng 5/2017",
                "Chính phủ",
                "ban hành",
                "ký",
                "đã",
                ", ",
                ". ",
                "; ",
                "\n",
                "(",
                ")",
                "hội nghị",
                "từ",
                "đến",
                "là",
                "",
                " ",
                "bổ nhiệm",
                "Quốc hội",
                "thông qua",
                "Nghị định số 62/2015/NĐ-CP",
                "cho biết",
                "khi",
                "“",
                "”",
            ]
        ),
        max_size=30,
    )
)
def test_spans_quote_the_text_whatever_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = events(text)
    assert all(text[event.start : event.end] == event.text and event.date for event in found)
    assert [event.start for event in found] == sorted(event.start for event in found)
    assert found == events(text)
