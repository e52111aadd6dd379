"""What is kept of a decision, and what follows from all of them for one fact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from outputs.factbase.names import content_id

VERBS = ("accept", "reject", "edit", "merge", "split", "undo")
OF_FACTS = ("accept", "reject", "edit")
OF_PEOPLE = ("merge", "split")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a source that a decision is about, in their place; offsets are code points.

    `mention` is the id that the fact had then. `side` tells those who are one person (docs/review.md): of a merge all
    have 0; of a split, 0 stays and 1 is another person.
    """

    document: str
    text_sha256: str
    kind: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    mention: str
    side: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody said, and when (UTC, ISO 8601). Nothing of it ever changes.

    `fields` are those that an edit gives, with its values; `were` all fields as they were. `target` is the decision
    that an undo takes back. `after` is the decision before it in its file: it makes two that say the same two.
    """

    at: str
    by: str
    verb: str
    words: tuple[Words, ...] = ()
    fields: Mapping[str, Any] | None = None
    were: Mapping[str, Any] | None = None
    note: str | None = None
    target: str | None = None
    after: str | None = None

    @property
    def id(self) -> str:
        """A hash of all that it says."""
        return content_id("review", json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True))

    def as_dict(self) -> dict[str, Any]:
        """The decision as JSON holds it, without its id."""
        return {**asdict(self), "words": [asdict(one) for one in self.words]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What counts of a fact: the latest decision in effect, and whoever says otherwise.

    `decision` is `accept`, `reject` or `edit`; `fields` are those that it corrects, with their values; `id` names the
    decision, for undo. `dissent` has the latest decision of every other reviewer who says something else. `changed`
    where the fact has other fields now than those that were looked at: a reader should look again.
    """

    decision: str
    by: str
    at: str
    id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None
    changed: bool = False
    dissent: tuple[Standing, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The standing as JSON holds it: the `review` field of exports."""
        return {**asdict(self), "dissent": [one.as_dict() for one in self.dissent]}


@dataclass(frozen=True, slots=True)
class Orphan:
    """Words of a decision that are not found again, and why: `document`, `words` or `fact` is gone.

    Where the words still stand in the document, `start` says where.
    """

    decision: Decision
    words: Words
    reason: str
    start: int | None = None
