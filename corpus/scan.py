"""Finds every file of an archive, and says which of them are none of its documents."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.columns import SIDECAR, Columns, ColumnsError, Sidecar
from corpus.errors import InputNotFound, Reason

# What systems and programs leave in folders, in small letters.
_LITTER = frozenset({
    "$recycle.bin", "@eadir", "__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "lost+found",
    "system volume information", "thumbs.db",
})
_OWNER = "~$"   # begins the name of what Word, Excel and PowerPoint keep beside a file that is open


@dataclass(frozen=True, slots=True)
class Item:
    """One file of an archive. `name` is its path below the input folder with `/`, or the name of a file given
    directly; the document's id comes from it. `columns` is what a mapping beside it says.

    A file behind an address has a `url`, its `size` and what its file system marks its state with (`corpus.remote`);
    its `path` is a name only. `skip` is why it is not to be read at all.
    """

    path: Path
    name: str
    columns: Columns = field(default_factory=Columns)
    url: str = ""
    size: int = 0
    mark: str = ""
    skip: Reason | None = None


def scan(inputs: Iterable[Path | str], own: Container[Path] = ()) -> Iterator[Item]:
    """Every file given, and every file below the folders given, in order of name within each folder.

    Everything is yielded, whatever it is: a link, a device or a folder that may not be opened is an Item too, so that
    `read` can say why it was not read. So is what is passed over: files and folders whose name begins with a dot, what
    systems leave behind (`Thumbs.db`), and files of our `own`; a folder of these is one Item. What is given directly
    is meant, however it is called. A mapping of columns (`corpus.columns`) is no document; a broken one is yielded,
    and does not count. An input may be an address (`s3://bucket/archive`).

    Raises InputNotFound for an input that does not exist, InputUnreachable for an address that cannot be looked into.
    """
    for given in inputs:
        if is_address(given):
            from corpus.remote import listed

            yield from listed(str(given))
            continue
        path = Path(os.path.abspath(given))  # noqa: PTH100 - Path.resolve would follow links
        if not path.exists():
            raise InputNotFound(f"{given}: no such file or folder")
        if path.is_dir():
            yield from _below(path, own)
        else:
            beside = sidecar(path.parent)
            yield Item(path, printable(path.name), beside.columns(path.name) if beside else Columns())


def is_address(given: Path | str) -> bool:
    """Whether an input is an address, `protocol://…`, and not a path."""
    protocol, separator, _ = str(given).partition("://")
    return bool(separator) and len(protocol) > 1 and protocol.replace("+", "").replace("-", "").isalnum()


def skipped(name: str) -> Reason | None:
    """Why a file or folder of this name is passed over; None for one that is not."""
    if name.startswith("."):
        return Reason.HIDDEN
    if name.startswith(_OWNER) or name.lower() in _LITTER:
        return Reason.SYSTEM_FILE
    return None


def sidecar(folder: Path) -> Sidecar | None:
    """The mapping in a folder, None where there is none that can be used."""
    try:
        return Sidecar.of(folder / SIDECAR)
    except (OSError, ColumnsError):
        return None


def _below(top: Path, own: Container[Path]) -> Iterator[Item]:
    waiting: list[tuple[Path, str, Sidecar | None]] = [(top, "", None)]
    while waiting:
        path, name, mapping = waiting.pop()
        if name and (skip := Reason.OWN_FILE if path in own else skipped(path.name)):
            yield Item(path, name, skip=skip)
            continue
        if name and (path.is_symlink() or not path.is_dir()):
            if path.name != SIDECAR or sidecar(path.parent) is None:
                yield Item(path, name, mapping.columns(path.name) if mapping else Columns())
            continue
        try:
            with os.scandir(path) as found:
                children = sorted((entry.name for entry in found), reverse=True)
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
