"""What a figure says of the world: a state, an aim, a change, a gap or a norm (`figure_roles.tsv`)."""

from __future__ import annotations

from functools import cache

import regex

from extractors.anchors import Anchors
from extractors.facts import FigureRole
from extractors.lexicon import table
from extractors.quantities.context import Context
from extractors.quantities.quantity import Quantity
from extractors.quantities.words import one_of

_COORDINATION = regex.compile(
    r"(?:/\p{L}+)?(?: (?:về|so với|so)(?: [\p{L}\d/]+){1,5})?(?:,| và|,? và) (?:\p{L}+ ){0,2}"
    rf"(?:{one_of('shared_role')} )?"
)
_FAR = regex.compile(rf" {one_of('change_stop')} ")
_IN_BRACKETS = regex.compile(r" ?\((?:[-+]|tức |tương đương )?")
_PRICE = regex.compile(rf"/{one_of('priced')}(?!\p{{L}})")   # 4.000 đồng/lít
_NEAR = 48
_NORMATIVE = regex.compile(r"(?:^|\n)[*# ]*(?:Điều \d|Căn cứ |Chương [IVX])")


@cache
def _cues() -> Anchors[tuple[FigureRole | str, str]]:
    return Anchors((row["words"].lower(), (row["role"], row["reach"])) for row in table("figure_roles"))


def is_normative(context: Context) -> bool:
    """A text that lays down rules: articles of its own, or the bases of a legal document."""
    found = 0
    for found, _ in enumerate(_NORMATIVE.finditer(context.shadow), 1):
        if found >= 3:
            break
    return (found >= 3 and found * 4000 > len(context.shadow)) or (context.document.kind == "notice" and found >= 1)


def role_of(context: Context, q: Quantity, last: Quantity | None, last_role: FigureRole, normative: bool) -> FigureRole:
    """The role of a quantity; `last` is the one before it in the same sentence."""
    if q.form == "rank":
        return "rank"
    start, _ = context.sentence_at(q.start)
    near, wide = _found(context.lower, max(start, last.end if last else start), start, q.start, q.cue)
    if q.form == "ratio" and q.kind not in ("percent", "measure", "money"):
        after = min(q.end + 40, len(context.lower))
        of_a_norm = q.unit is None and _found(context.lower, q.end, q.end, after, after)[1] == "norm"
        return "norm" if wide == "norm" or of_a_norm else "ratio"
    if near in ("change", "gap", "target") and not (normative and near == "change"):
        return near
    changed = last is not None and last_role == "change" and q.kind == "percent"
    if last and changed and _IN_BRACKETS.fullmatch(context.lower, last.end, q.start):
        return "change"   # giảm 0,63 điểm (-0,13%)
    if last and last.unit == q.unit and _COORDINATION.fullmatch(context.lower, last.end, q.cue):
        return last_role
    if normative and near != "level":
        return "norm"
    if near == "norm" and _may_be_norm(q):
        return "norm"
    if q.kind == "money" and _PRICE.search(q.unit or "") and near != "level":
        return "norm"
    if wide == "norm" and _may_be_norm(q):
        return "norm"
    if wide == "target":
        return "target"
    return "norm" if normative else "actual"


def _may_be_norm(q: Quantity) -> bool:
    return q.kind in ("money", "percent", "measure") or q.approx in ("at_most", "at_least")


def _found(
    lower: str, near_from: int, start: int, end: int, cue: int
) -> tuple[FigureRole | str | None, FigureRole | str | None]:
    """The role of the nearest cue that reaches the number, and of the last one in the sentence."""
    near: tuple[int, int, str] | None = None
    wide: str | None = None
    for left, right, (role, reach) in _cues().find(lower[start : end + 1]):
        left, right = left + start, right + start
        if right > end + 1:
            continue
        if reach == "sentence":
            wide = role
            reaches = left >= near_from
        else:
            between = lower[right:cue]
            reaches = left >= near_from and len(between) <= _NEAR and not any(mark in between for mark in ",(;")
            reaches = reaches and not (role == "change" and _FAR.search(between))
        if reaches and (near is None or right > near[1] or left <= near[0]):
            near = (left, right, role)
    return (near[2] if near else None), wide
