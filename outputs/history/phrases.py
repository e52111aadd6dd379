"""Our own phrases, in Vietnamese and in English (`outputs/data/history_phrases.tsv`)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from outputs import english
from outputs.history.model import Language
from outputs.vietnamese import capitalised, date_in_words, date_within_year, short_date
from outputs.words import rows

_COLUMN = {"vi": "text", "en": "english"}
_DAY = len("1946-07-19")


@cache
def _phrases(language: Language) -> dict[str, str]:
    return {row["key"]: row[_COLUMN[language]] for row in rows("history_phrases")}


class Wording:
    """Our words in one language; `wording("en")("notes")` is `Notes`."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """One of our phrases with its blanks filled. A phrase that leads into a quote ends in a space."""
        text = _phrases(self.language)[key].format(**values)
        return f"{text} " if text.endswith((",", ":")) else text

    def date(self, edtf: str) -> str:
        """A date in running text: `ngày 19 tháng 7 năm 1946`, `on 19 July 1946`."""
        if self.language == "vi":
            return date_in_words(edtf)
        words = english.date_in_words(edtf)
        plain = edtf.replace("-", "").isdigit()
        return f"{'on' if len(edtf) == _DAY else 'in'} {words}" if plain else words

    def within_year(self, edtf: str) -> str:
        """The same where the year was said: `ngày 19 tháng 7`."""
        if self.language == "en":
            return f"{'on' if len(edtf) == _DAY else 'in'} {english.date_within_year(edtf)}"
        words = date_within_year(edtf)
        return f"ngày {words}" if words[:1].isdigit() else words

    def short(self, edtf: str) -> str:
        """A date in a table: `19/7/1946`, `19 July 1946`."""
        return short_date(edtf) if self.language == "vi" else english.date_in_words(edtf)

    def lead(self, edtf: str, key: Literal["lead", "lead_title", "commemorated"] = "lead") -> str:
        """A date that opens a sentence."""
        return capitalised(self(key, date=self.date(edtf)))


@cache
def wording(language: Language = "vi") -> Wording:
    """Our words in a language."""
    return Wording(language)


def phrase(key: str, **values: object) -> str:
    """One of our phrases in Vietnamese."""
    return wording("vi")(key, **values)
