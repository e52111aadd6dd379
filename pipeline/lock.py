"""One build at a time on a fact base."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from outputs.factbase import FactBaseError


def at_work(target: Path) -> bool:
    """Whether a build is at work on this fact base."""
    file = target.with_name(f".{target.name}.lock")
    if not file.exists():
        return False
    try:
        with FileLock(file, timeout=0):
            return False
    except (Timeout, OSError):
        return True


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Keep other builds from this fact base; the system lets them in when this process ends, however it does.

    Raises FactBaseError if another build is at work on it, or its folder cannot be written to.
    """
    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        if not Path(lock.lock_file).exists():   # a folder that takes no files
            raise FactBaseError(f"{target}: cannot be written (no file can be made); choose another place with -o") \
                from error
        raise FactBaseError(f"{target}: another build is at work on it; wait for its end") from error
    except OSError as error:
        raise FactBaseError(f"{target}: cannot be written ({error.strerror}); choose another place with -o") from error
    try:
        yield
    finally:
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()
