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
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from corpus.shadow import fold
from extractors.decree_key import UNKNOWN, decree_key, identify, key_by_name, known_act
from extractors.decree_urn import urn_lex
from extractors.facts import Decree
from outputs.factbase.names import content_id

_SERIES = 3  # place of year or date among the five parts of a key


@dataclass(slots=True)
class _Mention:
    key: int
    document: int
    document_id: str
    fact: Decree
    id: str


_COLUMNS = (
    "m.key, m.document, d.id AS document_id, m.start, m.end, m.quote, "
    "f.doc_type, f.number, f.year, f.date, f.issuer, f.title, d.first_day AS published"
)


def assemble_decrees(db: sqlite3.Connection) -> None:
    """Fill `decree` and `decree_mention`."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM decree_fact f JOIN mention m ON m.key = f.mention "
        "JOIN document d ON d.key = m.document ORDER BY d.id, m.start, m.end"
    )
    mentions = [_mention(row) for row in rows]
    _join_incomplete(mentions)
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.id].append(mention)
    for key, group in sorted(groups.items()):
        _store(db, key, group)


def _mention(row: sqlite3.Row) -> _Mention:
    fact = Decree(
        start=row["start"], end=row["end"], text=row["quote"], doc_type=row["doc_type"], number=row["number"],
        year=row["year"], date=row["date"], issuer=row["issuer"], title=row["title"],
    )
    name = decree_key(fact, row["published"]) or _unidentified(fact)
    return _Mention(row["key"], row["document"], row["document_id"], fact, name)


def _unidentified(fact: Decree) -> str:
    """For an act named by its subject alone, or by a number that no grammar knows."""
    return ":".join(("vn", fold(fact.doc_type), UNKNOWN, UNKNOWN, fold(fact.number or fact.title or "")))


class _Known:
    """Keys whose series is known, by type and number, in one document (or, for document None, in all)."""

    def __init__(self, mentions: Iterable[_Mention]) -> None:
        self._found: dict[tuple[int | None, str, str], set[tuple[str, str]]] = defaultdict(set)
        self._issuers: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.fact.issuer:
                self._issuers[mention.id].add(fold(mention.fact.issuer))
            for name in _names(mention):
                parts = name.split(":", 4)
                if parts[_SERIES] != UNKNOWN:
                    for document in (mention.document, None):
                        self._found[document, parts[1], parts[4]].add((name, mention.id))

    def only(self, mention: _Mention, document: int | None) -> str | None:
        """The one key that agrees with that of a mention; None where there is none, or several."""
        parts = mention.id.split(":", 4)
        agreeing = {
            key for known, key in self._found[document, parts[1], parts[4]]
            if _agree(mention.id, known) and self._may_issue(mention, key)
        } - {mention.id}
        return next(iter(agreeing)) if len(agreeing) == 1 else None

    def _may_issue(self, mention: _Mention, key: str) -> bool:
        """Whether the body that a mention names as issuer may be the one that others name for this key."""
        mine, others = fold(mention.fact.issuer or ""), self._issuers[key]
        return not mine or not others or any(mine in other or other in mine for other in others)


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


def _join_incomplete(mentions: list[_Mention]) -> None:
    """Laws named by their day first, so that those named by year alone find one key and not two; then the rest."""
    _join(mentions, _named_by_day, _Known(mention for mention in mentions if not _by_name(mention.id)))
    _join(mentions, _incomplete, _Known(mentions))
    for mention in mentions:
        series = mention.id.split(":", 4)[_SERIES]
        if series == UNKNOWN or (UNKNOWN in mention.id and not _by_name(mention.id)):
            mention.id = f"{mention.id}#{content_id('in', mention.document_id)[3:11]}"


def _join(mentions: list[_Mention], wanted: Callable[[str], bool], known: _Known) -> None:
    for mention in mentions:
        if wanted(mention.id):
            anywhere = known.only(mention, None) if _identified(mention) else None
            mention.id = known.only(mention, mention.document) or anywhere or mention.id


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
        for name in ("doc_type", "number", "year", "date", "issuer", "title")
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
