"""From the flow of a word processor to lines of text, for DOC, RTF and DOCX alike.

A flow is text with `\\n` at the end of a paragraph, `TABLE` where a table begins, `CELL` at the end of a cell and
`ROW` at the end of its row. The marks survive decoding, so tables are laid out on letters that are already right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.encodings.runs import Decoded, Run, decode_runs

CELL, ROW, TABLE = "\x1c", "\x1d", "\x1f"   # no table of the old encodings has letters there

_BLANKS = re.compile(r"\n{3,}")
_IN_NOTES = str.maketrans({TABLE: None, CELL: " | ", ROW: "\n"})
_LONGEST_INLINE = 200   # characters of a note
_LAYOUT_COLUMNS = 2   # tables of so few columns set heads and signatures side by side


def document_text(runs: list[Run], stored: str) -> Decoded:
    """The flow of a document as its text, and the encodings that it was in. `stored` names that of plain runs."""
    decoded = decode_runs(runs, stored)
    return Decoded(lay_out(decoded.text), decoded.encoding)


def lay_out(flow: str) -> str:
    """Tables as lines `a | b | c`, one for each row; everything else as it flows.

    A row of one or two columns with several paragraphs in a cell only sets text side by side (the head of a
    notice): its cells follow each other.
    """
    lines: list[str] = []
    for part in flow.split(ROW):  # what stands before the first cell of a row may be text above the table
        *cells, after = part.split(CELL)
        if not cells:
            lines.append(after)
            continue
        before, begins, first = cells[0].rpartition(TABLE)
        if begins:
            lines.append(before.removesuffix("\n"))
        lines += _row([first, *cells[1:], *([after] if after.strip() else [])])
    text = "\n".join(line.rstrip() for line in "\n".join(lines).replace(TABLE, "").split("\n"))
    return _BLANKS.sub("\n\n", text).strip("\n")


def _row(cells: list[str]) -> Iterator[str]:
    paragraphs = [[line.strip() for line in cell.split("\n") if line.strip()] for cell in cells]
    if not any(paragraphs):
        return
    if len(cells) <= _LAYOUT_COLUMNS and any(len(lines) > 1 for lines in paragraphs):
        for lines in paragraphs:
            yield from lines
        return
    yield " | ".join(" ".join(lines) for lines in paragraphs).strip()


@dataclass
class LeftOut:
    """What a file holds and its text does not, counted in passages: neighbouring runs are one.

    One rule for all formats: the text is what a reader of the printed page sees. Deletions that are tracked, hidden
    text and comments are not in it; that there are some is told in the document's metadata.
    """

    counts: Counter[str] = field(default_factory=Counter)
    _open: str | None = None

    def leave(self, what: str) -> None:
        """A run is left out: `tracked_deletions`, `hidden_passages`."""
        if self._open != what:
            self.counts[what] += 1
        self._open = what

    def keep(self) -> None:
        """A run is shown."""
        self._open = None

    @property
    def metadata(self) -> dict[str, str]:
        """The counts, as they are kept on the document."""
        return {what: str(count) for what, count in self.counts.items()}


class Notes:
    """Footnotes and endnotes on their way into the text: in brackets at the mark where they are short.

    A long note would tear the sentence apart: its number stands at the mark, the note after the text.
    """

    def __init__(self) -> None:
        self._later: list[list[Run]] = []

    def placed(self, note: list[Run]) -> Iterator[Run]:
        """What stands at the mark of a note."""
        note = _trimmed([replace(run, text=run.text.translate(_IN_NOTES)) for run in note])
        font = note[0].font if note else None
        length = sum(len(run.text) for run in note)
        if not length:
            return
        if length <= _LONGEST_INLINE:
            yield Run(" [", font)
            yield from (replace(run, text=run.text.replace("\n", " ")) for run in note)
            yield Run("]", font)
            return
        self._later.append(note)
        yield Run(f" [{len(self._later)}]", font)

    def after_text(self) -> Iterator[Run]:
        """The notes that stand after the text, a paragraph each."""
        for number, note in enumerate(self._later, 1):
            yield from (Run(f"\n[{number}] ", note[0].font), *note, Run("\n", note[0].font))


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without blanks at either end. Only those that are blanks in every table of letters."""
    runs = list(runs)
    while runs and not runs[0].text.strip(" \t\n"):
        del runs[0]
    while runs and not runs[-1].text.strip(" \t\n"):
        del runs[-1]
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" \t\n"))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \t\n"))
    return runs
