"""The tables of a fact base: who held which office, which decrees are cited, which figures are given."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from corpus.shadow import fold
from extractors.quantities.approximators import approximator_before
from outputs.factbase import FactBase
from outputs.filters import decree_ids
from outputs.vietnamese import number_in_figures, short_date

_PLACE = "coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, '') AS place"
_REACH = 32          # characters of context that are kept with a quote
_CURRENCIES = {"VND": " đồng", "USD": " USD", "EUR": " euro"}
_APPROX = {"about": "khoảng", "under": "dưới", "over": "hơn", "at_least": "ít nhất", "at_most": "nhiều nhất"}
_COMPARISONS = {   # what else says so, by exactness
    approx: regex.compile(rf"(?<![<>=\p{{L}}-])({words}) ?\Z") for approx, words in (
        ("under", "<|(?:thấp|ít) hơn"), ("over", ">|(?:cao|nhiều|lớn) hơn"), ("at_least", ">=|≥"),
        ("at_most", "<=|≤|đến|tới"),
    )
}
_ONWARD = regex.compile(r"[^,;.:()\n\d]{0,32}? (?:trở|đổ) (lên|xuống)(?!\p{L})")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document in their place, with some context where the words alone say little.

    `document` is its id, `place` the file, and the record inside it: what a reader opens (`archive.jsonl#12`).
    """

    document: str
    place: str
    start: int
    end: int
    words: str

    def __str__(self) -> str:
        return f"{self.words} [{self.place}:{self.start}]"


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """A person in an office. The days are the first and last on which a source attests it, not its term.

    `sources` counts independent documents: copies of one text are one source.
    """

    name: str
    title: str | None
    org: str | None
    first_attested: str | None
    last_attested: str | None
    sources: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class RelatedDecree:
    """What a source says one act does to another: `other` is the act at the other end.

    `other` is the key of that act, None for a document without a number of its own, which `document` then is. `quote`
    runs from the first to the last of subject, cue and object; where that is long, it is the cue in its context.
    """

    relation: str
    planned: bool
    other: str | None
    other_words: str
    pinpoint: str | None
    document: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class CitedDecree:
    """A decree under its key, and by how many documents (copies counted once) and how often it is cited.

    `lexicon` names the fields that no source states, but the lexicon of acts. `does` is what the act does to others,
    `undergoes` what others do to it.
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
    does: tuple[RelatedDecree, ...]
    undergoes: tuple[RelatedDecree, ...]


@dataclass(frozen=True, slots=True)
class DecreeCard:
    """One decree with every place that cites it."""

    decree: CitedDecree
    citations: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FigureGiven:
    """A figure as a reader writes it, and where it stands."""

    subject: str | None
    metric: str | None
    value: str
    period: str | None
    role: str
    document: str
    quote: Quote


def people(base: FactBase) -> list[OfficeHeld]:
    """Every person and office, by name and then by time."""
    quotes, sources = _quotes_of_offices(base.db)
    rows = base.db.execute(
        "SELECT o.key, p.name, o.title, o.org, o.first_attested, o.last_attested"
        " FROM occupancy o JOIN person p ON p.key = o.person"
    )
    held = [
        OfficeHeld(*row[1:], sources=len(sources[row["key"]]), quotes=tuple(quotes[row["key"]]))  # type: ignore[misc]
        for row in rows
    ]
    return sorted(held, key=lambda one: (
        fold(one.name), one.name, one.first_attested or "9999", one.title or "", one.org or "",
    ))


def _quotes_of_offices(db: sqlite3.Connection) -> tuple[dict[int, list[Quote]], dict[int, set[str]]]:
    quotes: dict[int, list[Quote]] = defaultdict(list)
    sources: dict[int, set[str]] = defaultdict(set)
    for row in db.execute(
        f'SELECT x.occupancy, d.id, {_PLACE}, coalesce(d.copy_of, d.id) AS source, m.start, m."end",'
        " m.prefix, m.quote, m.suffix"
        " FROM occupancy_mention x JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document"
        " ORDER BY d.id, m.start"
    ):
        words = " ".join(_context(row["prefix"], row["quote"], row["suffix"]).split())
        quotes[row["occupancy"]].append(Quote(row["id"], row["place"], row["start"], row["end"], words))
        sources[row["occupancy"]].add(row["source"])
    return quotes, sources


def _context(prefix: str, quote: str, suffix: str) -> str:
    """The quote with the whole words around it; an end that may have been cut inside a word is left out."""
    before = prefix.partition(" ")[2] if len(prefix) == _REACH else prefix
    after = suffix.rpartition(" ")[0] if len(suffix) == _REACH else suffix
    return f"{before}{quote}{after}"


def decrees(base: FactBase) -> list[CitedDecree]:
    """Every decree, the most cited first, with what it does to others and what they do to it."""
    does, undergoes = _relations(base.db)
    rows = base.db.execute(
        """
        SELECT e.key, e.id, e.doc_type, e.number, coalesce(e.date, e.year) AS date, e.title, e.issuer, e.urn, e.lexicon,
               count(DISTINCT coalesce(d.copy_of, d.id)) AS cited_by, count(*) AS mentions
        FROM decree e JOIN decree_mention x ON x.decree = e.key JOIN mention m ON m.key = x.mention
        JOIN document d ON d.key = m.document
        GROUP BY e.key ORDER BY cited_by DESC, mentions DESC, e.id
        """
    )
    return [
        CitedDecree(
            row["id"], row["doc_type"], row["number"], None if row["date"] is None else str(row["date"]), row["title"],
            row["issuer"], row["cited_by"], row["mentions"], row["urn"], tuple((row["lexicon"] or "").split()),
            tuple(does[row["key"]]), tuple(undergoes[row["key"]]),
        )
        for row in rows
    ]


def decree_cards(base: FactBase, asked: str) -> list[DecreeCard]:
    """The decrees whose number or key is `asked` (case and marks do not matter), else those that the filter `decree`
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
    return [DecreeCard(one, tuple(_citations(base.db, one.key))) for one in exact or named]


