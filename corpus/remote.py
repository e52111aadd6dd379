"""Inputs behind an address: whatever fsspec reads (`s3://`, `gs://`, `sftp://`, `file://`, `memory://`, …).

A listing gives Items with their address, size and a mark of their state, and fetches nothing. The bytes are fetched to
a temporary file where an item is read, so that every reader works as it does on a local file.

Who may read what is settled outside, as the library of each file system does it (`AWS_PROFILE`, `~/.aws`, Google's
application default credentials, `~/.config/fsspec`): an address with a password or a signature in it is refused, since
addresses are stored in fact bases and printed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from corpus.columns import SIDECAR, Columns, ColumnsError, Sidecar
from corpus.containers.member import temporary
from corpus.errors import InputNotFound, InputUnreachable, ReadError, Reason
from corpus.limits import LIMITS
from corpus.scan import Item, skipped

_PIECE = 1024 * 1024
_ATTEMPTS = 2            # on a file: networks fail
_LONGEST = 300           # characters of what a file system says
_TAGS = ("ETag", "etag", "md5Hash", "md5", "content_md5", "crc32c", "checksum", "sha256", "generation", "version_id")
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "timeModified", "created")
_FINAL = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)   # the same again next time
_SECRET = re.compile(r"pass|secret|token|signature|credential|^sig$|key", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/@\s]+@")
_QUERY = re.compile(r"\?[^\s'\"]+")

_T = TypeVar("_T")


def listed(address: str) -> Iterator[Item]:
    """The file at an address, or every file below the folder there, in order of name within each folder.

    Raises InputNotFound where there is nothing, InputUnreachable where one cannot look.
    """
    files, top = _opened(address)
    info = _looked(address, lambda: files.info(top))
    if info["type"] != "directory":
        beside = _sidecar(files, _parent(top))
        yield _item(files, info, _last(top), beside)
        return
    waiting: list[tuple[Mapping[str, Any], str, Sidecar | None]] = [(info, "", None)]
    while waiting:
        info, name, mapping = waiting.pop()
        place, last = info["name"], _last(info["name"])
        if name and (skip := skipped(last)):
            yield replace(_item(files, info, name, None), skip=skip)
            continue
        if name and info["type"] != "directory":
            if last != SIDECAR or _sidecar(files, _parent(place)) is None:
                yield _item(files, info, name, mapping)
            continue
        try:
            inside = _children(files, place)
        except Exception as error:
            if not name:
                raise InputUnreachable(f"{address}: {told(error)}") from error
            yield _item(files, info, name, None)   # reading it says what is wrong
            continue
        if any(_last(one["name"]) == SIDECAR for one in inside):
            mapping = _sidecar(files, place)
        prefix = f"{name}/" if name else ""
        waiting.extend((one, prefix + _printable(_last(one["name"])), mapping) for one in reversed(inside))


def root_of(address: str) -> tuple[str, bool]:
    """The address of the folder that names count from, and whether all of it is meant; raises as `listed` does."""
    files, top = _opened(address)
    info = _looked(address, lambda: files.info(top))
    whole = info["type"] == "directory"
    return files.unstrip_protocol(top if whole else _parent(top)).rstrip("/"), whole


def file_system(address: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it. Raises InputUnreachable."""
    return _opened(address)


@contextmanager
def at_hand(item: Item) -> Iterator[Item]:
    """The item with its bytes in a file of this machine, which is gone afterwards; a local one as it is.

    Raises ReadError: unreadable, with what the file system said; over-limit.
    """
    if not item.url:
        yield item
        return
    with temporary(item.name) as (path, file):
        def write(pieces: Iterator[bytes]) -> None:
            file.seek(0)
            file.truncate()
            for piece in pieces:
                try:
                    file.write(piece)
                except OSError as error:
                    raise ReadError(Reason.UNREADABLE, f"no room for temporary files: {error.strerror}") from error
            file.flush()

        _fetched(item.url, write)
        yield replace(item, path=path, url="")


def sha256_of(url: str) -> str | None:
    """The hash of the bytes at an address, None where they cannot be read."""
    def hashed(pieces: Iterator[bytes]) -> str:
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
        return digest.hexdigest()

    try:
        return _fetched(url, hashed)
    except ReadError:
        return None


