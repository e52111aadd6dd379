"""The page of a document: its text unbroken, its facts in place, words of it by their address, pictures of its file."""

from __future__ import annotations

import io
import shutil
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
import regex
from PIL import Image
from starlette.testclient import TestClient

from corpus.document import Document
from extractors.facts import Date, Facts
from outputs.factbase import FactBase
from outputs.web.reading import PART, parts
from pipeline.run import Options as BuildOptions
from pipeline.run import build
from tests.outputs.small_base import add, fact
from tests.web.conftest import Entered, said

PARAGRAPH = regex.compile(r"<p>(.*?)</p>", regex.S)


def text_of(html: str) -> str:
    """What a browser shows of the text: paragraphs are its lines."""
    inside = html.partition('<div class="text"')[2].partition(">")[2].partition("</div>")[0]
    return "\n".join(unescape(regex.sub(r"<[^>]*+>", "", line)) for line in PARAGRAPH.findall(inside))


def opened(html: str) -> list[tuple[str, str]]:
    """Links of the text: their words and addresses."""
    found = regex.findall(r'<a class="f [^"]*"[^>]*? href="([^"]+)"[^>]*>(.*?)</a>', html)
    return [(unescape(words), unescape(address)) for address, words in found if address.startswith("/fact/")]


def test_every_text_is_whole(room: TestClient, facts: Path) -> None:
    with FactBase.open(facts) as base:
        for document, text in base.db.execute("SELECT id, text FROM document"):
            assert text_of(room.get(f"/document/{document}").text) == text, document


def test_every_fact_of_a_text_can_be_opened(room: TestClient, facts: Path) -> None:
    """The pieces that open a fact are words of it; one that lies under others is named on their pages."""
    with FactBase.open(facts) as base:
        (document,) = base.db.execute("SELECT document_id FROM outcome WHERE input LIKE '%2014-lam-viec%'").fetchone()
        rows = {row["id"]: row["quote"] for row in base.db.execute(
            "SELECT m.id, m.quote FROM mention m JOIN document d ON d.key = m.document WHERE d.id = ?", (document,))}
    page = room.get(f"/document/{document}").text
    links = [(words, address.removeprefix("/fact/")) for words, address in opened(page)]
    assert links
    assert all(words in rows[mention] for words, mention in links)
    shown = {mention for _, mention in links}
    named = {mention for one in shown for mention in regex.findall(r"/fact/([\w-]+)", room.get(f"/fact/{one}").text)}
    assert shown | named >= rows.keys()


def test_an_address_points_at_words(room: TestClient, facts: Path) -> None:
    with FactBase.open(facts) as base:
        row = base.db.execute(
            "SELECT d.id, m.start, m.end, m.quote FROM mention m JOIN document d ON d.key = m.document "
            "WHERE m.kind = 'event' AND length(m.quote) > 40").fetchone()
    html = room.get(f"/document/{row['id']}", params={"at": f"{row['start']}-{row['end']}"}).text
    assert html.count('id="at"') == 1
    inside = regex.findall(r'<(?:a|span) class="[^"]*\bat\b[^"]*"[^>]*>(.*?)</(?:a|span)>', html)
    assert unescape("".join(inside)) == row["quote"]


@pytest.mark.parametrize("at", [
    "5", "9-5", "5-5", "0-99999999", "-1-5", "a-b", "1-2-3", "٣-٩", f"{'1' * 50}-{'2' * 50}",
])
def test_a_place_that_is_none_is_told(room: TestClient, facts: Path, at: str) -> None:
    with FactBase.open(facts) as base:
        (document,) = base.db.execute("SELECT id FROM document").fetchone()
    answer = room.get(f"/document/{document}", params={"at": at})
    assert answer.status_code == 400
    assert "at=120-180" in said(answer.text)


def test_kinds_can_be_left_unmarked(room: TestClient, facts: Path) -> None:
    with FactBase.open(facts) as base:
        (document,) = base.db.execute(
            "SELECT d.id FROM document d JOIN mention m ON m.document = d.key "
            "GROUP BY d.key HAVING count(DISTINCT m.kind) > 3").fetchone()
    page = f"/document/{document}"
    whole, some = room.get(page).text, room.get(page, params={"hide": ["date", "event"]}).text
    assert text_of(whole) == text_of(some)
    assert 'class="f date' in whole.partition('class="text"')[2]
    assert not regex.search(r'class="f [^"]*\b(?:date|event)\b', some.partition('class="text"')[2])
    assert 'class="off"' in some


