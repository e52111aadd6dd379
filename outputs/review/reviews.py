"""Decisions about a fact base: asked for, added, taken back. What pages, the command line and Python use."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from outputs.factbase import FactBase
from outputs.factbase.names import content_id
from outputs.factbase.rows import fields_of, table_of
from outputs.review import store
from outputs.review.errors import ReviewError, StaleReview
from outputs.review.fields import edited, said_by, said_why
from outputs.review.finding import Found, Lost, find
from outputs.review.model import OF_FACTS, OF_PEOPLE, Decision, Orphan, Standing, Words
from outputs.review.people import to_merge, to_split
from outputs.review.store import Store

WAIT = 5.0     # seconds that another writer is waited for
_MENTION = """
    SELECT m.id AS mention, m.key, m.kind, m.start, m."end", m.quote, m.prefix, m.suffix, d.id AS document,
           d.text_sha256
    FROM mention m JOIN document d ON d.key = m.document WHERE m.id = ?
"""
_WORDS = ("document", "text_sha256", "kind", "start", "end", "quote", "prefix", "suffix", "mention")


def review_path(facts: str | Path) -> Path | None:
    """Where the decisions about a fact base lie: `facts.db` → `facts.review.db`; None for one in memory."""
    if not str(facts):
        return None
    path = Path(facts).resolve()
    return path.with_name(review_name(path.name))


def review_name(facts: str) -> str:
    """The name of the file of decisions about a fact base of that name."""
    return f"{facts.removesuffix('.db')}.review.db"


class Reviews:
    """The decisions about a fact base, in a file that the first of them makes.

    >>> reviews = Reviews.open(None)
    >>> reviews.every()
    []
    """

    def __init__(self, held: Store) -> None:
        self._store = held

    @classmethod
    def open(cls, path: str | Path | None, *, wait: float = WAIT) -> Self:
        """The decisions in that file, which need not be there. Raises ReviewError if it is not a file of decisions, or
        one of a newer program."""
        return cls(Store(Path(path) if path is not None else None, wait))

    @classmethod
    def beside(cls, base: FactBase, *, wait: float = WAIT) -> Self:
        """The decisions that lie beside a fact base."""
        return cls.open(review_path(base.path), wait=wait)

    @property
    def path(self) -> Path | None:
        """The file; None beside a fact base in memory."""
        return self._store.path

    # -- what was said ---------------------------------------------------------------------------------------------

    def every(self) -> list[Decision]:
        """All decisions in the order in which they came, undone ones and undos too."""
        with self._store.reading() as db:
            return store.every(db) if db else []

    def undone(self) -> frozenset[str]:
        """Ids of the decisions that were taken back."""
        with self._store.reading() as db:
            return store.taken_back(db) if db else frozenset()

    def in_effect(self) -> list[Decision]:
        """Decisions that nobody took back, oldest first; without undos."""
        with self._store.reading() as db:
            return _in_effect(db, store.every(db)) if db else []

    def of(self, base: FactBase, mentions: Iterable[str]) -> dict[str, Standing]:
        """What is said of these facts, by mention id; facts of which nobody said anything are left out."""
        wanted = set(mentions)
        with self._store.reading() as db:
            if db is None or not wanted:
                return {}
            said = self._about(db, base, wanted)
        found = by_fact(base, said)
        return {mention: _standing(base.db, mention, found[mention]) for mention in found if mention in wanted}

    def of_every(self, base: FactBase) -> dict[str, Standing]:
        """The same of every fact of which somebody said something."""
        found = by_fact(base, self.in_effect())
        return {mention: _standing(base.db, mention, found[mention]) for mention in sorted(found)}

    def looked_at(self) -> frozenset[str]:
        """Ids of the facts that decisions in effect name, as they were then."""
        with self._store.reading() as db:
            return store.named(db) if db else frozenset()

    def of_people(self, base: FactBase, mentions: Iterable[str]) -> list[Decision]:
        """Merges and splits in effect of people whom these mentions name, latest first."""
        wanted = set(mentions)
        with self._store.reading() as db:
            said = self._about(db, base, wanted) if db and wanted else []
        return [
            decision for decision in reversed(said) if decision.verb in OF_PEOPLE and any(
                isinstance(place := find(base.db, words), Found) and place.id in wanted for words in decision.words
            )
        ]

    def orphans(self, base: FactBase) -> list[Orphan]:
        """Words of decisions in effect that this fact base does not have any more, or has as no such fact."""
        return [
            Orphan(decision, words, place.reason, place.start)
            for decision in self.in_effect() for words in decision.words
            if isinstance(place := find(base.db, words), Lost)
        ]

    def state(self, base: FactBase, mention: str) -> str:
        """What a form is about: the fact with its fields, and the latest that is said of it. Raises ReviewError where
        there is no such fact."""
        row = _row(base.db, mention)
        with self._store.reading() as db:
            return self._state(db, base, row)

    def _state(self, db: sqlite3.Connection | None, base: FactBase, row: sqlite3.Row) -> str:
        said = self._about(db, base, [row["mention"]]) if db else []
        mine = [one.id for one in said if one.verb in OF_FACTS and one.words and _is(base.db, one.words[0], row)]
        return content_id("state", row["mention"], *mine)

    def _about(self, db: sqlite3.Connection, base: FactBase, mentions: Iterable[str]) -> list[Decision]:
        rows = [
            row for mention in mentions if (row := base.db.execute(_MENTION, (mention,)).fetchone()) is not None
        ]
        documents, texts = {row["document"] for row in rows}, {row["text_sha256"] for row in rows}
        return _in_effect(db, store.about(db, documents, texts, {(row["kind"], row["quote"]) for row in rows}))

    # -- what is said now ------------------------------------------------------------------------------------------

    def decide(
        self, base: FactBase, verb: str, mention: str, *, by: str, at: str,
        fields: Mapping[str, str | None] | None = None, note: str | None = None, seen: str | None = None,
    ) -> Decision:
        """Accept, reject or edit a fact; the decision that then stands. The same said again adds nothing.

        `fields` are those of an edit, as words. `seen` is the `state` that the reviewer looked at: StaleReview is
        raised where it is another by now. Raises ReviewError for an unknown fact, FieldError for a value that a field
        cannot hold.
        """
        if verb not in OF_FACTS:
            raise ReviewError("verb", verb=verb)
        by, note = said_by(by), said_why(note)
        row = _row(base.db, mention)
        were = _fields(base.db, row)
        with self._store.writing() as db:
            if seen is not None and seen != self._state(db, base, row):
                raise StaleReview
            standing = _standing_or_none(db, base, row)
            corrected = None
            if verb == "edit":
                before = {**were, **(standing.fields if standing else {})}
                corrected = {**(standing.fields if standing else {}), **edited(row["kind"], before, fields or {})}
                corrected = {name: value for name, value in corrected.items() if value != were.get(name)}
            if standing and (standing.by, standing.decision, standing.note) == (by, verb, note) and (
                dict(standing.fields) == (corrected or {})
            ):
                known = store.by_id(db, standing.id)
                assert known is not None
                return known
            return _added(db, Decision(
                at=at, by=by, verb=verb, words=(_words(row),), fields=corrected, were=were, note=note,
            ))

    def merge(
        self, base: FactBase, people: Sequence[str], *, by: str, at: str, note: str | None = None
    ) -> Decision:
        """Say that people, given by id or by the id of a mention, are one. Raises ReviewError for an unknown one."""
        return self._say(by, at, "merge", to_merge(base.db, people), note)

    def split(
        self, base: FactBase, person: str, mentions: Sequence[str], *, by: str, at: str, note: str | None = None
    ) -> Decision:
        """Say that these mentions of a person are another one. Raises ReviewError where they are not the person's."""
        return self._say(by, at, "split", to_split(base.db, person, mentions), note)

    def undo(self, *, by: str, at: str, decision: str | None = None, note: str | None = None) -> Decision:
        """Take back the reviewer's last decision in effect, or the one of that id, whoever made it: another decision.

        Raises ReviewError where there is none, or it was taken back before.
        """
        by = said_by(by)
        with self._store.writing() as db:
            gone = store.taken_back(db)
            if decision is None:
                mine = [one for one in store.every(db) if one.verb != "undo" and one.id not in gone and one.by == by]
                target = max(mine, key=lambda one: one.at, default=None) if mine else None
                target = next((one for one in reversed(mine) if target and one.at == target.at), None)
            else:
                target = store.by_id(db, decision)
            if target is None:
                raise ReviewError("nothing_to_undo" if decision is None else "unknown_decision", id=decision)
            if target.id in gone:
                raise ReviewError("undone", id=target.id)
            return _added(db, Decision(at=at, by=by, verb="undo", note=said_why(note), target=target.id))

    def _say(self, by: str, at: str, verb: str, words: tuple[Words, ...], note: str | None) -> Decision:
        with self._store.writing() as db:
            return _added(db, Decision(at=at, by=said_by(by), verb=verb, words=words, note=said_why(note)))

    def take(self, decisions: Iterable[Decision]) -> int:
        """Add decisions made elsewhere as they are, all or none; how many were new."""
        with self._store.writing() as db:
            return sum(store.add(db, one) for one in decisions)


