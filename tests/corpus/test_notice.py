"""Heads and feet of notices: one column, two columns, wrapped, scanned, lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Notice, Quoted
from corpus.lines import lines_of
from corpus.metadata import describe
from corpus.notice import read_notice
from corpus.notice_foot import _titled
from corpus.notice_words import is_organ, type_of
from corpus.tables import many, table

ONE_COLUMN = """CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 62/2015/NĐ-CP
Hà Nội, ngày 18 tháng 7 năm 2015

NGHỊ ĐỊNH
Hướng dẫn một số điều của Luật Thi hành án dân sự

Căn cứ Luật Tổ chức Chính phủ;
Điều 1. Phạm vi điều chỉnh.

Nơi nhận:
- Ban Bí thư Trung ương Đảng;
- Bộ Tư pháp (để t/h);
- Lưu: VT, PL (3b).

TM. CHÍNH PHỦ
THỦ TƯỚNG
(đã ký)
Nguyễn Tấn Dũng
"""

TWO_COLUMNS = """BỘ TƯ PHÁP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỔNG CỤC THI HÀNH ÁN DÂN SỰ Độc lập - Tự do - Hạnh phúc
Số: 155/TCTHADS-NV1 Hà Nội, ngày 10 tháng 01 năm 2013
V/v hướng dẫn thống kê
việc thi hành án

Kính gửi: Cục Thi hành án dân sự các tỉnh, thành phố trực thuộc Trung ương.

Đề nghị các Cục báo cáo trước ngày 31/01/2013./.

Nơi nhận: KT. TỔNG CỤC TRƯỞNG
- Như trên; PHÓ TỔNG CỤC TRƯỞNG
- Lưu: VT.
"""

SPACED_COLUMNS = """ỦY BAN NHÂN DÂN             CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH PHƯỚC                    Độc lập - Tự do - Hạnh phúc

  Số: 991/QĐ-UBND                      Đồng Xoài, ngày 14 tháng5 năm 2008

QUYẾT ĐỊNH
Về việc phê duyệt kế hoạch

Căn cứ Luật Tổ chức HĐND và UBND;
"""

WRAPPED = """|
**ỦY BAN NHÂN
DÂN **
TỈNH LAI CHÂU
--------
|
**CỘNG HÒA XÃ
HỘI CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
|
Số:
87/2025/QĐ-UBND
|
*Lai Châu, ngày
19 tháng 11 năm 2025*
|

**QUYẾT ĐỊNH**

QUY ĐỊNH NẾP SỐNG VĂN MINH
TRÊN ĐỊA BÀN TỈNH
**ỦY BAN NHÂN DÂN TỈNH LAI CHÂU**

Căn cứ Luật Tổ chức chính quyền địa phương;
"""

OLD_FONT = """Bộ tài chính\t\t     cộng hoà xã hội chủ nghĩa việt nam
-----*-----                         Độc lập - Tự do - Hạnh phúc
SỐ:    99/ 1998/TT-BTC             ------------------
\t\t\t        Hà nội, ngày  14   tháng  7   năm 1998

thông tư
 Hướng dẫn thi hành một nghị định
___________

\tCăn cứ Luật thuế thu nhập doanh nghiệp;
"""

SCANNED = """TONG CUC THUE CONG HOA XA HOI CHU NGHIA VIET NAM
CUC THUE TP HA NOI Độc lập - Tự do - Hanh phúc
Số:À394Ù /CTHN-TTHT ˆ Hà Nội, ngàyä4 kháng 2 năm 2023
V/v chính sách thuế

Kính gửi: Công ty cổ phần A

Cục Thuế trả lời để Công ty được biết và thực hiện.

Noi nhận:
~ Như trên;
- Lưu: VT.

Nguyễn Văn An
"""

LOST_HEAD = """ THÔNG BÁO

Kết luận của Tổng cục trưởng tại buổi làm việc
Ngày 09/5/2014, Tổng cục trưởng đã chủ trì buổi làm việc.
Các đơn vị biết, thực hiện./.
\tNơi nhận:
- Bộ trưởng (để b/c);.
- Các đơn vị thuộc Tổng cục (để t/h);

- Lưu: VT.
\t            TL.TỔNG CỤC TRƯỞNG
            CHÁNH VĂN PHÒNG

        (đã ký)
         Nguyễn Văn Tuấn
