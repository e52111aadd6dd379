"""What is measured, in the words of the text."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lexicon import many, table
from extractors.quantities.candidates import Quantity
from extractors.quantities.context import Context

_WORD = regex.compile(r"[\p{L}\p{M}\d][\p{L}\p{M}\d/&.-]*+")
_LEFT_BREAK = regex.compile(r"[;\n|!?…]|,(?= )|[()](?=.)|: (?=.{25})| - |(?<!\p{L})(?:trong đó|cụ thể|bao gồm|nhưng|mà|thì|và|tuy nhiên|do|vì|khi|nếu|nên)(?= )")
_RIGHT_BREAK = regex.compile(r"[,;.:()\n|!?…\"]| - |\d|(?<!\p{L})(?:và|là|đã|đang|sẽ|với|tại|ở|từ|đến|vào|để|nhằm|so|trong|trên|do|vì|khi|nhưng|mà|thì|nên|gồm|theo|có|cho|bởi|được|bị|cũng|này|trước|sau|năm|tháng|ngày|hồi|trị|tương|như|trở|lên|đạt|tăng|giảm|nếu|thay|đối|bằng|chiếm|hoặc|không|chỉ|của)(?!\p{L})")
_MOST_LEFT, _MOST_RIGHT = 10, 7


@cache
def _linking(place: str) -> frozenset[tuple[str, ...]]:
    """Linking words of a place, each as its syllables."""
    rows = (row for row in table("linking_words") if row["place"] == place)
    return frozenset(tuple(words.split()) for row in rows for words in many(row["words"]))


def _without_last(words: list[str]) -> list[str]:
    linking, words = _linking("last"), list(words)
    while words:
        low = [word.lower() for word in words[-4:]]
        cut = next((n for n in range(len(low), 0, -1) if tuple(low[-n:]) in linking), 0)
        if not cut:
            break
        del words[-cut:]
    return words


def _without_first(words: list[str]) -> list[str]:
    linking = _linking("first")
    at = 0
    while at < len(words) - 1 and (words[at].lower(),) in linking and words[at].lower() != "số":
        at += 1
    return words[at:]


def metric_of(context: Context, q: Quantity, last: Quantity | None, last_metric: str | None) -> str | None:
    """What a quantity measures: the words before it, the noun counted, and what follows it closely."""
    start, end = context.sentence_at(q.start)
    if last is not None:
        start = max(start, last.end)
    left = _left(context, start, q.cue)
    right = _right(context, q, end)
    if q.kind in ("money", "percent", "measure", "rank", "ratio", "label", "bare"):
        if not left and not right:
            return last_metric
        parts = (left, right)
    else:
        parts = (left, q.unit or "", right)
    if q.kind == "percent" and right.startswith("về ") and not left and last_metric:
        parts = (last_metric.split(" về ")[0], right)
    metric = " ".join(part for part in parts if part)
    return metric or last_metric


def _left(context: Context, start: int, end: int) -> str:
    """The phrase that ends before a number, without the words that only link it to the number."""
    floor = max(start, end - 120)
    text = context.shadow[floor:end]
    label = regex.search(r"[:(] ?\Z", text)
    if label:
        text = text[: label.start()]
    at = max((found.end() for found in _LEFT_BREAK.finditer(text.rstrip())), default=0)
    for date in context.dates_between(floor, end):
        at = max(at, min(len(text), date.end - floor))
    words = _without_last(_WORD.findall(text[at:]))
    breaks = _linking("break")
    kept: list[str] = []
    for word in reversed(words):
        stops = (word.lower(),) in breaks or (word[0].isupper() and not _is_label_start(kept, words, word))
        if kept and stops:
            break
        kept.append(word)
        if len(kept) == _MOST_LEFT:
            break
    kept.reverse()
    return " ".join(_without_first(kept))


def _is_label_start(kept: list[str], words: list[str], word: str) -> bool:
    """A capital that only begins the label: `Diện tích xây dựng khoảng …`."""
    return len(kept) + 1 == len(words) and not word.isupper()


def _right(context: Context, q: Quantity, end: int) -> str:
    stop = min(end, q.end + 80)
    text = context.shadow[q.end : stop]
    about = regex.match(r" (về \p{L}+(?: \p{L}+)?)(?=[ ,.;)]|\Z)", text)
    if about and q.kind == "percent":
        return about[1].split(" so")[0].split(" và")[0]
    if not text.startswith(" "):
        return ""
    found = _RIGHT_BREAK.search(text)
    words = _WORD.findall(text[: found.start()] if found else text)[:_MOST_RIGHT]
    return " ".join(_without_last(words))
