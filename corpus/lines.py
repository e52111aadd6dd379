"""Lines of a part of a text, with their places in it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Quoted
from corpus.shadow import fold, shadow

_AROUND = " *_#>|\u200b"  # Markdown and table marks around a line's words; tabs are spaces in the shadow


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line: `text[start:end]`, its shadow and its folded shadow, all of one length."""

    start: int
    end: int
    shadow: str
    folded: str

    def __bool__(self) -> bool:
        return any(char.isalnum() for char in self.folded)

    def part(self, start: int, end: int | None = None) -> Line:
        """A part of the line, trimmed."""
        return _trimmed(self.start, self.shadow, self.folded, start, len(self.shadow) if end is None else end)


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """The lines of `text[start:end]`, trimmed; a line without words is falsy."""
    copy = shadow(text[start:end])
    folded = fold(copy)
    found, at = [], 0
    for line in copy.split("\n"):
        found.append(_trimmed(start, copy, folded, at, at + len(line)))
        at += len(line) + 1
    return found


def _trimmed(base: int, copy: str, folded: str, start: int, end: int) -> Line:
    while start < end and copy[start] in _AROUND:
        start += 1
    while end > start and copy[end - 1] in _AROUND:
        end -= 1
    return Line(base + start, base + end, copy[start:end], folded[start:end])


def quoted(text: str, lines: list[Line], value: str | None = None) -> Quoted | None:
    """The words from the first line to the last, their spaces and line ends made single; None for no words."""
    if not lines:
        return None
    words = " ".join(" ".join(text[line.start : line.end].replace("**", "").split()) for line in lines)
    return Quoted(words if value is None else value, lines[0].start, lines[-1].end)
