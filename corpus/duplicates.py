"""Near-duplicates: the same article printed twice is one source, not two.

Texts are compared as sets of shingles, five syllables in a row without marks, case and punctuation, so a copy is
found under another title, with other tone placement or a line added. MinHash (rensa) names candidates; the true
Jaccard similarity of the sets decides. A text belongs to the earliest one that it is a copy of, and only those
firsts are compared: a copy of a copy that has drifted away from the first is no copy of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

from corpus.document import Document
from corpus.shadow import fold

THRESHOLD = 0.8   # of Jaccard similarity
_SYLLABLES = 5    # of a shingle
_HASHES = 128
_BANDS = 32       # of 4 hashes: a pair of similarity 0.8 is missed once in 20 million, one of 0.3 is compared 1 in 4
_SEED = 1946

_SYLLABLE = re.compile(r"\w+")
Shingles = NDArray[np.uint32]


@dataclass(slots=True)
class Clusters:
    """Texts fed one by one, in the order in which the earliest is to be the first of its cluster (`in_order`).

    >>> clusters = Clusters()
    >>> clusters.add("a", "Quốc hội đã thông qua Luật Thi hành án dân sự.")
    >>> clusters.add("b", "QUỐC HỘI ĐÃ THÔNG QUA LUẬT THI HÀNH ÁN DÂN SỰ")
    'a'
    """

    threshold: float = THRESHOLD
    _firsts: list[tuple[str, str | None, Shingles]] = field(default_factory=list)
    _index: RMinHashLSH = field(
        default_factory=lambda: RMinHashLSH(threshold=THRESHOLD, num_perm=_HASHES, num_bands=_BANDS)
    )

    def add(self, document_id: str, text: str, *, number: str | None = None) -> str | None:
        """The first of the cluster that the text is a copy of; None if it is new, or has no words.

        `number` is a notice's own: two notices with different numbers share their form, and are no copies.
        """
        words = shingles(text)
        if not words:
            return None
        sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
        sketch.update(words)
        hashes = _hashes(words)
        for place in sorted(self._index.query(sketch)):
            first, other, theirs = self._firsts[place]
            if (number and other and number != other) or _jaccard(hashes, theirs) < self.threshold:
                continue
            return first
        self._index.insert(len(self._firsts), sketch)
        self._firsts.append((document_id, number, hashes))
        return None

    def __len__(self) -> int:
        """Texts that are no copies: independent sources."""
        return len(self._firsts)


def in_order(documents: Iterable[Document]) -> list[Document]:
    """By date, the earliest first, those without one last; then by identifier."""
    return sorted(documents, key=lambda document: (document.date or "~", document.id))


def copies(documents: Iterable[Document]) -> dict[str, str]:
    """Each copy's identifier, with that of the first of its cluster (`in_order`)."""
    clusters = Clusters()
    found = {}
    for document in in_order(documents):
        number = document.notice.number.value if document.notice and document.notice.number else None
        if first := clusters.add(document.id, document.text, number=number):
            found[document.id] = first
    return found


def shingles(text: str) -> list[str]:
    """Every five syllables in a row, each once; the whole of a shorter text."""
    words = _SYLLABLE.findall(fold(unicodedata.normalize("NFC", text)))
    if len(words) <= _SYLLABLES:
        return [" ".join(words)] if words else []
    rows = (words[start:] for start in range(_SYLLABLES))
    return sorted(set(map(" ".join, zip(*rows, strict=False))))


def similarity(one: str, other: str) -> float:
    """The Jaccard similarity of two texts, 0 to 1."""
    return _jaccard(_hashes(shingles(one)), _hashes(shingles(other)))


def _hashes(words: list[str]) -> Shingles:
    """32 bits a shingle, sorted: 4 bytes where the words take 80."""
    if not words:
        return np.empty(0, np.uint32)
    (hashes,) = RMinHash.hash_token_sets([words])
    return np.unique(np.asarray(hashes, np.uint64).astype(np.uint32))


def _jaccard(one: Shingles, other: Shingles) -> float:
    shared = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - shared
    return shared / union if union else 0.0
