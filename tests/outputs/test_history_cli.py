"""`sulieu history` and the exports beside it on the command line: what cannot be done is told in a line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.document import Document
from extractors.extract import extract
from outputs.factbase import FactBase
from outputs.history import formats
from outputs.workbook import Column, Workbook
from pipeline.assemble import assemble
from pipeline.cli import main

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} =HYPERLINK(\"x\") "
TEXT = (
    "Ngày 8/9/1945, Chủ tịch Hồ Chí Minh ký Sắc lệnh số 17/SL lập Nha Bình dân học vụ. " + HOSTILE +
    "Ngày 19/7/1946, lớp bình dân học vụ đầu tiên của xã được thành lập. " + "a" * 5_000_000 + "\n"
    "Năm 1947, Bộ trưởng Bộ Tư pháp Vũ Đình Hòe thăm lớp học. Thứ trưởng Bộ Y tế Vũ Đình Hòa cũng đến."
)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fact base of one document that holds what could break a page, in a line of five million letters."""
    path = tmp_path_factory.mktemp("cli") / "facts.db"
    document = Document(id="bai", path="bai.txt", title=f"Bình dân học vụ {HOSTILE}", text=TEXT)
    with FactBase.create(path) as base:
        base.add(document, extract(document))
        assemble(base)
    return path


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error of `sulieu`."""
    monkeypatch.setattr(sys, "argv", ["sulieu", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out, told.err


@pytest.mark.parametrize("form", formats.FORMATS)
def test_hostile_words_and_endless_lines_are_shown_as_words(
    facts: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if form == "pdf":
        pytest.importorskip("weasyprint")
    file = tmp_path / f"h.{form}"
    asked = ("history", facts, "--topic", "bình dân học vụ", "--anniversary", "1945-09-08", "--year", 2025)
    code, _, told = run(monkeypatch, capsys, *asked, "-o", file)
    assert (code, told) == (0, f"→ {file}\n"), told
    assert 0 < file.stat().st_size < 500_000
    if form == "html":
        assert "<script" not in file.read_text("utf-8") and "{{ 7 * 7 }}" in file.read_text("utf-8")


@pytest.mark.parametrize("asked", [
    ("--topic", "đường sắt"), ("--person", "Phạm Văn Đồng"), ("--place", "Cà Mau"), ("--decree", "62/2015/NĐ-CP"),
    ("--topic", "bình dân học vụ", "--from", "1990"),
])
def test_nothing_found_is_a_plain_sentence(
    facts: Path, asked: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, told = run(monkeypatch, capsys, "history", facts, *asked)
    assert (code, told) == (0, "")
    assert "Không tìm thấy tư liệu nào" in out and "[^1]" not in out


def test_a_name_of_several_people_lists_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / "two.db"
    with FactBase.create(facts) as base:
        for name, text in (("a", "Chủ tịch UBND tỉnh An Giang Nguyễn Văn A họp."),
                           ("b", "Giám đốc Sở Y tế tỉnh Lào Cai Nguyễn Văn A họp.")):
            document = Document(id=name, text=text, title=name, path=f"{name}.txt")
            base.add(document, extract(document))
        assemble(base)
    code, out, told = run(monkeypatch, capsys, "history", facts, "--person", "Nguyen Van A")
    assert (code, out) == (2, "") and told.count("--person") >= 2


def test_a_broken_table_of_weights_names_its_line(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "nang.tsv"
    table.write_text("group\tname\tvalue\nlimit\tleaders\tnhiều\n", "utf-8")
    code, out, told = run(monkeypatch, capsys, "history", facts, "--topic", "bình dân học vụ", "--weights", table)
    assert (code, out) == (2, "")
    assert "nang.tsv, dòng 2: cần một tên và một số" in told


@pytest.mark.parametrize("output", ["missing/h.html", ".", "/proc/h.html"])
def test_a_place_that_takes_no_file_is_told(
    facts: Path, tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, told = run(monkeypatch, capsys, "history", facts, "--topic", "học", "-o", tmp_path / output)
    assert code == 2 and "Traceback" not in told


def test_a_refused_file_is_not_written(
    facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make = formats.FORMATS["html"]
    more = "<p>98.765 lớp</p></main>"
    monkeypatch.setitem(formats.FORMATS, "html", lambda one: str(make(one)).replace("</main>", more))
    file = tmp_path / "h.html"
    code, out, told = run(monkeypatch, capsys, "history", facts, "--topic", "bình dân học vụ", "-o", file)
    assert (code, out) == (1, "") and not file.exists()
    assert "tệp html vừa lập bị từ chối" in told and "con số “98.765” trong câu “98.765 lớp”" in told
    assert "Không tệp nào được ghi" in told


def test_a_workbook_that_cannot_be_written_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), Workbook(tmp_path / "missing" / "a.xlsx") as book:
        book.add("Một", [Column("a", "a")], [{"a": "x"}])
