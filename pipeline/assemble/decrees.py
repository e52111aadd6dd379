"""One decree under one key, however it is spelt.

Merge rules: mentions with an equal canonical key (`extractors.decree_key`) are one decree. A key with an unknown part
(`?`), or a law named by name and year alone, joins the one complete key that agrees with it in all other parts and
in its issuer: first among the mentions of its own document, else in the whole fact base, but a bare number (`Nghị
quyết 15`) only in its document. Where several agree it stays by itself, and with an unknown part within its document.
Two different numbers, years or issuers are never joined. A law named with its year has the key of its number, which the
lexicon of acts knows. What no source states of an act is shown from the lexicon, and `decree.lexicon` says so.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from corpus.shadow import fold
from extractors.decree_key import UNKNOWN, decree_key, identify, key_by_name, known_act
from extractors.decree_urn import urn_lex
from extractors.facts import Decree
from outputs.factbase.names import content_id

_SERIES = 3  # place of year or date among the five parts of a key


@dataclass(frozen=True, slots=True)
class _Mention:
    place: int
    key: int
    document: int
    id: str
    fact: Decree


_FIELDS = ("doc_type", "number", "year", "date", "issuer", "title")
_STATED = (
    "SELECT m.key, m.document, f.doc_type, f.number, f.year, f.date, f.issuer, f.title, d.first_day AS published "
    "FROM decree_fact f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document "
    "ORDER BY d.id, m.start, m.end"
)
_TABLES = {   # on disk, since an archive of laws cites millions of times
    "cited": "place INTEGER PRIMARY KEY, key INTEGER, document INTEGER, id TEXT, "
             "doc_type TEXT, number TEXT, year INTEGER, date TEXT, issuer TEXT, title TEXT",
    "known": "type TEXT, number TEXT, document INTEGER, name TEXT, id TEXT, "
             "PRIMARY KEY (type, number, document, name, id)",
    "issued": "id TEXT, issuer TEXT, PRIMARY KEY (id, issuer)",
    "joined": "place INTEGER PRIMARY KEY, id TEXT",
}
_ANYWHERE = -1   # stands for the document of what all documents know


def assemble_decrees(db: sqlite3.Connection) -> None:
    """Fill `decree` and `decree_mention`; in memory are the mentions of one decree at a time."""
    for name, columns in _TABLES.items():
        db.execute(f"DROP TABLE IF EXISTS temp.{name}")
        db.execute(f"CREATE TEMP TABLE {name} ({columns})")
    db.executemany(
        f"INSERT INTO temp.cited (key, document, id, {', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((row["key"], row["document"], _key(row), *(row[name] for name in _FIELDS)) for row in db.execute(_STATED)),
    )
    _join_incomplete(db)
    for key, group in groupby(_mentions(db, order="id, place"), key=attrgetter("id")):
        _store(db, key, list(group))
    for name in _TABLES:
        db.execute(f"DROP TABLE temp.{name}")


def _mentions(
    db: sqlite3.Connection, wanted: Callable[[str], bool] = lambda name: True, *, order: str = "place"
) -> Iterator[_Mention]:
    """Those of which the key is wanted."""
    for row in db.execute(f"SELECT * FROM temp.cited ORDER BY {order}"):
        if wanted(row["id"]):
            yield _Mention(row["place"], row["key"], row["document"], row["id"], _fact(row))


def _fact(row: sqlite3.Row) -> Decree:
    return Decree(start=0, end=0, text="", **{name: row[name] for name in _FIELDS})


def _key(row: sqlite3.Row) -> str:
    return _key_of(_fact(row), row["published"] if row["number"] is None else None)


@lru_cache(maxsize=8192)   # the same acts are cited again and again
def _key_of(fact: Decree, published: str | None) -> str:
    return decree_key(fact, published) or _unidentified(fact)


def _unidentified(fact: Decree) -> str:
    """For an act named by its subject alone, or by a number that no grammar knows."""
    return ":".join(("vn", fold(fact.doc_type), UNKNOWN, UNKNOWN, fold(fact.number or fact.title or "")))


class _Known:
    """Keys whose series is known, by type and number, in one document (or, for document None, in all)."""

    def __init__(self, db: sqlite3.Connection, wanted: Callable[[str], bool]) -> None:
        self._db = db
        for table in ("known", "issued"):
            db.execute(f"DELETE FROM temp.{table}")
        db.executemany(
            "INSERT OR IGNORE INTO temp.known VALUES (?, ?, ?, ?, ?)",
            (row for one in _mentions(db, wanted) for row in _known(one)),
        )
        issued = db.execute("SELECT DISTINCT id, issuer FROM temp.cited WHERE issuer IS NOT NULL AND issuer <> ''")
        db.executemany(
            "INSERT OR IGNORE INTO temp.issued VALUES (?, ?)",
            ((row["id"], fold(row["issuer"])) for row in issued if wanted(row["id"])),
        )

    def only(self, mention: _Mention, document: int | None) -> str | None:
        """The one key that agrees with that of a mention; None where there is none, or several."""
        parts = mention.id.split(":", 4)
        rows = self._db.execute(
            "SELECT name, id FROM temp.known WHERE type = ? AND number = ? AND document = ?",
            (parts[1], parts[4], _ANYWHERE if document is None else document),
        )
        agreeing = {
            row["id"] for row in rows if _agree(mention.id, row["name"]) and self._may_issue(mention, row["id"])
        } - {mention.id}
        return next(iter(agreeing)) if len(agreeing) == 1 else None

    def _may_issue(self, mention: _Mention, key: str) -> bool:
        """Whether the body that a mention names as issuer may be the one that others name for this key."""
        mine = fold(mention.fact.issuer or "")
        if not mine:
            return True
        others = [row["issuer"] for row in self._db.execute("SELECT issuer FROM temp.issued WHERE id = ?", (key,))]
        return not others or any(mine in other or other in mine for other in others)


def _known(mention: _Mention) -> Iterator[tuple[str, str, int, str, str]]:
    for name in _names(mention):
        parts = name.split(":", 4)
        if parts[_SERIES] != UNKNOWN:
            for document in (mention.document, _ANYWHERE):
                yield parts[1], parts[4], document, name, mention.id


def _names(mention: _Mention) -> Iterable[str]:
    """The key of a mention, and where it gives a name too, the key that its name alone would have."""
    yield mention.id
    if mention.fact.title and not _by_name(mention.id):
        by_name = key_by_name(replace(mention.fact, number=None))
        if by_name:
            yield by_name


def _by_name(name: str) -> bool:
    return name.split(":", 4)[4].startswith("@")


def _agree(one: str, other: str) -> bool:
    """Equal in every part that both know; a year agrees with the days in it."""
    for place, (mine, yours) in enumerate(zip(one.split(":", 4), other.split(":", 4), strict=True)):
        if mine == yours or UNKNOWN in (mine, yours):
            continue
        if place == _SERIES and (yours.startswith(f"{mine}-") or mine.startswith(f"{yours}-")):
            continue
        return False
    return True


def _join_incomplete(db: sqlite3.Connection) -> None:
    """Laws named by their day first, so that those named by year alone find one key and not two; then the rest."""
    _join(db, _named_by_day, _Known(db, lambda name: not _by_name(name)))
    _join(db, _incomplete, _Known(db, lambda name: True))
    db.executemany("INSERT INTO temp.joined VALUES (?, ?)", _apart(db))
    _take_over(db)


def _apart(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Mentions that say too little stay within their document."""
    for mention in _mentions(db, _unclear):
        row = db.execute("SELECT id FROM document WHERE key = ?", (mention.document,)).fetchone()
        yield mention.place, f"{mention.id}#{content_id('in', row['id'])[3:11]}"


