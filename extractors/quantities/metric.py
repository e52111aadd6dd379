"""What is measured, in the words of the text."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lexicon import many, table
from extractors.quantities.clauses import has_border, names_measure, segments
from extractors.quantities.context import Context
from extractors.quantities.quantity import COUNTS, Quantity
from extractors.quantities.units import noun_at
from extractors.quantities.words import one_of, word_set

_WORD = regex.compile(r"[\p{L}\p{M}\d][\p{L}\p{M}\d/&.-]*+")
_LEFT_BREAK = regex.compile(
    rf"[;\n|!?…]|,(?= )|[()](?=.)|: (?=.{{25}})| - |(?<!\p{{L}}){one_of('left_break')}(?= )"
)
_RIGHT_BREAK = regex.compile(rf"[,;.:()\n|!?…\"]| - |\d|(?<!\p{{L}}){one_of('right_break')}(?!\p{{L}})")
_INDICATORS = "|".join(   # CPI, GDP: abbreviations that open their example are measured themselves
    regex.escape(row["abbreviation"].lower())
    for row in table("metric_abbreviations")
    if row["examples"].startswith(row["abbreviation"])
)
_MEASURE = regex.compile(
    rf"(?<!\p{{L}})(?<!quy (?=định))(?:{one_of('measure_noun')}|(?<!con )số(?= \p{{Ll}})|{_INDICATORS})(?!\p{{L}})"
)
_MEASURE_STOP = regex.compile(rf"(?<!\p{{L}}){one_of('measure_stop')}(?!\p{{L}})|[,;:()\n\d\"“”|]")
_AWAY = regex.compile(r"(?<!\p{L})(cách [^,;:()\n\d]{2,50}?)(?: (?:khoảng|gần|hơn|chừng|trên))?+ \Z")
_SAME = regex.compile(r"(?:con số|tỷ lệ|tỉ lệ|mức|số|chỉ số|mức tăng|số tiền) (?:này|đó|trên)(?!\p{L})")
_ABOUT = regex.compile(rf"(về \p{{L}}+(?: và (?:về )?\p{{L}}+)?)(?: {one_of('after_about')})*+ \Z")
_LABEL = regex.compile(r"(?:^|[;:.,] |\n)((?:\p{L}++ ){0,5}\p{L}++): ?\Z")
_HEAD_LABEL = regex.compile(r"[*#+ -]*+((?!(?:Trong đó|Cụ thể|Bao gồm|Gồm|Theo|Tại))\p{Lu}[^:;.()\d\n]{5,48}): (?=\S)")
_VERBAL = regex.compile(r"(?<!\p{L})(?:có|là|đạt|gồm|được|bị|đã|sẽ|đang)(?!\p{L})")
_SIDE = regex.compile(r"(?<!\p{L})(?<!chiều )(cao|dài|rộng|sâu|dày|nặng)(?: (?:tới|đến|là))?+ \Z")
_VALUED = regex.compile(rf"{one_of('valued')}(?!\p{{L}})")
_RANKED = regex.compile(
    r"(?: \p{L}++){0,4}? về ((?:(?! (?:và|với|trong|của|năm) )[^,;.:()\n\d]){2,60}(?: \(\p{Lu}++\))?)"
)
_EQUALS = regex.compile(r"[ ,(]*(?:(?:tương đương|tức|bằng|khoảng|gần|hơn|trên|với|là) ?)*+")
_TIMES = regex.compile(r"(?<!\p{L})(?:tăng|giảm|gấp|hơn)(?: (?:gấp|tương ứng|khoảng|gần|hơn|tới|đến))*+ \Z")
_SUFFERED = regex.compile(r"(?<!\p{L})(bị (?:thương|thiệt mạng|bắt|chết|mất tích|hư hỏng|cuốn trôi|sập)) \Z")
_THERE_IS = regex.compile(r"(?<!\p{L})(?:có|gồm|gồm có) \Z")
_NUMBER_OF = regex.compile(r"(?<!\p{L})(?:tổng )?số (?=\p{Ll})")
_JOINED = regex.compile(r"(?:,|(?<!\p{L})(?:và|cùng|hoặc|hay)) \Z")
_ABOUT_RIGHT = regex.compile(r" (về \p{L}+(?: \p{L}+)?)(?=[ ,.;)]|\Z)")
_BASE = regex.compile(rf"{one_of('of_a_base')}(?!\p{{L}})")
_BY_UNIT = {"ha": "diện tích", "m2": "diện tích", "km2": "diện tích", "km/h": "tốc độ", "°C": "nhiệt độ"}
_FOOTNOTE = regex.compile(r"\[\d{1,3}\]")
_LABEL_MARK = regex.compile(r"[:(|][ |]*\Z")
_SYLLABLE = regex.compile(r"(?<!\p{L})(\p{L}++) \Z")
_MOST_LEFT, _MOST_RIGHT = 10, 7


@cache
def _linking(place: str) -> frozenset[tuple[str, ...]]:
    """Linking words of a place, each as its syllables."""
    rows = (row for row in table("linking_words") if row["place"] == place)
    return frozenset(tuple(words.split()) for row in rows for words in many(row["words"]))


_NOUNS = (("count_nouns", "noun"), ("fields_of_work", "field"))
_WORDS = (*_NOUNS, ("action_verbs", "verb"), ("event_triggers", "trigger"))


@cache
def _compounds(tables: tuple[tuple[str, str], ...] = _WORDS) -> frozenset[tuple[str, str]]:
    """Pairs of syllables that are one word, from the tables of nouns, verbs and fields of work."""
    entries = {row[column].lower() for name, column in tables for row in table(name)} | word_set("compound")
    syllables = (entry.split() for entry in entries if " " in entry)
    return frozenset(pair for parts in syllables for pair in ((parts[0], parts[1]), (parts[-2], parts[-1])))


def _without_last(words: list[str]) -> list[str]:
    linking, words = _linking("last"), list(words)
    while words:
        low = [word.lower() for word in words[-4:]]
        cut = next((n for n in range(len(low), 0, -1) if tuple(low[-n:]) in linking and not _halves(words, n)), 0)
        if not cut:
            break
        del words[-cut:]
    return words


def _halves(words: list[str], last: int) -> bool:
    """Whether without the `last` words half of a noun would be left: `dân số là`, and not `số là`."""
    return last < len(words) and last > 1 and (words[-last - 1].lower(), words[-last].lower()) in _compounds(_NOUNS)


def _without_first(words: list[str]) -> list[str]:
    linking = _linking("first")
    for at, word in enumerate(words):
        low = word.lower()
        if (low,) not in linking or (low == "số" and at + 1 < len(words)):   # số opens `số việc`
            return words[at:]
    return []


def metric_of(
    context: Context, q: Quantity, last: Quantity | None, last_metric: str | None, subject: str | None
) -> str | None:
    """What a quantity measures: the words before it, the noun counted, and what follows it closely.

    `last` is the quantity before it in the same sentence, whose metric it may share; `last_metric` is that of the
    figure before it anywhere, which `con số này` repeats.
    """
    start, end = context.sentence_at(q.start)
    sentence, earlier = start, last_metric
    last_metric = last_metric if last is not None else None
    if last is not None:
        start = max(start, last.end)
    if q.unit in ("km", "m") and (away := _AWAY.search(context.shadow, max(start, q.cue - 60), q.cue)):
        return away[1]
    if q.form == "rank" and (ranked := _RANKED.match(context.shadow, q.end, min(end, q.end + 100))):
        return ranked[1].strip()
    both_money = last is not None and q.kind == last.kind == "money"
    if both_money and last and last_metric and _EQUALS.fullmatch(context.lower, last.end, q.cue):
        return last_metric   # 15 triệu baht (500.000 USD, tương đương 10 tỷ đồng)
    right = "" if q.form == "rank" else _right(context, q, end)
    if (q.kind == "percent" or q.form == "ratio") and _BASE.match(right.lower()):
        right = ""
    measured = None
    if q.kind not in COUNTS:
        floor = sentence if last is not None and not has_border(context, last.end, q.cue) else start
        measured = _measured(context, floor, q.cue, subject, (last.start, last.end) if last else (0, 0))
    valued = q.kind == "money" and not measured and subject and _VALUED.match(subject.lower())
    if valued and subject and context.shadow[start : q.cue].rstrip().endswith(subject):
        return subject   # dự án chống ngập 10.000 tỷ đồng
    side = _SIDE.search(context.lower, max(start, q.cue - 24), q.cue)
    if side and q.kind == "measure" and not measured:
        return side[1]
    joined = last is not None and _JOINED.search(context.lower, max(start, q.cue - 8), q.cue) is not None
    left = measured or ""
    if not measured and not joined:
        left = _left(context, start, q.cue, subject, deeper=not right and not last_metric)
    if earlier and (left.lower() in word_set("same_as_before") or _SAME.match(context.lower, sentence, q.start)):
        return earlier
    if q.kind == "percent" and right.startswith("về ") and last_metric and not left:
        return f"{last_metric.split(' về ')[0]} {right}"
    about = _ABOUT.match(context.lower, segments(context, start, q.cue)[-1].begin, q.cue)
    if about and last_metric and q.kind not in COUNTS and not measured:
        return f"{last_metric.split(' về ')[0]} {about[1]}"
    if left.lower() in ("tỷ lệ", "tỉ lệ", "tổng số") and last_metric and not right and q.kind not in COUNTS:
        return last_metric if last_metric.lower().startswith(left.lower()) else f"{left} {last_metric}"
    if q.unit == "lần" and last_metric and _TIMES.search(context.lower, max(start, q.start - 24), q.start):
        return last_metric   # 70 triệu khách, tăng 2,1 lần
    if q.kind in COUNTS:
        label = _LABEL.search(context.shadow, max(start, q.cue - 60), q.cue)
        head = _HEAD_LABEL.match(context.shadow, sentence, q.cue)
        if head and not _VERBAL.search(head[1]) and (label is None or label.start(1) > head.end(1)):
            return " ".join(part for part in (head[1], label[1] if label else "", q.unit, right) if part)
        if suffered := _SUFFERED.search(context.lower, max(start, q.cue - 24), q.cue):
            return f"{q.unit} {suffered[1]}"
        if _THERE_IS.search(context.lower, max(start, q.cue - 10), q.cue) and not _MEASURE.search(left.lower()):
            left = ""   # what stands before `có` has what is counted
        return _counted(left, q.unit or "", right)
    if not left and not right:
        if last is not None and last_metric and last.kind in COUNTS and q.kind == "money":
            return f"số tiền {last_metric.removesuffix(last.unit or '').strip()}"  # 9.400 việc, 3.800 tỷ đồng
        return last_metric or _BY_UNIT.get(q.unit or "")
    if len(left.split()) > 2 and q.kind != "percent":
        right = ""
    return " ".join(part for part in (left, right) if part)


def _measured(context: Context, floor: int, end: int, subject: str | None, whole: tuple[int, int]) -> str | None:
    """The phrase of the noun that says what is measured, where it stands further from its number:
    `giá khám bệnh tại bệnh viện hạng I là 38.700 đồng`."""
    found = segments(context, max(floor, end - 300), end, whole)
    for place in range(len(found) - 1, -1, -1):
        segment = found[place]
        if place < len(found) - 1 and not names_measure(context, segment.begin, segment.end):
            if segment.speech or place < len(found) - 3:
                break
            continue
        every = _MEASURE.finditer(context.lower, segment.begin, segment.end)
        nouns = [noun for noun in every if not _is_half(context.lower, segment.begin, noun)]
        while len(nouns) > 1 and nouns[-1][0] == "số" and nouns[-2][0] in ("tỷ lệ", "tỉ lệ"):
            del nouns[-1]   # tỷ lệ thi hành xong trên số việc có điều kiện
        while len(nouns) > 1 and nouns[-1][0] in ("tỷ lệ", "tỉ lệ", "mức") and segment.end - nouns[-1].end() < 9:
            del nouns[-1]   # kết quả về tiền đạt tỷ lệ 85%
        if not nouns:
            if segment.speech:
                break
            continue
        at = nouns[-1].start()
        for noun in reversed(nouns[:-1]):
            if noun.end() + 1 < at:
                break
            at = noun.start()
        stop = _MEASURE_STOP.search(context.lower, nouns[-1].end(), segment.end)
        text = _without_dates(context, at, stop.start() if stop else segment.end)
        owner = [word.lower() for word in _WORD.findall(subject or "")]
        words = _without_last(_WORD.findall(text)[:_MOST_LEFT])
        if owner and len(words) > len(owner) and [word.lower() for word in words[-len(owner) :]] == owner:
            words = words[: -len(owner)]
        return " ".join(words) or None
    return None


def _is_half(lower: str, floor: int, noun: regex.Match[str]) -> bool:
    """The `khoản` of `tài khoản` measures nothing."""
    before = _SYLLABLE.search(lower, max(floor, noun.start() - 8), noun.start())
    if before and noun[0] == "thuế" and before[1] in ("sau", "trước"):
        return True   # lợi nhuận sau thuế
    return before is not None and " " not in noun[0] and (before[1], noun[0]) in _compounds(_NOUNS)


def _counted(left: str, unit: str, right: str) -> str:
    """The noun that is counted with what follows it; what stands before it only as far as it is short.

    What is a number of something already (`số vụ tai nạn giao thông là 18.736 vụ`) says all that is counted.
    """
    number = _NUMBER_OF.search(left.lower())
    noun = noun_at(left.lower(), number.end()) if number else None
    if number and noun and not right:
        return left[number.start():]
    if not right and left.lower() in word_set("names_its_count"):
        return left   # dân số 2.028.514 người
    after, before = right.split(), left.split()
    if _MEASURE.search(left.lower()):
        most = 2 if len(after) + len(unit.split()) >= 4 else 4
        before = before if len(before) <= 2 * most else _whole_end(before, most)
    else:
        before = _whole_end(before, 3) if len(before) <= 2 or not after else []
    return " ".join([*before, unit, *after])


def _whole_end(words: list[str], most: int) -> list[str]:
    """The last words of a phrase, and what belongs to the first of them: no half of `tai nạn`, `chính quyền`."""
    at = max(0, len(words) - most)
    while at and (words[at - 1].lower(), words[at].lower()) in _compounds():
        at -= 1
    return words[at:]


def _left(context: Context, start: int, end: int, subject: str | None, *, deeper: bool) -> str:
    """The phrase that ends before a number, without the words that only link it to the number.

    Where nothing is left of the nearest phrase, the one before it is read if `deeper`.
    """
    floor = max(start, end - 140)
    text = _without_dates(context, floor, end)
    for _ in range(3 if deeper else 1):
        label = _LABEL_MARK.search(text)
        if label:
            text = text[: label.start()]
        text = text.rstrip(" ,;(")
        at = max((found.end() for found in _LEFT_BREAK.finditer(text)), default=0)
        phrase = _phrase(_WORD.findall(text[at:]), subject)
        if phrase or not at:
            return phrase
        text = text[:at].rstrip(" ,;(|")
    return ""


def _without_dates(context: Context, floor: int, end: int) -> str:
    parts, at = [], floor
    for date in context.dates_between(floor, end):
        if date.start >= at:
            parts.append(context.shadow[at : date.start])
        at = max(at, min(date.end, end))
    return _FOOTNOTE.sub("", "".join((*parts, context.shadow[at:end])))


def _phrase(words: list[str], subject: str | None) -> str:
    owner = [word.lower() for word in _WORD.findall(subject or "")]
    words, breaks = _without_owner(_without_last(words), owner), _linking("break")
    kept: list[str] = []
    rest = False   # whether a name ends where the phrase begins, which may have words in small letters: Bộ Tài | chính
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        if kept and ((word.lower(),) in breaks or _in_name(words, place) or word.isdigit()):
            rest = _in_name(words, place)
            if rest and (word.lower(), kept[-1]) in _compounds():
                del kept[-1]
            break
        kept.append(word)
        if len(kept) == _MOST_LEFT:
            break
    kept = _without_first(_without_last(kept[::-1]))
    if size := _owner_opens(kept, owner, 1 if rest else 2):
        kept = _without_first(kept[size:])
    elif owner and all(word.lower() in owner for word in kept):
        kept = []
    return " ".join(kept)


def _owner_opens(kept: list[str], owner: list[str], least: int) -> int:
    """How many words at the start of a phrase are the owner, or the end of it (`Cá nhân, | tổ chức phải nộp`)."""
    low = [word.lower() for word in kept]
    sizes = (size for size in range(len(owner), 0, -1) if size == len(owner) or size >= least)
    return next((size for size in sizes if low[:size] == owner[-size:]), 0)


def _without_owner(words: list[str], owner: list[str]) -> list[str]:
    """`tổng nợ thuế của cả nước` without whose it is."""
    at = len(words) - len(owner)
    if not owner or at < 2 or [word.lower() for word in words[at:]] != owner:
        return words
    if (words[at - 1].lower(),) in _linking("break"):
        return _without_last(words[: at - 1])
    return words


def _in_name(words: list[str], place: int) -> bool:
    """A capitalised word beside another one belongs to a name; alone it may only begin a phrase."""
    if not words[place][0].isupper():
        return False
    near = (words[place - 1 : place] if place else []) + words[place + 1 : place + 2]
    return (words[place].isupper() and len(words[place]) > 1) or any(word[0].isupper() for word in near)


def _right(context: Context, q: Quantity, end: int) -> str:
    stop = min(end, q.end + 80)
    text = context.shadow[q.end : stop]
    about = _ABOUT_RIGHT.match(text)
    if about and q.kind == "percent":
        return about[1].split(" so")[0].split(" và")[0]
    if not text.startswith(" "):
        return ""
    found = _RIGHT_BREAK.search(text)
    words = _WORD.findall(text[: found.start()] if found else text)[:_MOST_RIGHT]
    named = found is not None and found[0][0] == "," and len(words) > 1 and words[-1].istitle()
    if named and q.kind == "person" and not words[-2].istitle():   # 4 anh em trai Vinh, Quang và Sáng
        words = words[:-1]
    return " ".join(_without_last(words))
