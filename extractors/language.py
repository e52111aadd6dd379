"""Vietnamese word segmentation by underthesea, imported only where it is used.

It reads a hundred or two kchar/s, so nothing here is called for every sentence of an archive. `classify` and
`dependency_parse` are not used: they would load models from a hub.
"""

from __future__ import annotations


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of every word of a text, compounds as one word (`thi hành án` → `thi hành`, `án`).

    The segmenter may drop or change white space inside a word, so its words are laid back onto the text
    character by character; where it changed a letter, the syllables there stand as words of their own.
    """
    from underthesea import word_tokenize

    found: list[tuple[int, int]] = []
    at = 0
    for word in word_tokenize(text):
        place = _place(text, at, word)
        if place is None:
            continue
        found.extend(_syllables(text, at, place[0]))
        found.append(place)
        at = place[1]
    found.extend(_syllables(text, at, len(text)))
    return found


def _place(text: str, at: int, word: str) -> tuple[int, int] | None:
    """Where `word` next stands, white space aside; None if it does not follow within a few characters."""
    letters = "".join(word.split())
    if not letters:
        return None
    start = text.find(letters[0], at, at + 64)
    while start >= 0:
        end = _match(text, start, letters)
        if end is not None:
            return start, end
        start = text.find(letters[0], start + 1, at + 64)
    return None


def _match(text: str, start: int, letters: str) -> int | None:
    place = start
    for letter in letters:
        while place < len(text) and text[place].isspace():
            place += 1
        if place >= len(text) or text[place] != letter:
            return None
        place += 1
    return place


def _syllables(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """White-space separated pieces of `text[start:end]`."""
    found = []
    place = start
    while place < end:
        if text[place].isspace():
            place += 1
            continue
        stop = place
        while stop < end and not text[stop].isspace():
            stop += 1
        found.append((place, stop))
        place = stop
    return found
