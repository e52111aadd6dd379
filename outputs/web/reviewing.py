"""What the forms of review show: one fact with its fields and what is said of it, one person with every mention."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from corpus.shadow import fold
from outputs.factbase import FactBase
from outputs.factbase.rows import fields_of, table_of
from outputs.review import Decision, Reviews, Standing
from outputs.review.fields import EDITABLE, LONGEST, LONGEST_NAME, LONGEST_NOTE, choices, may_be_empty, shown
from outputs.web.page import NotHere

COOKIE = "sulieu_reviewer"
_YEAR = 365 * 24 * 3600
_LONG = frozenset({"action", "title", "metric", "subject", "issuer", "addressee", "org"})   # as long as a sentence
_LIKE = 20         # people who may be the same that are offered
WAIT = 2.0         # seconds that another writer is waited for


@dataclass(frozen=True, slots=True)
class Input:
    """A field as a form has it. `original` is what the program read; `value` what counts, or what was typed."""

    name: str
    value: str
    original: str
    choices: tuple[str, ...]
    required: bool
    long: bool
    counts: Any      # the value that counts now, as exports have it

    @property
    def corrected(self) -> bool:
        """Whether a reader says otherwise than the program."""
        return shown(self.counts) != self.original


@dataclass(frozen=True, slots=True)
class Panel:
    """The form about one fact. `state` is what it shows, told back when it is sent."""

    id: str
    kind: str
    state: str
    standing: Standing | None
    inputs: tuple[Input, ...]
    reviewer: str
    note: str = ""
    problem: str = ""
    most_note: int = LONGEST_NOTE
    most_name: int = LONGEST_NAME
    most: int = LONGEST


@dataclass(frozen=True, slots=True)
class PersonPanel:
    """The form about one person: every mention, people who may be the same, what was decided."""

    id: str
    name: str
    mentions: list[sqlite3.Row]
    like: list[sqlite3.Row]
    decisions: list[Decision]
    reviewer: str
    asked: str = ""
    problem: str = ""
    most_note: int = LONGEST_NOTE
    most_name: int = LONGEST_NAME


def reviews_of(base: FactBase) -> Reviews:
    """The decisions about this fact base."""
    return Reviews.beside(base, wait=WAIT)


def reviewer(request: Request) -> str:
    """Who the reader said to be."""
    return unquote(request.cookies.get(COOKIE, ""))[:LONGEST_NAME]


def remember(response: Response, name: str) -> Response:
    """Ask for the name only once."""
    response.set_cookie(COOKIE, quote(name), max_age=_YEAR, httponly=True, samesite="strict", path="/")
    return response


def now(request: Request) -> str:
    """The time of a decision, UTC; tests put a clock of their own into the application's state."""
    clock = getattr(request.app.state, "clock", None) or (lambda: datetime.now(UTC))
    return str(clock().isoformat(timespec="seconds"))


def fact_panel(
    request: Request, base: FactBase, mention: str, *, given: Mapping[str, str] | None = None, problem: str = "",
) -> Panel:
    """The form about a fact, with what was typed and why it was not taken. Raises NotHere, ReviewError."""
    row = base.db.execute("SELECT key, kind FROM mention WHERE id = ?", (mention,)).fetchone()
    if row is None:
        raise NotHere("fact")
    stored = base.db.execute(f"SELECT * FROM {table_of(row['kind'])} WHERE mention = ?", (row["key"],)).fetchone()
    reviews = reviews_of(base)
    standing = reviews.of(base, [mention]).get(mention)
    inputs = _inputs(row["kind"], fields_of(row["kind"], stored), standing, given or {})
    typed = given or {}
    return Panel(
        mention, row["kind"], reviews.state(base, mention), standing, inputs, typed.get("by") or reviewer(request),
        typed.get("note", ""), problem,
    )


def _inputs(
    kind: str, fields: Mapping[str, Any], standing: Standing | None, given: Mapping[str, str]
) -> tuple[Input, ...]:
    counts = {**fields, **(standing.fields if standing else {})}
    return tuple(
        Input(
            name, given.get(f"f.{name}", shown(counts[name])), shown(fields[name]), choices(kind, name),
            not may_be_empty(kind, name), name in _LONG, counts[name],
        )
        for name in EDITABLE[kind]
    )


_MENTIONS = """
    SELECT m.id, m.start, m."end", m.quote, m.prefix, m.suffix, f.name, f.title, f.org, d.id AS document,
           d.title AS document_title, d.date AS document_date
    FROM person_mention p JOIN mention m ON m.key = p.mention JOIN document d ON d.key = m.document
    JOIN official_fact f ON f.mention = m.key WHERE p.person = ? ORDER BY d.first_day, d.id, m.start LIMIT 1000
"""
_LIKE_IT = f"""
    SELECT id, name, min(why) AS why, (SELECT count(*) FROM person_mention x WHERE x.person = l.key) AS mentions,
           (SELECT coalesce(o.title, '') || coalesce(', ' || o.org, '') FROM occupancy o WHERE o.person = l.key
             ORDER BY o.place LIMIT 1) AS office
    FROM (SELECT p.key, p.id, p.name, f.flag AS why FROM person_flag f JOIN person p ON p.key = f.other
           WHERE f.person = ?1
          UNION SELECT p.key, p.id, p.name, f.flag FROM person_flag f JOIN person p ON p.key = f.person
           WHERE f.other = ?1
          UNION SELECT key, id, name, 'same name' FROM person WHERE name = ?2 AND key <> ?1
          UNION SELECT key, id, name, 'found' FROM person WHERE ?3 <> '' AND key <> ?1 AND (
              id = ?3 OR instr(' ' || lower(folded(name)) || ' ', ' ' || ?4 || ' '))) l
    GROUP BY l.key ORDER BY min(why) = 'found' DESC, mentions DESC, id LIMIT {_LIKE}
"""


def person_panel(request: Request, base: FactBase, person: str, *, problem: str = "") -> PersonPanel:
    """The form about a person. Raises NotHere, ReviewError."""
    row = base.db.execute("SELECT key, name FROM person WHERE id = ?", (person,)).fetchone()
    if row is None:
        raise NotHere("person")
    asked = request.query_params.get("find", "").strip()[:200]
    base.db.create_function("folded", 1, fold, deterministic=True)
    mentions = base.db.execute(_MENTIONS, (row["key"],)).fetchall()
    like = base.db.execute(_LIKE_IT, (row["key"], row["name"], asked, fold(" ".join(asked.split())))).fetchall()
    said = reviews_of(base).of_people(base, [one["id"] for one in mentions])
    return PersonPanel(person, row["name"], mentions, like, said, reviewer(request), asked, problem)