def _citations(db: sqlite3.Connection, key: str) -> Iterator[Quote]:
    for row in db.execute(
        f'SELECT d.id, {_PLACE}, m.start, m."end", m.prefix, m.quote, m.suffix FROM decree e'
        " JOIN decree_mention x ON x.decree = e.key JOIN mention m ON m.key = x.mention"
        " JOIN document d ON d.key = m.document WHERE e.id = ? ORDER BY d.id, m.start", (key,)
    ):
        words = " ".join(_context(row["prefix"], row["quote"], row["suffix"]).split())
        yield Quote(row["id"], row["place"], row["start"], row["end"], words)


_RELATIONS = f"""
    SELECT r.relation, r.planned, d.id AS document, {_PLACE}, sm.decree AS subject_key,
           sd.id AS subject, om.decree AS object_key, od.id AS object, s.quote AS subject_words,
           o.quote AS object_words, f.pinpoint, min(r.start, o.start, coalesce(s.start, r.start)) AS first,
           max(r."end", o."end", coalesce(s."end", 0)) AS last,
           r.start, r."end", r.prefix, r.quote, r.suffix, d.key AS document_key
    FROM relation r JOIN document d ON d.key = r.document
    JOIN mention o ON o.key = r.object JOIN decree_fact f ON f.mention = o.key
    JOIN decree_mention om ON om.mention = o.key JOIN decree od ON od.key = om.decree
    LEFT JOIN mention s ON s.key = r.subject
    LEFT JOIN decree_mention sm ON sm.mention = s.key LEFT JOIN decree sd ON sd.key = sm.decree
    ORDER BY d.id, r.start, o.start, r.id
"""
_WHOLE = 400  # characters; a longer statement is shown by its cue


