"""Tables of words beside the code: tab-separated, with a header line; `#` opens a comment, `|` separates values.

A broken table is our own error, so it stops the program and names the line.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from corpus.shadow import fold


class TableError(ValueError):
    """A table of ours is broken: file, line and what to mend."""


@cache
def table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<package>/data/<name>.tsv`, each a dictionary of column to cell. Raises TableError."""
    path = files(package) / "data" / f"{name}.tsv"
    lines = path.read_text(encoding="utf-8").split("\n")
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise TableError(f"{name}.tsv: no header line")
    header = numbered[0][1].split("\t")
    return tuple(_row(name, number, header, line) for number, line in numbered[1:])


def _row(name: str, number: int, header: list[str], line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > len(header):
        raise TableError(f"{name}.tsv line {number}: {len(cells)} cells, but the header names {len(header)}")
    return dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by `|`."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())


@cache
def folded(name: str, *columns: str) -> frozenset[str]:
    """The values of columns of a table of `corpus`, folded; a cell may hold several."""
    rows = table("corpus", name)
    return frozenset(fold(value) for row in rows for column in columns for value in many(row[column]))


@cache
def _byline_surnames() -> frozenset[str]:
    return frozenset(row["surname"] for row in table("corpus", "surnames") if row["byline"] != "no")


@cache
def _folded_surnames() -> frozenset[str]:
    return frozenset(map(fold, _byline_surnames()))


def surname_ending(rest: str) -> str | None:
    """The only surname that ends so, its first letter apart: `guyễn` is the end of Nguyễn; None if it is not clear."""
    rows = [row for row in table("corpus", "surnames") if fold(row["surname"])[1:] == fold(rest)]
    exact = [row for row in rows if row["surname"][1:].lower() == rest.lower()]
    frequent = [row for row in rows if row["class"] == "frequent"]
    found = {row["surname"] for row in exact or frequent or rows}
    return found.pop() if len(found) == 1 and fold(rest) not in folded("surnames", "surname") else None


def is_surname(syllable: str, *, marks: bool = False) -> bool:
    """Whether a byline or signature can begin with this surname. Without `marks` they may be lost or wrong (scans)."""
    return syllable in _byline_surnames() if marks else fold(syllable) in _folded_surnames()
