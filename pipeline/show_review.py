"""Decisions of researchers on a terminal, or as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from outputs.review import Decision, Orphan
from outputs.review.words import say
from pipeline.labels import KINDS
from pipeline.show import print_json, terminal

_WIDE = 90     # characters of words that a line shows


def show_decision(decision: Decision, *, as_json: bool) -> None:
    """A decision that was just made, with its id for undo."""
    if as_json:
        print_json({"id": decision.id, **decision.as_dict()})
        return
    terminal().print(_head(decision), soft_wrap=True)
    for line in _about(decision, {}):
        print(f"  {line}")


def show_reviews(
    decisions: Sequence[Decision], undone: Collection[str], orphans: Sequence[Orphan], *, as_json: bool
) -> None:
    """The latest first: who said what when, about which words; below what was taken back and what is lost, marked."""
    lost: dict[str, Orphan] = {orphan.decision.id: orphan for orphan in reversed(orphans)}
    if as_json:
        print_json([
            {"id": one.id, **one.as_dict(), "in_effect": one.verb != "undo" and one.id not in undone,
             "lost": lost[one.id].reason if one.id in lost else None}
            for one in reversed(decisions)
        ])
        return
    if not decisions:
        print("chưa có quyết định nào; ví dụ: sulieu review DỮ_KIỆN.db --accept MÃ --by TÊN, hoặc trang /review")
        return
    console, by_id = terminal(), {one.id: one for one in decisions}
    for one in reversed(decisions):
        marks = [say("review.gone")] if one.id in undone else []
        if one.id in lost:
            marks.append(say(f"review.lost.{lost[one.id].reason}"))
        console.print(" · ".join([_head(one), *marks]), soft_wrap=True)
        for line in _about(one, by_id):
            print(f"  {line}")
    left = f"{len(decisions)} quyết định"
    print(f"{left}, {len(lost)} không còn tìm thấy lời nguồn" if lost else left)


def _head(one: Decision) -> str:
    return " · ".join((one.at, one.by, say(f"review.verb.{one.verb}"), one.id))


def _about(one: Decision, others: Mapping[str, Decision]) -> Iterator[str]:
    if one.verb == "undo":
        target = others.get(one.target or "")
        yield f"→ {_head(target) if target else one.target}"
    elif one.verb in ("merge", "split"):
        sides = ("; ".join(dict.fromkeys(
            f"{words.quote} [{words.document}:{words.start}]" for words in one.words if words.side == side
        )) for side in (0, 1))
        yield " ≠ ".join(side for side in sides if side)
    else:
        words = one.words[0]
        quote = " ".join(words.quote.split())
        quote = quote if len(quote) <= _WIDE else f"{quote[:_WIDE]}…"
        yield f"{KINDS[words.kind]}: “{quote}” [{words.document}:{words.start}]"
        for name, value in (one.fields or {}).items():
            yield f"{name}: {_said((one.were or {}).get(name))} → {_said(value)}"
    if one.note:
        yield f"ghi chú: {' '.join(one.note.split())}"


def _said(value: object) -> str:
    return "—" if value is None else str(value)
