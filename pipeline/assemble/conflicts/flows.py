"""Cases that come in, are done and stay: in − out = rest (DOMAIN: the identity of court and enforcement statistics)."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from decimal import Decimal

import regex

from pipeline.assemble.conflicts.model import Conflict
from pipeline.assemble.conflicts.pages import Page

_UNITS = frozenset({"việc", "vụ", "vụ việc", "vụ án", "đơn", "hồ sơ", "trường hợp"})
_IN = regex.compile(r"thụ lý|tiếp nhận(?! bàn giao)")
_NEW = regex.compile(r"mới")
_OUT = regex.compile(r"(?:giải quyết|thi hành|xử lý|xét xử) xong|đã (?:giải quyết|xét xử)")
_REST = regex.compile(r"chuyển kỳ sau|tồn đọng|còn tồn|chưa giải quyết|còn lại")
_BEFORE = 40
_SAME_END = 40     # days between the end of a flow and the day of what is left


def _which(page: Page, row: sqlite3.Row, pattern: regex.Pattern[str]) -> bool:
    """Whether the nearest words before a figure, or its metric, name a flow."""
    begin, _ = page.sentence(row["start"])
    before = page.lower[max(begin, row["start"] - _BEFORE) : row["start"]]
    places = {
        name: max((found.end() for found in words.finditer(before)), default=-1)
        for name, words in (("in", _IN), ("out", _OUT), ("rest", _REST))
    }
    nearest = max(places, key=lambda name: places[name])
    return places[nearest] >= 0 and pattern is {"in": _IN, "out": _OUT, "rest": _REST}[nearest]


def _figures(page: Page, pattern: regex.Pattern[str]) -> list[sqlite3.Row]:
    return [
        row for row in page.facts("figure")
        if row["unit"] in _UNITS and row["role"] == "actual" and row["last_day"] and not row["of"]
        and not row["high"] and _which(page, row, pattern)
    ]


def _bounds(row: sqlite3.Row) -> tuple[Decimal, Decimal]:
    """The least and the most that a number may be: `trên 9.400` up to the next hundred."""
    value = Decimal(row["value"])
    step = Decimal(10) ** (len(row["value"]) - max(1, len(row["value"].rstrip("0"))))
    return {
        "over": (value, value + step), "under": (value - step, value), "about": (value - step, value + step),
        "at_least": (value, value * 2), "at_most": (value / 2, value),
    }.get(row["approx"], (value, value))


def balance(page: Page) -> Iterator[Conflict]:
    """What came in less what was done is not what is left at the end: something else is not told."""
    rests, done = _figures(page, _REST), _figures(page, _OUT)
    for came in _figures(page, _IN):
        out = next((row for row in done if _same_flow(came, row) and row["start"] > came["start"]), None)
        rest = next((row for row in rests if row["unit"] == came["unit"] and _at_end(came, row)), None)
        if out is None or rest is None or _NEW.search(page.lower[max(0, came["start"] - 20) : came["start"]]):
            continue
        least = _bounds(came)[0] - _bounds(out)[1]
        most = _bounds(came)[1] - _bounds(out)[0]
        low, high = _bounds(rest)
        if most < low or high < least:
            yield Conflict("different scope", _about(came), (
                page.side(came, came["value"]), page.side(out, out["value"]),
                page.side(rest, f"{rest['value']}, không phải {Decimal(came['value']) - Decimal(out['value'])}"),
            ))
            return


def _same_flow(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    return bool(one["unit"] == other["unit"] and one["period"] == other["period"])


def _at_end(flow: sqlite3.Row, rest: sqlite3.Row) -> bool:
    apart = datetime.date.fromisoformat(flow["last_day"]) - datetime.date.fromisoformat(rest["last_day"])
    return abs(apart.days) <= _SAME_END


def _about(row: sqlite3.Row) -> str:
    return ", ".join(part for part in (row["metric"], row["subject"]) if part) or str(row["quote"])


def against_stock(page: Page) -> Iterator[Conflict]:
    """More comes in than is done, and yet what is left grows less."""
    rests = _figures(page, _REST)
    done = _figures(page, _OUT)
    for came in _figures(page, _IN):
        out = next((row for row in done if _same_flow(came, row) and row["start"] > came["start"]), None)
        fresh = _NEW.search(page.lower[max(0, came["start"] - 20) : came["start"]])
        if out is None or fresh is None or _bounds(came)[0] <= _bounds(out)[1]:
            continue
        stock = [
            row for row in rests if row["unit"] == came["unit"]
            and came["first_day"] <= row["last_day"] and row["first_day"] <= came["last_day"]
        ]
        stock.sort(key=lambda row: (row["last_day"], row["start"]))
        if len(stock) > 1 and _bounds(stock[-1])[1] < _bounds(stock[0])[0]:
            yield Conflict("different scope", _about(came), (
                page.side(came, came["value"]), page.side(out, out["value"]),
                page.side(stock[0], stock[0]["value"]), page.side(stock[-1], stock[-1]["value"]),
            ))
            return
