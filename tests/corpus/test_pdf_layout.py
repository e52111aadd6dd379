"""Pages as programs and scanners make them: tables over pages, page numbers, order of drawing, letters drawn twice."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import ImageFont

from corpus.document import Document
from tests.corpus.making import read_bytes
from tests.corpus.pages import Sheet, font, pdf, scan
from tests.corpus.pdf_files import show, typed

XS = [60.0, 100.0, 280.0, 420.0, 540.0]
HEADER = [["STT"], ["Tên cơ quan", "thi hành án"], ["Số việc", "phải thi hành"], ["Ghi chú"]]
LINE = "Cơ quan thi hành án dân sự có trách nhiệm tổ chức thi hành"


def text_of(folder: Path, data: bytes) -> str:
    (result,) = read_bytes(folder, "a.pdf", data)
    assert isinstance(result, Document), result
    return result.text


def table(top: float, numbers: range) -> Sheet:
    """A ruled table with its header; the cells of the second column have two lines."""
    sheet, ys = Sheet(), [top]
    rows = [[[str(n)], ["Chi cục Thi hành án", f"quận số {n}"], [f"1.{n:03}"], ["Chuyển kỳ"]] for n in numbers]
    for cells in [HEADER, *rows]:
        for x, lines in zip(XS, cells, strict=False):
            sheet.lines(x + 4, ys[-1] + 4, *lines, size=10, pitch=14)
        ys.append(ys[-1] + max(map(len, cells)) * 14 + 6)
    return sheet.grid(XS, ys)


def test_a_table_over_pages_has_one_header(tmp_path: Path) -> None:
    first = table(500, range(1, 7)).write(60, 300, "Bảng dưới đây.").write(280, 800, "Trang 1/2")
    second = table(70, range(7, 9)).write(60, 300, "Hết bảng.").write(280, 800, "Trang 2/2")
    assert text_of(tmp_path, pdf(first, second)).split("\n") == [
        "Bảng dưới đây.",
        "STT | Tên cơ quan thi hành án | Số việc phải thi hành | Ghi chú",
        *(f"{n} | Chi cục Thi hành án quận số {n} | 1.{n:03} | Chuyển kỳ" for n in range(1, 9)),
        "Hết bảng.",
    ]


@pytest.mark.parametrize("number", ["Trang {}/12", "- {} -", "{}", "trang {}", "Page {} of 3", "({})"])
@pytest.mark.parametrize("y", [25, 800])
def test_numbers_of_pages_are_dropped(tmp_path: Path, number: str, y: float) -> None:
    pages = [Sheet().write(280, y, number.format(n)).write(60, 300, f"Việc thứ {n} xong.") for n in (1, 2, 3)]
    assert text_of(tmp_path, pdf(*pages)).split("\n") == ["Việc thứ 1 xong.", "Việc thứ 2 xong.", "Việc thứ 3 xong."]


def test_the_lines_of_a_table_are_seen_in_the_picture_of_its_page(tmp_path: Path) -> None:
    drawn = table(500, range(1, 4))
    seen = Sheet(words=drawn.words, picture=scan(Sheet(rules=drawn.rules), dpi=150))
    assert text_of(tmp_path, pdf(seen)) == text_of(tmp_path, pdf(drawn))


@pytest.mark.parametrize(
    ("before", "figure", "after", "expected"),
    [
        ("298,3m", "2", "đất", "298,3m2 đất"),
        ("đồng/m", "2", "sàn", "đồng/m2 sàn"),
        ("12 m", "3", "gỗ", "12 m3 gỗ"),
        ("1,5km", "2", "rừng", "1,5km2 rừng"),
        ("tiền", "2", "đất", "tiền[2] đất"),
        ("298,3m", "7", "đất", "298,3m[7] đất"),
        ("tam", "2", "đất", "tam[2] đất"),
    ],
)
def test_a_raised_figure_after_a_unit_is_its_power(
    tmp_path: Path, before: str, figure: str, after: str, expected: str
) -> None:
    end = 100 + ImageFont.truetype(io.BytesIO(font()), 120).getlength(before) / 10
    page = Sheet().write(100, 300, before).write(end + 0.5, 299, figure, 7).write(end + 9, 300, after)
    page.write(60, 340, LINE).write(60, 380, LINE)
    assert text_of(tmp_path, pdf(page)).split("\n")[0] == expected


GAZETTE = "CÔNG BÁO/Số 199+200/Ngày 01-7-2026"


def test_heads_of_a_gazette_are_no_text(tmp_path: Path) -> None:
    even = Sheet().write(60, 40, "54").write(200, 40, GAZETTE).write(60, 300, LINE)
    odd = Sheet().write(180, 40, GAZETTE).write(520, 40, "55").write(60, 300, f"{LINE} xong.")
    stamped = Sheet().write(20, 40, "Ký bởi: Trung tâm", 7).write(180, 40, GAZETTE).write(60, 300, f"{LINE} một.")
    assert "CÔNG BÁO" not in text_of(tmp_path, pdf(even, odd))
    assert text_of(tmp_path, pdf(stamped, even, odd)).startswith(f"Ký bởi: Trung tâm\n{LINE} một.")


def test_a_head_of_unequal_columns(tmp_path: Path) -> None:
    page = Sheet().lines(60, 60, "BỘ TƯ PHÁP", pitch=16).write(70, 92, "Số: 12/2003/TT-BTP")
    page.write(50, 118, "V/v hướng dẫn thi hành", 10).write(50, 131, "Luật mới", 10)
    page.lines(240, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", pitch=16)
    page.write(260, 100, "Hà Nội, ngày 5 tháng 6 năm 2003").write(200, 170, "Kính gửi: Sở Tư pháp các tỉnh")
    assert " ".join(text_of(tmp_path, pdf(page)).split()) == (
        "BỘ TƯ PHÁP Số: 12/2003/TT-BTP V/v hướng dẫn thi hành Luật mới CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - "
        "Tự do - Hạnh phúc Hà Nội, ngày 5 tháng 6 năm 2003 Kính gửi: Sở Tư pháp các tỉnh"
    )


def test_the_order_of_drawing_does_not_matter(tmp_path: Path) -> None:
    page = Sheet().lines(60, 300, *(f"{LINE} {n}" for n in range(8)))
    apart = [(x + 40 * n, y, word, size) for x, y, line, size in page.words for n, word in enumerate(line.split())]
    mixed = random.Random(1).sample(apart, len(apart))
    assert text_of(tmp_path, pdf(Sheet(mixed))) == text_of(tmp_path, pdf(Sheet(apart)))


def test_an_invisible_layer_under_a_scan_is_its_text(tmp_path: Path) -> None:
    said = "thi hanh an dan su la viec cua co quan nha nuoc theo phap luat hien hanh o tinh"
    page = b"".join(show(60, 300 + 20 * n, said.encode(), mode=3) for n in range(3))
    assert text_of(tmp_path, typed([page], ["Times"])).split() == 3 * said.split()


LETTERS = "Times=0061 0302 0301 00660069 fb01 0065 0323 0056 0074"  # a, two accents, ligatures, e, dot, V, t


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (show(60, 60, b"\x21\x22\x23 \x28\x26\x27\x22\x29"), "ấ Vệt"),
        (show(60, 60, b"\x24\x25"), "fifi"),
        (show(60, 60, b"\x28") + show(66, 60, b"\x26") + show(66, 60, b"\x27\x22") + show(72, 60, b"\x29"), "Vệt"),
        (show(60, 60, b"Quoc hoi", 2) + show(60.4, 60, b"Quoc hoi", 2), "Quoc hoi"),
        (b"".join(show(60 + 6 * n + d, 60, bytes([c]), 2) for n, c in enumerate(b"khoa") for d in (0, 0.3)), "khoa"),
        (show(60, 60, b"so 155/TCTHADS-", 2) + show(60, 78, b"NV1 cua Cuc", 2), "so 155/TCTHADS-NV1 cua Cuc"),
        (show(60, 60, b"- mot;", 2) + show(60, 78, b"- hai", 2), "- mot;\n- hai"),
        (show(60, 60, b"Ba Ria - ", 2) + show(60, 78, b"Vung Tau", 2), "Ba Ria - Vung Tau"),
    ],
)
def test_letters_drawn_in_odd_ways(tmp_path: Path, page: bytes, expected: str) -> None:
    assert text_of(tmp_path, typed([page], [LETTERS, "Times"])) == expected


def test_a_layer_over_a_picture_is_not_recognised_again(tmp_path: Path) -> None:
    sheet = Sheet().lines(60, 300, *(f"{LINE} {n}" for n in range(4)))
    sheet.picture = scan(Sheet().write(60, 60, "Thông báo"), dpi=40)
    (found,) = read_bytes(tmp_path, "a.pdf", pdf(sheet))
    assert isinstance(found, Document) and [page.how for page in found.pages] == ["text"]
