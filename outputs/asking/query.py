"""The query language of search, and what a query becomes in SQLite's full-text language.

    thi hành án          every word, in any place; the words side by side come first
    "thi hành án"        the phrase
    án                   a word with a mark is matched as written;  an  finds án, an, ẩn
    án*                  words that begin so
    thuế OR phí          either; OR binds the two words beside it
    -thuế   NOT thuế     without

Every word is quoted before SQLite sees it, so no query is a syntax error there. `docs/search.md` has examples.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import itemgetter

import regex

from corpus import shadow
from outputs.asking.errors import SearchError, quoted
from outputs.factbase.index import index_forms

MAX_TERMS = 64
MAX_LENGTH = 2_000  # characters; more is a pasted text, not a question
MIN_PREFIX = 2        # letters before *; every text has words that begin with a given letter

_QUOTES = str.maketrans("“”„«»＂", '""""""')
_TOKEN = regex.compile(
    r'(?P<minus>(?<!\S)[-–−](?=[^\s–−-]))?+(?:"(?P<phrase>[^"]*+)"?+|(?P<word>[^\s"|()]++)|(?P<bar>\|))'
)
_SYLLABLE = regex.compile(r"[\p{L}\p{M}\p{N}\p{Co}]++")


@dataclass(frozen=True, slots=True)
class Term:
    """Syllables side by side, in the exact form of the index."""

    syllables: tuple[str, ...]
    prefix: bool = False  # the last syllable may go on
    quoted: bool = False

    @property
    def marked(self) -> bool:
        """Typed with a diacritic or đ: matches exactly."""
        return any(shadow.fold(syllable) != syllable for syllable in self.syllables)

    def match(self, columns: Columns, *, exact: bool) -> str:
        """This term in the full-text language."""
        words = " ".join(self.syllables if exact else map(shadow.fold, self.syllables))
        return f'{{{columns.exact if exact else columns.folded}}} : "{words}"{" *" if self.prefix else ""}'

    def pattern(self, *, exact: bool) -> regex.Pattern[str]:
        """The term as a pattern on an exact or folded text."""
        words = (regex.escape(word if exact else shadow.fold(word)) for word in self.syllables)
        tail = r"[\p{L}\p{M}\p{N}]*+" if self.prefix else ""
        return regex.compile(
            r"(?<![\p{L}\p{M}\p{N}])" + r"[^\p{L}\p{M}\p{N}]{1,20}+".join(words) + tail + r"(?![\p{L}\p{M}\p{N}])"
        )


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


@dataclass(frozen=True)
class Query:
    """`all` of these groups, `any` term of each, none of `excluded`. `runs` are words typed side by side."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()
    runs: tuple[tuple[int, int], ...] = ()  # first and last group + 1 of each run of two words or more

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """The levels to ask for, in order."""
        sides = (True, False) if self.runs else (False,)
        return tuple(Level(side_by_side, exact) for side_by_side in sides for exact in (True, False))

    @cached_property
    def phrases(self) -> tuple[Term, ...]:
        """Each run as one phrase."""
        return tuple(_joined(self.groups[first:last]) for first, last in self.runs)

    def match(self, columns: Columns, level: Level) -> str:
        """The query in the full-text language. Empty where there are no words to look for."""
        wanted = " AND ".join(self._parts(columns, level))
        return f"({wanted}) NOT ({self.unwanted(columns)})" if wanted and self.excluded else wanted

    def _parts(self, columns: Columns, level: Level) -> list[str]:
        within = {number for run in self.runs for number in range(*run)} if level.phrase else set()
        phrases = [phrase.match(columns, exact=level.exact) for phrase in self.phrases] if level.phrase else []
        words = [
            "(" + " OR ".join(term.match(columns, exact=level.exact or term.marked) for term in group) + ")"
            for number, group in enumerate(self.groups)
            if number not in within or (group[0].marked and not level.exact)
        ]
        return phrases + words

    def unwanted(self, columns: Columns) -> str:
        """What is excluded, in the full-text language."""
        return " OR ".join(term.match(columns, exact=term.marked) for term in self.excluded)


def parse(text: str) -> Query:
    """Read a query. Raises SearchError if it is too long or too wide, or holds no word."""
    if len(text) > MAX_LENGTH:
        raise SearchError("too long", length=len(text), most=MAX_LENGTH)
    tokens = _TOKEN.finditer(unicodedata.normalize("NFC", text).translate(_QUOTES))
    reader = _Reader()
    for token in tokens:
        reader.read(token)
    query = reader.query()
    if not query.groups and not query.excluded and text.strip():
        raise SearchError("no words", words=quoted(text))
    if sum(map(len, query.groups)) + len(query.excluded) > MAX_TERMS:
        raise SearchError("too wide", most=MAX_TERMS)
    return query


class _Reader:
    """Builds a query token by token. Words typed side by side share a run; whatever stands between ends it."""

    def __init__(self) -> None:
        self.groups: list[list[Term]] = []
        self.runs: list[int] = []  # of each group
        self.excluded: list[Term] = []
        self.run = 0
        self.either = self.without = False

    def read(self, token: regex.Match[str]) -> None:
        word = token["word"]
        if token["bar"] or word == "OR":
            self.either = True
        elif word == "NOT":
            self.without = True
        elif word == "AND":
            self.run += 1
        elif term := _term(token):
            self.add(term, without=self.without or bool(token["minus"]))

    def add(self, term: Term, *, without: bool) -> None:
        if without:
            self.excluded.append(term)
        elif self.either and self.groups:
            self.groups[-1].append(term)
            self.runs[-1] = self.run = self.run + 1
        else:
            self.run += term.quoted
            self.groups.append([term])
            self.runs.append(self.run)
        self.run += without or self.either or term.quoted or term.prefix
        self.either = self.without = False

    def query(self) -> Query:
        runs = [[number for number, _ in members] for _, members in groupby(enumerate(self.runs), itemgetter(1))]
        return Query(
            tuple(map(tuple, self.groups)),
            tuple(self.excluded),
            tuple((run[0], run[-1] + 1) for run in runs if len(run) > 1),
        )


def _term(token: regex.Match[str]) -> Term | None:
    written = token["phrase"] if token["phrase"] is not None else token["word"]
    syllables = tuple(_SYLLABLE.findall(index_forms(written)[0]))
    if not syllables:
        return None
    prefix = written.rstrip().endswith("*")
    if prefix and len(syllables[-1]) < MIN_PREFIX:
        raise SearchError("short prefix", words=quoted(written), least=MIN_PREFIX)
    return Term(syllables, prefix=prefix, quoted=token["phrase"] is not None)


def _joined(groups: tuple[tuple[Term, ...], ...]) -> Term:
    terms = [group[0] for group in groups]
    return replace(terms[-1], syllables=tuple(syllable for term in terms for syllable in term.syllables))
