"""What may stand between a cue and an act, and between two acts of a list. All texts are in lower case and short."""

from __future__ import annotations

from functools import cache

import regex

from extractors.relating.cues import any_of

REACH = 280    # characters between a cue and its acts, and between the members of a list
_FREE = 90     # of them, words that no table knows
# numbers and letters of articles, clauses and points, in lists and ranges; brackets, quotes and marks of emphasis
_PIN = r"""\d{1,4}[a-zđ]{0,2}\b|[ivx]{1,5}\b|[a-zđ]\b|[\s,;:/"'“”*_()–-]"""


@cache
def _object() -> regex.Pattern[str]:
    return regex.compile(rf"(?:\b{any_of('object')}|{_PIN})*+")


@cache
def _free() -> regex.Pattern[str]:
    words = rf"[^.;:,()\n]{{1,{_FREE}}}[ ](?:của|tại|trong|kèm theo)\b"
    return regex.compile(rf"[\s\"“*]*+{words}(?:\b{any_of('object')}|{_PIN})*+")


@cache
def _agent() -> regex.Pattern[str]:
    filler = rf"(?:\b{any_of('object')}|{_PIN})"
    return regex.compile(rf"{filler}*?\b{any_of('agent')}(?:{filler})*+")


@cache
def _member() -> regex.Pattern[str]:
    return regex.compile(rf"(?:[,;]|\b(?:và|hoặc|cùng|cũng như)\b)(?:\b{any_of('member')}|{_PIN})*+\Z")


@cache
def _opener() -> regex.Pattern[str]:
    return regex.compile(rf"[\s,(*\"”_]*+(?:\Z|(?<=[(])|\b{any_of('opener')})")


@cache
def _stranger() -> regex.Pattern[str]:
    return regex.compile(rf"\b{any_of('stranger')}(?![ ]này)")


# `Luật A sửa đổi 2018, Luật B`: the cue belongs to a name
_OTHER = regex.compile(r"[ ]?[,;]|[ ]\(?(?:năm[ ])?(?:19|20)\d\d\b")
_NEW_SUBJECT = regex.compile(r",[ ]\p{Lu}\p{Ll}")
_BRACKETS = regex.compile(r"\([^()\n]{0,200}\)")


def is_object_gap(gap: str, *, free: bool) -> bool:
    """`một số điều của`, `Điều 5, khoản 2 Điều 7`; with `free` also `mức phí quy định tại`."""
    if len(gap) > REACH or _OTHER.match(gap):
        return False
    return bool(_object().fullmatch(gap) or (free and not _stranger().search(gap) and _free().fullmatch(gap)))


def is_agent_gap(gap: str) -> bool:
    """`bởi`, `một số điều theo`, `tại Điều 3 của`."""
    return len(gap) <= REACH and bool(_agent().fullmatch(gap))


def is_subject_gap(gap: str, written: str) -> bool:
    """`ngày 18/7/2015 của Chính phủ`, `có hiệu lực từ … và`; `written` is the gap with its capitals."""
    if len(gap) > REACH or ";" in gap or ":" in gap:
        return False
    plain = _BRACKETS.sub(" ", gap)
    if not _opener().match(plain) or _stranger().search(plain):
        return False
    return not _NEW_SUBJECT.search(written)


def is_member_gap(gap: str) -> bool:
    """`, `, ` và `, ` ngày 1/2/2010 của Bộ Y; khoản 2 Điều 5 `: what stands between two members of a list."""
    if len(gap) > REACH:
        return False
    separator = _member().search(gap)
    if separator is None:
        return False
    tail = _BRACKETS.sub(" ", gap[: separator.start()])
    return bool(_opener().match(tail)) and not _stranger().search(tail) and not _RELATED.search(tail)


# a member that is described by another relation ends the list: `đã được sửa đổi theo`
_RELATED = regex.compile(r"\b(?:được|bị|hết hiệu lực|thay thế|bãi bỏ)\b")
