"""Which table a stretch of text was typed in: the one under which most of its words are Vietnamese syllables.

A table is chosen only if it beats the text as it stands by `MARGIN`, so that Unicode text, other languages and
figures stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from corpus.encodings.syllables import Score, score
from corpus.encodings.tables import LEGACY, Decoder, decoder, seen_as
from corpus.encodings.utf8_seen import UTF8_AS_1252, decode_utf8_seen

MARGIN = 0.05        # of the share of syllables
CONVINCING = 0.55    # the least share under the chosen table
FEWEST = 3           # the least number of words with diacritics that a choice rests on
_SAMPLE = 40_000     # characters that a choice is made from

_UNICODE = regex.compile(r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_ODD = regex.compile(
    r"[\u0080-\u009f\u00a1-\u00aa\u00ac-\u00bfÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöøûüþÿ\u0300-\u0303\u0309\u0323Œœ]"
)

CANDIDATES = (*LEGACY, UTF8_AS_1252)


def decoder_of(encoding: str) -> Decoder:
    """The decoder of one of `CANDIDATES`: text as it was seen to Unicode."""
    return decode_utf8_seen if encoding == UTF8_AS_1252 else decoder(encoding)


def is_unicode(text: str) -> bool:
    """Whether the text holds letters that only Unicode has: no bytes of an old table look like that."""
    return _UNICODE.search(text) is not None


def is_suspect(text: str) -> bool:
    """Whether a line holds letters or symbols that correct Vietnamese has none of, and none that only Unicode has."""
    return _ODD.search(text) is not None and not is_unicode(text)


def best_encoding(text: str, candidates: Iterable[str] = CANDIDATES, fewest: int = FEWEST) -> str | None:
    """The table that the text, as seen, was typed in; None if it is well as it is, or nothing is convincing."""
    if text.isascii():
        return None
    sample = _sample(text)
    as_is = score(sample)
    view = seen_as(sample)
    best, best_score = None, Score(0, 0)
    for encoding in candidates:
        found = score(decoder_of(encoding)(view))
        if found.words >= fewest and (found.share, found.syllables) > (best_score.share, best_score.syllables):
            best, best_score = encoding, found
    if best_score.share < CONVINCING or best_score.share < as_is.share + MARGIN:
        return None
    return best


def improves(text: str, encoding: str) -> bool:
    """Whether the text is at least as Vietnamese under the table as it is without."""
    sample = _sample(text)
    before, after = score(sample), score(decoder_of(encoding)(seen_as(sample)))
    return after.share >= before.share


def _sample(text: str) -> str:
    """Beginning, middle and end of a long text."""
    if len(text) <= _SAMPLE:
        return text
    third, middle = _SAMPLE // 3, len(text) // 2
    return f"{text[:third]}\n{text[middle : middle + third]}\n{text[-third:]}"
