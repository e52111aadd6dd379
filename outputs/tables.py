"""Words, weights and limits of the outputs, kept as TSV beside the code (`outputs/data/`) for users to change."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractors.lexicon import LexiconError
from outputs.overviews import decrees, figures, people, status

__all__ = ["decrees", "event_labels", "figures", "people", "rows", "status"]


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `outputs/data/<name>.tsv`: a header line, `#` comments, every row complete."""
    lines = (files("outputs") / "data" / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    numbered = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise LexiconError(f"{name}.tsv: no header line")
    header = numbered[0][1]
    for number, cells in numbered[1:]:
        if len(cells) != len(header):
            raise LexiconError(f"{name}.tsv line {number}: {len(cells)} cells, but the header names {len(header)}")
    return tuple(dict(zip(header, (cell.strip() for cell in cells), strict=True)) for _, cells in numbered[1:])


@cache
def event_labels() -> dict[str, str]:
    """Event type to the label readers see, in the order of the filters."""
    return {row["type"]: row["label"] for row in rows("event_types")}
