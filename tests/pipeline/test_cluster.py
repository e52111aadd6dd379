"""A build on a cluster: the same outcomes and the same facts, whoever does the work and whoever is lost meanwhile."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from outputs.exports import export_jsonl
from outputs.factbase import FactBase
from pipeline import batches, cluster
from pipeline.cell import Limits
from pipeline.cli import main
from pipeline.errors import MissingPackage, RunError
from pipeline.run import Options, Report, build

distributed = pytest.importorskip("distributed")

FAULTY = Limits(seconds=6.0, memory=512 * 1024**2, work="tests.pipeline.faulty:work")
TEXTS = [
    "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thể thức thi hành án.",
    "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự.",
    "Năm 2024, toàn ngành thi hành xong 576.000 việc, tăng 3,5% so với năm 2023.",
]


@pytest.fixture(scope="module")
def two_workers() -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as two:
        yield two


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    for n in range(12):
        (folder / f"{n:02}.txt").write_text(f"{TEXTS[n % 3]} Tin số {n}.", encoding="utf-8")
    records = [{"text": f"{TEXTS[n % 3]} Bản ghi {n}. " + "Thêm lời. " * 90} for n in range(60)]
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "tin.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "hai.txt").write_text(f"{TEXTS[0]} Tin số 0.", encoding="utf-8")
    (folder / "rong.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def here(archive, tmp_path_factory) -> Path:
    """The same archive built by this process alone."""
    target = tmp_path_factory.mktemp("here") / "f.db"
    build([archive], target, options=Options(jobs=0))
    return target


def export(path: Path) -> list[str]:
    with FactBase.open(path) as base:
        return list(export_jsonl(base))


def outcomes(path: Path) -> dict[str, tuple[str, str | None, str | None]]:
    with FactBase.open(path) as base:
        return {name: (one.status, one.stage, one.reason) for name, one in base.outcomes().items()}


def on(two: distributed.LocalCluster, archive: Path, target: Path, progress=lambda report: None, **options) -> Report:
    return build([archive], target, progress=progress, options=Options(cluster=two.scheduler_address, **options))


def test_the_same_facts_as_on_one_machine(two_workers, archive, here, tmp_path):
    report = on(two_workers, archive, tmp_path / "cluster.db")
    assert export(tmp_path / "cluster.db") == export(here)
    assert outcomes(tmp_path / "cluster.db") == outcomes(here)
    assert report.found == 74
    assert on(two_workers, archive, tmp_path / "cluster.db").unchanged == 74


def test_a_worker_that_is_lost_costs_nothing(two_workers, archive, here, tmp_path):
    pids = sorted(worker.pid for worker in two_workers.workers.values())
    killed = []

    def kill(report: Report) -> None:
        if not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    on(two_workers, archive, tmp_path / "cluster.db", kill)
    assert killed and export(tmp_path / "cluster.db") == export(here)
    assert outcomes(tmp_path / "cluster.db") == outcomes(here)


def test_faults_end_alone_inside_the_workers_too(two_workers, tmp_path):
    folder = tmp_path / "kho"
    folder.mkdir()
    faults = {4: "FAULT-segfault", 9: "FAULT-hang", 14: "FAULT-kill", 19: "READ-segfault", 24: "FAULT-memory"}
    for n in range(30):
        (folder / f"{n:02}.txt").write_text(f"Tin số {n}. {faults.get(n, '')}", encoding="utf-8")
    on(two_workers, folder, tmp_path / "f.db", limits=FAULTY)
    found = outcomes(tmp_path / "f.db")
    assert len(found) == 30
    assert {name: one for name, one in found.items() if one[0] != "done"} == {
        "04.txt": ("failed", "extract", "crashed"), "09.txt": ("failed", "extract", "hung"),
        "14.txt": ("failed", "extract", "killed"), "19.txt": ("failed", "read", "crashed"),
        "24.txt": ("failed", "extract", "out-of-memory"),
    }


def test_who_costs_worker_after_worker_is_told_and_the_others_are_done(two_workers, tmp_path, monkeypatch):
    monkeypatch.setattr(two_workers.scheduler, "allowed_failures", 0)
    folder = tmp_path / "kho"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_text(f"Tin số {n}. {'FAULT-parent' if n == 2 else ''}", encoding="utf-8")
    on(two_workers, folder, tmp_path / "f.db", limits=FAULTY)
    found = outcomes(tmp_path / "f.db")
    assert found.pop("2.txt") == ("failed", "read", "worker-lost")
    assert set(found.values()) == {("done", None, None)} and len(found) == 3


def test_when_all_workers_are_lost_it_is_told_and_a_later_build_goes_on(archive, here, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS_TO_LOOK", 0.1)
    monkeypatch.setattr(batches, "MOST_TASKS", 2)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as one:
        with pytest.raises(RunError, match=r"has lost all its workers; start some and run the same command again$"):
            on(one, archive, tmp_path / "f.db", lambda report: one.scale(0))
        assert 0 < len(outcomes(tmp_path / "f.db")) < 74
        one.scale(1)
        assert on(one, archive, tmp_path / "f.db").unchanged > 0
    assert export(tmp_path / "f.db") == export(here)


def test_the_command_says_that_all_workers_are_lost(archive, tmp_path, monkeypatch, capsys):
    def lost(*given, **how):
        raise RunError("tcp://h:1: the cluster has lost all its workers; start some and run the same command again")

    monkeypatch.setattr(cluster, "cluster_workers", lost)
    monkeypatch.setattr(sys, "argv", ["sulieu", "build", str(archive), "-o", str(tmp_path / "f.db"), "--cluster", "x"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = "sulieu: tcp://h:1: cụm không còn máy làm việc nào; hãy bật lại rồi chạy lại đúng lệnh này\n"
    assert capsys.readouterr().err == said


def test_a_stopped_build_leaves_the_cluster_to_others(two_workers, archive, here, tmp_path):
    def stop(report: Report) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        on(two_workers, archive, tmp_path / "f.db", stop)
    on(two_workers, archive, tmp_path / "f.db")
    assert export(tmp_path / "f.db") == export(here)


def test_another_version_on_a_worker_is_told(two_workers, archive, tmp_path, monkeypatch):
    about = cluster._about()
    monkeypatch.setattr(cluster, "_about", lambda: {**about, "program": "0123456789abcdef", "regex": None})
    with pytest.raises(RunError, match=rf"has program {about['program']} \(here 0123456789abcdef\), regex \S+ \(here"):
        on(two_workers, archive, tmp_path / "f.db")


def test_no_cluster_at_the_address(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_SECONDS_TO_CONNECT", 1)
    for address in ("tcp://127.0.0.1:1", "nowhere"):
        with pytest.raises(RunError, match=f"^{address}: no dask scheduler answers there"):
            build([archive], tmp_path / "f.db", options=Options(cluster=address))


def test_without_the_extra_it_is_told_what_to_install(archive, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPackage, match=r"pip install 'sulieu\[cluster\]'"):
        build([archive], tmp_path / "f.db", options=replace(Options(), cluster="tcp://127.0.0.1:8786"))
