"""Which first lines of a text are no title, and the title that a type with its subject makes."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.lines import lines_of
from corpus.notice_words import in_capitals, type_name
from corpus.shadow import fold

_FORM = regex.compile(r"(?:bieu )?mau (?:so|bieu)?\W{0,3}[\w./-]{0,12}\d[\w./-]*\b.{0,40}$|mau (?:so )?[\w-]{1,8}$")
_BLANK = regex.compile(r"[.…_]{3,}|…")          # to be filled in by hand
_ROW = regex.compile(r"\s\|\s|\t.*\t")
_MARK = regex.compile(r"\s?\[\d{1,3}\]$")
_TYPED = regex.compile(r"(?:danh (?:sach|muc)|bao cao|ke hoach|to trinh|bien ban|nghi dinh|thong tu|de an|quy che)\b")
_ENTRY = regex.compile(r"\d/[\w/.-]*\p{Lu}{2}.*(?<!ngày )\b\d{1,2}[/-]\d{1,2}[/-]\d{4}$")  # of a list of acts
_NEAR_TOP = 12   # lines
_LONGEST = 300   # characters


def is_no_title(line: str) -> bool:
    """Whether a line is a row of a table, an entry of a list, the label of a form, a blank, or not readable.

    >>> [is_no_title(line) for line in ("STT | Khu công nghiệp | Ghi chú", "Mẫu số 3-TT", "UBND......(1)")]
    [True, True, True]
    """
    marks = _ROW.search(line) or _BLANK.search(line) or _ENTRY.search(line) or _FORM.match(fold(line))
    return bool(marks or "\ufffd" in line)


def without_mark(title: str) -> str:
    """A title without the mark of a footnote at its end."""
    return _MARK.sub("", title)


def typed_title(lines: Sequence[str]) -> str | None:
    """`DANH SÁCH …`, or a type that stands alone with the subject below it, near the top; None without one."""
    for place, line in enumerate(lines[:_NEAR_TOP]):
        (copy,) = lines_of(line, 0, len(line))
        if is_no_title(line) or not copy or not in_capitals(copy) or not _TYPED.match(copy.folded):
            continue
        named = type_name(line.strip(" :."))
        parts = [line]
        for below in lines[place + 1 : place + 4]:
            (more,) = lines_of(below, 0, len(below))
            goes_on = in_capitals(more) if len(parts) > 1 or not named else len(below) < _LONGEST
            if is_no_title(below) or not goes_on or below.startswith("(") or below.endswith((".", ";", ":")):
                break
            parts.append(below)
        if len(parts) > 1 or not named:
            return without_mark(" ".join(parts))
    return None
