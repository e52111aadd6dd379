"""The work of a run for tests of faults: it does what words in a document tell it to.

    Một tin. FAULT-kill          the extractor kills its process
    Một tin. READ-hang           the reader hangs
    Một tin. FAULT-once=/tmp/x   kills its process the first time only: the file is made then

The extractors are a stand-in that finds nothing: a process that has been killed starts again in half the time.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

_ORDER = re.compile(r"\b(READ|FAULT)-(\w+)(?:=(\S+))?")


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang() -> None:
    threading.Event().wait()


def memory() -> None:
    kept = []
    while True:
        kept.append(bytearray(16 * 1024**2))


def segfault() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(7)


def parent() -> None:
    os.kill(os.getppid(), signal.SIGKILL)


def broken() -> None:
    raise ZeroDivisionError("a bug of ours")


FAULTS: dict[str, Callable[[], None]] = {
    "kill": kill, "hang": hang, "memory": memory, "segfault": segfault, "leave": leave, "parent": parent,
    "broken": broken,
}


def obey(stage: str, text: str) -> None:
    """Do what the text says about this stage."""
    for asked, fault, path in _ORDER.findall(text):
        if asked != stage:
            continue
        if fault == "once":
            try:
                Path(path).touch(exist_ok=False)
            except FileExistsError:
                continue
            fault = "kill"
        FAULTS[fault]()


def work(tasks: Any) -> Iterator[tuple[Any, ...]]:
    """As `pipeline.work.work`. Only for processes of their own: it replaces modules."""
    sys.modules.setdefault("extractors.extract", _stand_in())
    from pipeline import work as real

    real.walk = _walk   # type: ignore[assignment]
    yield from real.work(tasks)


def _stand_in() -> ModuleType:
    from extractors.facts import Facts

    def extract(document: Any, *_: Any) -> Facts:
        obey("FAULT", document.text)
        return Facts()

    module = ModuleType("extractors.extract")
    module.extract, module.KINDS = extract, ()   # type: ignore[attr-defined]
    return module


def _walk(*arguments: Any) -> Iterator[Any]:
    from corpus.read import walk

    for found in walk(*arguments):
        obey("READ", getattr(found, "text", ""))
        yield found
