"""From numerals to quantities: which numbers are figures, with unit, range, ratio or rank, and how exact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractors.quantities import bare
from extractors.quantities.approximators import approximator_after, approximator_before, is_ceiling
from extractors.quantities.lookalikes import is_article, listed_after_naming, naming_before
from extractors.quantities.numerals import Numeral, numerals
from extractors.quantities.quantity import Quantity
from extractors.quantities.ranks import rank_start
from extractors.quantities.units import Unit, fractional, is_function_word, read_unit
from extractors.quantities.words import one_of, word_set

_CONNECTOR = regex.compile(r" ?- ?| (?:đến|tới) (?:(?:mức|khoảng|gần|hơn|trên|dưới|tối đa|không quá) ){0,2}+")
_CURRENCY = regex.compile(r"(?:US|U\.S\.)?\$ ?\Z|[€£¥] ?\Z|(?<!\p{L})(?:USD|VND|VNĐ|EUR) \Z")
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "VNĐ": "VND"}
_SCORE = regex.compile(rf"{one_of('score')}(?: \p{{L}}+){{0,2}} \Z")
_MAP_SCALE = regex.compile(r"(?<!\p{L})t[ỷỉ] lệ \Z")   # quy hoạch tỷ lệ 1/2000 khu …
_MINUS = regex.compile(r"(?<!\p{L})âm \Z")
_WITHIN = regex.compile(r" (?:đến|tới|-) ?(?:hơn|trên|gần|khoảng)(?= )")
_COORDINATION = regex.compile(r"(?: về \p{L}+)?(?:,| và) ?")
_NUMBER_AFTER = regex.compile(r" (?:số )?(?:\d++|[IVX]+(?!\p{L}))")
_ONE_GROUP = regex.compile(r"\d{1,3}[.,]\d{3}")
_CLERICAL = regex.compile(   # who keeps copies; a scan's own note
    r"(?:\A|\n)[ *+-]*"
    r"(?:lưu(?=[:,]| (?:vt|văn thư|hồ sơ|hs|vp)(?!\p{L}))[^\n]{0,60}"
    r"|[^\n]{0,40}(?<!\p{L})(?:tesseract|ocr)(?!\p{L})[^\n]{0,30})\Z"
)
_ALWAYS = {(24, 7), (24, 24), (7, 7), (12, 12), (8, 5)}   # round the clock: 24/7


def quantities(shadow: str, lower: str, blocked: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """The quantities of a text, in order. No number in a `blocked` span counts: dates and citations, sorted."""
    free = list(_unblocked(numerals(shadow, lower), blocked))
    last: Quantity | None = None
    index = 0
    while index < len(free):
        numeral = free[index]
        following = free[index + 1] if index + 1 < len(free) else None
        found, used = _range(shadow, lower, numeral, following), 2
        if found is None and not numeral.dashed:
            found, used = _single(shadow, lower, numeral, following, last), 1
        elif found is None or found.kind == "score":
            found, used = None, 2 if found else 1
        if found and found.form == "plain" and (also := _other_reading(lower, numeral, found)) is not None:
            found = found._replace(also=also)
        if found and not _repeats(lower, numeral, found, last):
            last = _with_approximator(shadow, lower, found, last)
            yield last
        index += used


def _repeats(lower: str, numeral: Numeral, found: Quantity, last: Quantity | None) -> bool:
    """`350.000.000 đồng (ba trăm năm mươi triệu đồng)`: the words only spell the digits out."""
    if last is None or not numeral.words or (found.value, found.unit) != (last.value, last.unit):
        return False
    return lower[last.end : found.start].strip() == "("


def _unblocked(found: Iterator[Numeral], blocked: Sequence[tuple[int, int]]) -> Iterator[Numeral]:
    at = 0
    for numeral in found:
        while at < len(blocked) and blocked[at][1] <= numeral.start:
            at += 1
        if at == len(blocked) or blocked[at][0] >= numeral.end:
            yield numeral


def _single(
    shadow: str, lower: str, numeral: Numeral, following: Numeral | None, last: Quantity | None
) -> Quantity | None:
    start, end = numeral.start, numeral.end
    rank = rank_start(lower, numeral)
    if rank is not None:
        return Quantity(rank.start, end, numeral.value, None, "rank", "rank", numeral.of, rank.approx, rank.start)
    unit = read_unit(shadow, lower, end)
    if unit is not None and unit.kind == "time":
        if not (numeral.scaled and _NUMBER_AFTER.match(shadow, unit.end)):   # 1.200 tỷ năm 2017
            return None
        unit = None
    if numeral.of is not None:
        return _ratio(shadow, lower, numeral, unit, last)
    currency = _CURRENCY.search(shadow, max(0, start - 5), start)
    if currency and (unit is None or not unit.strong):
        name = currency[0].strip()
        name = _CURRENCIES.get(name[-1], _CURRENCIES.get(name, name))
        return Quantity(currency.start(), end, _whole(numeral), name, "money", cue=currency.start())
    if unit is None:
        return bare.read(shadow, lower, numeral, following, last)
    if _is_lettered(lower, numeral, unit):
        return None
    if not unit.strong and is_article(lower, start, end, unit.end):
        return None
    if not unit.strong and (not _counts(lower, numeral, unit) or _is_reference(shadow, lower, numeral, unit)):
        return None
    return Quantity(*_signed(lower, numeral, unit), unit.name, unit.kind, cue=start)


def _is_lettered(lower: str, numeral: Numeral, unit: Unit) -> bool:
    """The number of a form or article with its letter, like a price of so many đồng: `mẫu số 14d, 14đ`."""
    if unit.name != "VND" or lower[numeral.end : unit.end] != "đ" or numeral.grouped or numeral.scaled:
        return False
    naming = naming_before(lower, numeral.start) == "firm"
    return numeral.value < 1000 and (naming or listed_after_naming(lower, numeral.start))


def _signed(lower: str, numeral: Numeral, unit: Unit) -> tuple[int, int, Decimal]:
    """`âm 67 tỷ đồng` is below zero, and the word belongs to the span."""
    parts = unit.kind in ("percent", "measure") or unit.name in fractional()
    value = _share(numeral, unit) if parts else _whole(numeral)
    minus = _MINUS.search(lower, max(0, numeral.start - 4), numeral.start) if unit.strong else None
    return (minus.start(), unit.end, -value) if minus else (numeral.start, unit.end, value)


def _whole(numeral: Numeral) -> Decimal:
    """People and đồng have no thousandths: `2,500 người` is grouped the English way."""
    return (numeral.value * 1000).to_integral_value() if numeral.decimal_groups else numeral.value


def _other_reading(lower: str, numeral: Numeral, found: Quantity) -> Decimal | None:
    """The second reading of one group of three digits, where the unit lets both stand.

    `1.963%` and `1,532 lần` may be thousands or thousandths; so may `2,500 tấn`, which is written the English way, and
    `1.963 triệu người`, where the thousands make a thousand million people.
    """
    digits = lower[numeral.start : numeral.digits_end]
    if not _ONE_GROUP.fullmatch(digits) or isinstance(found.value, tuple) or digits.startswith("0"):
        return None
    share = found.kind == "percent" or found.unit in fractional()
    if numeral.scaled:
        crowd = found.kind == "person" and found.value >= 10**9
        return found.value / 1000 if crowd else None
    if not share and not (found.kind == "measure" and digits[-4] == ","):
        return None
    return found.value / 1000 if found.value >= 1000 else found.value * 1000


def _share(numeral: Numeral, unit: Unit) -> Decimal:
    """`12.345%` cannot be twelve thousand per cent: there the dot is a decimal mark."""
    grouped = unit.kind == "percent" and numeral.grouped and numeral.value >= 10_000
    return numeral.value / 1000 if grouped else numeral.value


def _counts(lower: str, numeral: Numeral, unit: Unit) -> bool:
    naming = naming_before(lower, numeral.start)
    if numeral.grouped or numeral.scaled:
        return True
    if naming and unit.name[0].isupper():   # Sư đoàn 9 Miền Đông
        return False
    if naming and is_function_word(unit.name):   # nhóm 14 từ đơn vị
        return False
    if naming == "firm" or numeral.value == 0 or listed_after_naming(lower, numeral.start):
        return False
    return not (numeral.words and numeral.value < 10)


def _is_reference(shadow: str, lower: str, numeral: Numeral, unit: Unit) -> bool:
    """The number of a row or item (`12 Máy bơm` at the start of a line), or of a reference (`1 khoản 2`)."""
    of_law = unit.name.lower() in word_set("part_of_law")
    if of_law and unit.name != "điểm" and numeral.value % 1:   # điểm 2.16 Điều 6, but: 1.754,67 điểm
        return True
    if of_law and (after := _NUMBER_AFTER.match(shadow, unit.end)):
        return read_unit(shadow, lower, after.end()) is None   # but: 7 chương 36 điều
    if _NUMBER_AFTER.match(shadow, unit.end) and naming_before(lower, numeral.start):   # bài 5 trang 12
        return True
    if unit.name in ("bản", "trang") and _CLERICAL.search(lower, max(0, numeral.start - 80), numeral.start):
        return True
    opens = numeral.start == 0 or shadow[numeral.start - 1] in "\n|"
    if opens and "\n" in shadow[numeral.end : unit.end]:   # a number alone on its line: a page, a footnote
        return True
    return opens and unit.name[0].isupper() and unit.kind in ("thing", "object", "case") and not numeral.grouped


def _ratio(shadow: str, lower: str, numeral: Numeral, unit: Unit | None, last: Quantity | None) -> Quantity | None:
    if (numeral.value, numeral.of) in _ALWAYS and (unit is None or not unit.strong):
        return None
    if naming_before(lower, numeral.start) == "firm":
        return None
    if bare.is_fraction(lower, numeral):
        unit = None
    scaled_down = numeral.value == 1 and numeral.of is not None and numeral.of >= 100
    if scaled_down and _MAP_SCALE.search(lower, max(0, numeral.start - 8), numeral.start):
        return None
    if numeral.crossed and (unit is None or unit.kind != "measure"):
        return None
    if unit is not None:
        return Quantity(
            numeral.start, unit.end, numeral.value, unit.name, unit.kind, "ratio", numeral.of, cue=numeral.start
        )
    if not bare.is_ratio(shadow, lower, numeral):
        return None
    name = last.unit if last and last.form == "ratio" and numeral.start - last.end < 120 else None
    return Quantity(
        numeral.start, numeral.end, numeral.value, name, "ratio", "ratio", numeral.of, cue=numeral.start
    )


def _range(shadow: str, lower: str, low: Numeral, high: Numeral | None) -> Quantity | None:
    """`17 nghìn đến trên 18 nghìn việc`, `0,27-0,29%`, `60.000.000 đồng đến 80.000.000 đồng`."""
    if high is None or high.start - low.end > 60 or low.of is not None or high.of is not None:
        return None
    first = read_unit(shadow, lower, low.end)
    if first is not None and first.end >= high.start:
        return None
    join = _CONNECTOR.match(lower, first.end if first else low.end)
    if join is None or join.end() != high.start:
        return None
    second = read_unit(shadow, lower, high.end)
    if first is None and _SCORE.search(lower, max(0, low.start - 32), low.start):
        return Quantity(low.start, high.end, low.value, None, "score")
    if second is None or second.kind == "time" or (first is not None and first.name != second.name):
        return None
    values = _range_values(lower, low, high, second)
    if values is None or (not second.strong and not _counts(lower, low, second)):
        return None
    return Quantity(low.start, second.end, values, second.name, second.kind, "range", cue=low.start)


def _range_values(lower: str, low: Numeral, high: Numeral, unit: Unit) -> tuple[Decimal, Decimal] | None:
    """The scale of the second number holds for the first, where that has none: `2-3 triệu`."""
    bottom, top = _whole(low), _whole(high)
    if unit.kind in ("percent", "measure"):
        bottom, top = low.value, high.value
    if high.scaled and not low.scaled and not low.grouped:
        own = high.value / (bare.read_mantissa(lower, high) or 1)   # else: 500 đến 1 triệu
        scale = next((s for s in (own, 10**9, 10**6, 10**3) if s <= own and bottom * s <= top), None)
        if scale is None:
            return None
        bottom *= scale
    return (bottom, top) if bottom <= top else None


def _with_approximator(shadow: str, lower: str, found: Quantity, last: Quantity | None) -> Quantity:
    if found.form == "rank":
        return found
    after = approximator_after(lower, found.end)
    before = approximator_before(lower, found.start)
    if before is None and found.form == "range":
        inside = _WITHIN.search(lower, found.start, found.end)
        if inside:
            before = approximator_before(lower, inside.end() + 1)
            before = (found.start, before[1]) if before else None
    if before is None and after is None and last is not None and _shares_approximator(lower, last, found):
        return found._replace(approx=last.approx)
    if before is None and found.kind == "money" and found.form == "plain" and is_ceiling(lower, found.start):
        return found._replace(approx="at_most")
    approx = after or (before[1] if before else "exact")
    return found._replace(approx=approx, cue=before[0] if before else found.start)


def _shares_approximator(lower: str, last: Quantity, found: Quantity) -> bool:
    """`khoảng 10% về việc, 50% về tiền`: both are about."""
    if last.approx == "exact" or last.unit != found.unit or found.start - last.end > 30:
        return False
    return _COORDINATION.fullmatch(lower, last.end, found.start) is not None
