"""Blocks that tell and bind nobody: the properties before a page kept as Markdown, and what a text makes up to explain.

A made-up example follows `ví dụ` (`Ví dụ: Công ty A góp vốn ngày 2/1/2013, phải nộp …`), or is announced by the block
before it (`… ví dụ như sau:`), or speaks of somebody without a name (`Công ty A`) in a text that has examples.
"""

from __future__ import annotations

import regex

from extractors.structure import Block

_PROPERTIES = regex.compile(r"(?:[a-z_]+|\w+_\w+):\s.*")
_NAMELESS = regex.compile(
    r"(?i:\b(?:công ty|doanh nghiệp|cơ sở|ngân hàng|dự án|trường hợp (?:ông|bà|anh|chị)|giả sử (?:ông|bà|anh|chị)))"
    r" (?!I\b|V\b)\p{Lu}(?![\p{L}\d.&'-]|\s\p{Lu})"
)
_OPENS = regex.compile(r"(?:ví dụ|thí dụ)\b")
_FOLLOWS = regex.compile(r"\b(?:ví dụ|thí dụ)(?: \d+)?(?: cụ thể)?(?: như sau| sau| sau đây)? ?:[*_ ]*\Z")
# `… phải nộp thuế. Ví dụ: Một hộ có thu nhập …`: from here to the end of the paragraph.
_INSIDE = regex.compile(r"(?<=[.;:!?)]\s)(?:ví dụ|thí dụ)(?: \d+)?(?: như sau)?\s?[:.]\s")


class SetAside:
    """Asked block after block, in the order of the text."""

    def __init__(self, shadow: str, lower: str) -> None:
        self._shadow, self._lower = shadow, lower
        self._explains = "ví dụ" in lower or "thí dụ" in lower or "giả sử" in lower
        self._announced = False

    def skips(self, block: Block) -> bool:
        """The whole block is to be passed over."""
        announced = self._announced
        self._announced = (
            self._explains
            and block.opens
            and _FOLLOWS.search(self._lower, max(block.body, block.end - 90), block.end) is not None
        )
        if announced or _PROPERTIES.match(self._shadow, block.start, block.end):
            return True
        return self._explains and (
            _OPENS.match(self._lower, block.body, block.end) is not None
            or _NAMELESS.search(self._shadow, block.body, block.end) is not None
        )

    def told_until(self, block: Block) -> int:
        """Where an example begins inside a block, else its end."""
        found = _INSIDE.search(self._lower, block.body, block.end) if self._explains else None
        return found.start() if found else block.end
