"""The equal-length shadow copy that rules are matched on.

A document's text is never changed. Rules run on a copy in which look-alike characters are unified, one
character for one character, so an offset in the shadow is an offset in the text:
`text[start:end]` is the quote of whatever matched at `shadow[start:end]`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # deleted in print, but here every character keeps its place
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"}
_LOOKALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ", "⁄": "/", "∕": "/"}

_UNIFY = str.maketrans(
    dict.fromkeys(_SPACES + _INVISIBLE, " ") | dict.fromkeys(_DASHES, "-") | _QUOTES | _LOOKALIKES
)
_OTHER = re.compile(f"[{''.join(map(re.escape, map(chr, _UNIFY)))}]")   # clauses often have none of them


def shadow(text: str) -> str:
    """The text with spaces, dashes, quotes and look-alike letters unified; same length, same offsets."""
    return _translated(text, _unified) if _OTHER.search(text) else text


def lower(text: str) -> str:
    """Lower case, one character for one character (`str.lower` turns İ into two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


class _Fold(dict[int, int]):
    """Maps a code point to its base letter, computed once for each character that occurs."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        base = "đ" if char in "đĐ" else unicodedata.normalize("NFD", char)[0]
        base = "d" if base == "đ" else base.lower()
        self[code] = ord(base) if len(base) == 1 else code
        return self[code]


_FOLD = _Fold()


def fold(text: str) -> str:
    """Lower case without diacritics, `đ` as `d`; same length, same offsets.

    >>> fold("Phân loại ÁN, Đà Nẵng")
    'phan loai an, da nang'
    """
    return _translated(text, _folded)


def _unified(text: str) -> str:
    return text.translate(_UNIFY)


def _folded(text: str) -> str:
    return text.translate(_FOLD)


_LONG = 400        # characters from which on a table is faster than a dictionary, by eight times for an article
_TABLE = 0x2300    # code points in it: Latin letters and all that Vietnamese is printed with


def _translated(text: str, translate: Callable[[str], str]) -> str:
    """The same as `translate`, which goes character by character."""
    if len(text) < _LONG:
        return translate(text)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.max() >= _TABLE:
        return translate(text)
    return _table(translate)[codes].tobytes().decode("utf-32-le")


@cache
def _table(translate: Callable[[str], str]) -> NDArray[np.uint32]:
    return np.frombuffer(translate("".join(map(chr, range(_TABLE)))).encode("utf-32-le"), np.uint32)
