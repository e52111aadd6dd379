"""PDF files in fonts of the old tables: TCVN3, VNI, fonts of capitals; what names and words decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.readers.pdf_fonts import font_name, is_legacy
from tests.corpus.making import read_bytes
from tests.corpus.pdf_files import show, typed

TCVN3 = {  # bytes of TCVN 5712:1993 for the letters of the tests
    "à": 0xB5, "ả": 0xB6, "ã": 0xB7, "á": 0xB8, "ạ": 0xB9, "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC,
    "ư": 0xAD, "đ": 0xAE, "Đ": 0xA7, "ộ": 0xE9, "ố": 0xE8, "ồ": 0xE5, "ủ": 0xF1, "ĩ": 0xDC, "ệ": 0xD6, "ế": 0xD5,
    "ợ": 0xEE, "ớ": 0xED, "ị": 0xDE, "ấ": 0xCA, "ậ": 0xCB, "ề": 0xD2, "ứ": 0xF8, "ự": 0xF9, "ũ": 0xF2, "ý": 0xFD,
    "í": 0xDD, "ử": 0xF6, "ó": 0xE3,
}
SENTENCE = "Chính phủ nước Việt Nam độc lập được thành lập như đã định, tư pháp thuộc Bộ Tư pháp."


def tcvn3(said: str) -> bytes:
    """Letters that only fonts of capitals draw as capitals are stored small."""
    return bytes(TCVN3.get(letter) or TCVN3.get(letter.lower()) or ord(letter) for letter in said)


def read_typed(folder: Path, page: bytes, *fonts: str) -> Document:
    (result,) = read_bytes(folder, "a.pdf", typed([page], fonts))
    assert isinstance(result, Document), result
    return result


@pytest.mark.parametrize(
    "font", [".VnTime", "ABCDEF+.VnTime", ".VnTime,Bold", ".VnTimeBoldItalic", ".VnArial-Italic", "VnTime", "TT1"]
)
def test_bytes_of_tcvn3_are_unicode_whatever_the_font_is_called(tmp_path: Path, font: str) -> None:
    found = read_typed(tmp_path, show(40, 60, tcvn3(SENTENCE)), font)
    assert found.text == SENTENCE
    assert found.encoding and found.encoding.startswith("tcvn3")


@pytest.mark.parametrize(
    ("font", "said", "expected"),
    [
        (".VnTimeH", "bộ tư pháp", "BỘ TƯ PHÁP"),
        ("ABCDEF+.VnTimeH,Bold", "nghị định của chính phủ", "NGHỊ ĐỊNH CỦA CHÍNH PHỦ"),
        (".VnArial NarrowH", "quyet dinh", "QUYET DINH"),
        (".VnTime", "Hà Nội, ngày 10 tháng 01", "Hà Nội, ngày 10 tháng 01"),
        (".VnTime", "Trung-Nam được nói lại, tự do, H-2", "Trung-Nam được nói lại, tự do, H-2"),
        (".VnTime", "BỘ TƯ PHÁP", "BỘ TƯ PHÁP"),
    ],
)
def test_capital_fonts_give_capitals(tmp_path: Path, font: str, said: str, expected: str) -> None:
    assert read_typed(tmp_path, show(40, 60, tcvn3(said)), font).text == expected


def test_vni(tmp_path: Path) -> None:
    said = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp vaø töï do".encode("cp1252")
    found = read_typed(tmp_path, show(40, 60, said), "VNI-Times")
    assert found.text == "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập và tự do"
    assert found.encoding == "vni"


def test_fonts_change_within_a_page_and_a_word(tmp_path: Path) -> None:
    page = show(40, 60, tcvn3("nghị định")) + show(40, 80, tcvn3("Số ")) + show(58, 80, b"12/2003", 3)
    page += show(40, 100, tcvn3("đã"), 1) + show(52, 100, tcvn3("được"), 2) + show(40, 120, b"caf\xe9 \xa7 5", 3)
    found = read_typed(tmp_path, page, ".VnTime", ".VnTimeH", "Times")
    assert found.text.split() == ["nghị", "định", "Số", "12/2003", "đãĐƯỢC", "café", "§", "5"]


def test_a_legacy_name_on_unicode_words_changes_nothing(tmp_path: Path) -> None:
    letters = "0042 1ed9 0020 0054 01b0 0020 0070 0068 00e1 0070"
    found = read_typed(tmp_path, show(40, 60, bytes(range(0x21, 0x2B))), f".VnTime={letters}")
    assert found.text == "Bộ Tư pháp"


def test_latin_words_in_other_fonts_stay(tmp_path: Path) -> None:
    said = "Le Président de la République française à Genève"
    assert read_typed(tmp_path, show(40, 60, said.encode("cp1252")), "Times").text == said


@pytest.mark.parametrize(
    ("stated", "name", "legacy"),
    [
        ("ABCDEF+.VnTimeH,Bold", ".VnTimeH", True),
        (".VnArial-BoldItalic", ".VnArial", True),
        ("VNI-Times,Italic", "VNI-Times", True),
        ("TimesNewRoman-Bold", "TimesNewRoman", False),
        ("", "", False),
    ],
)
def test_names_of_fonts(stated: str, name: str, legacy: bool) -> None:
    assert (font_name(stated), is_legacy(font_name(stated))) == (name, legacy)
