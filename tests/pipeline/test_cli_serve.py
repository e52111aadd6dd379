"""`sulieu serve`: what it says before it listens, how it answers, how it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from outputs.factbase import FactBase
from tests.outputs.small_base import ORDER, add, order_facts
from tests.pipeline.test_cli import sulieu


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "facts.db"
    with FactBase.create(path) as base:
        add(base, "order", ORDER, order_facts(), title="Phân loại hồ sơ")
    return path


def test_a_port_that_is_taken(facts: Path) -> None:
    pytest.importorskip("uvicorn", reason="uvicorn is not installed: pip install 'sulieu[web]'")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = sulieu("serve", facts, "--port", port, "--no-open")
    assert done.returncode == 2
    assert f"cổng {port} đang có chương trình khác dùng" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("arguments", "told"), [
    (("--host", "0.0.0.0"), "--token"), (("--host", "0.0.0.0", "--token", "ngan"), "12 ký tự"),
    (("--host", "192.0.2.1", "--token", "mot-ma-vao-that-dai"), "không phải là địa chỉ của máy này"),
    (("--port", "70000"), "--port"), (("--workers", "0"), "--workers"),
])
def test_what_cannot_be_opened_is_told(facts: Path, arguments: tuple[str, ...], told: str) -> None:
    done = sulieu("serve", facts, *arguments, "--no-open")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_no_fact_base_or_an_old_one_is_told_before_anything_listens(facts: Path, tmp_path: Path) -> None:
    missing = sulieu("serve", tmp_path / "none.db")
    assert (missing.returncode, "sulieu build" in missing.stderr) == (2, True)
    old = tmp_path / "old.db"
    old.write_bytes(facts.read_bytes())
    db = sqlite3.connect(old)
    db.execute("PRAGMA user_version = 3")
    db.close()
    done = sulieu("serve", old)
    assert (done.returncode, done.stdout) == (2, "")
    assert "do phiên bản khác lập" in done.stderr


def test_without_its_packages_it_says_what_to_install(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = sulieu("serve", facts)
    assert done.returncode == 5
    assert "pip install 'sulieu[web]'" in done.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_it_prints_its_address_answers_and_ends_with_ctrl_c(facts: Path, workers: int) -> None:
    pytest.importorskip("uvicorn", reason="uvicorn is not installed: pip install 'sulieu[web]'")
    server = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", str(facts), "--port", "0", "--workers", str(workers), "--no-open"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        assert server.stdout
        address = server.stdout.readline()
        port = int(re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\n", address)[1])  # type: ignore[index]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)   # it listened before it said so
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.status, "Phòng đọc" in answer.read().decode()) == (200, True)
    finally:
        os.killpg(server.pid, signal.SIGINT)
        _, said = server.communicate(timeout=60)
    assert server.returncode == 0, said
    assert "Đã đóng phòng đọc" in said
    assert "Traceback" not in said
