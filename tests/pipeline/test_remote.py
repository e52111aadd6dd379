"""Archives behind an address are built as those on a disk are: nothing is fetched that need not be, nothing is lost."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from corpus import remote, scan
from corpus.errors import InputNotFound, InputUnreachable, Reason, Rejected
from corpus.read import read
from outputs.exports import export_jsonl
from outputs.factbase import FactBase
from outputs.verify import verify
from pipeline import signatures
from pipeline.cli import main
from pipeline.run import Options, Report
from pipeline.run import build as run_build

LAW = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự."
DECREE = "Ngày 19/7/1946, Chủ tịch Chính phủ ký Sắc lệnh số 130/SL về thể thức thi hành án."


class Store(MemoryFileSystem):
    """A file system that marks what it holds, counts what is fetched, and fails where it is told to."""

    protocol = "store"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    fetched: ClassVar[list[str]] = []
    trouble: ClassVar[dict[str, list[Exception]]] = {}   # by path: raised one after the other

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return super()._strip_protocol(path.removeprefix("store://"))

    def info(self, path: str, **more: Any) -> dict[str, Any]:
        return self._marked(super().info(path, **more))

    def ls(self, path: str, detail: bool = True, **more: Any) -> list[Any]:
        self._fail(f"ls {self._strip_protocol(path)}")
        return [self._marked(one) for one in super().ls(path, detail=True, **more)]

    def _open(self, path: str, mode: str = "rb", **more: Any) -> Any:
        if mode == "rb":
            self.fetched.append(path)
            self._fail(path)
        return super()._open(path, mode, **more)

    def _fail(self, path: str) -> None:
        if waiting := self.trouble.get(path):
            raise waiting.pop(0)

    def _marked(self, info: dict[str, Any]) -> dict[str, Any]:
        if info["type"] == "directory":
            return info
        return {**info, "ETag": str(hash(self.store[info["name"]].getvalue()))}


@pytest.fixture
def store() -> Iterator[type[Store]]:
    """A small archive at store://kho."""
    fsspec.register_implementation("store", Store, clobber=True)
    Store.store.clear()
    Store.pseudo_dirs[:] = [""]
    Store.trouble.clear()
    put("/kho/1946/sac-lenh.txt", DECREE)
    put("/kho/luat.txt", LAW)
    put("/kho/tin.jsonl", '{"id": "a", "text": "Một tin ngắn."}\n')
    Store.fetched.clear()
    yield Store
    Store.store.clear()


def put(path: str, text: str) -> None:
    Store().pipe(path, text.encode())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.db"


def build(target: Path, *inputs: str | Path, **options: Any) -> Report:
    return run_build(inputs, target, options=replace(Options(jobs=0), **options))


def outcomes(target: Path) -> dict[str, tuple[str, str | None]]:
    with FactBase.open(target) as base:
        return {name: (one.status, one.reason) for name, one in base.outcomes().items()}


def export(target: Path) -> list[str]:
    with FactBase.open(target) as base:
        return list(export_jsonl(base))


def local_copy(folder: Path) -> Path:
    for path, file in Store.store.items():
        to = folder / path.removeprefix("/kho/")
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(file.getvalue())
    return folder


def test_an_archive_behind_an_address_gives_what_it_gives_on_a_disk(store, target, tmp_path):
    put("/kho/.an.txt", LAW)
    put("/kho/__MACOSX/x.txt", LAW)
    put("/kho/bang.csv", "ma,loi\n1,Một tin đã đăng.\n")
    put("/kho/sulieu-columns.tsv", "field\tcolumn\tfiles\ntext\tloi\t*.csv\n")
    report = build(target, "store://kho")
    build(tmp_path / "local.db", local_copy(tmp_path / "kho"))
    assert report.outcomes == {"done": 4, "skipped": 2}
    assert outcomes(target) == outcomes(tmp_path / "local.db")
    assert export(target) == export(tmp_path / "local.db")


