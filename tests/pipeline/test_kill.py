"""A build may be stopped at any moment: the fact base opens, and the same command goes on to the same end."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from outputs.exports import export_jsonl
from outputs.factbase import FactBase, FactBaseError
from pipeline import batches
from pipeline.run import Options, Report, build

ROOT = Path(__file__).resolve().parents[2]
HERE = Options(jobs=0)
TEXTS = [
    "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thể thức thi hành án.",
    "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự.",
    "Năm 2024, toàn ngành thi hành xong 576.000 việc, tăng 3,5% so với năm 2023.",
]
MOMENTS = 20
PROGRAM = """
import signal, sys
from pipeline import progress
from pipeline.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
say = progress.BuildProgress._say
progress.BuildProgress._say = lambda self, report: (say(self, report), sys.stdin.read())  # waits there to be stopped
progress._EVERY = 0
main()
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    for n in range(6):
        (folder / f"{n:02}.txt").write_text(f"{TEXTS[n % 3]} Tin số {n % 5}.", encoding="utf-8")
    records = [{"id": f"t{n % 14}", "text": f"{TEXTS[n % 3]} " + f"Lời {n}. " * 500} for n in range(16)]
    (folder / "tin.jsonl").write_text("\n".join(json.dumps(one) for one in records), encoding="utf-8")
    with zipfile.ZipFile(folder / "bo.zip", "w") as container:
        container.writestr("a.txt", TEXTS[0])
        container.writestr("b.txt", TEXTS[1] + " Lời thêm." * 8000)
    (folder / "rong.txt").write_bytes(b"")
    return folder


@pytest.fixture(autouse=True)
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(batches, "MOST_TASKS", 2)


@pytest.fixture(scope="module")
def undisturbed(archive, tmp_path_factory) -> list[str]:
    target = tmp_path_factory.mktemp("f") / "f.db"
    build([archive], target, options=HERE)
    return export(target)


def export(path: Path) -> list[str]:
    with FactBase.open(path) as base:
        return list(export_jsonl(base))


class Moments:
    """Counts moments of a build, before and after each commit, and does something at one of them."""

    def __init__(self, at: int, act) -> None:
        self.at, self.act, self.met = at, act, 0

    def pass_one(self) -> None:
        self.met += 1
        if self.met == self.at:
            self.act()


@contextmanager
def watched(moments: Moments) -> Iterator[None]:
    transaction = FactBase.transaction

    @contextmanager
    def counted(base: FactBase) -> Iterator[sqlite3.Connection]:
        outermost = not base._inside
        with transaction(base) as db:
            yield db
            if outermost:
                moments.pass_one()
        if outermost:
            moments.pass_one()

    FactBase.transaction = counted
    try:
        yield
    finally:
        FactBase.transaction = transaction


@pytest.fixture(scope="module")
def how_many(archive, tmp_path_factory) -> int:
    moments = Moments(0, None)
    with pytest.MonkeyPatch.context() as patch, watched(moments):
        patch.setattr(batches, "MOST_TASKS", 2)
        build([archive], tmp_path_factory.mktemp("n") / "f.db", options=HERE)
    return moments.met


def in_a_fork(archive: Path, target: Path, moments: Moments) -> int:
    """The status of a process that builds and ends itself."""
    child = os.fork()
    if not child:
        try:
            with watched(moments):
                build([archive], target, options=HERE)
        finally:
            os._exit(99)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX")
@pytest.mark.parametrize("part", range(MOMENTS))
def test_killed_at_twenty_moments_and_resumed(archive, undisturbed, how_many, tmp_path, part):
    at = 1 + part * (how_many - 1) // (MOMENTS - 1)
    target = tmp_path / "f.db"
    assert in_a_fork(archive, target, Moments(at, lambda: os.kill(os.getpid(), signal.SIGKILL))) == -signal.SIGKILL
    with FactBase.open(target) as base:
        assert base.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    build([archive], target, options=HERE)
    assert export(target) == undisturbed
    assert {path.name for path in tmp_path.iterdir()} == {"f.db"}


