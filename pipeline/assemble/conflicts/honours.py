"""Firsts and awards: two acts that are both the first of their kind, one award with two lists of givers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import combinations

import regex

from outputs.factbase.name_forms import full_form, short_form
from pipeline.assemble.conflicts.model import Conflict
from pipeline.assemble.conflicts.pages import Page
from pipeline.assemble.conflicts.scopes import Statement

_FIRST = regex.compile(
    r"(?<!\p{L})(?P<kind>văn bản|đạo luật|bộ luật|luật|bản hiến pháp|sắc lệnh|nghị định)(?: pháp (?:lý|luật|quy))?"
    r"(?: có hiệu lực cao nhất,)?(?: lần)? đầu tiên(?!\p{L})"
)
_REACH = 700    # characters back to the act that is meant


def firsts(page: Page) -> Iterator[Conflict]:
    """Two acts of which one document says that each is the first."""
    claims: dict[tuple[str, str], tuple[sqlite3.Row, regex.Match[str]]] = {}
    for found in _FIRST.finditer(page.lower):
        acts = page.within("decree", max(0, found.start() - _REACH), found.start())
        if acts and acts[-1]["number"] and acts[-1]["year"]:
            claims.setdefault((found["kind"], f"{acts[-1]['number']} {acts[-1]['year']}"), (acts[-1], found))
    for (kind, one), (other_kind, other) in combinations(claims, 2):
        if kind == other_kind:
            first, second = claims[kind, one], claims[kind, other]
            yield Conflict("different scope", f"{kind} đầu tiên", tuple(
                page.words(found.start(), found.end(), f"{act['number']} ({act['year']})")
                for act, found in (first, second)
            ))


_AWARD = regex.compile(
    r"(?<!\p{L})(?:bức trướng|bằng khen|giấy khen|cờ thi đua|huân chương [\p{L} ]{2,16}?(?: hạng (?:nhất|nhì|ba))?"
    r"|kỷ niệm chương|tập thể lao động xuất sắc|chiến sĩ thi đua [\p{L} ]{4,9})(?!\p{L})"
)
_GIVEN = regex.compile(
    r"(?P<giver>[^.;:()\n]*) (?:(?:trao |truy )?tặng(?: thưởng)?|công nhận(?: là)?)(?: danh hiệu)? {1,4}"
)
_PASSIVE = regex.compile(r".*(?<!\p{L})được ", regex.S)
_BACK, _YEARS_BACK, _YEARS_AHEAD = 160, 220, 40   # characters
_BODY = regex.compile(
    r"(?:bộ|ủy ban|uỷ ban|ubnd|hđnd|hội|thành ủy|tỉnh ủy|thành uỷ|đảng|chính phủ|thủ tướng|chủ tịch|ban|tổng|cục|sở"
    r"|liên đoàn|mttq|trung ương)"
)


def awards(page: Page) -> Iterator[Statement]:
    """Who gave which award for which year."""
    for award in _AWARD.finditer(page.lower):
        begin, end = page.sentence(award.start())
        first = max(begin, award.start() - _BACK)
        given = page.lower[first : award.start()]
        found = _GIVEN.fullmatch(given, max(given.rfind(mark) for mark in ".;:()\n") + 1)
        if found is None:
            continue
        passive = _PASSIVE.match(found["giver"])
        start = first + found.start("giver") + (passive.end() if passive else 0)
        start += len(page.text[start : award.end()]) - len(page.text[start : award.end()].lstrip())
        givers = _members(page.text[start : first + found.end("giver")])
        name = short_form(full_form(award[0]))
        for year in _years(page, begin, start, award.end(), end) if givers else ():
            yield Statement("award", f"{name} {year}", page.words(start, award.end(), "; ".join(givers)))


def _members(words: str) -> list[str]:
    """The bodies of a list, in order; nothing where a member is no body."""
    parts = [part.strip() for part in regex.split(r", ?| và ", words) if part.strip()]
    if not parts or any(not _BODY.match(part.lower()) or not part[0].isupper() for part in parts):
        return []
    return sorted(dict.fromkeys(" ".join(part.split()) for part in parts), key=str.casefold)


def _forms(givers: str) -> set[str]:
    """The bodies of a statement, each in the form in which names meet."""
    return {short_form(full_form(giver)) for giver in givers.split("; ")}


def _years(page: Page, begin: int, start: int, award: int, end: int) -> list[str]:
    """The years of an award: all in the bracket behind it (`(năm 2018, năm 2019)`), else the one nearest to it."""
    bracket = _BRACKET.match(page.lower, award, min(end, award + 2 * _YEARS_AHEAD))
    after = _of_one_year(page, award, bracket.end() if bracket else min(end, award + _YEARS_AHEAD))
    before = _of_one_year(page, max(begin, start - _YEARS_BACK), start)
    return after if bracket and after else [*after[:1], *reversed(before)][:1]


_BRACKET = regex.compile(r" ?\([^()\n]*\)")


def _of_one_year(page: Page, start: int, end: int) -> list[str]:
    return [
        str(row["first_day"][:4]) for row in page.within("date", start, end)
        if row["type"] == "date" and row["first_day"] and row["first_day"][:4] == (row["last_day"] or "")[:4]
    ]


def between(group: list[Statement]) -> Iterator[Conflict]:
    """One award of one year, given by these and by others; a body and its head count as different givers."""
    for one, other in combinations(group, 2):
        mine, yours = _forms(one.side.value), _forms(other.side.value)
        if one.side.document == other.side.document or _same(mine, yours):
            continue
        if any(_related(giver, rival) for giver in mine for rival in yours):
            yield Conflict("different scope", " ".join(one.side.quote.split()), (one.side, other.side))
            return


def _same(mine: set[str], yours: set[str]) -> bool:
    return len(mine) == len(yours) and all(any(_place_apart(a, b) for b in yours) for a in mine)


def _place_apart(one: str, other: str) -> bool:
    """Equal, or the one with its place behind it: `uy ban nhan dan`, `uy ban nhan dan hai phong`."""
    return one.startswith(other) or other.startswith(one)


def _related(one: str, other: str) -> bool:
    return _place_apart(one, other) or one.endswith(f" {other}") or other.endswith(f" {one}")