def by_fact(base: FactBase, decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Decisions about facts, by the id that the fact has in this fact base; those that are lost are left out."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.verb in OF_FACTS and decision.words:
            place = find(base.db, decision.words[0])
            if isinstance(place, Found):
                found[place.id].append(decision)
    return found


def standing_of(decisions: Sequence[Decision]) -> Standing:
    """What counts of decisions in effect about one fact, in the order in which they came: the latest by its time.

    Of every other reviewer the latest counts too, as dissent where it says something else.
    """
    latest: dict[str, Decision] = {}
    ordered = sorted(decisions, key=lambda one: one.at)   # stable: of one time, as they came
    for decision in ordered:
        latest[decision.by] = decision
    chosen = ordered[-1]
    others = [
        one for one in latest.values()
        if one.by != chosen.by and (one.verb, one.fields) != (chosen.verb, chosen.fields)
    ]
    dissent = tuple(_stands(one) for one in sorted(others, key=lambda one: one.at, reverse=True))
    return replace(_stands(chosen), dissent=dissent)


def _stands(decision: Decision) -> Standing:
    return Standing(
        decision=decision.verb, by=decision.by, at=decision.at, id=decision.id, fields=dict(decision.fields or {}),
        note=decision.note,
    )


def _in_effect(db: sqlite3.Connection, decisions: Iterable[Decision]) -> list[Decision]:
    gone = store.taken_back(db)
    return sorted(
        (one for one in decisions if one.verb != "undo" and one.id not in gone), key=lambda one: one.at
    )


def _standing(db: sqlite3.Connection, mention: str, decisions: Sequence[Decision]) -> Standing:
    standing = standing_of(decisions)
    said = next(one for one in decisions if one.id == standing.id)
    now = _fields(db, _row(db, mention))
    were = said.were or {}
    return replace(standing, changed=any(were[name] != now[name] for name in were.keys() & now.keys()))


def _standing_or_none(db: sqlite3.Connection, base: FactBase, row: sqlite3.Row) -> Standing | None:
    said = _in_effect(db, store.about(db, [row["document"]], [row["text_sha256"]], {(row["kind"], row["quote"])}))
    mine = [one for one in said if one.verb in OF_FACTS and one.words and _is(base.db, one.words[0], row)]
    return _standing(base.db, row["mention"], mine) if mine else None


def _is(db: sqlite3.Connection, words: Words, row: sqlite3.Row) -> bool:
    found = find(db, words)
    return isinstance(found, Found) and found.id == row["mention"]


def _row(db: sqlite3.Connection, mention: str) -> sqlite3.Row:
    row = db.execute(_MENTION, (mention,)).fetchone()
    if row is None:
        raise ReviewError("unknown", id=mention)
    assert isinstance(row, sqlite3.Row)
    return row


def _fields(db: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    """The fields of a fact as exports have them; what repeats it is assembled and no part of it."""
    stored = db.execute(f"SELECT * FROM {table_of(row['kind'])} WHERE mention = ?", (row["key"],)).fetchone()
    return {name: value for name, value in fields_of(row["kind"], stored).items() if name != "repeats"}


def _words(row: sqlite3.Row) -> Words:
    return Words(**{name: row[name] for name in _WORDS})


def _added(db: sqlite3.Connection, decision: Decision) -> Decision:
    decision = replace(decision, after=store.latest(db))
    store.add(db, decision)
    return decision
