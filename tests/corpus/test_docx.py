"""DOCX: paragraphs, tables as rows, notes, automatic numbers, legacy fonts; bombs and entities as reasons."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.read import read
from corpus.scan import Item
from tests.corpus.word_files import WORD, as_windows_1252, docx, paragraph, row, tcvn3

ARCHIVE = Path(__file__).parents[3] / "shared" / "archive" / "notices" / "docx"
DECREE = "Nghị định của Chính phủ về việc tuyển dụng, sử dụng và quản lý cán bộ"
BODY = paragraph("abc")


def one(folder: Path, data: bytes, name: str = "a.docx") -> Document | Rejected:
    path = folder / name
    path.write_bytes(data)
    (found,) = read(Item(path, name))
    return found


def text(folder: Path, data: bytes) -> str:
    found = one(folder, data)
    assert isinstance(found, Document), found
    return found.text


def test_words_signs_and_what_is_left_out(tmp_path: Path) -> None:
    body = (
        paragraph("Điều 1", inside="<w:tab/><w:t>Phạm vi</w:t><w:br/><w:t>điều</w:t><w:noBreakHyphen/><w:t>chỉnh</w:t>")
        + paragraph("hidden", more="<w:vanish/>") + paragraph("thông báo", more="<w:caps/>")
        + "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>"
    )
    assert text(tmp_path, docx(body)) == "Điều 1\tPhạm vi\nđiều-chỉnh\n\nTHÔNG BÁO\nnew\nlink"


def test_tables_are_rows_and_heads_are_columns(tmp_path: Path) -> None:
    rows = row(BODY, paragraph("25"), paragraph("x")) + row(paragraph("1"), paragraph("2"), paragraph("y"))
    assert text(tmp_path, docx(f"{BODY}<w:tbl>{rows}</w:tbl>{BODY}")) == "abc\nabc | 25 | x\n1 | 2 | y\nabc"
    head = row(paragraph("CHÍNH PHỦ") + paragraph("Số: 5"), paragraph("VIỆT NAM") + paragraph("Độc lập"))
    assert text(tmp_path, docx(f"<w:tbl>{head}</w:tbl>")) == "CHÍNH PHỦ\nSố: 5\nVIỆT NAM\nĐộc lập"


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F0E5", "∑"), ("Wingdings", "F0FC", "✓"), ("Arial", "2265", "≥"), ("Arial", "D800", ""),
        ("Arial", "x", ""),
    ],
)
def test_symbols_are_signs(tmp_path: Path, font: str, code: str, sign: str) -> None:
    symbol = f'<w:sym w:font="{font}" w:char="{code}"/><w:t>.</w:t>'
    assert text(tmp_path, docx(paragraph("a ", inside=symbol))) == f"a {sign}."


def test_a_note_stands_at_its_mark(tmp_path: Path) -> None:
    notes = f'<w:footnotes {WORD}><w:footnote w:id="2">{paragraph("tính đến tháng 7")}</w:footnote></w:footnotes>'
    body = paragraph("Thu 25 tỷ", inside='<w:footnoteReference w:id="2"/><w:t> đồng</w:t>')
    assert text(tmp_path, docx(body, footnotes=notes)) == "Thu 25 tỷ [tính đến tháng 7] đồng"


def test_automatic_numbers_are_shown(tmp_path: Path) -> None:
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )

    def numbered(words: str, level: int) -> str:
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
        return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"

    paragraphs = (("Phạm vi", 0), ("một", 1), ("hai", 1), ("Hiệu lực", 0), ("ba", 1))
    body = "".join(numbered(words, level) for words, level in paragraphs)
    assert text(tmp_path, docx(body, numbering=numbering)) == (
        "Điều 4. Phạm vi\na) một\nb) hai\nĐiều 5. Hiệu lực\na) ba"
    )


def test_lists_of_styles_links_and_their_own_levels(tmp_path: Path) -> None:
    def level(number: int, text: str, more: str = "") -> str:
        return f'<w:lvl w:ilvl="{number}"><w:lvlText w:val="{text}"/>{more}</w:lvl>'

    def kind(number: int, inside: str) -> str:
        return f'<w:abstractNum w:abstractNumId="{number}">{inside}</w:abstractNum>'

    roman = level(0, "%1.", '<w:numFmt w:val="upperRoman"/>') + level(1, "%1.%2", "<w:isLgl/>")
    numbering = (
        f"<w:numbering {WORD}>" + kind(1, roman) + kind(2, '<w:numStyleLink w:val="L"/>')
        + kind(3, '<w:styleLink w:val="L"/>' + level(0, "-", '<w:numFmt w:val="bullet"/>'))
        + kind(4, level(0, "%1", '<w:numFmt w:val="ordinalText"/>'))
        + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 4))
        + f'<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">{level(0, "(%1)")}</w:lvlOverride>'
        "</w:num></w:numbering>"
    )
    styles = (
        f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style></w:styles>"
    )

    def numbered(words: str, place: str) -> str:
        return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"

    def listed(number: int, level: int = 0) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    body = (
        numbered("styled", '<w:pStyle w:val="H"/>') + numbered("legal", listed(1, 1)) + numbered("dash", listed(2))
        + numbered("in words", listed(4)) + numbered("own", listed(5))
        + numbered("none", '<w:pStyle w:val="H"/>' + listed(0))
    )
    assert text(tmp_path, docx(body, numbering=numbering, styles=styles)) == (
        "I. styled\n1.1 legal\n- dash\nin words\n(2) own\nnone"
    )


def test_deletions_hidden_text_and_comments_are_told_not_shown(tmp_path: Path) -> None:
    def deleted(words: str) -> str:
        return f"<w:del><w:r><w:delText>{words}</w:delText></w:r></w:del>"

    styles = (
        f'<w:styles {WORD}><w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("row") + "</w:tc></w:tr>"
    body = (
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Thu </w:t></w:r>{deleted('25')}{deleted('24')}</w:p>"
        + paragraph("26 tỷ", inside='<w:commentReference w:id="1"/>')
        + paragraph("secret", more='<w:rStyle w:val="H"/>')
        + f"<w:tbl>{gone}{row(paragraph('a'), paragraph('b'))}</w:tbl>"
    )
    found = one(tmp_path, docx(body, styles=styles))
    assert isinstance(found, Document) and found.text == "Thu 26 tỷ\n\na | b"
    assert found.metadata == {"tracked_deletions": "2", "hidden_passages": "1", "comments": "1"}


def test_text_boxes_stand_behind_their_paragraph_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('box')}</w:txbxContent>"
    old = f"<w:pict><shape><textbox>{box}</textbox></shape></w:pict>"
    both = f"<AlternateContent><Choice>{box}</Choice><Fallback>{old}</Fallback></AlternateContent>"
    for form in (old, both):
        assert text(tmp_path, docx(paragraph("a", inside=f"{form}<w:t> b</w:t>") + BODY)) == "a b\nbox\nabc"


def test_fonts_of_runs_and_of_styles_decide_the_letters(tmp_path: Path) -> None:
    old = as_windows_1252(tcvn3(DECREE))
    styles = (
        f'<w:styles {WORD}><w:style w:type="paragraph" w:styleId="Head"><w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr>'
        "</w:style></w:styles>"
    )
    head = as_windows_1252(tcvn3("Thông tư"))
    styled = f'<w:p><w:pPr><w:pStyle w:val="Head"/></w:pPr><w:r><w:t>{head}</w:t></w:r></w:p>'
    body = styled + paragraph(old, ".VnTime") + paragraph(DECREE, "Times New Roman")
    found = one(tmp_path, docx(body, styles=styles))
    assert isinstance(found, Document)
    assert found.text == f"THÔNG TƯ\n{DECREE}\n{DECREE}"
    assert found.encoding in ("tcvn3+utf-8", "utf-8+tcvn3")


def test_unicode_in_a_legacy_font_stays(tmp_path: Path) -> None:
    assert text(tmp_path, docx(paragraph(DECREE, ".VnTime"))) == DECREE


def bomb() -> bytes:
    """One megabyte that inflates to a gigabyte."""
    with (
        zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made,
        made.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(f"<w:document {WORD}><w:body><w:p>".encode())
        for _ in range(1024):
            part.write(b" " * 1024**2)
    return packed.getvalue()


ENTITIES = '<!DOCTYPE d [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def package(document: str, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(packed := io.BytesIO(), "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr(name, document)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (package(f"{ENTITIES}<w:document {WORD}><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>"), Reason.DAMAGED),
        (package(f"<w:document {WORD}><w:p>"), Reason.DAMAGED),
        (package("<x/>", "word/other.xml"), Reason.DAMAGED),
        (package(f"<w:document {WORD}>" + "<w:p>" * 5000 + "</w:p>" * 5000 + "</w:document>"), Reason.DAMAGED),
        (docx(BODY)[:-40], Reason.TRUNCATED),
        (docx(""), Reason.EMPTY),
    ],
)
def test_a_bad_file_is_turned_away_with_its_reason(tmp_path: Path, data: bytes, reason: Reason) -> None:
    found = one(tmp_path, data)
    assert isinstance(found, Rejected) and found.reason is reason, found


def test_a_bomb_is_too_large(tmp_path: Path) -> None:
    found = one(tmp_path, bomb())
    assert isinstance(found, Rejected) and found.reason is Reason.TOO_LARGE


def test_an_encrypted_member_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(docx(BODY))
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(sign)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(sign, at + 4)
    found = one(tmp_path, bytes(data))
    assert isinstance(found, Rejected) and found.reason is Reason.ENCRYPTED


def test_damaged_files_end_as_documents_or_reasons(tmp_path: Path) -> None:
    chance = random.Random(2026)
    whole = docx(f"<w:tbl>{row(BODY, BODY)}</w:tbl>" + paragraph(DECREE))
    for _ in range(80):
        data = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / "a.docx"
        path.write_bytes(data)
        assert all(isinstance(found, Document | Rejected) for found in read(Item(path, "a.docx")))


@pytest.mark.skipif(not ARCHIVE.is_dir(), reason="the sample archive ../shared is not there")
@pytest.mark.parametrize(
    ("name", "number", "date", "signer"),
    [
        ("nghi_dinh_21_2021_ND_CP.docx", "21/2021/NĐ-CP", "2021-03-19", "Nguyễn Xuân Phúc"),
        ("nghi_quyet_01_2020_NQ_HDTP.docx", "01/2020/NQ-HĐTP", "2020-03-05", "Nguyễn Hòa Bình"),
        ("nghi_quyet_02_2022_NQ_HDTP.docx", "02/2022/NQ-HĐTP", "2022-09-06", "Nguyễn Hòa Bình"),
    ],
)
def test_real_notices_keep_head_and_signature(name: str, number: str, date: str, signer: str) -> None:
    (found,) = read(Item(ARCHIVE / name, name))
    assert isinstance(found, Document) and found.notice is not None
    assert (found.notice.number and found.notice.number.value, found.date) == (number, date)
    assert found.notice.signer is not None and found.notice.signer.value == signer
