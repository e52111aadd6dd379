"""Keys: one act under one key, whatever its spelling; provisional URN:LEX names."""

from __future__ import annotations

import pytest

from corpus.document import Document
from extractors.decree_key import decree_key, identify
from extractors.decree_urn import eli_path, urn_lex, urn_of_notice
from extractors.decrees import find_decrees
from extractors.facts import Decree


def first(text: str) -> Decree:
    return find_decrees(Document(id="case", text=text))[0]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sắc lệnh số 130/SL ngày 19/7/1946", "vn:SL:CTCP:1946:130"),
        ("Theo Sắc lệnh 130/SL", "vn:SL:CTCP:?:130"),
        ("Nghị định số 62/2015/NĐ-CP", "vn:NĐ:CP:2015:62"),
        ("Nghị định số 062/2015/ND-CP", "vn:NĐ:CP:2015:62"),
        ("Nghị định 30-CP ngày 02/6/1993", "vn:NĐ:CP:1993:30"),
        ("Nghị định số 30/CP ngày 02/6/1993", "vn:NĐ:CP:1993:30"),
        ("Nghị định 68/HĐBT ngày 06/3/1990", "vn:NĐ:HĐBT:1990:68"),
        ("Quyết định số 397/QÐ-TTg ngày 05/3/2013", "vn:QĐ:TTg:2013:397"),
        ("Chỉ thị 21/2008/CT-TTg", "vn:CT:TTg:2008:21"),
        ("Chỉ thị 21/2008/CT-BGDĐT", "vn:CT:BGDĐT:2008:21"),
        ("Thông tư 12/2009/TT-BNN&PTNT", "vn:TT:BNN:2009:12"),
        ("Luật số 26/2008/QH12", "vn:L:QH12:term:26"),
        ("Nghị quyết số 26/2008/QH12", "vn:NQ:QH12:term:26"),
        ("Bộ luật số 45/2019/QH14", "vn:L:QH14:term:45"),
        ("Nghị quyết số 49-NQ/TW ngày 02/6/2005", "vn:NQ:TW:2005-06-02:49"),
        ("Quyết định số 12/QĐ-BTC ngày 1/2/2010 của Bộ Tài chính", "vn:QĐ:BTC:2010:12"),
        ("Quyết định số 12/QĐ-BTC ngày 1/2/2010 của Ban Tổ chức Thành ủy Hà Nội", "vn:QĐ:BTC@ha-noi:2010:12"),
        ("Nghị quyết số 18-NQ/TW", "vn:NQ:TW:?:18"),
        ("Thông tư liên tịch số 14/2010/TTLT-VKSNDTC-BTP", "vn:TTLT:BTP+VKSNDTC:2010:14"),
        ("Quyết định số 3107/2016/QĐ-UBND của UBND thành phố Hải Phòng", "vn:QĐ:UBND@hai-phong:2016:3107"),
        ("Quyết định số 3107/2016/QĐ-UBND", "vn:QĐ:UBND@?:2016:3107"),
        ("Công văn số 73/TTg-CN", "vn:CV:TTg:?:73"),
        ("Nghị định 62", "vn:NĐ:CP:?:62"),
        ("Sắc lệnh số 60C-1946", "vn:SL:CTCP:1946:60C"),
        ("Hiến pháp năm 1980", "vn:HP:QH:1980:@"),
        ("Luật Hải quan", "vn:L:QH:?:@hai-quan"),
        ("Luật Đất đai năm 2013", "vn:L:QH13:term:45"),
        ("Luật Tổ chức chính quyền địa phương năm 2025", "vn:L:QH:2025:@to-chuc-chinh-quyen-dia-phuong"),
        ("Luật Tổ chức chính quyền địa phương ngày 19/02/2025", "vn:L:QH15:term:65"),
        ("Luật Tổ chức chính quyền địa phương năm 2025 qua tại kỳ họp bất thường lần thứ 9", "vn:L:QH15:term:65"),
        ("Luật Tổ chức chính quyền địa phương năm 2025 qua tại kỳ họp thứ 9", "vn:L:QH15:term:72"),
        ("Luật Tổ chức chính quyền địa phương năm 2025 có hiệu lực từ 01/3/2025", "vn:L:QH15:term:65"),
        ("Luật Tổ chức chính quyền địa phương năm 2025 có hiệu lực từ 01/7/2025",
         "vn:L:QH:2025:@to-chuc-chinh-quyen-dia-phuong"),
        ("Nghị quyết số 621/NQ-NS-TU ngày 02/6/2005 của Thành ủy Hải Phòng", "vn:NQ:TU@hai-phong:2005-06-02:621"),
        ("Ngày 28/8/1989, Pháp lệnh Thi hành án dân sự được ban hành", "vn:PL:HĐNN:1989-08-28:@thi-hanh-an-dan-su"),
    ],
)
def test_key(text: str, key: str) -> None:
    assert decree_key(first(text)) == key


