"""The acts that an archive cites: what is said of each, what it does to others, where it is cited and what for."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.shadow import fold
from outputs.asking.named import decree_ids
from outputs.factbase import FactBase
from outputs.quotes import PLACE, Quote, in_context

_CHAIN = 10     # steps of a chain of acts that replaced one another
_WHOLE = 400    # characters; of a longer statement both ends are shown
_END = 180
_ENDING = ("replaces", "repeals")


@dataclass(frozen=True, slots=True)
class RelatedDecree:
    """What sources say one act does to another: `other` is the act at the other end.

    `other` is the key of that act, None for a document without a number of its own, which `document` then is; elsewhere
    `document` is the first that says so, and `quote` its words from the first to the last of subject, cue and object;
    where that is long, both ends with `[…]` between. `sources` counts independent documents, `part` is true where it
    replaces or repeals only a part, `date` is the day of the other act.
    """

    relation: str
    planned: bool
    other: str | None
    other_words: str
    pinpoint: str | None
    document: str
    quote: Quote
    part: bool
    sources: int
    date: str | None


@dataclass(frozen=True, slots=True)
class EndOfForce:
    """How an act came out of force, as sources say: `replaces`, `repeals` or `expiry`; by which act and since when.

    `since` is the stated day of expiry, else the first day in force of the act that did it (`since_basis`).
    """

    how: str
    by: str | None
    by_words: str | None
    since: str | None
    since_basis: str | None
    sources: int


@dataclass(frozen=True, slots=True)
class CitedDecree:
    """An act under its key, and by how many documents (copies counted once) and how often it is cited.

    `lexicon` names the fields that no source states, but the lexicon of acts; `differing` those of which sources state
    other values too. `missing` is what no source tells of its identity (`year`, `issuer`): it was joined with nothing
    outside its document. `does` is what the act does to others, `undergoes` what others do to it. `ends` is empty where
    no source says that it is out of force.
    """

    key: str
    type: str
    number: str | None
    date: str | None
    title: str | None
    issuer: str | None
    cited_by: int
    mentions: int
    urn: str | None
    lexicon: tuple[str, ...]
    effect: str | None
    expiry: str | None
    missing: str | None
    differing: tuple[str, ...]
    ends: tuple[EndOfForce, ...]
    does: tuple[RelatedDecree, ...]
    undergoes: tuple[RelatedDecree, ...]


@dataclass(frozen=True, slots=True)
class StatedValue:
    """One value of a field of an act: `standing` is `shown`, `agrees` or `differs`, `basis` says who states it.

    `quote` is the first place that does, None for the lexicon of acts.
    """

    field: str
    value: str
    standing: str
    basis: str
    sources: int
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that cites an act: what for (docs/decrees.md), the words that say so, and which part of it."""

    purpose: str
    cue: str | None
    pinpoint: str | None
    joined_by: str
    quote: Quote

    @property
    def document(self) -> str:
        """Id of the document."""
        return self.quote.document


@dataclass(frozen=True, slots=True)
class DecreeCard:
    """One act with all that is said of it, its forerunners and successors, and every place that cites it.

    `candidates` are the keys of acts that one of unknown year or issuer may be. `before` and `after` are chains of acts
    that replaced one another, the nearest first.
    """

    decree: CitedDecree
    values: tuple[StatedValue, ...]
    before: tuple[RelatedDecree, ...]
    after: tuple[RelatedDecree, ...]
    candidates: tuple[str, ...]
    citations: tuple[Citation, ...]


def decrees(base: FactBase) -> list[CitedDecree]:
    """Every act, the most cited first, with what it does to others and what they do to it."""
    does, undergoes = _relations(base.db)
    effects = dict(base.db.execute("SELECT id, effect FROM decree WHERE effect IS NOT NULL").fetchall())
    differing = defaultdict(list)
    for row in base.db.execute(
        "SELECT DISTINCT decree, field FROM decree_value WHERE standing = 'differs' ORDER BY field"
    ):
        differing[row["decree"]].append(row["field"])
    rows = base.db.execute(
        """
        SELECT e.*, coalesce(e.date, e.year) AS dated,
               count(DISTINCT coalesce(d.copy_of, d.id)) AS cited_by, count(*) AS mentions
        FROM decree e JOIN decree_mention x ON x.decree = e.key JOIN mention m ON m.key = x.mention
        JOIN document d ON d.key = m.document
        GROUP BY e.key ORDER BY cited_by DESC, mentions DESC, e.id
        """
    )
    return [
        CitedDecree(
            row["id"], row["doc_type"], row["number"], None if row["dated"] is None else str(row["dated"]),
            row["title"], row["issuer"], row["cited_by"], row["mentions"], row["urn"],
            tuple((row["lexicon"] or "").split()), row["effect"], row["expiry"], row["missing"],
            tuple(differing[row["key"]]),
            tuple(_ends(row["expiry"], undergoes[row["key"]], effects)),
            tuple(does[row["key"]]), tuple(undergoes[row["key"]]),
        )
        for row in rows
    ]


