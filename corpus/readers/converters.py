"""Programs that turn old word processor files into text, used where we do not read the bytes ourselves.

antiword first (it keeps every byte of an old font), LibreOffice last. Never catdoc: it drops byte AD, which is `ư`
in TCVN3. Each runs with a limit of time and of output, on a copy in a folder of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import ReadError, Reason

_SECONDS = 60
_MOST_OUTPUT = 128 * 1024**2


def word_text(data: bytes, what: str) -> str:
    """The text of a Word document of any age. Raises ReadError: missing-program, timeout, damaged."""
    programs = {"antiword": _antiword, "soffice": _libreoffice}
    installed = [run for name, run in programs.items() if shutil.which(name)]
    if not installed:
        raise ReadError(Reason.MISSING_PROGRAM, f"antiword ({what})")
    with tempfile.TemporaryDirectory(prefix="sulieu-") as folder:
        path = Path(folder) / "document.doc"
        path.write_bytes(data)
        failure = ""
        for run in installed:
            found = run(path)
            if found.strip():
                return found
            failure = f"{what}; {run.__name__.strip('_')} finds no text in it"
    raise ReadError(Reason.DAMAGED, failure)


def _antiword(path: Path) -> str:
    return _run(["antiword", "-m", "UTF-8.txt", "-w", "0", str(path)], path.parent)


def _libreoffice(path: Path) -> str:
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    _run(["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", str(path)], path.parent)
    made = path.with_suffix(".txt")
    return made.read_bytes()[:_MOST_OUTPUT].decode("utf-8-sig", "replace") if made.is_file() else ""


def _run(command: list[str], folder: Path) -> str:
    """What a program prints, read as UTF-8; nothing where it fails."""
    output = folder / "output"
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    try:
        with output.open("wb") as stream:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.DEVNULL, timeout=_SECONDS,
                env=environment, cwd=folder, check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise ReadError(Reason.TIMEOUT, f"{command[0]} ran over {_SECONDS} seconds") from error
    except OSError as error:
        raise ReadError(Reason.MISSING_PROGRAM, f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        return ""
    with output.open("rb") as stream:
        return stream.read(_MOST_OUTPUT).decode("utf-8", "replace")
