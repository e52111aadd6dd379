"""The clause that a number stands in, and the noun phrase that is its grammatical subject.

Vietnamese is subject – verb – object: the phrase that opens a clause, before its first verb, is what the clause is
about. A clause ends at a comma, a colon, a dash or a conjunction; one that has no subject of its own shares that of
the clause before it (`Hãng bán 5 xe, lãi 2 tỷ đồng`).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from extractors.lexicon import table
from extractors.quantities.context import Context
from extractors.quantities.units import noun_at
from extractors.quantities.words import one_of, word_set

_BORDER = regex.compile(
    rf"; ?|: |, |(?<=[\d%).]) - | - (?!\p{{Lu}})|\n| \(|[“”\"] ?|(?<!\p{{L}})(?P<speech>{one_of('clause')}),? "
    r"|(?<!\p{L})(?:nhưng|trong khi|mà|thì) "
)
_OPENING = regex.compile(
    rf"(?:[*_ ),;:#>|+-]|\d{{1,2}}[.)]\** |\p{{Ll}}[).] |(?:{one_of('connector')})(?!\p{{L}}) ?,? ?)*+"
)
_DETERMINER = regex.compile(
    r"(?:(?:các|những|mỗi|mọi|nhiều|hầu hết|đa số|phần lớn|toàn bộ|tất cả|một số|một|hai|ba|cả|từng|\d[\d.,]*+) )*+"
)
_LEADS = regex.compile(rf"(?:(?:{one_of('adjunct')}|hết|riêng|kết thúc|cả|đầu|cuối|khoảng|cho|rạng|chỉ|kỳ) ){{0,3}}")
_ADJUNCT = regex.compile(rf"{one_of('adjunct')}(?!\p{{L}})")
_LOCATIVE = regex.compile(rf"{one_of('locative')} ")
_THERE_IS = regex.compile(rf" (?:{one_of('there_is')})(?!\p{{L}})")
_MEASURE = regex.compile(rf"{_DETERMINER.pattern}{one_of('measure_head')}(?!\p{{L}})")
_KIND = regex.compile(rf"(?:{one_of('owner_kind')}|{one_of('person')}|{one_of('frame')})(?!\p{{L}})")
HEAD_NOUN = regex.compile(rf"(?<!\p{{L}})(?:{one_of('owner_kind')}|{one_of('head')})(?!\p{{L}})")
OWNER_VERB = regex.compile(   # the second half of `trang bị`, `doanh thu`, `tự do`, `hàng không` is no verb
    r"(?<!\p{L})(?<!trang |thiết |chuẩn )(?<!doanh (?=thu))(?<!tự (?=do))(?<!(?:địa|chứng) (?=chỉ))(?<!hàng (?=không))"
    rf"(?!bị (?:can|cáo|đơn|hại)(?!\p{{L}})|vi phạm (?:bị|thì|phải|sẽ) ){one_of('owner_verb')}(?!\p{{L}})|[,;:()]"
)
_AUXILIARY = regex.compile(
    rf"(?<!\p{{L}})(?<!trang |thiết |chuẩn )(?:{one_of('before_verb')} ){{0,3}}"
    r"(?:được|bị|phải|chi|có|đạt|là)(?!\p{L})"
)
_FINITE = regex.compile(rf"(?<!\p{{L}})(?<!trang |thiết |chuẩn ){one_of('finite')}(?!\p{{L}})|[,;:()]")
_PREDICATED = regex.compile(
    r"(?P<noun>(?P<first>\p{L}++)(?: [\p{L}\d-]++){1,5}?) (?:(?:đã|sẽ|đang|cũng|chỉ|hiện) )?"
    r"(?:tăng|giảm|đạt|có|còn|chiếm|là)(?!\p{L})"
)
_NO_OWNER = regex.compile(   # what is measured, pronouns and what stands for something
    rf"(?<!\p{{L}})(?:{one_of('person')}|{one_of('anaphor')}|{one_of('measure_noun')}|{one_of('not_an_owner')}|grdp|gdp|cpi)"
    r"(?!\p{L})"
)
_BRACKETS = regex.compile(r" \([^()\n]{1,60}\)")
_LAST_WORD = regex.compile(r"(?<!\p{L})(\p{L}++) \Z")
_AGAIN = regex.compile(r" (?:đã|sẽ|đang|cũng|vẫn|còn|có|phải|không|vừa|mới|được)(?!\p{L})")
_LONGEST = 22   # words of a subject


@cache
def _compound_verbs() -> frozenset[str]:
    """Verbs of two syllables, whose second one alone would look like the verb: `tìm kiếm`, `sắp xếp`."""
    verbs = (row["verb"] for row in table("action_verbs") if row["kind"] == "verb")
    return frozenset(verb for verb in verbs if verb.count(" ") == 1) - word_set("ends_in_verb")


def _verb_begins(lower: str, floor: int, start: int, end: int) -> int:
    """Where the word begins whose last syllable is the verb between `start` and `end`: `thủ tục | kéo dài`."""
    first = _LAST_WORD.search(lower, max(floor, start - 10), start)
    if first and f"{first[1]} {lower[start:end]}" in _compound_verbs():
        return first.start(1)
    return start


class Segment(NamedTuple):
    """A stretch between two borders; `begin` is where its words begin after connectors and dates."""

    start: int
    end: int
    begin: int
    speech: bool   # follows a verb of saying


def has_border(context: Context, start: int, end: int) -> bool:
    """Whether another clause begins between `start` and `end`."""
    return _BORDER.search(context.shadow, start, end) is not None


def segments(context: Context, floor: int, end: int, whole: tuple[int, int] = (0, 0)) -> list[Segment]:
    """The segments between `floor` and a number at `end`, in order. No border inside `whole` counts."""
    key = floor, end, whole
    if context.cut is not None and context.cut[0] == key:   # metric and subject of one number ask in turn
        return context.cut[1]
    found: list[Segment] = []
    left, speech = floor, False
    for border in _BORDER.finditer(context.shadow, floor, end):
        if whole[0] <= border.start() < whole[1]:
            continue
        if border.start() > left:
            found.append(_segment(context, left, border.start(), speech))
        left, speech = border.end(), border["speech"] is not None
    found.append(_segment(context, left, end, speech))
    context.cut = key, found
    return found


def _segment(context: Context, start: int, end: int, speech: bool) -> Segment:
    at = start
    for _ in range(4):
        opening = _OPENING.match(context.lower, at, end)
        at = opening.end() if opening else at
        date = next(iter(context.dates_between(at, min(at + 10, end))), None)
        if date is None or not _leads_to(context.lower, at, date.start):
            break
        at = date.end
    return Segment(start, end, min(at, end), speech)


def _leads_to(lower: str, at: int, date: int) -> bool:
    """Whether only prepositions stand before a date: `đến hết năm 2020`."""
    return _LEADS.fullmatch(lower, at, date) is not None


def names_measure(context: Context, at: int, end: int) -> bool:
    """The segment opens with what is measured, not with whose it is: `tổng doanh thu của …`."""
    return _MEASURE.match(context.lower, at, end) is not None


def names_kind(context: Context, at: int) -> bool:
    """A common noun of persons or bodies begins at `at`."""
    if _KIND.match(context.lower, at):
        return True
    noun = noun_at(context.lower, at)
    return noun is not None and noun.kind in ("person", "body")


def is_adjunct(context: Context, at: int, end: int) -> bool:
    """The segment opens with a preposition: `theo Bộ Tài chính`, `tại Hà Nội`."""
    return _ADJUNCT.match(context.lower, at, end) is not None


def _is_verb(context: Context, after: int, verb: regex.Match[str]) -> bool:
    """Not so a capital (`Công ty Đầu tư X`), the rest of a noun (`bộ câu hỏi`), a verb that names the noun before it
    (`lực lượng tìm kiếm đã …`)."""
    lower, at = context.lower, verb.start()
    if context.shadow[at].isupper():
        return False
    first = _LAST_WORD.search(lower, max(0, at - 10), at)
    noun = noun_at(lower, first.start(1)) if first and first.start(1) >= after else None
    if noun and noun.end >= verb.end() and noun.kind != "none":
        return False
    return _verb_begins(lower, after + 1, at, verb.end()) == at or _AGAIN.match(lower, verb.end()) is None


def noun_phrase(context: Context, at: int, end: int, *, last_verb: bool = False) -> tuple[int, int] | None:
    """The phrase of a common noun that begins at `at`, to its verb, which must come before `end`.

    With `last_verb` the phrase reaches to the last auxiliary: `Cán bộ đang hưởng phụ cấp được bồi dưỡng …`.
    """
    lower = context.lower
    determiner = _DETERMINER.match(lower, at, end)
    head = determiner.end() if determiner else at
    kind = _KIND.match(lower, head, end)
    noun = noun_at(lower, head) if kind is None else None
    if kind is None and (noun is None or noun.end > end):
        return _unknown_noun(context, at, end) if at == head else None
    anybody = kind is not None or (noun is not None and noun.kind in ("person", "body"))
    after = kind.end() if kind else noun.end if noun else at
    opens = OWNER_VERB.match(lower, head, end) if kind is None else None
    if opens and opens.end() > after:   # `bao gồm` is no `bao`
        return None
    stop = None
    if last_verb:
        for found in _AUXILIARY.finditer(lower, after, end):
            stop = found.start()
    if stop is None:
        verbs = (OWNER_VERB if anybody else _FINITE).finditer(lower, after, end)
        verb = next((verb for verb in verbs if _is_verb(context, after, verb)), None)
        if verb is None:
            return None
        stop = _verb_begins(lower, after + 1, verb.start(), verb.end())
        if (lower[at].isdigit() or not anybody) and not verb[0][0].isalpha():   # (trong đó 3 cán bộ, 5 giáo viên)
            return None
        if not anybody and verb[0] == "có" and lower.startswith(("những ", "các "), at):   # những vụ việc có …
            return None
        closed = _BRACKETS.match(lower, stop - 1, end) if verb[0] == "(" else None
        if closed and OWNER_VERB.match(lower, closed.end() + 1, end):   # Công ty A (PVTEX) đã nâng
            stop = closed.end()
    phrase = context.shadow[at:stop].rstrip(" ,:;-*")
    return (at, at + len(phrase)) if 1 <= len(phrase.split()) <= _LONGEST else None


def _unknown_noun(context: Context, at: int, end: int) -> tuple[int, int] | None:
    """`mỡ nhờn tăng từ …`, `Hàng hóa siêu trường là …`: a short phrase that no list knows, by the verb behind it."""
    found = _PREDICATED.match(context.lower, at, end)
    if found is None or found["first"] in word_set("no_name") | word_set("subject_not_first"):
        return None
    stop = found.end("noun")
    if OWNER_VERB.search(context.lower, at, stop) or _NO_OWNER.search(context.lower, at, stop):
        return None
    return at, stop


def in_place(context: Context, at: int, end: int) -> tuple[int, int] | None:
    """The place that opens an existential clause: `Tại huyện Bình Sơn có 8 thí sinh`."""
    opening = _LOCATIVE.match(context.lower, at, end)
    if opening is None:
        return None
    if names_measure(context, opening.end(), end):
        return None
    there = _THERE_IS.search(context.lower, opening.end(), end)
    if there is None or there.start() - opening.end() > 60:
        return None
    return opening.end(), there.start()


def is_anaphor(phrase: str) -> bool:
    """`hãng này`, `công ty`, `tỉnh`: a noun alone, that stands for what has been named."""
    words = phrase.lower().split()
    if words and words[-1] in word_set("anaphor") and len(words) <= 4:
        return True
    return " ".join(words) in word_set("stands_for")


def last_match(pattern: regex.Pattern[str], text: str, start: int, end: int) -> regex.Match[str] | None:
    """The last place between `start` and `end` where a pattern matches."""
    last = None
    for found in pattern.finditer(text, start, end):
        last = found
    return last
