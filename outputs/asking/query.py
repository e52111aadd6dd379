"""The query language of search, and what a query becomes in SQLite's full-text language.

    thi hành án          every word, in any place; the words side by side come first
    "thi hành án"        the phrase, as it is typed: abbreviations are not looked for besides
    án                   a word with a mark is matched as written;  an  finds án, an, ẩn
    án*                  words that begin so
    thuế OR phí          either; OR binds the two beside it
    -thuế   NOT thuế     without
    (thuế OR phí) AND NOT (đất OR nhà)
    THADS                also thi hành án dân sự, and the other way round

Every word is quoted before SQLite sees it, so no query is a syntax error there. `docs/search.md` has examples.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import groupby, islice, product
from operator import itemgetter

import regex

from corpus import shadow
from outputs.asking.errors import SearchError, quoted
from outputs.factbase.index import index_forms
from outputs.words import rows

MAX_TERMS = 64
MAX_LENGTH = 2_000   # characters; more is a pasted text, not a question
MAX_DEPTH = 8        # parentheses within parentheses
MIN_PREFIX = 2       # letters before *; every text has words that begin with a given letter
_MOST_WAYS = 12      # of writing one phrase that are looked for

_QUOTES = str.maketrans("“”„«»＂", '""""""')
_TOKEN = regex.compile(
    r'(?P<minus>(?<!\S)[-–−](?=[^\s–−-]))?+(?:"(?P<phrase>[^"]*+)"?+|(?P<open>\()|(?P<close>\))|(?P<bar>\|)'
    r'|(?P<word>[^\s"|()]++))|[-–−]'
)
_SYLLABLE = regex.compile(r"[\p{L}\p{M}\p{N}\p{Co}]++")

Way = tuple[str, ...]   # syllables side by side


@dataclass(frozen=True, slots=True)
class Columns:
    """The exact and the folded columns of a full-text table, as the full-text language lists them."""

    exact: str
    folded: str


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which a query can be met, best first: its words side by side or not, exact or folded."""

    phrase: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Term:
    """Syllables side by side, in the exact form of the index. `also` are other ways to write it, as good as itself."""

    syllables: Way
    prefix: bool = False  # the last syllable may go on
    quoted: bool = False
    also: tuple[Way, ...] = ()
    written: str = ""     # as it was typed

    @property
    def marked(self) -> bool:
        """Typed with a diacritic or đ: matches exactly."""
        return any(shadow.fold(syllable) != syllable for syllable in self.syllables)

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every way to write it, its own first: i and y, abbreviated or in full."""
        return tuple(dict.fromkeys(way for one in (self.syllables, *self.also) for way in spelled(one)))

    def match(self, columns: Columns, *, exact: bool) -> str:
        """This term in the full-text language."""
        names = columns.exact if exact else columns.folded
        said = " OR ".join(f'"{words}"{" *" if self.prefix else ""}' for words in self._words(exact=exact))
        return f"{{{names}}} : ({said})"

    def pattern(self, *, exact: bool) -> regex.Pattern[str]:
        """The term as a pattern on an exact or folded text."""
        either = "|".join(
            r"[^\p{L}\p{M}\p{N}]{1,20}+".join(map(regex.escape, words.split())) for words in self._words(exact=exact)
        )
        tail = r"[\p{L}\p{M}\p{N}]*+" if self.prefix else ""
        return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{either}){tail}(?![\p{{L}}\p{{M}}\p{{N}}])")

    def _words(self, *, exact: bool) -> tuple[str, ...]:
        joined = (" ".join(way if exact else map(shadow.fold, way)) for way in self.ways)
        return tuple(dict.fromkeys(joined))


@dataclass(frozen=True, slots=True)
class Known:
    """Words typed one by one that together have a short form: they, in any place, or one of `also`."""

    parts: tuple[Term, ...]
    also: tuple[Way, ...]

    @property
    def marked(self) -> bool:
        return any(part.marked for part in self.parts)

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every way to write it side by side."""
        whole = tuple(syllable for part in self.parts for syllable in part.syllables)
        return tuple(dict.fromkeys((*spelled(whole), *self.also)))

    @property
    def short(self) -> Term:
        return Term(self.also[0], also=self.also[1:])

    def match(self, columns: Columns, *, exact: bool) -> str:
        words = " AND ".join(f"({part.match(columns, exact=exact or part.marked)})" for part in self.parts)
        return f"({words}) OR ({self.short.match(columns, exact=exact)})"


