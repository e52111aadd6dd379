"""The page of the PDF or scan from which a document was read, where its file can still be found.

Only files that the fact base names are opened, below the folders that it names, and only while they are the ones that
were read.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import ReadError
from corpus.isolated import Isolated
from outputs.factbase import FactBase

_SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp")
_LARGEST = 200 * 1024 * 1024   # bytes of a file
_SECONDS = 10.0                # to draw a page
_KEPT = 32                     # pictures in memory
_FILE = """
    SELECT r.place AS root, f.name, f.sha256 FROM outcome o JOIN file f ON f.key = o.file JOIN root r ON r.key = f.root
    WHERE o.document_id = ? AND o.status = 'done' AND o.member IS NULL
"""
_draw = Isolated("outputs.web.drawing:drawn", seconds=_SECONDS)


def pages_of(request: Request, base: FactBase, document: sqlite3.Row) -> list[int]:
    """The numbers of the pages that can be shown; none where the file is gone or was changed."""
    if not document["pages"] or not request.app.state.options.pictures or source_file(base, document["id"]) is None:
        return []
    return sorted({page["number"] for page in json.loads(document["pages"])})


def source_file(base: FactBase, document: str) -> tuple[Path, str] | None:
    """The file of a document and the hash it must have, if it lies below the folder that was built from."""
    row = base.db.execute(_FILE, (document,)).fetchone()
    if row is None or not row["sha256"] or "://" in row["root"]:
        return None
    root = Path(row["root"])
    try:
        place = (root if root.is_file() else root / row["name"]).resolve(strict=True)
        below = root.resolve(strict=True)
        fits = place.is_file() and place.is_relative_to(below) and place.stat().st_size <= _LARGEST
    except (OSError, ValueError, RuntimeError):
        return None
    return (place, row["sha256"]) if fits and place.suffix.lower() in _SUFFIXES else None


def picture(base: FactBase, document: str, number: int) -> bytes | None:
    """A page as PNG; None where it cannot be shown."""
    found = source_file(base, document)
    if found is None:
        return None
    path, expected = found
    status = path.stat()
    if _hash(str(path), status.st_mtime_ns, status.st_size) != expected:
        return None
    return _drawn(str(path), status.st_mtime_ns, status.st_size, number) or None


@lru_cache(_KEPT)
def _hash(path: str, _changed: int, _size: int) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(_KEPT)
def _drawn(path: str, _changed: int, _size: int, number: int) -> bytes:
    try:
        return bytes(_draw(path, number))
    except ReadError:
        return b""


def answer(data: bytes) -> Response:
    """A picture as it is sent."""
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=3600"})
