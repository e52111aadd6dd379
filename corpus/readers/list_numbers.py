"""Automatic numbers of lists, `Điều 5.`, `b)`, `-`: a word processor shows them, its text does not hold them.

Each format has its own way of telling what a level looks like (ECMA-376 17.9, [MS-DOC] 2.9.150); counting is one.
A number that cannot be told for sure is not shown: a citation must not point at what nobody wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.encodings.fonts import symbol_text, symbols

LEVELS = 9

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 100_000
_RANKS = ("-", "–", "—", "+", "*")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered.

    `form` is a name of ECMA-376 17.18.59 (`decimal`, `lowerLetter`, …). `text` holds `%1` to `%9` for the numbers
    of the levels. `legal` shows all of them in digits. `restarts_after`: the number of levels above, from the
    top, of which each begins the count anew (0: it never begins anew; None: all of them).
    """

    form: str = "decimal"
    text: str = ""
    start: int = 1
    font: str | None = None
    legal: bool = False
    restarts_after: int | None = None


@dataclass
class Lists:
    """The lists of a document and how far each has counted.

    `kinds` names for each list the kind whose levels it has; lists of one kind count on. `own` holds levels that
    one list has of its own, `starts` the numbers that its first paragraph begins at.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    own: dict[tuple[str, int], Level] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict, repr=False)

    def label(self, number: str | None, level: int) -> tuple[str, str | None]:
        """The number of the next paragraph of a list, with a space after it, and its font; empty where it has none."""
        kind = self.kinds.get(number or "0")
        shown = self._level(number or "0", kind, level) if kind is not None else None
        if number is None or kind is None or shown is None:
            return "", None
        counts = self._counts.setdefault(kind, {})
        if (number, level) in self.starts:
            counts[level] = self.starts.pop((number, level)) - 1
        counts[level] = counts.get(level, shown.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            last = (self._level(number, kind, deeper) or shown).restarts_after
            if last is None or level < last:
                del counts[deeper]
        text = self._text(number, kind, shown)
        return (f"{text} " if text and text.strip() else ""), shown.font

    def _level(self, number: str, kind: str, level: int) -> Level | None:
        return self.own.get((number, level)) or self.levels.get((kind, level))

    def _text(self, number: str, kind: str, shown: Level) -> str | None:
        """The words of a number, None where one of its parts is unknown."""
        parts: list[str] = []
        at = 0
        for place in _PLACE.finditer(shown.text):
            part = self._count(number, kind, int(place[1]) - 1, legal=shown.legal)
            if part is None:
                return None
            parts += [shown.text[at : place.start()], part]
            at = place.end()
        return "".join([*parts, shown.text[at:]])

    def _count(self, number: str, kind: str, level: int, *, legal: bool) -> str | None:
        shown = self._level(number, kind, level)
        if shown is None:
            return None
        return written(self._counts[kind].get(level, shown.start), "decimal" if legal else shown.form)


def written(number: int, form: str) -> str | None:
    """A number in one of the forms of ECMA-376 17.18.59, None in a form that is not known.

    >>> written(4, "upperRoman"), written(28, "lowerLetter")
    ('IV', 'bb')
    """
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number, form == "upperRoman") if 0 < number < 4000 else None
    if form in ("lowerLetter", "upperLetter"):
        if not 0 < number < _LARGEST:
            return None
        text = chr(ord("a") + (number - 1) % 26) * min(9, (number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number) if form == "decimal" else None


def _roman(number: int, capitals: bool) -> str:
    text = ""
    for amount, sign in _ROMAN:
        text += sign * (number // amount)
        number %= amount
    return text.upper() if capitals else text


def bullet(text: str, font: str | None) -> str:
    """The sign of a list without numbers. A dash or plus ranks points as a number does; a picture ranks nothing."""
    if font and symbols(font) is not None:
        text = symbol_text(text, symbols(font) or {})
    return text if text in _RANKS else ""
