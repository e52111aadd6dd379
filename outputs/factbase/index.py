"""The search index of the fact base: what is written to the full-text tables, and taken out again.

Words are indexed as syllables, since segmentation splits one name in two ways. Every text is indexed twice: exact
(with its marks) and folded (without). The folding is ours and comes before the tokenizer, because no SQLite
tokenizer folds `đ` and folding alone would lose the exact reading. The tables hold no contents, so a row is removed
by giving back the values it was made of: call the `remove_…` functions before the rows themselves go.

    add_document(db, key, title, text)      remove_document(db, key, title, text)
    add_mention(db, key, quote)             remove_mention(db, key, quote)
    add_facts(db, document_key)             remove_facts(db, document_key)

`add_facts` is called once for a document, when all its facts are in their tables: it indexes the names that
filters ask for (issuer, addressee, person, place) and the days to which each fact belongs.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from bisect import bisect_left

import regex

from corpus import shadow
from outputs.factbase.name_forms import BARRIER, name_forms

# Two spellings are in use of an open oa, oe, uy; kept here as hòa, khỏe, thủy. Not after q (quý).
_OPEN_SYLLABLE = regex.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![\p{L}\p{M}])")


def index_forms(text: str) -> tuple[str, str]:
    """The exact and the folded form of a text; both as long as the text in NFC, so offsets carry over.

    >>> index_forms("Thuỷ lợi Hoà Bình")
    ('thủy lợi hòa bình', 'thuy loi hoa binh')
    """
    plain = shadow.shadow(unicodedata.normalize("NFC", text))
    return one_spelling(shadow.lower(plain)), shadow.fold(plain)


def one_spelling(text: str) -> str:
    """A text in lower case with the tone of an open oa, oe, uy on its first letter; as long as the text.

    >>> one_spelling("thuỷ, toà, quý")
    'thủy, tòa, quý'
    """
    return str(_OPEN_SYLLABLE.sub(_tone_on_first, text))


def _tone_on_first(found: regex.Match[str]) -> str:
    vowels = str(found[0])
    second = unicodedata.normalize("NFD", vowels[1])
    return unicodedata.normalize("NFC", vowels[0] + second[1]) + second[0]


def add_document(db: sqlite3.Connection, key: int, title: str, text: str) -> None:
    """Make a document's title and text findable."""
    db.execute(
        "INSERT INTO document_search (rowid, title, title_folded, body, body_folded) VALUES (?, ?, ?, ?, ?)",
        (key, *index_forms(title), *index_forms(text)),
    )


def remove_document(db: sqlite3.Connection, key: int, title: str, text: str) -> None:
    """Take a document out of the index: the same values as when it was added."""
    db.execute(
        "INSERT INTO document_search (document_search, rowid, title, title_folded, body, body_folded)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        (key, *index_forms(title), *index_forms(text)),
    )


def add_mention(db: sqlite3.Connection, key: int, quote: str) -> None:
    """Make the words of a fact findable."""
    db.execute(
        "INSERT INTO mention_search (rowid, quote, quote_folded) VALUES (?, ?, ?)", (key, *index_forms(quote))
    )


def remove_mention(db: sqlite3.Connection, key: int, quote: str) -> None:
    """Take the words of a fact out of the index: the same quote as when it was added."""
    db.execute(
        "INSERT INTO mention_search (mention_search, rowid, quote, quote_folded) VALUES ('delete', ?, ?, ?)",
        (key, *index_forms(quote)),
    )


def add_facts(db: sqlite3.Connection, document_key: int) -> None:
    """Index the words, names and days of a document's facts; once, when they are all in their tables."""
    for row in db.execute(_WORDS, (document_key,)).fetchall():
        add_mention(db, row["key"], row["words"])
    db.executemany(
        "INSERT INTO name_search (rowid, issuer, addressee, person, place) VALUES (?, ?, ?, ?, ?)",
        _names(db, document_key),
    )
    db.execute(_DAYS, {"document": document_key})


def remove_facts(db: sqlite3.Connection, document_key: int) -> None:
    """Take the words, names and days of a document's facts out of the index, while their rows are still there."""
    for row in db.execute(_WORDS, (document_key,)).fetchall():
        remove_mention(db, row["key"], row["words"])
    db.executemany(
        "INSERT INTO name_search (name_search, rowid, issuer, addressee, person, place)"
        " VALUES ('delete', ?, ?, ?, ?, ?)",
        _names(db, document_key),
    )
    db.execute("DELETE FROM fact_day WHERE mention IN (SELECT key FROM mention WHERE document = ?)", (document_key,))


