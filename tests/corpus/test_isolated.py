"""Calls in another process: values and errors come back; a hang, a crash or a full memory costs that process only."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import alive, isolated
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.isolated import Isolated
from corpus.read import read
from corpus.readers import pdf as pdf_reader
from corpus.scan import scan
from tests.corpus.hostile import form_laughs, form_loop
from tests.corpus.pages import Sheet, pdf

LONG = 60.0     # seconds that no test takes
SOON = 0.3      # a deadline that a function which never ends must miss on every machine
MIB = 1024**2


# What is called


def echo(value: Any) -> Any:
    return value


def process() -> int:
    return os.getpid()


def refuse() -> None:
    raise ReadError(Reason.ENCRYPTED, "a password is needed")


def mistake() -> None:
    raise KeyError("ours")


def hang() -> None:
    while True:
        time.sleep(LONG)


def work_long(seconds: float) -> str:
    """Takes longer than its deadline, but says all the while that it goes on."""
    alive._EVERY = 0.0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        alive.beat()
    return "done"


def hang_deep() -> None:
    """A native call that holds Python's lock, so that no thread of the process runs."""
    ctypes.PyDLL(None).pause()


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def keep_and_crash() -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes(1000))
        crash()


def keep_and_go_on() -> Iterator[str]:
    with tempfile.NamedTemporaryFile() as file:
        yield file.name
        hang()


def fill() -> int:
    return len(bytearray(3 * 1024 * MIB))


def leave() -> None:
    sys.exit(7)


def talk() -> str:
    print("on the terminal")
    os.write(2, b"and as an error")
    return "quiet"


def strange() -> Path:
    return Path("no plain data")


def grow() -> int:
    return len(KEPT.setdefault("kept", b"x" * (isolated.MOST_RESIDENT + MIB)))


KEPT: dict[str, bytes] = {}


def count(until: int, then: str) -> Iterator[int]:
    yield from range(until)
    {"end": lambda: None, "hang": hang, "crash": crash, "refuse": refuse}[then]()


def called(name: str, seconds: float = LONG) -> Isolated:
    return Isolated(f"tests.corpus.test_isolated:{name}", seconds=seconds)


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    yield
    isolated.close()
    with pytest.raises(ChildProcessError):  # no process of ours, ended or not
        os.waitpid(-1, os.WNOHANG)


# Calls


@pytest.mark.parametrize("value", [None, 3, "chữ \ud800", b"\x00" * 300_000, (1, [2.5, {"a": {3}}])])
def test_plain_data_comes_back(value: Any) -> None:
    assert called("echo")(value) == value


@pytest.mark.parametrize(
    ("name", "seconds", "reason", "detail"),
    [
        ("refuse", LONG, Reason.ENCRYPTED, "a password is needed"),
        ("hang", SOON, Reason.TIMEOUT, "0.3 s"),
        ("hang_deep", SOON, Reason.TIMEOUT, "0.3 s"),
        ("crash", LONG, Reason.DAMAGED, "SIGSEGV"),
        ("fill", LONG, Reason.TOO_LARGE, "2048 MiB"),
        ("leave", LONG, Reason.DAMAGED, "status 7"),
    ],
)
def test_what_goes_wrong_has_its_reason_and_the_next_call_works(
    name: str, seconds: float, reason: Reason, detail: str
) -> None:
    with pytest.raises(ReadError) as raised:
        called(name, seconds)()
    assert raised.value.reason is reason and detail in raised.value.detail
    assert called("echo")("next") == "next"


@pytest.mark.parametrize(("counted", "reason"), [((3, 4, 4), Reason.KILLED), ((3, 4, 5), Reason.TOO_LARGE)])
def test_the_system_ends_for_memory_and_others_kill(
    monkeypatch: pytest.MonkeyPatch, counted: tuple[int, ...], reason: Reason
) -> None:
    isolated.close()
    counts = iter(counted)   # when it starts, with the call, at its end
    monkeypatch.setattr(isolated, "_ended_for_memory", lambda: next(counts))
    with pytest.raises(ReadError) as raised:
        called("kill")()
    assert raised.value.reason is reason


def test_work_that_shows_signs_of_life_is_waited_for() -> None:
    assert Isolated(f"{__name__}:work_long", seconds=SOON)(2 * SOON) == "done"


def test_an_error_of_ours_is_no_matter_of_the_file() -> None:
    with pytest.raises(RuntimeError, match="KeyError: 'ours'"):
        called("mistake")()


def test_values_that_are_no_plain_data_are_not_taken() -> None:
    with pytest.raises(Exception, match="no plain data"):
        called("strange")()


def test_nothing_is_written_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert called("talk")() == "quiet"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("then", "seconds", "reason"),
    [("hang", SOON, "timeout"), ("crash", LONG, "damaged"), ("refuse", LONG, "encrypted")],
)
def test_values_before_a_failure_are_good(then: str, seconds: float, reason: str) -> None:
    values = called("count", seconds).each(1000, then)
    assert [next(values) for _ in range(1000)] == list(range(1000))
    with pytest.raises(ReadError, match=reason):
        next(values)