def _ends(expiry: str | None, undergoes: list[RelatedDecree], effects: dict[str, str]) -> Iterator[EndOfForce]:
    """Whole and done, not planned; with the day only where one is stated."""
    ended = [one for one in undergoes if one.relation in _ENDING and not one.planned and not one.part]
    for one in ended:
        since = expiry or (effects.get(one.other) if one.other else None)
        basis = "expiry" if expiry else "effect" if since else None
        yield EndOfForce(one.relation, one.other, one.other_words, since, basis, one.sources)
    if expiry and not ended:
        yield EndOfForce("expiry", None, None, expiry, "expiry", 1)


def decree_cards(base: FactBase, asked: str) -> list[DecreeCard]:
    """The acts whose number or key is `asked` (case and marks do not matter), else those that the filter `decree`
    of a search means, else whose name holds it.

    `62/2015/NĐ-CP`, `62/2015/nd-cp`, `vn:NĐ:CP:2015:62`, `NĐ 62`, `Luật Thi hành án dân sự năm 2008`.
    """
    wanted = fold(asked).strip()
    every = decrees(base)
    exact = [one for one in every if wanted and wanted in (fold(one.number or ""), fold(one.key))]
    names = [(one, fold(f"{one.type} {one.title or ''}")) for one in every] if wanted and not exact else []
    meant = decree_ids(base.db, asked) if names else set()
    named = (
        [one for one, name in names if name == wanted] or [one for one in every if one.key in meant]
        or [one for one, name in names if wanted in name]
    )
    known = {one.key: one for one in every}
    return [_card(base.db, one, known) for one in exact or named]


def _card(db: sqlite3.Connection, act: CitedDecree, known: dict[str, CitedDecree]) -> DecreeCard:
    candidates = db.execute(
        "SELECT o.id FROM decree_candidate c JOIN decree e ON e.key = c.decree JOIN decree o ON o.key = c.candidate"
        " WHERE e.id = ? ORDER BY o.id", (act.key,)
    )
    return DecreeCard(
        act, tuple(_values(db, act.key)), tuple(_chain(act, known, "does")), tuple(_chain(act, known, "undergoes")),
        tuple(row["id"] for row in candidates), tuple(_citations(db, act.key)),
    )


def _chain(act: CitedDecree, known: dict[str, CitedDecree], side: str) -> Iterator[RelatedDecree]:
    """The acts that it replaced (`does`) or that replaced it (`undergoes`), step by step, each once."""
    seen, waiting = {act.key}, [act]
    for _ in range(_CHAIN):
        following = []
        for one in waiting:
            for related in getattr(one, side):
                whole = related.relation == "replaces" and not related.planned and not related.part
                if whole and related.other and related.other not in seen:
                    seen.add(related.other)
                    yield related
                    following.append(known[related.other])
        waiting = following


def _values(db: sqlite3.Connection, key: str) -> Iterator[StatedValue]:
    rows = db.execute(
        f'SELECT v.*, d.id AS document, {PLACE}, m.start, m."end", m.prefix, m.quote, m.suffix FROM decree_value v'
        " JOIN decree e ON e.key = v.decree LEFT JOIN mention m ON m.key = v.mention"
        " LEFT JOIN document d ON d.key = m.document"
        " WHERE e.id = ? ORDER BY v.field, v.standing <> 'shown', v.standing, v.sources DESC, v.value, v.basis", (key,)
    )
    for row in rows:
        quote = _quoted(row) if row["document"] is not None else None
        yield StatedValue(row["field"], row["value"], row["standing"], row["basis"], row["sources"], quote)


def _citations(db: sqlite3.Connection, key: str) -> Iterator[Citation]:
    rows = db.execute(
        f'SELECT d.id AS document, {PLACE}, m.start, m."end", m.prefix, m.quote, m.suffix,'
        " f.pinpoint, x.rule, c.purpose, c.quote AS cue FROM decree e"
        " JOIN decree_mention x ON x.decree = e.key JOIN mention m ON m.key = x.mention"
        " JOIN decree_fact f ON f.mention = m.key LEFT JOIN decree_citation c ON c.mention = m.key"
        " JOIN document d ON d.key = m.document WHERE e.id = ? ORDER BY d.id, m.start", (key,)
    )
    for row in rows:
        yield Citation(row["purpose"] or "named", row["cue"], row["pinpoint"], row["rule"], _quoted(row))