def _names(db: sqlite3.Connection, document_key: int) -> list[tuple[int, str, str, str, str]]:
    """The names that each fact of a document speaks of, as they stand in the index."""
    rows = db.execute(_NAMES, (document_key,)).fetchall()
    officials = sorted((row["start"], row["end"], row["name"]) for row in rows if row["kind"] == "official")
    return [_indexed(row, officials) for row in rows]


def _indexed(row: sqlite3.Row, officials: list[tuple[int, int, str]]) -> tuple[int, str, str, str, str]:
    issuer, addressee, subject = row["issuer"], row["addressee"], row["subject"]
    first, last = bisect_left(officials, (row["start"],)), bisect_left(officials, (row["end"],))
    within = [name for _, end, name in officials[first:last] if end <= row["end"]]
    return (
        row["key"],
        _forms(issuer),
        _forms(addressee),
        _forms(issuer if row["kind"] == "directive" else None, addressee, *within),
        _forms(row["org"], subject, issuer, addressee),
    )


def _forms(*names: str | None) -> str:
    """The forms of each name, kept apart by a barrier."""
    return f" {BARRIER} ".join(dict.fromkeys(form for name in names if name for form in name_forms(name)))


# What a fact is found by: its quote, and where that says too little by itself, the words of its fields; a figure also
# by the words before it.
_WORDS = """
    SELECT m.key, m.quote || coalesce(' · ' || f.metric, '') || coalesce(' · ' || f.subject, '')
           || CASE m.kind WHEN 'figure' THEN ' · ' || m.prefix ELSE '' END
           || coalesce(' · ' || o.title, '') || coalesce(' · ' || o.org, '') || coalesce(' · ' || d.title, '') AS words
    FROM mention m
    LEFT JOIN figure_fact f ON f.mention = m.key
    LEFT JOIN official_fact o ON o.mention = m.key
    LEFT JOIN decree_fact d ON d.mention = m.key
    WHERE m.document = ? ORDER BY m.key
"""

_NAMES = """
    SELECT m.key, m.kind, m.start, m."end", coalesce(x.issuer, d.issuer) AS issuer, x.addressee,
           o.name, o.org, f.subject
    FROM mention m
    LEFT JOIN directive_fact x ON x.mention = m.key
    LEFT JOIN decree_fact d ON d.mention = m.key
    LEFT JOIN official_fact o ON o.mention = m.key
    LEFT JOIN figure_fact f ON f.mention = m.key
    WHERE m.document = ? ORDER BY m.key
"""

# A fact's own days (of a directive: its deadline); where it has none, the document's; where that has none either,
# those of the document's latest dated event, since a notice without a date is written about a dated meeting.
_DAYS = """
    WITH own AS (
        SELECT m.key, coalesce(t.first_day, f.first_day, x.first_day, e.first_day, c.day, c.year || '-01-01') first_day,
               coalesce(t.last_day, f.last_day, x.last_day, e.last_day, c.day, c.year || '-12-31') last_day
        FROM mention m
        LEFT JOIN date_fact t ON t.mention = m.key
        LEFT JOIN figure_fact f ON f.mention = m.key
        LEFT JOIN directive_fact x ON x.mention = m.key
        LEFT JOIN event_fact e ON e.mention = m.key
        LEFT JOIN (
            SELECT mention, year, CASE WHEN date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN date END day
            FROM decree_fact
        ) c ON c.mention = m.key
        WHERE m.document = :document
    ), latest AS (
        SELECT e.first_day, e.last_day FROM event_fact e JOIN mention m ON m.key = e.mention
        WHERE m.document = :document AND e.last_day IS NOT NULL ORDER BY e.last_day DESC, e.first_day DESC LIMIT 1
    ), fallback AS (
        SELECT first_day, last_day, 'document' basis FROM document
        WHERE key = :document AND coalesce(first_day, last_day) IS NOT NULL
        UNION ALL
        SELECT first_day, last_day, 'event' FROM latest
        LIMIT 1
    )
    INSERT INTO fact_day (mention, first_day, last_day, basis)
    SELECT key, first_day, last_day, 'fact' FROM own WHERE coalesce(first_day, last_day) IS NOT NULL
    UNION ALL
    SELECT own.key, fallback.first_day, fallback.last_day, fallback.basis FROM own, fallback
    WHERE coalesce(own.first_day, own.last_day) IS NULL
"""
