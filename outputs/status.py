"""The ledger of a fact base, as it is shown: what became of every input, and what its builds were."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from extractors.facts import KINDS
from outputs.factbase import FactBase
from outputs.factbase.outcomes import Status as OutcomeStatus
from outputs.factbase.outcomes import explain


@dataclass(frozen=True, slots=True)
class TypeCount:
    """What became of the inputs of one type of file: a name of `corpus.filetypes.TYPES`, None if none was opened."""

    file_type: str | None
    counts: dict[str, int]       # by outcome


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many inputs of a type had an outcome at a stage for a reason, and what the reason means."""

    status: str
    stage: str | None            # scan, read, extract, commit
    file_type: str | None
    reason: str | None
    inputs: int
    parts: int                   # of the inputs: parts of a file whose other parts were read
    meaning: str | None          # in Vietnamese: what it means and what to do
    meaning_english: str | None


@dataclass(frozen=True, slots=True)
class ListedInput:
    """An input and what became of it. A `part` belongs to a file of which something else was read.

    `seconds` went into reading it and extracting from it; `memory` is the most bytes of the worker meanwhile, and
    `characters` those of its text, None where it gave no document of its own.
    """

    input: str
    status: str
    stage: str | None
    file_type: str | None
    reason: str | None
    detail: str | None
    part: bool
    seconds: float | None
    memory: int | None
    characters: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """A build. One without `ended` is going on, or was stopped before its end; it has no figures then."""

    began: str                # UTC, ISO 8601
    ended: str | None
    inputs: list[str]         # as they were given
    options: dict[str, Any]
    program: str              # version of all readers and extractors together
    versions: dict[str, str | None]
    found: int | None
    unchanged: int | None
    retired: int | None
    outcomes: dict[str, int] | None
    seconds: float | None
    rate: float | None        # inputs a second, without those that were unchanged
    memory: int | None        # bytes: most memory of the run itself, without its workers


@dataclass(frozen=True, slots=True)
class Status:
    """The ledger of a fact base: every input once. `inputs` is the sum of `counts`, and of all `counts` in `types`."""

    inputs: int
    documents: int
    copies: int               # of the documents: nearly the same text as an earlier one, no source of their own
    facts: dict[str, int]     # by kind
    counts: dict[str, int]    # by outcome
    types: tuple[TypeCount, ...]
    reasons: tuple[ReasonCount, ...]
    listed: tuple[ListedInput, ...]
    slowest: tuple[ListedInput, ...]
    largest: tuple[ListedInput, ...]   # by the characters of their texts
    runs: tuple[Run, ...]              # the last one first
    assembled: bool                    # whether people, decrees, events and topics are those of the facts


UNKNOWN_TYPE = "unknown"   # asks for inputs that could not be opened, so that their type is not known

# An input is a part where its file gave something else: a page, a record, a member.
_COUNTED = """
    WITH given AS (SELECT DISTINCT path FROM outcome WHERE status IN ('done', 'duplicate')),
    told AS (
        SELECT o.status, o.stage, o.file_type, o.reason,
               o.status = 'failed' AND o.path IN (SELECT path FROM given) AS part
        FROM outcome o
    )
"""
_OUTCOMES = """
    WITH given AS (SELECT DISTINCT path FROM outcome WHERE status IN ('done', 'duplicate')),
    told AS (
        SELECT o.input, o.status, o.stage, o.file_type, o.reason, o.detail,
               o.status = 'failed' AND o.path IN (SELECT path FROM given) AS part, o.seconds, o.memory,
               CASE WHEN o.reason IS NOT 'same-document' THEN length(d.text) END AS characters
        FROM outcome o LEFT JOIN document d ON d.id = o.document_id
    )
"""


