"""One act under one key, however it is spelt: which mentions are joined, and by which rule.

Mentions with an equal canonical key (`extractors.decree_key`) are one act. A key with an unknown part (`?`), or a
law named by name and year alone, joins a complete key that agrees with it in all other parts and in its issuer: the
only one of its own document, else one that something in its own words decides. Where several agree or nothing decides
it stays apart: a law by its name and year, anything less within its document. Two numbers or years are never one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

import regex

from corpus.shadow import fold
from extractors.acts import act_by_name
from extractors.decree_key import PARTY, UNKNOWN, decree_key, identify, key_by_name
from extractors.facts import Decree
from outputs.factbase.names import content_id
from pipeline.assemble.decrees.constitutions import Constitutions
from pipeline.assemble.decrees.known import FIELDS, SERIES, Known, Mention, fact_of, is_named, is_open

_FEWEST = 4     # syllables of a title that says which act is meant
_LAST_DAY = "2200-01-01"
_BILL_YEARS = 2
_CANDIDATES = 20
_NO_PLACE = regex.compile(   # `UBND tỉnh` names no province
    r"(?<=^vn:[^:]+:[^:@]+)@(?:tinh|thanh-pho|tp|quan|huyen|thi-xa|thi-tran|phuong|xa|thanh-uy|tinh-uy)(?=:)"
)
_OF_TERM = regex.compile(r"(?:QH|UBTVQH|HĐNN|TVQH)\d{1,2}")

_STATED = (
    "SELECT m.key, m.document, d.first_day, coalesce(d.copy_of, d.id), m.start <= own.start AND own.start < m.\"end\","
    f" {', '.join(f'f.{name}' for name in FIELDS)} "
    "FROM decree_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document "
    "LEFT JOIN (SELECT key, json_extract(notice, '$.number.start') AS start FROM document WHERE notice IS NOT NULL) own"
    " ON own.key = d.key ORDER BY d.id, m.start, m.\"end\""
)
_TABLES = {   # on disk, since an archive of laws cites millions of times
    "cited": "place INTEGER PRIMARY KEY, key INTEGER, document INTEGER, id TEXT, rule TEXT, published TEXT,"
             " source TEXT, own INTEGER, doc_type TEXT, number TEXT, year INTEGER, date TEXT, issuer TEXT, title TEXT",
    "joined": "place INTEGER PRIMARY KEY, id TEXT, rule TEXT",
    "candidate": "id TEXT, candidate TEXT, PRIMARY KEY (id, candidate)",
    "said": "id TEXT, field TEXT, value TEXT, mention INTEGER, place INTEGER, source TEXT, own INTEGER",
}


def cite(db: sqlite3.Connection) -> None:
    """Fill `temp.cited`: every mention of an act with the key that its own words give it."""
    drop(db)
    for name, stated in _TABLES.items():
        db.execute(f"CREATE TEMP TABLE {name} ({stated})")
    columns = ("key", "document", "id", "rule", "published", "source", "own", *FIELDS)
    db.executemany(
        f"INSERT INTO temp.cited ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        (
            (key, document, *_key_of(published if number is None else None, doc_type, number, *rest), published, source,
             own or 0, doc_type, number, *rest)
            for key, document, published, source, own, doc_type, number, *rest in db.execute(_STATED)
        ),
    )
    db.execute("CREATE INDEX temp.cited_rule ON cited (id, rule)")


def drop(db: sqlite3.Connection) -> None:
    """Forget the tables of one assembly."""
    for name in (*_TABLES, *Known.TABLES):
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")


def join(db: sqlite3.Connection) -> None:
    """Give every mention in `temp.cited` the id of its act and the rule that joined it; fill `temp.candidate`.

    Laws named by their day first, then those named by year, so that those that say less find one key and not two.
    """
    known = Known(db)
    for wanted in (_named_by_day, _named_by_year):
        db.executemany("INSERT INTO temp.joined VALUES (?, ?, ?)", (
            (mention.place, *found) for mention in _mentions(db, ":@", wanted) if (found := _joined(mention, known))
        ))
        _take_over(db, known)
    _doubt(db, known)
    _take_over(db, known)
    constitutions = Constitutions(db)
    for document, mentions in groupby(_mentions(db, UNKNOWN, is_open), key=attrgetter("document")):
        _join_open(db, known, constitutions, document, mentions)
    _take_over(db)
    db.execute("CREATE INDEX temp.cited_id ON cited (id, place)")
    db.execute("CREATE INDEX temp.cited_key ON cited (key)")


def _take_over(db: sqlite3.Connection, known: Known | None = None) -> None:
    """Put what was found in its place; `known` are the keys that there are by then."""
    if known:
        known.change("SELECT c.id FROM temp.joined j JOIN temp.cited c USING (place) UNION SELECT id FROM temp.joined")
    db.execute("UPDATE temp.cited SET id = j.id, rule = j.rule FROM temp.joined j WHERE j.place = cited.place")
    db.execute("DELETE FROM temp.joined")
    if known:
        known.renew()


def _doubt(db: sqlite3.Connection, known: Known) -> None:
    """Undo what the lexicon said of a law without year, where the archive knows an act of the name that it does not."""
    for row in db.execute("SELECT * FROM temp.cited WHERE rule = 'published' ORDER BY place"):
        name = key_by_name(fact_of(row))
        if name and known.unlisted(name, row["published"]):
            db.execute("INSERT INTO temp.joined VALUES (?, ?, 'name')", (row["place"], name))


def _join_open(
    db: sqlite3.Connection, known: Known, constitutions: Constitutions, document: int, mentions: Iterable[Mention]
) -> None:
    """Join mentions of a document that say too little; where nothing decides they are acts of this document alone."""
    joined: list[tuple[int, str, str]] = []
    candidates: dict[tuple[str, str], None] = {}
    inside = ""
    for mention in mentions:
        if (found := _joined(mention, known)) and constitutions.may_be(mention, found[0]):
            joined.append((mention.place, *found))
            continue
        inside = inside or _in(db, document)
        name = f"{mention.id}#{inside}"
        joined.append((mention.place, name, "apart"))
        candidates |= {(name, other): None for other in known.agreeing(mention)[:_CANDIDATES]}
    db.executemany("INSERT INTO temp.joined VALUES (?, ?, ?)", joined)
    db.executemany("INSERT INTO temp.candidate VALUES (?, ?)", candidates)


def _in(db: sqlite3.Connection, document: int) -> str:
    """What tells the acts of one document that say too little from those of others."""
    row = db.execute("SELECT id FROM document WHERE key = ?", (document,)).fetchone()
    return content_id("in", row["id"])[3:11]


def _joined(mention: Mention, known: Known) -> tuple[str, str] | None:
    """The act that a mention is joined to, and the rule; None where nothing decides."""
    if found := known.only(mention, mention.document):
        return found, "document"
    rules: tuple[tuple[str, Callable[[Mention, Known], str | None]], ...] = (
        ("number and name", _by_number_and_name), ("only act", _only_act), ("term", _by_term), ("year", _by_year),
        ("title", _by_title),
    )
    return next(((found, rule) for rule, finds in rules if (found := finds(mention, known))), None)


def _by_number_and_name(mention: Mention, known: Known) -> str | None:
    """A law by name and year or day, where a source states this name, year and the number together."""
    if mention.parts[SERIES] == UNKNOWN or not is_named(mention.id):
        return None
    return known.only(mention)


def _only_act(mention: Mention, known: Known) -> str | None:
    """A law without year of whose name there has only been one; not in a document older than its bill."""
    fact = mention.fact
    if not is_named(mention.id) or mention.parts[SERIES] != UNKNOWN or fact.doc_type == "hiến pháp":
        return None
    act = act_by_name(fact.doc_type, fact.title, published=_LAST_DAY)
    if act is None or act.number is None or known.unlisted(mention.id, None):
        return None
    if mention.published and int(mention.published[:4]) < int(act.date[:4]) - _BILL_YEARS:
        return None
    named = replace(fact, doc_type=act.doc_type, number=act.number, date=act.date, year=int(act.date[:4]))
    return decree_key(named)


def _by_term(mention: Mention, known: Known) -> str | None:
    """`1673/NQ-UBTVQH15`: numbers without a year of their own run through the term of the assembly that they name."""
    if not _OF_TERM.fullmatch(mention.parts[2]):
        return None
    found = [key for key in known.agreeing(mention) if key.split(":", 4)[SERIES] != "term"]
    return found[0] if len(found) == 1 else None


def _by_year(mention: Mention, known: Known) -> str | None:
    """A number of the Party with its year alone, and the only act of that number and issuer in the year."""
    if mention.fact.year is None or mention.parts[2].partition("@")[0] not in PARTY:
        return None
    found = [key for key in known.agreeing(mention) if key.split(":", 4)[SERIES][:4] == str(mention.fact.year)]
    return found[0] if len(found) == 1 else None


def _by_title(mention: Mention, known: Known) -> str | None:
    """A number without year or issuer, and the only act of that number whose title is the same."""
    title = fold(mention.fact.title or "")
    if is_named(mention.id) or len(title.split()) < _FEWEST or mention.fact.year is not None:
        return None
    found = [key for key in known.agreeing(mention) if known.is_titled(key, title)]
    return found[0] if len(found) == 1 else None


def _mentions(db: sqlite3.Connection, sign: str, wanted: Callable[[str], bool]) -> Iterator[Mention]:
    """Those of which the key is wanted; every such key holds the sign."""
    for row in db.execute("SELECT * FROM temp.cited WHERE instr(id, ?) ORDER BY place", (sign,)):
        if wanted(row["id"]):
            yield Mention(row["place"], row["document"], row["id"], row["published"], fact_of(row))


@lru_cache(maxsize=8192)   # the same acts are cited again and again
def _key_of(published: str | None, *fields: str | int | None) -> tuple[str, str]:
    """The key that the words of a mention give it, and the rule."""
    fact = fact_of(dict(zip(FIELDS, fields, strict=True)))
    found = identify(fact, published)
    if found is None:
        return _unidentified(fact), "name"
    key = _NO_PLACE.sub("@?", found.key)
    if found.basis == "lexicon":
        return key, "lexicon" if fact.year or fact.date else "published"
    return key, "number" if fact.number is not None else "name"


def _unidentified(fact: Decree) -> str:
    """For an act named by its subject alone, or by a number that no grammar knows."""
    return ":".join(("vn", fold(fact.doc_type), UNKNOWN, UNKNOWN, fold(fact.number or fact.title or "")))


def missing(key: str) -> str | None:
    """What the key of an act leaves open: `year`, `issuer`, `issuer year`; None for an identified act."""
    parts = key.split(":", 4)
    found = [name for name, part in (("issuer", parts[2]), ("year", parts[SERIES])) if UNKNOWN in part]
    return " ".join(found) or None


def _named_by_day(name: str) -> bool:
    return is_named(name) and len(name.split(":", 4)[SERIES]) == len("1946-07-19")


def _named_by_year(name: str) -> bool:
    return is_named(name) and not _named_by_day(name) and name.split(":", 4)[SERIES] != UNKNOWN
