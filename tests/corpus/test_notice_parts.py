"""Legal bases, annexes, footnotes, attestation, several signers, courts, and the window of a lost date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.metadata import describe
from corpus.notice import read_notice
from corpus.notice_parts import read_annexes, read_attestation, read_bases, read_footnotes
from corpus.notice_window import interval, read_window

DECREE = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 62/2015/NĐ-CP
Hà Nội, ngày 18 tháng 7 năm 2015
NGHỊ ĐỊNH
Hướng dẫn một số điều của Luật Thi hành án dân sự

Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;
Căn cứ Luật Thi hành án dân sự ngày 14 tháng 11 năm 2008
và Luật sửa đổi ngày 25 tháng 11 năm 2014;
Theo đề nghị của Bộ trưởng Bộ Tư pháp,
Chính phủ ban hành Nghị định.
Điều 1. Căn cứ Điều 2, cơ quan thi hành án tổ chức thi hành.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Nguyễn Tấn Dũng
"""

JOINT = """THÔNG TƯ
LIÊN TỊCH CỦA BỘ TƯ PHÁP - BỘ TÀI CHÍNH
SỐ 91/1998/TTLT-BTP-BTC NGÀY 12 THÁNG 5 NĂM1998 HƯỚNG DẪN CHI TRẢ

Căn cứ Pháp lệnh Thi hành án dân sự ngày 21 tháng 4 năm 1993;
1- Chi trả:
KT. BỘ TRƯỞNG BỘ TƯ PHÁP          KT. BỘ TRƯỞNG BỘ TÀI CHÍNH
THỨ TRƯỞNG                        THỨ TRƯỞNG
Hà Hùng Cường                     Phạm Văn Trọng
"""


@pytest.mark.parametrize(
    ("text", "letter", "bases"),
    [
        (DECREE, False, [
            "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001",
            "Căn cứ Luật Thi hành án dân sự ngày 14 tháng 11 năm 2008 và Luật sửa đổi ngày 25 tháng 11 năm 2014",
            "Theo đề nghị của Bộ trưởng Bộ Tư pháp",
        ]),
        ("Kính gửi: Cục Thi hành án\nCăn cứ Điều 2 Thông tư này, quy định: “Cục tổ chức thi hành.”\n", True, []),
        ("Điều 1. Phạm vi.\nCăn cứ Luật này;\n", False, []),
        ("Căn cứ Pháp lệnh Cán bộ năm 1998;\nTheo đề nghị của Bộ trưởng,\n", False,
         ["Căn cứ Pháp lệnh Cán bộ năm 1998", "Theo đề nghị của Bộ trưởng"]),
        ("Căn cứ pháp lý\n- Luật Tổ chức Chính phủ\n", False, []),
        ("| Căn cứ pháp lý | Luật Tổ chức Chính phủ; |\n", False, []),
        ("", False, []),
    ],
)
def test_legal_bases(text: str, letter: bool, bases: list[str]) -> None:
    assert [one.value for one in read_bases(text, 0, letter=letter)] == bases


@pytest.mark.parametrize(
    ("text", "annexes"),
    [
        ("thi hành Nghị định này./.\n\nPHỤ LỤC I\nDANH MỤC CƠ QUAN\n(Ban hành kèm theo Nghị định số 1/2001/NĐ-CP)\n",
         ["PHỤ LỤC I DANH MỤC CƠ QUAN"]),
        ("kể từ ngày ký.\n\nPhụ lục số 1\nTờ khai nộp thuế\n", ["Phụ lục số 1"]),
        ("kể từ ngày ký.\n\nQUY CHẾ\nTHỰC HIỆN DÂN CHỦ\n(Ban hành kèm theo Nghị định số 29/1998/NĐ-CP\nngày 11/5)\n",
         ["QUY CHẾ THỰC HIỆN DÂN CHỦ"]),
        ("các biểu mẫu tại\nPhụ lục II\nkèm theo Nghị định này.", []),
        ("các loài thuộc:\nPhụ lục II;\nPhụ lục III.\n", []),
        ("Biểu thuế ban hành\nkèm theo Nghị định này được áp dụng.", []),
    ],
)
def test_annexes(text: str, annexes: list[str]) -> None:
    assert [one.value for one in read_annexes(text)] == annexes


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("ÁN LỆ[1]\n[1] Do Vụ Pháp chế đề xuất.\nVề hợp đồng.", ["[1] Do Vụ Pháp chế đề xuất."]),
        ("Nhận định:\n[1] Tòa án xét thấy.\n[2] Tòa án xét tiếp.", []),
        ("nhà 298,3m[2] đất\nNhận định:\n[1] Tòa án xét thấy.\n[2] Tòa án xét tiếp.", []),
        ("2014[1] và 2020[2].\n[1] Luật số 64.\n[2] Luật số 67.\n[1] Đoạn.", ["[1] Luật số 64.", "[2] Luật số 67."]),
    ],
)
def test_footnotes(text: str, notes: list[str]) -> None:
    found = read_footnotes(text)
    assert [one.value for one in found] == notes
    assert [text[one.start : one.end] for one in found] == notes


