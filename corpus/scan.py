"""Finds every file of an archive."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.columns import SIDECAR, Columns, ColumnsError, Sidecar
from corpus.errors import InputNotFound


@dataclass(frozen=True, slots=True)
class Item:
    """One file of an archive. `name` is its path below the input folder with `/`, or the name of a file given
    directly; the document's id comes from it. `columns` is what a mapping beside it says."""

    path: Path
    name: str
    columns: Columns = field(default_factory=Columns)


def scan(inputs: Iterable[Path]) -> Iterator[Item]:
    """Every file given, and every file below the folders given, in order of name within each folder.

    Files and folders whose name begins with a dot are passed over. Everything else is yielded, whatever it is:
    a link, a device or a folder that may not be opened is an Item too, so that `read` can say why it was not read.
    A mapping of columns (`corpus.columns`) is no document; a broken one is yielded, and does not count.

    Raises InputNotFound for an input that does not exist.
    """
    for given in inputs:
        path = Path(os.path.abspath(given))  # noqa: PTH100 - Path.resolve would follow links
        if not path.exists():
            raise InputNotFound(f"{given}: no such file or folder")
        if path.is_dir():
            yield from _below(path)
        else:
            beside = sidecar(path.parent)
            yield Item(path, printable(path.name), beside.columns(path.name) if beside else Columns())


def sidecar(folder: Path) -> Sidecar | None:
    """The mapping in a folder, None where there is none that can be used."""
    try:
        return Sidecar.of(folder / SIDECAR)
    except (OSError, ColumnsError):
        return None


def _below(top: Path) -> Iterator[Item]:
    waiting: list[tuple[Path, str, Sidecar | None]] = [(top, "", None)]
    while waiting:
        path, name, mapping = waiting.pop()
        if name and (path.is_symlink() or not path.is_dir()):
            if path.name != SIDECAR or sidecar(path.parent) is None:
                yield Item(path, name, mapping.columns(path.name) if mapping else Columns())
            continue
        try:
            with os.scandir(path) as found:
                children = sorted((entry.name for entry in found if not entry.name.startswith(".")), reverse=True)
        except OSError:
            yield Item(path, name or printable(path.name))
            continue
        prefix = f"{name}/" if name else ""
        if SIDECAR in children:
            mapping = sidecar(path)
        waiting.extend((path / child, prefix + printable(child), mapping) for child in children)


def printable(name: str) -> str:
    """A file name as valid Unicode: bytes that are not UTF-8 are written `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
