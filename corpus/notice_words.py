"""Types of document and names of organs in a notice's head (`data/notice_types.tsv`, `data/organ_words.tsv`)."""

from __future__ import annotations

from functools import cache

from corpus.document import Quoted
from corpus.lines import Line, quoted
from corpus.shadow import fold
from corpus.tables import table

_LONGEST = 80  # characters of a line of an organ's name


@cache
def _types() -> tuple[tuple[str, str], ...]:
    names = sorted((row["type"] for row in table("corpus", "notice_types")), key=len, reverse=True)
    return tuple((fold(name), name) for name in names)


def type_name(words: str) -> str | None:
    """The type of document that these words are, however they are written.

    >>> type_name("NGHI ĐỊNH")
    'nghị định'
    """
    return dict(_types()).get(fold(words.strip()))


def type_of(line: Line) -> tuple[str, int] | None:
    """The type that a line states, and the length of its words: alone, before `của …`, or before `số …`."""
    for folded, name in _types():
        if line.folded.startswith(folded):
            rest = line.folded[len(folded) :].strip(" :.*-")
            if not rest or rest.startswith(("cua ", "so ", "so:")):
                return name, len(folded)
    return None


@cache
def _organ_words() -> tuple[str, ...]:
    return tuple(sorted((f"{fold(row['word'])} " for row in table("corpus", "organ_words")), key=len, reverse=True))


def is_organ(line: Line) -> bool:
    """Whether a line begins like the name of a public body."""
    return f"{line.folded} ".startswith(_organ_words())


def organs_of(text: str, left: list[Line]) -> list[Quoted]:
    """The organs of the left column, the highest first; a line that begins like no organ carries on the one above."""
    units: list[list[Line]] = []
    for line in left:
        bar = line.shadow.find("|")
        if bar >= 0 and sum(map(str.isalnum, line.shadow[bar:])) > 3:  # a row of some table
            continue
        line = line.part(0, bar) if bar >= 0 else line
        if not line or not _is_name_like(line):
            continue
        if units and _completes(line, units[-1][-1]):
            units[-1].append(line)
        elif is_organ(line):
            units.append([line])
        elif units and len(units[-1]) < 3 and _carries_on(line, units[-1]):
            units[-1].append(line)
    found = (quoted(text, unit) for unit in units)
    named = [Quoted(one.value.strip(" -:.,|'`^ˆ~"), one.start, one.end) for one in found if one]
    return [one for place, one in enumerate(named) if place == 0 or fold(one.value) != fold(named[place - 1].value)]


@cache
def _genitives() -> tuple[tuple[str, str], ...]:
    return tuple((fold(row["organ"]), f"{fold(row['of'])} ") for row in table("corpus", "organ_genitives"))


def _completes(line: Line, above: Line) -> bool:
    """Whether a line says whose organ the line above is: `HỘI ĐỒNG THẨM PHÁN` / `TÒA ÁN NHÂN DÂN TỐI CAO`."""
    return any(above.folded == organ and f"{line.folded} ".startswith(of) for organ, of in _genitives())


def _is_name_like(line: Line) -> bool:
    """Whether a line of the left column can be (part of) an organ's name: short, no sentence, no number."""
    ends = in_capitals(line) or not line.shadow.endswith((".", ";", ":", ","))
    return len(line.shadow) <= _LONGEST and ends and line.shadow[0].isupper() and "/" not in line.shadow


def _carries_on(line: Line, unit: list[Line]) -> bool:
    """Whether a line continues the organ's name: letters only, in the same case, and close below."""
    words = not any(char.isdigit() or char == "#" for char in line.shadow)
    near = line.start - unit[-1].end < 160
    return words and near and in_capitals(line) == in_capitals(unit[0])


def in_capitals(line: Line) -> bool:
    letters = [char for char in line.shadow[:100] if char.isalpha()]
    return sum(char.isupper() for char in letters) * 10 >= len(letters) * 7
