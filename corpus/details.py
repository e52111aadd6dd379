"""The particulars of a reason (`Rejected.detail`), which are stored in English, in Vietnamese: `data/details.tsv`."""

from __future__ import annotations

import re
from functools import cache

from corpus.tables import table

_FIELD = re.compile(r"\{(\w+)\}")
_DEEPEST = 3   # details inside details: `at line 7: ends inside a character`


def detail_in_vietnamese(detail: str) -> str:
    """A detail as the table says it; as it is where the table does not know it.

    >>> detail_in_vietnamese("a password is needed")
    'cần mật khẩu'
    """
    return _translated(detail, _DEEPEST)


def _translated(detail: str, depth: int) -> str:
    for pattern, vietnamese in _sentences():
        if found := pattern.fullmatch(detail):
            values = found.groupdict()
            if depth and "detail" in values:
                values["detail"] = _translated(values["detail"], depth - 1)
            return vietnamese.format(**values)
    return detail


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What a detail looks like, and the sentence for it, in the order of the table."""
    return tuple((_pattern(row["detail"]), row["vietnamese"]) for row in table("corpus", "details"))


def _pattern(detail: str) -> re.Pattern[str]:
    """`{n} pages` with a group for each field; a number where the field is a single letter."""
    parts = _FIELD.split(detail)
    said = [re.escape(part) if number % 2 == 0 else _group(part) for number, part in enumerate(parts)]
    return re.compile("".join(said), re.DOTALL)


def _group(name: str) -> str:
    values = r"[\d.,]+" if len(name) == 1 else ".*?"
    return f"(?P<{name}>{values})"
