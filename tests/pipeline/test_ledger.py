"""The ledger: which file is which, whatever roots it is met below, and what is still the same."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from outputs.factbase import FactBase
from pipeline import commit, run, signatures, work
from pipeline.run import Options, Report
from pipeline.run import build as run_build

LAW = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự."
DECREE = "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thể thức thi hành án."


@pytest.fixture
def target(tmp_path) -> Path:
    return tmp_path / "out.db"


@pytest.fixture
def kho(tmp_path) -> Path:
    folder = tmp_path / "kho"
    write(folder / "1946" / "a.txt", DECREE)
    write(folder / "b.txt", LAW)
    return folder


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """Names of the files that are read."""
    names: list[str] = []
    walk = work.walk
    monkeypatch.setattr(work, "walk", lambda item, *rest: (names.append(item.name), walk(item, *rest))[1])
    return names


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build(target: Path, *inputs: Path | str, **options: object) -> Report:
    report = run_build(inputs, target, options=replace(Options(jobs=0), **options))  # type: ignore[arg-type]
    assert report.found == sum(report.outcomes.values())
    return report


def outcomes(target: Path) -> dict[str, tuple[str, str | None]]:
    with FactBase.open(target) as base:
        return {name: (one.status, one.reason) for name, one in base.outcomes().items()}


# Hidden files and those of systems and of ours


def test_what_is_passed_over_is_an_outcome(kho, target, read):
    write(kho / ".git" / "x.txt", LAW)
    write(kho / "1946" / "Thumbs.db", "x")
    report = build(target, kho)
    assert report.outcomes == {"done": 2, "skipped": 2} and report.found == 4
    assert outcomes(target)[".git"] == ("skipped", "hidden")
    assert outcomes(target)["1946/Thumbs.db"] == ("skipped", "system-file")
    assert sorted(read) == ["1946/a.txt", "b.txt"]
    with FactBase.open(target) as base:
        assert {row["stage"] for row in base.db.execute("SELECT stage FROM outcome WHERE status = 'skipped'")} == {
            "scan"
        }
    assert build(target, kho).unchanged == 4


def test_what_is_passed_over_in_a_container_is_an_outcome_too(kho, target):
    with zipfile.ZipFile(kho / "bo.zip", "w") as container:
        container.writestr("c.txt", "Một tin trong tệp nén.")
        for name in ("._c.txt", "b/._d.txt"):
            container.writestr(f"__MACOSX/{name}", "x")
    assert build(target, kho).outcomes == {"done": 3, "skipped": 1}
    assert outcomes(target)["bo.zip#__MACOSX"] == ("skipped", "system-file")
    assert build(target, kho).unchanged == 4
    assert build(target, retry=True).outcomes == {"done": 3, "skipped": 1}


def test_a_file_that_is_hidden_takes_its_facts_with_it_and_gives_them_back(kho, target):
    build(target, kho)
    (kho / "1946").rename(kho / ".1946")
    assert build(target, kho).outcomes == {"done": 1, "skipped": 1}
    (kho / ".1946").rename(kho / "1946")
    assert build(target, kho).outcomes == {"done": 2}
    assert outcomes(target).keys() == {"1946/a.txt", "b.txt"}


def test_a_fact_base_inside_its_archive_is_no_input_to_read(kho):
    target = kho / "f.db"
    for _ in range(2):
        report = build(target, kho)
        assert report.outcomes["done"] == 2 and set(report.reasons) == {"own-file"}
        assert outcomes(target)["f.db"] == ("skipped", "own-file")
    assert report.unchanged == report.found


# Roots


def test_two_roots_of_one_name_have_files_of_two_names(tmp_path, target):
    for top in ("x", "y", "z"):
        write(tmp_path / top / "kho" / "a.txt", f"Một tin của {top}.")
    build(target, *(tmp_path / top / "kho" for top in "xyz"))
    assert outcomes(target).keys() == {"a.txt", "kho/a.txt", "kho@3/a.txt"}
    assert build(target, tmp_path / "y" / "kho").unchanged == 1


@pytest.mark.parametrize("order", [("kho", "kho/1946"), ("kho/1946", "kho")])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_file_is_one_input_whichever_root_it_is_met_below(kho, target, order, at_once):
    inputs = [kho.parent / name for name in order]
    for given in [inputs] if at_once else [[one] for one in inputs]:
        build(target, *given)
    assert sorted(status for status, _ in outcomes(target).values()) == ["done", "done"]
    assert build(target, kho).unchanged == 2


def test_a_file_that_was_given_and_then_its_folder(kho, target):
    build(target, kho / "1946" / "a.txt")
    build(target, kho / "1946")
    assert outcomes(target).keys() == {"a.txt"}
    build(target, kho)
    assert outcomes(target).keys() == {"a.txt", "b.txt"}
    (kho / "1946" / "a.txt").unlink()
    assert build(target, kho).retired == 1


def test_a_file_given_alone_retires_none_of_its_neighbours(kho, target):
    write(kho / "c.txt", "Một tin.")
    build(target, kho)
    assert build(target, kho / "b.txt").retired == 0
    assert len(outcomes(target)) == 3


def test_a_root_given_another_name_is_the_same_root(kho, target, monkeypatch):
    monkeypatch.setattr(signatures, "_YOUNG", float("-inf"))
    build(target, kho)
    kho.rename(kho.with_name("kho-luu-tru"))
    report = build(target, kho.with_name("kho-luu-tru"))
    assert report.unchanged == report.found == 2
    assert outcomes(target).keys() == {"1946/a.txt", "b.txt"}


def test_a_disk_that_is_not_there_is_not_another_folder_of_its_name(kho, tmp_path, target, monkeypatch):
    monkeypatch.setattr(signatures, "_YOUNG", float("-inf"))
    build(target, kho)
    kho.rename(tmp_path / "away")
    write(tmp_path / "khac" / "kho" / "c.txt", "Một tin hoàn toàn khác.")
    assert build(target, tmp_path / "khac" / "kho").retired == 0
    assert outcomes(target).keys() == {"1946/a.txt", "b.txt", "c.txt"}


def test_a_name_that_is_not_utf8_is_read_and_kept(tmp_path, target):
    folder = tmp_path / "kho"
    folder.mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xe0i.txt")).write_text(LAW, encoding="utf-8")
    assert build(target, folder).outcomes == {"done": 1}
    assert outcomes(target).keys() == {"b\\xe0i.txt"}
    assert build(target, folder).unchanged == 1


# What has changed


def test_a_file_that_changes_while_it_is_read_is_read_again(kho, target, monkeypatch):
    monkeypatch.setattr(signatures, "_YOUNG", float("-inf"))
    before = (kho / "b.txt").read_text(encoding="utf-8")
    walk = work.walk

    def changing(item, *rest):
        if item.name == "b.txt":
            write(kho / "b.txt", "Ngày 23/5/2014, hội nghị khai mạc.")
        return walk(item, *rest)

    monkeypatch.setattr(work, "walk", changing)
    build(target, kho)
    monkeypatch.setattr(work, "walk", walk)
    write(kho / "b.txt", before)   # the bytes that were hashed, but not those that were read
    build(target, kho)
    with FactBase.open(target) as base:
        assert [row["text"] for row in base.db.execute("SELECT text FROM document WHERE id = 'b.txt'")] == [LAW]


def test_what_could_not_be_read_is_tried_in_every_run(kho, target):
    link = kho / "c.txt"
    link.symlink_to(kho / "b.txt")
    assert build(target, kho).outcomes == {"done": 2, "failed": 1}
    assert build(target, kho).unchanged == 2
    link.unlink()
    write(link, "Một tin.")
    assert build(target, kho).outcomes == {"done": 3}


def test_another_mapping_of_columns_reads_its_files_anew_and_no_others(kho, target, read):
    write(kho / "tin" / "t.csv", "ma,loi\n1,Một tin đã đăng.\n2,Một tin khác.\n")
    build(target, kho)
    read.clear()
    write(kho / "tin" / "sulieu-columns.tsv", "field\tcolumn\ntext\tloi\n")
    build(target, kho)
    assert read == ["tin/t.csv"] and outcomes(target)["tin/t.csv#1"] == ("done", None)
    assert "tin/t.csv" not in outcomes(target)
    read.clear()
    assert build(target, kho).unchanged == 4 and read == []
    write(kho / "tin" / "sulieu-columns.tsv", "field\tcolumn\tfiles\ntext\tloi\t*.jsonl\n")
    build(target, kho)
    assert read == ["tin/t.csv"]


def test_what_fails_again_in_the_same_way_is_not_tried_by_the_same_program_again(kho, target, read, monkeypatch):
    monkeypatch.setattr(work, "extract", lambda *given: 1 / 0)
    build(target, kho)
    for module in (run, commit):
        monkeypatch.setattr(module, "program", lambda: "another")
    build(target, kho)
    read.clear()
    assert build(target, kho).unchanged == 2 and read == []


# Retry and prune


def test_retry_reads_no_file_that_is_new(kho, target, read):
    write(kho / "rong.txt", "")
    build(target, kho / "rong.txt")
    read.clear()
    assert build(target, retry=True).found == 1
    assert read == ["rong.txt"]
    assert build(target, kho, retry=True).found == 1
    assert build(target, kho).found == 3


def test_retry_goes_on_with_a_run_that_was_stopped(kho, target, read, monkeypatch):
    find = work.extract

    def stopped(document, *rest):
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "extract", stopped)
    with pytest.raises(KeyboardInterrupt):
        build(target, kho)
    monkeypatch.setattr(work, "extract", find)
    assert build(target, retry=True).outcomes == {"done": 2}


def test_a_root_that_is_gone_does_not_stop_a_retry(kho, tmp_path, target):
    write(tmp_path / "khac" / "rong.txt", "")
    build(target, kho, tmp_path / "khac")
    kho.rename(tmp_path / "away")
    assert build(target, retry=True).found == 1
    assert len(outcomes(target)) == 3


def test_every_run_is_told(kho, target):
    build(target, kho)
    build(target, kho)
    with sqlite3.connect(target) as db:
        rows = db.execute("SELECT found, unchanged, ended IS NOT NULL FROM run ORDER BY key").fetchall()
    assert rows == [(2, 0, 1), (2, 2, 1)]
