"""Targets beside the results that answer them, and how far apart they are: exact decimals, with the words of both.

A target answers a result of one stem (`measures.stem`: `chỉ tiêu về việc`, `kết quả về việc`), subject and unit whose
period ends within its own, and that is told as reached. Where a source says only how far a result is from its target
(`so với chỉ tiêu còn thiếu 15,13% về việc`), the target is the result and the gap added up, without a mention of its
own. `đạt 03/4 chỉ tiêu` counts targets. Where a document gives several results for one target, none of them is taken.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, groupby

import regex

from corpus import shadow
from outputs.factbase.names import content_id
from pipeline.assemble.measures import aspect, less_is_better, metric_form, stem
from pipeline.assemble.series import subject_of

_TARGETS = "chỉ tiêu"   # as a unit
_MOST = 20      # results of other documents beside one target
_REACH = 240    # characters before a gap in which its target is named
_TENTH = Decimal("0.1")
_OF_TARGET = regex.compile(r"(?<!\p{L})(?:chỉ tiêu|kế hoạch|mục tiêu|dự toán)(?!\p{L})")
_SHORT = regex.compile(r"(?<!\p{L})(?:thiếu|hụt|thấp hơn|kém|chưa đạt)(?!\p{L})")
_OVER = regex.compile(r"(?<!\p{L})(?:vượt|cao hơn)(?!\p{L})")
_GROWS = regex.compile(r"(?<!\p{L})(?:tăng|giảm|tăng trưởng)(?!\p{L})")
# A result is told as one: `đạt`, `đã`; a cell of a table needs no words.
_DONE = regex.compile(
    r"(?<!\p{L})(?:đạt|hoàn thành|thực hiện|ước|đã|vượt|được|giải quyết xong|thi hành xong)(?!\p{L})"
)
_CELL = regex.compile(r"[\t|][^\p{L}]*\Z")
_REACHED_PLAN = regex.compile(   # `đạt 65% kế hoạch với …` tells a result
    r"% (?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu|dự toán)(?!\p{L})"
)
_ENDS = regex.compile(r"[;\n?!]|\.(?=[\s\"])")

# What has no time is no target that a result answers, and no result.
_FIGURES = """
    SELECT f.mention, f.metric, f.subject, f.unit, f.role, f.value, f.high, f.of, f.approx, f.period, f.first_day,
           f.last_day, m.id AS mention_id, m.document, m.start, m.prefix, d.id AS document_id,
           (SELECT b.name FROM body_mention x JOIN body b ON b.key = x.body
            WHERE x.mention = f.mention AND x.role = 'subject' ORDER BY b.id LIMIT 1) AS body
    FROM figure_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document
    WHERE f.metric IS NOT NULL AND f.subject IS NOT NULL AND f.role IN ('target', 'actual', 'ratio', 'change', 'gap')
      AND f.high IS NULL AND (f.role = 'gap' OR f.first_day IS NOT NULL)
    ORDER BY f.mention
