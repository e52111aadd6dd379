"""The filters of a question as masks over mentions and documents: each alone, so that counts can leave one out.

A document answers a filter where one of its mentions does, save for what only a fact can be (its kind and force, who
says it to whom).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from extractors.calendar import bounds
from extractors.facts import KINDS
from outputs.asking import named
from outputs.asking.arrays import LAST_DAY, NO_DAY, Keys, Mask, day_number
from outputs.asking.columns import Columns
from outputs.asking.errors import SearchError, quoted
from outputs.asking.fields import fields
from outputs.asking.matching import names
from outputs.asking.question import Question
from outputs.factbase.name_forms import full_form, name_forms
from outputs.topic import Topic, topic_documents, topic_mentions

Both = tuple[Mask, Mask]

DOCUMENT = "document"   # the kind of a hit in a title or text that is no fact

_RELATED = ("amends", "replaces", "repeals", "corrects")


@dataclass(frozen=True, slots=True)
class Part:
    """What one filter lets through: mentions, and documents; None for all."""

    field: str
    mentions: Mask | None
    documents: Mask | None


def parts(db: sqlite3.Connection, columns: Columns, question: Question) -> list[Part]:
    """The filters of a question. Raises SearchError for one that cannot be read."""
    found = [
        part(db, columns, name, getattr(question, name))
        for name in _BY_VALUE if name != "planned" and getattr(question, name)
    ]
    if question.planned is not None:
        found.append(part(db, columns, "planned", ("yes" if question.planned else "no",)))
    if question.since or question.until:
        found.append(_in_days(db, columns, "year", question.since, question.until))
    if question.published_since or question.published_until:
        found.append(_in_days(db, columns, "published", question.published_since, question.published_until))
    return found


def part(db: sqlite3.Connection, columns: Columns, field: str, values: tuple[str, ...]) -> Part:
    """What a filter lets through that has any of these values."""
    def of(value: str) -> Both:
        return _remembered(columns, (field, value), lambda: _BY_VALUE[field](db, columns, field, value))

    one = [of(value) for value in values]
    return Part(field, _any([mentions for mentions, _ in one]), _any([documents for _, documents in one]))


def _remembered(columns: Columns, key: tuple[str, ...], find: Callable[[], Both]) -> Both:
    """What a filter lets through, found once for many questions."""
    both = columns.cached(("filter", *key), lambda: np.concatenate(find()))
    return both[: columns.mentions], both[columns.mentions :]


def span(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Part:
    """What a choice of `year` or `published` lets through."""
    first, _, last = value.partition("/")
    return _in_days(db, columns, field, first, last or first)


def _any(masks: list[Mask]) -> Mask:
    return masks[0] if len(masks) == 1 else np.logical_or.reduce(masks)


def _kind(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    documents = np.full(columns.documents, value == DOCUMENT)
    return columns.mention(db)["kind"] == (KINDS.index(value) + 1 if value in KINDS else 255), documents


def _coded(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    code = list(fields()[field].choices).index(value) + 1
    return columns.code(db, field) == code, np.zeros(columns.documents, np.bool_)


def _document_kind(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    code = list(fields()[field].choices).index(value) + 1
    return _of_documents(db, columns, columns.document(db)["kind"] == code)


def _source(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    known, places = columns.sources(db)
    chosen = [place for place, name in enumerate(known, 1) if name == value]
    if not chosen:
        asked = f" {full_form(value)} "
        chosen = [place for place, name in enumerate(known, 1) if asked in f" {full_form(name)} "]
    return _of_documents(db, columns, np.isin(places, chosen))


def _document(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    row = db.execute("SELECT key FROM document WHERE id = ?", (value,)).fetchone()
    found = np.zeros(columns.documents, np.bool_)
    if row is not None and row[0] < columns.documents:
        found[row[0]] = True
    return _of_documents(db, columns, found)


def _of_documents(db: sqlite3.Connection, columns: Columns, documents: Mask) -> Both:
    mention = columns.mention(db)
    return documents[mention["document"]] & (mention["kind"] > 0), documents


def _of_mentions(db: sqlite3.Connection, columns: Columns, keys: Keys, *, facts_only: bool = False) -> Both:
    mentions, documents = np.zeros(columns.mentions, np.bool_), np.zeros(columns.documents, np.bool_)
    keys = keys[keys < columns.mentions]
    mentions[keys] = True
    if not facts_only:
        documents[columns.mention(db)["document"][keys]] = True
    return mentions, documents


def _by_key(columns: Columns, db: sqlite3.Connection, field: str, keys: list[int]) -> Keys:
    """The mentions that hold one of these people, bodies or decrees."""
    pairs = columns.pairs(db, field)
    wanted = np.zeros(pairs.size, np.bool_)
    wanted[[key for key in keys if key < pairs.size]] = True
    return pairs.mentions[wanted[pairs.ids]]


def _row(db: sqlite3.Connection, table: str, value: str) -> int | None:
    """The key of what has this id."""
    row = db.execute(f'SELECT key FROM "{table}" WHERE id = ?', (value,)).fetchone()
    return None if row is None else int(row[0])


def _forms(field: str, value: str) -> tuple[str, ...]:
    forms = name_forms(value)
    if not forms:
        raise SearchError("no word in filter", field=field, label=fields()[field].label(), value=quoted(value))
    return forms


def _party(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    """Who says it, or to whom: a body by its id, anyone by name."""
    if (key := _row(db, "body", value)) is not None:
        return _of_mentions(db, columns, _by_key(columns, db, field, [key]), facts_only=True)
    match = f"{field} : {named.phrases(_forms(field, value))}"
    return _of_mentions(db, columns, names(db, columns, match), facts_only=True)


def _person(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    if (key := _row(db, "person", value)) is not None:
        return _of_mentions(db, columns, _by_key(columns, db, "person", [key]))
    return _of_mentions(db, columns, names(db, columns, f"person : {named.phrases(_forms(field, value))}"))


def _body(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    if (key := _row(db, "body", value)) is not None:
        return _of_mentions(db, columns, _by_key(columns, db, "body", [key]))
    forms = _forms(field, value)
    known = columns.made("body names", lambda: _body_names(db))
    keys = [key for form in forms for key in known.get(form, ())]
    spoken = names(db, columns, f"place : {named.phrases(forms)}")
    return _of_mentions(db, columns, np.union1d(_by_key(columns, db, "body", keys), spoken))


def _body_names(db: sqlite3.Connection) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for key, name in db.execute("SELECT key, name FROM body ORDER BY key"):
        for form in name_forms(name):
            found.setdefault(form, []).append(key)
    return found


def _decree(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    if (key := _row(db, "decree", value)) is not None:
        return _of_mentions(db, columns, _by_key(columns, db, "decree", [key]))

    def find() -> Keys:
        keys = np.fromiter(named.decree_mentions(db, value), np.int64)
        return np.union1d(keys, columns.holding(db, keys)[1]).astype(np.int32)

    return _of_mentions(db, columns, columns.cached(("citing", value), find))


def _changing(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    """The acts that amend, replace, repeal or correct the one asked for; or that it does so to."""
    key = _row(db, "decree", value)
    known = {_row(db, "decree", one) for one in named.decree_ids(db, value)} if key is None else {key}
    mine, other = ("object", "subject") if field == "amends" else ("subject", "object")
    rows = db.execute(
        f"SELECT {mine}, {other} FROM decree_relation WHERE {other} IS NOT NULL AND relation IN"
        f" ({', '.join('?' * len(_RELATED))})", _RELATED,
    )
    keys = [row[1] for row in rows if row[0] in known]
    return _of_mentions(db, columns, _by_key(columns, db, "decree", keys))


def _place(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    _forms(field, value)
    keys = columns.cached(("at place", value), lambda: np.fromiter(sorted(named.at_place(db, value)), np.int32))
    return _of_mentions(db, columns, keys)


def _topic(db: sqlite3.Connection, columns: Columns, field: str, value: str) -> Both:
    """A topic of the archive by its name; for other words what speaks of them often enough (outputs/topic.py)."""
    row = db.execute("SELECT key FROM topic WHERE name = ?", (" ".join(value.lower().split()),)).fetchone()
    if row is not None:
        of_documents, of_mentions = columns.topic_documents(db), columns.topic_mentions(db)
        documents = np.zeros(columns.documents, np.bool_)
        documents[of_documents.mentions[of_documents.ids == row[0]]] = True
        mentions, _ = _of_documents(db, columns, documents)
        mentions[of_mentions.mentions[of_mentions.ids == row[0]]] = True
        return mentions, documents
    subject = Topic(value)
    on_it = columns.cached(
        ("topic documents", value), lambda: np.fromiter(sorted(topic_documents(db, subject)), np.int32)
    )
    own = columns.cached(("topic mentions", value), lambda: np.fromiter(
        sorted(set[int]().union(*(topic_mentions(db, subject, kind) for kind in KINDS))), np.int32
    ))
    documents = np.zeros(columns.documents, np.bool_)
    documents[on_it[on_it < columns.documents]] = True
    mentions, _ = _of_documents(db, columns, documents)
    mentions[own[own < columns.mentions]] = True
    return mentions, documents


def _in_days(db: sqlite3.Connection, columns: Columns, field: str, since: str | None, until: str | None) -> Part:
    key = (field, since or "", until or "")
    return Part(field, *_remembered(columns, key, lambda: _within_days(db, columns, field, since, until)))


def _within_days(db: sqlite3.Connection, columns: Columns, field: str, since: str | None, until: str | None) -> Both:
    """At least one day of the fact (`year`), or of its document (`published`), lies in the span."""
    first, last = day_number(_edge(since, 0), NO_DAY), day_number(_edge(until, 1), LAST_DAY)
    of_documents = columns.document(db)
    if field == "published":
        documents = (of_documents["first"] <= last) & (of_documents["last"] >= first)
        documents &= of_documents["last"] >= of_documents["first"]
        return _of_documents(db, columns, documents)
    day_first, day_last = columns.days(db)
    dated = of_documents["day_last"] >= of_documents["day_first"]
    return (
        (day_first <= last) & (day_last >= first) & (day_last >= day_first),
        dated & (of_documents["day_first"] <= last) & (of_documents["day_last"] >= first),
    )


def _edge(value: str | None, side: int) -> str | None:
    covered = bounds(value) if value else None
    return None if covered is None or covered[side] is None else str(covered[side])


_Read = Callable[[sqlite3.Connection, Columns, str, str], Both]
_BY_VALUE: dict[str, _Read] = {
    "kind": _kind, "force": _coded, "event_type": _coded, "planned": _coded, "issuer": _party, "addressee": _party,
    "person": _person, "body": _body, "decree": _decree, "amends": _changing, "amended_by": _changing,
    "place": _place, "topic": _topic, "source": _source, "document_kind": _document_kind, "document": _document,
}
