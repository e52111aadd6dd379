"""A build after the program changed: only what other readers or extractors would see is done again."""

import json
from dataclasses import replace

import pytest

from pipeline import commit, run, stale, work
from tests.pipeline.running import build, export


def test_other_readers_read_everything_anew(archive, tmp_path, monkeypatch):
    build([archive], tmp_path / "f.db")
    monkeypatch.setattr(run, "reading_version", lambda: "other")
    assert build([archive], tmp_path / "f.db").unchanged == 0


def another_program(monkeypatch, kind: str, version: str = "other") -> None:
    """As if the extractor of one kind had changed since."""
    changed = {**commit.current(), kind: version}
    for module in (commit, stale):
        monkeypatch.setattr(module, "current", lambda: changed)
    for module in (run, commit, stale):
        monkeypatch.setattr(module, "program", lambda: f"with {kind} {version}")


def test_a_changed_extractor_is_run_again_and_no_other(archive, tmp_path, monkeypatch):
    build([archive], tmp_path / "f.db")
    before = export(tmp_path / "f.db")
    asked = []
    find = work.extract
    monkeypatch.setattr(work, "walk", lambda *arguments: pytest.fail("read again"))
    monkeypatch.setattr(work, "extract", lambda *given: (asked.append(given[2]), find(*given))[1])
    another_program(monkeypatch, "figure")
    report = build([archive], tmp_path / "f.db")
    assert asked == [("figure",)] * 4 and (report.unchanged, report.again) == (7, 4)
    assert export(tmp_path / "f.db") == before
    asked.clear()
    assert build([archive], tmp_path / "f.db").again == 0 and asked == []


@pytest.mark.parametrize("kind", ["date", "decree", "event"])
def test_what_a_changed_extractor_finds_takes_the_place_of_what_it_found(archive, tmp_path, monkeypatch, kind):
    build([archive], tmp_path / "f.db")
    find = work.extract
    names = {
        "date": ("dates",), "decree": ("decrees", "relations", "participants"), "event": ("events", "participants"),
    }[kind]
    monkeypatch.setattr(work, "extract", lambda *given: replace(find(*given), **dict.fromkeys(names, ())))
    another_program(monkeypatch, kind)
    assert build([archive], tmp_path / "f.db").again == 4
    kinds = {json.loads(line)["kind"] for line in export(tmp_path / "f.db")}
    assert kind not in kinds and {"date", "decree", "event"} - {kind} <= kinds
    monkeypatch.setattr(work, "extract", find)
    another_program(monkeypatch, kind, "mended")
    build([archive], tmp_path / "f.db")
    build([archive], tmp_path / "whole.db")
    assert export(tmp_path / "f.db") == export(tmp_path / "whole.db")


def test_a_document_on_which_an_older_extractor_failed_is_tried_again(archive, tmp_path, monkeypatch):
    find = work.extract
    monkeypatch.setattr(work, "extract", lambda *given: 1 / 0)
    assert build([archive], tmp_path / "f.db").outcomes["failed"] == 7
    monkeypatch.setattr(work, "extract", find)
    another_program(monkeypatch, "event")
    assert build([archive], tmp_path / "f.db").outcomes["done"] == 4