def test_an_attestation_has_its_day_title_and_name() -> None:
    text = "Điều 9. Hiệu lực.\nXÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 11 tháng 8 năm 2025\nCHỦ NHIỆM\nLê Quang Tùng\n"
    assert [one.value for one in read_attestation(text)] == [
        "XÁC THỰC VĂN BẢN HỢP NHẤT", "2025-08-11", "CHỦ NHIỆM", "Lê Quang Tùng",
    ]


def test_a_joint_circular_has_all_its_signers() -> None:
    notice = read_notice(JOINT)
    assert notice and notice.doc_type and notice.number and notice.date and notice.organ
    assert (notice.doc_type.value, notice.number.value) == ("thông tư liên tịch", "91/1998/TTLT-BTP-BTC")
    assert (notice.organ.value, notice.date.value) == ("BỘ TƯ PHÁP - BỘ TÀI CHÍNH", "1998-05-12")
    assert [one.value for one in notice.signers] == ["Hà Hùng Cường", "Phạm Văn Trọng"]
    assert [one.value for one in notice.signer_titles] == ["THỨ TRƯỞNG", "THỨ TRƯỞNG"]


def test_a_signature_stands_above_the_annexes() -> None:
    notice = read_notice(DECREE + "\nPHỤ LỤC\nBIỂU MẪU\n" + "Một dòng của biểu mẫu.\n" * 600)
    assert notice and [one.value for one in notice.signers] == ["Nguyễn Tấn Dũng"]
    assert [one.value for one in notice.annexes] == ["PHỤ LỤC BIỂU MẪU"]


PRECEDENT = """ÁN LỆ SỐ 43/2021/AL
Về hiệu lực của hợp đồng thế chấp
Được Hội đồng Thẩm phán Tòa án nhân dân tối cao thông qua ngày 24 tháng 02 năm 2021 và được công bố.
"""
JUDGMENT = """TÒA ÁN NHÂN DÂN TỈNH HẢI DƯƠNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Bản án số: 12/2020/DS-ST
Ngày: 12-3-2020
NHÂN DANH NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
"""


@pytest.mark.parametrize(
    ("text", "doc_type", "number", "day"),
    [(PRECEDENT, "án lệ", "43/2021/AL", "2021-02-24"), (JUDGMENT, "bản án", "12/2020/DS-ST", "2020-03-12")],
)
def test_what_courts_publish_is_a_notice(text: str, doc_type: str, number: str, day: str) -> None:
    described = describe(text)
    notice = described["notice"]
    assert (described["kind"], described["date"]) == ("notice", day)
    assert (notice.doc_type.value, notice.number.value) == (doc_type, number)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Ngày 09/5/2014, Tổng cục đã làm việc. Báo cáo Tổng cục trước ngày 30/6/2014.", "2014-05-09/2014-06-30"),
        ("Cục nhận được công văn số 36/CT ngày 15/02/2017 của Cục Thuế.", "2017-02-15/.."),
        ("Căn cứ Luật Quản lý thuế ngày 29 tháng 11 năm 2006;", "2006-11-29/.."),
        ("Các hợp đồng ký trước ngày 30/6/2014 thì theo quy định cũ.", None),
        ("Nghị định này có hiệu lực từ ngày 01/7/2015.", None),
        ("Các đơn vị đã báo cáo trước ngày 30/6/2014.", None),
        ("Dự kiến ngày 01/7/2015 khai trương.", None),
        ("Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.", None),
        ("Luật Đầu tư công sẽ có hiệu lực ngày 01/01/2025.", None),
        ("Luật Nhà ở được áp dụng đến ngày 01/8/2030.", None),
        ("Căn cứ Luật Thi hành án dân sự ngày 14/11/2008;", "2008-11-14/.."),
        ("Luật Nhà ở được Quốc hội thông qua ngày 27/11/2023.", "2023-11-27/.."),
        ("Ngày 01/7/2030, các hồ sơ đã nộp phải được trả lại.", None),
        ("Thời gian ký: 15.06.2020 09:34", "../2020-06-15"),
        ("", None),
    ],
)
def test_the_window_of_a_lost_date(text: str, window: str | None) -> None:
    assert interval(*read_window(text)) == window


def test_a_window_is_never_the_date() -> None:
    text = "Kính gửi: Cục Thuế\nCục nhận được công văn số 6/CT ngày 10/12/2010.\nTrả lời để Cục biết./.\n"
    described = describe(text)
    assert (described["kind"], described["date"]) == ("notice", None)
    assert described["metadata"] == {"date_window": "2010-12-10/.."}


@given(st.text(alphabet="AB\n\t[]();.,/0123456789ngày tháng năm Phụ lục PHỤ LỤC Căn cứ kèm theo đã", max_size=300))
def test_no_text_breaks_the_parts(text: str) -> None:
    parts = [*read_bases(text, 0, letter=False), *read_annexes(text), *read_footnotes(text), *read_attestation(text)]
    for part in (*parts, *(end for end in read_window(text) if end)):
        assert 0 <= part.start < part.end <= len(text)
