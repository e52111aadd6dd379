"""The words around a quote: the rest of its sentence, within bounds, cut at word borders."""

from __future__ import annotations

from extractors.sentences import sentences

REACH = 320  # characters read on each side of a quote

# For a query with `mention m` and `document d`: the text on each side, as far as REACH goes.
WINDOW = (
    f"substr(d.text, max(1, m.start + 1 - {REACH}), min(m.start, {REACH})) AS before_text, "
    f'substr(d.text, m."end" + 1, {REACH}) AS after_text'
)


def around(before: str, quote: str, after: str, reach: int = REACH) -> tuple[str, str]:
    """What of `before` and `after` lies in the sentence or sentences that hold the quote between them.

    A side as long as `reach` may have been cut by the query: its open end is cut at a space and marked `…`.
    """
    left, right = before.rpartition("\n")[2], after.partition("\n")[0]
    cut_left = len(left) >= reach
    cut_right = len(right) >= reach
    line = left + quote + right
    first, last = 0, len(line)
    for start, end in sentences(line):
        if start <= len(left) < end:
            first = start
        if start < len(left) + len(quote) <= end:
            last = end
    opens_cut = cut_left and not line[:first].strip()
    ends_cut = cut_right and last >= len(line.rstrip())
    left = "…" + left.partition(" ")[2] if opens_cut else left[first:].lstrip()
    right = right.rpartition(" ")[0] + "…" if ends_cut else right[: max(0, last - len(line) + len(right))].rstrip()
    return left, right


def clipped(text: str, limit: int) -> str:
    """The text, or where it is longer than `limit` characters its beginning and `…`: up to a mark, else a space."""
    if len(text) <= limit:
        return text
    for mark in ("; ", ", ", " "):
        head, found, _ = text[:limit].rpartition(mark)
        if found and len(head) > limit // 2:
            return f"{_without_number(head)}…"
    return f"{text[:limit]}…"


def _without_number(head: str) -> str:
    """The words without numbers at their end: what they count, or whether they are millions, is cut off."""
    kept = head.split(" ")
    while len(kept) > 1 and kept[-1][-1:].isdigit():
        kept.pop()
    return " ".join(kept) or head
