"""Every hostile file ends as documents or typed rejections, in bounded memory and time, and none stops the run.

One child process reads them all under a limit of address space and of processor time, so a reader that breaks
either is seen by the file that has no answer.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import Reason, Rejected
from corpus.read import read
from corpus.scan import scan
from tests.corpus.hostile import Hostile, every, write

MEMORY = 3 * 1024**3      # bytes of address space, of which libraries take one
PROCESSOR_TIME = 600      # seconds, for all files together
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def answers() -> Iterator[dict[str, list[list[str]]]]:
    """Each file's results: identifier, outcome, path, member."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        child = subprocess.run(
            [sys.executable, "-m", "tests.corpus.test_hostile", folder], cwd=ROOT, capture_output=True, text=True,
            check=False,
        )
        found = {said["name"]: said["results"] for said in map(json.loads, child.stdout.splitlines())}
        if child.returncode:
            stopped = next((hostile.name for hostile in every() if hostile.name not in found), "?")
            found["stopped"] = [[stopped, child.stderr[-2000:], "", ""]]
        yield found


def _read_all(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_TIME, PROCESSOR_TIME))
    order = {hostile.name: place for place, hostile in enumerate(every())}
    for item in sorted(scan([folder]), key=lambda item: order[item.name]):
        results = []
        for result in read(item):
            _check_storable(result)
            results.append([result.id, _outcome(result), result.path, result.member or ""])
        print(json.dumps({"name": item.name, "results": results}), flush=True)


def _check_storable(result: Document | Rejected) -> None:
    """SQLite takes no half of a surrogate pair, and nothing that a container states is without end."""
    said = [result.id, result.path, result.member]
    if isinstance(result, Document):
        said += [result.title, result.date, result.author, result.source, result.url, *result.metadata.values()]
        assert all(0 <= page.start <= len(result.text) for page in result.pages)
    for value in filter(None, said):
        value.encode()
        assert "\x00" not in value and len(value) < 100_000, value[:100]


def _outcome(result: Document | Rejected) -> str:
    return "read" if isinstance(result, Document) else str(result.reason)


def test_nothing_stops_the_run(answers: dict[str, list[list[str]]]) -> None:
    assert "stopped" not in answers, answers["stopped"]
    assert len(answers) == len(list(every()))


@pytest.mark.parametrize("hostile", list(every()), ids=lambda hostile: hostile.name)
def test_each_file_has_its_outcome(answers: dict[str, list[list[str]]], hostile: Hostile) -> None:
    results = answers[hostile.name]
    found = {outcome for _, outcome, _, _ in results}
    assert results, "every file is accounted for"
    assert found <= {"read", *Reason}
    assert {path for _, _, path, _ in results} == {hostile.name}
    members = [member for _, _, _, member in results]
    assert len(set(members)) == len(members), "every result has its own place in the file"
    assert all(".." not in member.split("/") and not member.startswith("/") for member in members)
    assert not hostile.outcomes or found <= set(hostile.outcomes), results[:5]
    assert not hostile.all_of_them or found == set(hostile.outcomes), results[:5]


if __name__ == "__main__":
    _read_all(Path(sys.argv[1]))
