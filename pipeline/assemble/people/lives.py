"""Which documents that name one full name speak of one life: joined by what they share, unless something forbids it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.tables import TableError, table
from pipeline.assemble.people.apart import parted
from pipeline.assemble.people.model import Join, Life, Local, wider
from pipeline.assemble.people.names import share_of
from pipeline.assemble.people.shared import FOR_ONE_WORD, TOKENS, is_above, is_first, says_where

_NAMESAKES = 32       # people of one name who share one thing; a further one is joined with none of them
_WEAK = frozenset({"wide body", "high rank", "superior", "place", "field", "rare name"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of person_rules.tsv."""

    name: str
    share: float


@cache
def join_rules() -> tuple[Rule, ...]:
    """The rules that join, the strongest first."""
    found = []
    for row in table("outputs", "person_rules"):
        if row["use"] not in ("join", "apart", "flag"):
            raise TableError(f"person_rules.tsv: {row['rule']!r} needs a use of `join`, `apart` or `flag`")
        if row["use"] == "join":
            found.append(Rule(row["rule"], float(row["share"] or "inf")))
    return tuple(found)


def lives(locals_: Sequence[Local]) -> list[Life]:
    """The people whom the documents of one name speak of, those with most documents first."""
    return _Joining(locals_).people()


class _Joining:
    """Clusters of the documents that name one name: each is joined once, and only where nothing speaks against it."""

    def __init__(self, locals_: Sequence[Local]) -> None:
        self._locals = list(locals_)
        self._lives = [
            Life([one], dict(one.posts), set(one.born), said=set(one.said), not_with=set(one.not_with))
            for one in self._locals
        ]
        self._in = list(range(len(self._locals)))
        self._number = len(self._locals)     # of lives

    def people(self) -> list[Life]:
        if self._number == 1:
            return self._lives
        share = max(map(share_of, {one.key for one in self._locals}))
        for rule in join_rules():
            if self._number == 1:
                break
            if share > rule.share:
                continue
            if rule.name in TOKENS:
                self._apply(rule.name)
            elif " " in self._locals[0].key:
                self._only_bearer()
        found = [self._lives[index] for index in sorted(set(map(self._root, range(len(self._locals)))))]
        return sorted(found, key=lambda life: (-len(life.locals), life.locals[0].mentions[0].document))

    def _root(self, index: int) -> int:
        while self._in[index] != index:
            self._in[index] = index = self._in[self._in[index]]
        return index

    def _apply(self, rule: str) -> None:
        sharing: dict[str, dict[int, str]] = defaultdict(dict)
        for index, one in enumerate(self._locals):
            if " " not in one.key and rule not in FOR_ONE_WORD:
                continue
            for token, words in TOKENS[rule](one):
                sharing[token].setdefault(index, words)
        for _, indexes in sorted(sharing.items()):
            if len(indexes) > 1 and len({self._root(index) for index in indexes}) > 1:
                self._join(rule, indexes)

    def _only_bearer(self) -> None:
        """Documents that name no body at all speak of the only person of that name whom others tell more of."""
        roots = sorted({self._root(index) for index in range(len(self._locals))})
        told = [root for root in roots if says_where(self._lives[root])]
        if len(told) != 1:
            return
        by = self._locals[told[0]].mentions[0]
        for root in roots:
            if root != told[0] and parted(self._lives[told[0]], self._lives[root]) is None:
                mention = self._locals[root].mentions[0]
                self._merge(told[0], root, Join(mention.mention, by.mention, "only bearer", mention.name))

    def _join(self, rule: str, indexes: Mapping[int, str]) -> None:
        heads: dict[int, int] = {}      # life → the document in it that brought the token
        for index, words in indexes.items():
            root = self._root(index)
            if root in heads:
                continue
            fitting = [
                head for head in heads
                if rule == "reviewer" or parted(self._lives[head], self._lives[root]) is None
            ]
            if rule == "high rank":    # two deputy ministers, or the heads of two provinces, may well be two people
                fitting = [head for head in fitting if is_first(self._lives[head]) or is_first(self._lives[root])]
            elif rule == "superior":   # not two units of one ministry
                fitting = [head for head in fitting if is_above(self._lives[head], self._lives[root])]
            if not fitting and len(heads) < _NAMESAKES:
                heads[root] = index
            elif len(fitting) == 1 and (rule not in _WEAK or len(heads) == 1):
                self._merge(fitting[0], root, Join(
                    self._locals[index].mentions[0].mention, self._locals[heads[fitting[0]]].mentions[0].mention,
                    rule, words,
                ))

    def _merge(self, into: int, root: int, join: Join) -> None:
        life, other = self._lives[into], self._lives[root]
        self._in[root] = into
        self._number -= 1
        life.locals += other.locals
        life.born |= other.born
        life.said |= other.said
        life.not_with |= other.not_with
        life.joins += [*other.joins, join]
        for office, days in other.posts.items():
            life.posts[office] = wider(life.posts.get(office), days)