"""
_KEPT = ("mention", "mention_id", "document", "document_id", "start", "role", "value", "approx", "metric", "subject",
         "unit", "period", "first_day", "last_day")


@dataclass(frozen=True, slots=True)
class _Answer:
    """A result beside its target, as `target_result` has it."""

    target: sqlite3.Row | None
    result: sqlite3.Row
    gap: sqlite3.Row | None
    target_value: Decimal
    reached: str
    rule: str


def assemble_targets(db: sqlite3.Connection) -> None:
    """Fill `target_result`; in memory are the figures of one stem, subject and unit, or of one document."""
    db.execute("DELETE FROM target_result")
    db.execute("DROP TABLE IF EXISTS temp.answer")
    db.execute(f"CREATE TEMP TABLE answer (stem, subject_key, grows, {', '.join(_KEPT)})")
    db.executemany(
        f"INSERT INTO temp.answer VALUES (?, ?, ?{', ?' * len(_KEPT)})",
        ((*key, *(row[name] for name in _KEPT)) for row in db.execute(_FIGURES) if (key := _key(row)) is not None),
    )
    db.execute("CREATE INDEX temp.answer_key ON answer (role, stem, subject_key, unit)")
    db.execute("CREATE INDEX temp.answer_document ON answer (document, unit)")
    for found in chain(_stated(db), _from_gaps(db), _counted(db)):
        _store(db, found)
    db.execute("DROP TABLE temp.answer")


def _key(row: sqlite3.Row) -> tuple[str, str, int] | None:
    """Stem, form of the subject, and whether the words speak of growth."""
    subject = subject_of(row["subject"], row["body"], row["document_id"])
    of = aspect(row["metric"], row["prefix"]) if row["unit"] == "%" else None
    measured = f"% {of}" if of else stem(row["metric"]) or metric_form(row["metric"]) or ""
    counted = row["role"] == "ratio" and row["unit"] == _TARGETS
    if subject is None or (len(measured.split()) < 2 and not counted):
        return None
    clause = row["prefix"][max((found.end() for found in _ENDS.finditer(row["prefix"])), default=0):]
    before = f"{row['metric']} {clause}".lower()
    if row["role"] == "target" and _REACHED_PLAN.search(before):
        return None
    if row["role"] in ("actual", "change") and not (_DONE.search(before) or _CELL.search(before)):
        return None
    return measured, subject, int(_GROWS.search(f"{row['prefix']} {row['metric']}".lower()) is not None)


def _stated(db: sqlite3.Connection) -> Iterator[_Answer]:
    """Targets that a source states."""
    for target in db.execute("SELECT * FROM temp.answer WHERE role = 'target' ORDER BY document_id, start"):
        rows = db.execute(
            "SELECT * FROM temp.answer WHERE role IN ('actual', 'ratio', 'change') AND stem = ? AND subject_key = ?"
            " AND unit IS ? AND first_day IS NOT NULL ORDER BY document_id, start",
            (target["stem"], target["subject_key"], target["unit"]),
        )
        fitting = [row for row in rows if _answers(row, target)]
        for _, group in groupby(fitting[: _MOST * 10], key=lambda row: str(row["document_id"])):
            results = list(group)
            if len({row["value"] for row in results}) == 1:
                yield _Answer(
                    target, results[0], None, Decimal(target["value"]),
                    _reached(target, results[0], less_is_better(target["metric"])), "same measure",
                )


def _answers(result: sqlite3.Row, target: sqlite3.Row) -> bool:
    """Whether a result is of the time of a target: it ends within it; growth answers growth."""
    if bool(target["grows"]) != (result["role"] == "change"):
        return False
    if target["first_day"] is None or target["last_day"] is None:
        return False
    return bool(target["first_day"] <= result["first_day"] and result["last_day"] <= target["last_day"])


def _reached(target: sqlite3.Row, result: sqlite3.Row, less: bool) -> str:
    """`unknown` where the values are not exact enough, or the target was missed before its time was over."""
    aim = _range(target) if target["approx"] == "about" else (Decimal(target["value"]),) * 2
    low, high = _range(result)
    if less or target["approx"] in ("under", "at_most"):
        aim, low, high = (-aim[1], -aim[0]), -high, -low
    if low >= aim[1]:
        return "yes"
    return "no" if high < aim[0] and result["last_day"] == target["last_day"] else "unknown"


def _range(row: sqlite3.Row) -> tuple[Decimal, Decimal]:
    """From which to which value words allow: `gần`, `hơn`, `khoảng` reach a tenth."""
    value = Decimal(row["value"])
    tenth = abs(value) * _TENTH
    return {
        "about": (value - tenth, value + tenth), "under": (value - tenth, value), "over": (value, value + tenth),
        "at_least": (value, value + tenth), "at_most": (value - tenth, value),
    }.get(row["approx"], (value, value))


def _from_gaps(db: sqlite3.Connection) -> Iterator[_Answer]:
    """Targets that no source states: a result, and how far it is from its target, in one document."""
    for gap in db.execute("SELECT * FROM temp.answer WHERE role = 'gap' ORDER BY document_id, start"):
        side = _side(db, gap)
        if side is None:
            continue
        rows = db.execute(
            "SELECT * FROM temp.answer WHERE document = ? AND unit IS ? AND role = 'actual' AND stem = ?"
            " AND subject_key = ? AND first_day IS NOT NULL AND start < ? ORDER BY start",
            (gap["document"], gap["unit"], gap["stem"], gap["subject_key"], gap["start"]),
        ).fetchall()
        exact = [row for row in rows if row["approx"] == "exact" and gap["approx"] == "exact"]
        if len(rows) == 1 and exact:
            value = Decimal(rows[0]["value"]) + side * Decimal(gap["value"])
            yield _Answer(None, rows[0], gap, value, "no" if side > 0 else "yes", "result and gap")


def _side(db: sqlite3.Connection, gap: sqlite3.Row) -> int | None:
    """1 where a gap is what a result is short of a target, -1 where it is above; None where no target is named."""
    begin = max(0, gap["start"] - _REACH)
    words = db.execute(
        "SELECT substr(text, ?, ?) FROM document WHERE key = ?", (begin + 1, gap["start"] - begin, gap["document"])
    ).fetchone()[0]
    words = shadow.lower(shadow.shadow(words))
    clause = words[max((found.end() for found in _ENDS.finditer(words)), default=0):]
    if not _OF_TARGET.search(clause):
        return None
    short, over = _SHORT.search(clause), _OVER.search(clause)
    return None if bool(short) == bool(over) else 1 if short else -1


def _counted(db: sqlite3.Connection) -> Iterator[_Answer]:
    """`đạt 03/4 chỉ tiêu`: how many targets were reached of how many."""
    rows = db.execute(
        "SELECT a.*, f.of FROM figure_fact f JOIN temp.answer a ON a.mention = f.mention"
        " WHERE f.role = 'ratio' AND f.unit = ? AND f.of IS NOT NULL AND f.first_day IS NOT NULL"
        " ORDER BY a.document_id, a.start", (_TARGETS,)
    )
    for row in rows:
        aim = Decimal(row["of"])
        yield _Answer(row, row, None, aim, "yes" if Decimal(row["value"]) >= aim else "no", "counted targets")


def _store(db: sqlite3.Connection, found: _Answer) -> None:
    result, target, gap = found.result, found.target, found.gap
    named = target or result
    ends = [row and row["mention_id"] for row in (target, result, gap)]
    value = Decimal(result["value"])
    db.execute(
        "INSERT INTO target_result (id, target, result, gap, metric, subject, unit, period, target_value, result_value,"
        " difference, reached, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            content_id("target", *ends), target and target["mention"], result["mention"], gap and gap["mention"],
            result["metric"] if target is None else named["metric"], result["subject"], result["unit"],
            result["period"], f"{found.target_value:f}", f"{value:f}", f"{value - found.target_value:f}",
            found.reached, found.rule,
        ),
    )
