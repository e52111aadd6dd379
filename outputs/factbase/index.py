"""The search index of the fact base: what is written to the full-text tables, and taken out again.

Words are indexed as syllables, since segmentation splits one name in two ways. Every text is indexed twice: exact
(with its marks) and folded (without). The folding is ours and comes before the tokenizer, because no SQLite
tokenizer folds `đ` and folding alone would lose the exact reading. The tables hold no contents, so a row is removed
by giving back the values it was made of: call the `remove_…` functions before the rows themselves go.

    add_document(db, key, title, text)      remove_document(db, key, title, text)
    add_mention(db, key, quote)             remove_mention(db, key, quote)
    Waiting().add_facts(db, rows)           remove_facts(db, document_key)

Facts are indexed once for a document, all together: the words they are found by, the names that filters ask for
(issuer, addressee, person, place) and the days to which each belongs. A full-text table takes in many rows at a time
much faster than one by one, and every savepoint makes it write what it has; so rows wait for the end of a transaction.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import regex

from corpus import shadow
from outputs.factbase.name_forms import BARRIER, name_forms

_BETWEEN = "\x1e"   # a character of control, and no part of any text that a person wrote
Fact = Mapping[str, Any]   # a row of `mention` with the columns of its own table

# Two spellings are in use of an open oa, oe, uy; kept here as hòa, khỏe, thủy. Not after q (quý).
# Most vowels of this kind stand before a consonant (`toàn`): what is sure and quick to see is asked first.
_OPEN_SYLLABLE = re.compile("(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![a-z])")
_TONE_ON_FIRST = dict(zip(
    ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
    ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"), strict=True,
))


def index_forms(text: str) -> tuple[str, str]:
    """The exact and the folded form of a text; both as long as the text in NFC, so offsets carry over.

    >>> index_forms("Thuỷ lợi Hoà Bình")
    ('thủy lợi hòa bình', 'thuy loi hoa binh')
    """
    plain = shadow.shadow(unicodedata.normalize("NFC", text))
    return one_spelling(shadow.lower(plain)), shadow.fold(plain)


def _all_forms(texts: Sequence[str]) -> list[tuple[str, str]]:
    """The same of many short texts at once, which is three times as fast."""
    exact, folded = (forms.split(_BETWEEN) for forms in index_forms(_BETWEEN.join(texts)))
    if len(exact) != len(texts):
        return [index_forms(text) for text in texts]   # one of them holds that character
    return list(zip(exact, folded, strict=True))


def one_spelling(text: str) -> str:
    """A text in lower case with the tone of an open oa, oe, uy on its first letter; as long as the text.

    >>> one_spelling("thuỷ, toà, quý")
    'thủy, tòa, quý'
    """
    return _OPEN_SYLLABLE.sub(_tone_on_first, text)


def _tone_on_first(found: re.Match[str]) -> str:
    vowels, text, start, end = found[0], found.string, found.start(), found.end()
    if text[start - 1 : start] == "q" or (end < len(text) and unicodedata.category(text[end])[0] in "LM"):
        return vowels
    return _TONE_ON_FIRST[vowels]


def add_document(db: sqlite3.Connection, key: int, title: str, text: str) -> None:
    """Make a document's title and text findable."""
    db.execute(_ADD_DOCUMENT, (key, *index_forms(title), *index_forms(text)))


def remove_document(db: sqlite3.Connection, key: int, title: str, text: str) -> None:
    """Take a document out of the index: the same values as when it was added."""
    db.execute(
        "INSERT INTO document_search (document_search, rowid, title, title_folded, body, body_folded)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        (key, *index_forms(title), *index_forms(text)),
    )


def add_mention(db: sqlite3.Connection, key: int, quote: str) -> None:
    """Make the words of a fact findable."""
    db.execute(_ADD_WORDS, (key, *index_forms(quote)))


def remove_mention(db: sqlite3.Connection, key: int, quote: str) -> None:
    """Take the words of a fact out of the index: the same quote as when it was added."""
    db.execute(_REMOVE_WORDS, (key, *index_forms(quote)))


class Waiting:
    """What is to go into the full-text tables when `write` is called."""

    def __init__(self) -> None:
        self._documents: list[tuple[int, str, str, str, str]] = []
        self._words: list[tuple[int, str, str]] = []
        self._names: list[tuple[int, str, str, str, str]] = []

    def add_document(self, key: int, title: str, exact: str, folded: str) -> None:
        """A document's title, and the forms of its text (see `index_forms`)."""
        self._documents.append((key, *index_forms(title), exact, folded))

    def add_facts(self, db: sqlite3.Connection, rows: Sequence[Fact], days: Days) -> None:
        """The facts of a document: the days they belong to are written at once."""
        self._words += _words(rows)
        self._names += _names(rows)
        db.executemany(
            "INSERT INTO fact_day (mention, first_day, last_day, basis) VALUES (?, ?, ?, ?)", _days(rows, days)
        )

    def __len__(self) -> int:
        return len(self._documents) + len(self._words)

    def write(self, db: sqlite3.Connection) -> None:
        """Put it all into the tables."""
        if len(self):
            db.executemany(_ADD_DOCUMENT, self._documents)
            db.executemany(_ADD_WORDS, self._words)
            db.executemany(_ADD_NAMES, self._names)
            self.clear()

    def clear(self) -> None:
        """Forget it."""
        for rows in (self._documents, self._words, self._names):
            rows.clear()

    def copy(self) -> Waiting:
        """The same, whatever becomes of this."""
        other = Waiting()
        other._documents, other._words, other._names = self._documents[:], self._words[:], self._names[:]
        return other


Days = tuple[str | None, str | None]   # the first and last day of a document


