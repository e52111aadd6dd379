"""Rules as data: TSV tables beside the code, each entry with its examples and counter-examples.

A table is a tab-separated file with a header line; `#` opens a comment line. Cells with several values are
separated by `|`. A broken table is our own error, so it stops the program and names the line.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


class LexiconError(ValueError):
    """A table of ours is broken: file, line and what to mend."""


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `extractors/data/<name>.tsv` as dictionaries of column to cell."""
    path = files("extractors") / "data" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise LexiconError(f"{name}.tsv: no header line")
    header = numbered[0][1].split("\t")
    return tuple(_row(name, number, header, line) for number, line in numbered[1:])


def _row(name: str, number: int, header: list[str], line: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) > len(header):
        raise LexiconError(f"{name}.tsv line {number}: {len(cells)} cells, but the header names {len(header)}")
    cells += [""] * (len(header) - len(cells))
    return dict(zip(header, (cell.strip() for cell in cells), strict=True))


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by `|`."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())
