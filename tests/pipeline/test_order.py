"""Batches finish in any order, and come back in theirs."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from outputs.factbase import FactBaseError
from pipeline import order
from pipeline.batches import Batch, Entry
from pipeline.order import in_order
from pipeline.tasks import Failure, Result, Task


def document(n: int) -> Document:
    return Document(id=f"d{n}", path=f"d{n}", text=f"Tin số {n}.", sha256="0" * 64)


class Office:
    """Does batches when it is told to. `hurried` says which of those at work is done next, of so many."""

    def __init__(self, hurried: Iterator[int]) -> None:
        self.hurried = hurried
        self.at_work: list[tuple[Future[list[Result]], list[Result]]] = []
        self.most = 0

    def submit(self, tasks: list[Task]) -> Future[list[Result]]:
        future: Future[list[Result]] = Future()
        results = [Result(task.number, task.document or Failure("read", "hung", "…")) for task in tasks]
        self.at_work.append((future, results))
        self.most = max(self.most, len(self.at_work))
        return future

    def finish(self, *_: object, **__: object) -> None:
        """In the place of waiting for one to be done."""
        future, results = self.at_work.pop(next(self.hurried) % len(self.at_work))
        future.set_result(results)


def a_batch(n: int, *, empty: bool) -> Batch:
    batch = Batch()
    if empty:
        batch.entries.append(Entry(None, result=Result(n, document(n))))
    else:
        batch.add(None, Task(0, document=document(n) if n % 7 else None), ends=False)
        batch.entries[-1].position = n
    return batch


@given(st.integers(0, 120), st.integers(1, 5), st.randoms(use_true_random=False))
def test_batches_come_back_in_order(many, slots, chance):
    office = Office(iter(lambda: chance.randrange(1000), None))
    batches = [a_batch(n, empty=chance.random() < 0.2) for n in range(many)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "wait", office.finish)
        done = list(in_order(iter(batches), office.submit, slots))
    assert [entries for entries, _ in done] == [batch.entries for batch in batches]
    for batch, (_, results) in zip(batches, done, strict=True):
        assert [result.found for result in results] == [
            task.document or Failure("read", "hung", "…") for task in batch.tasks
        ]
    assert office.most <= 2 * slots


def test_what_waits_long_waits_on_disk(monkeypatch):
    """The first batch takes as long as all the others together."""
    office = Office(iter(lambda: -1, None))   # the last is always the first to be done
    stored: list[int] = []
    put_aside = order._put_aside

    def counted(waiting, disk):
        put_aside(waiting, disk)
        stored.append(sum(one.stored is not None for one in waiting))
        kept = sum(one.future is not None and one.future.done() for one in waiting)
        assert kept <= order._IN_MEMORY

    monkeypatch.setattr(order, "wait", office.finish)
    monkeypatch.setattr(order, "_put_aside", counted)
    done = list(in_order((a_batch(n, empty=False) for n in range(1, 100)), office.submit, 2))
    assert [entries[0].position for entries, _ in done] == list(range(1, 100))
    assert max(stored) > 50


def test_what_a_task_raises_is_raised(monkeypatch):
    failed: Future[list[Result]] = Future()
    failed.set_exception(RuntimeError("a broken table"))
    with pytest.raises(RuntimeError, match="a broken table"):
        list(in_order([a_batch(1, empty=False)], lambda tasks: failed, 1))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
def test_a_full_disk_for_temporary_files_is_told(monkeypatch):
    office = Office(iter(lambda: -1, None))

    monkeypatch.setattr(order.tempfile, "TemporaryFile", lambda **_: Path("/dev/full").open("r+b", buffering=0))  # noqa: SIM115
    monkeypatch.setattr(order, "wait", office.finish)
    with pytest.raises(FactBaseError, match="folder for temporary files is full"):
        list(in_order((a_batch(n, empty=False) for n in range(1, 100)), office.submit, 2))


