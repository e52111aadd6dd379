"""Ruled tables: which cell of which row a word stands in, told from the lines drawn on the page."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.boxes import Rule, Word

_NEAR = 3.0         # points: lines closer than this are one
_MOST_RULES = 4000  # a drawing, not a table


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of rules that touch each other."""

    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]
    ys: tuple[float, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        rules = (*self.upright, *self.level)
        return (
            min(r.x0 for r in rules), min(r.top for r in rules), max(r.x1 for r in rules), max(r.bottom for r in rules)
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom

    def rows(self, words: Iterable[Word], text: Callable[[list[Word]], str]) -> list[tuple[list[str], list[Word]]]:
        """The text of each cell of each row, and the row's words. A cell that several rows share is its first's."""
        cells: dict[tuple[int, float], list[Word]] = {}
        for word in words:
            x, y = word.middle
            row = min(max(bisect(self.ys, y) - 1, 0), len(self.ys) - 2)
            while row > 0 and not self._ruled(x, self.ys[row]):
                row -= 1
            cells.setdefault((row, self._left_of(x, y)), []).append(word)
        rows = []
        for row in range(len(self.ys) - 1):
            borders = self._borders((self.ys[row] + self.ys[row + 1]) / 2)
            found = {left: cells[row, left] for number, left in cells if number == row}
            lefts = sorted({*found, *borders[:-1]})
            rows.append(([text(found.get(left, [])) for left in lefts], [w for part in found.values() for w in part]))
        return rows

    def _borders(self, y: float) -> list[float]:
        return _merged(rule.x0 for rule in self.upright if rule.top - 1 <= y <= rule.bottom + 1)

    def _left_of(self, x: float, y: float) -> float:
        borders = self._borders(y)
        place = bisect(borders, x) - 1
        return borders[place] if place >= 0 else self.box[0]

    def _ruled(self, x: float, y: float) -> bool:
        return any(abs(rule.top - y) < _NEAR and rule.x0 - 1 <= x <= rule.x1 + 1 for rule in self.level)


def _merged(values: Iterable[float]) -> list[float]:
    merged: list[float] = []
    for value in sorted(values):
        if not merged or value - merged[-1] > _NEAR:
            merged.append(value)
    return merged


def ruled_tables(rules: Sequence[Rule]) -> list[Table]:
    """The tables that rules draw: groups that touch, with at least three upright and two level lines apart."""
    if not 5 <= len(rules) <= _MOST_RULES:
        return []
    tables = []
    for group in _groups(rules):
        level = tuple(rule for rule in group if not rule.upright)
        upright = tuple(rule for rule in group if rule.upright and _borders_cells(rule, level))
        ys = _merged(rule.top for rule in level)
        if len(_merged(rule.x0 for rule in upright)) >= 3 and len(ys) >= 2:
            top, bottom = min(r.top for r in upright), max(r.bottom for r in upright)
            ys = _merged([*ys, *(y for y in (top, bottom) if min(abs(y - known) for known in ys) > _NEAR)])
            tables.append(Table(upright, level, tuple(ys)))
    return tables


def _borders_cells(upright: Rule, level: Sequence[Rule]) -> bool:
    """Whether an upright line runs between level ones that it touches, as the side of a cell does."""
    touched = [
        rule.top for rule in level
        if rule.x0 - _NEAR <= upright.x0 <= rule.x1 + _NEAR
        and upright.top - _NEAR <= rule.top <= upright.bottom + _NEAR
    ]
    return len(_merged(touched)) >= 2


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules connected by touching, found by a sweep from the top."""
    parent = list(range(len(rules)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    order = sorted(range(len(rules)), key=lambda one: rules[one].top)
    open_rules: list[int] = []
    for one in order:
        rule = rules[one]
        open_rules = [other for other in open_rules if rules[other].bottom >= rule.top - _NEAR]
        for other in open_rules:
            if rules[other].x0 - _NEAR <= rule.x1 and rule.x0 - _NEAR <= rules[other].x1:
                parent[root(one)] = root(other)
        open_rules.append(one)
    groups: dict[int, list[Rule]] = {}
    for one in range(len(rules)):
        groups.setdefault(root(one), []).append(rules[one])
    return list(groups.values())