@pytest.mark.parametrize("text", ["Nghị quyết số .../2020/QH14", "Quốc hội thông qua Nghị quyết về chất vấn"])
def test_drafts_and_acts_named_by_subject_alone_have_no_key(text: str) -> None:
    assert decree_key(first(text)) is None


def test_keys_join_but_for_the_parts_not_stated() -> None:
    full = decree_key(first("Sắc lệnh số 130/SL ngày 19/7/1946"))
    short = decree_key(first("Theo Sắc lệnh 130/SL, việc thi hành án được giao cho Ban Tư pháp xã"))
    assert full and short
    assert all("?" in (a, b) or a == b for a, b in zip(full.split(":"), short.split(":"), strict=True))


@pytest.mark.parametrize(
    ("text", "urn"),
    [
        ("Sắc lệnh số 130/SL ngày 19/7/1946", "urn:lex:vn:chu.tich.chinh.phu:sac.lenh:1946-07-19;130-sl"),
        (
            "khoản 3, Điều 3 Sắc lệnh số 13/SL ngày 24/01/1946",
            "urn:lex:vn:chu.tich.chinh.phu:sac.lenh:1946-01-24;13-sl~dieu3;khoan3",
        ),
        (
            "điểm đ khoản 2 Điều 5 Nghị định số 62/2015/NĐ-CP ngày 18/7/2015",
            "urn:lex:vn:chinh.phu:nghi.dinh:2015-07-18;62-2015-nd-cp~dieu5;khoan2;diemdd",
        ),
        (
            "Thông tư liên tịch số 14/2010/TTLT-BTP-TANDTC ngày 26/7/2010",
            "urn:lex:vn:bo.tu.phap+toa.an.nhan.dan.toi.cao:thong.tu.lien.tich:2010-07-26;14-2010-ttlt-btp-tandtc",
        ),
        (
            "Quyết định số 3107/2016/QĐ-UBND ngày 13/12/2016 của UBND thành phố Hải Phòng",
            "urn:lex:vn;hai.phong:uy.ban.nhan.dan:quyet.dinh:2016-12-13;3107-2016-qd-ubnd",
        ),
        ("Hiến pháp năm 1980", "urn:lex:vn:nha.nuoc:hien.phap:1980-12-18;lex-1"),
        ("Luật số 26/2008/QH12 ngày 14/11/2008", "urn:lex:vn:nha.nuoc:luat:2008-11-14;26-2008-qh12"),
        ("Luật Thi hành án dân sự năm 2008", "urn:lex:vn:nha.nuoc:luat:2008-11-14;26-2008-qh12"),
        (
            "Pháp lệnh Thi hành án dân sự năm 2004",
            "urn:lex:vn:uy.ban.thuong.vu.quoc.hoi:phap.lenh:2004-01-14;13-2004-pl-ubtvqh11",
        ),
        ("Nghị định 30-CP ngày 02/6/1993", "urn:lex:vn:chinh.phu:nghi.dinh:1993-06-02;30-cp"),
        ("Nghị định 68/HĐBT ngày 06/3/1990", "urn:lex:vn:hoi.dong.bo.truong:nghi.dinh:1990-03-06;68-hdbt"),
        (
            "Quyết định số 397/QĐ-TTg ngày 05/3/2013",
            "urn:lex:vn:thu.tuong.chinh.phu:quyet.dinh:2013-03-05;397-qd-ttg",
        ),
        (
            "Thông tư liên tịch số 14/2010/TTLT-BTP-TANDTC-VKSNDTC ngày 26/7/2010",
            "urn:lex:vn:bo.tu.phap+toa.an.nhan.dan.toi.cao+vien.kiem.sat.nhan.dan.toi.cao:thong.tu.lien.tich:"
            "2010-07-26;14-2010-ttlt-btp-tandtc-vksndtc",
        ),
        (
            "Nghị quyết số 49-NQ/TW ngày 02/6/2005 của Bộ Chính trị",
            "urn:lex:vn:ban.chap.hanh.trung.uong.dang;bo.chinh.tri:nghi.quyet:2005-06-02;49-nq-tw",
        ),
        ("Quyết định số 397/QĐ-TTg", None),
        ("Quyết định số 3107/2016/QĐ-UBND ngày 13/12/2016", None),
    ],
)
def test_urn(text: str, urn: str | None) -> None:
    assert urn_lex(first(text)) == urn


