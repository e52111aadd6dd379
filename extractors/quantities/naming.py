"""What is measured and whose it is, in the words of the text: metric and subject."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lexicon import many, table
from extractors.quantities.candidates import Quantity
from extractors.quantities.context import Context

_WORD = regex.compile(r"[\p{L}\p{M}\d][\p{L}\p{M}\d/&.-]*+")
_LEFT_BREAK = regex.compile(r"[;\n|!?…]|,(?= )|[()](?=.)|: (?=.{25})| - |(?<!\p{L})(?:trong đó|cụ thể|bao gồm|nhưng|mà|thì|và|tuy nhiên|do|vì|khi|nếu|nên)(?= )")
_RIGHT_BREAK = regex.compile(r"[,;.:()\n|!?…\"]| - |\d|(?<!\p{L})(?:và|là|đã|đang|sẽ|với|tại|ở|từ|đến|vào|để|nhằm|so|trong|trên|do|vì|khi|nhưng|mà|thì|nên|gồm|theo|có|cho|bởi|được|bị|cũng|này|trước|sau|năm|tháng|ngày|hồi|trị|tương|như|trở|lên|đạt|tăng|giảm|nếu|thay|đối|bằng|chiếm|hoặc|không|chỉ|của)(?!\p{L})")
_NAME = regex.compile(
    r"(?<![\p{L}\d])(?:\p{Lu}[\p{L}\d&.-]*+)(?:(?: - | và | )\p{Lu}[\p{L}\d&-]*+){0,8}+"
)
_BODY = regex.compile(
    r"(?<!\p{L})(?:các |những |toàn |cả )?(?:cơ quan|chi cục|cục|sở|bộ|ban|phòng|tỉnh|thành phố|tp\.?|huyện|quận|phường|xã|công ty|tập đoàn|ngân hàng|trường|bệnh viện|hãng|dự án|toàn ngành|cả nước|toàn quốc|toàn tỉnh|ông|bà|anh|chị|doanh nghiệp|cá nhân|tổ chức|người lao động|hộ gia đình)(?!\p{L})",
    regex.I,
)
_MOST_LEFT, _MOST_RIGHT = 10, 7


@cache
def _linking() -> frozenset[str]:
    return frozenset(word for row in table("linking_words") for word in many(row["words"]))


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
    words = _WORD.findall(text[at:])
    while words and words[-1].lower() in _linking():
        words.pop()
    kept: list[str] = []
    for word in reversed(words):
        if kept and (word.lower() in _STOP or word[0].isupper() and not _is_label_start(kept, words, word)):
            break
        kept.append(word)
        if len(kept) == _MOST_LEFT:
            break
    while kept and kept[-1].lower() in _linking():
        kept.pop()
    return " ".join(reversed(kept))


_STOP = frozenset("có gồm đã đang sẽ là đạt rằng của tại ở theo cho với được bị".split())


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
    while words and words[-1].lower() in _linking():
        words.pop()
    return " ".join(words)


def subject_of(context: Context, q: Quantity, last: Quantity | None, last_subject: str | None) -> str | None:
    """Whose figure it is: the nearest name before it in its sentence, else that of the figure before."""
    start, end = context.sentence_at(q.start)
    floor = max(start, last.end if last else start)
    name = _last_name(context, floor, q.start, start)
    if name:
        return name
    if last is not None and last_subject:
        return last_subject
    name = _last_name(context, start, q.start, start) if last else None
    return name or last_subject


def _last_name(context: Context, start: int, end: int, sentence: int) -> str | None:
    blocked = [(date.start, date.end) for date in context.dates_between(start - 40, end)]
    found: str | None = None
    for name in _NAME.finditer(context.shadow, start, end):
        if any(a < name.end() and name.start() < b for a, b in blocked):
            continue
        opening = name.start() <= sentence + 2 or context.shadow[max(0, name.start() - 2)] in ".:;(-\n\""
        if opening and " " not in name[0] and not name[0].isupper():
            continue
        found = _with_head(context, sentence, name.start(), name.end())
    return found


def _with_head(context: Context, floor: int, start: int, end: int) -> str:
    """A name with the common noun before it that says what it is: `tỉnh Quảng Nam`."""
    head = regex.search(
        r"(?:các )?(?:tỉnh|thành phố|TP\.?|huyện|quận|phường|xã|công ty|tập đoàn|bệnh viện|trường|dự án|tòa nhà|ông|bà|THADS|bộ|nước) \Z",
        context.shadow[max(floor, start - 16) : start],
    )
    return context.shadow[start - len(head[0]) if head else start : end].strip()
