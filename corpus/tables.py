"""Tables of words beside the code: tab-separated, with a header line; `#` opens a comment, `|` separates values.

A broken table is our own error, so it stops the program and names the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.shadow import fold


class TableError(ValueError):
    """A table of ours is broken: file, line and what to mend."""


@dataclass(frozen=True)
class Table:
    """The rows of one table, each a dictionary of column to cell."""

    name: str
    rows: tuple[dict[str, str], ...]

    @cache  # noqa: B019 - tables are made once and live as long as the program
    def folded(self, column: str) -> frozenset[str]:
        """The values of a column, folded."""
        return frozenset(fold(row[column]) for row in self.rows)

    __hash__ = object.__hash__


@cache
def rows(name: str) -> Table:
    """The table `corpus/data/<name>.tsv`."""
    text = (files("corpus") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    numbered = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise TableError(f"{name}.tsv: no header line")
    header = numbered[0][1].split("\t")
    found = []
    for number, line in numbered[1:]:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(header):
            raise TableError(f"{name}.tsv line {number}: {len(cells)} cells, but the header names {len(header)}")
        found.append(dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True)))
    return Table(name, tuple(found))


def is_surname(syllable: str, *, marks: bool = False) -> bool:
    """Whether a Vietnamese surname begins with this syllable. Without `marks` they may be lost or wrong (scans)."""
    known = fold(syllable) in rows("surnames").folded("surname")
    return known and (not marks or any(row["surname"] == syllable for row in rows("surnames").rows))


def many(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several."""
    return tuple(value.strip() for value in cell.split("|") if value.strip())
