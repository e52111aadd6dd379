"""What subjects and metrics are read as, made whole: no furniture of a page, no law, no half of a word or phrase."""

from __future__ import annotations

import regex

from extractors.names import is_foreign_syllable
from extractors.places import known_place
from extractors.quantities.units import noun_at
from extractors.quantities.words import one_of, word_set

_FURNITURE = regex.compile(r"[|\[\]\n<>{}]|https?:|\.(?:jpe?g|png|svg|gif)(?!\p{L})", regex.I)
_LAW = regex.compile(rf"{one_of('law_head')}(?!\p{{L}})(?! sư)")
_LEGAL_FORM = regex.compile(r"(?:\p{Lu}|Corp|Inc|Ltd|Co|Company|Group|Holdings?|JSC|LLC|Plc)\.?")
_NUMBERED = regex.compile(r"\d[\p{L}\d.,/%-]*+")
_NAME_WORD = regex.compile(r"\p{Lu}\p{Ll}++(?:-\p{Lu}\p{Ll}++)?\.?")
_ACCUSED = regex.compile(r"bị (?:can|cáo|đơn|hại)")
_EDGE = " ,:;-–*|(\"'"


def whole_subject(words: str | None) -> str | None:
    """A subject without what ends or opens another phrase; None where nothing whole is left.

    >>> whole_subject("ngành than ước"), whole_subject("Bộ luật Lao động"), whole_subject("Trung")
    ('ngành than', None, None)
    """
    parts = (words or "").strip(_EDGE).split()
    while parts and parts[0].lower() in word_set("subject_not_first"):
        if _ACCUSED.match(" ".join(parts[:2]).lower()):
            break
        del parts[0]
    while len(parts) > 1 and _ends_another(parts):
        del parts[-1]
    phrase = " ".join(parts).strip(_EDGE)
    lower = phrase.lower()
    if not phrase or _FURNITURE.search(phrase) or _LAW.match(lower) or lower in word_set("site"):
        return None
    return None if len(parts) == 1 and not _stands_alone(phrase, lower) else phrase


def _ends_another(parts: list[str]) -> bool:
    """A verb or an adverb behind the phrase, but not the end of a word of two syllables (`hiệp ước`, `địa chỉ`)."""
    pair = " ".join(parts[-2:]).lower()
    if len(parts) > 2 and pair in word_set("subject_not_last"):
        return True
    return parts[-1] in word_set("subject_not_last") and pair not in word_set("ends_in_verb")


def _stands_alone(word: str, lower: str) -> bool:
    """Whether one word can be a subject: a place, an abbreviation, a foreign name, a noun that we know."""
    if _LEGAL_FORM.fullmatch(word):
        return False
    if lower in word_set("stands_for"):
        return lower not in word_set("person")   # `công ty` names somebody, `ông` does not
    if word[0].islower():
        noun = noun_at(lower, 0)
        return lower in word_set("owner_kind") or (noun is not None and noun.end == len(word))
    if word[1:].islower() and not is_foreign_syllable(word):
        return known_place(word, lower, 0) is not None
    return True


def whole_metric(words: str | None) -> str | None:
    """A metric without a bare number before it; None for furniture and for a name alone.

    >>> whole_metric("8 Huân chương Chiến công"), whole_metric("Kimberly-Clark Corp"), whole_metric("571tr.")
    ('Huân chương Chiến công', None, None)
    >>> whole_metric("tỷ lệ tỷ lệ tỷ lệ hộ nghèo")
    'tỷ lệ hộ nghèo'
    """
    parts = (words or "").strip(_EDGE).split()
    while parts and (_NUMBERED.fullmatch(parts[0]) or (size := _connects(parts))):
        del parts[: 1 if _NUMBERED.fullmatch(parts[0]) else size]
    while again := _doubled(parts):
        del parts[:again]
    while len(parts) > 1 and parts[-1].lower() in word_set("metric_not_last"):
        del parts[-1]
    phrase = " ".join(parts).strip(_EDGE)
    if not phrase or _FURNITURE.search(phrase) or "sửa mã nguồn" in phrase.lower():
        return None
    if parts[0].lower() in word_set("metric_not_first") or phrase.lower() in word_set("no_metric"):
        return None
    name = all(_NAME_WORD.fullmatch(part) for part in parts)
    return None if (name and len(parts) > 1) or _LEGAL_FORM.fullmatch(phrase) else phrase


def _doubled(parts: list[str]) -> int:
    """How many words at the start of a metric stand there twice: `tỷ lệ tỷ lệ hộ nghèo`."""
    low = [part.lower() for part in parts[:6]]
    return next((n for n in (3, 2) if len(low) >= 2 * n and low[:n] == low[n : 2 * n]), 0)


def _connects(parts: list[str]) -> int:
    """How many words at the start of a metric only join its sentence to the one before: `Đồng thời`, `Bên cạnh`."""
    for size in (3, 2):
        if len(parts) > size and " ".join(parts[:size]).lower() in word_set("metric_opens_after"):
            return size
    return 0
