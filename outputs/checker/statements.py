"""A Markdown text as statements, each with the notes that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

_NOTES = regex.compile(r"(?:\[\^\d+\])+")
_NUMBER = regex.compile(r"\d+")
_ESCAPE = regex.compile(r"\\([\\`*_{}\[\]<>#|~^$!])")
_RULE = regex.compile(r"^\|?[\s:|-]+\|?$")
_BAR = regex.compile(r"(?<!\\)\|")
_MARKUP = regex.compile(r"(?<!\\)[*_`]+|^\s*[-+]\s+|^\s*>\s*")
_PICTURE = regex.compile(r"!\[(?P<alt>[^\]]*)\]\([^)]*\)|(?<!!)\[(?P<link>[^\]^]+)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Statement:
    """Words without their Markdown. A heading answers to the notes below it; cells of a row are parted by `;`."""

    words: str
    notes: tuple[int, ...]
    heading: bool = False


def statements(text: str) -> Iterator[Statement]:
    """Every statement of a Markdown text, in order; the notes themselves are none."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("[^")]
    for at, line in enumerate(lines):
        if line.startswith("#"):
            rank = _rank(line)
            yield Statement(bare(line.lstrip("#")), _numbers(_below(lines, at + 1, rank)), heading=True)
        elif line.startswith("|"):
            if not _RULE.match(line):
                yield Statement(bare(_BAR.sub("; ", _NOTES.sub("", line))), _numbers([line]))
        else:
            yield from _prose(line)


def _rank(line: str) -> int:
    return len(line) - len(line.lstrip("#"))


def _below(lines: list[str], start: int, rank: int) -> Iterator[str]:
    for at in range(start, len(lines)):
        if lines[at].startswith("#") and _rank(lines[at]) <= rank:
            return
        yield lines[at]


def _numbers(lines: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(n) for line in lines for run in _NOTES.findall(line) for n in _NUMBER.findall(run)))


def _prose(line: str) -> Iterator[Statement]:
    place = 0
    for run in _NOTES.finditer(line):
        yield Statement(bare(line[place:run.start()]), _numbers([run.group()]))
        place = run.end()
    if rest := bare(line[place:]).strip(" .;:"):
        yield Statement(rest, ())


def bare(markdown: str) -> str:
    """Words without their Markdown."""
    shown = _PICTURE.sub(lambda match: match["alt"] or match["link"] or "", markdown)
    return " ".join(_ESCAPE.sub(r"\1", _MARKUP.sub("", shown)).split())
