"""Exports: one order, the same bytes, every field, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from extractors.facts import KINDS, Directive, Fact, Figure, Official
from outputs.exports import _OF_DOCUMENT, export_csv, export_jsonl, export_webannotation, export_xlsx, harmless
from outputs.factbase import FactBase
from outputs.factbase.rows import EXPORTED, FIELDS, table_of
from outputs.words import rows
from outputs.workbook import Column, Workbook, exact, excel_day
from tests.outputs.small_base import LETTER, ORDER, add, fact, letter_facts, order_facts, small_base

COUNTS = "Có 10 đến 12 triệu người, đạt 80,71%, đứng thứ 8/63, thiếu 1,5 tấn."


def count_facts() -> list[Fact]:
    """A range, a percentage, a rank, and a number that no binary fraction holds."""
    return [
        fact(Figure, COUNTS, "10 đến 12 triệu người", value=(Decimal("1e7"), Decimal("1.2e7")), unit="người"),
        fact(Figure, COUNTS, "80,71%", value=Decimal("80.71"), unit="%"),
        fact(Figure, COUNTS, "thứ 8/63", value=Decimal(8), of=Decimal(63), role="rank"),
        fact(Figure, COUNTS, "1,5 tấn", value=Decimal("1.50"), unit="tấn", role="gap"),
    ]


def test_json_lines_hold_every_field_of_the_kind_and_nothing_else() -> None:
    with small_base() as base:
        lines = [json.loads(line) for line in export_jsonl(base)]
    assert {line["kind"] for line in lines} == set(KINDS)
    for line in lines:
        assert list(line) == ["doc", "kind", "start", "end", "text", *FIELDS[line["kind"]]]
        text = {"order": ORDER, "letter": LETTER}[line["doc"]]
        assert text[line["start"] : line["end"]] == line["text"]


def test_numbers_are_json_numbers_and_ranges_are_lists() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "counts", COUNTS, count_facts())
        figures = [json.loads(line) for line in export_jsonl(base)]
    assert [figure["value"] for figure in figures] == [[10_000_000, 12_000_000], 80.71, 8, 1.5]
    assert [figure["of"] for figure in figures] == [None, None, 63, None]
    assert figures[1]["period"] is None


def test_facts_come_by_document_then_place_then_kind() -> None:
    with small_base() as base:
        keys = [
            (line["doc"], line["start"], line["end"], line["kind"]) for line in map(json.loads, export_jsonl(base))
        ]
    assert keys == sorted(keys)


def test_the_order_in_which_documents_came_makes_no_difference() -> None:
    exports = []
    for identifiers in (("order", "letter"), ("letter", "order")):
        with FactBase.create(":memory:") as base:
            for identifier in identifiers:
                text, facts = {"order": (ORDER, order_facts()), "letter": (LETTER, letter_facts())}[identifier]
                add(base, identifier, text, reversed(facts))
            exports.append(["".join(write(base)) for write in (export_jsonl, export_csv, export_webannotation)])
    assert exports[0] == exports[1]


def test_only_the_kinds_asked_for() -> None:
    with small_base() as base:
        assert {json.loads(line)["kind"] for line in export_jsonl(base, ["date", "event"])} == {"date", "event"}
        with pytest.raises(ValueError, match="no kind of fact"):
            list(export_jsonl(base, ["verse"]))


def test_every_line_is_one_line_to_every_reader() -> None:
    text = "Ông\u2028A\u0085B đến."
    with FactBase.create(":memory:") as base:
        add(base, "odd", text, [fact(Official, text, "A\u0085B", name="A\u0085B", title="Ông\u2028A")])
        lines = list(export_jsonl(base))
    assert "".join(lines).splitlines(keepends=True) == lines
    assert json.loads(lines[0])["name"] == "A\u0085B"


def rows_of(parts: list[str]) -> list[dict[str, str]]:
    """The rows of a CSV export."""
    return list(csv.DictReader(io.StringIO("".join(parts).removeprefix("\ufeff"), newline="")))


def test_csv_opens_in_excel_with_its_marks_and_has_the_columns_of_its_kinds() -> None:
    with small_base() as base:
        one, every = list(export_csv(base, ["official"])), list(export_csv(base))
    assert one[0] == "\ufeffdoc,doc_title,doc_date,kind,start,end,text,name,title,org\r\n"
    assert {row["name"] for row in rows_of(one)} == {"Phạm Văn Đồng", "Vũ Đình Hòe"}
    assert set(rows_of(every)[0]) >= {name for fields in FIELDS.values() for name in fields}


def test_csv_has_both_ends_of_a_range() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "counts", COUNTS, count_facts())
        first, second, *_ = rows_of(list(export_csv(base, ["figure"])))
    assert (first["value"], first["value_high"]) == ("10000000", "12000000")
    assert (second["value"], second["value_high"]) == ("80.71", "")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_run_is_made_harmless(begin: str) -> None:
    words = f'{begin}HYPERLINK("http://example.org";"x")'
    assert harmless(words) == f"'{words}"
    assert harmless(-5) == -5
    assert harmless("thường - thôi") == "thường - thôi"


def test_nothing_runs_in_csv_or_excel_whatever_the_source_says(tmp_path: Path) -> None:
    nasty = "=cmd|' /C calc'!A0"
    facts = [
        fact(Directive, nasty, nasty, force="order", issuer="+1", addressee="@SUM(1)", action="- làm ngay\x00\x07"),
        fact(Figure, nasty, "0", value=Decimal(-5), metric="=1+1", subject="<b>'\"&"),
    ]
    with FactBase.create(":memory:") as base:
        add(base, "=id", nasty, facts, title="@title")
        csv_cells = [cell for row in rows_of(list(export_csv(base))) for cell in row.values()]
        export_xlsx(base, tmp_path / "facts.xlsx")
    assert not [cell for cell in csv_cells if cell.startswith(("=", "+", "@", "\t"))]
    book = openpyxl.load_workbook(tmp_path / "facts.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    words = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in words)
    assert {cell.value for cell in cells} >= {"=id", "+1", "@SUM(1)", -5, "- làm ngay\ufffd\ufffd"}


def test_excel_has_a_sheet_a_kind_and_those_of_what_is_made_of_facts(tmp_path: Path) -> None:
    with small_base() as base:
        export_xlsx(base, tmp_path / "facts.xlsx")
        export_xlsx(base, tmp_path / "dates.xlsx", ["date"])
    book = openpyxl.load_workbook(tmp_path / "facts.xlsx")
    assert book.sheetnames == ["Giới thiệu", *(row["vietnamese"] for row in rows("workbook_sheets"))]
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    assert [row["kind"] for row in rows("workbook_sheets") if row["kind"]] == list(EXPORTED)
    told = {row[0].value: row[2].value for row in book["Giới thiệu"].iter_rows(min_row=2, max_row=13)}
    assert told == {sheet.title: sheet.max_row - 1 for sheet in book.worksheets[1:]}
    assert openpyxl.load_workbook(tmp_path / "dates.xlsx").sheetnames == ["Giới thiệu", "Ngày tháng"]


def test_excel_values_are_typed(tmp_path: Path) -> None:
    with small_base() as base:
        export_xlsx(base, tmp_path / "facts.xlsx", ["date", "figure"])
    book = openpyxl.load_workbook(tmp_path / "facts.xlsx")
    head = [str(cell.value).partition(" / ")[2] for cell in book["Ngày tháng"][1]]
    first = dict(zip(head, (cell.value for cell in book["Ngày tháng"][2]), strict=True))
    assert (first["date"], first["first_day"]) == ("1946-09-05", datetime(1946, 9, 5))
    assert book["Số liệu"]["A2"].value == 1250


@pytest.mark.parametrize(("value", "number"), [
    ("1.50", 1.5), ("2740557200000", 2_740_557_200_000), (12, 12), (0.1, 0.1), ("999999999999999", 10**15 - 1),
    ("1000000000000001", None), ("0.1234567890123456", None), ("1e400", None), ("62/2015", None), ("NaN", None),
])
def test_numbers_that_excel_would_round_stay_text(value: object, number: float | None) -> None:
    assert exact(value) == number


@pytest.mark.parametrize(("value", "day"), [
    ("1946-07-19", date(1946, 7, 19)), ("1900-03-01", date(1900, 3, 1)), ("1900-02-28", None), ("1946-07", None),
    ("2019-02-29", None), ("1946-07-19/..", None), (None, None),
])
def test_only_full_days_that_excel_knows_are_days(value: str | None, day: date | None) -> None:
    assert excel_day(value) == day


def test_excel_files_of_the_same_facts_are_the_same_bytes(tmp_path: Path) -> None:
    with small_base() as base:
        for name in ("one.xlsx", "two.xlsx"):
            export_xlsx(base, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as packed:
        assert b"1980-01-01T00:00:00Z" in packed.read("docProps/core.xml")
        assert {info.date_time[0] for info in packed.infolist()} == {1980}


COLUMNS = [Column("n", "n", "number"), Column("long", "long", width=60), Column("sure", "sure", "yes")]


def test_more_rows_than_a_sheet_holds_go_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.workbook._ROWS", 2)
    with Workbook(tmp_path / "a.xlsx") as book:
        assert book.add("date", COLUMNS, [{"n": n, "long": "x", "sure": n % 2} for n in range(5)]) == 5
    found = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [(sheet.title, sheet.max_row) for sheet in found] == [("date", 3), ("date 2", 3), ("date 3", 2)]
    assert found["date"]["C3"].value is True


def test_what_a_cell_does_not_hold_is_cut_and_stands_whole_in_the_last_sheet(tmp_path: Path) -> None:
    words = "dài 𝄞 " * 12_000
    with Workbook(tmp_path / "a.xlsx") as book:
        book.add("date", COLUMNS, [{"n": 1, "long": words, "sure": 0}])
    found = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cut = found["date"]["B2"].value
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("xem trang “Phần bị cắt”]")
    pieces = list(found["Phần bị cắt"].iter_rows(min_row=2, values_only=True))
    assert [piece[:4] for piece in pieces] == [("date", 2, "long", at) for at in range(1, len(pieces) + 1)]
    assert "".join(piece[4] for piece in pieces) == words


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_workbook_and_runs_nothing_in_it(tmp_path: Path) -> None:
    nasty = "=1+1"
    with FactBase.create(":memory:") as base:
        said = fact(Directive, nasty, nasty, force="order", issuer='=HYPERLINK("http://x";"y")', action="+3+3")
        add(base, "=2+2", nasty, [said])
        export_xlsx(base, tmp_path / "facts.xlsx", ["directive"])
    every_sheet = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1'
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", every_sheet, "--outdir", tmp_path, tmp_path / "facts.xlsx"],
        check=True, capture_output=True, timeout=120,
    )
    (written,) = tmp_path.glob("*Chỉ đạo*.csv")
    cells = [cell for row in csv.reader(written.open(encoding="utf-8")) for cell in row]
    assert {'=HYPERLINK("http://x";"y")', "+3+3", "=2+2", "=1+1"} <= set(cells)
    assert not {"2", "6", "y"} & set(cells)


def test_web_annotations_quote_and_point() -> None:
    with small_base() as base:
        add(base, "làng/thơ?#1", ORDER, order_facts()[:1], url="https://example.org/1")
        page = json.loads("".join(export_webannotation(base)))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) == 12
    (seen,) = (item for item in page["items"] if "via" in item["target"]["source"])
    quote, position = seen["target"]["selector"]
    assert quote == {
        "type": "TextQuoteSelector", "exact": "Ngày 12/3/1958", "prefix": "", "suffix": ORDER[14:46],
    }
    assert position == {"type": "TextPositionSelector", "start": 0, "end": 14}
    sources = {item["target"]["source"]["id"] for item in page["items"]}
    assert "urn:sulieu:document:l%C3%A0ng%2Fth%C6%A1%3F%231" in sources


def test_an_empty_fact_base_gives_empty_exports(tmp_path: Path) -> None:
    with FactBase.create(":memory:") as base:
        assert list(export_jsonl(base)) == []
        assert len(list(export_csv(base))) == 1
        assert json.loads("".join(export_webannotation(base)))["items"] == []
        export_xlsx(base, tmp_path / "empty.xlsx")
    assert openpyxl.load_workbook(tmp_path / "empty.xlsx")["Ngày tháng"].max_row == 1


def test_a_document_costs_what_its_own_facts_cost() -> None:
    with small_base() as base:
        for kind in KINDS:
            plan = base.db.execute(f"EXPLAIN QUERY PLAN {_OF_DOCUMENT.format(table=table_of(kind))}", (1, kind))
            assert "mention_place" in " ".join(row["detail"] for row in plan)
