"""Who does the tasks: cells on this machine, one for each process, or the workers of a cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from corpus import isolated
from pipeline.cell import Cell, Limits
from pipeline.tasks import Result, Task


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
    try:
        yield Workers(lambda tasks: pool.submit(cell.run, tasks), cell.stream, jobs)
    except BaseException:
        stopping.set()
        isolated.stop()
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


def _here(cell: Cell, tasks: list[Task]) -> Future[list[Result]]:
    done: Future[list[Result]] = Future()
    done.set_result(cell.run(tasks))
    return done
