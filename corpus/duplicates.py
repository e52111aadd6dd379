"""Near-duplicates: the same article printed twice is one source, not two.

Texts are compared as sets of shingles, five syllables in a row without marks, case and punctuation, so a copy is
found under another title, with other tone placement or a line added. MinHash (rensa) names candidates; the true
Jaccard similarity of the sets decides. A text belongs to the earliest one that it is a copy of, and only those
firsts are compared: a copy of a copy that has drifted away from the first is no copy of it.

Of each text a sketch of 256 bytes is kept, so that texts need not be read again to find those worth comparing: 32
bands of 4 hashes each, and the low bytes of all 128 hashes (Li and König 2010, "b-Bit minwise hashing").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from corpus.document import Document
from corpus.shadow import fold

THRESHOLD = 0.8   # of Jaccard similarity
_SYLLABLES = 5    # of a shingle
_HASHES = 128
_BANDS = 32       # of 4 hashes: a pair of similarity 0.8 is missed once in 20 million, one of 0.3 is compared 1 in 4
_LIKELY = 0.6     # share of equal low bytes from which on a pair is compared; at 0.8 it is less once in 100 million
_SEED = 1946
_KEPT = 512       # texts whose shingles are kept at hand

_SYLLABLE = re.compile(r"\w+")
_MIX = np.array([1, 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], np.uint32)   # odd numbers: no hash of a band goes lost
Shingles = NDArray[np.uint32]
Text = tuple[str, str | None]   # and the own number of a notice


def sketch(text: str) -> bytes:
    """What tells whether a text may be a copy of another; nothing for one without words."""
    words = list(_rows(text))
    if not words:
        return b""
    made = RMinHash(num_perm=_HASHES, seed=_SEED)
    made.update(words)
    hashes = np.array(made.digest(), np.uint32)
    bands = (hashes.reshape(_BANDS, -1) * _MIX).sum(axis=1, dtype=np.uint32)
    return bytes(bands.astype("<u4").tobytes() + (hashes & 0xFF).astype(np.uint8).tobytes())


def find_copies(
    sketches: Sequence[bytes], text: Callable[[int], Text], *, threshold: float = THRESHOLD
) -> Iterator[tuple[int, int]]:
    """Each copy with the first of its cluster, as places in `sketches`: these come in the order in which the earliest
    is to be the first (see `in_order`). `text` is asked for those that have to be compared.

    Two notices with different numbers share their form, and are no copies. In memory are the sketches alone.
    """
    hashes = lru_cache(maxsize=_KEPT)(lambda place: _hashes(shingles(text(place)[0])))
    number = lru_cache(maxsize=_KEPT)(lambda place: text(place)[1])
    places = np.array([place for place, made in enumerate(sketches) if made], np.int64)
    if not len(places):
        return
    made = np.frombuffer(b"".join(sketches), np.uint8).reshape(len(places), 4 * _BANDS + _HASHES)
    low = made[:, 4 * _BANDS :]
    firsts: dict[int, list[int]] = defaultdict(list)
    for at, groups in _sharing(made[:, : 4 * _BANDS]):
        near = np.unique(np.array([other for group in groups for other in firsts[group]], np.int64))
        near = near[(low[near] == low[at]).mean(axis=1) >= _LIKELY] if len(near) else near
        one = int(places[at])
        for other in map(int, places[near]):
            if number(one) and number(other) and number(one) != number(other):
                continue
            if _jaccard(hashes(one), hashes(other)) >= threshold:
                yield one, other
                break
        else:
            for group in groups:
                firsts[group].append(at)


def _sharing(bands: NDArray[np.uint8]) -> Iterator[tuple[int, list[int]]]:
    """Each text that has a band in common with another, with the numbers of those bands."""
    columns = np.ascontiguousarray(bands).view("<u4")
    texts: list[NDArray[np.int64]] = []
    groups: list[NDArray[np.int64]] = []
    known = 0
    for band in range(columns.shape[1]):
        order = np.argsort(columns[:, band], kind="stable")
        values = columns[order, band]
        begins = np.append(True, values[1:] != values[:-1])
        alone = begins & np.append(begins[1:], True)
        texts.append(order[~alone])
        groups.append(known + np.cumsum(begins)[~alone])
        known += len(order)
    every, of = np.concatenate(texts), np.concatenate(groups)
    order = np.argsort(every, kind="stable")
    every, of = every[order], of[order]
    cuts = np.flatnonzero(np.diff(every)) + 1
    for start, end in zip([0, *cuts.tolist()], [*cuts.tolist(), len(every)], strict=True):
        if end > start:
            yield int(every[start]), of[start:end].tolist()


def in_order(documents: Iterable[Document]) -> list[Document]:
    """By date, the earliest first, those without one last; then by identifier."""
    return sorted(documents, key=lambda document: (document.date or "~", document.id))


def copies(documents: Iterable[Document]) -> dict[str, str]:
    """Each copy's identifier, with that of the first of its cluster (`in_order`)."""
    ordered = in_order(documents)
    found = find_copies([sketch(document.text) for document in ordered], lambda place: _stated(ordered[place]))
    return {ordered[copy].id: ordered[first].id for copy, first in found}


def _stated(document: Document) -> Text:
    return document.text, document.notice.number.value if document.notice and document.notice.number else None


def shingles(text: str) -> list[str]:
    """Every five syllables in a row, each once; the whole of a shorter text."""
    return sorted(set(_rows(text)))


def _rows(text: str) -> Iterable[str]:
    words = _SYLLABLE.findall(fold(unicodedata.normalize("NFC", text)))
    if len(words) <= _SYLLABLES:
        return [" ".join(words)] if words else []
    return map(" ".join, zip(*(words[start:] for start in range(_SYLLABLES)), strict=False))


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
