"""Directives: one line of the table is one case; then what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from extractors.dates import find_dates
from extractors.directives import find_directives
from extractors.facts import Directive
from extractors.lexicon import many, table
from extractors.speech.words import cues, verbs

PHRASES = Path(__file__).parent / "phrases"


def cases(name: str) -> list[dict[str, str]]:
    lines = (PHRASES / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line for line in lines if line.strip() and not line.startswith("#")]
    header = rows[0].split("\t")
    return [dict(zip(header, line.split("\t") + [""] * len(header), strict=False)) for line in rows[1:]]


def documented(name: str) -> list[list[str]]:
    """The cells of the table of examples in a page of the documentation."""
    page = (Path(__file__).parents[2] / "docs" / f"{name}.md").read_text(encoding="utf-8")
    lines = page.split("## Examples")[1].split("\n## ")[0].split("\n")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return rows[1:]


def directives(text: str) -> list[Directive]:
    document = Document(id="case", text=text)
    return find_directives(document, [], find_dates(document, []), [])


@pytest.mark.parametrize("case", cases("directives"), ids=lambda case: case["text"][:60])
def test_phrase(case: dict[str, str]) -> None:
    text = case["text"].replace("//", "\n")
    found = [fact for fact in directives(text) if fact.rule != "lead-in"]
    if case["force"] == "-":
        assert not found
        return
    assert len(found) == 1
    for field in ("force", "issuer", "addressee", "action", "deadline"):
        if case[field]:
            assert getattr(found[0], field) == (None if case[field] == "none" else case[field])


SCHEDULES = {
    "cell by cell": """Phụ lục 2
(Kèm theo Quyết định số 5/2003/QĐ-BTL ngày 2/4/2003 của Bộ trưởng Bộ Thủy lợi)
TT
Nội dung công việc
Thời hạn
Đơn vị thực hiện
1
Kiểm tra các tuyến đê
Trước ngày 1/6/2003
Cục Đê điều

2
Mùa lũ
Cục Đê điều

3
Báo cáo kết quả
Trước ngày 1/7/2003
Sở Thủy lợi,
Sở Tài chính
""",
    "Markdown": """(Kèm theo Quyết định số 5/2003/QĐ-BTL ngày 2/4/2003 của Bộ trưởng Bộ Thủy lợi)
