"""Numbers without a unit of ours: which of them still count or measure something, and what.

Money in a scale word alone (`375 tỷ`), counts under a label (`Số đại biểu đồng ý: 439`), further members of a count
(`4 micro, gồm 2 ở mặt trước`), fractions (`2/3 số đại biểu`), the first of two (`từ 5 lên 10 tỷ đồng`), and nouns
that are in no table.
"""

from __future__ import annotations

from decimal import Decimal

import regex

from extractors.quantities.lookalikes import listed_after_naming, name_before, naming_before
from extractors.quantities.numerals import Numeral
from extractors.quantities.quantity import Quantity
from extractors.quantities.units import is_function_word, is_no_noun, is_noun, read_unit
from extractors.quantities.words import one_of

_NEXT = regex.compile(r" (\p{Ll}[\p{L}\p{M}]*+)")
_WORD_BEFORE = regex.compile(r"(?<!\p{L})(\p{L}++) \Z")
_LABEL = regex.compile(
    rf"(?<!\p{{L}})(?<!một |mã )(?:tổng )?số (?!{one_of('label_not')}(?!\p{{L}}))"
    r"((?:\p{L}++ ){0,9}\p{L}++)(?: ?: ?| là | đạt )\Z"
)
_MEMBER_BEFORE = regex.compile(rf"(?:\(|, |(?<!\p{{L}}){one_of('member_before')} )(?:{one_of('near')} )?\Z")
_MEMBER_AFTER = regex.compile(rf" {one_of('member_after')}(?!\p{{L}})|[).;,]")
_FRACTION_AFTER = regex.compile(rf" {one_of('fraction_after')}(?!\p{{L}})")
_FRACTION_BEFORE = regex.compile(rf"(?:(?<!\p{{L}}){one_of('fraction_before')}|: ?|\() ?\Z")
_LICENCE = regex.compile(rf"(?<!\p{{L}}){one_of('licence')} \Z|[,(:\n] ?\Z")
_SECOND = regex.compile(rf" (?:lên|xuống|còn|thành) (?:{one_of('second')} ){{0,3}}\Z")
_FROM = regex.compile(rf"(?<!\p{{L}})từ (?:{one_of('near')} )?\Z")


def read(
    shadow: str, lower: str, numeral: Numeral, following: Numeral | None, last: Quantity | None
) -> Quantity | None:
    """The quantity that a number without a known unit is, or None."""
    start, end = numeral.start, numeral.end
    if naming_before(lower, start) == "firm" and not numeral.scaled:
        return None
    first_of_two = _first_of_two(shadow, lower, numeral, following)
    if first_of_two:
        return first_of_two
    noun = _unknown_noun(shadow, lower, numeral)
    if noun:
        return Quantity(start, noun, numeral.value, " ".join(shadow[numeral.end : noun].split()), "unknown", cue=start)
    if numeral.scaled and lower[start:end].endswith(("tỷ", "tỉ", "triệu", "rưỡi")):
        return Quantity(start, end, numeral.value, "VND", "money", cue=start)
    if numeral.words or numeral.scaled:
        return None
    if naming_before(lower, start) or listed_after_naming(lower, start):
        return None
    label = _LABEL.search(lower, max(0, start - 70), start)
    counted = noun_of(label[1]) if label and not name_before(shadow, start) else None
    if counted:
        return Quantity(start, end, numeral.value, counted, "label", cue=start)
    return _member(lower, numeral, last)


def _first_of_two(shadow: str, lower: str, numeral: Numeral, following: Numeral | None) -> Quantity | None:
    """The 5 of `từ 5 lên 10 tỷ đồng` and of `5 hoặc 10 tỷ đồng` has the unit and the scale of the 10."""
    if following is None or following.of is not None or following.start - numeral.end > 40:
        return None
    either = lower[numeral.end : following.start] in (" hoặc ", " hay ")
    if not either and not (
        _FROM.search(lower, max(0, numeral.start - 14), numeral.start)
        and _SECOND.fullmatch(lower, numeral.end, following.start)
    ):
        return None
    unit = read_unit(shadow, lower, following.end)
    if unit is None or unit.kind == "time" or (either and naming_before(lower, numeral.start)):
        return None
    value = numeral.value
    if following.scaled and not numeral.scaled and not numeral.grouped:
        value *= following.value / (read_mantissa(lower, following) or 1)
    return Quantity(numeral.start, numeral.end, value, unit.name, unit.kind, cue=numeral.start)


