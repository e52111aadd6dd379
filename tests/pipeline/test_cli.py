"""The command line: results on standard output, complaints on standard error, exit codes that scripts rely on."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from pipeline.cli import main

ARTICLE = (
    "Hội nghị về phân loại án\n\n04/07/2018\n"
    "Chiều 2/7, Tổng cục Thi hành án dân sự tổ chức hội nghị tại Hải Phòng.\n"
    "Bộ Tư pháp yêu cầu các Cục Thi hành án dân sự rà soát, phân loại án trước ngày 30/9/2018.\n"
)


@dataclass
class Done:
    """What a run of the program left behind."""

    returncode: int
    stdout: str
    stderr: str


def sulieu(*arguments: object, cwd: Path | None = None) -> Done:
    """Run the command line as its entry point does, within this process: starting one costs a second each."""
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out), redirect_stderr(err), chdir(cwd or Path.cwd()),
        patch.object(sys, "argv", ["sulieu", *map(str, arguments)]),
    ):
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("archive")
    (path / "hoi-nghi.txt").write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def facts(folder, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("out") / "facts.db"
    done = sulieu("build", folder, "-o", target)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "1 xong, 0 lỗi" in done.stderr
    return target


def test_export_quotes_the_text(facts):
    lines = [json.loads(line) for line in sulieu("export", facts).stdout.splitlines()]
    assert {"date", "directive", "event"} <= {line["kind"] for line in lines}
    assert all(ARTICLE[line["start"] : line["end"]] == line["text"] for line in lines)


@pytest.mark.parametrize("query", ["phan loai an", "phân loại án"])
def test_search_with_and_without_marks(facts, query):
    done = sulieu("search", facts, query, "--kind", "directive")
    assert "**phân loại án**" in done.stdout
    assert "hoi-nghi.txt" in done.stdout


def test_search_with_other_marks_finds_nothing(facts):
    assert sulieu("search", facts, "phản loài ăn", "--json").stdout.strip() == "[]"


def test_a_hit_shows_the_days_that_its_source_states_and_no_others(facts):
    shown = sulieu("search", facts, "phân loại án", "--kind", "directive").stdout
    assert "hạn: 2018-09-30" in shown
    assert "tài liệu ngày 2018-07-04" in shown


def test_a_figure_is_found_by_what_it_measures(tmp_path):
    (tmp_path / "a.txt").write_text("Năm 2018, số vụ tai nạn giao thông là 18.736 vụ.", encoding="utf-8")
    sulieu("build", tmp_path / "a.txt", "-o", tmp_path / "f.db")
    assert "18.736 vụ" in sulieu("search", tmp_path / "f.db", "tai nạn", "--kind", "figure").stdout


@pytest.mark.parametrize("command", ["people", "decrees", "figures", "status"])
def test_tables_and_their_json(facts, command):
    assert sulieu(command, facts).returncode == 0
    json.loads(sulieu(command, facts, "--json").stdout)


@pytest.mark.parametrize("form", ["html", "json", "csv", "timelinejs", "ics"])
def test_timeline(facts, form):
    assert "2018" in sulieu("timeline", facts, "--format", form).stdout


@pytest.mark.parametrize("form", ["md", "html"])
def test_history(facts, form, tmp_path):
    done = sulieu("history", facts, "--topic", "thi hành án dân sự", "--format", form, "-o", tmp_path / "history")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "history").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["csv", "webannotation"])
def test_other_exports(facts, form):
    assert "phân loại án" in sulieu("export", facts, "--format", form).stdout


def test_excel_needs_a_name(facts, tmp_path):
    assert sulieu("export", facts, "--format", "xlsx").returncode == 2
    assert sulieu("export", facts, "--format", "xlsx", "-o", tmp_path / "facts.xlsx").returncode == 0
    assert (tmp_path / "facts.xlsx").read_bytes().startswith(b"PK")


def test_extract_and_read_need_no_fact_base(folder):
    file = folder / "hoi-nghi.txt"
    assert json.loads(sulieu("read", file, "--json").stdout)["date"] == "2018-07-04"
    assert {json.loads(line)["kind"] for line in sulieu("extract", file).stdout.splitlines()} >= {"date", "event"}


def test_verify_finds_a_changed_source(facts, folder, tmp_path):
    assert sulieu("verify", facts, folder).returncode == 0
    (tmp_path / "hoi-nghi.txt").write_text("khác", encoding="utf-8")
    assert sulieu("verify", facts, tmp_path).returncode == 3


def test_failed_inputs_end_with_code_3_and_are_named(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rong.txt").write_bytes(b"")
    (tmp_path / "in" / "tot.txt").write_text(ARTICLE, encoding="utf-8")
    assert sulieu("build", tmp_path / "in", "-o", tmp_path / "f.db").returncode == 3
    assert "rong.txt" in sulieu("status", tmp_path / "f.db").stdout


@pytest.mark.parametrize("arguments, says", [
    (["search", "nowhere.db", "án"], "no such fact base"),
    (["build", "nowhere", "-o", "f.db"], "nowhere"),
    (["timeline", "f.db", "--format", "pdf"], "--format"),
    (["unknown"], "unknown"),
    (["timeline", "FACTS", "--from", "hôm qua"], "hôm qua"),
    (["history", "FACTS", "--anniversary", "19/7/1946"], "1946-07-19"),
    (["history", "FACTS", "--topic", "!!!"], "topic"),
    (["search", "FACTS", "("], "no word"),
])
def test_usage_errors_end_with_code_2_and_one_clear_message(arguments, says, facts, tmp_path):
    done = sulieu(*(facts if word == "FACTS" else word for word in arguments), cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_stops_early_is_no_error(facts):
    command = f'"{sys.executable}" -m pipeline export "{facts}" | head -n 1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