def _unclear(name: str) -> bool:
    return name.split(":", 4)[_SERIES] == UNKNOWN or (UNKNOWN in name and not _by_name(name))


def _join(db: sqlite3.Connection, wanted: Callable[[str], bool], known: _Known) -> None:
    db.executemany("INSERT INTO temp.joined VALUES (?, ?)", (
        (mention.place, joined) for mention in _mentions(db, wanted)
        if (joined := _joined(mention, known)) is not None
    ))
    _take_over(db)


def _joined(mention: _Mention, known: _Known) -> str | None:
    in_document = known.only(mention, mention.document)
    return in_document or (known.only(mention, None) if _identified(mention) else None)


def _take_over(db: sqlite3.Connection) -> None:
    db.execute("UPDATE temp.cited SET id = j.id FROM temp.joined j WHERE j.place = cited.place")
    db.execute("DELETE FROM temp.joined")


def _identified(mention: _Mention) -> bool:
    """Whether a mention says enough to be looked up beyond its document: `Nghị quyết 15` alone does not."""
    number = mention.fact.number
    return number is None or any(letter.isalpha() for letter in number)


def _named_by_day(name: str) -> bool:
    return _by_name(name) and len(name.split(":", 4)[_SERIES]) == len("1946-07-19")


def _incomplete(name: str) -> bool:
    return UNKNOWN in name or (_by_name(name) and not _named_by_day(name))


def _most_common(values: Iterable[str | int | None]) -> str | int | None:
    """The value most mentions give; of equals the first in order. A value for display: every mention keeps its own."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], str(value))) if counts else None


def _store(db: sqlite3.Connection, key: str, group: list[_Mention]) -> None:
    facts = [mention.fact for mention in group]
    shown = {
        name: _most_common(getattr(fact, name) for fact in facts)
        for name in _FIELDS
    }
    added = _from_lexicon(key, shown)
    urn = urn_lex(Decree(start=0, end=0, text="", **{**shown, **added}))  # type: ignore[arg-type]
    cursor = db.execute(
        "INSERT INTO decree (id, doc_type, number, year, date, issuer, title, urn, lexicon)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (key, *{**shown, **added}.values(), urn, " ".join(added) or None),
    )
    db.executemany(
        "INSERT INTO decree_mention (decree, mention) VALUES (?, ?)",
        [(cursor.lastrowid, mention.key) for mention in group],
    )


def _from_lexicon(key: str, shown: dict[str, str | int | None]) -> dict[str, str | int | None]:
    """What the lexicon knows of an act and no mention states; nothing where a day or year contradicts it."""
    act = known_act(key)
    if act is None and shown["number"] is None:
        fact = Decree(start=0, end=0, text="", **shown)  # type: ignore[arg-type]
        found = identify(fact)
        act = found.act if found and found.key == key else None
    if act is None or not act.date.startswith(str(shown["date"] or "")[:10].rstrip("X-")):
        return {}
    if shown["year"] and str(shown["year"]) != act.date[:4]:
        return {}
    known: dict[str, str | int | None] = {
        "number": act.number, "year": int(act.date[:4]), "date": act.date, "issuer": act.issuer, "title": act.title,
    }
    return {name: value for name, value in known.items() if value is not None and shown[name] is None}