def read_mantissa(lower: str, numeral: Numeral) -> Decimal | None:
    """The digits of a scaled number without the scale."""
    digits = lower[numeral.start : numeral.digits_end].replace(".", "").replace(",", ".")
    try:
        return Decimal(digits)
    except ArithmeticError:
        return None


def _unknown_noun(shadow: str, lower: str, numeral: Numeral) -> int | None:
    """The end of a noun that is in no table: a plain word directly after a number that the words before let count."""
    found = _NEXT.match(shadow, numeral.end)
    if found is None or len(found[1]) < 2 or is_function_word(found[1]) or numeral.words or numeral.scaled:
        return None
    if numeral.value != int(numeral.value) or naming_before(lower, numeral.start) or name_before(shadow, numeral.start):
        return None
    if is_no_noun(lower, numeral.end + 1) or listed_after_naming(lower, numeral.start):
        return None
    before = _WORD_BEFORE.search(lower, max(0, numeral.start - 12), numeral.start)
    if before and is_noun(f"{before[1]} {found[1]}"):   # bị 16 cáo: a noun that a scan has torn apart
        return None
    if not numeral.grouped:
        licensed = _LICENCE.search(lower, max(0, numeral.start - 16), numeral.start)
        if licensed is None or not 1 < numeral.value < 1000:
            return None
    second = _NEXT.match(shadow, found.end())
    return second.end() if second and not is_function_word(second[1]) else found.end()


def noun_of(label: str) -> str | None:
    """`đại biểu tham gia biểu quyết` counts đại biểu; None where the label begins with no noun of ours."""
    unit = read_unit(f" {label}", f" {label}", 0)
    return unit.name if unit and not unit.strong and unit.kind != "time" else None


def _member(lower: str, numeral: Numeral, last: Quantity | None) -> Quantity | None:
    """A further member of the count before it in the same sentence, or what it is compared with."""
    if last is None or last.unit is None or last.kind in ("percent", "rank") or numeral.start - last.end > 120:
        return None
    if "\n" in lower[last.end : numeral.start] or ". " in lower[last.end : numeral.start]:
        return None
    before = _MEMBER_BEFORE.search(lower, max(0, numeral.start - 24), numeral.start)
    if before is None or not _MEMBER_AFTER.match(lower, numeral.end):
        return None
    if before[0] == "(" and lower[numeral.end : numeral.end + 1] == ")":   # (1) … (2) …
        return None
    if before[0] in (", ", "và ") and not numeral.grouped and last.kind != "bare" and lower[numeral.end] in ").;,":
        return None
    if (last.kind in ("money", "measure")) and not numeral.grouped:
        return None
    return Quantity(numeral.start, numeral.end, numeral.value, last.unit, "bare", cue=numeral.start)


def is_fraction(lower: str, numeral: Numeral) -> bool:
    """A part of something: `1/2 mức phạt`, `2/3 số đại biểu`."""
    small = numeral.of is not None and numeral.value < numeral.of <= 10
    return small and _FRACTION_AFTER.match(lower, numeral.end) is not None


def is_ratio(shadow: str, lower: str, numeral: Numeral) -> bool:
    """`34/35` after a label or `2/3 số đại biểu`; dates, scales of maps, addresses and scores are none."""
    value, of = numeral.value, numeral.of
    if of is None or value > of or naming_before(lower, numeral.start) or name_before(shadow, numeral.start):
        return False
    if (value == 1 and of >= 100) or (value <= 12 and 1900 <= of <= 2100):   # the scale of a map, a month
        return False
    after, before = _FRACTION_AFTER.match(lower, numeral.end), _FRACTION_BEFORE.search(
        lower, max(0, numeral.start - 12), numeral.start
    )
    if value < of <= 10:
        return after is not None or before is not None
    return of > 12 and (before is not None or after is not None)