def stored_facts(db: sqlite3.Connection, document_key: int) -> tuple[list[sqlite3.Row], Days]:
    """The rows of the facts of a document, and its days."""
    days = db.execute("SELECT first_day, last_day FROM document WHERE key = ?", (document_key,)).fetchone()
    return db.execute(_STORED, (document_key,)).fetchall(), (days[0], days[1])


def remove_facts(db: sqlite3.Connection, document_key: int) -> None:
    """Take the words, names and days of a document's facts out of the index, while their rows are still there."""
    rows, _ = stored_facts(db, document_key)
    db.executemany(_REMOVE_WORDS, _words(rows))
    db.executemany(_REMOVE_NAMES, _names(rows))
    db.execute("DELETE FROM fact_day WHERE mention IN (SELECT key FROM mention WHERE document = ?)", (document_key,))


def _words(rows: Sequence[Fact]) -> list[tuple[int, str, str]]:
    """What each fact is found by: its quote, and where that says too little by itself, the words of its fields; a
    figure also by the words before it."""
    said = [" · ".join(value for value in _said(row) if value is not None) for row in rows]
    return [(row["key"], *forms) for row, forms in zip(rows, _all_forms(said), strict=True)] if rows else []


def _said(row: Fact) -> tuple[str | None, ...]:
    match row["kind"]:
        case "figure":
            return row["quote"], row["metric"], row["subject"], row["prefix"]
        case "official":
            return row["quote"], row["title"], row["org"]
        case "decree":
            return row["quote"], row["title"]
        case _:
            return (row["quote"],)


def _names(rows: Sequence[Fact]) -> list[tuple[int, str, str, str, str]]:
    """The names that facts speak of, as they stand in the index; those that speak of none have no row there."""
    officials = sorted((row["start"], row["end"], row["name"]) for row in rows if row["kind"] == "official")
    found = ((row["key"], *_named(row, officials)) for row in rows)
    return [names for names in found if any(names[1:])]


def _named(row: Fact, officials: list[tuple[int, int, str]]) -> tuple[str, str, str, str]:
    """Issuer, addressee, person, place."""
    kind = row["kind"]
    issuer = row["issuer"] if kind in ("directive", "decree") else None
    addressee = row["addressee"] if kind == "directive" else None
    first, last = bisect_left(officials, (row["start"],)), bisect_left(officials, (row["end"],))
    within = [name for _, end, name in officials[first:last] if end <= row["end"]]
    org = row["org"] if kind == "official" else None
    subject = row["subject"] if kind == "figure" else None
    return (
        _forms(issuer),
        _forms(addressee),
        _forms(issuer if kind == "directive" else None, addressee, *within),
        _forms(org, subject, issuer, addressee),
    )


def _forms(*names: str | None) -> str:
    """The forms of each name, kept apart by a barrier."""
    return f" {BARRIER} ".join(dict.fromkeys(form for name in names if name for form in name_forms(name)))


def _days(rows: Sequence[Fact], document: Days) -> Iterable[tuple[int, str | None, str | None, str]]:
    """A fact's own days (of a directive: its deadline); where it has none, the document's; where that has none either,
    those of the document's latest dated event, since a notice without a date is written about a dated meeting."""
    fallback, basis = document, "document"
    if not any(document):
        told = ((row["last_day"], row["first_day"]) for row in rows if row["kind"] == "event" and row["last_day"])
        last, first = max(told, key=lambda days: (days[0], days[1] or ""), default=(None, None))
        fallback, basis = (first, last), "event"
    for row in rows:
        own = _own_days(row)
        if any(own):
            yield row["key"], *own, "fact"
        elif any(fallback):
            yield row["key"], *fallback, basis


def _own_days(row: Fact) -> Days:
    match row["kind"]:
        case "official":
            return None, None
        case "decree":
            if _DAY.fullmatch(row["date"] or ""):
                return row["date"], row["date"]
            return (f"{row['year']}-01-01", f"{row['year']}-12-31") if row["year"] is not None else (None, None)
        case _:
            return row["first_day"], row["last_day"]


_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADD_DOCUMENT = (
    "INSERT INTO document_search (rowid, title, title_folded, body, body_folded) VALUES (?, ?, ?, ?, ?)"
)
_ADD_WORDS = "INSERT INTO mention_search (rowid, quote, quote_folded) VALUES (?, ?, ?)"
_ADD_NAMES = "INSERT INTO name_search (rowid, issuer, addressee, person, place) VALUES (?, ?, ?, ?, ?)"
_REMOVE_WORDS = (
    "INSERT INTO mention_search (mention_search, rowid, quote, quote_folded) VALUES ('delete', ?, ?, ?)"
)
_REMOVE_NAMES = (
    "INSERT INTO name_search (name_search, rowid, issuer, addressee, person, place) VALUES ('delete', ?, ?, ?, ?, ?)"
)
_STORED = """
    SELECT m.key, m.kind, m.start, m."end", m.quote, m.prefix, f.metric, f.subject, coalesce(o.title, d.title) AS title,
           o.name, o.org, coalesce(x.issuer, d.issuer) AS issuer, x.addressee, d.date, d.year,
           coalesce(t.first_day, f.first_day, x.first_day, e.first_day) AS first_day,
           coalesce(t.last_day, f.last_day, x.last_day, e.last_day) AS last_day
    FROM mention m
    LEFT JOIN date_fact t ON t.mention = m.key
    LEFT JOIN figure_fact f ON f.mention = m.key
    LEFT JOIN directive_fact x ON x.mention = m.key
    LEFT JOIN event_fact e ON e.mention = m.key
    LEFT JOIN official_fact o ON o.mention = m.key
    LEFT JOIN decree_fact d ON d.mention = m.key
    WHERE m.document = ? ORDER BY m.key
"""
