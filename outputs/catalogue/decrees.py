"""Acts page by page, and one act: what is said of it, what changed it, what it changed, who cites it and for what."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.shadow import fold
from outputs.catalogue.conflicts import Conflict, conflicts_of
from outputs.catalogue.directives import DirectiveLine, directive_lines
from outputs.catalogue.names import keys_named
from outputs.catalogue.paging import SIZE, Page, offset
from outputs.catalogue.passages import Passage, passage_at, passages
from outputs.factbase import FactBase

CITATIONS = 25      # places on a page of an act
RELATED = 12        # acts of each relation that are shown, unless one relation is asked for
_DIRECTIVES = 10
_CHAIN = 10         # steps of a chain of acts that replaced one another
_ENDING = ("replaces", "repeals")
_NAMES = "SELECT key, doc_type || ' ' || coalesce(number, '') || ' ' || coalesce(title, '') FROM decree"
_BETWEEN = ("so", "nam", "ngay")     # words around a number that are no part of it
_FIELDS = ("number", "title", "date", "issuer", "effect", "expiry")


@dataclass(frozen=True, slots=True)
class NamedAct:
    """An act in another's page: key, type, number, day or year of issue, title."""

    id: str
    type: str
    number: str | None
    date: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class ListedAct:
    """An act in a list. `missing` is what no source tells of its identity, `citations` how often it is cited."""

    act: NamedAct
    issuer: str | None
    effect: str | None
    expiry: str | None
    missing: str | None
    citations: int
    documents: int


@dataclass(frozen=True, slots=True)
class Value:
    """What is said of an act in one field: `standing` shown, agrees or differs, `basis` own head, stated or lexicon.

    `words` are the first that say so, None for the lexicon of acts.
    """

    field: str
    value: str
    standing: str
    basis: str
    sources: int
    words: Passage | None


@dataclass(frozen=True, slots=True)
class Related:
    """What sources say one act does to another: `other` is the act at the other end, None for a document without a
    number, which is that of `cue`. `cue` are the words that say so, in their sentence."""

    relation: str
    passive: bool
    planned: bool
    part: bool
    pinpoint: str | None
    other: NamedAct | None
    other_words: str
    sources: int
    cue: Passage


@dataclass(frozen=True, slots=True)
class Relations:
    """The relations of one kind and direction: how many, and the first of them."""

    relation: str
    passive: bool
    number: int
    listed: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that cites the act: what for (docs/decrees.md), the cue, the part meant, the rule that joined it."""

    purpose: str
    cue: str | None
    pinpoint: str | None
    rule: str
    words: Passage


@dataclass(frozen=True, slots=True)
class End:
    """How the act came out of force, as sources say: `replaces`, `repeals` or `expiry`, by which act and since when."""

    how: str
    by: NamedAct | None
    by_words: str
    since: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act with all that is said of it. `purposes` counts its citations, of which `cited` is a page."""

    listed: ListedAct
    urn: str | None
    lexicon: tuple[str, ...]
    values: tuple[Value, ...]
    ends: tuple[End, ...]
    before: tuple[NamedAct, ...]
    after: tuple[NamedAct, ...]
    candidates: tuple[NamedAct, ...]
    candidate_for: tuple[NamedAct, ...]
    relations: tuple[Relations, ...]
    directives: tuple[DirectiveLine, ...]
    resting: int
    conflicts: tuple[Conflict, ...]
    purposes: tuple[tuple[str, int], ...]
    cited: Page[Cited]


def acts_listed(
    base: FactBase, *, words: str = "", doc_type: str = "", year: str = "", page: int = 1
) -> Page[ListedAct]:
    """Those most often cited first. `words` are of number, key or title, with or without marks; `doc_type` a type as
    the table has it, `year` of issue."""
    parts, values = ["1"], dict[str, object]()
    db = base.db
    if words.strip():
        parts.append("e.key IN (SELECT value FROM json_each(:keys))")
        values["keys"] = json.dumps(_called(db, words))
    if doc_type:
        parts.append("e.doc_type = :type")
        values["type"] = doc_type
    if year:
        parts.append("CAST(e.year AS TEXT) = :year")
        values["year"] = year
    where = " AND ".join(parts)
    total = db.execute(f"SELECT count(*) FROM decree e WHERE {where}", values).fetchone()[0]
    rows = db.execute(
        f"SELECT x.decree, count(*) AS citations FROM decree e JOIN decree_mention x ON x.decree = e.key WHERE {where}"
        " GROUP BY x.decree ORDER BY citations DESC, x.decree LIMIT :size OFFSET :skipped",
        {**values, "size": SIZE, "skipped": offset(page)},
    )
    return Page(tuple(_listed(db, {row["decree"]: row["citations"] for row in rows})), total, page)


