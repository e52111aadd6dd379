"""Versions of what a run works with: the readers, the extractors, libraries and other programs."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from shutil import which

_LIBRARIES = ("lxml", "olefile", "pypdfium2", "regex", "trafilatura", "underthesea")
_PROGRAMS = ("tesseract", "antiword", "soffice")
_LENGTH = 16   # hexadecimal digits


@cache
def reading_version() -> str:
    """A hash of the readers and their tables: what was read by others is read again."""
    return _version("corpus")


@cache
def program() -> str:
    """A hash of readers, extractors and tables together. While it is the same, nothing else has to be looked at."""
    return _version("corpus", "extractors")


@cache
def assembly_version() -> str:
    """A hash of the whole program: what another one assembled is assembled anew."""
    return _version("corpus", "extractors", "outputs", "pipeline")


@cache
def current() -> dict[str, str]:
    """The version of the readers, and that of the extractor of each kind of fact."""
    from extractors.versions import versions

    return {"reading": reading_version(), **versions()}


def tools() -> dict[str, str | None]:
    """Versions of Python and libraries, and where other programs are, for the report of a run."""
    return {
        "sulieu": _library("sulieu"), "python": platform.python_version(), "system": platform.system(),
        **{name: _library(name) for name in _LIBRARIES},
        **{name: which(name) for name in _PROGRAMS},
    }


def _library(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _version(*packages: str) -> str:
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted(_sources(files(package)), key=str):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:_LENGTH]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in ("__pycache__", "samples"):
            yield from _sources(entry)
        elif entry.name.endswith((".py", ".tsv", ".yaml")):
            yield entry
