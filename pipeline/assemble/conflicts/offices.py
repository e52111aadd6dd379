"""Offices: an acting head called head, one holder under two spellings, head and deputy in one person."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from itertools import combinations, groupby

import regex

from corpus.shadow import fold
from extractors.spelling import canonical
from outputs.factbase.name_forms import name_forms
from pipeline.assemble.conflicts.model import Conflict, Side
from pipeline.assemble.conflicts.pages import Page

_ACTING = regex.compile(r"(?:q\. ?|quyền )(?P<office>(?=\p{L}).*)", regex.I)
_SPEAKS = (
    r" (?:đề nghị|yêu cầu|cho biết|nhấn mạnh|khẳng định|chỉ đạo|phát biểu|kết luận|ghi nhận|hứa|cho rằng|đánh giá)"
)


def acting(page: Page) -> Iterator[Conflict]:
    """`Q.Tổng cục trưởng` in one place and `Tổng cục trưởng đề nghị` in another, of one document and one office."""
    done = set()
    for row in page.facts("official"):
        found = _ACTING.fullmatch(row["title"] or "")
        if found is None or (office := found["office"].lower()) in done:
            continue
        done.add(office)
        called = regex.search(
            rf"(?<![\p{{L}}.])(?<!quyền )(?<!phó )(?<!q\. ){regex.escape(office)}(?={_SPEAKS})", page.lower
        )
        if called and not any((other["title"] or "").lower() == office for other in page.facts("official")):
            stated = page.lower.rfind(row["title"].lower(), max(0, row["start"] - 120), row["start"])
            side = (
                page.words(stated, row["end"], row["title"]) if stated >= 0 else page.side(row, row["title"])
            )
            yield Conflict("likely misprint", row["name"], (side, page.words(called.start(), called.end(), called[0])))


_MOST = 60    # holders of one office that are compared

# Offices that one person holds at a time; the body must be named with a name of its own.
_SINGLE = regex.compile(
    r"(?:bộ trưởng|thủ tướng|chủ tịch nước|tổng bí thư|chủ tịch|giám đốc|tổng giám đốc|cục trưởng|tổng cục trưởng"
    r"|vụ trưởng|bí thư|bí thư (?:tỉnh|thành|huyện|quận) ủy|viện trưởng|chánh án|hiệu trưởng|trưởng phòng"
    r"|chánh văn phòng|tư lệnh)"
)
_FORMER = regex.compile(
    r"(?:nguyên|cựu|cố|khi đó|lúc đó|lúc bấy giờ|bấy giờ|thời|kiêm|tân|từng|trước đây|đương thời)\b"
)

_A_DAY = {"day": "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"}
_HELD = """
    SELECT f.name, f.title, f.org, x.attested, m.key, m.start, m."end" AS "end", m.quote, m.prefix, m.suffix,
           d.key AS document, d.id AS document_id
    FROM official_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    JOIN occupancy_mention x ON x.mention = m.key
    WHERE d.copy_of IS NULL AND f.org IS NOT NULL AND f.title IS NOT NULL AND x.attested GLOB :day
      AND m.quote = f.name
    ORDER BY lower(f.title), x.attested, f.org, f.name, d.id, m.start
"""
_NEAR = datetime.timedelta(days=366)   # two spellings so near in time are of one holder, not of two


def holders(db: sqlite3.Connection) -> Iterator[Conflict]:
    """One office of one body within a year under two names that differ in a letter: one of them is misspelt.

    Two different names are no conflict by themselves: documents name predecessors and successors on one day.
    """
    for title, rows in groupby(db.execute(_HELD, _A_DAY), key=lambda row: row["title"].lower()):
        if _SINGLE.fullmatch(title):
            yield from _of_one_office(rows)


def _of_one_office(rows: Iterator[sqlite3.Row]) -> Iterator[Conflict]:
    """The rows come in order of time; of each body and name the first of a year is kept."""
    bodies: dict[str, dict[tuple[str, str], sqlite3.Row]] = {}
    for row in rows:
        former = _FORMER.search((row["prefix"] + row["suffix"]).lower())
        if _named(row["org"]) and " " in row["name"] and not former:
            kept = bodies.setdefault(name_forms(row["org"])[-1], {})
            kept.setdefault((_same_name(row["name"]), row["attested"][:4]), row)
    for held in bodies.values():
        told = set()
        for one, other in combinations(list(held.values())[:_MOST], 2):
            names = frozenset((_same_name(one["name"]), _same_name(other["name"])))
            apart = datetime.date.fromisoformat(other["attested"]) - datetime.date.fromisoformat(one["attested"])
            if names not in told and abs(apart) <= _NEAR and _misspelt(one["name"], other["name"]):
                told.add(names)
                about = f"{one['title']}, {one['org']}"
                yield Conflict("likely misprint", about, (_held(one, one["name"]), _held(other, other["name"])))


def _named(org: str) -> bool:
    return sum(word[:1].isupper() for word in org.split()) >= 3


def _same_name(name: str) -> str:
    return canonical(name.lower()).replace("y", "i").replace("ý", "í").replace("ỹ", "ĩ")


def _misspelt(one: str, other: str) -> bool:
    """Names that differ in one letter or mark of one syllable."""
    mine, yours = _same_name(one).split(), _same_name(other).split()
    if len(mine) != len(yours) or len(mine) < 3:
        return False
    apart = [(a, b) for a, b in zip(mine, yours, strict=True) if a != b]
    return len(apart) == 1 and (fold(apart[0][0]) == fold(apart[0][1]) or _one_letter(*apart[0]))


def _one_letter(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) == 1:
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _held(row: sqlite3.Row, value: str) -> Side:
    return Side(row["document"], row["document_id"], row["start"], row["end"], row["quote"], value, row["key"])


_OFFICES = """
    SELECT p.id AS person, f.name, f.title, f.org, x.attested, m.key, m.start, m."end" AS "end", m.quote, m.prefix,
           m.suffix, d.key AS document, d.id AS document_id
    FROM occupancy_mention x JOIN occupancy o ON o.key = x.occupancy JOIN person p ON p.key = o.person
    JOIN official_fact f ON f.mention = x.mention JOIN mention m ON m.key = x.mention
    JOIN document d ON d.key = m.document
    WHERE d.copy_of IS NULL AND f.org IS NOT NULL AND f.title IS NOT NULL AND x.attested GLOB :day
    ORDER BY p.id, x.attested, d.id, m.start
"""


def ranks(db: sqlite3.Connection) -> Iterator[Conflict]:
    """Head and deputy of one body on one day: `Cục trưởng` here, `Phó Cục trưởng` there."""
    for _, rows in groupby(db.execute(_OFFICES, _A_DAY), key=lambda row: (row["person"], row["attested"])):
        held = [row for row in rows if not _FORMER.search((row["prefix"] + row["suffix"]).lower())]
        if len(held) > 1 and " " in held[0]["name"]:
            yield from _ranks_of_one(held)


def _ranks_of_one(held: list[sqlite3.Row]) -> Iterator[Conflict]:
    for one, other in combinations(held[:30], 2):
        first, second = one["title"].lower(), other["title"].lower()
        same_body = name_forms(one["org"])[-1] == name_forms(other["org"])[-1]
        if same_body and _named(one["org"]) and one["document"] != other["document"] and (
            first == f"phó {second}" or second == f"phó {first}"
        ):
            yield Conflict("different scope", one["name"], (
                _held(one, one["title"]), _held(other, other["title"]),
            ))
            return