def _called(db: sqlite3.Connection, words: str) -> list[int]:
    """Keys of the acts of that key, or whose type, number and title have every one of these words as a beginning."""
    exact = db.execute("SELECT key FROM decree WHERE id = ?", (words.strip(),)).fetchall()
    asked = " ".join(word for word in words.split() if fold(word) not in _BETWEEN)
    return [row["key"] for row in exact] or keys_named(db, _NAMES, asked, written_out=False)


def types_of_acts(db: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """Types of acts and how many acts of each there are, the most first."""
    rows = db.execute("SELECT doc_type, count(*) FROM decree GROUP BY doc_type ORDER BY 2 DESC, 1 LIMIT 40")
    return tuple((name, number) for name, number in rows)


def _listed(db: sqlite3.Connection, citations: dict[int, int]) -> Iterator[ListedAct]:
    rows = {row["key"]: row for row in db.execute(
        "SELECT e.*, (SELECT count(DISTINCT coalesce(d.copy_of, d.id)) FROM decree_mention x"
        " JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document WHERE x.decree = e.key)"
        " AS documents FROM decree e WHERE e.key IN (SELECT value FROM json_each(?))", (json.dumps(list(citations)),))}
    for key, number in citations.items():
        row = rows[key]
        yield ListedAct(
            _named(row), row["issuer"], row["effect"], row["expiry"], row["missing"], number, row["documents"])


def _named(row: sqlite3.Row) -> NamedAct:
    dated = row["date"] or row["year"]
    return NamedAct(row["id"], row["doc_type"], row["number"], None if dated is None else str(dated), row["title"])


def _acts(db: sqlite3.Connection, keys: Iterable[int]) -> dict[int, NamedAct]:
    within = json.dumps(sorted(set(keys)))
    rows = db.execute("SELECT * FROM decree WHERE key IN (SELECT value FROM json_each(?))", (within,))
    return {row["key"]: _named(row) for row in rows}


def act(base: FactBase, identifier: str, *, purpose: str = "", relation: str = "", page: int = 1) -> Act | None:
    """The act of a key, with a page of the places that cite it, for one purpose where it is given; None where there is
    none. `relation` asks for all of one kind: `amends`, or `-amends` for what amends it."""
    db = base.db
    row = db.execute("SELECT * FROM decree WHERE id = ?", (identifier,)).fetchone()
    if row is None:
        return None
    key = row["key"]
    purposes = db.execute(
        "SELECT coalesce(c.purpose, 'named') AS purpose, count(*) FROM decree_mention x"
        " LEFT JOIN decree_citation c ON c.mention = x.mention WHERE x.decree = ? GROUP BY 1 ORDER BY 2 DESC, 1",
        (key,)).fetchall()
    number = sum(count for name, count in purposes)
    resting = [one["source"] for one in db.execute(
        "SELECT DISTINCT l.source FROM decree_mention x JOIN fact_link l ON l.target = x.mention"
        " JOIN directive_fact f ON f.mention = l.source WHERE x.decree = ?"
        " AND l.source NOT IN (SELECT mention FROM directive_repeat)", (key,))]
    relations = tuple(_relations(db, key, relation))
    return Act(
        next(iter(_listed(db, {key: number}))), row["urn"], tuple((row["lexicon"] or "").split()),
        tuple(_values(db, key)), tuple(_ends(db, row)), tuple(_chain(db, key, "subject", "object")),
        tuple(_chain(db, key, "object", "subject")),
        tuple(_candidates(db, "decree", key, "candidate")), tuple(_candidates(db, "candidate", key, "decree")),
        relations, directive_lines(db, resting, most=_DIRECTIVES), len(resting),
        conflicts_of(db, "SELECT mention FROM decree_mention WHERE decree = ?", key),
        tuple((row[0], row[1]) for row in purposes),
        Page(tuple(_citations(db, key, purpose, page)),
             sum(count for name, count in purposes if purpose in ("", name)), page, CITATIONS),
    )


def _candidates(db: sqlite3.Connection, side: str, key: int, other: str) -> Iterator[NamedAct]:
    rows = db.execute(
        f"SELECT e.* FROM decree_candidate c JOIN decree e ON e.key = c.{other} WHERE c.{side} = ?"
        " ORDER BY e.id LIMIT 20", (key,))
    return map(_named, rows)


def _values(db: sqlite3.Connection, key: int) -> Iterator[Value]:
    rows = db.execute(
        "SELECT * FROM decree_value WHERE decree = ? ORDER BY standing <> 'shown', standing DESC, sources DESC, value,"
        " basis LIMIT 200", (key,)).fetchall()
    words = passages(db, (row["mention"] for row in rows))
    for field in _FIELDS:
        for row in rows:
            if row["field"] == field:
                yield Value(
                    field, row["value"], row["standing"], row["basis"], row["sources"], words.get(row["mention"])
                )


def _ends(db: sqlite3.Connection, row: sqlite3.Row) -> Iterator[End]:
    """Whole and done, not planned; with the day only where one is stated."""
    found = db.execute(
        "SELECT h.relation, h.subject, e.effect, d.title FROM decree_relation h LEFT JOIN decree e ON e.key = h.subject"
        " LEFT JOIN document d ON d.key = h.document WHERE h.object = ? AND h.relation IN ('replaces', 'repeals')"
        " AND NOT h.planned AND NOT h.part ORDER BY e.date, h.id LIMIT 20", (row["key"],)).fetchall()
    acts = _acts(db, (one["subject"] for one in found if one["subject"]))
    for one in found:
        since = row["expiry"] or one["effect"]
        basis = "expiry" if row["expiry"] else "effect" if since else None
        yield End(one["relation"], acts.get(one["subject"]), one["title"] or "", since, basis)
    if row["expiry"] and not found:
        yield End("expiry", None, "", row["expiry"], "expiry")


def _chain(db: sqlite3.Connection, key: int, here: str, there: str) -> Iterator[NamedAct]:
    """The acts that it replaced (`subject`, `object`) or that replaced it, step by step, each once."""
    seen, waiting = {key}, [key]
    for _ in range(_CHAIN):
        rows = db.execute(
            f"SELECT DISTINCT e.* FROM decree_relation h JOIN decree e ON e.key = h.{there}"
            f" WHERE h.{here} IN (SELECT value FROM json_each(?)) AND h.relation = 'replaces' AND NOT h.planned"
            " AND NOT h.part ORDER BY e.date, e.id LIMIT 20", (json.dumps(waiting),)).fetchall()
        waiting = [row["key"] for row in rows if row["key"] not in seen]
        seen.update(waiting)
        yield from (_named(row) for row in rows if row["key"] in waiting)
        if not waiting:
            return


def _relations(db: sqlite3.Connection, key: int, asked: str) -> Iterator[Relations]:
    """What it does to others, then what they do to it; changes before grounds."""
    for passive, here, there in ((False, "subject", "object"), (True, "object", "subject")):
        counts = db.execute(
            f"SELECT relation, count(*) FROM decree_relation WHERE {here} = ? GROUP BY relation"
            " ORDER BY relation = 'based_on', relation", (key,)).fetchall()
        for relation, number in counts:
            if asked and asked != f"{'-' if passive else ''}{relation}":
                continue
            rows = db.execute(
                f"SELECT h.*, o.date AS dated FROM decree_relation h LEFT JOIN decree o ON o.key = h.{there}"
                f" WHERE h.{here} = ? AND h.relation = ? ORDER BY o.date IS NULL, o.date, o.id, h.id LIMIT ?",
                (key, relation, 500 if asked else RELATED)).fetchall()
            yield Relations(relation, passive, number, tuple(_related(db, rows, passive=passive)))


def _related(db: sqlite3.Connection, rows: Sequence[sqlite3.Row], *, passive: bool) -> Iterator[Related]:
    """Each with the first statement of it."""
    end = "subject" if passive else "object"
    acts = _acts(db, (row[end] for row in rows if row[end]))
    stated: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for one in db.execute(
        'SELECT s.held, r.document, r.start, r."end" AS "end", w.quote AS words, f.pinpoint, d.title'
        " FROM decree_relation_source s JOIN relation r ON r.key = s.relation JOIN document d ON d.key = r.document"
        f" JOIN decree_fact f ON f.mention = r.object LEFT JOIN mention w ON w.key = r.{end}"
        " WHERE s.held IN (SELECT value FROM json_each(?)) ORDER BY d.id, r.start, r.id",
        (json.dumps([row["key"] for row in rows]),),
    ):
        stated[one["held"]].append(one)
    for row in rows:
        if not (of := stated[row["key"]]):
            continue
        first = of[0]
        pinpoints = sorted({one["pinpoint"] for one in of if one["pinpoint"]})
        yield Related(
            row["relation"], passive, bool(row["planned"]), bool(row["part"]), "; ".join(pinpoints[:8]) or None,
            acts.get(row[end]), " ".join((first["words"] or first["title"] or "").split()), row["sources"],
            passage_at(db, first["document"], first["start"], first["end"]),
        )


def _citations(db: sqlite3.Connection, key: int, purpose: str, page: int) -> Iterator[Cited]:
    rows = db.execute(
        "SELECT x.mention, x.rule, coalesce(c.purpose, 'named') AS purpose, c.quote AS cue, f.pinpoint"
        " FROM decree_mention x JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document"
        " JOIN decree_fact f ON f.mention = x.mention LEFT JOIN decree_citation c ON c.mention = x.mention"
        " WHERE x.decree = ?1 AND ?2 IN ('', coalesce(c.purpose, 'named'))"
        " ORDER BY coalesce(d.first_day, '~'), d.id, m.start LIMIT ?3 OFFSET ?4",
        (key, purpose, CITATIONS, offset(page, CITATIONS))).fetchall()
    words = passages(db, (row["mention"] for row in rows))
    for row in rows:
        yield Cited(row["purpose"], row["cue"], row["pinpoint"], row["rule"], words[row["mention"]])
