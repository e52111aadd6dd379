"""Old tables and double conversion: what is recognised, what is left alone, what the document records."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.encodings.doubled import undouble
from corpus.encodings.eight_bit import decode_bytes
from corpus.encodings.fonts import legacy_font
from corpus.encodings.runs import Run, decode_runs, decode_text
from corpus.encodings.tables import LEGACY, decoder, seen
from corpus.encodings.utf8_seen import restore
from corpus.read import read
from corpus.scan import Item
from corpus.tables import many, table
from tests.corpus.word_files import as_windows_1252, tcvn3, viscii, vni, windows_1258

PROSE = (
    "Uỷ ban nhân dân thành phố Hải Phòng quyết định thành lập tổ công tác để kiểm tra việc thi hành án dân sự.\n"
    "Ngày 19 tháng 7 năm 1946, Bộ trưởng Bộ Tư pháp ký thông tư về trách nhiệm của các thừa phát lại."
)


def as_seen(text: str) -> str:
    return seen(text.encode())


def as_latin_1(text: str) -> str:
    return text.encode().decode("latin-1")


ENCODERS = {"tcvn3": tcvn3, "vni": vni, "viscii": viscii, "windows-1258": windows_1258}


@pytest.mark.parametrize("encoding", LEGACY)
def test_bytes_of_every_table_are_recognised(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ENCODERS[encoding](PROSE))
    (found,) = read(Item(path, "a.txt"))
    assert isinstance(found, Document)
    assert (found.text, found.encoding) == (PROSE, encoding)


@pytest.mark.parametrize("encoding", LEGACY)
def test_bytes_that_were_taken_for_windows_1252_are_recognised(encoding: str) -> None:
    found = decode_text(as_windows_1252(ENCODERS[encoding](PROSE)))
    assert (found.text, found.encoding) == (PROSE, encoding)


@pytest.mark.parametrize("encoding", LEGACY)
def test_one_old_line_among_unicode_is_recognised(encoding: str) -> None:
    old = as_windows_1252(ENCODERS[encoding](PROSE.split("\n")[0]))
    found = decode_text(f"{PROSE}\n{old}\n{PROSE}")
    assert found.text.split("\n")[2] == PROSE.split("\n")[0]
    assert found.encoding == f"utf-8+{encoding}"


def test_a_file_half_utf_8_half_old() -> None:
    first, second = PROSE.split("\n")
    found = decode_bytes(tcvn3(first) + b"\n" + second.encode() + b"\n" + tcvn3(first))
    assert found is not None
    assert (found.text, found.encoding) == (f"{first}\n{second}\n{first}", "tcvn3+utf-8")


def test_utf_8_that_was_taken_for_windows_1252() -> None:
    found = decode_text(seen(PROSE.encode()))
    assert (found.text, found.encoding) == (PROSE, "utf-8-as-windows-1252")


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        unicodedata.normalize("NFD", PROSE),
        "Le Gouverneur général a été reçu à l'hôtel de ville; où était-il né, à Châlons ou à Orléans ?",
        "Die Straße führt über Köln nach Düsseldorf, größer als früher.",
        "Diện tích 25 m² · nhiệt độ 30 °C ± 2 °C – «Tuổi trẻ» ½ trang",
        "Cú đá phạt, cú sút, cú đúp: ba cú trong một trận",
        "Nguyễn Văn Cừ, Phú Thọ, tỏ rõ, bỏ ngỏ, ông Tố Hữu có các công trình",
        "Sở hữu 5 % · ® · © 2010 · ™ · § 5",
    ],
)
def test_what_is_right_stays_as_it_is(text: str) -> None:
    found = decode_text(text)
    assert (found.text, found.encoding) == (unicodedata.normalize("NFC", text), "utf-8")


@pytest.mark.parametrize(
    ("doubled", "text", "accident"),
    [
        (
            "Phỏp lệnh đó: ỏn dõn sự, cụng tỏc, bỏo cỏo, chớnh sỏch, khụng thi hành, thụng tin, nhõn dõn",
            "Pháp lệnh đã: án dân sự, công tác, báo cáo, chính sách, không thi hành, thông tin, nhân dân",
            "tcvn3-of-unicode",
        ),
        (
            "CỘNG HỒ; Tịa án cĩ vai trị, cơng tác thơng tin, cịn khơng phịng ngừa; ngồi ra hồn thành, tồn tại",
            "CỘNG HOÀ; Tòa án có vai trò, công tác thông tin, còn không phòng ngừa; ngoài ra hoàn thành, tồn tại",
            "vni-of-unicode",
        ),
    ],
)
def test_double_conversion_is_taken_back(doubled: str, text: str, accident: str) -> None:
    assert undouble(doubled) == (text, accident)
    assert decode_text(doubled).encoding == f"utf-8+{accident}"


ORDER = "Quyết định về công tác"


@pytest.mark.parametrize(
    ("stored", "text", "encoding"),
    [
        (as_seen(PROSE), PROSE, "utf-8-as-windows-1252"),
        (as_latin_1(PROSE), PROSE, "utf-8-as-windows-1252"),
        (as_latin_1(ORDER), ORDER, "utf-8-as-windows-1252"),
        (as_seen(as_seen(PROSE)), PROSE, "utf-8+utf-8-as-windows-1252"),
        (f"{ORDER}: {as_seen(ORDER)}", f"{ORDER}: {ORDER}", "utf-8+utf-8-as-windows-1252"),
        (f"{PROSE}\n{as_latin_1(PROSE)}", f"{PROSE}\n{PROSE}", "utf-8+utf-8-as-windows-1252"),
        ("Quyết \u00c4\u0091á»\u008bnh về công tác", ORDER, "utf-8+utf-8-as-windows-1252"),
        (  # the no-break space in `à` became a space; a byte of `ề` is gone
            "ThÃ nh phá»‘ HÃ  Ná»™i quyáº¿t Ä‘á»‹nh Ä\u0090iá»u 5", "Thành phố Hà Nội quyết định Điá»u 5",
            "utf-8-as-windows-1252+letters-lost",
        ),
        ("Quyết Äá»nh về công tác", "Quyết Äá»nh về công tác", "utf-8+letters-lost"),
    ],
)
def test_utf8_read_as_latin_is_taken_back_word_for_word(stored: str, text: str, encoding: str) -> None:
    found = decode_text(stored)
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize(
    "text",
    ["Chữ “Ã” và chữ “Â” của tiếng Bồ Đào Nha ở São Paulo.", "Å là Ångström, 5 €; ‘Ä’", "«Chữ ấy là chữ á», ông nói."],
)
def test_foreign_letters_beside_signs_are_no_accident(text: str) -> None:
    found = decode_text(text)
    assert (found.text, found.encoding) == (text, "utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Z"))))
def test_taking_back_never_fails(text: str) -> None:
    restore(as_seen(text), proven=True)
    restore(text)


def test_viqr() -> None:
    found = decode_text("Bo^. tru+o+?ng Bo^. Tu+ pha'p ky' quye^'t ddi.nh. The^' na`o la` thu+`a pha't la.i?")
    assert found.text == "Bộ trưởng Bộ Tư pháp ký quyết định. Thế nào là thừa phát lại?"
    assert found.encoding == "viqr"


@pytest.mark.parametrize("text", ["Add a^2 + b^2 (see above). Who is there? o(n), u(t)", "to be added: address book"])
def test_ascii_with_such_signs_is_not_viqr(text: str) -> None:
    assert decode_text(text).text == text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("§¹I HéI lÇn thø s¸u cña §¶ng", "ĐẠI HỘI lần thứ sáu của Đảng"),
        ("Hµ Néi vµ thµnh phè Hå ChÝ Minh", "Hà Nội và thành phố Hồ Chí Minh"),
    ],
)
def test_capitals_of_tcvn3_without_a_capital_font(stored: str, text: str) -> None:
    assert decode_runs([Run(stored, ".VnTime")]).text == text


def test_a_word_split_over_runs_is_decoded_whole() -> None:
    parts = as_windows_1252(vni("Cộng hòa xã hội"))
    found = decode_runs([Run(char, "VNI-Times") for char in parts])
    assert (found.text, found.encoding) == ("Cộng hòa xã hội", "vni")


def test_the_encodings_of_a_document_are_recorded_with_the_most_first() -> None:
    old = [Run(as_windows_1252(tcvn3(PROSE)), ".VnTime"), Run(as_windows_1252(vni("Cộng hòa xã hội")), "VNI-Times")]
    assert decode_runs([*old, Run("à la carte", "Arial")]).encoding == "tcvn3+vni+unicode"


def test_the_same_bytes_under_another_script() -> None:
    stored = tcvn3("Điều lệ").decode("cp1254")
    assert decode_runs([Run(stored, ".VnTimeH Tur")]).text == "ĐIỀU LỆ"
    symbols = "".join(chr(0xF000 + byte) for byte in tcvn3("điều"))
    assert decode_runs([Run(symbols, "VnTime(Ds)")]).text == "điều"


def test_fonts_of_pictures_give_signs() -> None:
    assert decode_runs([Run("\uf0b7\t", "Symbol"), Run("a", "Arial")]).text == "•\ta"


def test_every_font_row_tells_its_own_examples() -> None:
    for row in table("corpus", "legacy_fonts"):
        for name in many(row["examples"]):
            assert (font := legacy_font(name)) is not None and font.encoding == row["encoding"]
        assert all(legacy_font(name) is None for name in many(row["counter_examples"]))


def test_every_syllable_survives_every_table() -> None:
    for row in table("corpus", "syllables"):
        for encoding, encode in ENCODERS.items():
            assert decoder(encoding)(seen(encode(row["syllable"]))) == row["syllable"], (row, encoding)


@given(st.text(max_size=200))
def test_any_text_gives_a_text(text: str) -> None:
    assert decode_text(text.encode("utf-8", "ignore").decode()).encoding


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_nothing(data: bytes) -> None:
    found = decode_bytes(data)
    assert found is None or found.encoding
