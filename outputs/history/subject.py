"""What a history is about: a topic, body, person, place or act, or what several of these have in common.

People, bodies and acts are found as `sulieu people`, `bodies` and `decrees` find them; a place as the filter `place` of
a search does. A name that means several raises AmbiguousSubject; one that means none makes a subject without facts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex

from corpus.shadow import fold
from extractors.facts import KINDS
from outputs.asking.named import resolve
from outputs.bodies_table import BodyCard, body_cards
from outputs.decrees_table import CitedDecree, decree_cards
from outputs.factbase import FactBase
from outputs.factbase.name_forms import marked_words, name_forms
from outputs.history.errors import AmbiguousSubject, Choice
from outputs.people_table import PersonCard, person_cards, term_in_words
from outputs.topic import Topic, topic_documents, topic_mentions
from outputs.vietnamese import short_date

SubjectKind = Literal["all", "topic", "body", "person", "place", "decree", "several"]
_MOST_CHOICES = 20
_UNIT = regex.compile(r"^(?:huyện|quận|thị xã|thị trấn|phường|xã|thành phố)\s+(?=\p{Lu})", regex.I)
_LEVEL = regex.compile(r"^ (?:tỉnh|thành phố(?! hồ chí minh )) (?=\w)")
_CHAIN = 24      # bodies of a chain of successions


@dataclass(frozen=True, slots=True)
class Subject:
    """What was asked for. A fact belongs to it if it is one of `mentions` or its document one of `documents`.

    Keys are those of the fact base; `documents` and `mentions` are None for the whole archive. `bodies` are those asked
    for under each of their names, or those whose names hold the topic; `lineage` these with all before and after them;
    `local` those of the place asked for; `people` and `decrees` those asked for. `words` is what the history is called.
    """

    words: str | None
    kind: SubjectKind
    topic: Topic | None = None
    documents: frozenset[int] | None = None
    mentions: frozenset[int] | None = None
    bodies: frozenset[int] = frozenset()
    lineage: frozenset[int] = frozenset()
    local: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    decrees: frozenset[int] = frozenset()
    _keys: tuple[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = (json.dumps(sorted(self.documents or ())), json.dumps(sorted(self.mentions or ())))
        object.__setattr__(self, "_keys", keys)

    def select(self, db: sqlite3.Connection, query: str, **values: object) -> list[sqlite3.Row]:
        """Rows of a query whose `{asked}` stands for the condition that mention `m` belongs to the subject."""
        if self.mentions is None:
            return db.execute(query.format(asked="1"), values).fetchall()
        condition = (
            "(m.document IN (SELECT value FROM json_each(:_documents))"
            " OR m.key IN (SELECT value FROM json_each(:_mentions)))"
        )
        named = {"_documents": self._keys[0], "_mentions": self._keys[1], **values}
        return db.execute(query.format(asked=condition), named).fetchall()

    def about(self, words: str) -> bool:
        """Whether words of a fact speak of it: of a topic, where they hold it; of anything else they do by choice."""
        return self.kind != "all" and (self.topic is None or words in self.topic)


def subject(
    base: FactBase, *, topic: str | None = None, body: str | None = None, person: str | None = None,
    place: str | None = None, decree: str | None = None,
) -> Subject:
    """What the words asked for mean. Raises QuestionError, or AmbiguousSubject for a name that means several."""
    parts: list[Subject] = []
    if topic is not None:
        parts.append(_topic(base.db, topic))
    if body is not None:
        parts.append(_body(base, body, place))
    if person is not None:
        parts.append(_person(base, person, body))
    if decree is not None:
        parts.append(_decree(base, decree))
    if place is not None:
        parts.append(_place(base.db, place))
    if not parts:
        return Subject(None, "all")
    return parts[0] if len(parts) == 1 else _several(base.db, parts)


def _several(db: sqlite3.Connection, parts: Sequence[Subject]) -> Subject:
    """What all parts have in common; bodies, people and acts are those asked for by name."""
    keys = frozenset.intersection(*(_all_mentions(db, part) for part in parts))
    named = [part for part in parts if part.kind != "topic"]
    return Subject(
        "; ".join(dict.fromkeys(part.words for part in parts if part.words)), "several",
        next((part.topic for part in parts if part.topic), None), frozenset(), keys,
        frozenset[int]().union(*(part.bodies for part in named)),
        frozenset[int]().union(*(part.lineage for part in named)),
        frozenset[int]().union(*(part.local for part in named)),
        frozenset[int]().union(*(part.people for part in named)),
        frozenset[int]().union(*(part.decrees for part in named)),
    )


def _all_mentions(db: sqlite3.Connection, part: Subject) -> frozenset[int]:
    found = db.execute(
        "SELECT key FROM mention WHERE document IN (SELECT value FROM json_each(?))", (_json(part.documents or ()),)
    )
    return frozenset(row["key"] for row in found) | (part.mentions or frozenset())


def _topic(db: sqlite3.Connection, words: str) -> Subject:
    topic = Topic(words)
    documents = topic_documents(db, topic)
    mentions = frozenset[int]().union(*(topic_mentions(db, topic, kind) for kind in KINDS if kind != "date"))
    named = frozenset(
        row["key"] for row in db.execute("SELECT key, name FROM body WHERE place IS NULL") if row["name"] in topic
    )
    return Subject(" ".join(words.split()), "topic", topic, frozenset(documents), mentions, named, named)


def _body(base: FactBase, asked: str, place: str | None) -> Subject:
    cards = [card for card in body_cards(base, asked) if card.body.mentions]
    if place and len(cards) > 1:
        wanted = set(name_forms(place))
        cards = [card for card in cards if any(f" {form} " in f" {fold(card.body.name)} " for form in wanted)] or cards
    names = dict.fromkeys(card.body.name for card in cards)
    if exact := next((name for name in names if _marked(name) == _marked(asked)), None):
        names = {exact: None}    # asked for in full: others only hold the words, or are another spelling
    if len(names) > 1:
        raise AmbiguousSubject("body", asked, [_body_choice(card) for card in cards[:_MOST_CHOICES]])
    own = frozenset(row["key"] for name in names for row in base.db.execute(
        "SELECT key FROM body WHERE name = ?", (name,)
    ))
    same = _chain(base.db, own, "= 'renamed'")   # one body under its names
    mentions = {row["mention"] for row in base.db.execute(
        "SELECT mention FROM body_mention WHERE body IN (SELECT value FROM json_each(?))", (_json(same),)
    )}
    words = next(iter(names), " ".join(asked.split()))
    return Subject(words, "body", None, frozenset(), _with_clauses(base.db, mentions), same, _chain(base.db, own))


def _body_choice(card: BodyCard) -> Choice:
    body = card.body
    time = f"{short_date(body.began) if body.began else '?'} – {short_date(body.ended) if body.ended else 'nay'}"
    return Choice(body.name, f"{time if body.basis == 'lexicon' else ''} ({body.documents} tài liệu)".strip())


def _chain(db: sqlite3.Connection, own: Iterable[int], how: str = "IS NOT NULL") -> frozenset[int]:
    """Bodies with all before them and all after them, step by step."""
    met = set(own)
    for found, given in (("later", "earlier"), ("earlier", "later")):
        waiting = sorted(own)
        while waiting and len(met) <= _CHAIN:
            for row in db.execute(
                f"SELECT {found} AS other FROM body_succession WHERE {given} = ? AND how {how} ORDER BY 1",
                (waiting.pop(0),),
            ):
                if row["other"] not in met:
                    met.add(row["other"])
                    waiting.append(row["other"])
    return frozenset(met)


def _person(base: FactBase, asked: str, body: str | None) -> Subject:
    cards = person_cards(base, asked, body=body)
    if len(cards) > 1:
        raise AmbiguousSubject("person", asked, [_person_choice(card) for card in cards[:_MOST_CHOICES]])
    people = frozenset(row["key"] for card in cards for row in base.db.execute(
        "SELECT key FROM person WHERE id = ?", (card.id,)
    ))
    mentions = {row["mention"] for row in base.db.execute(
        "SELECT mention FROM person_mention WHERE person IN (SELECT value FROM json_each(?1)) UNION"
        " SELECT e.mention FROM occupancy_evidence e JOIN occupancy o ON o.key = e.occupancy"
        " WHERE o.person IN (SELECT value FROM json_each(?1))", (_json(people),)
    )}
    words = cards[0].name if cards else " ".join(asked.split())
    return Subject(words, "person", None, frozenset(), _with_clauses(base.db, mentions), people=people)


def _person_choice(card: PersonCard) -> Choice:
    offices = [
        " ".join(part for part in (one.title, one.org, term_in_words(one, written=short_date)) if part)
        for one in card.offices[:2]
    ]
    return Choice(card.id, f"{card.name}: {'; '.join(offices) or 'không nêu chức vụ'} ({card.documents} tài liệu)")


def _decree(base: FactBase, asked: str) -> Subject:
    found = [card.decree for card in decree_cards(base, asked)]
    acts = [act for act in found if act.missing is None] or found   # what names no year may be any of them
    if len(acts) > 1:
        raise AmbiguousSubject("decree", asked, [_decree_choice(act) for act in acts[:_MOST_CHOICES]])
    keys = frozenset(row["key"] for act in acts for row in base.db.execute(
        "SELECT key FROM decree WHERE id = ?", (act.key,)
    ))
    mentions = {row["mention"] for row in base.db.execute(
        "SELECT mention FROM decree_mention WHERE decree IN (SELECT value FROM json_each(?))", (_json(keys),)
    )}
    words = _decree_words(acts[0]) if acts else " ".join(asked.split())
    return Subject(words, "decree", None, frozenset(), _with_clauses(base.db, mentions), decrees=keys)


def _decree_words(act: CitedDecree) -> str:
    if act.number:
        return f"{act.type.capitalize()} số {act.number}"
    year = f" năm {act.date[:4]}" if act.date else ""
    named = act.title if act.title and fold(act.title).startswith(fold(act.type)) else f"{act.type} {act.title or ''}"
    return f"{named[:1].upper()}{named[1:]}".strip() + (year if year.strip() not in named else "")


def _decree_choice(act: CitedDecree) -> Choice:
    told = [_decree_words(act), act.title if act.number else None, short_date(act.date) if act.date else None]
    return Choice(act.key, f"{', '.join(part for part in told if part)} ({act.cited_by} tài liệu)")


def _place(db: sqlite3.Connection, asked: str) -> Subject:
    mentions = _as_marked(db, resolve(db, place=asked).mentions or frozenset(), asked)
    wanted = set(name_forms(asked))
    if several := _places_called(db, wanted):
        raise AmbiguousSubject("place", asked, several[:_MOST_CHOICES])
    bodies = frozenset(
        row["key"] for row in db.execute("SELECT key, name FROM body WHERE kind IN ('province', 'place', 'country')")
        if wanted & set(name_forms(row["name"]))
    )
    local = frozenset(
        row["key"] for row in db.execute("SELECT key, place FROM body WHERE place IS NOT NULL")
        if wanted & set(name_forms(row["place"]))
    )
    words = " ".join(asked.split())
    return Subject(words, "place", None, frozenset(), frozenset(mentions), bodies, _chain(db, bodies), local)


_SAID = """
    SELECT m.key, m.quote || '; ' || coalesce(o.org, f.subject, c.issuer, '') || '; ' || coalesce(v.issuer, '')
           || '; ' || coalesce(v.addressee, '') AS words FROM mention m
    LEFT JOIN official_fact o ON o.mention = m.key LEFT JOIN figure_fact f ON f.mention = m.key
    LEFT JOIN directive_fact v ON v.mention = m.key LEFT JOIN decree_fact c ON c.mention = m.key
    WHERE m.key IN (SELECT value FROM json_each(?))
