"""Who held which office: people with their offices in order and what bounds each in time, and one person in detail."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.shadow import fold
from corpus.tables import table
from outputs.factbase import FactBase
from outputs.factbase.name_forms import name_forms
from outputs.quotes import PLACE, Quote, in_context

FLAGS = {
    "same name": "trùng tên với người khác", "perhaps the same": "có thể cùng người",
    "two holders": "hai người một chức vụ", "two posts": "hai chức vụ khó kiêm cùng lúc",
}


@dataclass(frozen=True, slots=True)
class TermBound:
    """One end of an office: `side` start or end; `kind` known (a source tells it), attested, or limit.

    `rule` is of term_rules.tsv; `date` EDTF; `quote` the words that say so.
    """

    side: str
    kind: str
    date: str
    rule: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A person in an office. `first_attested` and `last_attested` are the first and last days on which a source
    attests it; `start` and `end` say in EDTF what is known of its term (`[2014-05-09..2018-07-02]`: ended between).

    `sources` counts independent documents: copies of one text are one source. `person` is an id: namesakes have two.
    `body` is its name in the table of bodies, `place` that of the office in the person's life, `follows` the lower
    post in the same body before it; `flags` what a reader should look at.
    """

    name: str
    title: str | None
    org: str | None
    first_attested: str | None
    last_attested: str | None
    sources: int
    quotes: tuple[Quote, ...]
    person: str = ""
    body: str | None = None
    modifier: str | None = None
    start: str | None = None
    end: str | None = None
    place: int | None = None
    follows: str | None = None
    bounds: tuple[TermBound, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """A mention of a person: the office that the document gives, and the day on which it attests it."""

    quote: Quote
    name: str
    title: str | None
    org: str | None
    attested: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a document speaks of the person: the rule, what both have, and the mention that it was joined by."""

    rule: str
    shared: str
    quote: Quote
    by: Quote


@dataclass(frozen=True, slots=True)
class Flagged:
    """What a reader should look at: a namesake, a name that differs by a slip, another holder, posts at odds."""

    flag: str
    reason: str
    other: str | None          # id of the other person
    other_name: str | None
    quote: Quote | None
    other_quote: Quote | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person with every mention, and why they are one."""

    id: str
    name: str
    documents: int             # independent ones
    offices: tuple[OfficeHeld, ...]
    mentions: tuple[Named, ...]
    joins: tuple[Joined, ...]
    flags: tuple[Flagged, ...]


@cache
def rule_labels(name: str) -> dict[str, str]:
    """Rule → what Vietnamese readers call it, of `person_rules` or `term_rules`."""
    return {row["rule"]: row["vietnamese"] for row in table("outputs", name)}


def people(base: FactBase, *, body: str | None = None) -> list[OfficeHeld]:
    """Every person and office, by name and then in order of time; `body`: only those of bodies whose name holds it."""
    offices = _offices(base.db, "")
    return [one for one in offices if body is None or _is_of(one, body)]


def _is_of(office: OfficeHeld, asked: str) -> bool:
    wanted = name_forms(asked)
    named = [form for name in (office.org, office.body) if name for form in name_forms(name)]
    return any(f" {form} " in f" {name} " for form in wanted for name in named)


def person_cards(base: FactBase, asked: str, *, body: str | None = None) -> list[PersonCard]:
    """The people of that id or name (marks and case do not matter), else those whose name holds it."""
    wanted = fold(" ".join(asked.split()))
    rows = base.db.execute("SELECT key, id, name FROM person ORDER BY id").fetchall() if wanted else []
    exact = [row for row in rows if wanted in (fold(row["id"]), fold(row["name"]))]
    found = exact or [row for row in rows if f" {wanted} " in f" {fold(row['name'])} "]
    cards = [_card(base.db, row) for row in found]
    cards = [card for card in cards if body is None or any(_is_of(office, body) for office in card.offices)]
    return sorted(cards, key=lambda card: (-card.documents, card.name, card.id))


def _card(db: sqlite3.Connection, person: sqlite3.Row) -> PersonCard:
    mentions = tuple(
        Named(_quote(row), row["said"], row["title"], row["org"], row["attested"], row["date"])
        for row in db.execute(_MENTIONS, (person["key"],))
    )
    joins = tuple(
        Joined(row["rule"], row["shared"], _quote_of(db, row["mention"]), _quote_of(db, row["by"]))
        for row in db.execute(
            "SELECT j.* FROM person_join j JOIN mention m ON m.key = j.mention JOIN document d ON d.key = m.document"
            " WHERE j.person = ? ORDER BY d.id, m.start, j.by", (person["key"],)
        )
    )
    sources = db.execute(_SOURCES, (person["key"],)).fetchone()[0]
    return PersonCard(
        person["id"], person["name"], sources, tuple(_offices(db, "WHERE o.person = ?", person["key"])), mentions,
        joins, tuple(_flagged(db, person["key"])),
    )


_MENTIONS = f"""
    SELECT d.id AS document, {PLACE}, m.start, m."end" AS "end", m.prefix, m.quote, m.suffix,
           f.name AS said, f.title, f.org, x.attested, d.date
      FROM person_mention p JOIN mention m ON m.key = p.mention JOIN document d ON d.key = m.document
      JOIN official_fact f ON f.mention = m.key LEFT JOIN occupancy_mention x ON x.mention = m.key
     WHERE p.person = ? ORDER BY d.id, m.start
"""
_SOURCES = """
    SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM person_mention p JOIN mention m ON m.key = p.mention
    JOIN document d ON d.key = m.document WHERE p.person = ?
"""


def _flagged(db: sqlite3.Connection, person: int) -> Iterator[Flagged]:
    """Both ways: the other side of a flag is one of the other person."""
    for row in db.execute(
        "SELECT f.key, f.flag, f.reason, o.id AS other, o.name AS other_name, f.mention, f.other_mention"
        " FROM person_flag f LEFT JOIN person o ON o.key = f.other WHERE f.person = ?1"
        " UNION SELECT f.key, f.flag, f.reason, o.id, o.name, f.other_mention, f.mention"
        " FROM person_flag f JOIN person o ON o.key = f.person WHERE f.other = ?1 ORDER BY 2, 4, 1", (person,),
    ):
        yield Flagged(
            row["flag"], row["reason"], row["other"], row["other_name"],
            _quote_of(db, row["mention"]), _quote_of(db, row["other_mention"]),
        )


def _offices(db: sqlite3.Connection, where: str, *values: object) -> list[OfficeHeld]:
    quotes, sources = _quotes_of_offices(db, where, values)
    bounds = _bounds(db, where, values)
    flags = _flags(db)
    rows = db.execute(
        "SELECT o.*, p.id AS person_id, p.name, b.name AS body_name, f.title AS follows_title"
        " FROM occupancy o JOIN person p ON p.key = o.person LEFT JOIN body b ON b.key = o.body"
        f" LEFT JOIN occupancy f ON f.key = o.follows {where}", values,
    )
    held = [
        OfficeHeld(
            row["name"], row["title"], row["org"], row["first_attested"], row["last_attested"],
            len(sources[row["key"]]), tuple(quotes[row["key"]]), row["person_id"], row["body_name"], row["modifier"],
            row["start"], row["end"], row["place"], row["follows_title"], tuple(bounds[row["key"]]),
            tuple(sorted(flags[row["person"]])),
        )
        for row in rows
    ]
    return sorted(held, key=_order)


def _order(one: OfficeHeld) -> tuple[str, str, str, int, str, str, str]:
    return (
        fold(one.name), one.name, one.person, one.place or 0, one.first_attested or "9999", one.title or "",
        one.org or "",
    )


def _flags(db: sqlite3.Connection) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for row in db.execute(
        "SELECT person, flag FROM person_flag UNION SELECT other, flag FROM person_flag WHERE other IS NOT NULL"
    ):
        found[row["person"]].add(row["flag"])
    return found


_EVIDENCE = """
    (SELECT occupancy, mention FROM occupancy_mention UNION SELECT occupancy, mention FROM occupancy_evidence)
"""


def _quotes_of_offices(
    db: sqlite3.Connection, where: str, values: tuple[object, ...]
) -> tuple[dict[int, list[Quote]], dict[int, set[str]]]:
    quotes: dict[int, list[Quote]] = defaultdict(list)
    sources: dict[int, set[str]] = defaultdict(set)
    for row in db.execute(
        f'SELECT x.occupancy, d.id AS document, {PLACE}, coalesce(d.copy_of, d.id) AS source, m.start,'
        f' m."end" AS "end", m.prefix, m.quote, m.suffix FROM {_EVIDENCE} x JOIN occupancy o ON o.key = x.occupancy'
        f" JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document {where}"
        " ORDER BY d.id, m.start, m.key", values,
    ):
        quotes[row["occupancy"]].append(_quote(row))
        sources[row["occupancy"]].add(row["source"])
    return quotes, sources


def _bounds(db: sqlite3.Connection, where: str, values: tuple[object, ...]) -> dict[int, list[TermBound]]:
    bounds: dict[int, list[TermBound]] = defaultdict(list)
    for row in db.execute(
        f'SELECT x.*, d.id AS document, {PLACE}, m.start, m."end" AS "end", m.prefix, m.quote, m.suffix'
        f" FROM occupancy_bound x JOIN occupancy o ON o.key = x.occupancy"
        f" JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document {where}"
        " ORDER BY x.side DESC, x.kind, x.date, x.rule", values,
    ):
        bounds[row["occupancy"]].append(TermBound(row["side"], row["kind"], row["date"], row["rule"], _quote(row)))
    return bounds


def _quote(row: sqlite3.Row) -> Quote:
    words = " ".join(in_context(row["prefix"], row["quote"], row["suffix"]).split())
    return Quote(row["document"], row["place"], row["start"], row["end"], words)


def _quote_of(db: sqlite3.Connection, mention: int | None) -> Quote:
    return _quote(db.execute(
        f'SELECT d.id AS document, {PLACE}, m.start, m."end" AS "end", m.prefix, m.quote, m.suffix'
        " FROM mention m JOIN document d ON d.key = m.document WHERE m.key = ?", (mention,),
    ).fetchone())


def term_in_words(office: OfficeHeld, before: str = "trước", written: Callable[[str], str] = str) -> str | None:
    """When an office was held, for readers: `2014-05-09 … trước 2018-07-02`; None where nothing is known.

    Days on which sources attest it stand for themselves, a beginning or end that a source tells has its rule behind
    it, and what follows from other offices is `trước` a day.
    """
    ends = {
        (one.side, one.kind): one for one in reversed(office.bounds)
        if not (one.side == "start" and one.kind == "limit")
    }
    first = ends.get(("start", "known")) or ends.get(("start", "attested"))
    last = ends.get(("end", "known"))
    limit = min((one.date for one in office.bounds if (one.side, one.kind) == ("end", "limit")), default=None)
    attested = ends.get(("end", "attested"))
    left = written(first.date) if first else ""
    if first and first.kind == "known":
        left += f" ({rule_labels('term_rules')[first.rule]})"
    if last:
        right = f"{written(last.date)} ({rule_labels('term_rules')[last.rule]})"
    elif limit and (attested is None or attested.date <= limit):
        right = f"{before} {written(limit)}"
    else:
        right = written(attested.date) if attested else ""
    parts = [left, right] if right and right != left else [left]
    shown = " … ".join(parts) if left else (f"… {right}" if right else "")
    return shown or None
