"""What belongs to a topic.

A topic is a phrase (`thi hành án dân sự`). It occurs in a text where the phrase or its initials (`THADS`) stand as
whole words; case and the width of spaces do not matter. A topic written with its marks is found with the same marks,
or in unaccented text, so `quân khu` is not found in `cơ quan khu vực`; one written without marks finds every reading.
A document is on the topic if its title holds the topic, or its text holds it often enough
(`outputs/data/history_weights.tsv`, group `topic`), or if it carries an assembled topic (docs/topics.md) whose name is
the phrase or holds it: `đất đai` finds `thu hồi đất đai`. An event, figure or directive is on the topic if its own
words hold it, if a decree named inside has it in its name, or if its document is on the topic.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from corpus.shadow import fold, shadow
from outputs.errors import QuestionError
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import abbreviations
from outputs.words import rows

_WORD = regex.compile(r"\w+")
_NEAR = 40  # characters on each side that show whether a text is written without marks
_SHORTEST_INITIALS = 3  # initials of two letters stand for too many things


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase to look for; `words` as the user wrote it."""

    words: str
    forms: tuple[str, ...] = field(init=False)
    _exact: str = field(init=False, repr=False, compare=False)
    _pattern: regex.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        syllables = _WORD.findall(fold(shadow(self.words)))
        if not syllables:
            raise QuestionError("the topic holds no word; give a phrase such as 'thi hành án dân sự'")
        forms = _forms(syllables)
        either = "|".join(r"\W+".join(regex.escape(word) for word in form.split()) for form in forms)
        object.__setattr__(self, "forms", tuple(forms))
        object.__setattr__(self, "_exact", _exact(self.words))
        object.__setattr__(self, "_pattern", regex.compile(rf"(?<!\w)(?:{either})(?!\w)"))

    def count(self, text: str) -> int:
        """How often the topic stands in a text."""
        return sum(1 for _ in self._places(text))

    def __contains__(self, text: str) -> bool:
        return next(self._places(text), None) is not None

    def _places(self, text: str) -> Iterator[str]:
        """The words found: with the topic's own marks, or in a stretch of text that has no marks at all."""
        unified = shadow(text)
        for found in self._pattern.finditer(fold(unified)):
            words = unified[found.start() : found.end()]
            is_phrase = " ".join(_WORD.findall(fold(words))) == self.forms[0]
            near = unified[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            if not is_phrase or self._exact.isascii() or near.isascii() or _exact(words) == self._exact:
                yield words


def _exact(words: str) -> str:
    """The words with their marks in one orthography, in lower case, one space between."""
    return " ".join(_WORD.findall(index_forms(words)[0]))


def _forms(syllables: list[str]) -> list[str]:
    """The phrase, its initials, and what the table of abbreviations says of either."""
    phrase = " ".join(syllables)
    forms = [phrase]
    if len(syllables) >= _SHORTEST_INITIALS:
        forms.append("".join(syllable[0] for syllable in syllables))
    for row in abbreviations():
        short, full = fold(row["abbreviation"]), fold(row["expansion"])
        if row["match"] == "any" and phrase in (short, full):
            forms += [full, short]
    return list(dict.fromkeys(forms))


def topic_documents(db: sqlite3.Connection, topic: Topic) -> set[int]:
    """Keys of the documents on the topic."""
    rule = {row["name"]: float(row["value"]) for row in rows("history_weights") if row["group"] == "topic"}
    found = db.execute(
        "SELECT d.key, d.title, d.text FROM document d WHERE d.key IN "
        "(SELECT rowid FROM document_search WHERE document_search MATCH ?)",
        (_phrases(topic, "title_folded body_folded"),),
    )
    carrying = db.execute(
        "SELECT DISTINCT document FROM topic_document WHERE topic IN (SELECT value FROM json_each(?))",
        (_assembled(db, topic),),
    )
    on = {row["key"] for row in found if _is_on(topic, row["title"] or "", row["text"], rule)}
    return on.union(row["document"] for row in carrying)


def _assembled(db: sqlite3.Connection, topic: Topic) -> str:
    """Keys of the assembled topics whose names are the phrase or hold it, as a list that SQLite reads."""
    return json.dumps([row["key"] for row in db.execute("SELECT key, name FROM topic") if row["name"] in topic])


def _is_on(topic: Topic, title: str, text: str, rule: dict[str, float]) -> bool:
    if title in topic:
        return True
    count = topic.count(text)
    return count >= rule["mentions"] and len(text) <= count * rule["characters_per_mention"]


def topic_mentions(db: sqlite3.Connection, topic: Topic, kind: str) -> set[int]:
    """Keys of the mentions of one kind whose own words hold the topic, or a decree of that name."""
    own = db.execute(
        "SELECT m.key, m.quote FROM mention m WHERE m.kind = ? AND m.key IN "
        "(SELECT rowid FROM mention_search WHERE mention_search MATCH ?)",
        (kind, _phrases(topic, "quote_folded")),
    )
    decrees = [row["key"] for row in db.execute("SELECT key, title FROM decree") if (row["title"] or "") in topic]
    through = db.execute(
        "SELECT DISTINCT m.key FROM decree_mention x JOIN mention c ON c.key = x.mention "
        "JOIN mention m ON m.document = c.document AND m.start <= c.start AND m.end >= c.end AND m.kind = ? "
        "WHERE x.decree IN (SELECT value FROM json_each(?))",
        (kind, json.dumps(decrees)),
    )
    carrying = db.execute(
        "SELECT DISTINCT m.key FROM topic_mention x JOIN mention m ON m.key = x.mention AND m.kind = ?"
        " WHERE x.topic IN (SELECT value FROM json_each(?))", (kind, _assembled(db, topic)),
    )
    return {row["key"] for row in (*carrying, *through)} | {row["key"] for row in own if row["quote"] in topic}


def _phrases(topic: Topic, columns: str) -> str:
    """The topic's forms as an FTS5 phrase query."""
    return f"{{{columns}}} : (" + " OR ".join(f'"{form}"' for form in topic.forms) + ")"
