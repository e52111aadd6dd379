"""Title, date, author and source, as tables of cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.datelines import date_line, stated_date
from corpus.metadata import agency, byline, describe

PHRASES = Path(__file__).parent / "phrases"


def cases(name: str) -> list[list[str]]:
    """The rows of a phrase table, every cell as it stands."""
    lines = (PHRASES / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows[1:]]


@pytest.mark.parametrize(("line", "day", "why"), cases("date_lines"))
def test_date_lines(line: str, day: str, why: str) -> None:
    assert date_line(line) == (day or None), why


@pytest.mark.parametrize(("raw", "edtf", "why"), cases("stated_dates"))
def test_stated_dates(raw: str, edtf: str, why: str) -> None:
    assert stated_date(raw) == (edtf or None), why


@pytest.mark.parametrize(("end", "author", "source"), cases("bylines"))
def test_bylines(end: str, author: str, source: str) -> None:
    text = "Tiêu đề của bài\n" + end.replace("¶", "\n")
    assert (byline(text), agency(text)) == (author or None, source or None)


TITLE = "Tổng cục làm việc với các cơ quan của thành phố"
PROSE = "Chiều 2/7, Tổng cục đã tổ chức buổi làm việc với các cơ quan của thành phố về việc gỡ khó khăn."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{TITLE}\n\n04/07/2018\n{PROSE}", TITLE),
        (f"{TITLE}\n\n04/07/2018\n{TITLE}\n{PROSE}", TITLE),
        (f"# {TITLE}\n\n{PROSE}", TITLE),
        (f"Thứ Năm, 10/8/2017 12:55\n\n{TITLE}\n{PROSE}", TITLE),
        (f"{PROSE}\nBuổi làm việc kết thúc cùng ngày.", None),
        (f"(PLVN) - {PROSE}", None),
        (TITLE, None),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert describe(text)["title"] == title


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"{TITLE}\n(PLVN) - {PROSE}", "PLVN"),
        (f"{TITLE}\n(Chinhphu.vn) – {PROSE}", "Chinhphu.vn"),
        (f"{TITLE}\nHà Nội (TTXVN) - {PROSE}", "TTXVN"),
        (f"{TITLE}\n(ĐTCK) {PROSE}", "ĐTCK"),
        (f"{TITLE}\nTTO - {PROSE}", "TTO"),
        (f"{TITLE}\n(Hà Nội) - {PROSE}", None),
        (f"{TITLE}\n{PROSE}", None),
    ],
)
def test_sources(text: str, source: str | None) -> None:
    assert describe(text)["source"] == source


def test_the_records_date_wins_over_the_date_line() -> None:
    described = describe(f"{TITLE}\n04/07/2018\n{PROSE}", {"date": "2018-07-05"}, date_rule="json")
    assert (described["date"], described["date_rule"]) == ("2018-07-05", "json")


def test_a_date_line_far_below_the_title_is_not_the_documents() -> None:
    text = "\n".join([TITLE, *([PROSE] * 8), "04/07/2018", PROSE])
    assert describe(text)["date"] is None


def test_a_date_that_the_text_reports_is_not_the_documents() -> None:
    described = describe(f"{TITLE}\nNgày 09/5/2014, Tổng cục làm việc tại Hải Phòng.\n{PROSE}")
    assert (described["date"], described["date_rule"]) == (None, None)


def test_front_matter_is_read_and_is_not_the_text_of_the_title() -> None:
    text = f'---\ntitle: "Sắp xếp tổ dân phố"\ndate: 2026-05-26\nlayout: page\n---\n\n# Một tiêu đề khác\n\n{PROSE}'
    described = describe(text)
    assert (described["title"], described["date"]) == ("Sắp xếp tổ dân phố", "2026-05-26")
    assert described["date_rule"] == "front-matter"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Mẫu số 3-TT", "Kết quả kỳ họp thứ hai"),
        ("STT | Khu công nghiệp | Ghi chú", "Kết quả kỳ họp thứ hai"),
        ("UBND......(1) và các sở", "Kết quả kỳ họp thứ hai"),
        ("Qu\ufffdc h\ufffdi họp kỳ", "Kết quả kỳ họp thứ hai"),
        ("SỞ NỘI VỤ TỈNH\nBÁO CÁO\nCông tác thi đua năm 2005", "BÁO CÁO Công tác thi đua năm 2005"),
        ("Kèm theo hồ sơ\nDANH SÁCH CÁC TRƯỜNG\nĐẠT CHUẨN QUỐC GIA", "DANH SÁCH CÁC TRƯỜNG ĐẠT CHUẨN QUỐC GIA"),
        ("Án lệ về hợp đồng thế chấp[1]", "Án lệ về hợp đồng thế chấp"),
    ],
)
def test_what_is_no_title(head: str, title: str) -> None:
    assert describe(f"{head}\nKết quả kỳ họp thứ hai\n{PROSE}")["title"] == title
