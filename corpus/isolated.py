"""Calls into native libraries, made in another process, which may hang, crash or fill its memory instead of ours.

    pages = Isolated("corpus.readers.pdf_pages:pages", seconds=30)
    for page in pages.each(data, 1): ...

A process is started by the first call and goes on for the next ones; several threads that call at a time have one
each. Arguments and values are plain data: None, numbers, strings, bytes, and tuples, lists, dicts, sets of them.

The process is a Python of its own, started afresh and never a fork, so that neither threads of the caller nor its
`__main__` matter. It writes nothing on the terminal, and ends with the caller. Needs a POSIX system.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

from corpus import alive
from corpus.errors import ReadError, Reason
from corpus.isolated_worker import HEAD, NO_MEMORY, framed, loaded

MEMORY = 2 * 1024**3              # bytes of address space of a process, libraries included
MOST_CALLS = 1000                 # of one process
MOST_RESIDENT = 512 * 1024**2     # bytes in use after a call, beyond which a process is not used again
LARGEST = 256 * 1024**2           # bytes of one value
SECONDS_TO_START = 60.0           # for the interpreter and its imports, and for taking the arguments over
_WORKER = str(Path(__file__).with_name("isolated_worker.py"))
_VMSTAT = Path("/proc/vmstat")    # counts them (proc(5)), those of a container too
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class Isolated:
    """A function that is called in another process: `module:name`, as `python -m` would find it.

    A call has `seconds` for its value, a call of `each` for each of its values, counted from when it is waited for or
    from its last sign of life (`corpus.alive`).
    What goes wrong is raised as a ReadError: what the function itself raises; `timeout`; `too-large` for lack of
    memory; `killed` where someone else ended it; `damaged` with the name of the signal for a crash. Any other
    exception of the function is an error of ours, and raised as RuntimeError with its traceback.
    """

    def __init__(self, function: str, *, seconds: float, memory: int = MEMORY) -> None:
        self.function = function
        self.seconds = seconds
        self.memory = memory

    def __call__(self, *arguments: Any) -> Any:
        """The value of the function."""
        (value,) = self._values(arguments, several=False)
        return value

    def each(self, *arguments: Any) -> Generator[Any, None, None]:
        """The values of a function that yields them, as they come. Those before a failure are good."""
        return self._values(arguments, several=True)

    def _values(self, arguments: tuple[Any, ...], *, several: bool) -> Generator[Any, None, None]:
        process = _Process.idle(self.memory)
        _Process.busy.add(process)
        goes_on = False
        try:
            places = [place or os.getcwd() for place in sys.path]  # noqa: PTH109
            process.send((places, self.function, arguments, self.seconds, several), SECONDS_TO_START)
            seconds = SECONDS_TO_START
            while True:
                kind, *said = process.receive(seconds)
                seconds = self.seconds
                alive.beat()
                match kind:
                    case "alive":
                        pass
                    case "ready":
                        process.peak_before, process.ended_before = said[0], _ended_for_memory()
                    case "value":
                        yield said[0]
                    case "end" | "error":
                        goes_on = said[-1]
                        break
                    case _:
                        raise RuntimeError(f"{self.function} in another process:\n{said[0]}")
            if kind == "error":
                raise ReadError(Reason(said[0]), said[1])
        except TimeoutError as error:
            raise ReadError(Reason.TIMEOUT, f"not done in {seconds:g} s") from error
        except EOFError as error:
            raise process.failure(seconds) from error
        finally:
            _Process.busy.discard(process)
            process.release() if goes_on else process.stop()


class _Process:
    """One worker, and the ends of its pipes."""

    waiting: dict[int, list[_Process]] = {}   # noqa: RUF012 - shared: idle ones by their bound of memory
    busy: set[_Process] = set()               # noqa: RUF012 - shared

    def __init__(self, memory: int) -> None:
        command = [sys.executable, "-P", _WORKER, str(memory), str(MOST_CALLS), str(MOST_RESIDENT)]
        self.folder = ""
        try:
            self.folder = tempfile.mkdtemp(prefix="sulieu-")   # for its temporary files, which go when it is killed
            self.process = subprocess.Popen(
                command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                start_new_session=True, env={**os.environ, "TMPDIR": self.folder},
            )
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise ReadError(Reason.MISSING_PROGRAM, f"python cannot be started again: {error.strerror}") from error
        assert self.process.stdin and self.process.stdout
        self.pipes = (self.process.stdin, self.process.stdout)
        self.calls, self.answers = (pipe.fileno() for pipe in self.pipes)
        os.set_blocking(self.calls, False)
        self.memory = memory
        self.peak_before = 0
        self.ended_before = _ended_for_memory()
        self.peak = 0

    @classmethod
    def idle(cls, memory: int) -> _Process:
        """One that waits for a call, a new one where there is none."""
        waiting = cls.waiting.setdefault(memory, [])
        while waiting:
            try:
                process = waiting.pop()
            except IndexError:  # another thread was faster
                break
            if process.process.poll() is None:
                return process
            process.stop()
        return cls(memory)

    def release(self) -> None:
        """Wait for the next call."""
        self.waiting.setdefault(self.memory, []).append(self)

    def send(self, message: Any, seconds: float) -> None:
        """Raises TimeoutError; EOFError where nobody takes it."""
        until = time.monotonic() + seconds
        rest = memoryview(framed(message))
        while rest:
            self._wait(self.calls, select.POLLOUT, until)
            try:
                rest = rest[os.write(self.calls, rest) :]
            except BrokenPipeError as error:
                raise EOFError from error

    def receive(self, seconds: float) -> Any:
        """The next message. Raises TimeoutError, EOFError, ReadError(too-large)."""
        until = time.monotonic() + seconds
        size = HEAD.unpack(self._read(HEAD.size, until))[0]
        if size > LARGEST:
            raise ReadError(Reason.TOO_LARGE, f"{size} bytes read from it; the limit is {LARGEST}")
        return loaded(self._read(size, until))

    def _read(self, size: int, until: float) -> bytearray:
        data = bytearray()
        while len(data) < size:
            self._wait(self.answers, select.POLLIN, until)
            part = os.read(self.answers, min(size - len(data), 1024**2))
            if not part:
                raise EOFError
            data += part
        return data

    @staticmethod
    def _wait(pipe: int, event: int, until: float) -> None:
        poll = select.poll()
        poll.register(pipe, event)
        if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError

    def stop(self) -> None:
        """End it and all that it started, and take its status, so that nothing of it is left."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # of one that has ended: macOS
                os.killpg(self.process.pid, signal.SIGKILL)
            _, status, usage = os.wait4(self.process.pid, 0)
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.peak = usage.ru_maxrss
        shutil.rmtree(self.folder, ignore_errors=True)
        for pipe in self.pipes:
            pipe.close()

    def failure(self, seconds: float) -> ReadError:
        """Why it ended by itself."""
        self.stop()
        status = self.process.returncode
        name = signal.Signals(-status).name if status < 0 else f"status {status}"
        if status == -signal.SIGALRM:
            return ReadError(Reason.TIMEOUT, f"not done in {seconds:g} s")
        # Libraries that get no memory end by signals of all kinds.
        filled = self.peak > self.peak_before and self.peak * _RSS_UNIT > self.memory / 2
        if filled or status == NO_MEMORY:
            return ReadError(Reason.TOO_LARGE, f"it takes more than {self.memory // 1024**2} MiB of memory to read")
        if status == -signal.SIGKILL and _ended_for_memory() > self.ended_before:
            return ReadError(Reason.TOO_LARGE, "the system had no memory left for it")
        if status == -signal.SIGKILL:
            return ReadError(Reason.KILLED, "its process was killed from outside")
        return ReadError(Reason.DAMAGED, f"reading it crashed ({name})")

    def forget(self) -> None:
        """In a fork of the caller: it belongs to another."""
        self.process.returncode = 0
        for pipe in self.pipes:
            pipe.close()


def close() -> None:
    """End all idle processes; the next call starts one."""
    for waiting in _Process.waiting.values():
        while waiting:
            waiting.pop().stop()


def stop() -> None:
    """Kill all processes, whatever they are at: the calls raise ReadError. For a caller that must end at once."""
    for process in [one for one in tuple(_Process.busy) if one.process.returncode is None]:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.process.pid, signal.SIGKILL)
    close()


def _ended_for_memory() -> int:
    """How many processes the system has ended for lack of memory, since it began; 0 where it does not tell."""
    try:
        _, _, after = _VMSTAT.read_text("ascii").partition("\noom_kill ")
    except OSError:   # not Linux
        return 0
    return int(after.split("\n", 1)[0] or 0)


def _forget() -> None:
    for waiting in _Process.waiting.values():
        while waiting:
            waiting.pop().forget()


atexit.register(close)
if hasattr(os, "register_at_fork"):   # POSIX
    os.register_at_fork(after_in_child=_forget)
