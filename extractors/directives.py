"""Directives: who tells, asks or binds whom to do what, by when."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corpus.document import Document
from extractors.dates import find_dates
from extractors.facts import Date, Decree, Directive, Official
from extractors.officials import find_officials
from extractors.sentences import sentences
from extractors.speech.context import Act, Context
from extractors.speech.sayings import read_sentence
from extractors.structure import Block, blocks

_CLOSING = regex.compile(r"(?:nơi nhận|n[oơ]i nh[aậ]n)\s*:")


def find_directives(
    document: Document,
    decrees: Sequence[Decree] | None = None,
    dates: Sequence[Date] | None = None,
    officials: Sequence[Official] | None = None,
) -> list[Directive]:
    """The directives of a document in order; see docs/directives.md for the decision tree.

    `dates` and `officials` are found here where they are not given; `decrees` is not needed.
    """
    if dates is None:
        dates = find_dates(document, decrees)
    if officials is None:
        officials = find_officials(document)
    context = Context(document, dates, officials)
    if not context.cues:
        return []
    acts = [act for block in blocks(document.shadow) for act in _read(context, block)]
    return [_directive(context, act) for act in acts]


def _read(context: Context, block: Block) -> list[Act]:
    if block.row:
        return []
    found = []
    for start, end in sentences(context.shadow, block.body, block.end):
        context.sentence += 1
        found += read_sentence(context, start, end)
    return found


def _directive(context: Context, act: Act) -> Directive:
    action = context.text[act.act : act.end].strip(" \t\n\"'*“”")
    return Directive(
        start=act.start,
        end=act.end,
        text=context.text[act.start : act.end],
        rule=act.rule,
        force=act.force,
        issuer=act.issuer,
        addressee=act.addressee,
        action=action or None,
        deadline=context.deadlines.within(act.start, act.end),
    )
