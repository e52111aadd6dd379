"""The README is true: its commands and its Python run, its links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if line]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where a reader of the README stands: the sample archive is there, nothing is built yet."""
    path = tmp_path_factory.mktemp("readme")
    (path / "corpus").mkdir()
    (path / "corpus" / "samples").symlink_to(ROOT / "corpus" / "samples", target_is_directory=True)
    return path


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def run(arguments: list[str], folder: Path) -> str:
    if arguments[2:3] == ["serve"]:
        return served(arguments, folder)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def served(arguments: list[str], folder: Path) -> str:
    """The first page of the reading room, which is then closed as a reader closes it."""
    command = [sys.executable, *arguments, "--port", "0", "--no-open"]
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as room:
        assert room.stdout
        with urllib.request.urlopen(room.stdout.readline().strip()) as page:
            shown = page.read().decode("utf-8")
        room.send_signal(signal.SIGINT)
    assert room.returncode == 0
    return shown


def test_every_command_runs_and_says_something(folder):
    """In one test and in order, since later commands read what earlier ones wrote."""
    for command in COMMANDS:
        program, *arguments = shlex.split(command)
        assert program == "sulieu"
        out = run(["-m", "pipeline", *arguments], folder)
        if "-o" in arguments:
            assert (folder / arguments[arguments.index("-o") + 1]).stat().st_size, command
        elif arguments[0] != "verify":  # which says nothing when nothing is wrong
            assert out.strip(), command


def test_searches_shown_find_something(folder):
    run(["-m", "pipeline", "build", "corpus/samples", "-o", "facts.db"], folder)
    for command in COMMANDS:
        if " search " in command:
            assert run(["-m", "pipeline", *shlex.split(command)[1:], "--json"], folder).strip() != "[]", command


@pytest.mark.parametrize("code", blocks("python"), ids=["facts", "spacy"])
def test_every_python_example_runs(code, folder):
    run(["-c", code], folder)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_leads_somewhere(target):
    assert (ROOT / target).exists()


def test_every_command_of_the_program_is_named():
    shown = run(["-m", "pipeline", "--help"], ROOT)
    for command in re.findall(r"^  ([a-z]+) ", shown, flags=re.MULTILINE):
        assert re.search(rf"\b{command}\b", README.partition("## All commands")[2]), command
