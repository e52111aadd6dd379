"""Facts out of the fact base: JSON lines, CSV, Excel and W3C Web Annotation.

Every export has the facts in order of document, place and kind, so that two builds of one archive give the same
bytes. All but Excel are streamed: memory does not grow with the fact base.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.factbase.rows import EXPORTED, FIELDS, fields_of, table_of
from outputs.review.attached import every_review

__all__ = ["export_csv", "export_jsonl", "export_webannotation", "export_xlsx", "facts"]

_HEAD = ("doc", "doc_title", "doc_date", "kind", "start", "end", "text")
# The + keeps SQLite from reading all facts of the kind for each document.
_OF_DOCUMENT = """
    SELECT m.*, f.* FROM mention m JOIN {table} f ON f.mention = m.key WHERE m.document = ? AND +m.kind = ?
"""
# Subject and object are the words of the document; their keys name the acts that these words mean.
RELATION_COLUMNS = """
    r.relation, r.planned,
    s.quote AS subject, sd.id AS subject_key, s.start AS subject_start, s."end" AS subject_end,
    o.quote AS object, od.id AS object_key, o.start AS object_start, o."end" AS object_end, f.pinpoint
"""
RELATION_JOINS = """
    JOIN mention o ON o.key = r.object JOIN decree_fact f ON f.mention = o.key
    LEFT JOIN mention s ON s.key = r.subject
    LEFT JOIN decree_mention sm ON sm.mention = s.key LEFT JOIN decree sd ON sd.key = sm.decree
    LEFT JOIN decree_mention om ON om.mention = o.key LEFT JOIN decree od ON od.key = om.decree
"""
_RELATIONS = f"""
    SELECT r.id, r.start, r."end", r.quote, r.prefix, r.suffix, r.rule, {RELATION_COLUMNS}
    FROM relation r {RELATION_JOINS}
    WHERE r.document = ? AND 'relation' = ?
