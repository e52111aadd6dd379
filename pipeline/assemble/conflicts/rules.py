"""The table of rules. What each looks for stands in its function and, for readers, in conflict_rules.tsv of outputs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from pipeline.assemble.conflicts import (
    acts,
    days,
    flows,
    honours,
    lengths,
    offices,
    rivals,
    sums,
    targets,
    tolls,
    trends,
)
from pipeline.assemble.conflicts.model import Conflict
from pipeline.assemble.conflicts.pages import Page
from pipeline.assemble.conflicts.scopes import Statement

# On one document.
ON_PAGES: dict[str, Callable[[Page], Iterable[Conflict]]] = {
    "weekday": days.weekday,
    "no_such_day": days.no_such_day,
    "period_ahead": days.period_ahead,
    "stale": days.stale,
    "deadline_before_issue": days.before_issue,
    "anniversary": lengths.anniversary,
    "ago": lengths.ago,
    "offset": lengths.offset,
    "length": lengths.length,
    "span": lengths.span,
    "before_its_act": lengths.before_its_act,
    "number_year": lengths.number_year,
    "parts": sums.parts,
    "by_degree": sums.by_degree,
    "share": sums.share,
    "change": sums.change,
    "direction": sums.direction,
    "exactness": sums.exactness,
    "named_twice": sums.named_twice,
    "balance": flows.balance,
    "against_stock": flows.against_stock,
    "claim": targets.claimed,
    "admitted": targets.admitted,
    "trend": trends.within,
    "firsts": honours.firsts,
    "acting": offices.acting,
}

# On the facts of the whole archive.
ON_FACTS: dict[str, Callable[[sqlite3.Connection], Iterable[Conflict]]] = {
    "values": rivals.rivals,
    "tolls": tolls.tolls,
    "act_days": acts.two_days,
    "act_in_force": acts.in_force,
    "copy_dates": acts.dates_of_copies,
    "holders": offices.holders,
    "ranks": offices.ranks,
}

# What documents of one place and field say: collected from each, compared by groups.
COLLECTED: tuple[Callable[[Page], Iterable[Statement]], ...] = (
    trends.told, targets.told, targets.assigned, honours.awards,
)
ON_SCOPES: dict[str, tuple[tuple[str, ...], Callable[[list[Statement]], Iterable[Conflict]]]] = {
    "trends_between": (("trend",), trends.between),
    "targets_met": (("met", "short", "gap"), targets.between),
    "assigners": (("assigner",), targets.assigners),
    "givers": (("award",), honours.between),
}

RULES = (*ON_PAGES, *ON_FACTS, *ON_SCOPES)