"""


def _as_marked(db: sqlite3.Connection, mentions: Iterable[int], asked: str) -> frozenset[int]:
    """Those whose words have the place with its marks, or are without marks: `Huế` is not in `Vương Đình Huệ`."""
    if asked.isascii():
        return frozenset(mentions)
    full = _marked(asked)
    wanted = {full, _LEVEL.sub(" ", full)}
    return frozenset(
        row["key"] for row in db.execute(_SAID, (_json(mentions),))
        if row["words"].isascii() or any(form in _marked(row["words"]) for form in wanted)
    )


def _marked(words: str) -> str:
    return f" {' '.join(word.form for word in marked_words(words))} "


_PLACES = """
    SELECT b.place, count(DISTINCT m.document) AS documents FROM body b JOIN body_mention x ON x.body = b.key
    JOIN mention m ON m.key = x.mention WHERE b.place LIKE '%,%' GROUP BY b.place ORDER BY documents DESC, b.place
"""


def _places_called(db: sqlite3.Connection, wanted: set[str]) -> list[Choice]:
    """Places of this name under different ones above them, where the name asked for tells none of them."""
    found: dict[tuple[str, ...], Choice] = {}
    for row in db.execute(_PLACES):
        name, _, above = row["place"].partition(",")
        bare = _UNIT.sub("", name)
        if wanted & {*name_forms(name), *name_forms(bare)}:
            choice = Choice(row["place"], f"({row['documents']} tài liệu)")
            found.setdefault(name_forms(above.rpartition(",")[2]), choice)
    return list(found.values()) if len(found) > 1 else []


def _with_clauses(db: sqlite3.Connection, mentions: Collection[int]) -> frozenset[int]:
    """The mentions, the events and directives that speak of them, and the acts that those name."""
    linked = {row[0] for row in db.execute(
        "SELECT source FROM fact_link WHERE target IN (SELECT value FROM json_each(?1)) UNION"
        " SELECT mention FROM event_participant WHERE fact IN (SELECT value FROM json_each(?1)) UNION"
        " SELECT t.key FROM mention m JOIN mention t ON t.document = m.document AND t.kind = 'event'"
        '  AND t.start <= m.start AND t."end" >= m."end" WHERE m.key IN (SELECT value FROM json_each(?1))',
        (_json(mentions),),
    )}
    clauses = {*mentions, *linked}
    acts = {row[0] for row in db.execute(
        "SELECT l.target FROM fact_link l JOIN mention m ON m.key = l.target AND m.kind = 'decree'"
        " WHERE l.role = 'names' AND l.source IN (SELECT value FROM json_each(?))", (_json(clauses),)
    )}
    return frozenset(clauses | acts)


def _json(keys: Iterable[int]) -> str:
    return json.dumps(sorted(keys))
