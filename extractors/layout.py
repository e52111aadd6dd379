"""The blocks and sentences of one document, found once for all who read them."""

from __future__ import annotations

from functools import cached_property

from corpus import shadow
from corpus.document import Document
from extractors.sentences import sentences
from extractors.structure import Block, blocks, joined


class Layout:
    """How one document is laid out. Held by whoever extracts from it, and gone with it: nothing is kept beyond."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sentences: dict[tuple[int, int], list[tuple[int, int]]] = {}

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of the document, in order."""
        return blocks(self._document.shadow)

    @cached_property
    def shadow(self) -> str:
        """The shadow with the line breaks inside its blocks as spaces; the document's own where none has any."""
        return joined(self._document.shadow, self.blocks)

    @cached_property
    def lower(self) -> str:
        """The same in lower case."""
        return self._document.lower if self.shadow is self._document.shadow else shadow.lower(self.shadow)

    def sentences(self, block: Block) -> list[tuple[int, int]]:
        """Where the sentences of a block stand in `shadow`."""
        key = block.body, block.end
        if key not in self._sentences:
            self._sentences[key] = list(sentences(self.shadow, *key))
        return self._sentences[key]
