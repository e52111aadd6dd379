"""Arithmetic within one document: totals and their parts, shares, changes, exactness."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import regex

from pipeline.assemble.conflicts.model import Conflict, Grade
from pipeline.assemble.conflicts.pages import Page

_SHARE = regex.compile(
    r"[\p{L}\d ]{0,30}?,? ?\(?(?:(?:đạt|chiếm)(?: (?:tỷ lệ|tỉ lệ))?|tỷ lệ|tỉ lệ|=|bằng|tương đương|tương ứng)? ?"
)
_OTHER_WORDS = regex.compile(r"tăng|giảm|vượt|kế hoạch|so với|còn|trong|chỉ tiêu|hơn|khác")
_FROM_TO = regex.compile(r" ?[\p{L}\d ()/]{0,30}?(?P<way>lên|xuống|còn|thành)(?: còn| mức| tới| đến)? ?")
_SO_MUCH = regex.compile(
    r" ?[\p{L}\d/ ]{0,25}?,? ?\(?(?:tương (?:đương|ứng)|bằng|tức)?(?: là| với)?(?: mức)? ?(?:tăng |giảm )?"
)
_IN_ALL = regex.compile(r" ?[\p{L} ]{0,20}?(?:trong|trên) tổng(?: số)? ?")
_IS_SHARE = regex.compile(r" ?[\p{L} ]{0,30}?,? ?\(?(?:đạt|chiếm)?(?: (?:tỷ lệ|tỉ lệ))? ?")
_BY = regex.compile(r" ?[\p{L}\d ()/]{0,30}?,? ?\(?(?:tức |tương đương )?(?P<way>tăng|giảm)(?: thêm)? ?")
_LOWER_UNITS = Decimal(2)   # a share off by no more than so many units of its last place is rounded


# A member counted in a word below ten is no figure; of what grew from one number to another only one is a part.
_IN_WORDS = regex.compile(
    r"(?<!\p{L})(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|vài|các|những|nhiều|tăng|giảm|lên|xuống|thêm)(?!\p{L})"
)


_MOST_PARTS = 60   # figures behind a total among which its parts stand


def parts(page: Page) -> Iterator[Conflict]:
    """A total and all its parts, which do not add up (`figure_fact.sum_check`)."""
    figures = page.facts("figure")
    for at, total in enumerate(figures):
        if total["sum_check"] != "differs":
            continue
        members = [row for row in figures[at : at + _MOST_PARTS] if row["part_of"] == total["start"]]
        if len(members) < 2:
            continue
        listed = page.lower[total["end"] : members[-1]["end"]]
        if total["unit"] == "%" or _IN_WORDS.search(listed):
            continue
        added = sum((Decimal(row["value"]) for row in members), Decimal(0))
        off = abs(added - Decimal(total["value"]))
        misprint = off <= Decimal(total["value"]) / 10
        yield Conflict("likely misprint" if misprint else "contradiction", _about(total), (
            page.side(total, total["value"]),
            page.words(members[0]["start"], members[-1]["end"], f"{_plus(members)} = {added.normalize():f}"),
        ))


def _plus(rows: Sequence[sqlite3.Row]) -> str:
    return " + ".join(row["value"] for row in rows)


def _about(figure: sqlite3.Row) -> str:
    return ", ".join(part for part in (figure["metric"], figure["subject"]) if part) or figure["quote"]


_GRADES = regex.compile(r"(?<!\p{L})trình độ (?:chuyên môn|đào tạo|học vấn)[^:.\n]{0,30}: ?\Z")
_DEGREES = frozenset({"tiến sĩ", "thạc sĩ", "cử nhân", "đại học", "cao đẳng", "trung cấp", "sơ cấp", "kỹ sư"})
_STAFF = frozenset({"biên chế", "cán bộ", "công chức", "viên chức", "giáo viên", "giảng viên", "người", "lao động"})
_ALIKE = Decimal("0.05")


def by_degree(page: Page) -> Iterator[Conflict]:
    """Staff counted by degree (everybody has one highest degree) against the staff stated before, nearly the same."""
    figures = page.facts("figure")
    for at, first in enumerate(figures):
        if not _GRADES.search(page.lower[max(0, first["start"] - 60) : first["start"]]):
            continue
        _, end = page.sentence(first["start"])
        counted = [row for row in figures[at:] if row["start"] < end and _degree(row) and not _bracketed(page, row)]
        if len(counted) < 3 or any(row["approx"] != "exact" for row in counted):
            continue
        added = sum((Decimal(row["value"]) for row in counted), Decimal(0))
        staff = [row for row in figures[:at] if row["unit"] in _STAFF and first["start"] - row["start"] < _NEAR_TOTAL]
        if any(Decimal(row["value"]) == added for row in staff):
            continue
        near = [row for row in staff if 0 < abs(Decimal(row["value"]) - added) <= added * _ALIKE]
        if near:
            yield Conflict("different scope", _about(near[-1]), (
                page.side(near[-1], near[-1]["value"]),
                page.words(first["start"], counted[-1]["end"], f"{_plus(counted)} = {added.normalize():f}"),
            ))


_NEAR_TOTAL = 2000


def _degree(row: sqlite3.Row) -> bool:
    return (row["unit"] or "").lower() in _DEGREES


def _bracketed(page: Page, row: sqlite3.Row) -> bool:
    before = page.lower[max(0, row["start"] - 80) : row["start"]]
    return before.rfind("(") > before.rfind(")")


_OF_MORE = regex.compile(r" ?\)? ?(?:trong |trên )?(?:tổng|toàn bộ|so với|kế hoạch|chỉ tiêu|mục tiêu|yêu cầu)")


def share(page: Page) -> Iterator[Conflict]:
    """`34/35 …, đạt 90%`: the share that is stated is not that of the two numbers."""
    figures = page.facts("figure")
    for one, other in pairwise(figures):
        if one["of"] is None or other["unit"] != "%" or one["role"] == "rank" or other["role"] in ("change", "gap"):
            continue
        between = page.lower[one["end"] : other["start"]]
        whole = Decimal(one["of"])
        if not _SHARE.fullmatch(between) or _OTHER_WORDS.search(between) or not whole or other["high"]:
            continue
        if _OF_MORE.match(page.lower, other["end"], other["end"] + 30):
            continue   # 458/459 who were present, 96,03% of all members
        if whole < 2 or one["approx"] != "exact" or other["approx"] != "exact":
            continue
        computed = Decimal(one["value"]) * 100 / whole
        found = _off(computed, other)
        if found:
            conflict = found_share(page, (one,), other, *found)
            larger = conflict.grade == "contradiction" and computed > Decimal(other["value"]) >= computed / 2
            yield replace(conflict, grade="different scope") if larger else conflict   # a share of a larger whole


def found_share(
    page: Page, numbers: Sequence[sqlite3.Row], stated: sqlite3.Row, computed: str, rounding: bool
) -> Conflict:
    """Numbers and a share stated of them."""
    side = page.words(numbers[0]["start"], numbers[-1]["end"], computed)
    grade: Grade = "rounding" if rounding else "contradiction"
    if any(abs(_ratio(computed, stated).scaleb(-power) - 1) < _ALIKE for power in (-3, -2, -1, 1, 2, 3)):
        grade = "likely misprint"   # a mark of thousands or decimals in the wrong place
    return Conflict(grade, _about(numbers[0]), (side, page.side(
        stated, f"{stated['value']}%")))


def _ratio(computed: str, stated: sqlite3.Row) -> Decimal:
    return Decimal(computed.rstrip("%")) / (Decimal(stated["value"]) or Decimal(1))


def _off(computed: Decimal, stated: sqlite3.Row) -> tuple[str, bool] | None:
    """What it comes to, and whether that is near enough to be rounding; None where both agree."""
    value = Decimal(stated["value"])
    places = -int(value.as_tuple().exponent)
    unit = Decimal(1).scaleb(-places)
    if abs(computed - value) <= unit:    # rounded or cut off
        return None
    return f"{computed.quantize(unit / 10)}%", abs(computed - value) <= unit * _LOWER_UNITS


def change(page: Page) -> Iterator[Conflict]:
    """`79.177 việc, giảm 2.676 việc (3,27%)`, `từ 50 lên 60 …, tăng 20%`, `30 trong tổng số 40 xã (75%)`: it does not
    follow from the numbers."""
    figures = page.facts("figure")
    for one, other, stated in zip(figures, figures[1:], figures[2:], strict=False):
        if stated["unit"] != "%" or not one["unit"] or one["unit"] != other["unit"] or one["unit"] == "%":
            continue
        if any(row["approx"] != "exact" or row["high"] or row["of"] for row in (one, other, stated)):
            continue
        first, second = Decimal(one["value"]), Decimal(other["value"])
        then = page.lower[one["end"] : other["start"]]
        after = page.lower[other["end"] : stated["start"]]
        base = _base(first, second, then, after)
        if base is None or base[0] <= 0:
            continue
        found = _off(abs(base[1]) * 100 / base[0], stated)
        if found and not _coarse(one, other, found, stated):
            yield found_share(page, (one, other), stated, *found)


def _base(first: Decimal, second: Decimal, then: str, after: str) -> tuple[Decimal, Decimal] | None:
    """What the change starts from, and how much it is; None where the words say something else."""
    way = _BY.fullmatch(then)
    if way and _SO_MUCH.fullmatch(after):
        return (first - second if way["way"] == "tăng" else first + second), second
    if _FROM_TO.fullmatch(then) and _SO_MUCH.fullmatch(after) and regex.search(r"tăng|giảm", after):
        return first, second - first
    if _IN_ALL.fullmatch(then) and _IS_SHARE.fullmatch(after) and not _OTHER_WORDS.search(after) and first <= second:
        return second, first
    return None


def _coarse(one: sqlite3.Row, other: sqlite3.Row, found: tuple[str, bool], stated: sqlite3.Row) -> bool:
    """Whether numbers rounded like these may well have a share like the one that is stated."""
    digits = min(_known_digits(one), _known_digits(other))
    computed, value = Decimal(found[0].rstrip("%")), Decimal(stated["value"])
    return bool(abs(computed - value) <= max(abs(value), Decimal(1)) * Decimal(10) ** (1 - digits))


def _known_digits(row: sqlite3.Row) -> int:
    """How many digits of a number are told; `70 ban` is a count to the last one, `70.000` may be rounded."""
    digits = row["value"].replace(".", "")
    rounded = _SCALED.search(row["quote"].lower()) or digits.endswith("000")
    return _significant(digits) if rounded else max(len(digits), _A_COUNT)


_A_COUNT = 3


def _significant(value: str) -> int:
    return len(value.replace(".", "").strip("0")) or 1


def direction(page: Page) -> Iterator[Conflict]:
    """`tăng từ 50 lên 40`: the second number is not on the side that the words say."""
    figures = page.facts("figure")
    for one, other in pairwise(figures):
        if not one["unit"] or one["unit"] != other["unit"] or one["high"] or other["high"] or one["of"] or other["of"]:
            continue
        found = _FROM_TO.fullmatch(page.lower, one["end"], other["start"])
        if found is None or not regex.search(r"từ (?:mức )?\Z", page.lower[max(0, one["start"] - 10) : one["start"]]):
            continue
        grows = Decimal(other["value"]) > Decimal(one["value"])
        if found["way"] not in ("lên", "xuống") or Decimal(other["value"]) == Decimal(one["value"]):
            continue
        if grows != (found["way"] == "lên"):
            yield Conflict("likely misprint", _about(one), (
                page.side(one, one["value"]), page.words(found.start("way"), other["end"], other["value"]),
            ))


_MOST_DIGITS = 6   # so many significant digits are no round number
_SCALED = regex.compile(r",|tỷ|tỉ|triệu|nghìn|ngàn|vạn")   # told to a tỷ or triệu: that much is rounded
_INEXACT = frozenset({"under", "over", "about"})


def exactness(page: Page) -> Iterator[Conflict]:
    """`gần 30.394.013.000 đồng`: a number that is exact, said to be about."""
    for row in page.facts("figure"):
        if row["approx"] not in _INEXACT or row["high"] or "." in row["value"]:
            continue
        found = _APPROXIMATOR.search(page.lower, max(0, row["start"] - 14), row["start"])
        if found and _significant(row["value"]) >= _MOST_DIGITS and not _SCALED.search(row["quote"].lower()):
            yield Conflict("rounding", _about(row), (
                page.words(found.start(1), found.end(1), found[1]), page.side(row, row["value"]),
            ))


_APPROXIMATOR = regex.compile(r"(?<!\p{L})(gần|hơn|trên|khoảng|ngót|chừng|xấp xỉ) \Z")
_DIMENSION = regex.compile(
    r"về (việc|tiền|giá trị|số lượng|chất lượng|diện tích|sản lượng|vốn|vụ|số vụ|số người)(?!\p{L})"
)


def named_twice(page: Page) -> Iterator[Conflict]:
    """`về tiền … 85%, về việc và về tiền … 53%`: of two shares one has no measure of its own, the other two."""
    figures = page.facts("figure")
    for at, (one, other) in enumerate(pairwise(figures)):
        begin, end = page.sentence(one["start"])
        if one["unit"] != "%" or other["unit"] != "%" or other["end"] > end:
            continue
        begin = max(begin, figures[at - 1]["end"] if at else 0, one["start"] - 60)
        first = _DIMENSION.findall(page.lower[begin : one["start"]])
        second = _DIMENSION.findall(page.lower[one["end"] : other["start"]])
        follows = figures[at + 2]["start"] if at + 2 < len(figures) else len(page.text)
        paired = page.lower[other["end"] : min(follows, other["end"] + 12)]
        if len(set(first)) == 1 and len(set(second)) == 2 and set(first) < set(second) and not (
            follows - other["end"] < 12 and regex.match(r",? (?:và )?", paired)
        ):
            yield Conflict("likely misprint", f"về {first[0]}, {one['subject'] or ''}".strip(", "), (
                page.words(begin + page.lower[begin:one["start"]].rindex("về " + first[0]), one["end"], one["value"]),
                page.words(one["end"] + page.lower[one["end"]:].index("về "), other["end"], other["value"]),
            ))