def test_files_come_in_the_order_of_a_disk(store, tmp_path):
    put("/kho/1946-phu-luc.txt", LAW)
    on_disk = [item.name for item in scan.scan([local_copy(tmp_path / "kho")])]
    assert [item.name for item in scan.scan(["store://kho"])] == on_disk
    assert store.fetched == []


def test_a_second_run_fetches_nothing_and_a_changed_file_is_fetched_again(store, target):
    build(target, "store://kho")
    store.fetched.clear()
    assert build(target, "store://kho").unchanged == 3 and store.fetched == []
    put("/kho/luat.txt", LAW.replace("2008", "2009"))
    assert build(target, "store://kho/").unchanged == 2
    assert set(store.fetched) == {"/kho/luat.txt"}
    Store().rm("/kho/luat.txt")
    assert build(target, "store://kho").retired == 1


def test_the_same_bytes_under_another_mark_are_not_read_again(store, target, monkeypatch):
    build(target, "store://kho/luat.txt")
    monkeypatch.setattr(remote, "mark_of", lambda info: f"@{info['size']} 0 other")
    assert build(target, "store://kho/luat.txt").unchanged == 1


def test_what_the_file_system_says_is_the_detail_of_a_failure(store, target):
    store.trouble["/kho/luat.txt"] = [PermissionError("403 Forbidden at https://ai:mat-khau@host/x?token=bi-mat")]
    assert build(target, "store://kho").outcomes == {"done": 2, "failed": 1}
    with FactBase.open(target) as base:
        row = base.outcomes()["luat.txt"]
    assert (row.reason, row.stage) == ("unreadable", "read")
    assert row.detail == "PermissionError: 403 Forbidden at https://host/x?…"
    assert build(target, retry=True).outcomes == {"done": 3}


def test_a_network_that_fails_once_costs_nothing(store, target):
    store.trouble["/kho/luat.txt"] = [TimeoutError("read timed out")]
    assert build(target, "store://kho").outcomes == {"done": 3}
    store.trouble["/kho/1946/sac-lenh.txt"] = [TimeoutError("read timed out")] * 4   # two to hash it, two to read it
    put("/kho/1946/sac-lenh.txt", LAW + " ")
    build(target, "store://kho")
    assert outcomes(target)["1946/sac-lenh.txt"] == ("failed", "unreadable")


def test_a_folder_that_cannot_be_listed_is_a_failure_and_the_rest_goes_on(store, target):
    store.trouble["ls /kho/1946"] = [OSError("connection reset")]
    assert build(target, "store://kho").outcomes == {"done": 2, "failed": 1}
    assert outcomes(target)["1946"] == ("failed", "unreadable")


def test_what_was_fetched_is_gone_afterwards_and_no_more_than_the_limit_is_fetched(store, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    items = list(scan.scan(["store://kho/luat.txt"]))
    assert [result.text for item in items for result in read(item) if not isinstance(result, Rejected)] == [LAW]
    monkeypatch.setattr(remote, "LIMITS", replace(remote.LIMITS, total=10))
    (result,) = (result for item in items for result in read(item))
    assert isinstance(result, Rejected) and result.reason is Reason.OVER_LIMIT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address, error, says", [
    ("store://nowhere", InputNotFound, "store://nowhere: no such file or folder"),
    ("store://ai:mat-khau@host/kho", InputUnreachable, "store://host/kho: holds a password"),
    ("https://host/kho.zip?X-Amz-Signature=bi-mat", InputUnreachable, "https://host/kho.zip?…: holds a password"),
    ("zip://a.txt::store://kho/b.zip", InputUnreachable, "one address at a time"),
    ("gopher://kho", InputUnreachable, "gopher://kho: "),
])
def test_an_address_that_cannot_be_looked_into(store, target, address, error, says):
    with pytest.raises(error) as raised:
        build(target, address)
    assert says in str(raised.value) and "mat" not in str(raised.value).replace("format", "")
    assert not target.exists() or b"bi-mat" not in target.read_bytes()