@dataclass(frozen=True, slots=True)
class Either:
    """Any of these."""

    parts: tuple[Node, ...]

    def match(self, columns: Columns, level: Level) -> str:
        return " OR ".join(f"({said})" for part in self.parts if (said := _said(part, columns, level)))


@dataclass(frozen=True)
class Query:
    """All of these parts, none of `excluded`. `runs` are parts typed side by side: first and last + 1."""

    parts: tuple[Node, ...]
    excluded: tuple[Node, ...] = ()
    runs: tuple[tuple[int, int], ...] = ()

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels to ask for, in order."""
        sides = (True, False) if self._has_runs else (False,)
        return tuple(Level(side_by_side, exact) for side_by_side in sides for exact in (True, False))

    @property
    def _has_runs(self) -> bool:
        return bool(self.runs) or any(
            inner._has_runs for part in self.parts for inner in _members(part) if isinstance(inner, Query)
        )

    @cached_property
    def phrases(self) -> tuple[Term, ...]:
        """Each run as one phrase, with the ways to write it."""
        found = []
        for first, last in self.runs:
            parts = self.parts[first:last]
            ways = [
                tuple(syllable for way in chosen for syllable in way)
                for chosen in islice(product(*(part.ways for part in parts)), _MOST_WAYS)  # type: ignore[union-attr]
            ]
            end = parts[-1]
            found.append(Term(ways[0], prefix=isinstance(end, Term) and end.prefix, also=tuple(ways[1:])))
        return tuple(found)

    def terms(self) -> Iterator[Term]:
        """Every word that is looked for."""
        for part in self.parts:
            yield from _terms(part)

    @cached_property
    def _matches(self) -> dict[tuple[Columns, Level], str]:
        return {}

    def match(self, columns: Columns, level: Level) -> str:
        """The query in the full-text language. Empty where there are no words to look for."""
        if (columns, level) not in self._matches:
            self._matches[columns, level] = self._match(columns, level)
        return self._matches[columns, level]

    def _match(self, columns: Columns, level: Level) -> str:
        wanted = " AND ".join(f"({said})" for said in self._parts(columns, level) if said)
        unwanted = self.unwanted(columns)
        return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted

    def _parts(self, columns: Columns, level: Level) -> Iterator[str]:
        within = {number for run in self.runs for number in range(*run)} if level.phrase else set()
        if level.phrase:
            for phrase in self.phrases:
                yield phrase.match(columns, exact=level.exact)
        for number, part in enumerate(self.parts):
            if number not in within:
                yield _said(part, columns, level)
            elif not level.exact and isinstance(part, (Term, Known)) and part.marked:
                yield part.match(columns, exact=isinstance(part, Term))

    def unwanted(self, columns: Columns) -> str:
        """What is excluded, in the full-text language."""
        said = (_said(part, columns, Level(phrase=False, exact=False)) for part in self.excluded)
        return " OR ".join(f"({one})" for one in said if one)


Node = Term | Known | Either | Query


def _said(node: Node, columns: Columns, level: Level) -> str:
    if isinstance(node, Term):
        return node.match(columns, exact=level.exact or node.marked)
    if isinstance(node, Known):
        return node.match(columns, exact=level.exact)
    return node.match(columns, level)


def _members(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Either) else (node,)


def _terms(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
        return
    for part in node.parts:
        yield from _terms(part)
    if isinstance(node, Known):
        yield node.short


@cache
def _spellings() -> dict[str, str]:
    pairs = {(row[a], row[b]) for row in rows("search_spellings") for a, b in (("y", "i"), ("i", "y"))}
    return {**{shadow.fold(one): shadow.fold(other) for one, other in pairs}, **dict(pairs)}


def spelled(way: Way) -> tuple[Way, ...]:
    """The ways to spell syllables that are written with i and with y, as they stand first.

    >>> spelled(("tỷ", "lệ"))
    (('tỷ', 'lệ'), ('tỉ', 'lệ'))
    """
    known = _spellings()
    choices = [(syllable, known[syllable]) if syllable in known else (syllable,) for syllable in way]
    return tuple(islice(product(*choices), _MOST_WAYS))


def parse(text: str) -> Query:
    """Read a query. Raises SearchError if it is too long, too wide or too deep, or holds no word."""
    if len(text) > MAX_LENGTH:
        raise SearchError("too long", length=len(text), most=MAX_LENGTH)
    unified = unicodedata.normalize("NFC", text).translate(_QUOTES)
    query = _Reader(list(_TOKEN.finditer(unified))).query()
    if not query.parts and not query.excluded and text.strip():
        raise SearchError("no words", words=quoted(text))
    if sum(1 for _ in query.terms()) + len(query.excluded) > MAX_TERMS:
        raise SearchError("too wide", most=MAX_TERMS)
    return query


class _Reader:
    """Reads tokens into a query. Words typed side by side share a run; whatever stands between ends it."""

    def __init__(self, tokens: list[regex.Match[str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def query(self, depth: int = 0) -> Query:
        """What stands up to the end, or up to the parenthesis that closes."""
        if depth > MAX_DEPTH:
            raise SearchError("too deep", most=MAX_DEPTH)
        level = _Parts()
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            word = token["word"]
            if token["close"]:
                if depth:
                    break
                level.run += 1
            elif token["open"]:
                without = level.without or bool(token["minus"])
                inner = _plain(self.query(depth + 1))
                if inner is not None:
                    level.add(inner, without=without)
            elif token["bar"] or word == "OR":
                level.either = True
            elif word == "NOT":
                level.without = True
            elif word == "AND":
                level.run += 1
            elif term := _term(token):
                level.add(term, without=level.without or bool(token["minus"]))
        return level.query()


class _Parts:
    """The parts of one level of parentheses."""

    def __init__(self) -> None:
        self.groups: list[list[Node]] = []
        self.runs: list[int] = []   # of each group
        self.excluded: list[Node] = []
        self.run = 0
        self.either = self.without = False

    def add(self, node: Node, *, without: bool) -> None:
        alone = not isinstance(node, Term) or node.quoted
        if without:
            self.excluded.append(node)
        elif self.either and self.groups:
            self.groups[-1].append(node)
            self.runs[-1] = self.run = self.run + 1
        else:
            self.run += alone
            self.groups.append([node])
            self.runs.append(self.run)
        self.run += without or self.either or alone or (isinstance(node, Term) and node.prefix)
        self.either = self.without = False

    def query(self) -> Query:
        runs = [[number for number, _ in members] for _, members in groupby(enumerate(self.runs), itemgetter(1))]
        parts = tuple(group[0] if len(group) == 1 else Either(tuple(group)) for group in self.groups)
        return Query(parts, tuple(self.excluded), tuple((run[0], run[-1] + 1) for run in runs if len(run) > 1))


def _plain(query: Query) -> Node | None:
    """What stands in parentheses; nothing where that is no word, or only words to leave out."""
    if not query.parts:
        return None
    return query.parts[0] if len(query.parts) == 1 and not query.excluded else query


def _term(token: regex.Match[str]) -> Term | None:
    written = token["phrase"] if token["phrase"] is not None else token["word"]
    if not written:
        return None
    syllables = tuple(_SYLLABLE.findall(index_forms(written)[0]))
    if not syllables:
        return None
    prefix = written.rstrip().endswith("*")
    if prefix and len(syllables[-1]) < MIN_PREFIX:
        raise SearchError("short prefix", words=quoted(written), least=MIN_PREFIX)
    return Term(syllables, prefix=prefix, quoted=token["phrase"] is not None, written=written)


def with_parts(query: Query, parts: tuple[Node, ...], runs: tuple[tuple[int, int], ...]) -> Query:
    """The query with other parts, and the runs that they stand in."""
    return replace(query, parts=parts, runs=runs)
