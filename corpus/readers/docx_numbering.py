"""Automatic numbers of a DOCX: `Điều 5.`, `b)`, `-`. Word shows them; the text does not hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from corpus.encodings.fonts import symbol_text, symbols
from corpus.readers.docx_styles import local, value

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, part: etree._Element | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in part if part is not None else ():
            if local(element) == "abstractNum":
                self._abstract(element, value(element, "abstractNumId") or "")
            elif local(element) == "num":
                self._list(element, value(element, "numId") or "")

    def label(self, number: str | None, level: int) -> str:
        """The number of the next paragraph of a list, with a space after it; empty where there is none."""
        kind = self._lists.get(number or "0")
        shown = self._levels.get((kind, level)) if kind is not None else None
        if number is None or kind is None or shown is None:
            return ""
        counts = self._counts.setdefault(kind, {})
        if (number, level) in self._starts:
            counts[level] = self._starts.pop((number, level)) - 1
        counts[level] = counts.get(level, shown.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if shown.form == "none":
            return ""
        text = _PLACE.sub(lambda place: self._count(kind, int(place[1]) - 1), shown.text)
        return f"{text} " if text.strip() else ""

    def _count(self, kind: str, level: int) -> str:
        shown = self._levels.get((kind, level), _Level())
        return _written(self._counts[kind].get(level, shown.start), shown.form)

    def _abstract(self, element: etree._Element, kind: str) -> None:
        for level in element:
            if local(level) != "lvl":
                continue
            said = {local(one): one for one in level}
            text = value(said.get("lvlText"), "val") or ""
            form = value(said.get("numFmt"), "val") or "decimal"
            if form == "bullet":
                text = _bullet(text, level)
            start = _whole(value(said.get("start"), "val"), 1)
            self._levels[kind, _whole(value(level, "ilvl"), 0)] = _Level(form, text, start)

    def _list(self, element: etree._Element, number: str) -> None:
        for one in element:
            if local(one) == "abstractNumId":
                self._lists[number] = value(one, "val") or ""
            elif local(one) == "lvlOverride":
                for start in one:
                    if local(start) == "startOverride":
                        self._starts[number, _whole(value(one, "ilvl"), 0)] = _whole(value(start, "val"), 1)


def _bullet(text: str, level: etree._Element) -> str:
    """The sign of a list without numbers; most are letters of a font of pictures."""
    fonts = next((one for one in level.iter() if local(one) == "rFonts"), None)
    signs = symbols(value(fonts, "ascii") or "") if fonts is not None else None
    if signs is not None or any("\ue000" <= char <= "\uf8ff" for char in text):
        return symbol_text(text, signs or {}) or "•"
    return "-" if text == "o" else text


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 10 else otherwise


def _written(number: int, form: str) -> str:
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for amount, sign in _ROMAN:
            text += sign * (number // amount)
            number %= amount
        return text.upper() if form == "upperRoman" else text
    if form in ("lowerLetter", "upperLetter") and 0 < number < _LARGEST:
        text = chr(ord("a") + (number - 1) % 26) * min(9, (number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    return f"{number:02d}" if form == "decimalZero" else str(number)
