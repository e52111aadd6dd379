"""One act under one key, however it is spelt: which mentions are joined, and by which rule.

Mentions with an equal canonical key (`extractors.decree_key`) are one act. A key with an unknown part (`?`), or a
law named by name and year alone, joins a complete key that agrees with it in all other parts and in its issuer: the only
one of its own document, else one that something in its own words decides. Where several agree or nothing decides it
stays apart: a law by its name and year, anything less within its document. Two numbers, years or issuers are never one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from corpus.shadow import fold
from extractors.acts import act_by_name
from extractors.decree_key import PARTY, UNKNOWN, decree_key, identify, key_by_name, known_act
from extractors.facts import Decree
from outputs.factbase.names import content_id

_SERIES = 3     # place of year or date among the five parts of a key
_FEWEST = 4     # syllables of a title that says which act is meant
_LAST_DAY = "2200-01-01"
_ANYWHERE = -1  # stands for the document of what all documents know
_BILL_YEARS = 2
_CANDIDATES = 20
_NO_PLACE = regex.compile(   # `UBND tỉnh` names no province
    r"(?<=^vn:[^:]+:[^:@]+)@(?:tinh|thanh-pho|tp|quan|huyen|thi-xa|thi-tran|phuong|xa|thanh-uy|tinh-uy)(?=:)"
)
_OF_TERM = regex.compile(r"(?:QH|UBTVQH|HĐNN|TVQH)\d{1,2}")

FIELDS = ("doc_type", "number", "year", "date", "issuer", "title")
_STATED = (
    "SELECT m.key, m.document, f.doc_type, f.number, f.year, f.date, f.issuer, f.title, d.first_day AS published,"
    " coalesce(d.copy_of, d.id) AS source, m.start <= own.start AND own.start < m.\"end\" AS own "
    "FROM decree_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document "
    "LEFT JOIN (SELECT key, json_extract(notice, '$.number.start') AS start FROM document WHERE notice IS NOT NULL) own"
    " ON own.key = d.key ORDER BY d.id, m.start, m.\"end\""
)
_TABLES = {   # on disk, since an archive of laws cites millions of times
    "cited": "place INTEGER PRIMARY KEY, key INTEGER, document INTEGER, id TEXT, rule TEXT, published TEXT,"
             " source TEXT, own INTEGER, doc_type TEXT, number TEXT, year INTEGER, date TEXT, issuer TEXT, title TEXT",
    "known": "type TEXT, number TEXT, document INTEGER, name TEXT, id TEXT, "
             "PRIMARY KEY (type, number, document, name, id)",
    "issued": "id TEXT, issuer TEXT, PRIMARY KEY (id, issuer)",
    "titled": "id TEXT, title TEXT, PRIMARY KEY (id, title)",
    "joined": "place INTEGER PRIMARY KEY, id TEXT, rule TEXT",
    "candidate": "id TEXT, candidate TEXT, PRIMARY KEY (id, candidate)",
    "said": "id TEXT, field TEXT, value TEXT, mention INTEGER, place INTEGER, source TEXT, own INTEGER",
}


@dataclass(frozen=True, slots=True)
class _Mention:
    place: int
    document: int
    id: str
    published: str | None
    fact: Decree

    @property
    def parts(self) -> list[str]:
        return self.id.split(":", 4)


def cite(db: sqlite3.Connection) -> None:
    """Fill `temp.cited`: every mention of an act with the key that its own words give it."""
    drop(db)
    for name, stated in _TABLES.items():
        db.execute(f"CREATE TEMP TABLE {name} ({stated})")
    db.execute("CREATE INDEX temp.cited_rule ON cited (id, rule)")
    columns = ("key", "document", "id", "rule", "published", "source", "own", *FIELDS)
    db.executemany(
        f"INSERT INTO temp.cited ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        (
            (row["key"], row["document"], *_key(row), row["published"], row["source"], row["own"] or 0,
             *(row[name] for name in FIELDS))
            for row in db.execute(_STATED)
        ),
    )


def drop(db: sqlite3.Connection) -> None:
    """Forget the tables of one assembly."""
    for name in _TABLES:
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")


def join(db: sqlite3.Connection) -> None:
    """Give every mention in `temp.cited` the id of its act and the rule that joined it; fill `temp.candidate`.

    Laws named by their day first, then those named by year, so that those that say less find one key and not two.
    """
    for wanted in (_named_by_day, _named_by_year):
        _pass(db, wanted)
    _doubt(db)
    _pass(db, _open)
    known = _Known(db)
    for mention in _mentions(db, _open):
        name = f"{mention.id}#{_in(db, mention.document)}"
        db.execute("INSERT INTO temp.joined VALUES (?, ?, 'apart')", (mention.place, name))
        db.executemany(
            "INSERT OR IGNORE INTO temp.candidate VALUES (?, ?)",
            ((name, other) for other in known.agreeing(mention, None)[:_CANDIDATES]),
        )
    _take_over(db)
    db.execute("CREATE INDEX temp.cited_id ON cited (id, place)")
    db.execute("CREATE INDEX temp.cited_key ON cited (key)")


def _take_over(db: sqlite3.Connection) -> None:
    db.execute("UPDATE temp.cited SET id = j.id, rule = j.rule FROM temp.joined j WHERE j.place = cited.place")
    db.execute("DELETE FROM temp.joined")


def _in(db: sqlite3.Connection, document: int) -> str:
    """What tells the acts of one document that say too little from those of others."""
    row = db.execute("SELECT id FROM document WHERE key = ?", (document,)).fetchone()
    return content_id("in", row["id"])[3:11]


def _pass(db: sqlite3.Connection, wanted: Callable[[str], bool]) -> None:
    known = _Known(db)
    db.executemany("INSERT INTO temp.joined VALUES (?, ?, ?)", (
        (mention.place, *found) for mention in _mentions(db, wanted) if (found := _joined(mention, known)) is not None
    ))
    _take_over(db)


def _doubt(db: sqlite3.Connection) -> None:
    """Undo what the lexicon said of a law without year, where the archive knows an act of the name that it does not."""
    known = _Known(db)
    for row in db.execute("SELECT * FROM temp.cited WHERE rule = 'published' ORDER BY place"):
        name = key_by_name(fact_of(row))
        if name and known.unlisted(name, row["published"]):
            db.execute("INSERT INTO temp.joined VALUES (?, ?, 'name')", (row["place"], name))
    _take_over(db)


def _joined(mention: _Mention, known: _Known) -> tuple[str, str] | None:
    """The act that a mention is joined to, and the rule; None where nothing decides."""
    if found := known.only(mention, mention.document):
        return found, "document"
    rules: tuple[tuple[str, Callable[[_Mention, _Known], str | None]], ...] = (
        ("number and name", _by_number_and_name), ("only act", _only_act), ("term", _by_term), ("year", _by_year),
        ("title", _by_title),
    )
    return next(((found, rule) for rule, finds in rules if (found := finds(mention, known))), None)


def _by_number_and_name(mention: _Mention, known: _Known) -> str | None:
    """A law by name and year or day, where a source states this name, year and the number together."""
    if mention.parts[_SERIES] == UNKNOWN or not _by_name(mention.id):
        return None
    return known.only(mention, None)


def _only_act(mention: _Mention, known: _Known) -> str | None:
    """A law without year of whose name there has only been one; not in a document older than its bill."""
    fact = mention.fact
    if not _by_name(mention.id) or mention.parts[_SERIES] != UNKNOWN or fact.doc_type == "hiến pháp":
        return None
    act = act_by_name(fact.doc_type, fact.title, published=_LAST_DAY)
    if act is None or act.number is None or known.unlisted(mention.id, None):
        return None
    if mention.published and int(mention.published[:4]) < int(act.date[:4]) - _BILL_YEARS:
        return None
    named = replace(fact, doc_type=act.doc_type, number=act.number, date=act.date, year=int(act.date[:4]))
    return decree_key(named)


def _by_term(mention: _Mention, known: _Known) -> str | None:
    """`1673/NQ-UBTVQH15`: numbers without a year of their own run through the term of the assembly that they name."""
    if not _OF_TERM.fullmatch(mention.parts[2]):
        return None
    found = [key for key in known.agreeing(mention, None) if key.split(":", 4)[_SERIES] != "term"]
    return found[0] if len(found) == 1 else None


def _by_year(mention: _Mention, known: _Known) -> str | None:
    """A number of the Party with its year alone, and the only act of that number and issuer in the year."""
    if mention.fact.year is None or mention.parts[2].partition("@")[0] not in PARTY:
        return None
    found = [key for key in known.agreeing(mention, None) if key.split(":", 4)[_SERIES][:4] == str(mention.fact.year)]
    return found[0] if len(found) == 1 else None


def _by_title(mention: _Mention, known: _Known) -> str | None:
    """A number without year or issuer, and the only act of that number whose title is the same."""
    title = fold(mention.fact.title or "")
    if _by_name(mention.id) or len(title.split()) < _FEWEST or mention.fact.year is not None:
        return None
    found = [key for key in known.agreeing(mention, None) if known.is_titled(key, title)]
    return found[0] if len(found) == 1 else None


def _mentions(db: sqlite3.Connection, wanted: Callable[[str], bool]) -> Iterator[_Mention]:
    """Those of which the key is wanted."""
    for row in db.execute("SELECT * FROM temp.cited ORDER BY place"):
        if wanted(row["id"]):
            yield _Mention(row["place"], row["document"], row["id"], row["published"], fact_of(row))


def fact_of(row: sqlite3.Row) -> Decree:
    """The fact of a row that has its fields."""
    return Decree(start=0, end=0, text="", **{name: row[name] for name in FIELDS})


def _key(row: sqlite3.Row) -> tuple[str, str]:
    return _key_of(fact_of(row), row["published"] if row["number"] is None else None)


@lru_cache(maxsize=8192)   # the same acts are cited again and again
def _key_of(fact: Decree, published: str | None) -> tuple[str, str]:
    """The key that the words of a mention give it, and the rule."""
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


class _Known:
    """Keys whose series is known, by type and number, in one document (or, for document None, in all)."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        for table in ("known", "issued", "titled"):
            db.execute(f"DELETE FROM temp.{table}")
        rows = db.execute("SELECT DISTINCT id, document, doc_type, number, year, date, issuer, title FROM temp.cited")
        db.executemany("INSERT OR IGNORE INTO temp.known VALUES (?, ?, ?, ?, ?)", (
            known for row in rows for known in _known(row["id"], row["document"], fact_of(row))
        ))
        for table, column in (("issued", "issuer"), ("titled", "title")):
            said = db.execute(f"SELECT DISTINCT id, {column} FROM temp.cited WHERE {column} IS NOT NULL")
            db.executemany(
                f"INSERT OR IGNORE INTO temp.{table} VALUES (?, ?)", ((row[0], fold(row[1])) for row in said if row[1])
            )

    def only(self, mention: _Mention, document: int | None) -> str | None:
        """The one key that agrees with that of a mention; None where there is none, or several."""
        agreeing = self.agreeing(mention, document)
        return agreeing[0] if len(agreeing) == 1 else None

    def agreeing(self, mention: _Mention, document: int | None) -> list[str]:
        """The keys that agree with that of a mention and may be of its issuer, in order."""
        parts = mention.parts
        rows = self._db.execute(
            "SELECT name, id FROM temp.known WHERE type = ? AND number = ? AND document = ?",
            (parts[1], parts[4], _ANYWHERE if document is None else document),
        )
        found = {row["id"] for row in rows if _agree(mention.id, row["name"]) and row["id"] != mention.id}
        return sorted(key for key in found if self._may_issue(mention, key))

    def unlisted(self, name: str, until: str | None) -> bool:
        """Whether there is an act of this name that the lexicon does not have, made by a day."""
        parts = name.split(":", 4)
        rows = self._db.execute(
            "SELECT DISTINCT k.name, k.id FROM temp.known k WHERE k.type = ? AND k.number = ? AND k.document = ?",
            (parts[1], parts[4], _ANYWHERE),
        ).fetchall()
        return any(
            (until is None or row["name"].split(":", 4)[_SERIES][:4] <= until[:4]) and not self._listed(row["id"])
            for row in rows
        )

    def _listed(self, key: str) -> bool:
        return known_act(key) is not None or self._db.execute(
            "SELECT 1 FROM temp.cited WHERE id = ? AND rule IN ('lexicon', 'published') LIMIT 1", (key,)
        ).fetchone() is not None

    def is_titled(self, key: str, title: str) -> bool:
        """Whether a mention of this key gives the title, folded."""
        row = self._db.execute("SELECT 1 FROM temp.titled WHERE id = ? AND title = ?", (key, title)).fetchone()
        return row is not None

    def _may_issue(self, mention: _Mention, key: str) -> bool:
        """Whether the body that a mention names as issuer may be the one that others name for this key."""
        mine = fold(mention.fact.issuer or "")
        if not mine:
            return True
        others = [row["issuer"] for row in self._db.execute("SELECT issuer FROM temp.issued WHERE id = ?", (key,))]
        return not others or any(mine in other or other in mine for other in others)


