"""Word 97–2003 and RTF: letters by the font of each run, tables as rows, notes at their marks, bad files as reasons.

The table at the end compares the real files beside the repository (`../shared`) with their transcripts.
"""

from __future__ import annotations

import random
import shutil
import struct
import unicodedata
from pathlib import Path

import pytest
from rapidfuzz.distance import Indel

from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.read import read
from corpus.readers import converters
from corpus.scan import Item
from tests.corpus.word_files import (
    ANCHOR,
    CAPITALS,
    COMMENT,
    DELETED,
    FOOTNOTE,
    HIDDEN,
    ROW_END,
    SPECIAL,
    Part,
    doc,
    level,
    listed,
    lists,
    ole,
    rtf,
    rtf_bytes,
    tcvn3,
    vni,
)

ARCHIVE = Path(__file__).parents[3] / "shared" / "archive" / "notices"
NEEDS_ARCHIVE = pytest.mark.skipif(not ARCHIVE.is_dir(), reason="the sample archive ../shared is not there")

MOTTO = "Độc lập - Tự do - Hạnh phúc"
DECREE = "Nghị định của Chính phủ về việc tuyển dụng, sử dụng và quản lý cán bộ"


def results(folder: Path, name: str, data: bytes) -> list[Document | Rejected]:
    path = folder / name
    path.write_bytes(data)
    return list(read(Item(path, name)))


def document(folder: Path, name: str, data: bytes) -> Document:
    (found,) = results(folder, name, data)
    assert isinstance(found, Document), found
    return found


def reason(folder: Path, name: str, data: bytes) -> Reason:
    (found,) = results(folder, name, data)
    assert isinstance(found, Rejected), found
    return found.reason


# Binary Word


@pytest.mark.parametrize(("font", "encode", "encoding"), [(".VnTime", tcvn3, "tcvn3"), ("VNI-Times", vni, "vni")])
def test_the_font_decides_the_letters(tmp_path: Path, font: str, encode, encoding: str) -> None:
    found = document(tmp_path, "a.doc", doc(Part(encode(f"{MOTTO}\r{DECREE}\r"), font)))
    assert found.text == f"{MOTTO}\n{DECREE}"
    assert found.encoding == encoding


def test_fonts_of_capitals_give_capitals(tmp_path: Path) -> None:
    parts = Part(tcvn3("Cộng hoà xã hội chủ nghĩa Việt Nam\r"), ".VnTimeH"), Part(tcvn3(f"{MOTTO}\r"), ".VnTime")
    assert document(tmp_path, "a.doc", doc(*parts)).text == f"CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{MOTTO}"


def test_a_font_that_lies_is_not_believed(tmp_path: Path) -> None:
    french = "Le général Leclerc arrive à Hanoï, où le Président l'a reçu\r"
    assert document(tmp_path, "a.doc", doc(Part(french.encode("cp1252"), "Times New Roman"))).text == french.strip()


def test_capitals_hidden_text_and_field_codes(tmp_path: Path) -> None:
    found = document(tmp_path, "a.doc", doc(
        Part(b"thong bao\r", more=CAPITALS), Part(b"secret ", more=HIDDEN),
        Part(b"see \x13HYPERLINK x\x14the annex\x15 now\r"), Part(b"a\x1eb\x0bc\r"),
    ))
    assert found.text == "THONG BAO\nsee the annex now\na-b\nc"


def test_a_table_is_rows_and_a_head_is_columns(tmp_path: Path) -> None:
    rows = (Part(b"STT\x07"), Part(b"Ten\x07"), Part(b"So\x07"), Part(b"\x07", more=ROW_END),
            Part(b"1\x07"), Part(b"Quan 1\x07"), Part(b"25\x07"), Part(b"\x07", more=ROW_END))
    assert document(tmp_path, "a.doc", doc(Part(b"Bang\r"), *rows, Part(b"Het\r"))).text == (
        "Bang\nSTT | Ten | So\n1 | Quan 1 | 25\nHet"
    )
    head = (Part(b"CHINH PHU\r"), Part(b"So: 5\x07"), Part(b"VIET NAM\x07"), Part(b"\x07", more=ROW_END))
    assert document(tmp_path, "a.doc", doc(*head, Part(b"Het\r"))).text.split("\n")[0] == "CHINH PHU"


