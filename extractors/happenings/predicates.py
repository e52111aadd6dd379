"""What a clause says of its date: that something came to pass, or only how things stood.

The word that decides is the predicate the date belongs to: the first one after a date that opens the clause, the
last one before a date that closes it. Words in brackets or quotes, and `là` inside verbs (`được công nhận là`),
decide nothing.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from extractors.clause_words import any_of

_HIDDEN = regex.compile(
    rf"\([^()]{{0,200}}\)|\"[^\"]{{0,200}}\"|\bđược\s(?:gọi|coi|xem|mệnh danh|biết|đánh giá)\s(?:đến\s)?là\b"
    r"|\b(?:mách|bảo|khai|tố|báo)\s(?:[\p{L}\d]+\s){0,9}?là\b"
    rf"|\b(?:{any_of('naming')}\slà|{any_of('no state')})\b"
)
_STATE = rf"(?P<state>{any_of('state')})"
_FINITE = rf"(?P<finite>{any_of('came to pass')})"
_WORD = regex.compile(rf"(?<![\p{{L}}\d])(?:{_STATE}|{_FINITE})(?![\p{{L}}\d])")
# `đã là`, `sẽ được áp dụng`, `đã cơ bản đạt 90 %`: the state follows its auxiliary.
_THEN_STATE = regex.compile(
    rf"(?:\s\p{{L}}+){{0,2}}?\s(?:(?:{any_of('state')})(?![\p{{L}}\d])|có\s(?:{any_of('many')}|\d))"
)
_MEASURE = regex.compile(r"(?:\s\p{L}+){0,2}\s(?:gần |hơn |trên |khoảng |tổng cộng )?\d[\d.,]*+\s?(?!/|-\d)(?:%|\p{L})")


@lru_cache(maxsize=32)   # three judges ask of the same clause in turn
def hidden(words: str) -> str:
    """The words with brackets, quotes and verbs of naming blanked out; same length."""
    return _HIDDEN.sub(lambda found: " " * len(found.group()), words)


def is_state(words: str, start: int, end: int, trigger: int | None) -> bool:
    """The predicate of the date at `start:end` only says how things are. `trigger`: where a word of a happening is."""
    plain = hidden(words)
    if start < 30:
        first = _WORD.search(plain, end)
        if first is None or (trigger is not None and end <= trigger <= first.start()):
            return False
        return _states(plain, first)
    last = None
    for found in _WORD.finditer(plain, 0, start):
        last = found
    if last is None or (trigger is not None and last.end() <= trigger < start):
        return False
    return _states(plain, last)


def _states(plain: str, found: regex.Match[str]) -> bool:
    return found["state"] is not None or _THEN_STATE.match(plain, found.end()) is not None


def is_finite(words: str, start: int, end: int) -> bool:
    """An auxiliary of time or voice marks the predicate of the date: `đã`, `sẽ`, `được`, `dự kiến`."""
    plain = hidden(words)
    if start < 30 and any(found["finite"] for found in _WORD.finditer(plain, end, min(len(plain), end + 160))):
        return True
    return any(found["finite"] for found in _WORD.finditer(plain, max(0, start - 160), start))


def is_figure(words: str, start: int, end: int, trigger: int | None) -> bool:
    """A number follows the predicate at once: a period's figure, `đã bán được 491.000 tấn`."""
    plain = hidden(words)
    places = [found.end() for found in _WORD.finditer(plain) if found["finite"] and not start <= found.start() < end]
    if trigger is not None:
        places.append(trigger + len(plain[trigger:].split(" ", 1)[0]))
    return any(_MEASURE.match(plain, place) for place in places)
