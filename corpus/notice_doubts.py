"""Keeps figures that recognition is not sure of out of what is said about a notice.

Its head and foot are read from a copy of the text in which doubtful figures are U+FFFD, one for one, so a number or
date made of them is not found, or only its sure part is (`2020-12`). Where such figures stand inside other words (a
subject, a legal basis), those words are given as the text has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from corpus.document import Doubt, Notice, Quoted

_VEIL = "\ufffd"
_FIGURES = frozenset({"number", "date", "not_before", "not_after"})   # parts that are figures, or rest on them


def veiled(text: str, doubtful: Sequence[Doubt]) -> str:
    """The text with U+FFFD for every doubtful figure; of the same length."""
    parts, at = [], 0
    for doubt in doubtful:
        word = text[doubt.start : doubt.end]
        parts += text[at : doubt.start], "".join(_VEIL if char.isdecimal() else char for char in word)
        at = doubt.end
    return "".join(parts) + text[at:] if parts else text


def unveiled(notice: Notice, text: str, copy: str) -> Notice:
    """A notice that was read from the copy, with the words of the text."""
    if text is copy:
        return notice
    changed = {}
    for part in fields(notice):
        value = getattr(notice, part.name)
        if isinstance(value, Quoted):
            changed[part.name] = _sure(value) if part.name in _FIGURES else _with_figures(value, text, copy)
        elif value:
            changed[part.name] = tuple(filter(None, (_with_figures(one, text, copy) for one in value)))
    return replace(notice, **changed)


def _sure(quoted: Quoted) -> Quoted | None:
    return None if _VEIL in quoted.value else quoted


def _with_figures(quoted: Quoted, text: str, copy: str) -> Quoted | None:
    """The value with its figures back; None if they cannot be told."""
    if _VEIL not in quoted.value:
        return quoted
    hidden = [text[place] for place in range(quoted.start, quoted.end) if copy[place] == _VEIL]
    parts = quoted.value.split(_VEIL)
    if len(parts) != len(hidden) + 1:
        return None
    shown = "".join(figure + part for figure, part in zip(hidden, parts[1:], strict=True))
    return replace(quoted, value=parts[0] + shown)
