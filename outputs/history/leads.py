"""`Cùng năm ấy`, `Cùng ngày`: how the date of a sentence is said where the sentence before says it already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from outputs.history.model import Sentence
from outputs.history.phrases import Wording

_YEAR_ONLY, _DAY = len("1993"), len("1946-07-19")
_YEARS = regex.compile(r"(?<![\d.,])\d{4}(?![\d]|[.,]\d)")
_OTHER_DAY = regex.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}(?!\d)|(?i:ngày|tháng) \d")

Dated = tuple[Sentence, str | None]  # a sentence, and the EDTF date with which our own words open it


def shortened(paragraph: Sequence[Dated], words: Wording) -> tuple[Sentence, ...]:
    """The sentences of a paragraph; a date is said in short only where nobody can take it for another.

    That is where the sentence right before opens with a date of the same year in our own words, written out, and
    nothing that it quotes names another year (for `cùng ngày`: another day). Otherwise the date stays as it is.
    """
    made: list[Sentence] = []
    before: Dated | None = None
    for sentence, date in paragraph:
        full = words.lead(date) if date else None
        short = _short(before, date, words) if before and date and full and sentence.lead.startswith(full) else None
        if short is None or full is None:
            made.append(sentence)
            before = sentence, date
        else:
            made.append(replace(sentence, lead=short + sentence.lead[len(full) :]))
            before = None  # states no year itself
    return tuple(made)


def _short(before: Dated, date: str, words: Wording) -> str | None:
    told, said = before
    if said is None or not _plain(said) or not _plain(date) or said[:4] != date[:4]:
        return None
    if not told.lead.startswith(words.lead(said)) or set(_YEARS.findall(told.words)) != {date[:4]}:
        return None
    if len(date) == _DAY and date == said:
        rest = told.words[len(words.lead(said)) :]
        return None if _OTHER_DAY.search(rest) else words("lead_same_day")
    if len(date) == _YEAR_ONLY:
        return words("lead_same_year")
    return words("lead_same_year_day", date=words.within_year(date))


def _plain(edtf: str) -> bool:
    return edtf.replace("-", "").isdigit()
