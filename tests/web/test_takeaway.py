"""What readers take away: citations that other programs read, lists in which nothing runs."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest
import regex
from starlette.testclient import TestClient

from outputs.web.citing import Work, bibtex, csl
from outputs.web.pages.lists import LISTS
from outputs.web.takeaway import table
from outputs.workbook import Column

WORK = Work(
    id="bai-1", kind="news", title="80 năm Sắc lệnh số 130: {vốn} 5% & $10 #1 a_b ~ ^ \\x", author="Nguyễn Văn A",
    source="Báo Pháp luật", date="2026-07-19", number=None, url="https://x.vn/a%20b_{c}#d", place="tin.jsonl#3",
)


def balanced(text: str) -> bool:
    """Braces as BibTeX counts them: each, also behind a backslash."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def test_bibtex_keeps_vietnamese_and_escapes_what_tex_reads() -> None:
    entry = bibtex(WORK)
    assert entry.startswith("@article{bai-1,\n")
    assert r"title = {{80 năm Sắc lệnh số 130: \textbraceleft{}vốn\textbraceright{} 5\% \& \$10 \#1 a\_b" in entry
    assert r"\textasciitilde{} \textasciicircum{} \textbackslash{}x}}" in entry
    assert "author = {{Nguyễn Văn A}}" in entry             # one name: nobody knows which part is the surname
    assert ("year = {2026}" in entry, "month = {7}" in entry, "day = {19}" in entry) == (True, True, True)
    assert r"url = {https://x.vn/a\%20b_%7Bc%7D\#d}" in entry
    assert balanced(entry)
    assert "urldate" not in entry and "accessed" not in entry


@pytest.mark.parametrize("title", ["{", "}", "}{", "\\", "a\nb", "{{{", "@article{x,", "", "\x00"])
def test_bibtex_stays_one_entry(title: str) -> None:
    entry = bibtex(Work(**{name: getattr(WORK, name) for name in Work.__slots__} | {"title": title, "source": title}))
    assert balanced(entry)
    assert len(regex.findall(r"^@", entry, regex.M)) == 1
    assert entry.count("\n") == len(regex.findall(r"^(?:@|  \w+ = |\})", entry, regex.M))


@pytest.mark.parametrize(("date", "issued"), [
    ("1946-07-19", {"date-parts": [[1946, 7, 19]]}), ("1946-07", {"date-parts": [[1946, 7]]}),
    ("1946", {"date-parts": [[1946]]}), ("2015/2020", {"date-parts": [[2015], [2020]]}),
    ("194X", {"literal": "194X"}), ("1946-21", {"literal": "1946-21"}), ("1946?", {"literal": "1946?"}),
    ("1993/..", {"literal": "1993/.."}), (None, None),
])
def test_csl_dates_are_as_precise_as_the_source(date: str | None, issued: object) -> None:
    item = csl(Work(**{name: getattr(WORK, name) for name in Work.__slots__} | {"date": date}))
    assert item.get("issued") == issued
    assert item["author"] == [{"literal": "Nguyễn Văn A"}]
    assert "accessed" not in item


def test_what_the_source_does_not_state_is_left_out() -> None:
    bare = Work(id="công văn/số 1.pdf", kind="notice", title=None, author=None, source=None, date=None, number=None,
                url=None, place="công văn/số 1.pdf")
    assert set(csl(bare)) == {"id", "type", "note", "language"}
    assert regex.findall(r"^  (\w+)", bibtex(bare), regex.M) == ["note"]
    assert regex.fullmatch(r"cong-van-so-1\.pdf-[0-9a-f]{8}", bare.key)
    assert Work(**{name: getattr(bare, name) for name in Work.__slots__} | {"id": "…"}).key.startswith("sulieu-")