def test_a_short_note_stands_at_its_mark_and_a_long_one_after_the_text(tmp_path: Path) -> None:
    short = doc(Part(b"Thu 25"), FOOTNOTE, Part(b" ty\r"), notes=(Part(b"tinh den thang 7\r"),))
    assert document(tmp_path, "a.doc", short).text == "Thu 25 [tinh den thang 7] ty"
    long = doc(Part(b"Thu 25"), FOOTNOTE, Part(b" ty\r"), notes=(Part(b"theo bao cao " * 30 + b"\r"),))
    first, *_, last = document(tmp_path, "a.doc", long).text.split("\n")
    assert (first, last[:16]) == ("Thu 25 [1] ty", "[1] theo bao cao")


def test_automatic_numbers_are_written_out(tmp_path: Path) -> None:
    articles = (level("Dieu \0.", start=4), level("\1)", form=4), *[level("\2.")] * 7)
    roman, picture, words = (level("\0.", form=1),), (level("\uf0b7", form=23),), (level("\0", form=6),)
    numbers = lists(articles, roman, picture, words, starts={0: 1})
    found = document(tmp_path, "a.doc", doc(
        listed(b"Pham vi"), listed(b"mot", level=1), listed(b"hai", level=1),
        listed(b"Hieu luc"), listed(b"ba", level=1),
        listed(b"Chuong", 2), listed(b"Chuong", 2), listed(b"picture", 3), listed(b"one in words", 4),
        listed(b"again", 5), listed(b"no such list", 9), Part(b"plain\r"), numbers=numbers,
    ))
    assert found.text == (
        "Dieu 4. Pham vi\na) mot\nb) hai\nDieu 5. Hieu luc\na) ba\nI. Chuong\nII. Chuong\npicture\none in words\n"
        "Dieu 1. again\nno such list\nplain"
    )


def test_broken_lists_number_nothing(tmp_path: Path) -> None:
    kinds, levels, overrides = lists((level("\0."),))
    for broken in ((kinds, levels[:20], b""), (kinds, b"", overrides), (b"\xff\xff", b"", b"\xff\xff\xff\xff")):
        assert document(tmp_path, "a.doc", doc(listed(b"abc"), numbers=broken)).text == "abc"


def test_deletions_are_told_hidden_text_and_comments_not_shown(tmp_path: Path) -> None:
    found = document(tmp_path, "a.doc", doc(
        Part(b"Thu "), Part(b"25", more=DELETED), Part(b"24", font="Arial", more=DELETED), Part(b"26 ty"), COMMENT,
        Part(b" dong\r", more=DELETED), Part(b" moi"), Part(b"secret", more=HIDDEN), Part(b" nam\r"),
    ))
    assert found.text == "Thu 252426 ty dong\n moi nam"
    assert found.metadata == {"tracked_deletions": "2", "hidden_passages": "1", "comments": "1"}


@pytest.mark.parametrize(
    ("font", "code", "mark", "sign"),
    [
        ("Symbol", 0xF0E5, b"", "∑"), ("Symbol", 0xF0B3, SPECIAL, "≥"), ("Wingdings", 0xF0FC, SPECIAL, "✓"),
        ("Arial", 0x2265, SPECIAL, "≥"), (".VnTime", 0xF0AE, SPECIAL, "đ"),
    ],
)
def test_symbols_are_signs(tmp_path: Path, font: str, code: int, mark: bytes, sign: str) -> None:
    fonts = Part(tcvn3("Số lượng "), ".VnTime"), Part(b"", font)
    symbol = Part(b"(", more=mark + b"\x09\x6a" + struct.pack("<HH", font != ".VnTime", code))
    assert document(tmp_path, "a.doc", doc(*fonts, symbol, Part(b" (x)\r"))).text == f"Số lượng {sign} (x)"


