"""A directive said several times in one document is one directive with several mentions.

Two mentions say the same when, in one document and not one inside the other,

- their force is the same;
- their actions have the same words, marks and stop words aside, or one has all the words of the other and at most
  one word in five more; figures and words of denial are the same in both; three words or more are left to compare;
- addressees agree: both are the same body however it is written, or one is not stated;
- issuers agree: likewise, or one says more of the same (`Thủ tướng`, `Thủ tướng Phạm Văn Đồng`);
- deadlines are equal, or one is not stated.

The fullest mention (most of addressee, deadline and issuer stated, then the earliest) is the directive, the others
repeat it. A mention that agrees with two directives that do not agree with each other repeats neither.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter

import regex

from corpus import shadow, tables
from outputs.factbase.name_forms import name_forms

_FEWEST = 3      # words; two mentions of `thực hiện` need not be one directive
_MORE = 0.2      # share of further words that one of two statements of the same act may have
_COMPARED = 200  # directives with a word in common; of more the rest stay apart
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[./,-][\p{L}\p{M}\p{N}]+)*")
_DIGIT = regex.compile(r"\p{N}")


@dataclass(frozen=True, slots=True)
class _Said:
    mention: int
    document: int
    start: int
    end: int
    force: str
    issuer: str | None
    addressee: str | None
    deadline: str | None
    words: Counter[str]

    @property
    def stated(self) -> int:
        return sum(value is not None for value in (self.addressee, self.deadline, self.issuer))


def assemble_directives(db: sqlite3.Connection) -> None:
    """Fill `directive_repeat` for the documents that changed."""
    db.execute(
        "DELETE FROM directive_repeat WHERE mention IN"
        " (SELECT m.key FROM document_changed c JOIN mention m ON m.document = c.document)"
    )
    for _, rows in groupby(db.execute(_SAID), key=itemgetter("document")):
        several = list(rows)
        if len(several) > 1:
            db.executemany(
                "INSERT INTO directive_repeat (mention, directive) VALUES (?, ?)", _repeats(list(map(_said, several)))
            )


_SAID = """
    SELECT m.key, m.document, m.start, m."end", m.quote, f.*
    FROM document_changed c CROSS JOIN mention m ON m.document = c.document AND m.kind = 'directive'
    JOIN directive_fact f ON f.mention = m.key ORDER BY c.document, m.start, m."end"
"""


def _said(row: sqlite3.Row) -> _Said:
    return _Said(
        row["key"], row["document"], row["start"], row["end"], row["force"], row["issuer"], row["addressee"],
        row["deadline"], action_words(row["action"] or row["quote"]),
    )


def action_words(action: str) -> Counter[str]:
    """The words of an action that tell it from another: in lower case, without marks, without stop words.

    >>> sorted(action_words("khẩn trương rà soát các hồ sơ"))
    ['ho', 'khan', 'ra', 'so', 'soat', 'truong']
    """
    stop = _words_of("stop")
    words = _WORD.findall(shadow.lower(shadow.shadow(action)))
    return Counter([_folded(word) for word in words if word not in stop])


@lru_cache(maxsize=8192)   # syllables recur
def _folded(word: str) -> str:
    return shadow.fold(word)


@cache
def _words_of(use: str) -> frozenset[str]:
    return frozenset(row["word"] for row in tables.table("outputs", "directive_words") if row["use"] == use)


@cache
def _denials() -> frozenset[str]:
    return frozenset(map(shadow.fold, _words_of("denial")))


@dataclass(slots=True)
class _Directive:
    """The fullest statement, and what it and its repeats state between them."""

    first: _Said
    addressee: str | None
    issuer: str | None
    deadline: str | None

    @classmethod
    def of(cls, said: _Said) -> _Directive:
        return cls(said, said.addressee, said.issuer, said.deadline)

    def take(self, said: _Said) -> None:
        self.addressee, self.deadline = self.addressee or said.addressee, self.deadline or said.deadline
        self.issuer = max(self.issuer or "", said.issuer or "", key=len) or None

    def says(self, said: _Said) -> bool:
        first = self.first
        return (
            first.force == said.force
            and (said.end <= first.start or first.end <= said.start)
            and (self.deadline is None or said.deadline in (None, self.deadline))
            and _same_words(first.words, said.words)
            and _same_body(self.addressee, said.addressee)
            and _same_speaker(self.issuer, said.issuer)
        )


def _repeats(said: list[_Said]) -> Iterator[tuple[int, int]]:
    """Pairs of mention and directive, the fullest statements first.

    Of two that have nearly the same words one has one of the rarest words of the other: only such are compared.
    """
    common = Counter(word for one in said for word in one.words)
    by_word: dict[str, list[_Directive]] = defaultdict(list)
    for one in sorted(said, key=lambda one: (-one.stated, one.start, one.end)):
        rare = nsmallest(1 + int(_MORE * one.words.total()), ((common[word], word) for word in one.words))
        near = {id(other): other for times, word in rare if times > 1 for other in by_word[word][:_COMPARED]}
        fitting = [directive for directive in near.values() if directive.says(one)]
        if len(fitting) == 1:
            fitting[0].take(one)
            yield one.mention, fitting[0].first.mention
        else:
            directive = _Directive.of(one)
            for word in one.words:
                if common[word] > 1:
                    by_word[word].append(directive)


def _same_words(one: Counter[str], other: Counter[str]) -> bool:
    short, long = sorted((one, other), key=Counter.total)
    if short.total() < _FEWEST or long.total() > (1 + _MORE) * short.total() or not short <= long:
        return False
    return not any(_DIGIT.search(word) or word in _denials() for word in long - short)


def _same_body(one: str | None, other: str | None) -> bool:
    return one is None or other is None or not set(name_forms(one)).isdisjoint(name_forms(other))


def _same_speaker(one: str | None, other: str | None) -> bool:
    """The same body or person, or one name begins with the other: a title, and the title with its holder."""
    if one is None or other is None:
        return True
    return any(_begins(a, b) or _begins(b, a) for a in name_forms(one) for b in name_forms(other))


def _begins(long: str, short: str) -> bool:
    return f"{long} ".startswith(f"{short} ")
