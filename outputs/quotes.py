"""Words of a document in their place, as tables show them."""

from __future__ import annotations

from dataclasses import dataclass

# In a query with `d` for document: what a reader opens, `archive.jsonl#12`.
PLACE = "coalesce(nullif(d.path, ''), d.id) || coalesce('#' || d.member, '') AS place"
_REACH = 32   # characters of context that are kept with a quote


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document in their place, with some context where the words alone say little.

    `document` is its id, `place` the file, and the record inside it: what a reader opens (`archive.jsonl#12`).
    """

    document: str
    place: str
    start: int
    end: int
    words: str

    def __str__(self) -> str:
        return f"{self.words} [{self.place}:{self.start}]"


def in_context(prefix: str, quote: str, suffix: str) -> str:
    """The quote with the whole words around it; an end that may have been cut inside a word is left out."""
    before = prefix.partition(" ")[2] if len(prefix) == _REACH else prefix
    after = suffix.rpartition(" ")[0] if len(suffix) == _REACH else suffix
    return f"{before}{quote}{after}"