def mark_of(info: Mapping[str, Any]) -> str:
    """What changes when a file does: `@SIZE WHEN TAG`; WHEN is 0 where there is a tag. Empty if nothing tells.

    A file whose time alone is known may be so young that it could change again within that second.
    """
    size = info.get("size") or 0
    for name in _TAGS:
        if tag := info.get(name):
            return f"@{size} 0 {tag}"
    for name in _TIMES:
        if (when := info.get(name)) is not None and (moment := _moment(when)) is not None:
            return f"@{size} {moment:.6f} {info.get('ino', '')}"
    return ""


def told(error: BaseException) -> str:
    """What a file system says, on one line, without anything secret that an address in it may hold."""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return _QUERY.sub("?…", _USER.sub("", said))[:_LONGEST]


def _opened(address: str) -> tuple[Any, str]:
    _refuse_secrets(address)
    try:
        import fsspec
    except ImportError as error:
        raise InputUnreachable(f"{_shown(address)}: needs the package fsspec: pip install 'sulieu[remote]'") from error
    protocol = address.partition("://")[0]
    try:
        files, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        needed = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs"}.get(protocol)
        what = f"needs the package {needed}: pip install {needed}" if needed else told(error)
        raise InputUnreachable(f"{address}: {what}") from error
    except Exception as error:  # file systems raise what their libraries do
        raise InputUnreachable(f"{address}: {told(error)}") from error
    files.invalidate_cache()
    return files, path


def _refuse_secrets(address: str) -> None:
    if "::" in address:
        raise InputUnreachable(f"{_shown(address)}: one address at a time; containers are read as they are")
    parts = urlsplit(address)
    stated = "@" in parts.netloc and ":" in parts.netloc.rpartition("@")[0]
    if stated or any(_SECRET.search(name) for name, _ in parse_qsl(parts.query)):
        raise InputUnreachable(
            f"{_shown(address)}: holds a password or a signature, which would be stored; give it through the "
            "environment or the configuration of fsspec"
        )


def _shown(address: str) -> str:
    return _QUERY.sub("?…", _USER.sub("", address))


def _looked(address: str, look: Callable[[], _T]) -> _T:
    try:
        return look()
    except FileNotFoundError as error:
        raise InputNotFound(f"{address}: no such file or folder") from error
    except Exception as error:
        raise InputUnreachable(f"{address}: {told(error)}") from error


def _children(files: Any, folder: str) -> list[Mapping[str, Any]]:
    """What lies in a folder, by name; object stores list the folder itself too."""
    here = folder.rstrip("/")
    found = (one for one in files.ls(folder, detail=True) if one["name"].rstrip("/") != here)
    return sorted(found, key=lambda one: _last(one["name"]))


def _item(files: Any, info: Mapping[str, Any], name: str, mapping: Sidecar | None) -> Item:
    last = _printable(_last(info["name"]))
    return Item(
        Path(last or name), name, mapping.columns(last) if mapping else Columns(),
        url=files.unstrip_protocol(info["name"]), size=int(info.get("size") or 0), mark=mark_of(info),
    )


def _sidecar(files: Any, folder: str) -> Sidecar | None:
    try:
        with files.open(f"{folder.rstrip('/')}/{SIDECAR}", "rb") as stream:
            return Sidecar.parsed(stream.read(_PIECE).decode("utf-8-sig"))
    except (UnicodeDecodeError, ColumnsError):
        return None
    except Exception:  # noqa: BLE001 - there is none, or it cannot be read: both as on a local disk
        return None


def _fetched(url: str, use: Callable[[Iterator[bytes]], _T]) -> _T:
    """What is made of the bytes at an address, begun anew where the network fails once."""
    try:
        files, path = _opened(url)
    except InputUnreachable as error:
        raise ReadError(Reason.UNREADABLE, str(error)) from error
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return use(_pieces(files, path))
        except (MemoryError, ReadError):
            raise
        except Exception as error:
            if attempt == _ATTEMPTS or isinstance(error, _FINAL):
                raise ReadError(Reason.UNREADABLE, told(error)) from error
    raise AssertionError("unreachable")


def _pieces(files: Any, path: str) -> Iterator[bytes]:
    size = 0
    with files.open(path, "rb") as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > LIMITS.total:
                raise ReadError(Reason.OVER_LIMIT, f"more than {LIMITS.total} bytes to fetch")
            yield piece


def _moment(when: Any) -> float | None:
    if isinstance(when, int | float):
        return float(when)
    if isinstance(when, str):
        try:
            when = datetime.fromisoformat(when)
        except ValueError:
            return None
    return when.timestamp() if isinstance(when, datetime) else None


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _parent(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0]


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