def test_killed_again_and_again(archive, undisturbed, how_many, tmp_path):
    for _ in range(6):
        in_a_fork(archive, tmp_path / "f.db", Moments(how_many // 4, lambda: os.kill(os.getpid(), signal.SIGKILL)))
    build([archive], tmp_path / "f.db", options=HERE)
    assert export(tmp_path / "f.db") == undisturbed


def started(archive: Path, target: Path, mark: str) -> subprocess.Popen[bytes]:
    """The command itself, which has said how far it is and goes no further."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "build", str(archive), "-o", str(target), "--jobs", "2"],
        cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "SULIEU_TEST": mark, "PYTHONPATH": str(ROOT)},
    )
    assert process.stderr and process.stderr.readline()
    return process


def left_of(mark: str) -> list[str]:
    """Processes that were started by the one with this mark, and are there still."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"SULIEU_TEST={mark}".encode() in (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


def test_ctrl_c_ends_everything_and_the_same_command_goes_on(archive, undisturbed, tmp_path):
    process = started(archive, tmp_path / "f.db", str(tmp_path))
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "đã dừng" in said.decode() and "Traceback" not in said.decode()
    if Path("/proc").is_dir():
        assert left_of(str(tmp_path)) == []
    export(tmp_path / "f.db")
    build([archive], tmp_path / "f.db", options=HERE)
    assert export(tmp_path / "f.db") == undisturbed
    assert {path.name for path in tmp_path.iterdir()} == {"f.db"}


def test_killed_while_its_processes_work(archive, undisturbed, tmp_path):
    process = started(archive, tmp_path / "f.db", str(tmp_path))
    process.kill()
    process.communicate()
    build([archive], tmp_path / "f.db", options=Options(jobs=2))
    assert export(tmp_path / "f.db") == undisturbed


# The disk


def sqlite_full() -> sqlite3.OperationalError:
    """The error of SQLite itself for a database that may not grow."""
    with sqlite3.connect(":memory:") as db, pytest.raises(sqlite3.OperationalError) as met:
        db.execute("PRAGMA max_page_count = 2")
        db.executescript("CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f);")
    return met.value


@pytest.mark.parametrize("part", range(1, 8))
def test_a_full_disk_is_told_and_nothing_is_lost(archive, undisturbed, how_many, tmp_path, part):
    def fill() -> None:
        raise sqlite_full()

    told = "f.db: nothing more can be stored .*full.*; make room there and run the same command again"
    with watched(Moments(part * how_many // 8, fill)), pytest.raises(FactBaseError, match=told):
        build([archive], tmp_path / "f.db", options=HERE)
    assert {path.name for path in tmp_path.iterdir()} == {"f.db"}
    build([archive], tmp_path / "f.db", options=HERE)
    assert export(tmp_path / "f.db") == undisturbed


def test_files_that_may_not_grow(tmp_path):
    """As the command sees a disk that fills up: one line, exit code 2, and the same command goes on."""
    (tmp_path / "kho").mkdir()
    records = ({"id": f"t{n}", "text": f"{TEXTS[n % 3]} Tin số {n}. " + "Lời thêm nữa. " * 1500} for n in range(30))
    (tmp_path / "kho" / "tin.jsonl").write_text("\n".join(json.dumps(one) for one in records), encoding="utf-8")
    FactBase.create(tmp_path / "f.db").close()
    limit = (tmp_path / "f.db").stat().st_size + 64 * 1024
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "build", str(tmp_path / "kho"), "-o", str(tmp_path / "f.db"), "--jobs", "1"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr
    assert "không lưu thêm được nữa" in done.stderr and "chạy lại đúng lệnh này" in done.stderr
    assert build([tmp_path / "kho"], tmp_path / "f.db", options=HERE).outcomes == {"done": 30}


@pytest.mark.parametrize("target", ["/proc/f.db", "/dev/full/f.db"])
def test_a_place_that_cannot_be_written(archive, target):
    with pytest.raises(FactBaseError, match=rf"^{target}: cannot be written \(.+\); choose another place with -o$"):
        build([archive], Path(target), options=HERE)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(archive, tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(FactBaseError, match="cannot be written"):
        build([archive], tmp_path / "f.db", options=HERE)


# Two at once

def test_a_second_build_says_so_and_stops(archive, tmp_path):
    said = []

    def second(report: Report) -> None:
        if not said:
            done = subprocess.run(
                [sys.executable, "-m", "pipeline", "build", str(archive), "-o", str(tmp_path / "f.db")],
                cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
            )
            said.append((done.returncode, done.stderr))

    build([archive], tmp_path / "f.db", progress=second, options=HERE)
    assert said == [(2, f"sulieu: {tmp_path / 'f.db'}: một lần lập khác đang chạy trên đó; hãy chờ nó xong\n")]
    assert {path.name for path in tmp_path.iterdir()} == {"f.db"}


def test_another_program_that_writes_to_it_is_told(archive, tmp_path):
    build([archive], tmp_path / "f.db", options=HERE)
    with FactBase.create(tmp_path / "f.db") as base, sqlite3.connect(tmp_path / "f.db") as other:
        base.db.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FactBaseError, match="another program is writing to it"):
            base.set_meta("a", "b")
        other.rollback()
        base.set_meta("a", "b")
