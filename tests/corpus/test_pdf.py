"""PDF files: reading order, columns, tables, page heads, footnotes, page map; damaged, locked and empty files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.read import read
from corpus.readers.boxes import Rule, Word
from corpus.readers.layout import page_lines
from corpus.readers.pdf_page import PageContent
from corpus.readers.pdf_pages import needs_recognition
from corpus.scan import Item
from corpus.syllables import is_syllable, latin_share, vietnamese_share
from tests.corpus.pages import HEAD, Sheet, pdf
from tests.corpus.pdf_files import CATALOGUE, handmade

SHARED = Path(__file__).parents[3] / "shared" / "archive" / "notices"


def results(folder: Path, data: bytes, name: str = "a.pdf") -> list[Document | Rejected]:
    path = folder / name
    path.write_bytes(data)
    return list(read(Item(path, name)))


def document(folder: Path, *sheets: Sheet, **options: int) -> Document:
    (result,) = results(folder, pdf(*sheets, **options))
    assert isinstance(result, Document), result
    return result


def lines(folder: Path, *sheets: Sheet) -> list[str]:
    return [line for line in document(folder, *sheets).text.split("\n") if line]


def body(number: int) -> list[str]:
    """Ten full lines that differ from page to page."""
    return [f"Trang thứ {number} có dòng thứ {place}, chữ viết đầy từ lề trái đến lề phải." for place in range(10)]


# Columns


def test_each_column_of_a_notice_head_is_read_whole(tmp_path: Path) -> None:
    assert lines(tmp_path, HEAD) == [
        "BỘ TƯ PHÁP",
        "TỔNG CỤC THI HÀNH ÁN",
        "Số: 155/TCTHADS-NV1",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 10 tháng 01 năm 2013",
        "THÔNG BÁO",
        "Về việc nghỉ Tết Nguyên đán năm 2013",
    ]


def test_the_head_of_a_notice_is_understood(tmp_path: Path) -> None:
    notice = document(tmp_path, HEAD).notice
    assert notice and notice.number and notice.date and notice.organ and notice.parent
    assert (notice.parent.value, notice.organ.value) == ("BỘ TƯ PHÁP", "TỔNG CỤC THI HÀNH ÁN")
    assert (notice.number.value, notice.date.value) == ("155/TCTHADS-NV1", "2013-01-10")


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_printed_sideways_reads_the_same(tmp_path: Path, turned: int) -> None:
    assert document(tmp_path, HEAD, turned=turned).text == document(tmp_path, HEAD).text


def test_a_stated_rotation_changes_nothing(tmp_path: Path) -> None:
    assert document(tmp_path, HEAD, rotation=90).text == document(tmp_path, HEAD).text


def test_a_signature_stands_after_the_recipients_beside_it(tmp_path: Path) -> None:
    page = Sheet().write(60, 60, "Các đơn vị chịu trách nhiệm thi hành Thông báo này./.")
    page.lines(60, 100, "Nơi nhận:", "- Như trên;", "- Bộ trưởng (để b/c);", "- Lưu: VT.")
    page.write(340, 100, "KT. BỘ TRƯỞNG").write(340, 118, "THỨ TRƯỞNG").write(340, 190, "Vũ Đình Hòe")
    assert lines(tmp_path, page)[1:] == [
        "Nơi nhận:", "- Như trên;", "- Bộ trưởng (để b/c);", "- Lưu: VT.", "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Vũ Đình Hòe",
    ]


def test_newspaper_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = Sheet().write(60, 60, "Tin trong tỉnh", size=18)
    left = [f"Cột trái dòng {n} nói việc này" for n in range(8)]
    right = [f"Cột phải dòng {n} nói việc kia" for n in range(8)]
    page.lines(60, 100, *left).lines(330, 100, *right)
    text = document(tmp_path, page).text
    assert text.index(left[-1]) < text.index(right[0])
    assert all(one in " ".join(text.split()) for one in [*left, *right])


def test_labels_stay_with_what_they_label(tmp_path: Path) -> None:
    page = Sheet().lines(60, 60, "Nội dung:", "Phát hành:").lines(240, 60, "080.44417", "080.44243")
    assert lines(tmp_path, page) == ["Nội dung: 080.44417", "Phát hành: 080.44243"]


# Tables


def test_a_ruled_table_is_read_by_rows(tmp_path: Path) -> None:
    page = Sheet().write(60, 60, "Kết quả năm 2013 như sau:").grid([60, 200, 320, 440], [90, 112, 134, 174])
    page.write(64, 94, "Đơn vị").write(204, 94, "Số việc").write(324, 94, "Tỷ lệ")
    page.write(64, 116, "Hải Phòng").write(204, 116, "1.250").write(324, 116, "80,71%")
    page.lines(64, 138, "Thành phố", "Hồ Chí Minh").write(324, 138, "78,2%").write(60, 200, "Hết bảng.")
    assert lines(tmp_path, page) == [
        "Kết quả năm 2013 như sau:",
        "Đơn vị | Số việc | Tỷ lệ",
        "Hải Phòng | 1.250 | 80,71%",
        "Thành phố Hồ Chí Minh |  | 78,2%",
        "Hết bảng.",
    ]


def test_a_cell_that_spans_rows_is_said_once() -> None:
    words = [Word("Chung", 12, 20, 40, 30), Word("a", 62, 12, 70, 22), Word("b", 62, 32, 70, 42)]
    rules = [Rule(10, 10, 90, 10), Rule(60, 30, 90, 30), Rule(10, 50, 90, 50)]
    rules += [Rule(x, 10, x, 50) for x in (10, 60, 90)]
    assert [line.text for line in page_lines(words, rules)] == ["Chung | a", "| b"]


def test_figures_without_rules_are_read_by_rows(tmp_path: Path) -> None:
    page = Sheet().lines(60, 60, "Án dân sự", "Án hình sự", "Án hành chính", "Tổng số")
    page.lines(300, 60, "1.200", "310", "42", "1.552")
    assert lines(tmp_path, page)[0] == "Án dân sự | 1.200"


# Pages


def test_page_heads_and_numbers_are_dropped_and_pages_mapped(tmp_path: Path) -> None:
    sheets = []
    for number in range(1, 5):
        sheet = Sheet().write(150, 30, f"CÔNG BÁO/Số 12/Ngày 01-7-2013 {number}").write(290, 800, str(number))
        sheets.append(sheet.lines(60, 80, *body(number)))
    found = document(tmp_path, *sheets)
    assert "CÔNG BÁO" not in found.text and "CÔNG BÁO" in found.metadata["page_head"]
    assert [page.number for page in found.pages] == [1, 2, 3, 4]
    assert {(page.how, page.confidence) for page in found.pages} == {("text", None)}
    for page in found.pages:
        assert found.text[page.start :].startswith(f"Trang thứ {page.number} ")


def test_a_number_that_begins_a_page_of_text_stays(tmp_path: Path) -> None:
    page = Sheet().lines(60, 200, "1945", "Năm ấy nước ta giành được độc lập.")
    assert lines(tmp_path, page)[0] == "1945"


def test_a_paragraph_is_one_line_over_the_end_of_a_page(tmp_path: Path) -> None:
    wide = "Cơ quan thi hành án dân sự có trách nhiệm tổ chức thi hành bản án và quyết"
    first = Sheet().lines(80, 700, wide).lines(60, 718, *[wide] * 3)
    second = Sheet().lines(60, 60, "định của Tòa án.").write(80, 78, "Đoạn sau.")
    text = document(tmp_path, first, second).text
    assert "bản án và quyết định của Tòa án.\nĐoạn sau." in text


def test_a_footnote_follows_the_paragraph_that_refers_to_it(tmp_path: Path) -> None:
    page = Sheet().write(60, 60, "Luật có hiệu lực từ năm 2024").write(222, 57, "1", size=7)
    page.write(60, 90, "Điều 2. Phạm vi.").write(60, 780, "1", size=6).write(66, 782, "Trừ Điều 5.", size=10)
    text = document(tmp_path, page).text
    assert text.index("[1] Trừ Điều 5.") < text.index("Điều 2. Phạm vi.")
    assert "năm 2024[1]" in text


def test_empty_pages_are_pages(tmp_path: Path) -> None:
    found = document(tmp_path, Sheet().write(60, 60, "Trang đầu."), Sheet(), Sheet().write(60, 60, "Trang ba."))
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert found.text.split() == ["Trang", "đầu.", "Trang", "ba."]


# Text that is there but says nothing


@pytest.mark.parametrize(
    ("words", "pictures", "unmapped", "expected"),
    [
        ("Thi hành án dân sự là việc của cơ quan nhà nước có thẩm quyền theo luật", 0.0, 0, False),
        ("The Court of Appeal heard the case on a point of law and gave judgment for them", 0.0, 0, False),
        ("Qwx Zrtp bcdfg hjklm xzwq rtpsd fghjk lmnbv cxzqw rtyps dfghj klmnb vcxzq", 0.0, 0, True),
        ("Thi hành án dân sự là việc của cơ quan nhà nước có thẩm quyền theo luật", 0.0, 9, True),
        ("Ký bởi: Cổng Thông tin điện tử Chính phủ", 1.0, 0, True),
        ("Trang này chỉ có vài chữ", 0.0, 0, False),
        ("12 34 56 78 90", 0.0, 0, False),
    ],
)
def test_when_a_page_is_read_from_its_picture(words: str, pictures: float, unmapped: int, expected: bool) -> None:
    content = PageContent(595, 842, [Word(word, 0, 0, 9, 9) for word in words.split()], pictures=pictures)
    content.letters, content.unmapped = len(words), unmapped
    assert needs_recognition(content) is expected


def test_a_page_of_outlines_is_read_from_its_picture_and_a_blank_one_is_not() -> None:
    assert needs_recognition(PageContent(595, 842, drawn=900))
    assert not needs_recognition(PageContent(595, 842, drawn=2))


SYLLABLES = ["thẩm", "QUYẾT", "nghiêng", "gìn", "khuya", "Đắk", "yêu", "ngoằn", "Uỷ", "thuở", "oanh"]


@pytest.mark.parametrize("word", SYLLABLES)
def test_vietnamese_syllables_are_told_by_their_build(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["h¸nh", "xq", "strong", "ệ̀", "ngb", "TTr", "tòán", "h", ""])
def test_other_words_are_not_vietnamese_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_shares_count_words_not_abbreviations() -> None:
    assert vietnamese_share("UBND tỉnh, HĐND xã strong") == (2 / 3, 3)
    assert latin_share("and the xzq") == 2 / 3
    assert vietnamese_share("") == (0.0, 0)


# Files that cannot be read


NO_PAGES = handmade([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"])
LOCKED = handmade(
    [CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>",
     b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"a1" * 32, b"b2" * 32)],
    b"/Encrypt 3 0 R /ID [<00> <00>]",
)
BLANK = handmade([
    CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
])
LOOP = handmade([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R] /Count 3 >>"])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (NO_PAGES, {Reason.EMPTY}),
        (BLANK, {Reason.EMPTY}),
        (LOCKED, {Reason.ENCRYPTED}),
        (b"%PDF-1.7\n...", {Reason.TRUNCATED}),
        (b"%PDF-1.7\n" + b"\xff" * 4000, {Reason.TRUNCATED}),
        (b"%PDF-1.7\nnothing\n%%EOF", {Reason.DAMAGED}),
        (LOOP, {Reason.EMPTY, Reason.DAMAGED}),
    ],
)
def test_what_cannot_be_read_has_a_reason(tmp_path: Path, data: bytes, reason: set[Reason]) -> None:
    found = results(tmp_path, data)
    assert len(found) == 1
    assert isinstance(found[0], Rejected) and found[0].reason in reason
    assert found[0].sha256 and found[0].detail


def test_a_cut_file_keeps_its_whole_pages_and_says_that_it_is_cut(tmp_path: Path) -> None:
    whole = pdf(*(Sheet().lines(60, 80, *body(number)) for number in range(1, 4)))
    found = results(tmp_path, whole[: whole.rindex(b"startxref")])
    assert found and isinstance(found[-1], Rejected) and found[-1].reason is Reason.TRUNCATED
    if len(found) == 2:
        assert isinstance(found[0], Document) and "Trang thứ 1" in found[0].text


@given(data=st.data())
def test_flipped_bytes_end_as_typed_outcomes(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    raw = bytearray(pdf(HEAD))
    for _ in range(data.draw(st.integers(1, 20))):
        raw[data.draw(st.integers(9, len(raw) - 1))] = data.draw(st.integers(0, 255))
    found = results(tmp_path_factory.mktemp("flip"), bytes(raw))
    assert found and all(isinstance(one, Document | Rejected) for one in found)


# Any words, anywhere


@st.composite
def words(draw: st.DrawFn) -> list[Word]:
    found = []
    for number in range(draw(st.integers(0, 40))):
        x, y = draw(st.floats(0, 500)), draw(st.floats(0, 800))
        found.append(Word(f"w{number}", x, y, x + draw(st.floats(0, 90)), y + draw(st.floats(0, 30))))
    return found


@given(words())
def test_no_word_is_lost_or_said_twice(placed: list[Word]) -> None:
    said = " ".join(line.text for line in page_lines(placed)).replace(" | ", " ").split()
    assert sorted(said) == sorted(word.text for word in placed)


RULES = st.lists(st.tuples(st.booleans(), st.integers(0, 8), st.integers(0, 8), st.integers(1, 8)), max_size=30)


@given(words(), RULES)
def test_no_word_is_lost_in_a_table(placed: list[Word], drawn: list[tuple[bool, int, int, int]]) -> None:
    rules = [
        Rule(60 * a, 60 * b, 60 * a, 60 * (b + size)) if upright else Rule(60 * a, 60 * b, 60 * (a + size), 60 * b)
        for upright, a, b, size in drawn
    ]
    said = " ".join(line.text for line in page_lines(placed, rules)).replace("|", " ").split()
    assert sorted(said) == sorted(word.text for word in placed)


# The sample archive

SAMPLES = [  # file, number, date, organ, signer; None where the sample has none
    ("10-2022-nd-cp", "10/2022/NĐ-CP", "2022-01-15", "CHÍNH PHỦ", "Lê Minh Khái"),
    ("67-2025-tt-btc", "67/2025/TT-BTC", "2025-07-01", "BỘ TÀI CHÍNH", "Cao Anh Tuấn"),
    ("49-2026-ND-CP", "49/2026/NĐ-CP", "2026-01-31", "CHÍNH PHỦ", "Trần Hồng Hà"),
    ("254-2025-qh15", "254/2025/QH15", "2025-12-11", "QUỐC HỘI", "Trần Thanh Mẫn"),
    ("2944-2026-qd-ubnd", "2944/QĐ-UBND", "2026-05-19", "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",
     "Nguyễn Mạnh Cường"),
    ("44-2026-qd-ubnd-main", "44/2026/QĐ-UBND", "2026-06-30", "ỦY BAN NHÂN DÂN THÀNH PHÔ HÔ CHÍ MINH",
     "Hoàng Nguyên Dinh"),  # the text layer of the file lost the marks of its organ
    ("115-2025-vbhn-vpqh-part-1", None, None, None, None),
]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample archive ../shared is not here")
@pytest.mark.parametrize(("name", "number", "date", "organ", "signer"), SAMPLES)
def test_born_digital_notices_of_the_sample_archive(
    name: str, number: str | None, date: str | None, organ: str | None, signer: str | None
) -> None:
    path = SHARED / "pdf" / f"{name}.pdf"
    (found,) = read(Item(path, path.name))
    assert isinstance(found, Document) and found.notice
    notice = found.notice
    said = [part and part.value for part in (notice.number, notice.organ, notice.signer)]
    assert (said[0], found.date, said[1], said[2]) == (number, date, organ, signer)
    assert "CÔNG BÁO/Số" not in found.text