def test_a_text_box_stands_behind_its_paragraph(tmp_path: Path) -> None:
    found = document(tmp_path, "a.doc", doc(
        Part(b"Mot"), ANCHOR, Part(b" hai\r"), Part(b"ba\r"), ANCHOR, Part(b"bon\r"),
        boxes=(Part(b"hop 1\r"), Part(b"hop 2\r")),
    ))
    assert found.text == "Mot hai\nhop 1\nba\nbon\nhop 2"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("locked.doc", doc(Part(b"x\r"), encrypted=True), Reason.ENCRYPTED),
        ("locked.docx", ole({"EncryptionInfo": b"", "EncryptedPackage": b""}), Reason.ENCRYPTED),
        ("promises.doc", doc(Part(b"x\r"), promise=2_000_000_000), Reason.DAMAGED),
        ("cut.doc", doc(Part(b"abc def\r"))[:3000], Reason.TRUNCATED),
        ("head.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.TRUNCATED),
        ("other.msg", ole({"__properties": b"x"}), Reason.UNSUPPORTED_TYPE),
        ("blank.doc", doc(Part(b" \r \r")), Reason.EMPTY),
        ("blank.rtf", rtf(b"\\par \\par"), Reason.EMPTY),
        ("deep.rtf", b"{\\rtf1 " + b"{" * 100_000, Reason.DAMAGED),
    ],
)
def test_a_bad_file_is_turned_away_with_its_reason(tmp_path: Path, name: str, data: bytes, expected: Reason) -> None:
    assert reason(tmp_path, name, data) is expected


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    assert document(tmp_path, "a.txt", doc(Part(tcvn3(f"{DECREE}\r"), ".VnTime"))).text == DECREE
    assert document(tmp_path, "a.doc", rtf(b"\\f0 " + rtf_bytes(tcvn3(DECREE)), ".VnTime")).text == DECREE
    assert document(tmp_path, "b.doc", f"<html><body><p>{DECREE}</p></body></html>".encode()).text == DECREE


def test_an_rtf_file_that_was_cut_is_read_and_the_cut_told(tmp_path: Path) -> None:
    found, cut = results(tmp_path, "a.rtf", rtf(b"{{{a", "Arial"))
    assert isinstance(found, Document) and found.text == "a"
    assert isinstance(cut, Rejected) and (cut.id, cut.reason) == ("a.rtf#end", Reason.TRUNCATED)


