"""Targets said to be met, against the numbers: `đạt và vượt chỉ tiêu` beside `01/4 chỉ tiêu`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import regex

from pipeline.assemble.conflicts.model import Conflict, Side
from pipeline.assemble.conflicts.pages import Page
from pipeline.assemble.conflicts.scopes import Statement

_ALL_MET = regex.compile(r"(?:(?:luôn|đều) )?(?:đạt và vượt|hoàn thành vượt|hoàn thành và vượt|đạt, vượt|vượt)"
                         r" (?:tất cả |toàn bộ |mọi )?(?:các )?(?:chỉ tiêu|kế hoạch)(?! về| thu)")
_EVERY_TIME = regex.compile(
    r"(?:đều|luôn)(?: [\p{L}]+){0,3} (?:vượt|đạt và vượt|hoàn thành) (?:các )?(?:chỉ tiêu|nhiệm vụ)"
)
_EVERY_TARGET = regex.compile(r"(?:đều|luôn)(?: đạt và)? vượt (?:các )?chỉ tiêu")
_MISSED = regex.compile(
    r"(?:một số|nhiều|có|còn) [^.;:\n]{0,20}?chỉ tiêu[^.;:\n]{0,30}? (?:chưa|không) (?:hoàn thành|đạt)"
)
_YEARLY_BETTER = regex.compile(r"năm sau (?:luôn |đều )?cao hơn năm trước")
_BEYOND = regex.compile(
    r"(?<!\p{L})vượt(?: [\p{L}\d%,.]+){0,2}? (?:chỉ tiêu|kế hoạch|mục tiêu|dự toán)"
    r"(?! [\p{L}, ]{0,40}(?:năm trước|cùng kỳ))"
)
_NOT_YET = regex.compile(r"(?:không|chưa|phấn đấu|quyết tâm|nếu|sẽ|nhằm|để|khó|có thể|muốn)(?!\p{L})")
_LESS_IS_BETTER = regex.compile(
    r"giảm|nghèo|suy dinh dưỡng|thất nghiệp|tử vong|tồn đọng|nợ|sinh con|chi phí|thấp hơn|hao hụt"
)
_LOOSE = frozenset({"about", "over", "under", "at_least", "at_most"})
_NEAR = 200     # characters from a claim to the target and the result that it is about
_TARGET = "chỉ tiêu"
_AROUND = 600   # characters of its sentence in which the numbers of a claim stand


def _ratios(rows: list[sqlite3.Row]) -> list[sqlite3.Row]:
    return [row for row in rows if row["unit"] == _TARGET and row["of"] and row["role"] == "ratio"]


def _met(row: sqlite3.Row) -> bool:
    return Decimal(row["value"]) >= Decimal(row["of"])


def claimed(page: Page) -> Iterator[Conflict]:
    """A sentence that says all targets were met, or every year was better, and gives numbers of which some say no."""
    for found in _ALL_MET.finditer(page.lower):
        begin, end = page.sentence(found.start())
        near = page.within("figure", max(begin, found.start() - _AROUND), min(end, found.end() + _AROUND))
        short = [row for row in _ratios(near) if not _met(row)]
        if short:
            worst = min(short, key=lambda row: (Decimal(row["value"]) / Decimal(row["of"]), row["start"]))
            yield Conflict("contradiction", _TARGET, (
                page.words(found.start(), found.end(), "đạt hết"), page.side(worst, f"{worst['value']}/{worst['of']}"),
            ))
    yield from _not_better(page)
    yield from _below(page)


def _not_better(page: Page) -> Iterator[Conflict]:
    """`năm sau cao hơn năm trước`, and a list of years of which one is lower than the one before."""
    for found in _YEARLY_BETTER.finditer(page.lower):
        _, end = page.sentence(found.start())
        near = page.within("figure", found.end(), min(end, found.end() + _AROUND))
        rows = [row for row in near if row["first_day"] and row["approx"] == "exact" and not row["high"]
                and row["role"] in ("actual", "ratio")]
        rows.sort(key=lambda row: (row["first_day"], row["start"]))
        for one, other in pairwise(rows):
            alike = all(one[name] == other[name] for name in ("of", "unit", "role"))
            if alike and one["period"] != other["period"] and Decimal(other["value"]) < Decimal(one["value"]):
                yield Conflict("contradiction", one["metric"] or _TARGET, (
                    page.words(found.start(), found.end(), "năm sau cao hơn"),
                    page.side(one, _told_for(one)), page.side(other, _told_for(other)),
                ))
                break


def _told_for(row: sqlite3.Row) -> str:
    return f"{row['value']}{'/' + row['of'] if row['of'] else ''} ({row['period']})"


def _below(page: Page) -> Iterator[Conflict]:
    """`vượt chỉ tiêu`, and of the one target and the one result of the sentence the result is the lower."""
    for found in _BEYOND.finditer(page.lower):
        begin, end = page.sentence(found.start())
        clause = page.lower[begin:end]
        wished = _NOT_YET.search(page.lower[max(begin, found.start() - 30) : found.start()])
        if wished or _LESS_IS_BETTER.search(clause):
            continue
        near = page.within("figure", max(begin, found.start() - _NEAR), min(end, found.end() + _NEAR))
        targets = [row for row in near if row["role"] == "target"]
        results = [row for row in near if row["role"] == "actual"]
        if len(targets) != 1 or len(results) != 1 or any(row["high"] or row["of"] for row in near):
            continue
        target, result = targets[0], results[0]
        least = Decimal(target["value"]) * (Decimal("0.9") if target["approx"] in _LOOSE else 1)
        most = Decimal(result["value"]) * (Decimal("1.1") if result["approx"] in _LOOSE else 1)
        if target["unit"] == result["unit"] and most < least and target["approx"] not in ("under", "at_most"):
            yield Conflict("contradiction", result["metric"] or _TARGET, (
                page.words(found.start(), found.end(), "vượt"), page.side(result, result["value"]),
                page.side(target, f"chỉ tiêu {target['value']}"),
            ))


def admitted(page: Page) -> Iterator[Conflict]:
    """All targets met in one place of a document, some missed in another."""
    every, missed = _EVERY_TIME.search(page.lower), _MISSED.search(page.lower)
    if every and missed:
        yield Conflict("different scope", _TARGET, (
            page.words(every.start(), every.end(), "đạt hết"),
            page.words(missed.start(), missed.end(), "có chỉ tiêu chưa đạt"),
        ))


def told(page: Page) -> Iterator[Statement]:
    """How many targets were met in which time, and how much was still missing."""
    for row in _ratios(page.facts("figure")):
        if row["first_day"]:
            kind = "met" if _met(row) else "short"
            side = page.side(row, f"{row['value']}/{row['of']} ({row['period']})")
            yield Statement(kind, _TARGET, side, row["first_day"], row["last_day"])
    for found in _EVERY_TARGET.finditer(page.lower):
        yield Statement("every", _TARGET, page.words(found.start(), found.end(), "đạt hết"))
    done = {row["value"] for row in page.facts("figure") if row["unit"] == "%" and row["role"] == "actual"}
    for row in page.facts("figure"):
        if row["role"] == "gap" and row["unit"] == "%" and page.date and _of_targets(page, row):
            least = min((Decimal(value) for value in done if Decimal(value) > 0), default=Decimal(0))
            if least and Decimal(row["value"]) > 2 * least:   # more than twice what was done in all the time before
                side = page.side(row, f"thiếu {row['value']}% ({page.date})")
                yield Statement("gap", _TARGET, side, page.date[:4], f"{page.date[:4]}-12-31")


def _of_targets(page: Page, row: sqlite3.Row) -> bool:
    begin, _ = page.sentence(row["start"])
    return _TARGET in page.lower[max(begin, row["start"] - _AROUND) : row["start"]]


def between(group: list[Statement]) -> Iterator[Conflict]:
    """All met in a span of years, less in one of them; or far behind in the course of one of them."""
    every = next((one for one in group if one.kind == "every"), None)
    short = [one for one in group if one.kind == "short" and every and one.side.document != every.side.document]
    if every and short:
        yield Conflict("different scope", _TARGET, (every.side, short[0].side))
    for full in (one for one in group if one.kind == "met"):
        others = [one for one in group if one.kind in ("short", "gap") and one.side.document != full.side.document]
        for kind in ("short", "gap"):
            found = [one for one in others if one.kind == kind and _holds(full, one)]
            if found:
                yield Conflict("different scope", _TARGET, (full.side, found[-1].side))


def _holds(full: Statement, other: Statement) -> bool:
    first, last = str(full.first_day), str(full.last_day)
    return first[:4] <= str(other.first_day)[:4] and str(other.last_day)[:4] <= last[:4]


_ASSIGNED = regex.compile(
    r"chỉ tiêu(?: \p{L}+){0,3}?(?: \([^()\n]{1,30}\))?(?: được)? "
    r"(?P<who>(?:quốc hội|chính phủ|bộ (?!máy)|tổng cục|cục|ủy ban|uỷ ban|hđnd|ubnd|tỉnh ủy|thành ủy)"
    r"[^.;:()\n]{0,60}?)(?<!\p{L})giao(?!\p{L})(?! (?:thông|dịch|lưu|ban|đất|hàng|nhận))"
)


def assigned(page: Page) -> Iterator[Statement]:
    """Who set the targets."""
    for found in _ASSIGNED.finditer(page.lower):
        who = page.text[found.start("who") : found.end("who")].strip(" ,")
        if page.text[found.start("who")].isupper() and len(who.split()) <= 14:
            yield Statement("assigner", _TARGET, page.words(found.start(), found.end(), who))


def assigners(group: list[Statement]) -> Iterator[Conflict]:
    """Targets of one place and field that different bodies are said to have set: one side for each."""
    sides: dict[str, Side] = {}
    for statement in group:
        sides.setdefault(statement.side.value.lower(), statement.side)
    kept = [side for name, side in sorted(sides.items()) if not any(name != other and name in other for other in sides)]
    if len({side.document for side in kept}) > 1:
        yield Conflict("different scope", _TARGET, tuple(kept))
