"""The words of the pages, in Vietnamese and English: tables `outputs/data/*.tsv` that a reader of either may mend."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from types import ModuleType

from corpus.tables import TableError
from outputs import english, vietnamese
from outputs.words import rows

TABLES = ("web_words", "web_entity_words", "review_words")   # one for each part of the room; not all need be there
_COLUMN = {"vi": "vietnamese", "en": "english"}
_MODULE: dict[str, ModuleType] = {"vi": vietnamese, "en": english}


@cache
def _phrases(language: str) -> dict[str, str]:
    folder = files("outputs") / "data"
    phrases: dict[str, str] = {}
    for table in TABLES:
        for row in rows(table) if (folder / f"{table}.tsv").is_file() else ():
            if row["key"] in phrases:
                raise TableError(f"{table}.tsv: {row['key']} stands twice among the words of pages")
            phrases[row["key"]] = row[_COLUMN[language]]
    return phrases


class Words:
    """The words of a page in one language.

    >>> Words("vi")("kind.date"), Words("en")("kind.date")
    ('Ngày tháng', 'Dates')
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._phrases = _phrases(language)
        self.date: Callable[[str], str] = _MODULE[language].date_in_words
        self.figures: Callable[[int], str] = _MODULE[language].number_in_figures

    def __call__(self, key: str, **values: object) -> str:
        """A phrase with its blanks filled."""
        return self._phrases[key].format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._phrases

    def label(self, group: str, value: object) -> str:
        """What readers see for a value of a list: `label("kind", "date")` is the phrase `kind.date`; else the value."""
        return self._phrases.get(f"{group}.{value}", str(value))

    def short(self, edtf: str) -> str:
        """A date beside a title: `19/7/1946`, `19 July 1946`."""
        return vietnamese.short_date(edtf) if self.language == "vi" else english.date_in_words(edtf)


@cache
def words(language: str) -> Words:
    """The words of the pages in `vi` or `en`."""
    return Words(language)