def status(
    base: FactBase, types: Sequence[str] = (), reasons: Sequence[str] = (), *, slowest: int = 0, largest: int = 0
) -> Status:
    """What became of every input, by type of file, outcome, stage and reason.

    `listed` holds the failed inputs. Where types (`UNKNOWN_TYPE` for none) or reasons are given, `types`, `reasons`
    and `listed` hold only those, and `listed` all of them, whatever became of them. `slowest` and `largest` say how
    many of these inputs are wanted.
    """
    db = base.db
    counts = dict.fromkeys(get_args(OutcomeStatus), 0) | dict(
        db.execute("SELECT status, count(*) FROM outcome GROUP BY status").fetchall()
    )
    where, wanted = _asked_for(types, reasons)
    grouped = db.execute(
        f"{_COUNTED} SELECT status, stage, file_type, reason, count(*) AS inputs, sum(part) AS parts FROM told"
        f" WHERE {where} GROUP BY status, stage, file_type, reason ORDER BY file_type IS NULL, file_type, status,"
        " inputs DESC, reason",
        wanted,
    ).fetchall()
    shown = "1" if types or reasons else "status = 'failed'"
    listed = db.execute(f"{_OUTCOMES} SELECT * FROM told WHERE {where} AND {shown} ORDER BY input", wanted)
    return Status(
        inputs=sum(counts.values()),
        documents=base.count("document"),
        copies=int(db.execute("SELECT count(*) FROM document WHERE copy_of IS NOT NULL").fetchone()[0]),
        facts={kind: number for kind in sorted(KINDS) if (number := base.count(f"{kind}_fact"))},
        counts=counts,
        types=_by_type(grouped),
        reasons=tuple(ReasonCount(*row, *_meaning(row["reason"])) for row in grouped),
        listed=tuple(map(_listed, listed)),
        slowest=tuple(_most(db, "seconds", slowest, where, wanted)),
        largest=tuple(_most(db, "characters", largest, where, wanted)),
        runs=tuple(_run(row) for row in db.execute("SELECT * FROM run ORDER BY key DESC")),
        assembled=base.meta("assembled") == "yes",
    )


def _listed(row: sqlite3.Row) -> ListedInput:
    return ListedInput(**{**dict(row), "part": bool(row["part"])})


def _most(db: sqlite3.Connection, column: str, number: int, where: str, wanted: list[str]) -> list[ListedInput]:
    rows = db.execute(
        f"{_OUTCOMES} SELECT * FROM told WHERE {where} AND {column} IS NOT NULL ORDER BY {column} DESC, input LIMIT ?",
        [*wanted, number],
    )
    return [_listed(row) for row in rows] if number else []


def _run(row: sqlite3.Row) -> Run:
    values = {name: row[name] for name in row.keys() if name != "key"}  # noqa: SIM118 - of sqlite3.Row
    for name in ("inputs", "options", "versions", "outcomes"):
        values[name] = json.loads(values[name]) if values[name] else None
    new = (row["found"] or 0) - (row["unchanged"] or 0)
    return Run(**values, rate=round(new / row["seconds"], 2) if row["seconds"] else None)


def _asked_for(types: Sequence[str], reasons: Sequence[str]) -> tuple[str, list[str]]:
    """A condition on outcomes, and the values of its marks."""
    conditions = ["1"]
    for column, values in ((f"coalesce(file_type, '{UNKNOWN_TYPE}')", types), ("reason", reasons)):
        if values:
            conditions.append(f"{column} IN ({', '.join('?' * len(values))})")
    return " AND ".join(conditions), [*types, *reasons]


def _by_type(grouped: Sequence[sqlite3.Row]) -> tuple[TypeCount, ...]:
    counted: dict[str | None, dict[str, int]] = {}
    for row in grouped:
        counts = counted.setdefault(row["file_type"], dict.fromkeys(get_args(OutcomeStatus), 0))
        counts[row["status"]] += row["inputs"]
    return tuple(TypeCount(name, counts) for name, counts in counted.items())


def _meaning(reason: str | None) -> tuple[str | None, str | None]:
    """In Vietnamese and English; nothing for no reason, or for one that a later version wrote."""
    if reason is None:
        return None, None
    try:
        return explain(reason)
    except ValueError:
        return None, None
