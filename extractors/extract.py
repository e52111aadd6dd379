"""All six kinds of fact from one document, in the order in which they claim words; relations between its acts, and who
takes part in its events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from corpus.document import Document
from extractors.dates import find_dates
from extractors.decrees import find_decrees
from extractors.directives import find_directives
from extractors.events import find_events
from extractors.facts import Facts
from extractors.figures import find_figures
from extractors.layout import Layout
from extractors.officials import find_officials
from extractors.organisations import Reader
from extractors.participants import find_participants
from extractors.relations import find_relations


class _Work:
    """A document and the facts found in it so far."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self.document = document
        self.facts = facts

    @cached_property
    def reader(self) -> Reader:
        """Bodies that one extractor has read another need not read again."""
        return Reader(self.document)

    @cached_property
    def layout(self) -> Layout:
        """Blocks and sentences, which three extractors read."""
        return Layout(self.document)


@dataclass(frozen=True, slots=True)
class Stage:
    """One extractor: the kind it finds, where it lies in `Facts`, its module, and which others it builds on."""

    kind: str
    found: str
    needs: tuple[str, ...]
    find: Callable[[_Work], Sequence[Any]]

    @property
    def module(self) -> str:
        """`extractors.dates`."""
        return f"extractors.{self.found}"


STAGES = (
    Stage("decree", "decrees", (), lambda work: find_decrees(work.document)),
    Stage("date", "dates", ("decrees",), lambda work: find_dates(work.document, work.facts.decrees)),
    Stage("figure", "figures", ("decrees", "dates"), lambda work: find_figures(
        work.document, work.facts.decrees, work.facts.dates, reader=work.reader, layout=work.layout,
    )),
    Stage("official", "officials", (), lambda work: find_officials(work.document, reader=work.reader)),
    Stage("directive", "directives", ("decrees", "dates", "officials"), lambda work: find_directives(
        work.document, work.facts.decrees, work.facts.dates, work.facts.officials, layout=work.layout,
    )),
    Stage("event", "events", ("decrees", "dates", "officials", "directives"), lambda work: find_events(
        work.document, work.facts.decrees, work.facts.dates, work.facts.officials, work.facts.directives,
        layout=work.layout,
    )),
    Stage("relation", "relations", ("decrees",), lambda work: find_relations(work.document, list(work.facts.decrees))),
    Stage("participant", "participants", ("decrees", "officials", "events"), lambda work: find_participants(
        work.document, work.facts, reader=work.reader,
    )),
)
KINDS = tuple(stage.kind for stage in STAGES)


def extract(document: Document, known: Facts | None = None, stale: Collection[str] = KINDS) -> Facts:
    """Find every fact of a document. Pure: reads nothing but the document, keeps nothing.

    With the facts `known` of an earlier extraction only the `stale` kinds are found again, and those that build on
    one of which other facts were found this time.
    """
    work = _Work(document, known or Facts())
    changed: set[str] = set()
    for stage in STAGES:
        if known is None or stage.kind in stale or changed.intersection(stage.needs):
            found = tuple(stage.find(work))
            if found != getattr(work.facts, stage.found):
                changed.add(stage.found)
                work.facts = replace(work.facts, **{stage.found: found})
    return work.facts