def test_a_version_is_named_by_its_last_amendment_and_the_day_from_which_it_holds() -> None:
    law = first("Luật Thi hành án dân sự năm 2008")
    assert urn_lex(law, amended="2014-11-25") == "urn:lex:vn:nha.nuoc:luat:2008-11-14;26-2008-qh12@2014-11-25"
    decree = first("Nghị định số 62/2015/NĐ-CP ngày 18/7/2015")
    assert urn_lex(decree, amended="2020-03-17", in_force="2020-05-01") == (
        "urn:lex:vn:chinh.phu:nghi.dinh:2015-07-18;62-2015-nd-cp@2020-03-17;2020-05-01"
    )


def test_an_annex_and_a_notice_without_a_number_have_names_of_their_own() -> None:
    carrier = first("Quyết định số 2313/QĐ-BTP ngày 10/8/2012")
    assert urn_lex(carrier, annex="Quy chế 1") == "urn:lex:vn:bo.tu.phap:quyet.dinh:2012-08-10;2313-qd-btp:quy.che.1"
    assert urn_of_notice("thông báo", "Tổng cục Thi hành án dân sự", "Bộ Tư pháp", "2014") == (
        "urn:lex:vn:bo.tu.phap;tong.cuc.thi.hanh.an.dan.su:thong.bao:2014;lex-1"
    )


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Nghị định số 62/2015/NĐ-CP", "/eli/vn/cp/nd/2015/62"),
        ("Luật Thi hành án dân sự năm 2008", "/eli/vn/qh12/luat/2008/26"),
        ("Nghị quyết số 49-NQ/TW ngày 02/6/2005", "/eli/vn/tw/nq/2005-06-02/49"),
        ("Quyết định số 3107/2016/QĐ-UBND của UBND thành phố Hải Phòng", "/eli/vn/hai-phong/ubnd/qd/2016/3107"),
        ("điểm đ khoản 2 Điều 5 Nghị định 62/2015/NĐ-CP", "/eli/vn/cp/nd/2015/62/dieu-5/khoan-2/diem-dd"),
        ("Quyết định số 3107/2016/QĐ-UBND", None),
        ("Nghị quyết số 49-NQ/TW", None),
        ("Luật Hải quan", None),
    ],
)
def test_eli_path(text: str, path: str | None) -> None:
    assert eli_path(first(text)) == path


@pytest.mark.parametrize(
    ("text", "published", "key", "basis"),
    [
        ("Luật Thi hành án dân sự năm 2008", None, "vn:L:QH12:term:26", "lexicon"),
        ("Bộ luật Hình sự 2015", None, "vn:L:QH13:term:100", "lexicon"),
        ("Luật Hình sự năm 1985", None, "vn:L:QH:1985-06-27:@hinh-su", "lexicon"),
        ("Bộ luật Hình sự năm 1985", None, "vn:L:QH:1985-06-27:@hinh-su", "lexicon"),
        ("Pháp lệnh Thi hành án dân sự năm 2004", None, "vn:PL:UBTVQH11:term:13", "lexicon"),
        ("Luật số 26/2008/QH12", None, "vn:L:QH12:term:26", "text"),
        ("Luật Đất đai năm 2012", None, "vn:L:QH:2012:@dat-dai", "text"),
        # without a year: only where the day of the document leaves one act, and no bill can be meant
        ("Luật Thi hành án dân sự", None, "vn:L:QH:?:@thi-hanh-an-dan-su", "text"),
        ("Luật Thi hành án dân sự", "2012-05-01", "vn:L:QH12:term:26", "lexicon"),
        ("Luật Thi hành án dân sự", "2024-12-01", "vn:L:QH:?:@thi-hanh-an-dan-su", "text"),
        ("Luật Thi hành án dân sự", "2026-11-01", "vn:L:QH:?:@thi-hanh-an-dan-su", "text"),
        ("Luật Thi hành án dân sự", "2005-05-01", "vn:L:QH:?:@thi-hanh-an-dan-su", "text"),
        ("Luật Thi hành án dân sự (sửa đổi)", "2012-05-01", "vn:L:QH:?:@thi-hanh-an-dan-su-sua-doi", "text"),
    ],
)
def test_a_law_named_with_its_year_has_the_key_of_its_number(
    text: str, published: str | None, key: str, basis: str
) -> None:
    law = first(text)
    found = identify(law, published)
    assert found and (found.key, found.basis) == (key, basis)
    assert law.number is None or basis == "text"  # the fact itself says no more than the words do