def _relations(db: sqlite3.Connection) -> tuple[dict[int, list[RelatedDecree]], dict[int, list[RelatedDecree]]]:
    """By key of the decree: what it does, and what is done to it."""
    does: dict[int, list[RelatedDecree]] = defaultdict(list)
    undergoes: dict[int, list[RelatedDecree]] = defaultdict(list)
    for row in db.execute(_RELATIONS):
        quote = _statement(db, row)
        planned, document, pinpoint = bool(row["planned"]), row["document"], row["pinpoint"]
        if row["subject_key"] is not None:
            does[row["subject_key"]].append(RelatedDecree(
                row["relation"], planned, row["object"], row["object_words"], pinpoint, document, quote,
            ))
        undergoes[row["object_key"]].append(RelatedDecree(
            row["relation"], planned, row["subject"], row["subject_words"] or row["place"], pinpoint, document, quote,
        ))
    return does, undergoes


def _statement(db: sqlite3.Connection, row: sqlite3.Row) -> Quote:
    if row["last"] - row["first"] > _WHOLE:
        words = _context(row["prefix"], row["quote"], row["suffix"])
        return Quote(row["document"], row["place"], row["start"], row["end"], " ".join(words.split()))
    words = db.execute(
        "SELECT substr(text, ?, ?) FROM document WHERE key = ?",
        (row["first"] + 1, row["last"] - row["first"], row["document_key"]),
    ).fetchone()[0]
    return Quote(row["document"], row["place"], row["first"], row["last"], " ".join(words.split()))


def figures(base: FactBase) -> list[FigureGiven]:
    """Every figure, by whose it is, what it measures and when."""
    rows = base.db.execute(
        f'SELECT f.*, m.start, m."end", m.prefix, m.quote, m.suffix, d.id AS document, {_PLACE} FROM figure_fact f'
        " JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document"
        " ORDER BY f.subject IS NULL, f.subject, f.metric IS NULL, f.metric, f.first_day, f.period, d.id, m.start, m.id"
    )
    return [
        FigureGiven(
            row["subject"], row["metric"], value_in_words(row), row["period"] and short_date(row["period"]),
            row["role"], row["document"], Quote(row["document"], row["place"], row["start"], row["end"], row["quote"]),
        )
        for row in rows
    ]


def value_in_words(row: sqlite3.Row) -> str:
    """The value of a row of `figure_fact` with its mention, as Vietnamese readers write it.

    `hơn 80,71%`, `thứ 8/63`, `10–12 triệu`. How exact it is stays in the source's own words, since `under` covers both
    `gần` and `dưới`.
    """
    value = number_in_figures(Decimal(row["value"]))
    exactness = _exactness(row)
    if row["high"] is not None:
        inside = _word_within(row)
        high = number_in_figures(Decimal(row["high"]))
        value, exactness = (f"{value}–{inside} {high}", ("", "")) if inside else (f"{value}–{high}", exactness)
    if row["of"] is not None:
        value += f"/{number_in_figures(Decimal(row['of']))}"
    if row["role"] == "rank":
        value = f"thứ {value}"
    unit = row["unit"] or ""
    shown = _CURRENCIES.get(unit, unit if unit in ("", "%", "‰") else f" {unit}")
    return f"{exactness[0]} {value}{shown} {exactness[1]}".strip()


def _exactness(row: sqlite3.Row) -> tuple[str, str]:
    """The words before and after the value, the source's own where they stand beside the quote."""
    approx = row["approx"]
    if approx not in _APPROX:
        return "", ""
    onward = _ONWARD.match(row["suffix"].lower()) if approx in ("at_least", "at_most") else None
    if onward:
        return ("từ" if onward[1] == "lên" else ""), f"trở {onward[1]}"
    before = row["prefix"].lower()
    if (found := approximator_before(before, len(before))) and found[1] == approx:
        return " ".join(before[found[0]:].split()), ""
    if approx in _COMPARISONS and (compared := _COMPARISONS[approx].search(before)):
        return compared[1], ""
    return _APPROX[approx], ""


def _word_within(row: sqlite3.Row) -> str | None:
    """`từ 2 đến dưới 10 ha`: only the upper end is not exact."""
    quote = row["quote"].lower()
    for digit in regex.finditer(r"(?<=\p{L} )\d", quote):
        if (found := approximator_before(quote, digit.start())) and found[0] and found[1] == row["approx"]:
            return " ".join(quote[found[0] : digit.start()].split())
    return None
