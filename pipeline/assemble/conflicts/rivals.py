"""Two values for one thing: the same metric, subject, unit and period, in two places.

Values are compared at the precision of the coarser one; what an approximator allows is no conflict. Figures of one
document are parts of its account and not rivals; what is said of a single day may be of different hours. A subject
without a name of its own (`toàn tỉnh`) is another one in every document.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby

import regex

from outputs.vietnamese import short_date
from pipeline.assemble.conflicts.model import Conflict, Grade, Side

_TIMES = 10             # values further apart are of different periods or wholes, whatever was read
_MOST = 200             # figures of one key that are compared
_ALMOST = Decimal("0.02")

# Most keys have figures of one document alone, which are no rivals.
_FIGURES = """
    WITH figures AS (
        SELECT k.*, f.period, f.role, m.document FROM temp.figure_key k JOIN figure_fact f ON f.mention = k.mention
        JOIN mention m ON m.key = k.mention JOIN document d ON d.key = m.document
        WHERE d.copy_of IS NULL AND k.measure = 'level' AND f.period IS NOT NULL AND f.role IN ('actual', 'target')
    ), rivals AS (
        SELECT mention FROM (
            SELECT mention, min(document) OVER same <> max(document) OVER same AS rival FROM figures
            WINDOW same AS (PARTITION BY metric_key, subject_key, unit, period, role)
        ) WHERE rival
    )
    SELECT k.metric_key, k.subject_key, k.unit, k.measure, f.period, f.role, f.value, f.high, f.of, f.approx, f.metric,
           f.subject, m.key, m.start, m."end" AS "end", m.quote, m.prefix, m.suffix, d.key AS document,
           d.id AS document_id
    FROM rivals r JOIN temp.figure_key k ON k.mention = r.mention JOIN figure_fact f ON f.mention = r.mention
    JOIN mention m ON m.key = r.mention JOIN document d ON d.key = m.document
    ORDER BY k.metric_key, k.subject_key, k.unit, f.period, f.role, d.id, m.start
"""


def rivals(db: sqlite3.Connection) -> Iterator[Conflict]:
    """The first pair of values of one key that cannot both be true. `temp.figure_key` comes from `series`."""
    same = ("metric_key", "subject_key", "unit", "period", "role")
    for _, rows in groupby(db.execute(_FIGURES), key=lambda row: tuple(row[name] for name in same)):
        group = [row for row, _ in zip(rows, range(_MOST), strict=False) if _plain(row)]
        pair = next(((a, b) for a, b in combinations(group, 2) if _apart(a, b) and not agree(a, b)), None)
        if pair and not any(_reaches_back(db, row) for row in pair):
            about = ", ".join((pair[0]["metric"], pair[0]["subject"], short_date(pair[0]["period"])))
            yield Conflict(_grade(*pair), about, _sides(pair))


_PARTLY = regex.compile(r"(?:mỗi|từng|thêm|riêng|trong đó|gồm|còn|trung bình|bình quân)\b")


def _plain(row: sqlite3.Row) -> bool:
    table = "\t" in row["prefix"] + row["suffix"] or "|" in row["prefix"] + row["suffix"]
    return not table and row["high"] is None and row["of"] is None and not _PARTLY.search(row["prefix"].lower()[-20:])


_BACK = 120    # characters before a value in which its period is told
_OPEN = regex.compile(r"trở về trước|trở lại|lũy kế|luỹ kế|cộng dồn|từ trước")


def _reaches_back(db: sqlite3.Connection, row: sqlite3.Row) -> bool:
    """Whether the words before a value give it a period without a beginning (`năm 2017 trở về trước`)."""
    (told,) = db.execute(
        "SELECT substr(text, max(1, :start - :back + 1), min(:start, :back)) FROM document WHERE key = :document",
        {"start": row["start"], "back": _BACK, "document": row["document"]},
    ).fetchone()
    return _OPEN.search(told.lower()) is not None


def _apart(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    """Two statements: in different documents, and not so far from each other that they must be of different things."""
    return bool(one["document"] != other["document"]) and (_digits(one) == _digits(other) or not _far(one, other))


def _far(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    low, high = sorted((abs(Decimal(one["value"])), abs(Decimal(other["value"]))))
    return high > low * _TIMES


def _digits(row: sqlite3.Row) -> str:
    """The digits of a value: a mark of thousands in the wrong place leaves them as they are."""
    return str(row["value"]).replace(".", "").strip("0")


def agree(one: sqlite3.Row, other: sqlite3.Row) -> bool:
    """Whether two values may both be true: rounded to the coarser of the two, each within its approximator."""
    (low, high), (other_low, other_high) = _range(one), _range(other)
    return low <= other_high and other_low <= high


def _range(row: sqlite3.Row) -> tuple[Decimal, Decimal]:
    value = Decimal(row["value"])
    half = _step(value) / 2
    margin = abs(value) / 10
    return {
        "exact": (value - half, value + half), "about": (value - margin, value + margin),
        "over": (value, value + max(margin, 2 * half)), "under": (value - max(margin, 2 * half), value),
        "at_least": (value, Decimal("Infinity")), "at_most": (Decimal("-Infinity"), value),
    }[row["approx"]]


def _step(value: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: `8.284 tỷ` is told to a tỷ."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else Decimal(1)


def _grade(one: sqlite3.Row, other: sqlite3.Row) -> Grade:
    first, second = Decimal(one["value"]), Decimal(other["value"])
    if len(one["period"]) == len("2013-10-22"):
        return "different scope"
    if abs(first - second) <= max(abs(first), abs(second)) * _ALMOST:
        return "rounding"
    digits = sorted(one["value"].replace(".", "")), sorted(other["value"].replace(".", ""))
    return "likely misprint" if digits[0] == digits[1] and len(digits[0]) > 2 else "contradiction"


def _sides(rows: Sequence[sqlite3.Row]) -> tuple[Side, ...]:
    return tuple(
        Side(row["document"], row["document_id"], row["start"], row["end"], row["quote"], row["value"], row["key"])
        for row in rows
    )