"""

DECREE_1946 = """VIỆT NAM DÂN CHỦ CỘNG HÒA
Độc lập - Tự do - Hạnh phúc
Số: 130/SL
Hà Nội, ngày 19 tháng 7 năm 1946
SẮC LỆNH
Về thể thức thi hành bản án
CHỦ TỊCH CHÍNH PHỦ VIỆT NAM DÂN CHỦ CỘNG HÒA
Xét Sắc lệnh số 13/SL;
"""

INLINE = """Chính phủ

Nghị định của Chính phủ số 114/2003/NĐ-CP
ngày 10/10/2003 về cán bộ xã.

\tCăn cứ Luật Tổ chức Chính phủ;
"""

TELEGRAM = """THỦ TƯỚNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 47/CĐ-TTg
Hà Nội, ngày 11 tháng 7 năm 2026
**CÔNG ĐIỆN**
**Về phòng, chống đuối nước**

THỦ TƯỚNG CHÍNH PHỦ điện:
- Bộ trưởng các Bộ: Y tế, Nội vụ;
- Chủ tịch Ủy ban nhân dân các tỉnh, thành phố.

Thời gian qua, nhiều vụ việc đã xảy ra.
"""

PROPERTIES = """| Thuộc tính | Nội dung |
|---|---|
| **Số hiệu** | 13/2004/PL-UBTVQH11 |
| **Loại văn bản** | Pháp lệnh |
| **Cơ quan ban hành** | Ủy ban Thường vụ Quốc hội |
| **Người ký** | Nguyễn Văn An |
| **Ngày ban hành** | 14/01/2004 |
"""

CASES: list[tuple[str, str, dict[str, str | None]]] = [
    ("one column", ONE_COLUMN, {
        "parent": None, "organ": "CHÍNH PHỦ", "number": "62/2015/NĐ-CP", "place": "Hà Nội", "date": "2015-07-18",
        "doc_type": "nghị định", "subject": "Hướng dẫn một số điều của Luật Thi hành án dân sự",
        "power": "TM. CHÍNH PHỦ", "signer_title": "THỦ TƯỚNG", "signer": "Nguyễn Tấn Dũng",
        "recipients": "Ban Bí thư Trung ương Đảng|Bộ Tư pháp",
    }),
    ("two columns", TWO_COLUMNS, {
        "parent": "BỘ TƯ PHÁP", "organ": "TỔNG CỤC THI HÀNH ÁN DÂN SỰ", "number": "155/TCTHADS-NV1",
        "place": "Hà Nội", "date": "2013-01-10", "doc_type": None, "subject": "hướng dẫn thống kê việc thi hành án",
        "addressees": "Cục Thi hành án dân sự các tỉnh, thành phố trực thuộc Trung ương",
        "power": "KT. TỔNG CỤC TRƯỞNG", "signer_title": "PHÓ TỔNG CỤC TRƯỞNG", "signer": None, "recipients": "Như trên",
    }),
    ("two columns with spaces", SPACED_COLUMNS, {
        "organ": "ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC", "number": "991/QĐ-UBND", "place": "Đồng Xoài",
        "date": "2008-05-14", "doc_type": "quyết định", "subject": "Về việc phê duyệt kế hoạch",
    }),
    ("wrapped cells", WRAPPED, {
        "parent": None, "organ": "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "number": "87/2025/QĐ-UBND", "place": "Lai Châu",
        "date": "2025-11-19", "doc_type": "quyết định", "subject": "QUY ĐỊNH NẾP SỐNG VĂN MINH TRÊN ĐỊA BÀN TỈNH",
    }),
    ("capitals lost in an old font", OLD_FONT, {
        "organ": "Bộ tài chính", "number": "99/1998/TT-BTC", "place": "Hà nội", "date": "1998-07-14",
        "doc_type": "thông tư", "subject": "Hướng dẫn thi hành một nghị định",
    }),
    ("scanned: number and day are lost", SCANNED, {
        "parent": "TONG CUC THUE", "organ": "CUC THUE TP HA NOI", "number": None, "place": "Hà Nội",
        "date": "2023-02", "subject": "chính sách thuế", "addressees": "Công ty cổ phần A", "signer": "Nguyễn Văn An",
    }),
    ("head lost", LOST_HEAD, {
        "organ": None, "number": None, "place": None, "date": None, "doc_type": "thông báo",
        "subject": "Kết luận của Tổng cục trưởng tại buổi làm việc",
        "recipients": "Bộ trưởng|Các đơn vị thuộc Tổng cục", "power": "TL.TỔNG CỤC TRƯỞNG",
        "signer_title": "CHÁNH VĂN PHÒNG", "signer": "Nguyễn Văn Tuấn",
    }),
    ("decree of 1946", DECREE_1946, {
        "organ": "CHỦ TỊCH CHÍNH PHỦ VIỆT NAM DÂN CHỦ CỘNG HÒA", "number": "130/SL", "date": "1946-07-19",
        "doc_type": "sắc lệnh", "subject": "Về thể thức thi hành bản án",
    }),
    ("head in one sentence", INLINE, {
        "organ": "Chính phủ", "number": "114/2003/NĐ-CP", "date": "2003-10-10", "doc_type": "nghị định",
        "subject": "về cán bộ xã.",
    }),
    ("telegram", TELEGRAM, {
        "organ": "THỦ TƯỚNG CHÍNH PHỦ", "number": "47/CĐ-TTg", "doc_type": "công điện",
        "addressees": "Bộ trưởng các Bộ: Y tế, Nội vụ|Chủ tịch Ủy ban nhân dân các tỉnh, thành phố",
    }),
    ("table of properties", PROPERTIES, {
        "organ": "Ủy ban Thường vụ Quốc hội", "number": "13/2004/PL-UBTVQH11", "date": "2004-01-14",
        "doc_type": "pháp lệnh", "signer": "Nguyễn Văn An",
    }),
]


def plain(notice: Notice, field: str) -> str | None:
    value = getattr(notice, field)
    if isinstance(value, tuple):
        return "|".join(one.value for one in value) or None
    return value.value if value else None


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_notices(name: str, text: str, expected: dict[str, str | None]) -> None:
    notice = read_notice(text)
    assert notice is not None
    assert {field: plain(notice, field) for field in expected} == expected


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_every_part_quotes_the_text(name: str, text: str, expected: dict[str, str | None]) -> None:
    notice = read_notice(text)
    assert notice is not None
    parts = [getattr(notice, field) for field in Notice.__dataclass_fields__]
    for part in [one for value in parts for one in (value if isinstance(value, tuple) else [value])]:
        if isinstance(part, Quoted):
            assert text[part.start : part.end].strip() and part.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Một dòng.",
        "Kỷ niệm 75 năm Ngày truyền thống\n\n15/07/2021\nCách đây 75 năm, Sắc lệnh số 130/SL được ban hành./.\nPV",
        "Chủ tịch nước Việt Nam Dân chủ Cộng hòa\nđọc Tuyên ngôn Độc lập, Thủ tướng thông báo để các nước biết.",
        "Mẫu đơn mới\n\n" + "Từ ngày 01/7/2025, người dân dùng mẫu đơn mới theo hướng dẫn của cơ quan. " * 5
        + "\n\n" + "Dưới đây là mẫu đơn.\n" * 12 + "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
        "Báo cáo\nvề vũ khí hóa học\nđã được công bố hôm qua tại New York.",
    ],
)
def test_what_only_talks_about_notices_is_none(text: str) -> None:
    assert read_notice(text) is None


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("ngày 02 tháng 6 năm 1993", "1993-06-02"),
        ("ngày 2 tháng 6 năm 1993", "1993-06-02"),
        ("ngày #& tháng 7 năm 2020", "2020-07"),
        ("ngày    tháng 7 năm 2016", "2016-07"),
        ("ngày    tháng    năm 2016", "2016"),
        ("ngày 31 tháng 02 năm 2016", None),
    ],
)
def test_what_cannot_be_read_of_a_date_is_left_out(written: str, edtf: str | None) -> None:
    notice = read_notice(ONE_COLUMN.replace("ngày 18 tháng 7 năm 2015", written))
    assert notice is not None and plain(notice, "date") == edtf


@given(st.text(alphabet="AB ĐỘủ\n\t:;/-.,|*#0123456789ngày tháng năm Số Kính gửi Nơi nhận TM.", max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    read_notice("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" + text)


@pytest.mark.parametrize("row", table("corpus", "notice_types"), ids=lambda row: row["type"])
def test_the_table_of_types_holds_its_own_examples(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        assert type_of(lines_of(example, 0, len(example))[0]) == (row["type"], len(example))
    for example in many(row["counter_examples"]):
        assert type_of(lines_of(example, 0, len(example))[0]) is None


@pytest.mark.parametrize("row", table("corpus", "organ_words"), ids=lambda row: row["word"])
def test_the_table_of_organs_holds_its_own_examples(row: dict[str, str]) -> None:
    assert all(is_organ(lines_of(example, 0, len(example))[0]) for example in many(row["examples"]))


@pytest.mark.parametrize("row", table("corpus", "signer_titles"), ids=lambda row: row["title"])
def test_the_table_of_titles_holds_its_own_examples(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        line = lines_of(example, 0, len(example))[0]
        titled = _titled(line)
        assert titled is not None and titled.end == len(example)


def test_the_end_of_a_subject_is_not_the_date_of_the_notice() -> None:
    text = TWO_COLUMNS.replace("việc thi hành án\n", "theo công văn\nngày 27/11/2012\n")
    described = describe(text.replace("ngày 10 tháng 01 năm 2013", "ngày    tháng    năm"))
    assert (described["kind"], described["date"]) == ("notice", None)


def test_an_annex_after_the_signature_hides_nothing() -> None:
    notice = read_notice(ONE_COLUMN + "\nPHỤ LỤC\n" + "Một dòng của phụ lục, khá dài.\n" * 800)
    assert notice is not None and plain(notice, "signer") == "Nguyễn Tấn Dũng"


@pytest.mark.parametrize(
    ("above", "below", "organs"),
    [
        ("HỘI ĐỒNG THẨM PHÁN", "TÒA ÁN NHÂN DÂN TỐI CAO", [None, "HỘI ĐỒNG THẨM PHÁN TÒA ÁN NHÂN DÂN TỐI CAO"]),
        ("VĂN PHÒNG", "CHÍNH PHỦ", [None, "VĂN PHÒNG CHÍNH PHỦ"]),
        ("CHÍNH PHỦ", "VĂN PHÒNG CHÍNH PHỦ", ["CHÍNH PHỦ", "VĂN PHÒNG CHÍNH PHỦ"]),
        ("BỘ TƯ PHÁP", "VIỆN KHOA HỌC PHÁP LÝ", ["BỘ TƯ PHÁP", "VIỆN KHOA HỌC PHÁP LÝ"]),
    ],
)
def test_a_line_that_says_whose_organ_it_is_belongs_to_it(above: str, below: str, organs: list[str | None]) -> None:
    notice = read_notice(ONE_COLUMN.replace("CHÍNH PHỦ\n", f"{above}\n{below}\n", 1))
    assert notice is not None
    assert [one and one.value for one in (notice.parent, notice.organ)] == organs


def test_every_organ_with_a_genitive_joins_its_example() -> None:
    for row in table("corpus", "organ_genitives"):
        above, below = row["examples"].split(" / ")
        notice = read_notice(ONE_COLUMN.replace("CHÍNH PHỦ\n", f"{above}\n{below}\n", 1))
        assert notice and notice.organ and notice.organ.value == f"{above} {below}", row


@pytest.mark.parametrize(
    ("number", "day", "read"),
    [
        ("Số: ….05/2006/QĐ-UBND", "ngày …25..tháng 01 năm 2006", ("05/2006/QĐ-UBND", "2006-01-25")),
        ("Số: ...05.../2006/QĐ-UBND", "ngày ...25... tháng ..01.. năm 2006", ("05/2006/QĐ-UBND", "2006-01-25")),
        ("Số: ……/2006/QĐ-UBND", "ngày …… tháng 01 năm 2006", (None, "2006-01")),
    ],
)
def test_blanks_filled_in_by_hand(number: str, day: str, read: tuple[str | None, str]) -> None:
    text = ONE_COLUMN.replace("Số: 62/2015/NĐ-CP", number).replace("ngày 18 tháng 7 năm 2015", day)
    notice = read_notice(text)
    assert notice and notice.date
    assert (notice.number.value if notice.number else None, notice.date.value) == read


def test_the_row_above_the_properties_is_the_name_of_the_document() -> None:
    described = describe(
        "- Hiệu lực: Còn hiệu lực\n"
        "| Tố tụng hình sự | | | |\n| Số ký hiệu | 101/2015/QH13 | Ngày ban hành | 27/11/2015 |\n"
        "| Loại văn bản | Bộ luật | Ngày có hiệu lực | 01/01/2018 |\n| Cơ quan ban hành | Quốc hội |\n"
    )
    assert (described["title"], described["date"]) == ("Bộ luật Tố tụng hình sự", "2015-11-27")
