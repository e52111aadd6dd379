"""Where inputs lie: folders and files of this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import InputNotFound
from corpus.scan import Item, scan


@dataclass(frozen=True, slots=True)
class Place:
    """An input as it was given. `root` is the folder that names of files count from; `whole` if all of it was meant."""

    said: str
    root: str
    whole: bool

    def items(self) -> Iterator[Item]:
        """The files in it."""
        yield from scan([Path(self.said)])


def place(given: Path | str) -> Place:
    """An input. Raises InputNotFound if there is nothing at it."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 - Path.resolve would follow links
    if not path.exists():
        raise InputNotFound(f"{given}: no such file or folder")
    return Place(str(given), str(path if path.is_dir() else path.parent), path.is_dir())