def test_damaged_files_end_as_documents_or_reasons(tmp_path: Path) -> None:
    chance = random.Random(2026)
    word, rich = doc(Part(tcvn3(f"{DECREE}\r"), ".VnTime")), rtf(b"\\f0 abc\\par", ".VnTime")
    for whole, name in ((word, "a.doc"), (rich, "a.rtf")):
        for _ in range(60):
            data = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
            for _ in range(chance.randrange(40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            assert all(isinstance(one, Document | Rejected) for one in results(tmp_path, name, bytes(data)))


def test_a_word_older_than_1997_needs_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converters.shutil, "which", lambda name: None)
    (found,) = results(tmp_path, "old.doc", b"\xdb\xa5-\x00" + bytes(2000))
    assert isinstance(found, Rejected) and found.reason is Reason.MISSING_PROGRAM and "antiword" in found.detail


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_what_antiword_cannot_read_is_damaged(tmp_path: Path) -> None:
    assert reason(tmp_path, "old.doc", b"\xdb\xa5-\x00" + bytes(2000)) is Reason.DAMAGED


# RTF


def test_rtf_decides_by_font_too(tmp_path: Path) -> None:
    body = b"\\f1 " + rtf_bytes(tcvn3("Thông tư")) + b"\\par\\f0 " + rtf_bytes(tcvn3(DECREE)) + b"\\par\\f2 abc\\par"
    found = document(tmp_path, "a.rtf", rtf(body, ".VnTime", ".VnTimeH", "Times New Roman"))
    assert found.text == f"THÔNG TƯ\n{DECREE}\nabc"
    assert found.encoding == "tcvn3"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"Ngh\\u7883? \\u273?\\u7883?nh", "Nghị định"),
        (b"Ngh\\u7883\\'3f \\'93a\\'94 \\ldblquote b\\rdblquote", "Nghị “a” “b”"),
        (b"a\\tab b\\line c\\par d\\~e\\_f\\-g \\{h\\}", "a\tb\nc\nd\u00a0e-fg {h}"),
        (b"a{\\*\\unknown x}{\\pict 0102}{\\header y}{\\info{\\title z}} b", "a b"),
        (b"a {\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt annex}} b", "a annex b"),
        (b"a{\\v hidden} {\\caps thong bao} b", "a THONG BAO b"),
        (b"{\\listtext\\pard 1.\\tab}Mot\\par{\\pntext a)\\tab}hai{\\*\\pn\\pnlvlbody{\\pntxta )}}", "1. Mot\na) hai"),
        (b"a{\\deleted b\\par }c{\\*\\atnid X}{\\*\\annotation d}\\deleted e\\deleted0 f", "acf"),
        (b"a{\\shp{\\*\\shpinst{\\sp{\\sn x}}{\\shptxt\\pard box\\par}}{\\shprslt no}} b\\par c", "a b\nbox\nc"),
        (b"a{\\shp{\\*\\shpinst{\\shptxt box}}}\\par c", "a\nbox\nc"),
        (b"{\\headerf x}{\\footerl y}\\intbl a{\\footnote\\pard no\\par te}\\cell b\\cell\\row", "a [no te] | b"),
        (b"Thu 25{\\footnote den thang 7} ty", "Thu 25 [den thang 7] ty"),
        (b"x\\par\\trowd\\intbl a\\cell b\\cell c\\cell\\row\\pard y\\par", "x\na | b | c\ny"),
        (b"\\bin3 {{{a", "a"),
    ],
)
def test_rtf_control_words(tmp_path: Path, body: bytes, text: str) -> None:
    assert document(tmp_path, "a.rtf", rtf(body, "Arial")).text == text


def test_a_cut_rtf_keeps_what_is_whole(tmp_path: Path) -> None:
    found, *_ = results(tmp_path, "a.rtf", rtf(b"{{{a", "Arial"))
    assert isinstance(found, Document) and found.text == "a"


def test_rtf_tells_what_it_leaves_out(tmp_path: Path) -> None:
    body = b"a{\\deleted b}{\\deleted\\u273?}c{\\v d}{\\*\\annotation e}"
    found = document(tmp_path, "a.rtf", rtf(body, "Arial"))
    assert found.text == "ac"
    assert found.metadata == {"tracked_deletions": "1", "hidden_passages": "1", "comments": "1"}


# Real files and their transcripts


def folded(text: str) -> str:
    """What is compared: letters and signs, white space and cell borders as one space."""
    return " ".join(unicodedata.normalize("NFC", text).replace("|", " ").split())


def one(path: Path) -> Document:
    (found,) = read(Item(path, path.name))
    assert isinstance(found, Document), (path.name, found)
    return found


@NEEDS_ARCHIVE
def test_real_files_agree_with_their_transcripts(capsys: pytest.CaptureFixture[str]) -> None:
    """As read, and in one case: the transcripts have small letters where a font draws capitals."""
    table: dict[str, tuple[float, float]] = {}
    for path in sorted([*ARCHIVE.glob("doc/*.doc"), *ARCHIVE.glob("rtf/*.rtf")]):
        transcript = folded((ARCHIVE / "transcripts" / f"{path.stem}.txt").read_text(encoding="utf-8"))
        ours = folded(one(path).text)
        table[path.name] = (
            Indel.normalized_similarity(ours, transcript),
            Indel.normalized_similarity(ours.casefold(), transcript.casefold()),
        )
    averages = [sum(column) / len(table) for column in zip(*table.values(), strict=True)]
    with capsys.disabled():
        print("\nas read  one case")
        for name, row in table.items():
            print("{:.4f}   {:.4f}".format(*row), f"  {name}")
        print("{:.4f}   {:.4f}".format(*averages), f"  average of {len(table)}")
    assert averages[1] >= 0.985
    assert min(row[1] for row in table.values()) >= 0.95
