"""Directives told again in the headline or the lead, in fewer words: `Thủ tướng: 'Không để lợi ích nhóm'`.

A headline is too short to tell an order from an opinion. It counts where the text below says the same in full.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractors.sentences import sentences
from extractors.speech.clauses import act_end
from extractors.speech.context import Act, Context
from extractors.speech.subjects import bound

_HEAD_BLOCKS = 4  # headline, date, repeated headline, lead
_HEAD = 3000  # characters: where the lines of a text are not kept apart, its head is still short
ENOUGH = 0.6  # share of its words that the fuller directive must hold
_COLON = regex.compile(r":\s*[\"']?\s*")
_IF = regex.compile(r"\b(?:nếu|khi|vì|do|sẽ|bị)\b")
_WORD = regex.compile(r"\p{L}++")
_OPENERS = (
    "không để",
    "không cho phép",
    "phải",
    "cần",
    "không được",
    "kiên quyết",
    "tuyệt đối",
    "xử lý",
    "tập trung",
    "siết",
    "đẩy",
    "tăng",
)


def retold(context: Context, acts: list[Act]) -> Iterator[Act]:
    """Short directives in the first blocks that a directive of the text tells in full."""
    told = [(act, _words(context, act.act, act.end)) for act in acts if act.force != "request"]
    if not told:
        return
    for block in context.blocks[:_HEAD_BLOCKS]:
        for start, end in sentences(context.shadow, block.body, min(block.end, block.body + 2 * _HEAD)):
            if start > _HEAD:
                return
            if end - start > 220 or any(act.start < end and start < act.end for act in acts):
                continue
            for begin, act, named in _candidates(context, start, end):
                stop = act_end(context.shadow, begin, end)
                words = _words(context, act, stop)
                full = max(told, key=lambda item: len(item[1] & words), default=None)
                if full and len(words) >= 4 and len(words & full[1]) >= ENOUGH * len(words):
                    yield Act(begin, stop, act, full[0].force, full[0].issuer, named or full[0].addressee, "retold")
                    break


def _candidates(context: Context, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """Where a directive may begin, where its act begins, and the body it names."""
    for cue in context.cues_in(start, end):
        if cue.kind != "bind":
            continue
        who, _ = bound(context.shadow, context.lower, start, cue.start)
        if who and ":" in context.shadow[who.start : cue.start]:
            who = None  # `Thủ tướng: "Không để …"`: the one who speaks
        if who and who.kind in ("state", "group", "place"):
            yield cue.start, cue.end + 1, context.speakers.body(who)
        elif who is None and cue.phrase in ("phải", "không được") and not _IF.search(context.lower, start, cue.start):
            yield cue.start, cue.end + 1, None
    if (colon := _COLON.search(context.shadow, start, end)) and context.lower.startswith(_OPENERS, colon.end()):
        yield colon.end(), colon.end(), None


def _words(context: Context, start: int, end: int) -> frozenset[str]:
    return frozenset(_WORD.findall(context.lower, start, end))
