"""Finds every file of an archive."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputNotFound


@dataclass(frozen=True, slots=True)
class Item:
    """One file of an archive. `name` is its path below the input folder with `/`, or the name of a file given
    directly; the document's id comes from it."""

    path: Path
    name: str


def scan(inputs: Iterable[Path]) -> Iterator[Item]:
    """Every file given, and every file below the folders given, in order of name within each folder.

    Files and folders whose name begins with a dot are passed over. Everything else is yielded, whatever it is:
    a link, a device or a folder that may not be opened is an Item too, so that `read` can say why it was not read.

    Raises InputNotFound for an input that does not exist.
    """
    for given in inputs:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - Path.resolve would follow links
        if not path.exists():
            raise InputNotFound(f"{given}: no such file or folder")
        if path.is_dir():
            yield from _below(path)
        else:
            yield Item(path, printable(path.name))


def _below(top: Path) -> Iterator[Item]:
    waiting = [(top, "")]
    while waiting:
        path, name = waiting.pop()
        if name and (path.is_symlink() or not path.is_dir()):
            yield Item(path, name)
            continue
        try:
            with os.scandir(path) as found:
                children = sorted((entry.name for entry in found if not entry.name.startswith(".")), reverse=True)
        except OSError:
            yield Item(path, name or printable(path.name))
            continue
        prefix = f"{name}/" if name else ""
        waiting.extend((path / child, prefix + printable(child)) for child in children)


def printable(name: str) -> str:
    """A file name as valid Unicode: bytes that are not UTF-8 are written `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