def test_a_file_system_that_is_not_installed_names_its_package(store, target, monkeypatch):
    def missing(address: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(InputUnreachable, match="s3://kho: needs the package s3fs: pip install s3fs"):
        build(target, "s3://kho")


def test_without_fsspec_the_message_says_what_to_install(target, monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(InputUnreachable, match=r"pip install 'sulieu\[remote\]'"):
        build(target, "s3://kho")


@pytest.mark.parametrize("info, mark", [
    ({"size": 5, "ETag": '"abc"', "LastModified": 7}, '@5 0 "abc"'),
    ({"size": 5, "md5Hash": "x", "mtime": 7}, "@5 0 x"),
    ({"size": 5, "mtime": 7.5, "ino": 3}, "@5 7.500000 3"),
    ({"size": 5, "updated": "2024-01-02T03:04:05Z"}, "@5 1704164645.000000 "),
    ({"size": 5, "created": None}, ""),
])
def test_what_marks_the_state_of_a_file(info, mark):
    assert remote.mark_of(info) == mark


def command(*words: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the program."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["sulieu", *words])
        with pytest.raises(SystemExit) as ended:
            main()
    return int(ended.value.code or 0), out.getvalue(), err.getvalue()


def test_a_file_behind_an_address_is_shown_like_one_on_a_disk(store, tmp_path):
    local = local_copy(tmp_path / "kho")
    for name in ("luat.txt", "tin.jsonl", "1946/sac-lenh.txt"):
        for order in ("read", "extract"):
            assert command(order, f"store://kho/{name}") == command(order, str(local / name))
    assert command("read", f"file://{local}/luat.txt") == command("read", str(local / "luat.txt"))


@pytest.mark.parametrize("address, says", [
    ("store://kho/khong-co.txt", "store://kho/khong-co.txt: không có tệp hoặc thư mục này"),
    ("store://kho", "store://kho là thư mục; lệnh này đọc một tệp, cả thư mục thì: sulieu build store://kho"),
    ("store://ai:mat-khau@host/a.pdf", "store://host/a.pdf: có mật khẩu hoặc chữ ký"),
])
def test_an_address_that_cannot_be_shown_says_what_to_do(store, address, says):
    code, out, err = command("read", address)
    assert (code, out) == (2, "") and says in err and "mat-khau" not in err


def test_what_cannot_be_fetched_to_be_shown_says_why(store):
    store.trouble["/kho/luat.txt"] = [PermissionError("403 Forbidden")]
    code, out, err = command("read", "store://kho/luat.txt")
    assert (code, out) == (3, "") and "403 Forbidden" in err


def test_memory_is_an_address_too(target, monkeypatch):
    monkeypatch.setattr(signatures, "_YOUNG", float("-inf"))
    fsspec.filesystem("memory").pipe("/sulieu-kho/a.txt", LAW.encode())
    try:
        assert build(target, "memory://sulieu-kho").outcomes == {"done": 1}
        assert build(target, "memory://sulieu-kho").unchanged == 1
    finally:
        fsspec.filesystem("memory").rm("/sulieu-kho", recursive=True)


def test_verify_hashes_what_lies_behind_an_address(store, target):
    build(target, "store://kho")
    with FactBase.open(target) as base:
        assert verify(base, ["store://kho"]) == []
        put("/kho/luat.txt", LAW + " Thêm.")
        Store().rm("/kho/tin.jsonl")
        assert [problem.kind for problem in verify(base, ["store://kho"])] == ["source", "missing"]


def test_real_processes_fetch_from_an_address_themselves(tmp_path):
    kho = tmp_path / "kho"
    (kho / "1946").mkdir(parents=True)
    (kho / "1946" / "sac-lenh.txt").write_text(DECREE, encoding="utf-8")
    records = ({"id": str(number), "text": f"Tin số {number}. {LAW}", "rest": "x" * 2000} for number in range(40))
    lines = (json.dumps(record) + "\n" for record in records)
    (kho / "tin.jsonl").write_text("".join(lines), encoding="utf-8")   # long enough to be read apart
    for given, target in ((f"file://{kho}", "a.db"), (kho, "b.db")):
        command = [sys.executable, "-m", "pipeline", "build", str(given), "-o", str(tmp_path / target), "-j", "2"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert export(tmp_path / "a.db") == export(tmp_path / "b.db")
