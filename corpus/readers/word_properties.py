"""What the property lists ("sprms") of the binary Word format say of a run and of a paragraph.

Numbers are those of [MS-DOC] 2.6. Only what changes the words is understood: fonts, capitals, hidden and deleted
text, symbols, lists, and the marks of table rows.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

Styles = dict[int, tuple[int, bytes]]

_LENGTHS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}   # operand bytes by the top three bits of the number
_DEFINE_TABLE, _TAB_STOPS = 0xD608, 0xC615             # two lists whose length is told otherwise

_FONT_ASCII, _FONT_OTHER, _FONT_OLD = 0x4A4F, 0x4A51, 0x4A3D
_STYLE, _PLAIN, _SYMBOL = 0x4A30, 0x2A33, 0x6A09
_TOGGLES = {0x083B: "capitals", 0x083C: "hidden", 0x0800: "deleted", 0x0855: "special"}
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER_CELL, _INNER_ROW = 0x244B, 0x244C
_LIST, _LIST_LEVEL = 0x460B, 0x260A
_DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class Character:
    """Properties of a run. Fonts are numbers of the font table."""

    font: int = 0
    font_other: int = 0      # of characters beyond ASCII
    capitals: bool = False   # small letters are shown as capitals
    hidden: bool = False
    deleted: bool = False    # by a tracked change
    special: bool = False    # its characters are placeholders
    symbol: tuple[int, int] | None = None   # font and code of a single symbol


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Properties of a paragraph: its style's number, and what it is in a table."""

    style: int = 0
    in_table: bool = False
    row_end: bool = False
    depth: int = 0           # of tables in tables
    inner_cell: bool = False
    list: int | None = None    # its list, 0 for none; None where its style tells
    level: int | None = None   # in the list, from 0


def modifications(properties: bytes) -> Iterator[tuple[int, bytes]]:
    """The single modifications of a list: number and operand. A broken list ends early."""
    at = 0
    while at + 2 <= len(properties):
        number = properties[at] | properties[at + 1] << 8
        at += 2
        length = _LENGTHS.get(number >> 13)
        if length is None:
            if at >= len(properties):
                return
            if number == _DEFINE_TABLE:
                length = int.from_bytes(properties[at : at + 2], "little") + 1
            elif number == _TAB_STOPS and properties[at] == 255:
                return
            else:
                length = properties[at] + 1
        yield number, properties[at : at + length]
        at += length


@lru_cache(maxsize=4096)
def paragraph(properties: bytes) -> Paragraph:
    """What a paragraph is. The list begins with the number of its style."""
    style = int.from_bytes(properties[:2], "little")
    said = {number: operand for number, operand in modifications(properties[2:]) if number >> 10 & 7 == 1}
    depth = int.from_bytes(said.get(_DEPTH, b"\0")[:4], "little")
    return Paragraph(
        style=style,
        in_table=any(said.get(_IN_TABLE, b"")) or depth > 0,
        row_end=any(said.get(_ROW_END, b"")) or any(said.get(_INNER_ROW, b"")),
        depth=depth,
        inner_cell=any(said.get(_INNER_CELL, b"")),
        list=int.from_bytes(said[_LIST], "little") if _LIST in said else None,
        level=int.from_bytes(said[_LIST_LEVEL], "little") if _LIST_LEVEL in said else None,
    )


def list_place(own: Paragraph, styles: Styles) -> tuple[int, int]:
    """The list of a paragraph (0: none) and its level, where it or one of its styles names them.

    `styles` holds the paragraph properties of styles.
    """
    found = own
    number = own.style
    for _ in range(_DEEPEST_STYLE):
        if (found.list is not None and found.level is not None) or number not in styles:
            break
        number, said = styles[number]
        of_style = paragraph(said)
        found = replace(
            found, list=of_style.list if found.list is None else found.list,
            level=of_style.level if found.level is None else found.level,
        )
    return found.list or 0, found.level or 0


def character(properties: bytes, paragraph_style: int, styles: Styles) -> Character:
    """What a run is: the properties of its paragraph's style, of its own style, then its own."""
    base = _of_style(paragraph_style, styles, _document(styles))
    return _applied(base, properties, base, styles)


def _document(styles: Styles) -> Character:
    return _applied(Character(), styles[-1][1], Character(), {}) if -1 in styles else Character()


def _of_style(number: int, styles: Styles, base: Character) -> Character:
    chain: list[bytes] = []
    while number in styles and number >= 0 and len(chain) < _DEEPEST_STYLE:
        number, own = styles[number]
        chain.append(own)
    for own in reversed(chain):
        base = _applied(base, own, base, {})
    return base


def _applied(run: Character, properties: bytes, plain: Character, styles: Styles) -> Character:
    for number, operand in modifications(properties):
        if number in (_FONT_ASCII, _FONT_OLD, _FONT_OTHER) and len(operand) == 2:
            font = operand[0] | operand[1] << 8
            if number != _FONT_OTHER:
                run = replace(run, font=font)
            if number != _FONT_ASCII:
                run = replace(run, font_other=font)
        elif number in _TOGGLES and operand:
            name = _TOGGLES[number]
            value: Any = getattr(plain, name) ^ (operand[0] == 0x81) if operand[0] & 0x80 else bool(operand[0])
            run = replace(run, **{name: value})
        elif number == _STYLE and len(operand) == 2 and styles:
            run = _of_style(operand[0] | operand[1] << 8, styles, plain)
        elif number == _PLAIN:
            run = plain
        elif number == _SYMBOL and len(operand) == 4:
            run = replace(run, symbol=struct.unpack("<HH", operand))
    return run
