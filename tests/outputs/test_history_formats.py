"""The four formats of a history: one model, the same words, nothing that breaks a page."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
import regex
from lxml import etree

from outputs.checker import UnsupportedClaims
from outputs.errors import MissingLibrary
from outputs.history import charts
from outputs.history.format_words import say
from outputs.history.formats import FORMATS, format_of, lacks_pictures, unchecked, write_history
from outputs.history.model import Chart, Evidence, History, Link, Note, Point, Row, Section, Sentence, Table
from outputs.history.notes_in_print import Foot, _ends, feet, feet_one_by_one, printed_notes
from outputs.history.render import plates
from outputs.history.tables import shares
from outputs.words import rows
from tests.outputs.school_base import TOPIC, school_base

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINE = Chart(
    "Số lớp – xã", "line", (
        Point("thực hiện", "1200", "1946", "lớp", (1,), "1.200 lớp", first_day="1946-01-01", last_day="1946-12-31"),
        Point("thực hiện", "2040.5", "1947", "lớp", (2,), "trên 2.040,5", first_day="1947", last_day="1947"),
        Point("thực hiện", "3000", "1950", "lớp", (2,), "3.000", first_day="1950", last_day="1950",
              broken="đổi cách đếm"),
        Point("chỉ tiêu", "3500", "1950", "lớp", (2,), "3.500", first_day="1950", last_day="1950"),
    ), id="bieu-do-1", unit="lớp",
)
BAR = Chart(
    "Số tiền", "bar", tuple(
        Point("", value, year, "đồng", (1,), value, first_day=year, last_day=year)
        for year, value in (("2010", "2740557200000"), ("2015", "15000000000000"))
    ), id="bieu-do-2",
)
STRIP = Chart(
    "Ai phụ trách", "strip", (
        Point("Hồ Chí Minh", "", "", "", (1,), group="Chủ tịch", first_day="1945-09-02", last_day="1969-09-02",
              first_known=True, last_known=True),
        Point("Vũ Đình Hòe", "", "", "", (2,), group="Bộ trưởng", first_day="1946-03", last_day="1960"),
        Point("Trần Công Tường", "", "", "", (2,), group="Thứ trưởng", first_day="1946-07-19", last_day="1946-07-19"),
    ), id="bieu-do-3",
)
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "entity": "&lt;b&gt; ]]> <!-- -->",
    "template": "{{ 7 * 7 }} {% raw %} {# no #} ${x}",
    "control": "một\x00hai\x0bba\x1b[31mbốn\ufffe",
    "formula": "=HYPERLINK(\"x\"), +1, -1, @SUM",
    "endless": "a" * 10_000,
    "right to left": "שלום \u202eabc مرحبا",
    "emoji": "🏛️👩‍⚖️🇻🇳",
    "field": "\\* MERGEFORMAT \" INCLUDETEXT",
    "marks": "[^1] | **x** `y` #",
}


def note(number: int, words: str = "Xã có 1.200 lớp", **more: object) -> Note:
    made = Note(number, f"bai-{number}", "Báo cáo về bình dân học vụ", "1946-09-08", f"tin/{number}.txt",
                (Evidence(words, "Năm ấy ", " cả thảy.", 10, 10 + len(words)),), ("1946",))
    return replace(made, **more)  # type: ignore[arg-type]


def sample(words: str = "Xã có 1.200 lớp", *, language: str = "vi") -> History:
    sentence = Sentence("Năm 1946, ", words, ".", (1, 2))
    table = Table("Số lớp – xã", ("Kỳ", "Nguồn ghi"), (Row(("1946", words), (1,)), Row(("1947", "40 lớp"), (3,))))
    return History(
        title="80 năm bình dân học vụ", span="1945–2025", topic=words, basis="Bản thảo.", missing=(),
        sections=(
            Section("Khởi đầu", "khoi-dau", paragraphs=((sentence, Sentence("Rồi ", words, ".", (2,))),)),
            Section("Kết quả", "ket-qua", remark="Số liệu.", tables=(table,), charts=(LINE, BAR),
                    links=(Link("Xem: Khởi đầu", "khoi-dau"),)),
            Section("Người", "nguoi", tables=(Table(None, ("Tên", "Chức"), (Row(("Hồ Chí Minh", "–"), (4,)),)),),
                    charts=(STRIP,)),
        ),
        notes=(
            note(1, words), note(2, url="https://example.org/a?b=1&c=2"), note(3, title=words, document_id="bai-2"),
            note(4),
        ),
        given=(), language=language,  # type: ignore[arg-type]
    )


NOTHING = History("Lịch sử đường sắt", None, "đường sắt", "", ("Không tìm thấy tư liệu nào.",), (), (), ())


def needs_weasyprint() -> None:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"weasyprint or Pango is not installed: {error}")


def parts(docx: bytes) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(docx)) as zipped:
        assert zipped.testzip() is None
        return {
            name: etree.fromstring(zipped.read(name)) for name in zipped.namelist() if name.endswith((".xml", ".rels"))
        }


def docx_words(part: etree._Element) -> str:
    return "".join(node.text or "" for node in part.iter(f"{WORD}t"))


def pdf_words(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    finally:
        document.close()


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\ufffe", "").replace("\u00ad", "")


def inside(docx: bytes) -> etree._Element:
    return parts(docx)["word/document.xml"]


@pytest.mark.parametrize("form", FORMATS)
def test_two_runs_give_the_same_bytes(form: str) -> None:
    if form == "pdf":
        needs_weasyprint()
    assert unchecked(sample(), form) == unchecked(sample(), form)


def test_a_files_name_chooses_its_format() -> None:
    assert [format_of(name) for name in ("a.docx", "a.PDF", "b/c.htm", "d.markdown", "e.md", "f.txt", "g")] == [
        "docx", "pdf", "html", "md", "md", None, None,
    ]


@pytest.mark.parametrize("form", ["md", "html", "docx"])
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_shown_as_words(form: str, words: str) -> None:
    made = unchecked(sample(words), form)
    shown = regex.sub(r"[\x00\x1b\ufffe]", "\ufffd", words).replace("\x0b", " ")
    if form == "docx":
        document = inside(made)
        assert shown in docx_words(document)
        asked = {node.text.split()[0] for node in document.iter(f"{WORD}instrText")}
        assert asked == {"TOC", "PAGEREF", "NOTEREF"}
    elif form == "html":
        page = etree.fromstring(made, etree.HTMLParser(encoding="utf-8"))
        assert not page.xpath("//script")
        assert squeezed(shown) in squeezed("".join(page.itertext()))
    assert b"49" not in made if form == "md" and words == HOSTILE["template"] else True


def test_hostile_words_stay_on_the_page_of_a_pdf() -> None:
    needs_weasyprint()
    import pypdfium2

    pdf = unchecked(sample(" ".join(HOSTILE.values())), "pdf")
    assert "<script>alert(1)</script>" in pdf_words(pdf)
    document = pypdfium2.PdfDocument(pdf)
    for at in range(len(document)):
        page = document[at]
        right = [box[2] for found in page.get_objects(filter=(1,)) if (box := found.get_bounds())]
        assert max(right, default=0) <= page.get_width()
    document.close()


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_on_the_topic_is_a_plain_sentence(form: str) -> None:
    if form == "pdf":
        needs_weasyprint()
        words = pdf_words(unchecked(NOTHING, form))
    elif form == "docx":
        words = docx_words(inside(unchecked(NOTHING, form)))
    else:
        words = unchecked(NOTHING, form).decode()
    assert squeezed(NOTHING.missing[0]) in squeezed(words)


def test_a_word_document_is_whole() -> None:
    made = parts(unchecked(sample(), "docx"))
    document, notes = made["word/document.xml"], made["word/footnotes.xml"]
    for kind in ("bookmarkStart", "footnoteReference"):
        ids = Counter(node.get(f"{WORD}id") for node in document.iter(f"{WORD}{kind}"))
        assert set(ids.values()) == {1}, kind
    names = [node.get(f"{WORD}name") for node in document.iter(f"{WORD}bookmarkStart")]
    assert len(set(names)) == len(names)
    wanted = {node.get(f"{WORD}anchor") for part in (document, notes) for node in part.iter(f"{WORD}hyperlink")}
    wanted |= {node.text.split()[1] for node in document.iter(f"{WORD}instrText") if "REF" in node.text}
    assert wanted - {None} <= set(names)
    cited = {node.get(f"{WORD}id") for node in document.iter(f"{WORD}footnoteReference")}
    assert cited == {node.get(f"{WORD}id") for node in notes.iter(f"{WORD}footnote") if not node.get(f"{WORD}type")}
    styles = {node.get(f"{WORD}styleId") for node in made["word/styles.xml"].iter(f"{WORD}style")}
    kinds = [f"{WORD}{kind}" for kind in ("pStyle", "rStyle", "tblStyle")]
    used = {node.get(f"{WORD}val") for node in document.iter(*kinds)}
    assert used <= styles
    relations = {node.get("Id") for node in made["word/_rels/document.xml.rels"]}
    asked = {value for node in document.iter() for name, value in node.attrib.items() if "relationships}" in name}
    assert asked <= relations
    assert all(node.find(f"{WORD}trPr/{WORD}tblHeader") is not None for node in document.xpath(
        "//w:tbl/w:tr[1]", namespaces={"w": WORD.strip("{}")}))


def test_a_word_document_has_words_headings_and_the_language() -> None:
    made = parts(unchecked(sample(), "docx"))
    words = docx_words(made["word/document.xml"])
    assert "Năm 1946, “Xã có 1.200 lớp”." in words
    assert "“Năm ấy Xã có 1.200 lớp cả thảy.”" in words
    headings = made["word/document.xml"].xpath(
        "//w:p[w:pPr/w:pStyle/@w:val='Heading1']", namespaces={"w": WORD.strip("{}")})
    assert [docx_words(one) for one in headings] == ["Khởi đầu", "Kết quả", "Người", say("notes", "vi")]
    assert b'w:lang w:val="vi-VN"' in etree.tostring(made["word/styles.xml"])


def test_pictures_of_a_word_document_have_words_and_two_forms() -> None:
    pytest.importorskip("vl_convert")
    docx = unchecked(sample(), "docx")
    with ZipFile(BytesIO(docx)) as zipped:
        media = {name for name in zipped.namelist() if name.startswith("word/media/")}
        assert media == {f"word/media/chart{at}.{form}" for at in (1, 2, 3) for form in ("png", "svg")}
        assert zipped.read("word/media/chart1.png").startswith(b"\x89PNG")
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = [node.get("descr") for node in inside(docx).iter() if node.tag.endswith("}docPr")]
    assert all(one and one.split(".")[0] for one in told) and len(told) == 3


def test_libreoffice_opens_it(tmp_path: Path) -> None:
    import pypdfium2

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "h.docx").write_bytes(unchecked(sample(), "docx"))
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "h.docx")], check=True, capture_output=True,
    )
    pages = pypdfium2.PdfDocument((tmp_path / "h.pdf").read_bytes())
    assert 4 <= len(pages) <= 8
    pages.close()
    words = squeezed(pdf_words((tmp_path / "h.pdf").read_bytes()))
    wanted = squeezed("Năm 1946, “Xã có 1.200 lớp”. Báo cáo về bình dân học vụ, 8/9/1946")
    assert not Counter(wanted) - Counter(words)  # letters that the font lacks come in another order


def test_a_pdf_has_its_sentences_notes_bookmarks_and_language() -> None:
    needs_weasyprint()
    import pypdfium2

    pdf = unchecked(sample(), "pdf")
    words = squeezed(pdf_words(pdf))
    assert squeezed("“Năm ấy Xã có 1.200 lớp cả thảy.”") in words
    assert squeezed("Báo cáo về bình dân học vụ, 8/9/1946") in words
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "80 năm bình dân học vụ (1945–2025)"
    assert [one.get_title() for one in document.get_toc()][-1] == say("notes", "vi")
    assert round(document[0].get_width()), round(document[0].get_height()) == (595, 842)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    document.close()


def test_a_page_leads_to_each_note_and_back() -> None:
    page = etree.fromstring(unchecked(sample(), "html"), etree.HTMLParser(encoding="utf-8"))
    ids = Counter(page.xpath("//@id"))
    assert set(ids.values()) == {1}
    assert {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")} <= set(ids)
    assert all(f"dan-{number}" in ids and f"ghi-chu-{number}" in ids for number in (1, 2, 3, 4))
    levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    assert not page.xpath("//script|//link|//iframe|//@onclick|//img")


def test_a_picture_in_a_page_has_a_title_and_takes_the_pages_colours() -> None:
    pytest.importorskip("vl_convert")
    page = etree.fromstring(unchecked(sample(), "html"), etree.HTMLParser(encoding="utf-8"))
    pictures = page.xpath("//figure//svg")
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.get("role") == "img"
        assert picture.find("title").text and picture.find("desc").text
        assert picture.get("aria-labelledby").split() == [picture.find(name).get("id") for name in ("title", "desc")]
        assert charts.SEAL not in etree.tostring(picture).decode()


def test_english_pages_say_so_and_quotes_stay_vietnamese() -> None:
    html = unchecked(sample(language="en"), "html").decode()
    assert '<html lang="en">' in html and 'lang="vi">Xã có 1.200 lớp' in html
    assert say("notes", "en") in html and say("notes", "vi") not in html
    assert say("notes", "en") in unchecked(sample(language="en"), "md").decode()


@pytest.mark.parametrize("chart", [LINE, BAR, STRIP], ids=lambda chart: chart.kind)
def test_a_chart_is_the_same_each_time_and_holds_its_words(chart: Chart) -> None:
    pytest.importorskip("vl_convert")
    svg = charts.chart_svg(chart)
    assert svg == charts.chart_svg(chart)
    assert svg is not None
    words = {"line": ("trên 2.040,5", "1.200", "chỉ tiêu"), "bar": ("tỷ đồng", "2.740,5572", "15.000"),
             "strip": ("Hồ Chí Minh", "2/9/1945 – 2/9/1969", "… 19/7/1946 …", "… 3/1946 – 1960 …")}[chart.kind]
    assert all(f">{one}<" in svg for one in words)


def test_numbers_of_an_english_chart_are_english() -> None:
    pytest.importorskip("vl_convert")
    assert ">1,200<" in (charts.chart_svg(LINE, "en") or "")


def test_a_broken_line_an_approximate_value_and_a_target_are_told() -> None:
    told = " ".join(charts.key(LINE))
    assert "“trên”" in told and "chỉ tiêu" in told and "1950: đổi cách đếm" in told
    assert [charts.approximator(point) for point in LINE.points] == ["", "trên", "", ""]
    assert charts.key(BAR) == ()


def test_a_chart_of_which_nothing_can_be_drawn_is_left_out() -> None:
    pytest.importorskip("vl_convert")
    for value, day in (("nhiều", "1946"), ("5", "XXXX"), ("NaN", "1946")):
        empty = replace(LINE, points=(Point("", value, "1946", "lớp", (1,), first_day=day, last_day=day),))
        assert charts.chart_svg(empty) is None


def test_charts_with_hostile_words_are_drawn() -> None:
    pytest.importorskip("vl_convert")
    words = " ".join(HOSTILE.values())
    for chart in (LINE, BAR, STRIP):
        points = tuple(replace(point, label=words, group=words, period=words[:30]) for point in chart.points)
        svg = charts.chart_svg(replace(chart, points=points, title=words, unit=words))
        assert svg is None or etree.fromstring(svg.encode()) is not None


def test_without_the_libraries_that_draw_pages_have_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    assert lacks_pictures(sample(), "html") and not lacks_pictures(sample(), "md")
    html = unchecked(sample(), "html").decode()
    assert "<figure" not in html and "<td" in html
    with pytest.raises(MissingLibrary, match=r"pip install 'sulieu\[documents\]'"):
        charts.chart_svg(LINE)


def test_without_weasyprint_a_pdf_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(MissingLibrary, match=r"pip install 'sulieu\[documents\]'"):
        unchecked(sample(), "pdf")


def test_a_chart_stands_before_the_table_of_its_title_others_before_the_first() -> None:
    kinds = [(chart and chart.id, table is not None) for chart, table in plates(sample().sections[1])]
    assert kinds == [("bieu-do-2", False), ("bieu-do-1", True)]
    assert list(plates(Section("Không", "khong"))) == []


def test_the_foot_of_the_page_names_a_document_once_in_full() -> None:
    assert feet_one_by_one(sample()) == {
        1: "Báo cáo về bình dân học vụ, 8/9/1946", 2: "Báo cáo về bình dân học vụ, 8/9/1946",
        3: say("same_document", "vi"), 4: "Báo cáo về bình dân học vụ, 8/9/1946",
    }


def test_a_run_of_notes_on_one_document_is_one_foot() -> None:
    one = [note(number, document_id="bai") for number in (1, 2, 3)]
    told = tuple(Sentence("", "lời", ".", (number,)) for number in (1, 2, 3, 4))
    made = replace(sample(), notes=(*one, note(4)), sections=(Section("Một", "mot", paragraphs=(told,)),))
    assert feet(made) == {
        1: Foot("1–3", "Báo cáo về bình dân học vụ, 8/9/1946.", True),
        4: Foot("4", "Báo cáo về bình dân học vụ, 8/9/1946.", True),
    }


def test_paper_prints_no_sentence_twice() -> None:
    text = "Dự họp có ông Vũ Đình Hòe và ông Trần Công Tường."
    pieces = [Evidence(name, text[: (at := text.index(name))], text[at + len(name):], at, at + len(name))
              for name in ("Vũ Đình Hòe", "Trần Công Tường")]
    notes = tuple(note(number, document_id="bai", evidence=(piece,)) for number, piece in enumerate(pieces, 1))
    made = printed_notes(replace(sample(), notes=notes))
    assert made[1].pieces == ((pieces[0].before, "Vũ Đình Hòe", pieces[0].after),)
    assert made[2].pieces == (("", "Trần Công Tường", ""),) and made[2].see == (1,)


def test_columns_fill_the_page_and_dates_stay_whole() -> None:
    told = (Row(("30/12/1945", "lời dài " * 60), (1,)), Row(("1946", "x" * 5000), (2,)))
    table = Table(None, ("Ngày", "Nội dung"), told)
    widths = shares(table, 9071)
    assert sum(widths) == 9071 and len(widths) == 3
    assert 9071 * 10 / 96 < widths[0] < widths[1]


def test_every_word_of_the_formats_is_in_both_languages() -> None:
    for row in rows("format_words"):
        assert row["vi"] and row["en"], row["key"]
        assert set(regex.findall(r"\{\w+\}", row["vi"])) == set(regex.findall(r"\{\w+\}", row["en"])), row["key"]


def test_a_history_numbers_its_notes_in_reading_order() -> None:
    from outputs.history import history
    from outputs.history.word import _citations

    cited = list(dict.fromkeys(_citations(history(school_base(), topic=TOPIC, anniversary="1945-09-08", year=2025))))
    assert cited == sorted(cited)


@pytest.mark.parametrize("form", FORMATS)
def test_a_finished_file_that_claims_more_than_its_notes_is_refused(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number is put into the file behind the draft's back: the draft was checked, the file is too."""
    if form == "pdf":
        needs_weasyprint()
    from outputs.history import formats, history

    with school_base() as base:
        draft = history(base, topic=TOPIC, anniversary="1945-09-08", year=2025)
    assert write_history(draft, form)
    first = draft.sections[0]
    planted = Sentence("Tổng cộng 98.765 học viên.", "", "", draft.sections[0].paragraphs[0][0].notes)
    false = replace(draft, sections=(replace(first, paragraphs=((planted,),)), *draft.sections[1:]))
    make = formats.FORMATS[form]
    monkeypatch.setitem(formats.FORMATS, form, lambda _: make(false))
    with pytest.raises(UnsupportedClaims) as refused:
        write_history(draft, form)
    assert refused.value.form == form
    assert [one.claim for one in refused.value.unsupported] == ["98.765"]
    assert "98.765" in refused.value.unsupported[0].statement


