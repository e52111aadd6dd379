"""A question: words, and what the answer must meet besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from typing import Any, Self
from urllib.parse import urlencode

from extractors.calendar import bounds
from outputs.asking.errors import SearchError
from outputs.asking.fields import fields, fields_in, read_values

MAX_LENGTH = 2_000  # characters of the box; more is a pasted text, not a question

_SINGLE = frozenset({"planned", "since", "until", "published_since", "published_until", "order"})
_QUOTE = str.maketrans("“”„«»＂", '""""""')


@dataclass(frozen=True, slots=True)
class Question:
    """Words, and the fields of `outputs/data/search_fields.tsv`. Of several values of a field any answers.

    Make it with `Question.read` or `Question.of`, which raise SearchError for what cannot be asked; the constructor
    itself believes what it is given. Days are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, both ends included.
    """

    words: str = ""
    kind: tuple[str, ...] = ()           # date, decree, official, figure, directive, event, document
    force: tuple[str, ...] = ()          # of directives: order, request, task, promise
    event_type: tuple[str, ...] = ()
    planned: bool | None = None          # events that are only announced, or that are reported
    issuer: tuple[str, ...] = ()         # names, or ids of bodies
    addressee: tuple[str, ...] = ()      # names, or ids of bodies
    person: tuple[str, ...] = ()         # names or ids
    body: tuple[str, ...] = ()           # names or ids
    decree: tuple[str, ...] = ()         # numbers, names or ids
    amends: tuple[str, ...] = ()         # acts that do something to these
    amended_by: tuple[str, ...] = ()     # acts to which these do something
    place: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    source: tuple[str, ...] = ()         # newspaper or body, as stated
    document_kind: tuple[str, ...] = ()  # news, notice
    document: tuple[str, ...] = ()       # ids
    since: str | None = None             # of the fact's own days; see docs/search.md
    until: str | None = None
    published_since: str | None = None   # of the document's date
    published_until: str | None = None
    order: str | None = None             # rank (None), oldest, newest

    @classmethod
    def read(cls, text: str, **filters: Any) -> Self:
        """The question in a text of the box, where fields may stand (`người:"Vũ Đình Hòe"`), and further filters."""
        if len(text) > MAX_LENGTH:
            raise SearchError("too long", length=len(text), most=MAX_LENGTH)
        words, found = fields_in(text.translate(_QUOTE))
        return cls.of(words, [*found, *_pairs(filters)])

    @classmethod
    def of(cls, words: str, given: Iterable[tuple[str, str]]) -> Self:
        """The question of words and of pairs of field and value."""
        values: dict[str, Any] = dict(read_values(given))
        for name in _SINGLE & values.keys():
            values[name] = values[name][0]
        if "planned" in values:
            values["planned"] = values["planned"] == "yes"
        if values.get("order") == "rank":
            del values["order"]
        question = cls(" ".join(words.split()), **values)
        _check_span(question.since, question.until)
        _check_span(question.published_since, question.published_until)
        return question

    @classmethod
    def from_params(cls, params: Mapping[str, str | Sequence[str]] | Iterable[tuple[str, str]]) -> Self:
        """The question in the parameters of an address: `q` is the box; what is no field is passed over."""
        pairs = list(_pairs(params) if isinstance(params, Mapping) else params)
        known = [(name, value) for name, value in pairs if name in fields()]
        return cls.read(" ".join(value for name, value in pairs if name == "q"), **_gathered(known))

    def as_params(self) -> tuple[tuple[str, str], ...]:
        """The parameters of its permanent address, in a fixed order."""
        found = [("q", self.words)] if self.words else []
        return (*found, *self.values())

    def as_query(self) -> str:
        """The same as they stand in an address."""
        return urlencode(self.as_params())

    def values(self) -> tuple[tuple[str, str], ...]:
        """Every field and value that is asked for, without the words."""
        found: list[tuple[str, str]] = []
        for name in fields():
            value = getattr(self, name)
            if isinstance(value, bool):
                value = "yes" if value else "no"
            found += [(name, one) for one in (value if isinstance(value, tuple) else (value,)) if one is not None]
        return tuple(found)

    def as_text(self, language: str = "vi") -> str:
        """The question as it could be typed in the box."""
        said = [self.words] if self.words else []
        for name, value in self.values():
            field = fields()[name]
            said.append(f'{field.typed_name(language)}:"{field.value_label(value, language)}"')
        return " ".join(said)

    def toggled(self, field: str, value: str) -> Self:
        """The question with a choice of a facet taken in; with it left out where it was in. For links beside counts.

        A choice of `year` or `published` is a span of time: `1946`, or `1940/1949`.
        """
        if field in _SPANS:
            names = _SPANS[field]
            span = (None, None) if self.chosen(field, value) else _span(value)
            return self._with(dict(zip(names, span, strict=True)))
        if field == "planned":
            return replace(self, planned=None if self.chosen(field, value) else value == "yes")
        values = getattr(self, field)
        kept = tuple(one for one in values if one != value)
        return self._with({field: kept if value in values else (*values, value)})

    def _with(self, values: dict[str, Any]) -> Self:
        return replace(self, **values)

    def chosen(self, field: str, value: str) -> bool:
        """Whether a choice of a facet is in the question."""
        if field in _SPANS:
            first, last = (getattr(self, name) for name in _SPANS[field])
            return (first, last) == _span(value)
        if field == "planned":
            return self.planned is not None and self.planned == (value == "yes")
        return value in getattr(self, field)

    def without(self, field: str) -> Self:
        """The question without what it asks of a field or facet."""
        names = _SPANS.get(field, (field,))
        return self._with({name: None if name in _SINGLE else () for name in names})


_SPANS = {"year": ("since", "until"), "published": ("published_since", "published_until")}


def _span(value: str) -> tuple[str, str]:
    first, _, last = value.partition("/")
    return first, last or first


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _pairs(given: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in given.items():
        if isinstance(value, bool):
            yield name, "yes" if value else "no"
        elif isinstance(value, str):
            yield name, value
        elif value is not None:
            yield from ((name, one) for one in value)


def _check_span(since: str | None, until: str | None) -> None:
    first, last = since and (bounds(since) or (None,))[0], until and (bounds(until) or (None, None))[1]
    if first and last and first > last:
        raise SearchError("ends before", since=since, until=until)


FIELDS = tuple(field.name for field in fields_of(Question) if field.name != "words")
