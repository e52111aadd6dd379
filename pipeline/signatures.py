"""What tells whether a file is still the same.

A file is the same as before when its size, times and inode are, or, where these changed, its bytes; the time of the
last change of an inode cannot be set by a program, so a file that was edited and given its old date back is seen. A
file so young that it could be changed again within the clock's grain is judged by its bytes next time.
"""

from __future__ import annotations

import hashlib
import stat
import time
from contextlib import suppress
from pathlib import Path

from corpus.scan import Item

_YOUNG = 2.0     # seconds: the coarsest grain of times in a file system (FAT)


def signature_of(path: Path) -> tuple[int, str | None]:
    """Size in bytes of a file, and what changes when it does; (0, None) for what is no file that can be looked at."""
    with suppress(OSError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode):
            return status.st_size, f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"
    return 0, None


def settled(signature: str | None) -> str:
    """The signature, or nothing where the file is so young that it may still change without changing that."""
    if not signature:
        return ""
    if signature.startswith("@"):   # `corpus.remote.mark_of`
        changed = float(signature.split(" ", 2)[1])
    else:
        changed = max(map(int, signature.split(":")[1:3])) / 1e9
    return "" if time.time() - changed < _YOUNG else signature


def sha256_of(item: Item) -> str | None:
    """The hash of a file's bytes, None where it cannot be read, is not to be, or would have to be fetched."""
    if item.url or item.skip or item.path.is_symlink():
        return None
    try:
        with item.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def lies(path: Path, signature: str | None, *, sure: bool) -> bool:
    """Whether there is a file of the size that is known; where none is known, whether there is one, unless `sure`."""
    size, there = signature_of(path)
    known = (signature or "").partition(":")[0]
    return there is not None and (str(size) == known if known else not sure)
