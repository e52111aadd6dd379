"""Scans and pictures: recognised words with confidence; columns, stamps; missing programs, limits, bad pictures."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from corpus import ocr
from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.read import read
from corpus.readers import image
from corpus.readers import pdf as pdf_reader
from corpus.readers.boxes import Word
from corpus.readers.mend import mended
from corpus.readers.stamps import stamp_apart
from corpus.scan import Item
from corpus.tables import surname_ending
from tests.corpus.pages import HEAD, Sheet, encoded, pdf, scan

SHARED = Path(__file__).parents[3] / "shared" / "archive" / "notices"


def _recognises() -> bool:
    if not shutil.which("tesseract"):
        return False
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in known.stdout.split()


needs_tesseract = pytest.mark.skipif(not _recognises(), reason="tesseract with Vietnamese is not installed")


def results(folder: Path, data: bytes, name: str) -> list[Document | Rejected]:
    path = folder / name
    path.write_bytes(data)
    return list(read(Item(path, name)))


def document(folder: Path, data: bytes, name: str) -> Document:
    (result,) = results(folder, data, name)
    assert isinstance(result, Document), result
    return result


# Recognition


@needs_tesseract
@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("TIFF", "a.tif"), ("WEBP", "a.webp")])
def test_a_picture_of_a_notice_is_read_with_its_head(tmp_path: Path, kind: str, name: str) -> None:
    found = document(tmp_path, encoded(scan(HEAD), kind), name)
    assert found.notice and found.notice.date and found.notice.doc_type
    assert (found.notice.date.value, found.notice.doc_type.value) == ("2013-01-10", "thông báo")
    assert found.text.index("TỔNG CỤC") < found.text.index("CỘNG HÒA")
    (page,) = found.pages
    assert (page.start, page.number, page.how) == (0, 1, "ocr")
    assert page.confidence and 60 < page.confidence <= 100


@needs_tesseract
def test_a_scan_in_a_pdf_is_read_beside_pages_with_text(tmp_path: Path) -> None:
    words = Sheet().lines(60, 80, *["Trang này có sẵn chữ, không phải nhận dạng."] * 3)
    found = document(tmp_path, pdf(Sheet(picture=scan(HEAD).convert("RGB")), words), "a.pdf")
    assert [page.how for page in found.pages] == ["ocr", "text"]
    assert found.text[found.pages[1].start :].startswith("Trang này có sẵn chữ")
    assert found.date == "2013-01-10"


@needs_tesseract
def test_a_page_scanned_askew_keeps_its_columns(tmp_path: Path) -> None:
    sheet = Sheet(words=list(HEAD.words))
    sheet.lines(60, 220, *["Cơ quan thi hành án dân sự tổ chức thi hành bản án theo luật"] * 8)
    found = document(tmp_path, encoded(scan(sheet, angle=1.0), "PNG"), "a.png")
    assert found.text.index("BỘ TƯ PHÁP") < found.text.index("Số:") < found.text.index("CỘNG HÒA")


@needs_tesseract
def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    sheets = [scan(Sheet().write(60, 80, f"Đây là trang thứ {word}", size=16)) for word in ("nhất", "hai")]
    data = encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    found = document(tmp_path, data, "a.tif")
    assert [page.number for page in found.pages] == [1, 2]
    assert found.text[found.pages[1].start :].startswith("Đây là trang thứ hai")


@needs_tesseract
def test_a_picture_without_words_is_empty(tmp_path: Path) -> None:
    (found,) = results(tmp_path, encoded(Image.new("L", (400, 300), 255), "PNG"), "a.png")
    assert isinstance(found, Rejected) and found.reason is Reason.EMPTY


# Programs that are not there


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    ocr.program.cache_clear()
    try:
        (found,) = results(tmp_path, encoded(Image.new("L", (400, 300), 255), "PNG"), "a.png")
    finally:
        ocr.program.cache_clear()
    assert isinstance(found, Rejected)
    assert (found.reason, found.detail) == (Reason.MISSING_PROGRAM, "tesseract")


def test_without_the_program_pages_with_text_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    ocr.program.cache_clear()
    picture = Image.new("RGB", (600, 800), "white")
    sheets = [Sheet().write(60, 80, "Trang có chữ."), Sheet(picture=picture), Sheet(picture=picture)]
    try:
        found = results(tmp_path, pdf(*sheets), "a.pdf")
    finally:
        ocr.program.cache_clear()
    assert isinstance(found[0], Document) and found[0].text == "Trang có chữ."
    assert isinstance(found[1], Rejected) and len(found) == 2
    assert (found[1].member, found[1].reason) == ("pages-2-3", Reason.MISSING_PROGRAM)


# Limits


def test_too_many_pixels_are_turned_away_before_they_are_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image, "MOST_PIXELS", 10_000)
    (found,) = results(tmp_path, encoded(Image.new("L", (400, 300), 255), "PNG"), "a.png")
    assert isinstance(found, Rejected) and found.reason is Reason.TOO_LARGE


def test_too_many_pages_are_turned_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 2)
    (found,) = results(tmp_path, pdf(Sheet(), Sheet(), Sheet()), "a.pdf")
    assert isinstance(found, Rejected) and found.reason is Reason.TOO_LARGE


def test_a_page_that_takes_too_long_is_a_timeout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*args: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("tesseract", 1)

    monkeypatch.setattr(ocr, "program", lambda: "tesseract")
    monkeypatch.setattr(subprocess, "run", never)
    (found,) = results(tmp_path, encoded(Image.new("L", (400, 300), 255), "PNG"), "a.png")
    assert isinstance(found, Rejected) and found.reason is Reason.TIMEOUT


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n...."), ("a.jpg", b"\xff\xd8\xff\xe0..."), ("a.gif", b"GIF89a..."),
        ("a.tif", b"II*\x00\x08\x00\x00\x00"), ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "), ("a.bmp", b"BM...."),
    ],
)
def test_a_broken_picture_has_a_reason(tmp_path: Path, name: str, head: bytes) -> None:
    (found,) = results(tmp_path, head, name)
    assert isinstance(found, Rejected) and found.reason in (Reason.DAMAGED, Reason.TRUNCATED)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_cut_picture_has_a_reason(tmp_path: Path, kind: str) -> None:
    noise = Image.effect_noise((400, 300), 80)
    data = encoded(noise, kind)
    (found,) = results(tmp_path, data[: len(data) // 2], f"a.{kind.lower()}")
    assert isinstance(found, Rejected) and found.reason in (Reason.DAMAGED, Reason.TRUNCATED)


# Letters without a name


class Sheetful:
    """Stands for recognition: what it would see, each word with its confidence, on the line of its number."""

    def __init__(self, *seen: tuple[str, float]) -> None:
        self.seen = seen

    def __call__(self, picture: Image.Image, dpi: float, mode: int) -> list[ocr.Seen]:
        return [
            ocr.Seen(text, 0, 14 + 36 * place, 40, 24 + 36 * place, confidence, (1, 1, place))
            for place, (text, confidence) in enumerate(self.seen)
        ]


@pytest.mark.parametrize(
    ("damaged", "recognised", "confidence", "expected"),
    [
        ("đ\ufffd", "đã", 96, "đã"),
        ("g\ufffdi", "gọi", 90, "gọi"),
        ("x\ufffd.", "xã.", 90, "xã."),
        ("x\ufffd", "đã", 96, "x\ufffd"),      # another word
        ("đ\ufffd", "đã", 40, "đ\ufffd"),      # not sure
        ("tr\ufffdg", "trxg", 96, "tr\ufffdg"),  # no syllable
    ],
)
def test_a_word_is_mended_where_its_known_letters_agree(
    monkeypatch: pytest.MonkeyPatch, damaged: str, recognised: str, confidence: float, expected: str
) -> None:
    monkeypatch.setattr(ocr, "look", Sheetful((recognised, confidence)))
    placed = [Word(damaged, 0, 20, 40, 30), Word("giữ", 50, 20, 90, 30)]
    found = mended(placed, Image.new("L", (200, 100), 255), 72)
    assert [word.text for word in found] == [expected, "giữ"]


def test_a_damaged_word_far_outside_the_page_stays() -> None:
    placed = [Word("đ\ufffd", 0, 1e9, 40, 1e9 + 10), Word("x\ufffd", 0, -5e8, 40, 5e8)]
    assert mended(placed, Image.new("L", (200, 100), 255), 72) == placed


# What lies over the words


def words(*rows: tuple[float, float, str]) -> list[Word]:
    found = []
    for x, y, text in rows:
        for part in text.split():
            found.append(Word(part, x, y, x + 6 * len(part), y + 10))
            x += 6 * len(part) + 4
    return found


def test_the_stamp_of_incoming_mail_is_set_apart() -> None:
    page = words(
        (60, 40, "CHÍNH PHỦ"), (35, 100, "VĂN PHÒNG"), (35, 120, "ĐẾN Số: 77"), (50, 134, "Ngày: 10/6"),
        (250, 120, "NGHỊ ĐỊNH"), (60, 160, "Căn cứ Luật Tổ chức Chính phủ năm 2025 và các luật khác có liên quan"),
    )
    rest, stamp = stamp_apart(page, 842)
    assert [word.text for word in stamp] == ["VĂN", "PHÒNG", "ĐẾN", "Số:", "77", "Ngày:", "10/6"]
    assert len(rest) + len(stamp) == len(page)


def test_the_word_alone_is_no_stamp() -> None:
    page = words((60, 100, "TỪ NĂM 1945 ĐẾN NĂM 1975"), (60, 120, "Ngày: 10/6"))
    assert stamp_apart(page, 842) == (page, [])


@pytest.mark.parametrize(
    ("rest", "surname"), [("guyễn", "Nguyễn"), ("guyền", "Nguyễn"), ("hạm", "Phạm"), ("rần", "Trần"), ("inh", None)]
)
def test_a_surname_whose_first_letter_a_seal_covers(rest: str, surname: str | None) -> None:
    assert surname_ending(rest) == surname


# The sample archive


@needs_tesseract
@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample archive ../shared is not here")
def test_the_scanned_decree_of_the_sample_archive() -> None:
    path = SHARED / "scan" / "199-ndcp.signed.pdf"
    (found,) = read(Item(path, path.name))
    assert isinstance(found, Document) and found.notice
    notice = found.notice
    stated = [part and part.value for part in (notice.number, notice.doc_type, notice.organ, notice.signer)]
    assert stated == ["199/2026/NĐ-CP", "nghị định", "CHÍNH PHỦ", "Nguyễn Văn Thắng"]
    assert found.date == "2026-06-05"
    assert notice.subject and notice.subject.value == "Quy định chính sách hỗ trợ phục vụ"
    assert [page.how for page in found.pages] == ["ocr"] * 3
