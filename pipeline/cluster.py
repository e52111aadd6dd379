"""The workers of a cluster, through dask.distributed: the same cells, each in a thread of a dask worker.

This process alone reads the ledger and writes the fact base. A batch goes out as plain data and its results come back
in the same form, so a worker that is lost costs nothing but the time of its batches, which dask gives to others.
Every worker needs sulieu installed in the same version, and must see the archive at the same place.
"""

from __future__ import annotations

import pickle
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import astuple
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from corpus import isolated
from corpus.isolated_worker import loaded
from outputs.factbase.outcomes import RunReason
from pipeline.cell import Cell, Limits, Stopped
from pipeline.errors import MissingPackage, RunError
from pipeline.tasks import Failure, Result, Task, plain, restored
from pipeline.versions import program, tools
from pipeline.workers import Workers

if TYPE_CHECKING:
    from distributed import Client, Future

_SECONDS_TO_CONNECT = 30
_SECONDS_TO_LOOK = 15.0   # until it is looked whether there still are workers; a run goes on without any for as long
_PROGRAMS = ("tesseract", "antiword", "soffice")   # may lie at another place on each machine


@contextmanager
def cluster_workers(address: str, limits: Limits, stopping: threading.Event) -> Iterator[Workers]:
    """The workers of the cluster whose scheduler is at `address`: `tcp://host:8786`.

    Raises MissingPackage where dask.distributed is not installed; RunError where there is no such cluster, it has no
    workers, or they have another version of the program.
    """
    with _connected(address) as client:
        _check(client, address)
        slots = sum(client.nthreads().values())
        cluster = _Cluster(client, address, limits, stopping)
        pool = ThreadPoolExecutor(2 * slots, thread_name_prefix="batch")
        try:
            yield Workers(lambda tasks: pool.submit(cluster.done, tasks), Cell(limits, stopping=stopping).stream, slots)
        except BaseException:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            cluster.stop()
            raise
        finally:
            pool.shutdown()
            cluster.leave()
            isolated.close()


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError as error:
        raise MissingPackage("--cluster needs dask.distributed: pip install 'sulieu[cluster]'") from error
    try:   # a Client that finds nobody keeps the program for a minute when it ends
        socket.create_connection(get_address_host_port(address, strict=True), timeout=_SECONDS_TO_CONNECT).close()
        client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False, name="sulieu")
    except (OSError, ValueError, TimeoutError) as error:
        raise RunError(f"{address}: no dask scheduler answers there; start one with: dask scheduler") from error
    with client:
        yield client


def _check(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
    except TimeoutError as error:
        raise RunError(f"{address}: the cluster has no workers; start some with: dask worker {address}") from error
    ours = _about()
    for worker, theirs in sorted(client.run(_about, on_error="return").items()):
        if isinstance(theirs, BaseException):   # it cannot import this module
            raise RunError(f"{worker}: sulieu is not installed on this worker; install the same version there") \
                from theirs
        if differing := _differing(ours, theirs):
            raise RunError(f"{worker}: has {differing}; install the same versions there")


class _Cluster:
    """What a run asks of a cluster."""

    def __init__(self, client: Client, address: str, limits: Limits, stopping: threading.Event) -> None:
        import distributed.client

        self._client = client
        self._closed: type[Exception] = getattr(distributed.client, "ClosedClientError", RuntimeError)   # not in all
        self._address = address
        self._limits = astuple(limits)
        self._stopping = stopping
        self._run = uuid4().hex
        self._about = _about()
        self._asked: set[Future | None] = set()

    def done(self, tasks: list[Task]) -> list[Result]:
        """What comes of the tasks. Where they were at work on several workers that were lost, one of them is blamed."""
        from distributed import KilledWorker

        try:
            return self._ask(tasks)
        except KilledWorker as error:
            if len(tasks) > 1:
                half = len(tasks) // 2
                return [*self.done(tasks[:half]), *self.done(tasks[half:])]
            (task,) = tasks
            stage = "extract" if task.document else "read"
            detail = f"{error.allowed_failures + 1} workers were lost while they worked on it"
            return [Result(task.number, Failure(stage, RunReason.WORKER_LOST.value, detail, task.document))]

    def _ask(self, tasks: list[Task]) -> list[Result]:
        data = pickle.dumps(plain(tuple(tasks)), pickle.HIGHEST_PROTOCOL)
        future = None
        try:
            future = self._client.submit(_work, data, self._limits, self._run, self._about, pure=False, key=_key())
            self._asked.add(future)
            return list(restored(loaded(self._result(future))))
        except (CancelledError, Stopped, self._closed) as error:
            if self._stopping.is_set():
                raise Stopped from error
            raise self._cut_off() from error
        finally:
            self._asked.discard(future)

    def _result(self, future: Future) -> bytes:
        alone = False
        while True:
            try:
                return future.result(timeout=_SECONDS_TO_LOOK)
            except TimeoutError:
                was_alone, alone = alone, not self._has_workers()
                if alone and was_alone:
                    raise RunError(
                        f"{self._address}: the cluster has lost all its workers; start some and run the same command "
                        "again"
                    ) from None

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except OSError as error:
            raise self._cut_off() from error

    def _cut_off(self) -> RunError:
        return RunError(f"{self._address}: the connection to the cluster was lost; run the same command again")

    def stop(self) -> None:
        """Have the workers leave what they are at."""
        with suppress(OSError, RuntimeError, self._closed):   # it may be the cluster that is gone
            self._client.cancel([one for one in tuple(self._asked) if one], force=True)
            self._client.run(_stop, self._run, on_error="ignore")

    def leave(self) -> None:
        """Leave no process of ours behind."""
        with suppress(OSError, RuntimeError, self._closed):
            self._client.run(isolated.close, on_error="ignore")


def _key() -> str:
    return f"sulieu-{uuid4().hex}"


# On the workers

_stopped: dict[str, threading.Event] = {}   # by run


def _work(data: bytes, limits: tuple[Any, ...], run: str, expected: dict[str, str | None]) -> bytes:
    """Do a batch of tasks in a cell of this worker."""
    if differing := _differing(expected, _about()):   # it came after the others were looked at
        raise RunError(f"a worker has {differing}; install the same versions there")
    tasks = restored(loaded(data))
    for task in tasks:
        if task.item and not (task.item.url or task.item.skip or task.item.path.parent.is_dir()):
            raise RunError(
                f"{task.item.path.parent}: a worker does not see this folder; put the archive where all machines see it"
            )
    cell = Cell(Limits(*limits), stopping=_stopped.setdefault(run, threading.Event()))
    return pickle.dumps(plain(tuple(cell.run(tasks))), pickle.HIGHEST_PROTOCOL)


def _stop(run: str) -> None:
    _stopped.setdefault(run, threading.Event()).set()
    isolated.stop()


def _about() -> dict[str, str | None]:
    """What must be the same everywhere for results to be the same."""
    about = {name: value for name, value in tools().items() if name not in (*_PROGRAMS, "python", "system")}
    return {"program": program(), **about, **{name: "there" if tools()[name] else None for name in _PROGRAMS}}


def _differing(ours: dict[str, str | None], theirs: dict[str, str | None]) -> str:
    """`lxml 5.1 (here 6.0)`; nothing where all is the same."""
    return ", ".join(
        f"{name} {theirs.get(name)} (here {value})" for name, value in ours.items() if theirs.get(name) != value
    )
