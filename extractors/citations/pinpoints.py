"""The article, clause and point named beside a citation, written largest unit first: `điều 3 khoản 3`."""

from __future__ import annotations

from itertools import pairwise

import regex

from extractors.citations.reach import REACH

_RANK = {
    "phụ lục": 0, "phần": 0, "chương": 1, "mục": 2, "tiểu mục": 3, "mẫu": 3, "mẫu số": 3,
    "điều": 4, "khoản": 5, "điểm": 6, "tiết": 7,
}
_UNIT = r"(?:phụ lục|phần|chương|tiểu mục|mục|mẫu số|mẫu|điều|khoản|điểm|tiết)"
_VALUE = r"(?:\d{1,3}(?:\.\d{1,2}){0,2}[a-zđ]?|[ivxlc]{1,6}|[a-zđ]\d?)(?![\p{L}\d])\)?"
_RANGE = rf"{_VALUE}(?:[ ]?-[ ]?{_VALUE}|[ ]đến[ ](?:{_UNIT}[ ])?{_VALUE})?"
_VALUES = rf"{_RANGE}(?:(?:,[ ]|[ ]?;[ ]|,?[ ]và[ ]|[ ]hoặc[ ]){_RANGE})*"
_ITEM = rf"(?:các[ ])?(?:{_UNIT})[ ](?:số[ ]|thứ[ ])?{_VALUES}"
_JOIN = r"(?:[ ]?[,;][ ]?(?:và[ ])?|[ ]và[ ]|[ ]hoặc[ ]|[ ]hay[ ]|[ ](?:của|thuộc|trong)[ ]|[ ][-–][ ]|[ ])"
# read from right to left, so that it ends where the citation begins
_LEFT = regex.compile(
    rf"(?r)(?<![\p{{L}}\d])(?:{_ITEM}{_JOIN})*{_ITEM}"
    r"(?:,?[ ](?:của|tại|trong|thuộc|theo|(?P<annexed>(?:được )?(?:ban hành )?kèm theo))|,|[ ]-)?"
    r"[ ](?:các[ ]|dự thảo[ ])?"
)
_RIGHT = regex.compile(
    r"(?:,?[ ](?:\(|tại[ ]|\(tại[ ])|,[ ](?=(?:các[ ])?điều[ ]))"
    rf"(?P<items>{_ITEM}(?:{_JOIN}{_ITEM}){{0,20}})"
)
_OF_ANOTHER = regex.compile(
    r",?[ ](?:của[ ])?(?:bộ luật|luật|nghị định|nghị quyết|thông tư|quyết định|pháp lệnh|sắc lệnh|chỉ thị|hiến pháp"
    r"|công văn|quy chế)\b"
)
_ANAPHOR = regex.compile(r"[ ](?!số|này|sửa|[\d])\p{L}|[,:]")
_SENTENCE_END = regex.compile(r"[.;\n](?=\s|$)")
_ONE = regex.compile(rf"(?P<unit>{_UNIT})[ ](?:số[ ]|thứ[ ])?(?P<values>{_VALUES})")
_SPLIT = regex.compile(r",[ ]|[ ]?;[ ]|,?[ ]và[ ]|[ ]hoặc[ ]")
_LISTED = regex.compile(r"[,;]|[ ](?:và|hoặc|hay)[ ]")
_ENDS = regex.compile(r"(?P<low>[^\s-]+)(?:[ ]?-[ ]?|[ ]đến[ ])(?P<high>[^\s-]+)")
_HINT = regex.compile(rf"(?<!\p{{L}}){_UNIT}[ ]")
_WINDOW = 600
_MAX_GROUPS = 80

Step = tuple[str, str]  # unit and value


def pinpoint_before(lowered: str, start: int) -> tuple[str, int] | None:
    """The pinpoint that ends where the citation begins, and its own beginning."""
    low = max(0, start - _WINDOW)
    if not _HINT.search(lowered, max(low, start - 40), start):
        return None
    window = lowered[low:start].replace("\n", " ").replace("*", " ")
    match = _LEFT.match(window)
    if match is None or (match["annexed"] and "phụ lục" not in match.group()):
        return None   # a form (mẫu số 03/TNDN ban hành kèm theo …) is no part of the act
    written = format_pinpoint(match.group())
    return (written, low + match.start()) if written else None


def pinpoint_after(lowered: str, end: int, doc_type: str) -> str | None:
    """The pinpoint on the right: `(Điều 5)`, `tại khoản 2 Điều 15`, or one `của` the bare type in the same sentence."""
    near = _RIGHT.match(lowered, end, end + REACH)
    if near and not _OF_ANOTHER.match(lowered, near.end(), near.end() + REACH):
        return format_pinpoint(near["items"])
    at = lowered.find(f" của {doc_type}", end, end + _WINDOW)
    after = at + len(f" của {doc_type}")
    if at < 0 or not _ANAPHOR.match(lowered, after, after + REACH) or _SENTENCE_END.search(lowered, end, at):
        return None
    found = pinpoint_before(lowered, at + 1)
    return found[0] if found and found[1] >= end else None


def format_pinpoint(words: str) -> str | None:
    """`điểm c khoản 1 Điều 4` → `điều 4 khoản 1 điểm c`; several are joined by commas."""
    steps = [
        (_unit(item["unit"]), _range(_unit(item["unit"]), value.strip(" )")))
        for item in _ONE.finditer(words.lower())
        for value in _SPLIT.split(item["values"])
    ]
    if not steps:
        return None
    groups = [_chain(steps)] if _is_chain(words, steps) else _groups(steps)[:_MAX_GROUPS]
    return ", ".join(" ".join(f"{unit} {_case(unit, value)}" for unit, value in group) for group in groups)


def _is_chain(words: str, steps: list[Step]) -> bool:
    """`Điểm 2 Phần II Mục C`: units in a row, without commas or `và`, are one pinpoint."""
    return not _LISTED.search(words.strip(" ,")) and len(steps) > 1


def _chain(steps: list[Step]) -> list[Step]:
    """Largest unit first: the usual ranks, unless an old text ranks its parts otherwise."""
    ranks = [_RANK[unit] for unit, _ in steps]
    return steps if ranks == sorted(ranks) else steps[::-1]


def _unit(word: str) -> str:
    return "mẫu số" if word == "mẫu" else word


def _range(unit: str, value: str) -> str:
    """`5 - 9` and `5 đến 9` as `5 đến điều 9`."""
    if ends := _ENDS.fullmatch(value):
        return f"{ends['low']} đến {unit} {_case(unit, ends['high'])}"
    return value


def _case(unit: str, value: str) -> str:
    """Parts, chapters and annexes are numbered in Roman capitals."""
    return value.upper() if unit in ("phụ lục", "phần", "chương", "mục") else value


def _groups(steps: list[Step]) -> list[list[Step]]:
    """Steps into pinpoints; a smaller unit takes the larger ones named behind it, or before it."""
    large_first = _RANK[steps[0][0]] < _RANK[steps[-1][0]] or (
        len(steps) > 1 and all(_RANK[a[0]] <= _RANK[b[0]] for a, b in pairwise(steps))
    )
    ordered = steps if large_first else steps[::-1]
    groups: list[list[Step]] = []
    current: list[Step] = []
    for step in ordered:
        if current and _RANK[step[0]] <= _RANK[current[-1][0]]:
            groups.append(current)
            current = [kept for kept in current if _RANK[kept[0]] < _RANK[step[0]]]
        current = [*current, step]
    groups.append(current)
    return groups if large_first else groups[::-1]
