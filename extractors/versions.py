"""Versions of the extractors: what has changed in the program must be extracted anew, and nothing else.

The version of an extractor is a hash of its module, of every module of ours that it imports, directly or not, and of
every table that one of these names. So a new line in `figure_roles.tsv` is a new version of figures alone, and a new
line in a table that all share is one of all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

MODULES = {   # of the stages of extractors.extract, which is not imported for this: it takes a second
    "decree": "extractors.decrees", "date": "extractors.dates", "figure": "extractors.figures",
    "official": "extractors.officials", "directive": "extractors.directives", "event": "extractors.events",
    "relation": "extractors.relations", "participant": "extractors.participants",
}
_PACKAGES = ("corpus", "extractors")
_LENGTH = 16   # hexadecimal digits
_IMPORT = re.compile(
    rb"^\s*(?:from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n]*)|import\s+([^\n]*))", re.MULTILINE
)
_NAME = re.compile(rb"[\w.]+")
_WORD = re.compile(rb"[\"'](\w+)[\"']")   # may be the name of a table


@cache
def versions() -> Mapping[str, str]:
    """The version of each extractor by its kind: 16 hexadecimal digits."""
    return versions_if({})


def versions_if(altered: Mapping[str, bytes]) -> Mapping[str, str]:
    """The versions as they would be if these files had other bytes: `extractors/data/titles.tsv`."""
    sources = _Sources(altered)
    return {kind: sources.version(module) for kind, module in MODULES.items()}


@cache
def _bytes(name: str) -> bytes | None:
    package, _, inside = name.partition("/")
    path = files(package) / inside
    return path.read_bytes() if inside and path.is_file() else None


class _Sources:
    """Files of the program, and what each of them leads to."""

    def __init__(self, altered: Mapping[str, bytes]) -> None:
        self._altered = altered
        self._led: dict[str, frozenset[str]] = {}

    def version(self, module: str) -> str:
        digest = hashlib.sha256()
        for name in sorted(self._reached(self._file(module) or "")):
            digest.update(name.encode() + b"\0" + hashlib.sha256(self._read(name) or b"").digest())
        return digest.hexdigest()[:_LENGTH]

    def _read(self, name: str) -> bytes | None:
        return self._altered[name] if name in self._altered else _bytes(name)

    def _file(self, module: str) -> str | None:
        """`extractors.dates` → `extractors/dates.py`; None for what is no module of ours."""
        if module.split(".")[0] not in _PACKAGES:
            return None
        stem = module.replace(".", "/")
        names = (f"{stem}.py", f"{stem}/__init__.py") if "/" in stem else (f"{stem}/__init__.py",)
        return next((name for name in names if self._read(name) is not None), None)

    def _reached(self, start: str) -> set[str]:
        reached, waiting = {start}, [start]
        while waiting:
            name = waiting.pop()
            if name not in self._led:
                self._led[name] = frozenset(self._leads(name)) if name.endswith(".py") else frozenset()
            new = self._led[name] - reached
            reached |= new
            waiting.extend(new)
        return reached

    def _leads(self, name: str) -> Iterator[str]:
        """The files that a module imports, and the tables whose names stand in it. Too much does no harm."""
        text = self._read(name) or b""
        for word in {word.decode() for word in _WORD.findall(text)}:
            tables = (f"{package}/data/{word}.tsv" for package in _PACKAGES)
            yield from (one for one in tables if self._read(one) is not None)
        for module in {module for found in _IMPORT.findall(text) for module in _imported(*found)}:
            if path := self._file(module):
                yield path


def _imported(package: bytes, names: bytes, modules: bytes) -> Iterator[str]:
    if package:
        yield package.decode()
        yield from (f"{package.decode()}.{name.decode()}" for name in _NAME.findall(names))
    yield from (name.decode() for name in _NAME.findall(modules))
