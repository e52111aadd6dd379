"""The table of rules. What each looks for stands in its function and, for readers, in conflict_rules.tsv of outputs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from pipeline.assemble.conflicts import (
    acts,
    days,
    flows,
    guards,
    honours,
    jubilees,
    lengths,
    lives,
    offices,
    rivals,
    sums,
    targets,
    tolls,
    trends,
)
from pipeline.assemble.conflicts.concerns import Guard
from pipeline.assemble.conflicts.model import Conflict
from pipeline.assemble.conflicts.pages import Page
from pipeline.assemble.conflicts.scopes import Statement

# On one document: what finds it, and which documents it can concern.
ON_PAGES: dict[str, tuple[Callable[[Page], Iterable[Conflict]], Guard]] = {
    "weekday": (days.weekday, guards.WEEKDAY),
    "no_such_day": (days.no_such_day, guards.NO_SUCH_DAY),
    "period_ahead": (days.period_ahead, guards.PERIOD_AHEAD),
    "stale": (days.stale, guards.STALE),
    "deadline_before_issue": (days.before_issue, guards.DEADLINE_BEFORE_ISSUE),
    "own_days": (days.own_days, guards.OWN_DAYS),
    "anniversary": (jubilees.anniversary, jubilees.ANNIVERSARY),
    "ago": (jubilees.ago, guards.AGO),
    "since_named": (jubilees.since_named, jubilees.SINCE_NAMED),
    "offset": (lengths.offset, guards.OFFSET),
    "length": (lengths.length, guards.LENGTH),
    "span": (lengths.span, guards.SPAN),
    "before_its_act": (lengths.before_its_act, guards.BEFORE_ITS_ACT),
    "number_year": (lengths.number_year, guards.NUMBER_YEAR),
    "parts": (sums.parts, guards.PARTS),
    "by_degree": (sums.by_degree, guards.BY_DEGREE),
    "share": (sums.share, guards.SHARE),
    "change": (sums.change, guards.CHANGE),
    "direction": (sums.direction, guards.DIRECTION),
    "exactness": (sums.exactness, guards.EXACTNESS),
    "named_twice": (sums.named_twice, guards.NAMED_TWICE),
    "balance": (flows.balance, guards.FLOWS),
    "against_stock": (flows.against_stock, guards.FLOWS),
    "claim": (targets.claimed, guards.CLAIM),
    "admitted": (targets.admitted, guards.ADMITTED),
    "trend": (trends.within, trends.BOTH_WAYS),
    "firsts": (honours.firsts, guards.FIRSTS),
    "acting": (offices.acting, guards.ACTING),
}

# On the facts of the whole archive.
ON_FACTS: dict[str, Callable[[sqlite3.Connection], Iterable[Conflict]]] = {
    "values": rivals.rivals,
    "tolls": tolls.tolls,
    "act_days": acts.two_days,
    "which_act": acts.which_act,
    "event_days": acts.event_days,
    "act_in_force": acts.in_force,
    "copy_dates": acts.dates_of_copies,
    "holders": offices.holders,
    "ranks": offices.ranks,
    "after_death": lives.after_death,
}

# What documents of one place and field say: collected from each, compared by groups.
COLLECTED: dict[str, tuple[Callable[[Page], Iterable[Statement]], Guard]] = {
    "course": (trends.told, trends.EITHER_WAY),
    "targets": (targets.told, guards.TARGETS),
    "assigners": (targets.assigned, guards.ASSIGNED),
    "awards": (honours.awards, guards.AWARDS),
}
ON_SCOPES: dict[str, tuple[tuple[str, ...], Callable[[list[Statement]], Iterable[Conflict]]]] = {
    "trends_between": (("trend",), trends.between),
    "targets_met": (("every", "met", "short", "gap"), targets.between),
    "assigners": (("assigner",), targets.assigners),
    "givers": (("award",), honours.between),
}

RULES = (*ON_PAGES, *ON_FACTS, *ON_SCOPES)

GUARDS: dict[str, Guard] = {rule: guard for rule, (_, guard) in (*ON_PAGES.items(), *COLLECTED.items())}
