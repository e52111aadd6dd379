"""Where a quantity stands: its sentence, its paragraph, the quantities and dates beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import regex

from corpus.document import Document
from extractors.facts import Date, Decree
from extractors.layout import Layout
from extractors.sentences import sentences
from extractors.structure import Block, blocks

if TYPE_CHECKING:
    from extractors.quantities.clauses import Segment

_GRADE = regex.compile(r"(?<!\p{L})(?:hạng|loại|nhóm|bảng|khối|lô|phương án|vitamin) \p{Lu}\.(?= \p{Lu})")
_EDITING = "[sửa | sửa mã nguồn]"   # what a wiki prints before a heading
LONGEST = 600   # characters of a sentence that are looked at before and after a quantity


class Context:
    """A document cut into blocks and sentences, the latter only where they are asked for."""

    def __init__(
        self, document: Document, dates: Sequence[Date], decrees: Sequence[Decree], layout: Layout | None = None
    ) -> None:
        self.document = document
        self.shadow = _without_editing(document.shadow)
        self.lower = _without_editing(document.lower)
        self.dates = sorted(dates, key=lambda date: date.start)
        self.decrees = decrees
        self._layout = layout or Layout(document)
        self._edited = self.shadow != document.shadow   # a page of a wiki has blocks of its own here
        self.blocks: list[Block] = blocks(self.shadow) if self._edited else self._layout.blocks
        self._starts = [block.start for block in self.blocks]
        self._date_starts = [date.start for date in self.dates]
        self.cut: tuple[tuple[int, int, tuple[int, int]], list[Segment]] | None = None   # the last clauses cut
        self._asked: tuple[int, tuple[int, int]] = (-1, (0, 0))
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def block_at(self, pos: int) -> int:
        """The number of the block that holds `pos`."""
        return max(0, bisect_right(self._starts, pos) - 1)

    def sentence_at(self, pos: int) -> tuple[int, int]:
        """The sentence that holds `pos`, cut to `LONGEST` characters on either side."""
        if pos != self._asked[0]:   # role, metric, subject and period of one number ask in turn
            self._asked = pos, self._sentence(pos)
        return self._asked[1]

    def _sentence(self, pos: int) -> tuple[int, int]:
        block = self.block_at(pos)
        if not self.blocks:
            return pos, min(len(self.shadow), pos + LONGEST)
        spans = self._sentences.get(block)
        if spans is None:
            spans = list(self._split(self._sentences_of(self.blocks[block])))
            self._sentences[block] = spans
        index = max(0, bisect_right(spans, (pos, len(self.shadow) + 1)) - 1)
        start, end = spans[index] if spans else (self.blocks[block].start, self.blocks[block].end)
        return max(min(start, pos), pos - LONGEST), min(max(end, pos), pos + LONGEST)

    def _sentences_of(self, block: Block) -> Iterable[tuple[int, int]]:
        """Those of the layout, but where a block has line breaks: here they count."""
        if self._edited or self.shadow.find("\n", block.body, block.end) >= 0:
            return sentences(self.shadow, block.body, block.end)
        return self._layout.sentences(block)

    def _split(self, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """`xếp hạng D. Kết quả …`: a grade is no initial of a name, and its full stop ends the sentence."""
        for start, end in spans:
            for grade in _GRADE.finditer(self.shadow, start, end):
                yield start, grade.end()
                start = grade.end() + 1
            yield start, end

    def dates_between(self, start: int, end: int) -> list[Date]:
        """Dates that begin in a stretch of text, in order."""
        first = bisect_right(self._date_starts, start - 1)
        last = bisect_right(self._date_starts, end - 1)
        return self.dates[first:last]


def _without_editing(copy: str) -> str:
    """A copy of equal length in which the links that a wiki prints before a heading are blank, and end a line."""
    return copy.replace(_EDITING, "\n".rjust(len(_EDITING)))
