"""What a cell promises: N tasks in are N tasks out, whatever is in them, and whoever ends a process ends alone.

No process is started here: the work is done in this one, and what would end a process is raised as what its end is
told as. `x` stands for a document, `x:crash` for one over which every process ends, `x:once` for one over which only
the first does.
"""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import metadata
from corpus.document import Document
from corpus.errors import ReadError, Reason, Rejected
from corpus.readers import records
from corpus.readers import text as text_reader
from corpus.scan import Item
from extractors.facts import Facts
from extractors.lexicon import LexiconError
from pipeline import cell, work
from pipeline.cell import Cell, Limits, Stopped
from pipeline.errors import RunError
from pipeline.tasks import Failure, Result, Task, restored

ENDS = {   # by the word in a document
    "crash": Reason.DAMAGED, "hang": Reason.TIMEOUT, "memory": Reason.TOO_LARGE, "kill": Reason.KILLED,
}


class End(BaseException):
    """A process ends here."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason


class Office:
    """Does the work in the place of processes, and notes what each of them was given."""

    def __init__(self) -> None:
        self.given: list[tuple[Task, ...]] = []
        self.seconds: list[float] = []
        self.memory: set[int] = set()
        self._met: Counter[str] = Counter()

    def process(self, function: str, *, seconds: float, memory: int) -> Office:
        """In the place of `Isolated`."""
        self.seconds.append(seconds)
        self.memory.add(memory)
        return self

    def each(self, tasks: Any) -> Iterator[Any]:
        self.given.append(restored(tasks))
        try:
            yield from work.work(tasks)
        except End as end:
            raise ReadError(end.reason, "it ended") from end

    def obey(self, text: str) -> None:
        """Do what the words of a document say: `a:crash`."""
        for word in text.split():
            _, _, fault = word.partition(":")
            self._met[word] += 1
            if fault == "broken":
                raise ZeroDivisionError("a bug of ours")
            if fault in ENDS or (fault == "once" and self._met[word] == 1):
                raise End(ENDS.get(fault, Reason.DAMAGED))

    def said(self) -> str:
        """The numbers of the tasks that each process was given."""
        return " ".join("".join(str(task.number) for task in tasks) for tasks in self.given)


@pytest.fixture
def office(monkeypatch) -> Office:
    one = Office()
    monkeypatch.setattr(cell, "Isolated", one.process)
    monkeypatch.setattr(work, "extract", lambda document, *rest: one.obey(document.text) or Facts())
    return one


@pytest.fixture
def faulty_readers(office, monkeypatch) -> None:
    """Faults are those of readers, and extractors have none."""
    def describe(text: str, *rest: Any, **how: Any) -> dict[str, Any]:
        office.obey(text)
        return metadata.describe(text, *rest, **how)

    for module in (records, text_reader):
        monkeypatch.setattr(module, "describe", describe)
    monkeypatch.setattr(work, "extract", lambda *given: Facts())


def document(text: str) -> Task:
    return Task(0, document=Document(id=text, path=text, text=text, sha256="0" * 64))


def numbered(tasks: list[Task]) -> list[Task]:
    return [replace(task, number=n) for n, task in enumerate(tasks)]


def come_of(results: list[Result]) -> str:
    """What came of each, by number, or by its place in a container: `0 1=extract:hung`."""
    said = []
    for result in results:
        found = result.found
        known = found.document if isinstance(found, Failure) and found.document else found
        name = known.member or str(result.number)
        if isinstance(found, Failure):
            name += f"={found.stage}:{found.reason}"
        elif isinstance(found, Rejected):
            name += f"=rejected:{found.reason}"
        said.append(name)
    return " ".join(said)


# Batches of documents

BATCHES = """
a b c                 | 0 1 2                                          | 012
a:crash b c           | 0=extract:crashed 1 2                          | 012 0 12
a b:hang c            | 0 1=extract:hung 2                             | 012 1 2
a b c:memory          | 0 1 2=extract:out-of-memory                    | 012 2
a:kill                | 0=extract:killed                               | 0 0
a b:once c            | 0 1 2                                          | 012 1 2
a:once b:once c:once  | 0 1 2                                          | 012 0 12 1 2 2
a:crash b:hang        | 0=extract:crashed 1=extract:hung               | 01 0 1 1
a b:broken c          | 0 1=extract:extraction-failed 2                | 012
"""


def table(text: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in text.strip().splitlines()]


@pytest.mark.parametrize("words, come, given", table(BATCHES))
def test_who_ends_a_process_is_tried_once_more_alone_and_the_others_lose_nothing(office, words, come, given):
    results = Cell(Limits()).run(numbered([document(word) for word in words.split()]))
    assert come_of(results) == come and office.said() == given
    for result in results:
        assert isinstance(result.facts, Facts) != isinstance(result.found, Failure)
        assert not isinstance(result.found, Failure) or result.found.document.text == words.split()[result.number]


# Files: `x` is one text, several words the records of a JSONL file, `[…]` a zip file

def written(folder: Path, what: str | list[Any], name: str) -> Item:
    path = folder / name
    path.write_bytes(content(what))
    return Item(path, name)


def content(what: Any) -> bytes:
    if isinstance(what, list):
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as container:
            for n, member in enumerate(what):
                container.writestr(f"{n}{suffix(member)}", content(member))
        return data.getvalue()
    if " " in what:
        return "\n".join(json.dumps({"text": word}) for word in what.split()).encode()
    return what.encode()


def suffix(what: Any) -> str:
    return ".zip" if isinstance(what, list) else ".jsonl" if " " in what else ".txt"


FILES: list[tuple[Any, str, int]] = [   # what is in it, what comes of it, how many processes that takes
    ("a", "0", 1),
    ("a:crash", "0=read:crashed", 2),
    ("a:once", "0", 2),
    ("a b c", "1 2 3", 1),
    ("a b:crash c", "1 2=read:crashed 3", 3),
    ("a:hang b c:memory d", "1=read:hung 2 3=read:out-of-memory 4", 5),
    ("a b:once c", "1 2 3", 2),
    ("a b:broken c", "1 2=rejected:reading-failed 3", 1),
    (["a", "b:crash", "c"], "0.txt 1.txt=read:crashed 2.txt", 3),
    (["a", "b:broken", "c"], "0.txt 1.txt=rejected:reading-failed 2.txt", 1),
    (["a", ["b", "c:kill", "d"], "e"], "0.txt 1.zip#0.txt 1.zip#1.txt=read:killed 1.zip#2.txt 2.txt", 3),
    (["a", "b c:crash d:once e", "g"], "0.txt 1.jsonl#1 1.jsonl#2=read:crashed 1.jsonl#3 1.jsonl#4 2.txt", 4),
]


@pytest.mark.parametrize("what, come, processes", FILES, ids=str)
def test_a_file_is_read_on_behind_what_ends_its_process(office, faulty_readers, tmp_path, what, come, processes):
    item = written(tmp_path, what, f"kho{suffix(what)}")
    results = list(Cell(Limits()).stream(Task(0, item=item)))
    assert come_of(results) == come and len(office.given) == processes
    assert not any(result.facts for result in results)


@pytest.mark.parametrize("what, come", [(what, come) for what, come, _ in FILES], ids=str)
def test_a_file_in_a_batch_gives_the_same_with_facts(office, faulty_readers, tmp_path, what, come):
    item = written(tmp_path, what, f"kho{suffix(what)}")
    tasks = [replace(document("x"), number=1), Task(0, item=item), replace(document("y"), number=2)]
    first, *middle, last = Cell(Limits()).run(tasks)
    assert (first.number, last.number) == (1, 2) and come_of(middle) == come
    assert all(isinstance(result.facts, Facts) == isinstance(result.found, Document) for result in middle)


def test_an_extractor_that_fails_on_one_record_costs_that_record(office, tmp_path):
    item = written(tmp_path, "a b:crash c:once d:broken e", "kho.jsonl")
    results = Cell(Limits()).run([Task(0, item=item)])
    assert come_of(results) == "1 2=extract:crashed 3 4=extract:extraction-failed 5"


def test_members_that_are_done_are_not_read_again(office, faulty_readers, tmp_path):
    item = written(tmp_path, ["a", "b:crash", "c"], "kho.zip")
    list(Cell(Limits()).stream(Task(0, item=item)))
    assert [tasks[0].skip for tasks in office.given] == [
        (), ("kho.zip#0.txt",), ("kho.zip#0.txt", "kho.zip#1.txt"),
    ]


def test_records_are_given_as_they_are_read(office, faulty_readers, tmp_path):
    results = Cell(Limits()).stream(Task(0, item=written(tmp_path, "a b c:crash d", "kho.jsonl")))
    assert come_of([next(results), next(results)]) == "1 2" and len(office.given) == 1


# Limits

def test_a_deadline_grows_with_the_largest_task_of_a_process(office):
    Cell(Limits(seconds=10, speed=2, memory=7)).run(numbered([document("a" * 8), document("b:crash"), document("c")]))
    assert office.seconds == [10 + 8 / 2, 10 + 7 / 2, 10 + 1 / 2] and office.memory == {7}


# What is no fault of a document

def a_stop(stopping: threading.Event) -> ReadError:
    stopping.set()
    return ReadError(Reason.KILLED, "it ended")


@pytest.mark.parametrize("raised, as_what", [
    (lambda stopping: ReadError(Reason.MISSING_PROGRAM, "python cannot be started again"), RunError),
    (lambda stopping: RuntimeError("titles.tsv line 3"), RuntimeError),
    (a_stop, Stopped),
], ids=["no process", "broken table", "stopped"])
def test_what_no_document_is_to_blame_for_ends_the_run(
    office, monkeypatch, raised: Callable[[threading.Event], Exception], as_what
):
    stopping = threading.Event()

    def each(tasks: Any) -> Iterator[Any]:
        yield "begun", 0
        raise raised(stopping)

    monkeypatch.setattr(office, "each", each)
    with pytest.raises(as_what):
        Cell(Limits(), stopping=stopping).run(numbered([document("a")]))


def test_a_run_that_is_stopped_starts_no_process(office):
    stopping = threading.Event()
    stopping.set()
    with pytest.raises(Stopped):
        Cell(Limits(), stopping=stopping).run(numbered([document("a")]))
    assert office.given == []


def test_a_broken_table_is_no_matter_of_a_document(office, monkeypatch):
    def broken(*given: Any) -> Facts:
        raise LexiconError("titles.tsv line 3")

    monkeypatch.setattr(work, "extract", broken)
    with pytest.raises(LexiconError):
        Cell(Limits(), isolated=False).run(numbered([document("a")]))
