"""Words that were typed side by side and stand so in a fact: syllables that make one word, or one name."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from outputs.asking.arrays import Keys, Mask
from outputs.asking.columns import Columns
from outputs.asking.matching import QUOTE, matches, names
from outputs.asking.query import Columns as Names
from outputs.asking.query import Either, Known, Query, Term, Way

NAMES = Names("issuer addressee person place", "issuer addressee person place")

Unit = Term | Either


def as_one(part: Unit | Known) -> Unit:
    """What has a short form is one name: its words stand side by side."""
    return Term(part.ways[0], also=part.ways[1:]) if isinstance(part, Known) else part


def ways_of(unit: Unit) -> list[Way]:
    """The ways to write a unit."""
    if isinstance(unit, Either):
        return [way for part in unit.parts if not isinstance(part, (Query, Either)) for way in part.ways]
    return list(unit.ways)


def paired(
    db: sqlite3.Connection, columns: Columns, units: Sequence[Unit], keys: Keys, *, named: bool
) -> NDArray[np.float32]:
    """What part of the pairs of words the words of these facts hold side by side, rare pairs weighing more; with
    `named` also their names. Pairs that stand in no fact count for nothing."""
    found = np.zeros(len(keys), np.float32)
    whole = 0.0
    for one, other in pairwise(units):
        ways = [way + behind for way in ways_of(one)[:2] for behind in ways_of(other)[:2]]
        if not ways:
            continue
        pair = Term(ways[0], also=tuple(ways[1:]))
        said = matches(db, columns, "mention", pair.match(QUOTE, exact=False))
        sides = [said, names(db, columns, pair.match(NAMES, exact=False))] if named else [said]
        if many := sum(map(len, sides)):
            weight = np.float32(np.log((columns.mentions + 1) / (many + 1)) + 0.1)
            found += np.logical_or.reduce([among(columns, side, keys) for side in sides]) * weight
            whole += float(weight)
    return found / np.float32(whole or 1.0)


def among(columns: Columns, keys: Keys, asked: Keys) -> Mask:
    """Which of the facts `asked` are among these keys; both in order."""
    if not len(keys):
        return np.zeros(len(asked), np.bool_)
    if len(asked) * 8 > len(keys):
        known = np.zeros(columns.mentions, np.bool_)
        known[keys] = True
        found: Mask = known[asked]
        return found
    places = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    inside: Mask = keys[places] == asked
    return inside
