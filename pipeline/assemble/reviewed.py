"""What researchers said of facts, honoured while things are assembled (docs/review.md); the facts themselves stay.

Temporary tables of the same names stand before those of the fact base: without the facts that were rejected, and with
the fields that were corrected. Whatever is assembled reads them unawares; where nobody said anything there are none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from extractors.calendar import bounds
from outputs.review import Corrections
from pipeline.reviews import kept_reviews

_DAYS = {"date": "edtf", "figure": "period", "directive": "deadline", "event": "date"}   # the field that days are of


@contextmanager
def honoured(db: sqlite3.Connection, schema: str = "main") -> Iterator[None]:
    """Within it, what reads facts reads them corrected. `schema` is where the fact base is attached."""
    said = kept_reviews(db)
    made = _put_before(db, said, schema) if said.rejected or said.edited else []
    try:
        yield
    finally:
        for what, name in made:
            db.execute(f"DROP {what} IF EXISTS temp.{name}")


def _put_before(db: sqlite3.Connection, said: Corrections, schema: str) -> list[tuple[str, str]]:
    """The temporary tables that now stand before others."""
    of = {
        one: (row[0], row[1])
        for one in (*said.rejected, *said.edited)
        if (row := db.execute(f"SELECT key, kind FROM {schema}.mention WHERE id = ?", (one,)).fetchone())
    }
    made = [("VIEW", "mention"), ("TABLE", "left_out")]
    db.execute("CREATE TEMP TABLE left_out (mention INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO temp.left_out VALUES (?)", [(of[one][0],) for one in said.rejected if one in of])
    db.execute(
        f"CREATE TEMP VIEW mention AS SELECT * FROM {schema}.mention"
        " WHERE key NOT IN (SELECT mention FROM temp.left_out)"
    )
    for kind in sorted({kind for _, kind in of.values()}):
        made.append(("TABLE", _copy(db, f"{kind}_fact", schema)))
        db.execute(f"DELETE FROM temp.{kind}_fact WHERE mention IN (SELECT mention FROM temp.left_out)")
    for one, fields in said.edited.items():
        if one in of:
            key, kind = of[one]
            row = _row(kind, fields)
            pairs = ", ".join(f'"{name}" = ?' for name in row)
            db.execute(f"UPDATE temp.{kind}_fact SET {pairs} WHERE mention = ?", (*row.values(), key))
    return made


def _copy(db: sqlite3.Connection, table: str, schema: str) -> str:
    columns = [
        (row[1], row[2], " PRIMARY KEY" if row[5] else "") for row in db.execute(f"PRAGMA {schema}.table_info({table})")
    ]
    stated = ", ".join(f'"{name}" {type_}{key}' for name, type_, key in columns)
    db.execute(f"CREATE TEMP TABLE {table} ({stated})")
    db.execute(f"INSERT INTO temp.{table} SELECT * FROM {schema}.{table}")
    return table


def _row(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as exports have them, as the tables of facts do."""
    row = dict(fields)
    if kind == "figure":
        for name in row.keys() & {"value", "of"}:
            low, high = row[name] if isinstance(row[name], list) else (row[name], None)
            row[name] = _decimal(low)
            if name == "value":
                row["high"] = _decimal(high)
    if "planned" in row:
        row["planned"] = int(row["planned"])
    if (dated := _DAYS.get(kind)) in row:
        covered = bounds(row[dated]) or (None, None)
        row["first_day"], row["last_day"] = (day and day.isoformat() for day in covered)
    return row


def _decimal(value: Any) -> str | None:
    return None if value is None else f"{Decimal(str(value)):f}"
