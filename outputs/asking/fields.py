"""The fields of a question and their values: `outputs/data/search_fields.tsv` and `search_values.tsv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import regex

from corpus.shadow import fold, shadow
from corpus.tables import many
from extractors.calendar import bounds
from outputs.asking.errors import SearchError, quoted
from outputs.words import rows

MAX_VALUES = 20      # of one field
MAX_LENGTH = 500     # characters of a value

_BETWEEN = regex.compile(r"[\s_-]+")
_DAY = regex.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question. `values` is `name`, `choice` or `day`; `choices` are value → (Vietnamese, English)."""

    name: str
    several: bool
    values: str
    labels: tuple[str, str]
    choices: Mapping[str, tuple[str, str]]
    typed: Mapping[str, str]     # what may be typed, folded → value
    names: tuple[str, str]       # in Vietnamese and English, as it may be typed

    def label(self, language: str = "vi") -> str:
        """What readers call the field."""
        return self.labels[language == "en"]

    def typed_name(self, language: str = "vi") -> str:
        """What a reader types in the box."""
        return self.names[language == "en"]

    def read(self, value: str) -> str:
        """A value as it is kept. Raises SearchError for one that cannot be."""
        value = " ".join(shadow(value).split())
        if len(value) > MAX_LENGTH:
            raise SearchError(
                "value too long", field=self.name, label=self.label(), length=len(value), most=MAX_LENGTH
            )
        if self.values == "choice":
            return self._choice(value)
        if self.values == "day" and not (_DAY.fullmatch(value) and bounds(value)):
            raise SearchError("no date", field=self.name, label=self.label(), value=quoted(value))
        if not any(char.isalnum() for char in value):
            raise SearchError("no word in filter", field=self.name, label=self.label(), value=quoted(value))
        return value

    def _choice(self, value: str) -> str:
        found = self.typed.get(fold(value)) or self.typed.get(_BETWEEN.sub(" ", fold(value)))
        if found is None:
            raise SearchError(
                "no such choice", field=self.name, label=self.label(), value=quoted(value),
                choices=", ".join(self.choices),
                choices_vietnamese=", ".join(vietnamese for vietnamese, _ in self.choices.values()),
            )
        return found

    def value_label(self, value: str, language: str = "vi") -> str:
        """What readers call a value."""
        return self.choices[value][language == "en"] if value in self.choices else value


@cache
def fields() -> Mapping[str, Field]:
    """The fields by name, in the order of the table."""
    choices: dict[str, dict[str, tuple[str, str]]] = {}
    typed: dict[str, dict[str, str]] = {}
    for row in rows("search_values"):
        names = (row["value"], *many(row["vietnamese"]), *many(row["english"]))
        choices.setdefault(row["field"], {})[row["value"]] = (names[1], many(row["english"])[0])
        for name in names:
            typed.setdefault(row["field"], {}).setdefault(fold(name), row["value"])
    return MappingProxyType({
        row["field"]: Field(
            row["field"], row["several"] == "yes", row["values"], (row["label"], row["label_english"]),
            MappingProxyType(choices.get(row["field"], {})), MappingProxyType(typed.get(row["field"], {})),
            (many(row["vietnamese"])[0], many(row["english"])[0]),
        )
        for row in rows("search_fields")
    })


@cache
def _names() -> tuple[regex.Pattern[str], dict[str, str]]:
    """The names of fields as they may be typed, folded, and the field of each."""
    known: dict[str, str] = {}
    for row in rows("search_fields"):
        for name in (row["field"], *many(row["english"]), *many(row["vietnamese"])):
            known[" ".join(regex.findall(r"[a-z]+", fold(name)))] = row["field"]
    either = "|".join(r"[\s_-]".join(name.split()) for name in sorted(known, key=len, reverse=True))
    return regex.compile(rf"(?<![\p{{L}}\p{{M}}\p{{N}}_:])(?:{either}):(?=\S)"), known


_QUOTED = regex.compile(r'"(?P<phrase>[^"]*+)"?+|(?P<word>[^\s()|"]++)')


def fields_in(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The words of a text of the box, and the fields in it with their values.

    >>> fields_in('án người:"Vũ Đình Hòe" loai:sự')
    ('án', [('person', 'Vũ Đình Hòe'), ('kind', 'sự')])
    """
    pattern, known = _names()
    folded = fold(text)
    words, found, at = [], [], 0
    for name in pattern.finditer(folded):
        if name.start() < at or text.count('"', at, name.start()) % 2:   # within the value before, or in a phrase
            continue
        value = _QUOTED.match(text, name.end())
        if value is None:
            continue
        words.append(text[at : name.start()])
        field = known[" ".join(regex.findall(r"[a-z]+", name[0]))]
        found.append((field, value["phrase"] if value["phrase"] is not None else value["word"]))
        at = value.end()
    words.append(text[at:])
    return " ".join(" ".join(words).split()), found


def read_values(given: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Values by field, each read and once. Raises SearchError for one that cannot be, or for too many."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in given:
        field = fields()[name]
        if not value.strip():
            continue
        values = dict.fromkeys((*found.get(name, ()), field.read(value)))
        if len(values) > (MAX_VALUES if field.several else 1):
            error = "too many values" if field.several else "one value"
            raise SearchError(error, field=name, label=field.label(), most=MAX_VALUES)
        found[name] = tuple(values)
    return found
