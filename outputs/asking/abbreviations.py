"""Abbreviations of a question, both ways: `THADS` also finds `thi hành án dân sự`, and that finds `THADS`.

They are those of `outputs/data/abbreviations.tsv`, and those that documents of the archive state themselves in the
usual way: `Bảo hiểm xã hội (BHXH)`. A phrase in quotes is taken as it stands.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import cache

import regex

from corpus import shadow
from outputs.asking.columns import Columns
from outputs.asking.query import Either, Known, Node, Query, Term, Way, with_parts
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import abbreviations

_SYLLABLE = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_MARKS = regex.compile(r"[.&/-]+")
_SHORT = regex.compile(r"\p{L}{2,10}")
_DAY = regex.compile(r"(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_JOINERS = frozenset({"va", "cua", "ve"})   # whose letters short forms leave out
_LONGEST = 9     # syllables of what has a short form
_SHORTEST = 3    # of what the archive states
_LOOKED_AT = 60  # documents that hold a short form
_REMEMBERED = 5000


def expanded(db: sqlite3.Connection, columns: Columns, query: Query) -> tuple[Query, tuple[str, ...]]:
    """The query with abbreviations and what they stand for beside each other; and what was added, as readers see it."""
    reader = _Expanding(_Stated(db, columns))
    found = reader.query(query)
    return found, tuple(dict.fromkeys(reader.notes))


class _Expanding:
    def __init__(self, stated: _Stated) -> None:
        self.stated = stated
        self.notes: list[str] = []

    def query(self, query: Query) -> Query:
        """The parts of a query one after another; those of a run as far as they have a short form together."""
        starts = dict(query.runs)
        parts: list[Node] = []
        runs: list[tuple[int, int]] = []
        at = 0
        while at < len(query.parts):
            last = starts.get(at, at + 1)
            begin = len(parts)
            parts += self._run(query.parts[at:last])
            if at in starts:
                runs.append((begin, len(parts)))
            at = last
        return with_parts(query, tuple(parts), tuple(runs))

    def _run(self, parts: tuple[Node, ...]) -> Iterator[Node]:
        at = 0
        while at < len(parts):
            for size in range(min(_LONGEST, len(parts) - at), 1, -1):
                if (known := self._known(parts[at : at + size])) is not None:
                    yield known
                    at += size
                    break
            else:
                yield self._node(parts[at])
                at += 1

    def _node(self, node: Node) -> Node:
        if isinstance(node, Query):
            return self.query(node)
        if isinstance(node, Either):
            return Either(tuple(map(self._node, node.parts)))
        return self._term(node) if isinstance(node, Term) and not (node.quoted or node.prefix) else node

    def _term(self, term: Term) -> Term:
        if day := _DAY.fullmatch(term.written):
            return Term(term.syllables, also=_day_ways(day), written=term.written)
        written = _MARKS.sub("", term.written)
        if not _SHORT.fullmatch(written):
            return term
        full = _in_full(written)
        ways = (full,) if full else self.stated.in_full(written)
        for way in ways:
            self.notes.append(f"{written.upper() if written.islower() else written} = {' '.join(way)}")
        return Term(term.syllables, also=ways, written=term.written) if ways else term

    def _known(self, parts: tuple[Node, ...]) -> Known | None:
        terms = [part for part in parts if isinstance(part, Term) and not (part.quoted or part.prefix)]
        if len(terms) < len(parts):
            return None
        words = tuple(syllable for term in terms for syllable in term.syllables)
        ways = _in_short(words) or self.stated.in_short(words)
        for way in ways:
            self.notes.append(f"{' '.join(words)} = {''.join(way).upper()}")
        return Known(tuple(terms), ways) if ways else None


def _day_ways(day: regex.Match[str]) -> tuple[Way, ...]:
    """The other ways to write a day or month: `5/9/1946` is also `05/09/1946` and `5 tháng 9 năm 1946`."""
    numbers = [str(int(number)) for number in (day["day"], day["month"]) if number]
    if int(numbers[-1]) > 12 or (len(numbers) == 2 and int(numbers[0]) > 31):
        return ()
    ways = []
    for forms in dict.fromkeys((tuple(numbers), tuple(f"{int(number):02}" for number in numbers),
                                (numbers[0], *(f"{int(number):02}" for number in numbers[1:])))):
        ways += [(*forms, day["year"])]
        ways += [(forms[0], "tháng", forms[1], "năm", day["year"])] if len(forms) == 2 else [
            (forms[0], "năm", day["year"])]
    return tuple(dict.fromkeys(ways))


def _way(words: str) -> Way:
    return tuple(_SYLLABLE.findall(index_forms(words)[0]))


@cache
def _tables() -> tuple[dict[str, Way], dict[str, Way], dict[Way, tuple[Way, ...]]]:
    """Short forms in capitals, in any letters, and full forms (also folded) with their short ones."""
    capital: dict[str, Way] = {}
    either: dict[str, Way] = {}
    full: dict[Way, tuple[Way, ...]] = {}
    for row in abbreviations():
        short, way = row["abbreviation"], _way(row["expansion"])
        capital[short.upper()] = way
        if row["match"] == "any":
            either[shadow.fold(short)] = way
            for known in {way, tuple(map(shadow.fold, way))}:
                full[known] = (*full.get(known, ()), _way(short))
    return capital, either, full


def _in_full(written: str) -> Way | None:
    capital, either, _ = _tables()
    return (capital.get(written) if written.isupper() else None) or either.get(shadow.fold(written))


def _in_short(words: Way) -> tuple[Way, ...]:
    return _tables()[2].get(words, ())


class _Stated:
    """What the documents of the archive say themselves; looked up when it is asked for, and remembered."""

    def __init__(self, db: sqlite3.Connection, columns: Columns) -> None:
        self.db = db
        self.known: dict[object, tuple[Way, ...]] = columns.made("abbreviations", dict)

    def in_full(self, short: str) -> tuple[Way, ...]:
        """What an abbreviation in capitals stands for: the words before it where it stands in parentheses."""
        if not short.isupper():
            return ()
        return self._remembered(short, lambda: self._find_full(short))

    def in_short(self, words: Way) -> tuple[Way, ...]:
        """The initials of these words, where the archive puts them in parentheses behind the words."""
        if len(words) < _SHORTEST or not all(word.isalpha() for word in words):
            return ()
        return self._remembered(words, lambda: self._find_short(words))

    def _remembered(self, key: object, find: object) -> tuple[Way, ...]:
        if key not in self.known:
            if len(self.known) > _REMEMBERED:
                self.known.clear()
            self.known[key] = find()  # type: ignore[operator]
        return self.known[key]

    def _texts(self, match: str, most: int) -> Iterator[str]:
        rows = self.db.execute(
            "SELECT d.text FROM document d WHERE d.key IN (SELECT rowid FROM document_search"
            " WHERE document_search MATCH ? LIMIT ?)", (match, most),
        )
        return (row[0] for row in rows)

    def _find_full(self, short: str) -> tuple[Way, ...]:
        token = index_forms(short)[0]
        found: Counter[Way] = Counter()
        for text in self._texts(f'{{body}} : "{token}"', _LOOKED_AT):
            for place in regex.finditer(rf"\(\s*{regex.escape(short)}\s*\)", text):
                before = _SYLLABLE.findall(index_forms(text[max(0, place.start() - 100) : place.start()])[0])
                if way := _of_initials(before, shadow.fold(short)):
                    found[way] += 1
        return tuple(way for way, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:1])

    def _find_short(self, words: Way) -> tuple[Way, ...]:
        folded = [shadow.fold(word) for word in words]
        for initials in dict.fromkeys((
            "".join(word[0] for word in folded), "".join(word[0] for word in folded if word not in _JOINERS)
        )):
            if len(initials) < _SHORTEST or not self._holds(f'{{body_folded}} : "{initials}"'):
                continue
            said = regex.compile(r"\W+".join(map(regex.escape, folded)) + rf"\W{{0,3}}\(\s*({initials})\s*\)")
            phrase = f'{{body_folded}} : "{" ".join(folded)} {initials}"'
            for text in self._texts(phrase, 5):
                if place := said.search(index_forms(text)[1]):
                    short = text[place.start(1) : place.end(1)]
                    if short.isupper() and not _in_full(short):
                        return (_way(short),)
        return ()

    def _holds(self, match: str) -> bool:
        sql = "SELECT 1 FROM document_search WHERE document_search MATCH ? LIMIT 1"
        return self.db.execute(sql, (match,)).fetchone() is not None


def _of_initials(before: list[str], short: str) -> Way | None:
    """The last words of which these are the initials."""
    at = len(before)
    for letter in reversed(short):
        while at and before[at - 1][0:1] and shadow.fold(before[at - 1])[0] != letter:
            if shadow.fold(before[at - 1]) not in _JOINERS:
                return None
            at -= 1
        if not at:
            return None
        at -= 1
    return tuple(before[at:])
