"""Web pages: the article without its surroundings, and what the page states about it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.read import read
from corpus.readers.furniture import (
    catalogue_entries,
    class_says,
    error_said,
    is_foot_line,
    is_furniture_class,
    is_furniture_heading,
    is_stray_line,
)
from corpus.scan import Item
from corpus.tables import many, table

BODY = (
    "<p>Ngày 05/3/2013, Thủ tướng Chính phủ ban hành Quyết định số 397/QĐ-TTg về Ngày truyền thống của Ngành.</p>"
    "<p>Mốc được chọn là ngày ban hành Sắc lệnh số 130/SL năm 1946 về thể thức thi hành bản án của Tòa án.</p>"
    "<p>Từ nay, ngày 19/7 hằng năm là dịp để những người làm công tác này nhìn lại chặng đường của mình.</p>"
)


def page(body: str, head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def read_page(folder: Path, markup: str | bytes, name: str = "a.html") -> Document | Rejected:
    path = folder / name
    path.write_bytes(markup if isinstance(markup, bytes) else markup.encode())
    (result,) = read(Item(path, name))
    return result


def document(folder: Path, markup: str | bytes, name: str = "a.html") -> Document:
    result = read_page(folder, markup, name)
    assert isinstance(result, Document), result
    return result


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="tin-lien-quan"><h3>Tin liên quan</h3><a href="/a">Giá vàng hôm nay</a></div>',
        '<div id="boxTinLienQuan"><a href="/a">Giá vàng hôm nay</a></div>',
        '<div><h3>Tin liên quan</h3><ul><li><a href="/a">Giá vàng hôm nay</a></li></ul></div>',
        '<h3>Đọc nhiều nhất</h3><ul><li><a href="/a">Giá vàng hôm nay</a></li></ul>',
        '<p><strong>Xem thêm:</strong> <a href="/a">Giá vàng hôm nay</a></p>',
        '<p>&gt;&gt; <a href="/a">Giá vàng hôm nay</a></p>',
        '<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/a">Giá vàng hôm nay</a></div>',
        '<nav><a href="/a">Giá vàng hôm nay</a></nav>',
    ],
)
def test_furniture_is_left_out_and_the_article_kept(tmp_path: Path, furniture: str) -> None:
    text = document(tmp_path, page(f"<article><h1>Ngày truyền thống</h1>{BODY}</article>{furniture}")).text
    assert "Giá vàng" not in text
    assert "397/QĐ-TTg" in text and "130/SL" in text and "chặng đường" in text


def test_furniture_inside_the_article_is_left_out(tmp_path: Path) -> None:
    box = '<div class="related-news"><a href="/a">Giá vàng hôm nay</a></div>'
    text = document(tmp_path, page(f"<article>{BODY[:120]}</p>{box}{BODY}</article>")).text
    assert "Giá vàng" not in text and "chặng đường" in text


@pytest.mark.parametrize(
    ("head", "day", "rule"),
    [
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2013-03-07T09:00:00+07:00"}'
            '</script><meta property="article:published_time" content="2013-03-08">', "2013-03-07", "html-json-ld",
        ),
        ('<meta property="article:published_time" content="2013-03-06T20:00:00Z">', "2013-03-07", "html-meta"),
        ('<meta name="pubdate" content="07/03/2013">', "2013-03-07", "html-meta"),
        ('<meta name="DC.Date" content="2013-03-07T10-15-08">', "2013-03-07", "html-meta"),
        ('</head><body><p>05/06/2014</p><meta name="DC.Date" content="2013-03-07T10-15-08">', None, None),
        ('<script type="application/ld+json">{broken</script>', None, None),
        ('<meta name="pubdate" content="hôm qua">', None, None),
        ("", None, None),
    ],
)
def test_dates_that_the_page_states(tmp_path: Path, head: str, day: str | None, rule: str | None) -> None:
    result = document(tmp_path, page(f"<article>{BODY}</article>", head))
    assert (result.date, result.date_rule) == (day, rule)


def test_time_elements_beside_the_article_do_not_count(tmp_path: Path) -> None:
    aside = '<aside><time datetime="2020-01-01">01/01/2020</time></aside>'
    own = '<time datetime="2013-03-07">07/03/2013</time>'
    assert document(tmp_path, page(f"{aside}<article>{BODY}</article>")).date is None
    dated = document(tmp_path, page(f"{aside}<article>{own}{BODY}</article>"))
    assert (dated.date, dated.date_rule) == ("2013-03-07", "html-time")


def test_a_date_line_under_the_title_counts_and_todays_date_above_it_does_not(tmp_path: Path) -> None:
    top = '<div class="today">Thứ ba, ngày 4 tháng 8 năm 2026</div>'
    under = "<div><h1>Ngày truyền thống</h1><div><span>07/03/2013</span></div></div>"
    dated = document(tmp_path, page(f"{top}{under}<div>{BODY}</div>"))
    assert (dated.date, dated.date_rule) == ("2013-03-07", "date-line")
    undated = document(tmp_path, page(f"{top}<h1>Ngày truyền thống</h1><div>{BODY}</div>"))
    assert undated.date is None


def test_title_author_source_and_address(tmp_path: Path) -> None:
    head = (
        "<title>Ngày truyền thống của Ngành - Báo Mẫu</title>"
        '<meta property="og:site_name" content="Báo Mẫu"><meta name="author" content="Báo Mẫu">'
        '<link rel="canonical" href="https://mau.example/a">'
    )
    result = document(tmp_path, page(f"<article>{BODY}</article>", head))
    assert (result.title, result.source) == ("Ngày truyền thống của Ngành", "Báo Mẫu")
    assert (result.author, result.url) == (None, "https://mau.example/a")  # the site is no author


def test_tables_that_lay_out_the_page_do_not_glue_its_lines(tmp_path: Path) -> None:
    left = '<td><ul><li><a href="/a">Văn bản</a></li></ul></td>'
    title = '<div class="news-title"><h3>Ngày truyền thống của cả Ngành</h3></div>'
    body = f"<table><tr>{left}<td>{title}{BODY}</td></tr></table>"
    result = document(tmp_path, page(body, "<title>Trang tin</title>"))
    assert result.title == "Ngày truyền thống của cả Ngành"
    assert "|" not in result.text
    assert "130/SL" in result.text and len(result.text.split("\n")) >= 3


def test_tables_of_data_keep_their_rows(tmp_path: Path) -> None:
    rows_ = "".join(f"<tr><td>Quận {n}</td><td>{n * 100} việc</td></tr>" for n in range(1, 8))
    assert "Quận 3 | 300 việc" in document(tmp_path, page(f"<article>{BODY}<table>{rows_}</table></article>")).text


def test_a_page_without_an_article_gives_the_words_of_its_body(tmp_path: Path) -> None:
    result = document(tmp_path, page("<table><tr><td>Số hiệu</td><td>13/SL</td></tr></table><script>x()</script>"))
    assert "13/SL" in result.text and "x()" not in result.text


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "utf-16"])
def test_the_declared_charset_is_used(tmp_path: Path, charset: str) -> None:
    markup = f'<html><head><meta charset="{charset}"></head><body><p>Hà Nội là nơi ban hành sắc lệnh.</p></body></html>'
    data = markup.replace("ộ", "ô\u0323").replace("ắ", "ă\u0301").replace("ệ", "ê\u0323").encode(charset)
    assert "Hà Nội là nơi ban hành sắc lệnh." in document(tmp_path, data).text


def test_content_and_not_the_name_makes_a_page(tmp_path: Path) -> None:
    assert "<p>" not in document(tmp_path, page(f"<article>{BODY}</article>"), "a.txt").text


@pytest.mark.parametrize("markup", [page(""), "<html></html>", page("<script>x()</script>"), "<html><body><!-- x"])
def test_a_page_without_words_is_empty(tmp_path: Path, markup: str) -> None:
    result = read_page(tmp_path, markup)
    assert isinstance(result, Rejected) and result.reason is Reason.EMPTY


def test_absurd_nesting_is_turned_away(tmp_path: Path) -> None:
    result = read_page(tmp_path, page("<div>" * 50_000 + "chữ"))
    assert isinstance(result, Rejected)


@pytest.mark.parametrize("row", table("corpus", "html_furniture"), ids=lambda row: f"{row['kind']} {row['pattern']}")
def test_the_table_of_furniture_holds_its_own_examples(row: dict[str, str]) -> None:
    test = {
        "class": is_furniture_class, "heading": is_furniture_heading, "line": is_stray_line, "foot": is_foot_line,
        "lead": partial(class_says, "lead"), "author": partial(class_says, "author"), "error": error_said,
        "catalogue": catalogue_entries,
    }[row["kind"]]
    assert all(test(example) for example in many(row["examples"]))
    assert not any(test(example) for example in many(row["counter_examples"]))