def test_a_fact_is_cited_with_its_words_and_place(room: TestClient) -> None:
    page = room.get("/", params={"q": "thi hanh an", "kind": "event"}).text
    fact = regex.search(r'/fact/([\w-]+)', page)[1]
    whole = room.get(f"/fact/{fact}?as=json").json()
    entry = room.get(f"/fact/{fact}?as=bibtex")
    assert entry.headers["content-type"].startswith("application/x-bibtex")
    assert f"ký tự {whole['start']}–{whole['end']}" in entry.text
    (item,) = room.get(f"/fact/{fact}?as=csl").json()
    assert whole["quote"] in item["note"]
    shown = room.get(f"/fact/{fact}").text
    assert "ký tự" in shown.partition('<pre class="citation"')[2]
    annotation = room.get(f"/fact/{fact}?as=annotation").json()
    assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert annotation["target"]["selector"][0]["exact"] == whole["quote"]
    assert annotation["target"]["selector"][1]["start"] == whole["start"]


def test_a_document_is_cited_and_annotated(room: TestClient, facts: object) -> None:
    document = json.loads(room.get("/api/search?q=thi+hanh+an&limit=1").text)["hits"][0]["document"]
    assert room.get(f"/document/{document}?as=bibtex").text.startswith("@")
    assert room.get(f"/document/{document}?as=csl").json()[0]["language"] == "vi"
    page = room.get(f"/document/{document}?as=annotation").json()
    assert page["type"] == "AnnotationPage"
    marks = {one["id"] for one in room.get(f"/api/document/{document}").json()["facts"]}
    assert marks <= {one["id"].removeprefix("urn:sulieu:") for one in page["items"]}


def test_results_as_csv_excel_and_json_are_the_same(room: TestClient) -> None:
    asked = {"q": "thi hành án", "kind": "event"}
    answers = {form: room.get("/", params=asked | {"as": form}) for form in ("csv", "xlsx", "json")}
    for form, answer in answers.items():
        assert f'filename="sulieu.{form}"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answers["csv"].content.decode("utf-8-sig"))))
    listed = answers["json"].json()
    sheet = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content)).worksheets[0]
    quotes = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row["quote"] for row in rows] == [row["quote"] for row in listed] == quotes
    total = room.get("/api/search", params=asked | {"limit": 1}).json()["total"]
    assert len(rows) == total > 3


def test_no_cell_runs() -> None:
    rows = [{"a": words, "n": 5} for words in ("=1+1", "+1", "-1", "@x", "\t=1", "=HYPERLINK(\"http://x\")", "thường")]
    columns = (Column("a", "a"), Column("n", "n", "count"))
    text = bytes(table("x", columns, rows, "csv").body).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(text))]
    assert all(cell.startswith("'") for cell in cells[1:-1]) and cells[-1] == "thường"
    book = openpyxl.load_workbook(io.BytesIO(bytes(table("x", columns, rows, "xlsx").body)))
    assert {cell.data_type for cell in book.worksheets[0]["A"]} == {"s"}
    assert [cell.value for cell in book.worksheets[0]["B"]][1:] == [5] * 7
    assert json.loads(bytes(table("x", columns, rows, "json").body)) == rows


@pytest.mark.parametrize("path", ["/?q=an&as=zip", "/document/{}?as=csv", "/fact/x?as=../x"])
def test_a_form_that_there_is_not(room: TestClient, path: str) -> None:
    document = room.get("/api/search?q=an&limit=1").json()["hits"][0]["document"]
    assert room.get(path.format(document)).status_code in (400, 404)


@pytest.mark.parametrize("name", LISTS)
def test_lists_can_be_taken_whole(room: TestClient, name: str) -> None:
    page = room.get(f"/{name}").text
    answers = {form: room.get(f"/list/{name}?as={form}") for form in ("csv", "xlsx", "json")}
    for form, answer in answers.items():
        assert f"/list/{name}?as={form}" in page
        assert answer.status_code == 200
        assert f'filename="sulieu-{name}.{form}"' in answer.headers["content-disposition"]
    listed = answers["json"].json()
    assert listed
    assert len(list(csv.reader(io.StringIO(answers["csv"].content.decode("utf-8-sig"))))) == len(listed) + 1
    sheet = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content)).worksheets[0]
    assert sheet.max_row == len(listed) + 1


def test_a_list_that_there_is_not(room: TestClient) -> None:
    assert room.get("/list/sqlite_master").status_code == 404
