"""Where a few documents changed, assembly gives what a fresh build would; where none did, nothing is assembled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outputs.exports import export_jsonl
from outputs.factbase import FactBase
from pipeline import assemble
from pipeline.assemble import key_phrases
from pipeline.run import Options, build

TEXTS = {
    "a": "Ngày 12/3/1958, Thủ tướng Phạm Văn Đồng yêu cầu Bộ Thủy lợi kiểm tra các tuyến đê trước ngày 30/4/1958. "
         "Bộ Thủy lợi đã lập đoàn kiểm tra đê. Đê ở nhiều nơi đã yếu.",
    "b": "Căn cứ Nghị định số 12/1957/NĐ-CP, ngày 5/9/1957 Bộ trưởng Vũ Đình Hòe dự hội nghị tư pháp toàn quốc tại "
         "Hà Nội. Năm 1957, toàn ngành thụ lý 1.250 vụ án; năm 1956 thụ lý 1.100 vụ án.",
    "c": "Sáng 5/9/1957, hội nghị tư pháp toàn quốc khai mạc tại Hà Nội, Bộ trưởng Vũ Đình Hòe đến dự. "
         "Thủ tướng Phạm Văn Đồng yêu cầu Bộ Thủy lợi kiểm tra các tuyến đê. Các tuyến đê phải được kiểm tra.",
    "d": "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thi hành án. Sắc lệnh 130/SL thay thế Sắc lệnh "
         "số 13/SL. Bộ trưởng Vũ Đình Hòe đề nghị các tòa án báo cáo kết quả. Bộ trưởng Vũ Đình Hòe đề nghị tòa án "
         "báo cáo kết quả.",
}
OTHER = "Ngày 20/7/1946, Bộ trưởng Vũ Đình Hòe yêu cầu các tòa án thi hành Sắc lệnh số 130/SL trước ngày 1/9/1946."


def write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        record = {"id": name, "title": f"Bài {name}", "date": "1958-05-01", "text": text}
        (folder / f"{name}.jsonl").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def read(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every view for readers, which hold no row numbers, and the export."""
    with FactBase.open(path) as base:
        views = [row[0] for row in base.db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'read\\_%' ESCAPE '\\'"
        )]
        found = {
            view: sorted(map(tuple, base.db.execute(f"SELECT * FROM {view}")), key=repr)
            for view in views if view != "read_outcomes"   # of which times are part
        }
        assert base.count("document_changed") == 0
        return {**found, "export": [(line,) for line in export_jsonl(base)]}


def built(folder: Path, target: Path) -> Path:
    build([folder], target, options=Options(jobs=0))
    return target


def test_a_changed_a_new_and_a_gone_document_give_what_a_fresh_build_gives(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    write(archive, {name: TEXTS[name] for name in "abd"})
    grown = built(archive, tmp_path / "grown.db")
    before = read(grown)
    write(archive, {"c": TEXTS["c"], "b": OTHER})
    (archive / "d.jsonl").unlink()
    built(archive, grown)
    assert read(grown) == read(built(archive, tmp_path / "fresh.db"))
    assert read(grown) != before
    assert read(grown)["read_links"] and before["read_links"]


def test_only_changed_documents_are_linked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"
    write(archive, {name: TEXTS[name] for name in "abd"})
    target = built(archive, tmp_path / "facts.db")
    linked: list[str] = []
    link = assemble.assemble_links

    def noted(db) -> None:  # type: ignore[no-untyped-def]
        linked.extend(
            row[0] for row in db.execute("SELECT d.id FROM document_changed c JOIN document d ON d.key = c.document")
        )
        link(db)

    monkeypatch.setattr(assemble, "assemble_links", noted)
    write(archive, {"c": TEXTS["c"]})
    built(archive, target)
    assert linked == ["c"]
    built(archive, target)
    assert linked == ["c"]   # nothing changed: nothing is assembled
    monkeypatch.setattr("pipeline.assemble.assembly_version", lambda: "another")
    monkeypatch.setattr("pipeline.run.assembly_version", lambda: "another")
    built(archive, target)
    assert sorted(linked) == ["a", "b", "c", "c", "d"]   # another program makes all of it anew


def test_what_one_document_decides_is_made_when_it_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(base: FactBase, **said: object) -> None:
        raise RuntimeError("stopped before assembly")

    write(tmp_path / "archive", TEXTS)
    monkeypatch.setattr(assemble, "assemble", stop)
    with pytest.raises(RuntimeError, match="stopped"):
        built(tmp_path / "archive", tmp_path / "facts.db")
    with FactBase.create(tmp_path / "facts.db") as base:
        assert base.count("document_changed") == base.count("event") == 0
        assert base.count("event_said") == base.count("event_fact") > 0
        assert base.count("fact_link") > 0


def test_key_phrases_of_the_same_sample_are_looked_for_once(tmp_path: Path) -> None:
    with FactBase.create(tmp_path / "facts.db") as base:
        first = key_phrases.key_phrases_once(base.db)
        base.set_meta("key_phrases", key_phrases.kept(first[0], ("vỡ đê",)))
        assert key_phrases.key_phrases_once(base.db) == (first[0], ("vỡ đê",))
        base.set_meta("key_phrases", key_phrases.kept("another sample", ("vỡ đê",)))
        assert key_phrases.key_phrases_once(base.db) == first


def test_another_process_beside_assembles_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"
    write(archive, TEXTS)
    target = built(archive, tmp_path / "facts.db")
    alone = read(target)
    asked: list[str] = []
    beside = assemble.made_beside

    def noted(step: str, *paths: str) -> str | None:
        answer: str | None = beside(step, *paths)
        asked.append(step if answer is not None else "nothing")
        return answer

    monkeypatch.setattr(assemble, "made_beside", noted)
    with FactBase.create(target) as base:
        assemble.assemble(base, beside=True)
        assemble.assemble(base, beside=True)   # the file of the first time is let go
    assert read(target) == alone and asked == ["acts", "topics"] * 2
    monkeypatch.setattr(assemble, "made_beside", lambda *paths: None)
    with FactBase.create(target) as base:
        assemble.assemble(base, beside=True)   # it ended without an answer
    assert read(target) == alone
    assert alone["read_decrees"] and alone["read_events"]
