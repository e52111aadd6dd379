"""Header and signature block of a notice."""

from __future__ import annotations

from corpus.document import Notice


def read_notice(text: str, start: int = 0) -> Notice | None:
    return None
