"""The other side of `corpus.isolated`: a process that calls the functions it is told to, one after the other.

It is started as a file and imports nothing of ours before the first call has told it where the program lies.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import pickle
import shutil
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NoReturn

NO_MEMORY = 86          # status with which a worker ends that had not enough memory
HEAD = struct.Struct(">Q")
_GRACE = 5.0            # seconds after a deadline in which the caller should have ended this process


class Plain(pickle.Unpickler):
    """Reads plain data only: a process that strange bytes have taken over can have nothing run in another."""

    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def loaded(data: bytes | bytearray) -> Any:
    """A message. Raises pickle.UnpicklingError for what is no plain data."""
    return Plain(io.BytesIO(data)).load()


def framed(message: Any) -> bytes:
    """A message with its length before it."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(data)) + data


def main(memory: int, most_calls: int, most_resident: int) -> None:
    """Answer calls until there are no more. Limits in bytes of address space and of memory in use."""
    _limit(memory)
    calls, answers = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    waiting: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
    threading.Thread(target=_receive, args=(calls, waiting), daemon=True).start()
    try:
        for done in range(1, most_calls + 1):
            _answer(waiting.get(), answers, most_resident if done < most_calls else 0)
    except MemoryError:
        os._exit(NO_MEMORY)
    except BrokenPipeError:  # nobody listens any more
        pass
    os._exit(0)


def _limit(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system can limit memory
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        hardest = resource.getrlimit(resource.RLIMIT_AS)[1]
        bound = memory if hardest == resource.RLIM_INFINITY else min(memory, hardest)
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def _receive(calls: io.BufferedReader, waiting: SimpleQueue[tuple[Any, ...]]) -> None:
    """Take calls in. Their end is that of the caller, and so of this process, whatever it is doing."""
    try:
        while len(head := calls.read(HEAD.size)) == HEAD.size:
            waiting.put(loaded(calls.read(HEAD.unpack(head)[0])))
    except MemoryError:
        os._exit(NO_MEMORY)
    finally:
        _clear(Path(os.environ.get("TMPDIR", "")))
        os._exit(0)


def _clear(folder: Path) -> None:
    """The folder of our temporary files, which the caller takes away if it is the one that lives on."""
    if folder.name.startswith("sulieu-"):
        shutil.rmtree(folder, ignore_errors=True)


def _answer(call: tuple[Any, ...], answers: int, most_resident: int) -> None:
    """Answer one call; with its end goes whether there may be another one: with less than this in use."""
    places, name, arguments, seconds, several = call
    del call
    sys.path[:] = places
    module, _, function = name.partition(":")
    called = getattr(importlib.import_module(module), function)
    from corpus import alive
    from corpus.errors import ReadError

    def go_on() -> None:
        _alarm(seconds)
        _send(answers, ("alive",))

    _send(answers, ("ready", _peak()))
    try:
        _alarm(seconds)
        alive.listen(go_on)
        values = called(*arguments) if several else [called(*arguments)]
        del arguments
        for value in _each(iter(values), seconds):
            _send(answers, ("value", value))
        del values
    except ReadError as error:
        _alarm(0)
        end: tuple[Any, ...] = ("error", error.reason.value, error.detail)
    except MemoryError:
        raise
    except Exception:
        _alarm(0)
        _send(answers, ("raised", traceback.format_exc()))
        raise
    else:
        end = ("end",)
    alive.listen(None)
    gc.collect()
    _send(answers, (*end, _resident() < most_resident))


def _each(values: Iterator[Any], seconds: float) -> Iterator[Any]:
    """The values; the alarm goes off while one is made, not while the caller is busy with the one before."""
    for value in values:
        _alarm(0)
        yield value
        _alarm(seconds)
    _alarm(0)


def _alarm(seconds: float) -> None:
    """Have the system end this process if nobody else does, even in the midst of a native call; 0: no more."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds else 0)


def _send(answers: int, message: tuple[Any, ...]) -> None:
    rest = memoryview(framed(message))
    while rest:
        rest = rest[os.write(answers, rest) :]


def _peak() -> int:
    """What the system says was the most memory in use: it begins with that of the process that started this one."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _resident() -> int:
    """Bytes of memory in use now, 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123
            return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
