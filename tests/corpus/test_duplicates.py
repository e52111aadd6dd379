"""Copies are found whatever was changed around their words; what only resembles is no copy."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Notice, Quoted
from corpus.duplicates import copies, find_copies, shingles, similarity, sketch

SYLLABLES = ["thi", "hành", "án", "dân", "sự", "tòa", "cấp", "luật", "nghị", "định", "quốc", "hội", "chính", "phủ"]


def text(seed: int, length: int = 300) -> str:
    chosen = random.Random(seed)
    return " ".join(f"{chosen.choice(SYLLABLES)}{chosen.randrange(40) or ''}" for _ in range(length))


ARTICLE = text(1)


def changed(original: str, share: float, seed: int = 2) -> str:
    """With a run of other words instead of the last `share` of it."""
    words = original.split()
    keep = round(len(words) * (1 - share))
    return " ".join(words[:keep] + text(seed, len(words) - keep).split())


def firsts(*texts: str) -> list[int | None]:
    """For each text the place of that which it is a copy of."""
    found = dict(find_copies([sketch(one) for one in texts], lambda place: (texts[place], None)))
    return [found.get(place) for place in range(len(texts))]


@pytest.mark.parametrize(
    "copy",
    [
        ARTICLE,
        ARTICLE.upper(),
        unicodedata.normalize("NFD", ARTICLE),
        ARTICLE.replace(" ", "\n"),
        ARTICLE.replace(" ", ", "),
        "Theo TTXVN\n" + ARTICLE + "\nPV",
        changed(ARTICLE, 0.1),
    ],
    ids=["same", "capitals", "decomposed", "lines", "commas", "byline", "end"],
)
def test_a_copy_is_found(copy: str) -> None:
    assert firsts(ARTICLE, copy) == [None, 0]


@pytest.mark.parametrize("other", [text(7), changed(ARTICLE, 0.3), ARTICLE + " " + text(9, 150), ""])
def test_what_shares_some_words_is_no_copy(other: str) -> None:
    assert firsts(ARTICLE, other) == [None, None]


def test_the_true_similarity_decides() -> None:
    for share in (0.05, 0.08, 0.1, 0.12, 0.15):
        other = changed(ARTICLE, share)
        assert (firsts(ARTICLE, other) == [None, 0]) == (similarity(ARTICLE, other) >= 0.8), share


def test_a_copy_belongs_to_the_earliest_and_never_to_a_copy() -> None:
    drift = changed(ARTICLE, 0.08, seed=3)
    far = changed(text(3, 12) + " " + " ".join(drift.split()[12:]), 0.08, seed=4)
    assert similarity(drift, far) > 0.8 > similarity(ARTICLE, far)
    assert firsts(ARTICLE, drift, far, ARTICLE) == [None, 0, None, 0]


@given(st.lists(st.tuples(st.integers(1, 4), st.floats(0, 0.4), st.integers(0, 99)), max_size=25))
def test_all_pairs_compared_say_the_same(made: list[tuple[int, float, int]]) -> None:
    texts = [changed(text(article), share, seed) for article, share, seed in made]
    expected: list[int | None] = []
    for place, one in enumerate(texts):
        earlier = (other for other in range(place) if expected[other] is None)
        expected.append(next((other for other in earlier if similarity(one, texts[other]) >= 0.8), None))
    assert firsts(*texts) == expected


def test_documents_are_taken_by_date_then_identifier() -> None:
    documents = [
        Document("a", ARTICLE), Document("b", ARTICLE, date="2013-10-24"), Document("c", ARTICLE, date="2013-10-23"),
        Document("d", ARTICLE, date="2013-10-23"), Document("e", text(8)),
    ]
    assert copies(documents) == {"a": "c", "b": "c", "d": "c"}


def test_notices_of_one_form_with_different_numbers_are_no_copies() -> None:
    def notice(name: str, number: str | None) -> Document:
        stated = Quoted(number, 0, 1) if number else None
        return Document(name, ARTICLE, kind="notice", notice=Notice(number=stated))

    documents = [notice("a", "1/QĐ-BTP"), notice("b", "2/QĐ-BTP"), notice("c", "2/QĐ-BTP"), notice("d", None)]
    assert copies(documents) == {"c": "b", "d": "a"}


@pytest.mark.parametrize(("words", "rows"), [("", 0), ("...", 0), ("một", 1), ("a b c d e", 1), ("a b c d e f", 2)])
def test_shingles(words: str, rows: int) -> None:
    assert len(shingles(words)) == rows


@given(st.lists(st.text(max_size=80), max_size=8))
def test_whatever_the_texts_a_cluster_has_one_first(texts: list[str]) -> None:
    found = firsts(*texts)
    assert all(first is None or found[first] is None for first in found)