def _known(key: str, document: int, fact: Decree) -> Iterator[tuple[str, str, int, str, str]]:
    for name in () if _open(key) else _names(key, fact):
        parts = name.split(":", 4)
        for place in (document, _ANYWHERE):
            yield parts[1], parts[4], place, name, key


def _names(key: str, fact: Decree) -> Iterable[str]:
    """The key of a mention, and where it gives a name too, the key that its name alone would have."""
    yield key
    if fact.title and not _by_name(key):
        by_name = key_by_name(replace(fact, number=None))
        if by_name:
            yield by_name


def _by_name(name: str) -> bool:
    return name.split(":", 4)[4].startswith("@")


def _agree(one: str, other: str) -> bool:
    """Equal in every part that both know; a year agrees with the days in it."""
    return all(
        _may_be(mine, yours) or (place == _SERIES and (yours.startswith(f"{mine}-") or mine.startswith(f"{yours}-")))
        for place, (mine, yours) in enumerate(zip(one.split(":", 4), other.split(":", 4), strict=True))
    )


def _may_be(mine: str, yours: str) -> bool:
    """Equal, or not told on one side: the whole part, or the place behind `UBND@`."""
    if mine == yours or UNKNOWN in (mine, yours):
        return True
    (organ, _, place), (other, _, there) = mine.partition("@"), yours.partition("@")
    return organ == other and UNKNOWN in (place, there)


def missing(key: str) -> str | None:
    """What the key of an act leaves open: `year`, `issuer`, `issuer year`; None for an identified act."""
    parts = key.split(":", 4)
    found = [name for name, part in (("issuer", parts[2]), ("year", parts[_SERIES])) if UNKNOWN in part]
    return " ".join(found) or None


def _open(name: str) -> bool:
    """Too little is said: no year, or no issuer of a number."""
    return name.split(":", 4)[_SERIES] == UNKNOWN or (UNKNOWN in name and not _by_name(name))


def _named_by_day(name: str) -> bool:
    return _by_name(name) and len(name.split(":", 4)[_SERIES]) == len("1946-07-19")


def _named_by_year(name: str) -> bool:
    return _by_name(name) and not _named_by_day(name) and name.split(":", 4)[_SERIES] != UNKNOWN
