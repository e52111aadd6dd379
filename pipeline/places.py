"""Where inputs lie: folders and files of this machine, and addresses."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus import remote
from corpus.errors import InputNotFound
from corpus.scan import Item, is_address, printable, scan
from outputs.review import review_name

_BESIDE = ("", "-wal", "-shm", "-journal")   # what SQLite keeps beside a database, by the end of its name


@dataclass(frozen=True, slots=True)
class Place:
    """An input as it was given. `root` is the folder that names of files count from; `whole` if all of it was meant."""

    said: str
    root: str
    whole: bool

    def items(self, own: Container[Path] = ()) -> Iterator[Item]:
        """The files in it; those of our `own` are not to be read."""
        yield from scan([self.said], own)


def place(given: Path | str) -> Place:
    """An input: a path, or an address (`s3://…`).

    Raises InputNotFound if there is nothing at it, InputUnreachable if an address cannot be looked into.
    """
    if is_address(given):
        return Place(str(given), *remote.root_of(str(given)))
    path = Path(os.path.abspath(given))  # noqa: PTH100 - Path.resolve would follow links
    if not path.exists():
        raise InputNotFound(f"{given}: no such file or folder")
    return Place(os.fspath(given), printable(str(path if path.is_dir() else path.parent)), path.is_dir())


def still_there(roots: Iterable[str]) -> list[Place]:
    """Those of the roots of earlier builds that are there now."""
    found = []
    for root in roots:
        try:
            found.append(place(root))
        except InputNotFound:
            continue
    return found


def own_files(target: Path) -> frozenset[Path]:
    """The fact base, what lies beside it while it is built, and what researchers said of it."""
    target = Path(os.path.abspath(target))  # noqa: PTH100 - as names are found in a folder
    said = target.with_name(review_name(target.name))
    beside = (one.with_name(one.name + end) for one in (target, said) for end in _BESIDE)
    return frozenset({*beside, target.with_name(f".{target.name}.lock")})
