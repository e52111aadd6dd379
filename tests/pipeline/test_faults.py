"""Whatever a document does to the process that works on it: N in, N outcomes out, and the others are done."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import isolated
from outputs.factbase import FactBase, Outcome, RunReason
from pipeline.cell import Limits
from pipeline.run import Options, build

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "run.md").read_text(encoding="utf-8")
LIMITS = Limits(seconds=6.0, memory=512 * 1024**2, work="tests.pipeline.faulty:work")
REASONS = {
    "kill": "killed", "memory": "out-of-memory", "hang": "hung", "segfault": "crashed", "leave": "crashed",
    "broken": "extraction-failed",
}
PADDING = "Một tin dài. " * 30   # a container is read apart from extracting when it is large enough


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    yield
    isolated.close()


def run(archive: Path, target: Path, **options: object) -> dict[str, Outcome]:
    """Build, and the outcome of every input."""
    report = build([archive], target, options=Options(jobs=2, limits=LIMITS, **options))
    with FactBase.open(target) as base:
        outcomes = base.outcomes()
        assert report.found == len(outcomes) == sum(report.outcomes.values())
        stored = {row["id"] for row in base.db.execute("SELECT id FROM document")}
    assert stored == {one.document_id for one in outcomes.values() if one.document_id}
    return outcomes


def faults_of(outcomes: dict[str, Outcome]) -> dict[str, tuple[str | None, str | None]]:
    return {name: (one.stage, one.reason) for name, one in outcomes.items() if one.status != "done"}


def texts(folder: Path, told: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in told.items():
        (folder / name).write_text(f"Tin {name}. {text}", encoding="utf-8")
    return folder


def jsonl(told: list[str], padding: str = "") -> str:
    lines = (json.dumps({"text": f"Tin {n}. {text} {padding}"}, ensure_ascii=False) for n, text in enumerate(told, 1))
    return "\n".join(lines) + "\n"


def zipped(told: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as container:
        for name, text in told.items():
            container.writestr(name, text)
    return data.getvalue()


def test_twenty_faults_in_one_run(tmp_path):
    faults = [*["kill"] * 6, *["segfault"] * 5, *["memory"] * 3, *["leave"] * 3, "hang", *["broken"] * 2]
    told = {f"{n:02}.txt": f"FAULT-{faults[n // 3]}" if n % 3 == 1 else "" for n in range(3 * len(faults))}
    outcomes = run(texts(tmp_path / "kho", told), tmp_path / "f.db")
    assert len(faults) == 20 and len(outcomes) == 60
    expected = {f"{3 * n + 1:02}.txt": ("extract", REASONS[fault]) for n, fault in enumerate(faults)}
    assert faults_of(outcomes) == expected


def test_faults_of_readers(tmp_path):
    faults = ("kill", "hang", "segfault", "memory")
    told = {f"{fault}.txt": f"READ-{fault}" for fault in faults} | {"lanh.txt": "", "z.txt": ""}
    outcomes = run(texts(tmp_path / "kho", told), tmp_path / "f.db")
    assert faults_of(outcomes) == {f"{fault}.txt": ("read", REASONS[fault]) for fault in faults}


@pytest.mark.parametrize("padding", ["", PADDING], ids=["small", "large"])
def test_faults_of_records(tmp_path, padding):
    (tmp_path / "kho").mkdir()
    told = ["FAULT-segfault" if n in (3, 150) else "FAULT-kill" if n == 77 else "" for n in range(1, 201)]
    (tmp_path / "kho" / "tin.jsonl").write_text(jsonl(told, padding), encoding="utf-8")
    outcomes = run(tmp_path / "kho", tmp_path / "f.db")
    assert len(outcomes) == 200
    assert faults_of(outcomes) == {
        "tin.jsonl#3": ("extract", "crashed"), "tin.jsonl#150": ("extract", "crashed"),
        "tin.jsonl#77": ("extract", "killed"),
    }


@pytest.mark.parametrize("padding", ["", PADDING * 40], ids=["small", "large"])
def test_faults_of_readers_on_records(tmp_path, padding):
    told = ["READ-segfault" if n == 3 else "READ-kill" if n == 9 else "" for n in range(1, 13)]
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "tin.jsonl").write_text(jsonl(told, padding), encoding="utf-8")
    outcomes = run(tmp_path / "kho", tmp_path / "f.db")
    assert len(outcomes) == 12
    assert faults_of(outcomes) == {"tin.jsonl#3": ("read", "crashed"), "tin.jsonl#9": ("read", "killed")}


@pytest.mark.parametrize("padding", ["", PADDING * 40], ids=["small", "large"])
def test_faults_of_members(tmp_path, padding):
    inner = zipped({"x.txt": "Tin x.", "y.txt": "Tin y. READ-segfault", "z.txt": "Tin z."})
    (tmp_path / "kho").mkdir()
    (tmp_path / "kho" / "bo.zip").write_bytes(zipped({
        "a.txt": f"Tin a. {padding}", "b.txt": f"Tin b. READ-segfault {padding}", "c.txt": f"Tin c. {padding}",
        "trong.zip": inner, "d.txt": f"Tin d. FAULT-kill {padding}", "e.jsonl": jsonl(["", "FAULT-leave", ""]),
        "g.txt": f"Tin g. READ-kill {padding}", "h.txt": f"Tin h. {padding}",
    }))
    outcomes = run(tmp_path / "kho", tmp_path / "f.db")
    assert faults_of(outcomes) == {
        "bo.zip#b.txt": ("read", "crashed"), "bo.zip#trong.zip#y.txt": ("read", "crashed"),
        "bo.zip#d.txt": ("extract", "killed"), "bo.zip#e.jsonl#2": ("extract", "crashed"),
        "bo.zip#g.txt": ("read", "killed"),
    }
    done = {name for name, one in outcomes.items() if one.status == "done"}
    assert done == {
        "bo.zip#a.txt", "bo.zip#c.txt", "bo.zip#trong.zip#x.txt", "bo.zip#trong.zip#z.txt", "bo.zip#e.jsonl#1",
        "bo.zip#e.jsonl#3", "bo.zip#h.txt",
    }


def test_who_was_killed_from_outside_is_innocent(tmp_path):
    told = {f"{n}.txt": f"FAULT-once={tmp_path / f'once{n}'}" if n % 3 == 1 else "" for n in range(9)}
    told["doc.txt"] = f"READ-once={tmp_path / 'read'}"
    outcomes = run(texts(tmp_path / "kho", told), tmp_path / "f.db")
    assert len(outcomes) == 10 and faults_of(outcomes) == {}
    assert {path.name for path in tmp_path.glob("once*")} == {"once1", "once4", "once7"}


def test_what_hung_is_tried_again_when_asked(tmp_path):
    archive = texts(tmp_path / "kho", {"a.txt": "FAULT-segfault", "b.txt": "READ-segfault", "c.txt": ""})
    assert len(faults_of(run(archive, tmp_path / "f.db"))) == 2
    (archive / "a.txt").write_text("Tin a.", encoding="utf-8")
    assert faults_of(run(archive, tmp_path / "f.db", retry=True)) == {"b.txt": ("read", "crashed")}


# The docs

def test_every_reason_of_a_run_is_in_the_docs():
    assert [reason for reason in RunReason if f"`{reason}`" not in DOCS] == []


def test_the_python_of_the_docs_runs(tmp_path, monkeypatch):
    (tmp_path / "corpus" / "samples").mkdir(parents=True)
    (tmp_path / "corpus" / "samples" / "a.txt").write_text("Một tin.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"^```python\n(.*?)^```", DOCS, flags=re.MULTILINE | re.DOTALL)
    exec(compile(block, "docs/run.md", "exec"), {})
    assert (tmp_path / "facts.db").is_file()