def test_a_chart_shows_what_a_table_has() -> None:
    from outputs.history.finished import check_file

    table = Table(LINE.title, ("Kỳ", "Nguồn ghi"), (Row(("1946", "1.200 lớp"), (1,)),))
    good = replace(LINE, points=LINE.points[:1])
    made = replace(sample(), sections=(Section("Kết quả", "ket-qua", tables=(table,), charts=(good,)),))
    check_file(made, "html", b"<p>1.200</p>")
    other = replace(good, points=(replace(good.points[0], written="1.300"),))
    with pytest.raises(UnsupportedClaims):
        check_file(replace(made, sections=(replace(made.sections[0], charts=(other,)),)), "html", b"<p>1.200</p>")


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_history_of_a_fact_base_is_the_same_bytes_each_time(form: str) -> None:
    from outputs.history import history

    def made() -> bytes:
        with school_base() as base:
            return write_history(history(base, topic=TOPIC, anniversary="1945-09-08", year=2025), form)

    assert made() == made()


def test_a_quote_told_by_its_ends_parts_no_act_from_its_type() -> None:
    quote = (
        "Theo đó, ngân hàng đã ban hành Thông tư số 15/2009/TT-NHNN ngày 16/11/2009 sửa đổi, bổ sung một số điều của "
        "các văn bản trước đây để triển khai nghị quyết số 02/NQ-CP ngày 7/1/2013 của Chính phủ"
    )
    assert _ends(quote).partition(" … ")[2].startswith(("nghị quyết số", "khai nghị quyết số", "triển khai"))
