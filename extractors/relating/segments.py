"""Sentences that do not run over paragraphs: what a relation is read in."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.sentences import sentences, trimmed

_ITEM = regex.compile(r"[ \t]*(?:[-–+•*>|#\"“]|\(?\d{1,3}[.)]|\(?\p{Ll}\)|(?:Điều|ĐIỀU|Chương|CHƯƠNG|Mục|Phần)[ ]\w|$)")
_LABEL = regex.compile(  # what an article, item or line of a list begins with
    r"[\s*#>|_\"“'-]*(?:điều[ ]\d{1,3}[a-z]?[ ]?[.:]?[\s*_]*)?(?:\(?(?:\d{1,3}|[a-zđ]{1,2})[.)][\s*_]*|[-–+•]\s*)?"
)
_FULL_LINE = 60   # a line this long that ends without a stop goes on in the next


def segments(text: str) -> Iterator[tuple[int, int]]:
    """`(start, end)` of each sentence; lines that a file breaks in the middle of a sentence are put together."""
    for start, end in _paragraphs(text):
        yield from sentences(text, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start, at = 0, text.find("\n")
    line = 0
    while at >= 0:
        if not _goes_on(text, line, at):
            yield start, at
            start = at + 1
        line = at + 1
        at = text.find("\n", line)
    if trimmed(text, start, len(text)):
        yield start, len(text)


def _goes_on(text: str, line: int, end: int) -> bool:
    following = text[end + 1 : end + 2]
    last = text[end - 1 : end]
    if not following or following.isspace() or last in ".;:!?" or _ITEM.match(text, end + 1, end + 12):
        return False
    return following.islower() or (end - line >= _FULL_LINE and (last == "," or last.isalpha()))


def label_end(lower: str, start: int, end: int) -> int:
    """Where the words begin behind `Điều 2.`, `a)`, `-`."""
    found = _LABEL.match(lower, start, min(end, start + 60))
    return found.end() if found else start


def items(lower: str, at: int) -> Iterator[tuple[int, int]]:
    """The lines of a list that begins behind the line which ends at `at`, each behind its number or mark."""
    while at < len(lower):
        start = at + 1
        end = lower.find("\n", start)
        end = len(lower) if end < 0 else end
        if lower[start:end].isspace() or start == end:
            if end >= len(lower):
                return
            at = end
            continue
        begin = label_end(lower, start, end)
        if not _ITEM.match(lower, start, start + 12) or begin == start:
            return
        yield begin, end
        at = end
