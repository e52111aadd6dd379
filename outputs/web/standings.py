"""What readers have said of facts, for the badges beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from outputs.factbase import FactBase
from outputs.review import Reviews, Standing


def standings(base: FactBase, mentions: Sequence[str]) -> Mapping[str, Standing]:
    """Fact id to its standing, of those of these facts that somebody looked at."""
    return Reviews.beside(base, wait=1.0).of(base, mentions)
