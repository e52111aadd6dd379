"""Who does the tasks: cells on this machine, one for each process, or the workers of a cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from corpus import isolated
from pipeline.cell import Cell, Limits
from pipeline.tasks import Result, Task

_SECONDS_TO_STOP = 0.2   # until processes are looked for again


@dataclass(frozen=True, slots=True)
class Workers:
    """`submit` has a batch of tasks done, `slots` of them at a time; `stream` reads a file, document by document."""

    submit: Callable[[list[Task]], Future[list[Result]]]
    stream: Callable[[Task], Iterator[Result]]
    slots: int


@contextmanager
def workers(jobs: int, limits: Limits, cluster: str | None, stopping: threading.Event) -> Iterator[Workers]:
    """The workers of a run. When it is stopped, by an error or by Ctrl-C, their processes are ended at once."""
    if cluster:
        from pipeline.cluster import cluster_workers

        with cluster_workers(cluster, limits, stopping) as who:
            yield who
        return
    cell = Cell(limits, isolated=jobs > 0, stopping=stopping)
    if not jobs:
        yield Workers(lambda tasks: _here(cell, tasks), cell.stream, 1)
        return
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="cell")
    at_work: set[Future[list[Result]]] = set()

    def submit(tasks: list[Task]) -> Future[list[Result]]:
        future = pool.submit(cell.run, tasks)
        at_work.add(future)
        future.add_done_callback(at_work.discard)
        return future

    try:
        yield Workers(submit, cell.stream, jobs)
    except BaseException:
        stopping.set()
        pool.shutdown(wait=False, cancel_futures=True)
        while at_work:   # a thread may have been about to start one more process
            isolated.stop()
            wait(set(at_work), timeout=_SECONDS_TO_STOP)
        raise
    finally:
        pool.shutdown()
        isolated.close()


def _here(cell: Cell, tasks: list[Task]) -> Future[list[Result]]:
    done: Future[list[Result]] = Future()
    done.set_result(cell.run(tasks))
    return done