def test_values_that_are_not_asked_for_are_not_made() -> None:
    values = called("count").each(10**9, "end")
    assert next(values) == 0
    values.close()


# Processes


def test_one_process_serves_many_calls_and_two_serve_calls_at_a_time() -> None:
    first = called("process")()
    assert called("process")() == first
    values = called("count").each(2, "end")
    next(values)
    assert called("process")() != first
    assert list(values) == [1]


def test_a_process_is_used_for_so_many_calls_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "MOST_CALLS", 2)
    served = [called("process")() for _ in range(4)]
    assert served[0] == served[1] != served[2] == served[3]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell what memory is in use")
def test_a_process_that_has_grown_is_not_used_again() -> None:
    first = called("process")()
    called("grow")()
    assert called("process")() != first


def test_a_process_that_was_ended_from_outside_is_replaced() -> None:
    first = called("process")()
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
    assert called("process")() != first


def test_a_process_ends_with_its_caller() -> None:
    program = (
        "import os; from corpus.isolated import Isolated\n"
        "values = Isolated('tests.corpus.test_isolated:count', seconds=60).each(1, 'hang')\n"
        "next(values); print('begun', flush=True); os._exit(0)"
    )
    caller = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, check=True, timeout=LONG
    )
    assert caller.stdout == b"begun\n"


# PDF files


def test_the_run_goes_on_behind_files_that_fill_memory(tmp_path: Path) -> None:
    good = pdf(Sheet().write(60, 60, "Thông báo về việc nghỉ Tết."))
    for name, data in (("a", good), ("b", form_loop()), ("c", form_laughs()), ("d", good)):
        (tmp_path / f"{name}.pdf").write_bytes(data)
    found = {one.id: one for item in scan([tmp_path]) for one in read(item)}
    assert isinstance(found["a.pdf"], Document) and isinstance(found["d.pdf"], Document)
    for name in ("b.pdf", "c.pdf"):
        one = found[name]
        assert isinstance(one, Rejected) and one.reason in (Reason.TOO_LARGE, Reason.DAMAGED, Reason.TIMEOUT)


def test_small_files_share_a_process(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.pdf").write_bytes(pdf(Sheet().write(60, 60, f"Thông báo số {number}.")))
    served = set()
    for item in scan([tmp_path]):
        assert all(isinstance(one, Document) for one in read(item))
        served |= {one.process.pid for one in isolated._Process.waiting[isolated.MEMORY]}
    assert len(served) == 1


def hanging_pages(data: bytes, first: int) -> Iterator[Any]:
    """As `pdf_pages.pages`, but the second page hangs and the fourth crashes."""
    from corpus.readers.pdf_pages import pages

    for number, page in enumerate(pages(data, first), first - 1):
        if number >= first:  # before that comes the number of pages
            {2: hang, 4: crash}.get(number, int)()
        yield page


def test_pages_around_one_that_hangs_or_crashes_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_PAGES", called("hanging_pages", 2.0))
    (tmp_path / "a.pdf").write_bytes(pdf(*(Sheet().write(60, 300, f"Trang thứ {number}.") for number in range(1, 7))))
    found, *missing = (one for item in scan([tmp_path]) for one in read(item))
    assert isinstance(found, Document) and [page.number for page in found.pages] == [1, 3, 5, 6]
    assert [(one.id, str(one.reason)) for one in missing if isinstance(one, Rejected)] == [
        ("a.pdf#page-2", "timeout"), ("a.pdf#page-4", "damaged"),
    ]


def crashing_pages(data: bytes, first: int) -> Iterator[Any]:
    """As `pdf_pages.pages`, but every page behind the first crashes."""
    from corpus.readers.pdf_pages import pages

    for number, page in enumerate(pages(data, first), first - 1):
        if number > 1 and number >= first:
            crash()
        yield page


def test_the_rest_of_a_file_is_left_after_three_failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_PAGES", called("crashing_pages"))
    (tmp_path / "a.pdf").write_bytes(pdf(*(Sheet().write(60, 300, f"Trang thứ {number}.") for number in range(1, 9))))
    found, *missing = (one for item in scan([tmp_path]) for one in read(item))
    assert isinstance(found, Document) and [page.number for page in found.pages] == [1]
    assert [one.id for one in missing] == ["a.pdf#pages-2-4", "a.pdf#pages-5-8"]


# Its temporary files


def test_temporary_files_go_with_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    isolated.close()
    with pytest.raises(ReadError, match="SIGSEGV"):
        Isolated(f"{__name__}:keep_and_crash", seconds=LONG)()
    values = Isolated(f"{__name__}:keep_and_go_on", seconds=LONG).each()
    assert Path(next(values)).is_relative_to(tmp_path)
    values.close()
    isolated.close()
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_cannot_be_started_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolated.close()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(isolated.sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(ReadError) as raised:
        called("echo")(1)
    assert raised.value.reason is Reason.MISSING_PROGRAM and list(tmp_path.iterdir()) == []
