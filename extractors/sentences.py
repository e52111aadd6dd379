"""Sentences of a stretch of text, as offsets into the shadow.

A full stop ends a sentence only where the next word can begin one and the word before it is no abbreviation:
`TP. HCM`, `Q. Hà Đông`, `ông N. nhận`, `62/2015/NĐ-CP`, `1.561,8 km2` and the closing mark `./.` of official letters
stay whole. Works in one pass, so a text without line breaks costs no more than any other.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.lexicon import table

# A mark that may end a sentence, with the quotes and brackets that close after it, and space before the next word.
# `]` closes a footnote mark of an encyclopaedia: "[3]".
_MARK = regex.compile(r"""(?:[.!?…]++(?:/\.)?|;(?=\s*\n))(?:\[\d{1,3}\])*+["'”’»)\]*]*+(?=\s|\Z)""")
_NEXT = regex.compile(r"""\s*+(?:[-+•*]\s++)?["'(\[*“‘«]*+(?:\p{Lu}|\d)""")
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}&.]++\Z")
_ABBREVIATIONS = frozenset(row["abbreviation"].rstrip(".").lower() for row in table("abbreviations_with_stop"))


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """`(start, end)` of each sentence of `text[start:end]`, without the white space around it.

    >>> list(sentences("Ở TP. HCM có mưa. Trời mát."))
    [(0, 17), (18, 27)]
    """
    stop = len(text) if end is None else end
    begin = start
    for mark in _MARK.finditer(text, start, stop):
        if not _ends_sentence(text, begin, mark, stop):
            continue
        if span := trimmed(text, begin, mark.end()):
            yield span
        begin = mark.end()
    if span := trimmed(text, begin, stop):
        yield span


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without white space at its ends, None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _ends_sentence(text: str, begin: int, mark: regex.Match[str], stop: int) -> bool:
    at, end = mark.span()
    if end >= stop:
        return True
    following = text[end + 1 : end + 2] if end + 1 < stop and text[end] == " " else ""
    if not (following.isupper() and following.isalpha()) and not _NEXT.match(text, end, stop):
        return False
    if text[at] != "." or text.startswith("..", at, end):
        return True
    before = text[max(begin, at - 12) : at]
    letters = before[before.rfind(" ") + 1 :]
    if not letters.isalpha():   # as most words before a full stop are
        word = _WORD_BEFORE.search(text, max(begin, at - 12), at)
        if word is None:
            return not _is_list_number(text, begin, at)
        letters = word.group()
    if letters.lower() in _ABBREVIATIONS:
        return False
    # An initial: `ông Nguyễn Văn T. Sau đó`. One capital letter is a shortened name more often than a last word.
    return not (len(letters) == 1 and letters.isupper())


def _is_list_number(text: str, begin: int, stop: int) -> bool:
    """`1.` or `3.2.` at the very beginning is a number of a list, not a sentence."""
    return text[begin:stop].strip(' "(*-').replace(".", "").isdigit()
