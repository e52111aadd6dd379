"""What a figure says of the world: a state, an aim, a change, a gap or a norm (`figure_roles.tsv`)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

import regex

from extractors.anchors import Anchors
from extractors.facts import FigureRole
from extractors.lexicon import table
from extractors.quantities.context import Context
from extractors.quantities.quantity import Quantity
from extractors.quantities.words import one_of
from extractors.structure import Block

_COORDINATION = regex.compile(
    r"(?:/\p{L}+)?(?: (?:về|so với|so)(?: [\p{L}\d/]+){1,5})?(?:,| và|,? và) (?:\p{L}+ ){0,2}"
    rf"(?:{one_of('shared_role')} )?"
)
_FAR = regex.compile(rf" {one_of('change_stop')} ")
_AIM_STOP = regex.compile(rf" {one_of('aim_stop')} ")
_IN_BRACKETS = regex.compile(r" ?\((?:[-+]|tức |tương đương )?")
_EQUIVALENT = regex.compile(
    rf"(?: \p{{L}}+)?(?: ?\(|, ?| )(?:tức |(?:tương đương|tương ứng) (?:với )?|{one_of('near')} )*+"
)
_PRICE = regex.compile(rf"/{one_of('priced')}(?!\p{{L}})")   # 4.000 đồng/lít
_PRICE_FROM = regex.compile(r"(?<!\p{L})(?:tăng|giảm) từ (?:mức )?\Z")
_QUOTED = regex.compile(r"(?<!\p{L})giá (?:vàng|bán|xăng|dầu|điện|nước|vé|cước|gas|thuê|khám|dịch vụ)(?!\p{L})")
_SAME = regex.compile(rf"(?<!\p{{L}}){one_of('same_role')}(?!\p{{L}})")
_CONDITION = regex.compile(r"(?<!\p{L})(?:trường hợp|nếu|khi|đối với) ")
_THEN = regex.compile(r"[^.;\n]{0,160}? thì (?!phải dừng|mới biết)")
_NEAR, _CLAUSE, _SENTENCE = 48, 80, 160   # how far before the number a cue reaches, in characters
_NORMATIVE = regex.compile(r"(?:^|\n)[*# ]*(?:Điều \d|Căn cứ |Chương [IVX])")
_LAYS_DOWN = regex.compile(r"quy định|hướng dẫn|(?:như sau|sau đây|gồm(?: có)?) ?:$")
_CRITERIA = regex.compile(   # a body is founded, somebody is admitted when these are met
    r"(?:đáp ứng|đảm bảo|bảo đảm|thỏa mãn|có)(?: đủ| đầy đủ)?(?: một trong)?(?: các)? (?:tiêu chí|tiêu chuẩn|điều kiện)"
    r"(?: sau| sau đây| dưới đây)? ?:$"
)
_RESULTS = regex.compile(rf"(?<!\p{{L}}){one_of('result')}(?!\p{{L}})")
_SOUGHT = regex.compile(   # `Danh mục dự án kêu gọi đầu tư`: what is listed below is planned
    r"(?:^|\n)[*# |]*(?:danh mục|danh sách|bảng tổng hợp)[^\n]{0,40} dự án[^\n]{0,30}"
    r" (?:gọi vốn|kêu gọi|mời gọi|thu hút|gọi) (?:vốn )?(?:đầu tư|hợp tác|tài trợ|xã hội hóa|xã hội hoá)"
)
_THRESHOLD = regex.compile(r"(?<!\p{L})nếu [^,.;:\n]{2,60}\Z")
_BEFORE_A_LIST, _SHORT = 800, 120
_DENSE = 600   # characters for each act or rule that a text names, where it explains the law


@dataclass(frozen=True, slots=True)
class Norms:
    """Where a text lays down rules: all of it, or the passages that quote one."""

    everywhere: bool
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    sought: int | None = None   # from where the text lists projects that call for money

    def at(self, pos: int) -> bool:
        """Whether `pos` stands in words that lay down a rule."""
        if self.everywhere:
            return True
        place = bisect_right(self.starts, pos) - 1
        return place >= 0 and pos < self.ends[place]


@cache
def _cues() -> Anchors[tuple[FigureRole | str, str]]:
    return Anchors((row["words"].lower(), (row["role"], row["reach"])) for row in table("figure_roles"))


def norms(context: Context) -> Norms:
    """A text with articles of its own, or the bases of a legal document, lays down rules; others quote them."""
    found = 0
    for found, _ in enumerate(_NORMATIVE.finditer(context.shadow), 1):
        if found >= 3:
            break
    whole = (found >= 3 and found * 4000 > len(context.shadow)) or (context.document.kind == "notice" and found >= 1)
    list_of_projects = _SOUGHT.search(context.lower)
    sought = list_of_projects.end() if list_of_projects else None
    told = len(context.decrees) + context.lower.count("quy định")
    if whole:
        return Norms(True, sought=sought)
    spans = _quoted_rules(context, told * _DENSE > len(context.shadow))
    return Norms(False, tuple(start for start, _ in spans), tuple(end for _, end in spans), sought)


def _quoted_rules(context: Context, explains: bool) -> list[tuple[int, int]]:
    """The lists below a line that names an act, or says that something is laid down, and ends in a colon.

    `explains`: the text speaks of acts and what they lay down throughout.
    """
    acts = sorted(decree.start for decree in context.decrees)
    spans: list[tuple[int, int]] = []
    open_from, last = None, None
    for block in context.blocks:
        if open_from is not None and (block.marker or (last is not None and last.opens and _is_title(block))):
            spans.append((block.start, block.end))
        else:
            open_from = None
        if block.opens and (open_from is None or block.marker is None):
            words = context.lower[max(block.start, block.end - 400) : block.end].rstrip(" *_")
            near = bisect_right(acts, block.end) > bisect_right(acts, block.start - 1)
            above = explains or bisect_right(acts, block.end) > bisect_right(acts, block.start - _BEFORE_A_LIST)
            lays_down = near or _CRITERIA.search(words) or (above and _LAYS_DOWN.search(words))
            open_from = block.end if lays_down and not _RESULTS.search(words) else None
        last = block
    return spans


def _is_title(block: Block) -> bool:
    return block.heading and block.end - block.start <= _SHORT


def role_of(context: Context, q: Quantity, last: Quantity | None, last_role: FigureRole, rules: Norms) -> FigureRole:
    """The role of a quantity; `last` is the one before it in the same sentence."""
    if q.form == "rank":
        return "rank"
    start, end = context.sentence_at(q.start)
    lower, normative = context.lower, rules.at(q.start)
    cues = _found(lower, max(start, last.end if last else start), start, q)
    if q.form == "ratio" and q.kind not in ("percent", "measure", "money"):
        return "norm" if cues.wide == "norm" or _of_a_norm(lower, q) else "ratio"
    if rules.sought is not None and q.start >= rules.sought:
        return "target"
    if cues.near in ("change", "gap", "target") and not (normative and cues.near == "change"):
        return cues.near  # type: ignore[return-value]
    if shared := _shared(lower, q, last, last_role, start):
        return shared
    if normative and cues.near != "level":
        return "norm"
    if _may_be_norm(q) and (cues.near == "norm" or _is_condition(lower, q, start, end)):
        return "norm"
    if q.kind == "money" and _PRICE.search(q.unit or "") and (
        cues.near != "level"
        or _PRICE_FROM.search(lower, max(start, q.cue - 14), q.cue)
        or _QUOTED.search(lower, start, q.start)   # giá vàng giảm 20.000 đồng/lượng còn 39,38 triệu đồng/lượng
    ):
        return "norm"
    if cues.clause and cues.near in (None, "level"):
        return cues.clause
    if cues.clause == "change" and q.kind == "percent":
        return "change"   # tốc độ tăng trưởng đạt 6,31%
    if cues.wide == "norm" and _may_be_norm(q):
        return "norm"
    if cues.wide == "target":
        return "target"
    return "norm" if normative else "actual"


def _shared(lower: str, q: Quantity, last: Quantity | None, last_role: FigureRole, start: int) -> FigureRole | None:
    """The role that a figure has from the one it is coordinated with, put beside, or said to be the same as."""
    if last is None:
        same = last_role == "change" and q.kind == "percent" and _SAME.search(lower, start, q.start)
        return "change" if same else None   # Tỷ lệ này chỉ là 3%
    if last_role == "change" and q.kind == "percent" and _IN_BRACKETS.fullmatch(lower, last.end, q.start):
        return "change"   # giảm 0,63 điểm (-0,13%)
    if last.kind == q.kind == "money" and last.unit != q.unit and _EQUIVALENT.fullmatch(lower, last.end, q.start):
        return last_role   # 15 triệu baht (500.000 USD, tương đương hơn 10 tỉ đồng)
    if last.unit == q.unit and _COORDINATION.fullmatch(lower, last.end, q.cue):
        return last_role
    return None


def _may_be_norm(q: Quantity) -> bool:
    return q.kind in ("money", "percent", "measure") or q.approx in ("at_most", "at_least")


def _of_a_norm(lower: str, q: Quantity) -> bool:
    """`1/2 mức phạt`: the norm stands after the number."""
    return q.unit is None and any(
        role == "norm" and reach == "sentence" for _, _, (role, reach) in _cues().find(lower[q.end : q.end + 41])
    )


def _is_condition(lower: str, q: Quantity, start: int, end: int) -> bool:
    """`Trường hợp … trên 75% diện tích đất … thì Nhà nước thu hồi`: a threshold of a rule."""
    if q.approx in ("over", "at_least", "at_most") and _THRESHOLD.search(lower, max(start, q.cue - 66), q.cue):
        return True   # sẽ bị khởi tố nếu tỉ lệ thương tật trên 11%
    if q.approx in ("exact", "about") or not _THEN.match(lower, q.end, end):
        return False
    return _CONDITION.search(lower, start, q.start) is not None


@dataclass(frozen=True, slots=True)
class _Cues:
    near: str | None = None            # the nearest cue that reaches the number
    clause: FigureRole | None = None   # what the clause says, where nothing nearer says more
    wide: str | None = None            # the last of those that hold for a sentence


def _found(lower: str, near_from: int, start: int, q: Quantity) -> _Cues:
    """The cues before a number, by how far each reaches (the column `reach` of the table)."""
    near: tuple[int, int, str] | None = None
    wide: tuple[int, int, str] | None = None
    clause: FigureRole | None = None
    for left, right, (role, reach) in _cues().find(lower[start : q.start + 1]):
        hit = left + start, right + start, role
        if hit[1] > q.start + 1 or (reach == "share" and q.kind != "percent"):
            continue
        between = lower[hit[1] : q.cue]
        reaches = hit[0] >= near_from
        if reach == "sentence":
            if (role != "target" or (len(between) <= _SENTENCE and ";" not in between)) and _beats(hit, wide):
                wide = hit
        elif reach == "clause":
            stopped = role == "target" and _AIM_STOP.search(between)
            if reaches and len(between) <= _CLAUSE and not _parted(between, ",(;:") and not stopped:
                clause = role  # type: ignore[assignment]
            continue
        else:
            reaches = reaches and len(between.strip()) <= (0 if reach == "next" else _NEAR)
            reaches = reaches and not _parted(between, ",(;")
            reaches = reaches and not (role == "change" and _FAR.search(between))
        if reaches and _beats(hit, near):
            near = hit
    return _Cues(near[2] if near else None, clause, wide[2] if wide else None)


def _parted(between: str, marks: str) -> bool:
    return any(mark in between for mark in marks)


def _beats(hit: tuple[int, int, str], held: tuple[int, int, str] | None) -> bool:
    """A cue nearer to the number counts more, and of two that end together the longer one."""
    return held is None or hit[1] > held[1] or hit[0] <= held[0]