def _quoted(row: sqlite3.Row) -> Quote:
    words = " ".join(in_context(row["prefix"], row["quote"], row["suffix"]).split())
    return Quote(row["document"], row["place"], row["start"], row["end"], words)


# The first statement of each relation stands for it; SQLite takes bare columns from the row of the minimum.
_RELATIONS = f"""
    WITH first AS (
        SELECT s.held, s.relation, min(d.id || printf('#%012d', r.start) || r.id),
               json_group_array(DISTINCT f.pinpoint) AS pinpoints
        FROM decree_relation_source s JOIN relation r ON r.key = s.relation JOIN document d ON d.key = r.document
        JOIN decree_fact f ON f.mention = r.object GROUP BY s.held
    )
    SELECT h.relation, h.planned, h.part, h.sources, h.subject AS subject_key, h.object AS object_key,
           d.id AS document, {PLACE}, d.key AS document_key, first.pinpoints,
           sd.id AS subject, od.id AS object, coalesce(sd.date, sd.year) AS subject_date,
           coalesce(od.date, od.year) AS object_date, s.quote AS subject_words, o.quote AS object_words,
           min(r.start, o.start, coalesce(s.start, r.start)) AS first,
           max(r."end", o."end", coalesce(s."end", 0)) AS last, r.start, r."end", r.prefix, r.quote, r.suffix
    FROM decree_relation h JOIN first ON first.held = h.key JOIN relation r ON r.key = first.relation
    JOIN document d ON d.key = r.document
    JOIN mention o ON o.key = r.object JOIN decree od ON od.key = h.object
    LEFT JOIN mention s ON s.key = r.subject LEFT JOIN decree sd ON sd.key = h.subject
"""


def _relations(db: sqlite3.Connection) -> tuple[dict[int, list[RelatedDecree]], dict[int, list[RelatedDecree]]]:
    """By row number of the act: what it does, and what is done to it, in order of time."""
    does: dict[int, list[RelatedDecree]] = defaultdict(list)
    undergoes: dict[int, list[RelatedDecree]] = defaultdict(list)
    for row in db.execute(_RELATIONS):
        quote = _statement(db, row)
        if row["subject_key"] is not None:
            does[row["subject_key"]].append(_related(row, "object", row["object_words"], quote))
        undergoes[row["object_key"]].append(_related(row, "subject", row["subject_words"] or row["place"], quote))
    for related in (*does.values(), *undergoes.values()):
        related.sort(key=lambda one: (one.date or "9999", one.other or "", one.relation, one.part, one.planned))
    return does, undergoes


def _related(row: sqlite3.Row, end: str, words: str, quote: Quote) -> RelatedDecree:
    date = row[f"{end}_date"]
    pinpoint = "; ".join(sorted(one for one in json.loads(row["pinpoints"]) if one)) or None
    return RelatedDecree(
        row["relation"], bool(row["planned"]), row[end], words, pinpoint, row["document"], quote, bool(row["part"]),
        row["sources"], None if date is None else str(date),
    )


def _statement(db: sqlite3.Connection, row: sqlite3.Row) -> Quote:
    """From the first to the last of subject, cue and object; of a long stretch, such as a list of amending acts, both
    ends, and the cue where it stands in neither."""
    first, last = row["first"], row["last"]
    if last - first <= _WHOLE:
        stretches = [(first, last)]
    else:
        stretches = [(first, first + _END), (last - _END, last)]
        if not any(start <= row["start"] and row["end"] <= end for start, end in stretches):
            stretches.insert(1, (max(first + _END, row["start"]), min(last - _END, row["end"])))
    parts = [_stretch(db, row["document_key"], start, end) for start, end in stretches]
    if len(parts) > 1:   # no halves of words
        parts[0] = parts[0].rpartition(" ")[0]
        parts[-1] = parts[-1].partition(" ")[2]
    return Quote(row["document"], row["place"], first, last, " […] ".join(part for part in parts if part))


def _stretch(db: sqlite3.Connection, document: int, start: int, end: int) -> str:
    found = db.execute("SELECT substr(text, ?, ?) FROM document WHERE key = ?", (start + 1, end - start, document))
    return " ".join(str(found.fetchone()[0]).split())