"""
_LINE_ENDS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"})  # lines to some readers
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would run what begins so (OWASP, CSV injection)


def facts(
    base: FactBase, kinds: Iterable[str] | None = None, document: int | None = None
) -> Iterator[dict[str, Any]]:
    """Every fact of the kinds given, or of all and relations too: its words in their place, its fields under `fields`.

    In order of document id, start, end and kind; with the key of a document only those of it. Raises QuestionError for
    a kind that there is not.
    """
    wanted = wanted_kinds(kinds)
    one = "WHERE key = ?1 " if document is not None else ""
    asked = () if document is None else (document,)
    for found_in in base.db.execute(f"SELECT key, id, title, date, url FROM document {one}ORDER BY id", asked):
        found = [
            {
                "doc": found_in["id"], "doc_title": found_in["title"], "doc_date": found_in["date"],
                "url": found_in["url"], "kind": kind, "start": row["start"], "end": row["end"], "text": row["quote"],
                "id": row["id"], "prefix": row["prefix"], "suffix": row["suffix"], "rule": row["rule"],
                "fields": fields_of(kind, row),
            }
            for kind in wanted
            for row in base.db.execute(_query(kind), (found_in["key"], kind))
        ]
        yield from sorted(found, key=itemgetter("start", "end", "kind", "id"))


def _query(kind: str) -> str:
    return _RELATIONS if kind == "relation" else _OF_DOCUMENT.format(table=table_of(kind))


def export_jsonl(base: FactBase, kinds: Iterable[str] | None = None) -> Iterator[str]:
    """One fact a line: `doc`, `kind`, `start`, `end`, `text` and every field of its kind, null where unsaid.

    A fact of which readers said something has that in `review` (docs/review.md).
    """
    said = every_review(base)
    for fact in facts(base, kinds):
        line = {name: fact[name] for name in ("doc", "kind", "start", "end", "text")} | fact["fields"]
        if fact["id"] in said:
            line["review"] = said[fact["id"]]
        yield json.dumps(line, ensure_ascii=False).translate(_LINE_ENDS) + "\n"


def export_csv(base: FactBase, kinds: Iterable[str] | None = None) -> Iterator[str]:
    """A row a fact, in UTF-8 with a byte-order mark so that Excel shows Vietnamese; the columns of all kinds asked for.

    A range has its upper end in `value_high`. Words that a spreadsheet would run as a formula get a leading `'`.
    """
    kinds = wanted_kinds(kinds)
    columns = [*_HEAD, *_columns(kinds)]
    yield "\ufeff" + _csv_line(columns)
    for fact in facts(base, kinds):
        row = _row(fact)
        yield _csv_line([row.get(column) for column in columns])


def export_xlsx(base: FactBase, path: str | Path, kinds: Iterable[str] | None = None) -> None:
    """An Excel workbook: a sheet a kind, and where all kinds are asked for also events, people, conflicts, documents
    and inputs (docs/exports.md). Raises QuestionError for a kind that there is not."""
    from outputs.excel import write_excel

    write_excel(base, path, None if kinds is None else wanted_kinds(kinds))


def export_webannotation(
    base: FactBase, kinds: Iterable[str] | None = None, document: int | None = None
) -> Iterator[str]:
    """One JSON-LD annotation page (W3C Web Annotation Data Model); each fact quotes its words and gives their place.

    Positions count code points of the document's text as `sulieu read` prints it. With the key of a document only its.
    """
    context = ["http://www.w3.org/ns/anno.jsonld", {"rule": "urn:sulieu:rule"}]
    head = {"@context": context, "id": "urn:sulieu:facts", "type": "AnnotationPage"}
    yield json.dumps(head)[:-1] + ', "items": ['
    separator = "\n"
    for fact in facts(base, kinds, document):
        yield separator + json.dumps(annotation(fact), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def wanted_kinds(kinds: Iterable[str] | None) -> tuple[str, ...]:
    """The kinds that are asked for, all if None. Raises QuestionError for one that there is not."""
    wanted = tuple(dict.fromkeys(kinds)) if kinds is not None else EXPORTED
    if unknown := [kind for kind in wanted if kind not in EXPORTED]:
        raise QuestionError(f"{unknown[0]!r} is no kind of fact; choose among {', '.join(EXPORTED)}")
    return wanted


def _columns(kinds: Iterable[str]) -> list[str]:
    names = dict.fromkeys(name for kind in kinds for name in _spread(kind))
    return list(names)


def _spread(kind: str) -> Iterator[str]:
    for name in FIELDS[kind]:
        yield name
        if name == "value":
            yield "value_high"


def _row(fact: dict[str, Any]) -> dict[str, Any]:
    """A flat row with nothing in it that a spreadsheet would run."""
    fields = dict(fact["fields"])
    if isinstance(fields.get("value"), list):
        fields["value"], fields["value_high"] = fields["value"]
    return {name: harmless(value) for name, value in {**{name: fact[name] for name in _HEAD}, **fields}.items()}


def harmless(value: Any) -> Any:
    """Words that begin like a formula, with a leading apostrophe; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv_line(cells: Iterable[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(list(cells))
    return line.getvalue()


def annotation(fact: dict[str, Any]) -> dict[str, Any]:
    """A fact, as `facts` gives it, as a W3C Web Annotation."""
    source = {"id": f"urn:sulieu:document:{quote(fact['doc'], safe='')}", "type": "Text", "format": "text/plain"}
    if fact["url"]:
        source["via"] = fact["url"]
    words = {"exact": fact["text"], "prefix": fact["prefix"], "suffix": fact["suffix"]}
    fields = json.dumps(fact["fields"], ensure_ascii=False)
    return {
        "id": f"urn:sulieu:{fact['id']}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": "sulieu", "rule": fact["rule"]},
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": fact["kind"]},
            {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": fields},
        ],
        "target": {
            "source": source,
            "selector": [
                {"type": "TextQuoteSelector", **words},
                {"type": "TextPositionSelector", "start": fact["start"], "end": fact["end"]},
            ],
        },
    }
