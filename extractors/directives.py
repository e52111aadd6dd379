"""Directives: who tells, asks or binds whom to do what, by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from corpus.document import Document
from extractors.clause_words import any_of
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.facts import Date, Decree, Directive, Official
from extractors.layout import Layout
from extractors.officials import find_officials
from extractors.set_aside import SetAside
from extractors.speech.context import Act, Context
from extractors.speech.lists import Frame, addresses, opens_list, read_item, section_body, without_lead_in
from extractors.speech.norms import Norms
from extractors.speech.retold import retold
from extractors.speech.sayings import read_sentence
from extractors.speech.schedules import scheduled
from extractors.structure import Block

_CLOSING = regex.compile(r"(?:nơi nhận|n[oơ]i nh[aậ]n)\s*:")

_NOTIFIES = regex.compile(
    r"\b(?:thông báo|trả lời|hướng dẫn)\b[^.;]{0,120}?\bbiết(?: và|,)?(?: để)? ?"
    r"(?:tổ chức |phối hợp )?(?:thực hiện|thi hành)?[./*_\s]*\Z"
)
_CAPTION = regex.compile(
    r"\((?:hình từ internet|ảnh minh hoạ|ảnh minh họa|ảnh:[^)]*|hình minh hoạ|hình minh họa)\)[.*_\s]*\Z"
)


def find_directives(
    document: Document,
    decrees: Sequence[Decree] | None = None,
    dates: Sequence[Date] | None = None,
    officials: Sequence[Official] | None = None,
    *,
    layout: Layout | None = None,
) -> list[Directive]:
    """The directives of a document in order; see docs/directives.md for the decision tree.

    `decrees`, `dates` and `officials` are found here where they are not given, and so is the `layout` of the document.
    """
    if decrees is None:
        decrees = find_decrees(document)
    if dates is None:
        dates = find_dates(document, decrees)
    if officials is None:
        officials = find_officials(document)
    context = Context(document, decrees, dates, officials, layout or Layout(document))
    if context.judgment:
        return []
    acts = [act for act in _read(context) if act.end > act.start]
    acts += retold(context, acts)
    rows = scheduled(context)
    acts = [act for act in acts if not any(act.start < row.end and row.start < act.end for row in rows)] + rows
    return [_directive(context, act) for act in sorted(acts, key=lambda act: (act.start, act.end))]


def _read(context: Context) -> Iterator[Act]:
    """Block after block; `frames` holds the lists that are open, the innermost last."""
    frames: list[Frame] = []
    quoting = False
    norms = Norms(context)
    aside = SetAside(context.shadow, context.lower)
    for block in context.blocks:
        if aside.skips(block) or block.row:
            continue
        if (until := aside.told_until(block)) < block.end:
            block = block._replace(end=until)
        if _closes(context, block):
            frames.clear()
            norms.close()
            continue
        if context.lower.find("(", block.body, block.end) >= 0 and _CAPTION.search(
            context.lower, block.body, block.end
        ):
            continue
        context.heading = block.heading
        if (duties := norms.read(block)) is not None:
            yield from duties
            continue
        if quoting := rules_quoted(context, block, quoting):
            continue
        _close(context, frames, block)
        frame = frames[-1] if frames else None
        if frame and frame.sections and context.shadow[block.start] == "#":
            frame.addressee = section_body(context, block)
            continue
        if frame and addresses(context, block, frame):
            continue
        if frame and (block.marker or frame.items is not None or frame.whole or frame.opener == 9):
            acts = read_item(context, block, frame)
            if frame.items is None and (block.marker or acts):
                frame.items = block.rank
            elif not acts and not block.marker and not frame.whole and not block.heading:
                frames.pop()
        else:
            acts = list(_paragraph(context, block))
        if opened := opens_list(context, block, frames[-1] if frames else None):
            acts = acts or ([opened.own] if opened.own else [])
            acts = [kept for act in acts if (kept := without_lead_in(context, act, block))]
            if frames and frames[-1].items is None and not frames[-1].whole and frames[-1].opener == opened.opener:
                frames.pop()
            frames.append(opened)
        yield from acts


def _closes(context: Context, block: Block) -> bool:
    """The recipients or the last words of a letter: what stands below belongs to no list."""
    lower, start, end = context.lower, block.body, block.end
    if lower.startswith("n", start) and _CLOSING.match(lower, start, end):
        return True
    return lower.find("biết", start, end) >= 0 and _NOTIFIES.search(lower, start, end) is not None


# A page that answers its readers goes on with the next question.
_ASKS = regex.compile(r"\?[\s*_]*\Z")
_RULE_FOLLOWS = regex.compile(
    rf"{any_of('rule follows')}\b[^:]{{0,200}}\b(?:điều|khoản|điểm|mục|phụ lục)\s\d[^:]{{0,260}}:?\W*\Z"
)
_RULE_ENDS = regex.compile(rf"{any_of('rule ends')}\b")


def rules_quoted(context: Context, block: Block, quoting: bool) -> bool:
    """A general rule is quoted to readers: from `Căn cứ Điều 9 … quy định như sau:` to the author's next words."""
    words = context.lower[block.body : block.end]
    if words.endswith((":", ":*", ":**")) and _RULE_FOLLOWS.match(words) and "ý kiến" not in words:
        return True
    if not quoting:
        return False
    return not (_RULE_ENDS.match(words) or words.rstrip("*_ ").endswith("?") or context.shadow[block.start] == "#")


def _close(context: Context, frames: list[Frame], block: Block) -> None:
    """End the lists that a block of this rank cannot belong to."""
    if frames and _ASKS.search(context.shadow, block.body, block.end):
        frames.clear()
    if frames and context.shadow[block.start] == "#":
        frames[:] = [frame for frame in frames if frame.sections]
    while frames and not frames[-1].whole:
        frame = frames[-1]
        above_items = frame.items is not None and block.rank < frame.items
        above_opener = frame.opener < 9 and block.rank <= frame.opener
        if not (above_items or above_opener):
            return
        frames.pop()


def _paragraph(context: Context, block: Block) -> Iterator[Act]:
    for start, end in context.layout.sentences(block):
        context.sentence += 1
        yield from read_sentence(context, start, end)


def _directive(context: Context, act: Act) -> Directive:
    action = context.text[act.act : act.end].strip(" \t\n\"'*“”")
    return Directive(
        start=act.start,
        end=act.end,
        text=context.text[act.start : act.end],
        rule=act.rule,
        force=act.force,
        issuer=act.issuer,
        addressee=act.addressee,
        action=action or None,
        deadline=act.due or context.deadlines.within(act.start, act.end),
    )
