"""The lists of a DOCX (ECMA-376 17.9): what each level of each list looks like."""

from __future__ import annotations

from lxml import etree

from corpus.readers.docx_styles import local, value
from corpus.readers.list_numbers import LEVELS, Level, Lists, bullet

_OFF = ("0", "false", "off")
_LONGEST = 200   # characters of a number's text


def lists(part: etree._Element | None) -> Lists:
    """The lists that `word/numbering.xml` defines."""
    found = Lists()
    links: dict[str, str] = {}    # kinds that only name the style of another list
    styles: dict[str, str] = {}   # the kind that a style of lists stands for
    for element in part if part is not None else ():
        if local(element) == "abstractNum":
            kind = value(element, "abstractNumId") or ""
            _kind(element, kind, found)
            said = {local(one): value(one, "val") or "" for one in element}
            if link := said.get("numStyleLink"):
                links[kind] = link
            if style := said.get("styleLink"):
                styles[style] = kind
        elif local(element) == "num":
            _list(element, value(element, "numId") or "", found)
    for number, kind in found.kinds.items():
        found.kinds[number] = styles.get(links.get(kind, ""), kind)
    return found


def _kind(element: etree._Element, kind: str, found: Lists) -> None:
    for one in element:
        if local(one) == "lvl":
            found.levels[kind, _whole(value(one, "ilvl"), 0)] = _level(one)


def _list(element: etree._Element, number: str, found: Lists) -> None:
    for one in element:
        if local(one) == "abstractNumId":
            found.kinds[number] = value(one, "val") or ""
        elif local(one) == "lvlOverride":
            level = _whole(value(one, "ilvl"), 0)
            for said in one:
                if local(said) == "startOverride":
                    found.starts[number, level] = _whole(value(said, "val"), 1)
                elif local(said) == "lvl":
                    found.own[number, level] = _level(said)


def _level(element: etree._Element) -> Level:
    said = {local(one): one for one in element}
    text = (value(said.get("lvlText"), "val") or "")[:_LONGEST]
    form = value(said.get("numFmt"), "val") or "decimal"
    fonts = next((one for one in element.iter() if local(one) == "rFonts"), None)
    font = (value(fonts, "ascii") or value(fonts, "hAnsi")) if fonts is not None else None
    if form == "bullet":
        text, font = bullet(text, font), None
    legal = said.get("isLgl")
    restart = value(said.get("lvlRestart"), "val")
    return Level(
        form, text, _whole(value(said.get("start"), "val"), 1), font,
        legal is not None and value(legal, "val") not in _OFF,
        min(LEVELS, _whole(restart, LEVELS)) if restart is not None else None,
    )


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < 10 else otherwise
