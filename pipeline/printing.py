"""Results as text: to a file, or to standard output as long as somebody reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer


def write(parts: Iterable[str], output: Path | None) -> None:
    """Text to a file, or to standard output."""
    if output is None:
        print_lines(parts)
        return
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(part if part.endswith("\n") else part + "\n" for part in parts)
    typer.echo(f"→ {output}", err=True)


def print_lines(lines: Iterable[str]) -> None:
    """Lines to standard output."""
    with until_closed():
        for line in lines:
            sys.stdout.write(line if line.endswith("\n") else line + "\n")


@contextmanager
def until_closed() -> Iterator[None]:
    """Print as long as somebody reads: `| head` has read enough, and nothing more may be written, not even at exit."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
