"""The rows that a document and its facts become in the fact base. Pure: nothing is read or written here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from corpus.document import Document
from extractors.calendar import bounds
from extractors.facts import Date, Decree, Directive, Event, Fact, Facts, Figure, Official, Participant, Relation
from outputs.factbase.names import content_id, text_sha256

_CONTEXT = 32   # characters of prefix and suffix kept with a quote


def _days(edtf: str | None) -> tuple[str | None, str | None]:
    first, last = (edtf and bounds(edtf)) or (None, None)
    return (first.isoformat() if first else None, last.isoformat() if last else None)


_DOCUMENT_COLUMNS = (
    "id", "title", "date", "date_rule", "author", "source", "url", "kind", "path", "member", "sha256", "encoding",
)


def document_row(document: Document) -> dict[str, Any]:
    """The row of a document, without its key."""
    first, last = _days(document.date)
    return {
        **{name: getattr(document, name) for name in _DOCUMENT_COLUMNS},
        "first_day": first,
        "last_day": last,
        "text_sha256": text_sha256(document.text),
        "pages": json.dumps([asdict(page) for page in document.pages]) if document.pages else None,
        "doubtful": json.dumps([asdict(doubt) for doubt in document.doubtful]) if document.doubtful else None,
        "notice": json.dumps(asdict(document.notice), ensure_ascii=False) if document.notice else None,
        "metadata": json.dumps(document.metadata, ensure_ascii=False) if document.metadata else None,
        "text": document.text,
    }


def fact_rows(document: Document, document_key: int, facts: Iterable[Fact], first: int) -> list[dict[str, Any]]:
    """For each fact its row in `mention` and that in the table of its kind, in one; keys count from `first`.

    Raises ValueError if a fact does not quote the text it points at.
    """
    return [
        {
            "key": key,
            "id": content_id("mention", document.id, fact.kind, fact.start, fact.end, fact.text, fact.as_dict()),
            "document": document_key,
            "kind": fact.kind,
            **_quoted(document, fact),
            **_FIELDS[type(fact)](fact),
        }
        for key, fact in enumerate(facts, first)
    ]


def _quoted(document: Document, fact: Fact | Relation) -> dict[str, Any]:
    """The words of a fact in their place and context. Raises ValueError if it does not quote the text."""
    return {
        "start": fact.start,
        "end": fact.end,
        "quote": _words(document, fact),
        "prefix": document.text[max(0, fact.start - _CONTEXT) : fact.start],
        "suffix": document.text[fact.end : fact.end + _CONTEXT],
        "rule": fact.rule,
    }


def _words(document: Document, fact: Fact | Relation | Participant) -> str:
    if document.text[fact.start : fact.end] != fact.text:
        raise ValueError(f"{document.id}: a {fact.kind} at {fact.start}:{fact.end} does not quote the text")
    return fact.text


def relation_row(
    document: Document, document_key: int, relation: Relation, mentions: Mapping[Fact, int]
) -> dict[str, Any]:
    """The row of a relation between mentions with these keys. Raises ValueError if it does not quote the text."""
    return {
        "id": content_id("relation", document.id, relation.as_dict()),
        "document": document_key,
        "relation": relation.relation,
        "subject": mentions[relation.subject] if relation.subject else None,
        "object": mentions[relation.object],
        "planned": int(relation.planned),
        **_quoted(document, relation),
    }


def participant_rows(
    document: Document, facts: Facts, mentions: Mapping[Fact, int]
) -> list[dict[str, Any]]:
    """The rows of those who take part in events with these keys. Raises ValueError if one does not quote the text."""
    return [
        {
            "mention": mentions[one.event], "kind": one.kind, "name": one.name,
            "fact": mentions[one.fact] if one.fact else None, "pointed_at": int(one.pointed_at),
            "start": one.start, "end": one.end, "quote": _words(document, one),
        }
        for one in facts.participants if one.event
    ]


def _date_row(fact: Date) -> dict[str, Any]:
    first, last = _days(fact.edtf)
    return {
        "type": fact.type, "edtf": fact.edtf, "duration": fact.duration, "mod": fact.mod,
        "anchor": fact.anchor, "basis": fact.basis, "first_day": first, "last_day": last,
    }


def _decree_row(fact: Decree) -> dict[str, Any]:
    names = ("doc_type", "number", "year", "date", "issuer", "title", "pinpoint")
    return {name: getattr(fact, name) for name in names}


def _official_row(fact: Official) -> dict[str, Any]:
    return {"name": fact.name, "title": fact.title, "org": fact.org}


def _figure_row(fact: Figure) -> dict[str, Any]:
    low, high = fact.value if isinstance(fact.value, tuple) else (fact.value, None)
    first, last = _days(fact.period)
    return {
        "value": f"{low:f}", "high": None if high is None else f"{high:f}",
        "of": None if fact.of is None else f"{fact.of:f}", "unit": fact.unit, "approx": fact.approx,
        "role": fact.role, "metric": fact.metric, "subject": fact.subject, "period": fact.period,
        "first_day": first, "last_day": last, "part_of": fact.part_of, "sum_check": fact.sum_check,
        "also": None if fact.also is None else f"{fact.also:f}",
    }


def _directive_row(fact: Directive) -> dict[str, Any]:
    first, last = _days(fact.deadline)
    return {
        "force": fact.force, "issuer": fact.issuer, "addressee": fact.addressee, "action": fact.action,
        "deadline": fact.deadline, "first_day": first, "last_day": last,
    }


def _event_row(fact: Event) -> dict[str, Any]:
    first, last = _days(fact.date)
    return {
        "date": fact.date, "event_type": fact.event_type, "planned": int(fact.planned),
        "first_day": first, "last_day": last,
    }


_FIELDS: dict[type[Fact], Any] = {
    Date: _date_row, Decree: _decree_row, Official: _official_row,
    Figure: _figure_row, Directive: _directive_row, Event: _event_row,
}