def test_an_unknown_document_is_told(room: TestClient) -> None:
    for path in ("/document/khong-co", "/document/a/b/c.txt#3", "/document/"):
        answer = room.get(path.replace("#", "%23"))
        assert answer.status_code == 404
        assert "Hãy tìm" in said(answer.text) or "tìm theo" in said(answer.text)


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A document of one line of 5 MB, and one of many lines, with a date at the end of each."""
    path = tmp_path / "long.db"
    line = "chữ và chữ; " * 420_000 + "ngày 19/7/1946"
    lines = "Một dòng của văn bản dài.\n" * 10_000 + "ngày 2/9/1945"
    with FactBase.create(path) as base:
        for name, text, day in (("line", line, "ngày 19/7/1946"), ("lines", lines, "ngày 2/9/1945")):
            made = fact(Date, text, day, type="date", edtf="1946-07-19")
            base.add(Document(id=name, path=f"{name}.txt", sha256="0", text=text), Facts([made]))
    return path


def test_long_documents_have_pages(long: Path, entered: Entered) -> None:
    reader = entered(long)
    for name in ("line", "lines"):
        with FactBase.open(long) as base:
            text, start = base.db.execute(
                "SELECT d.text, m.start FROM document d JOIN mention m ON m.document = d.key WHERE d.id = ?", (name,)
            ).fetchone()
        begins = parts(text)
        assert [0, *begins][-1] > len(text) - 2 * PART
        first, last = (reader.get(f"/document/{name}", params={"page": page}) for page in (1, len(begins)))
        assert text_of(first.text) == text[:begins[1]]
        assert text_of(last.text) == text[begins[-1]:]
        assert len(first.content) < 400_000
        found = reader.get(f"/document/{name}", params={"at": f"{start}-{start + 5}"})
        assert text_of(found.text) == text_of(last.text)
        assert reader.get(f"/document/{name}", params={"page": len(begins) + 1}).status_code == 404


def test_parts_of_a_text_join(long: Path) -> None:
    for text in ("", "a" * PART, "a" * (PART + 1), "dòng\n" * 30_000, "\n" * 100_000):
        begins = [*parts(text), len(text)]
        assert "".join(text[start:end] for start, end in pairwise(begins)) == text
        assert all(end - start <= PART for start, end in pairwise(begins))


def test_marks_and_ids_that_html_would_read(tmp_path: Path, entered: Entered) -> None:
    path, name = tmp_path / "hostile.db", "a b/<x>&\"?#é.txt"
    text = "<script>alert(1)</script> &amp; {{ 7 * 7 }} ngày 19/7/1946 \x0b\x1b\u202e"
    with FactBase.create(path) as base:
        add(base, name, text, [fact(Date, text, "ngày 19/7/1946", type="date", edtf="1946-07-19")], title="<b>Tên</b>")
    reader = entered(path)
    hit = reader.get("/", params={"q": "alert"}).text
    address = unescape(regex.search(r'href="(/document/[^"]+)"', hit)[1]).partition("#")[0]
    page = reader.get(address)
    assert page.status_code == 200
    assert "<script>alert" not in page.text and "<b>Tên" not in page.text
    shown = text_of(page.text)
    assert shown.startswith("<script>alert(1)</script> &amp; {{ 7 * 7 }} ngày 19/7/1946 ")
    assert len(shown) == len(text)                          # a control character shows as one sign


# -- pictures of the source file ---------------------------------------------------------------------------------------


def letter(facts: Path) -> str:
    with FactBase.open(facts) as base:
        return str(base.db.execute("SELECT id FROM document WHERE path LIKE '%letter.pdf'").fetchone()[0])


def test_the_pages_of_a_pdf_stand_beside_its_text(room: TestClient, facts: Path) -> None:
    page = room.get(f"/document/{letter(facts)}").text
    addresses = regex.findall(r'<img src="([^"]+)"', page)
    assert len(addresses) == 2
    for address in addresses:
        picture = room.get(address)
        assert picture.headers["content-type"] == "image/png"
        image = Image.open(io.BytesIO(picture.content))
        assert image.width == 900
        assert image.getextrema() == (0, 255)               # something is drawn
    assert regex.findall(r'class="sheet" id="(p\d)"', page) == ["p1", "p2"]       # the second begins inside a line
    assert room.get(addresses[0].replace("/1/", "/3/")).status_code == 404
    assert room.get(addresses[0].replace("/1/", "/0/")).status_code == 404


def test_without_the_file_the_text_stands_alone(archive: Path, tmp_path: Path, entered: Entered) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    shutil.copy(archive / "letter.pdf", folder)
    facts = tmp_path / "facts.db"
    build([folder], facts, options=BuildOptions(jobs=1))
    reader, off = entered(facts), entered(facts, pictures=False)
    address = f"/document/{letter(facts)}"
    assert "<img" in reader.get(address).text
    assert "<img" not in off.get(address).text
    assert off.get("/picture/1/letter.pdf").status_code == 404
    (folder / "letter.pdf").write_bytes((folder / "letter.pdf").read_bytes() + b"\n% changed")
    assert reader.get("/picture/1/letter.pdf").status_code == 404
    (folder / "letter.pdf").unlink()
    (folder / "letter.pdf").symlink_to(archive / "letter.pdf")     # out of the folder that was built from
    assert "<img" not in reader.get(address).text
    assert reader.get("/picture/1/letter.pdf").status_code == 404


def test_only_files_of_the_fact_base_are_drawn(room: TestClient) -> None:
    for path in ("/picture/1/etc/passwd", "/picture/1//etc/passwd", "/picture/1/records/lich-su.jsonl"):
        assert room.get(path).status_code == 404