| TT | Nội dung công việc | Đơn vị thực hiện | Thời hạn |
|---|---|---|---|
| 1 | Kiểm tra các tuyến đê | Cục Đê điều | Trước ngày 1/6/2003 |
| 2 | Mùa lũ | Cục Đê điều | |
| 3 | Báo cáo kết quả | Sở Thủy lợi, Sở Tài chính | Trước ngày 1/7/2003 |
""",
}


@pytest.mark.parametrize("text", SCHEDULES.values(), ids=SCHEDULES.keys())
def test_rows_of_an_annexed_schedule(text: str) -> None:
    found = [(fact.issuer, fact.addressee, fact.text, fact.deadline) for fact in directives(text)]
    assert found == [
        ("Bộ trưởng Bộ Thủy lợi", "Cục Đê điều", "Kiểm tra các tuyến đê", "2003-06-01"),
        ("Bộ trưởng Bộ Thủy lợi", "Sở Thủy lợi, Sở Tài chính", "Báo cáo kết quả", "2003-07-01"),
    ]


@pytest.mark.parametrize("text", SCHEDULES.values(), ids=SCHEDULES.keys())
def test_a_table_that_no_decision_carries_orders_nothing(text: str) -> None:
    assert directives(text.replace("Kèm theo", "Xem")) == []


@pytest.mark.parametrize("row", documented("directives"), ids=lambda row: row[0][:60])
def test_documented_example(row: list[str]) -> None:
    text, *expected = row
    found = [[fact.force, fact.addressee, fact.action] for fact in directives(text)]
    assert found == ([expected] if expected[0] else [])


def test_the_table_is_a_specification() -> None:
    rows = cases("directives")
    negative = sum(row["force"] == "-" for row in rows)
    assert len(rows) >= 190
    assert len(rows) / 3 <= negative <= len(rows) / 2


@pytest.mark.parametrize("row", table("directive_verbs"), ids=lambda row: row["phrase"])
def test_a_word_is_found_in_its_examples_only(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        assert row["phrase"] in {cue.phrase for cue in cues(example.lower())} or any(
            row["phrase"].startswith(cue.phrase) or cue.phrase.startswith(row["phrase"])
            for cue in cues(example.lower())
        )
    for example in many(row["counter_examples"]):
        assert row["phrase"] not in {cue.phrase for cue in cues(example.lower())}


def test_terms_hide_the_words_inside_them() -> None:
    for row in table("directive_terms"):
        if row["kind"] != "keep":
            assert not cues(row["phrase"]), row["phrase"]


def test_every_verb_stands_once() -> None:
    names = [row["verb"] for row in table("action_verbs")]
    assert len(names) == len(set(names))
    assert len(verbs()) > 500


def test_one_sentence_with_several_verbs_is_one_directive() -> None:
    found = directives("Bộ Y tế yêu cầu Sở Y tế kiểm tra, xử lý nghiêm; đồng thời báo cáo kết quả về Bộ.")
    assert [fact.text for fact in found] == ["yêu cầu Sở Y tế kiểm tra, xử lý nghiêm; đồng thời báo cáo kết quả về Bộ"]


def test_a_bullet_is_one_directive_and_its_addressee_that_of_the_list() -> None:
    found = directives(
        "Chủ tịch UBND tỉnh yêu cầu Sở Công Thương:\n- Kiểm tra giá cả. Xử lý nghiêm vi phạm.\n"
        "- Báo cáo kết quả hằng tuần."
    )
    assert [(fact.addressee, fact.text) for fact in found] == [
        ("Sở Công Thương", "Kiểm tra giá cả. Xử lý nghiêm vi phạm"),
        ("Sở Công Thương", "Báo cáo kết quả hằng tuần"),
    ]


def test_items_that_name_a_body_are_for_that_body() -> None:
    found = directives(
        "Phó Thủ tướng có ý kiến chỉ đạo như sau:\n1. Bộ Xây dựng đôn đốc các địa phương.\n- Tổng hợp vướng mắc.\n"
        "2. Bộ Tài chính khẩn trương bố trí vốn."
    )
    assert [fact.addressee for fact in found] == ["Bộ Xây dựng", "Bộ Xây dựng", "Bộ Tài chính"]
    assert {fact.issuer for fact in found} == {"Phó Thủ tướng"}


def test_a_list_names_whom_its_items_are_for() -> None:
    found = directives(
        "Bộ Tài chính đề nghị:\n**Đối với các Bộ, cơ quan ngang Bộ:**\n(1) Rà soát trụ sở.\n"
        "**Đối với Ủy ban nhân dân các tỉnh:**\n(1) Bố trí xe công."
    )
    assert [fact.addressee for fact in found] == ["các Bộ, cơ quan ngang Bộ", "Ủy ban nhân dân các tỉnh"]


def test_a_letter_that_is_quoted_speaks_for_its_issuer() -> None:
    text = (
        "Căn cứ theo Công văn 2514/SGDĐT-KTKĐ về tuyển sinh nêu rõ như sau:\n"
        "- Phòng Giáo dục và Đào tạo các quận chịu trách nhiệm tư vấn, hướng dẫn phụ huynh."
    )
    document = Document(id="case", text=text)
    found = find_directives(document)
    assert [fact.addressee for fact in found] == ["Phòng Giáo dục và Đào tạo các quận"]


def test_an_item_may_go_on_with_the_duty_of_another_body() -> None:
    found = directives(
        "Tổng cục trưởng yêu cầu Cục:\n- Kiểm tra ngay hồ sơ của các vụ việc lớn, phức tạp; "
        "các đơn vị thuộc Tổng cục có trách nhiệm hỗ trợ."
    )
    assert [fact.addressee for fact in found] == ["Cục", "các đơn vị thuộc Tổng cục"]


def test_a_text_without_marks_is_read_to_its_end() -> None:
    found = directives("Bộ Y tế yêu cầu Sở Y tế kiểm tra các bệnh viện rồi " * 200)
    assert len(found) >= 1
    assert found[-1].end > 3_000


def test_the_next_sentence_may_go_on_with_a_bare_verb() -> None:
    found = directives("Thủ tướng yêu cầu Bộ Y tế kiểm soát dịch. Tăng cường xét nghiệm tại cửa khẩu.")
    assert [(fact.text, fact.addressee) for fact in found] == [
        ("yêu cầu Bộ Y tế kiểm soát dịch", "Bộ Y tế"),
        ("Tăng cường xét nghiệm tại cửa khẩu", "Bộ Y tế"),
    ]


def test_duties_in_the_articles_of_a_decision() -> None:
    found = directives(
        "ỦY BAN NHÂN DÂN TỈNH A\n\nQUYẾT ĐỊNH\nVề việc quản lý chợ\n\nCăn cứ Luật Thương mại;\n\n"
        "Điều 1. Giải thích từ ngữ\n1. Chợ là nơi mua bán.\n"
        "Điều 2. Trách nhiệm\n1. Sở Công Thương có trách nhiệm kiểm tra các chợ.\n2. Chủ hàng được thuê sạp.\n"
        "Điều 3. Thủ trưởng các cơ quan chịu trách nhiệm thi hành Quyết định này./.\n\n"
        "Nơi nhận:\n- Sở Công Thương kiểm tra;"
    )
    assert [(fact.addressee, fact.action) for fact in found] == [
        ("Sở Công Thương", "kiểm tra các chợ"),
        ("Thủ trưởng các cơ quan", "thi hành Quyết định này"),
    ]


def test_articles_on_files_and_amendments_bind_where_they_say_so_outright() -> None:
    found = directives(
        "BỘ TƯ PHÁP\n\nTHÔNG TƯ\n\nCăn cứ Luật Công chứng;\n\nBộ trưởng Bộ Tư pháp ban hành Thông tư:\n"
        "Điều 1. Hồ sơ, trình tự\n1. Hồ sơ gồm đơn và thẻ.\n2. Công chứng viên nộp hồ sơ tại Sở Tư pháp.\n"
        "3. Trong thời hạn 05 ngày làm việc, kể từ ngày nhận đủ hồ sơ, Sở Tư pháp cấp lại thẻ cho công chứng viên.\n"
        "Điều 2. Sửa đổi Điều 4\n\"1. Văn phòng công chứng phải ban hành quy định nội bộ.\"\n"
        "Điều 3. Hiệu lực\nThông tư này có hiệu lực từ ngày 1/1/2015."
    )
    assert [(one.addressee, one.action) for one in found] == [
        ("Sở Tư pháp", "cấp lại thẻ cho công chứng viên"),
        ("Văn phòng công chứng", "ban hành quy định nội bộ"),
    ]


def test_duties_that_a_circular_without_articles_says_outright() -> None:
    found = directives(
        "THÔNG TƯ\ncủa Bộ Tài chính hướng dẫn thuế nhập khẩu\n\nCăn cứ Luật thuế nhập khẩu;\n"
        "Bộ Tài chính hướng dẫn thực hiện như sau:\n\nI/ Đối tượng nộp thuế:\n"
        "1/ Tổ chức nhập khẩu hàng hóa là đối tượng nộp thuế.\n"
        "2/ Cơ quan Hải quan kiểm tra hàng hóa.\n"
        "3/ Trong thời hạn 20 ngày kể từ ngày nhận được đơn, Tổng cục Hải quan có trách nhiệm giải quyết đơn.\n"
        "4/ Doanh nghiệp phải nằm trong danh sách. Doanh nghiệp phải kê khai hàng tháng. "
        "Ví dụ: Doanh nghiệp phải nộp 5 triệu đồng.\n"
    )
    assert [(one.issuer, one.addressee, one.action) for one in found] == [
        ("Bộ Tài chính", "Tổng cục Hải quan", "giải quyết đơn"),
        ("Bộ Tài chính", "Doanh nghiệp", "kê khai hàng tháng"),
    ]


def test_conditions_in_articles_bind_nobody() -> None:
    found = directives(
        "BỘ TÀI CHÍNH\n\nTHÔNG TƯ\n\nCăn cứ Luật Phí;\n\nBộ trưởng Bộ Tài chính ban hành Thông tư:\n"
        "Điều 1. Giá tính phí\n1. Trường hợp giá tại hợp đồng cao hơn giá do Ủy ban nhân dân tỉnh, thành phố trực "
        "thuộc trung ương ban hành thì giá tính phí là giá tại hợp đồng.\n"
        "2. Nếu doanh nghiệp, hộ kinh doanh nộp chậm thì cơ quan thuế thông báo cho doanh nghiệp.\n"
    )
    assert [(one.addressee, one.action) for one in found] == [("cơ quan thuế", "thông báo cho doanh nghiệp")]


def test_a_headline_counts_where_the_text_says_it_in_full() -> None:
    text = "Hải Phòng cần tập trung xử lý vụ việc lớn\n\n"
    body = "Tổng cục trưởng yêu cầu Hải Phòng tập trung xử lý những vụ việc lớn, có giá trị cao."
    assert len(directives(text + body)) == 2
    assert not directives(text + "Trời mưa to suốt đêm qua ở Hải Phòng.")


def test_words_are_found_across_the_lines_of_a_scan() -> None:
    line = "Đây là một dòng chữ khá dài của bản quét nên bị ngắt giữa chừng theo\n"
    found = directives(line * 10 + "\nBộ Tài chính giao Tổng cục Thuế chủ\ntrì, phối hợp với các đơn vị rà soát hồ sơ.")
    assert [fact.addressee for fact in found] == ["Tổng cục Thuế"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "- Tăng cường kiểm tra",  # a list that nobody opens
        '"Thủ tướng yêu cầu Bộ Y tế kiểm tra',  # a quote that nobody closes
        "Thủ tướng yêu cầu:",
        "yêu cầu yêu cầu yêu cầu phải phải cần",
        "Th\u0169 t\u00ad\u01b0\u1edbng y\u00eau c\u1ea7u",
        "1. 2. 3. a) b) - - -",
        "Bộ trưởng" * 500,
        "yêu cầu " * 5_000,
    ],
)
def test_bad_input_is_no_error(text: str) -> None:
    for fact in directives(text):
        assert text[fact.start : fact.end] == fact.text


@given(
    st.lists(
        st.sampled_from(
            [
                "Thủ tướng",
                "yêu cầu",
                "Bộ Y tế",
                "phải",
                "cần",
                "sẽ",
                "kiểm tra",
                "báo cáo",
                ", ",
                ". ",
                ": ",
                "\n",
                "- ",
                "1. ",
                "“",
                "”",
                '"',
                "(",
                ")",
                "đã",
                "không",
                "giao",
                "các đơn vị",
                "trước ngày 1/2/2020",
                "Điều 1.",
                "Căn cứ",
                ";",
                "nhấn mạnh",
                "theo ông Ba",
                "TP. HCM",
                "\xa0",
                "?",
            ]
        ),
        max_size=40,
    )
)
def test_spans_quote_the_text_whatever_the_text(words: list[str]) -> None:
    text = " ".join(words)
    found = directives(text)
    assert all(text[fact.start : fact.end] == fact.text and fact.text.strip() for fact in found)
    assert [fact.start for fact in found] == sorted(fact.start for fact in found)
    assert all(fact.action is None or fact.action in text for fact in found)
    assert found == directives(text)


def test_who_was_told_before_is_still_told() -> None:
    told = directives(
        "Bộ Nội vụ yêu cầu các nhà mạng chặn tin rác. Tin rác gây hại cho nhiều người. Có hơn 1.000 nạn nhân. "
        "Nạn nhân ở khắp nơi. Các nhà mạng có trách nhiệm rà soát đầu số. Theo luật, các nhà mạng phải giữ bí mật."
    )
    assert [(fact.issuer, fact.addressee, fact.action) for fact in told] == [
        ("Bộ Nội vụ", "các nhà mạng", "chặn tin rác"),
        ("Bộ Nội vụ", "Các nhà mạng", "rà soát đầu số"),
    ]


def test_a_bare_office_is_the_last_of_its_holders() -> None:
    text = "Bộ trưởng Vũ Đình Hòe đến dự. " * 3 + "Thủ tướng Phạm Văn Đồng đến dự. Bộ trưởng yêu cầu các tỉnh giữ rừng."
    assert [fact.issuer for fact in find_directives(Document(id="case", text=text))] == ["Bộ trưởng Vũ Đình Hòe"]


def test_a_decision_on_a_sanction_binds_the_firm() -> None:
    decision = "Cục Thuế Hà Đông đã ban hành Quyết định số 36/QĐ-CT về xử phạt hành chính. "
    duty = "Doanh nghiệp sẽ phải nộp số tiền truy thu hơn 5 tỷ đồng."
    (found,) = find_directives(Document(id="case", text=decision + duty))
    assert (found.force, found.issuer, found.addressee) == ("order", "Cục Thuế Hà Đông", "Doanh nghiệp")
    assert find_directives(Document(id="case", text=duty)) == []
    assert find_directives(Document(id="case", text=decision + "Nếu chậm, doanh nghiệp phải nộp thêm tiền.")) == []


def test_another_addressee_is_another_directive() -> None:
    found = directives("Bộ trưởng yêu cầu Cục Đê điều lập tổ công tác; đồng thời yêu cầu các Sở Thủy lợi kiểm tra đê.")
    assert [(fact.addressee, fact.action) for fact in found] == [
        ("Cục Đê điều", "lập tổ công tác"),
        ("các Sở Thủy lợi", "kiểm tra đê"),
    ]
