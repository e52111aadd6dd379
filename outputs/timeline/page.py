"""The timeline as one web page that needs no network: years, days, events, and the documents at its end.

The words of a source stand in the page once: the line of an event is the sentence that tells it, of which a closed
entry hides what stands around the quote. A large page also names each document only once, in the list at its end.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Literal

import regex
from markupsafe import Markup

from outputs import english, vietnamese
from outputs.conflicts import rule_labels
from outputs.passages import clipped
from outputs.tellings import Telling
from outputs.templating import environment
from outputs.timeline.build import Entry, Timeline, most
from outputs.words import event_labels, rows

Language = Literal["vi", "en"]

PAGE_EVENTS = 5000      # a page of more would be slow to open on a phone
ROOMY = 1500            # up to so many events, each names its documents; above, only by their numbers
CHOICES = 100           # bodies, people and sources that a filter lists, those of most events; words find the others
_MANY_YEARS = 40        # above, the years are folded into decades
_MANY_UNDATED = 60      # above, events without a year stand by month
_FEWEST_BARS, _LONGEST_STRIP = 4, 400   # years: fewer say nothing, more cannot be told apart
_ANCHOR = 10            # characters of the identifier in an anchor
PAGE_BYTES = 2_000_000  # of a page that is not roomy, as far as what follows can hold it
# Its characters around a quote on each side, tellings of an event, characters of a quote: the first that fits.
_DENSE = ((90, 20, 2000), (60, 8, 400), (40, 4, 300), (0, 2, 240), (0, 1, 115))
_MARKS = 2              # characters behind a quote that are no words
_ROOMY = (None, 20, 2000)
_PLAIN = regex.compile(r"[A-Za-z0-9_-]+")
_POINT = regex.compile(r"(?:XXXX|-?\d{4})-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Item:
    """An event with what the page adds: its anchor, and the classes that filters look for."""

    entry: Entry
    anchor: str
    classes: str

    @property
    def attributes(self) -> Markup:
        """`id` and `class`, without quotation marks where HTML needs none."""
        values = ((name, value) for name, value in (("id", self.anchor), ("class", self.classes)) if value)
        return Markup(" ").join(
            Markup("{}={}" if _PLAIN.fullmatch(value) else '{}="{}"').format(name, value) for name, value in values
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A year, or a month of events without one: heading, anchor, and its events by day."""

    name: str
    anchor: str
    short: str
    decade: str
    days: tuple[tuple[str, tuple[Item, ...]], ...]

    @property
    def count(self) -> int:
        """Its events."""
        return sum(len(items) for _, items in self.days)


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of a filter: the class that it looks for, what it says, and how many events have it."""

    code: str
    label: str
    count: int


class Wording:
    """The words of the page in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._module = {"vi": vietnamese, "en": english}[language]
        self._phrases = {row["key"]: row[language] for row in rows("timeline_phrases")}
        self.figures: Callable[[int], str] = self._module.number_in_figures

    def __call__(self, key: str, **values: object) -> str:
        """A phrase with its blanks filled."""
        return self._phrases[key].format(**values)

    def date(self, edtf: str) -> str:
        """A date in words."""
        return str(self._module.date_in_words(edtf))

    def short(self, edtf: str) -> str:
        """A date beside a title: `19/7/1946`, `19 July 1946`."""
        return vietnamese.short_date(edtf) if self.language == "vi" else english.date_in_words(edtf)

    def day(self, edtf: str) -> str:
        """A date where the year, if any is stated, stands above."""
        if "/" in edtf and all(len(part) > len("1946") and _POINT.fullmatch(part) for part in edtf.split("/")):
            first, last = edtf.split("/")
            if first[:4] == last[:4]:
                return f"{self._of_year(first)} – {self._of_year(last)}"
        if edtf.startswith(("XXXX", "-")) and _POINT.fullmatch(edtf):
            return self._of_year(edtf)
        return vietnamese.capitalised(self._module.date_within_year(edtf))

    def _of_year(self, edtf: str) -> str:
        point = _POINT.fullmatch(edtf)
        within = "-".join(part for part in ("2000", *(point.groups() if point else ())) if part)
        return vietnamese.capitalised(self._module.date_within_year(within))

    def year(self, year: str | None) -> str:
        """A year as a heading."""
        return self("unknown") if year is None else self._module.year_in_words(int(year))

    def month(self, month: int) -> str:
        """A month by itself."""
        return str(self._module.date_within_year(f"2000-{month:02}"))


@cache
def _wording(language: Language) -> Wording:
    return Wording(language)


def timeline_html(timeline: Timeline, language: Language = "vi") -> str:
    """One self-contained page. Of more than PAGE_EVENTS events the heaviest stay, and the page says so.

    Everything can be read without its script, which only filters; a policy in the page lets nothing else run or load.
    """
    timeline = most(timeline, PAGE_EVENTS)
    pages = (_page(timeline, language, *sizes) for sizes in (_DENSE if len(timeline.entries) > ROOMY else (_ROOMY,)))
    page = ""
    for page in pages:
        if len(page.encode()) <= PAGE_BYTES:
            break
    return page


def _page(timeline: Timeline, language: Language, near: int | None, tellings: int, longest: int) -> str:
    words, entries = _wording(language), timeline.entries
    choices = _choices(timeline, words)
    codes = {name: {one.label: one.code for one in listed} for name, listed in choices.items()}
    documents = _documents(entries, tellings)
    sections = list(_sections([Item(entry, "", _classes(entry, codes, words)) for entry in entries], words))
    style, script = _file("archive.css") + _file("timeline.css"), _file("timeline.js")
    return environment().get_template("timeline.html.j2").render(
        timeline=timeline, words=words, language=language, sections=sections, choices=choices,
        numbers={telling.document_id: number for number, telling in documents.items()}, documents=documents,
        decades=_decades(sections), bars=_bars(timeline), roomy=len(entries) <= ROOMY,
        labels=event_labels(language), rules=rule_labels(language), most_tellings=tellings,
        text=_text, sentence=partial(_sentence, near=near, longest=longest),
        file=_one_file(list(documents.values())), style=Markup(style), script=Markup(script),
        style_hash=_hash(style), script_hash=_hash(script),
    )


def _file(name: str) -> str:
    environment_ = environment()
    assert environment_.loader is not None
    return environment_.loader.get_source(environment_, name)[0]


def _hash(text: str) -> str:
    """As a content security policy asks for it."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _text(words: str) -> Markup:
    """Words between tags, where quotation marks need no escape."""
    return Markup(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _sentence(telling: Telling, near: int | None, longest: int) -> tuple[Markup, Markup, Markup]:
    """Words before the quote, the quote, and words after it; the mark that ends a sentence stays with the quote."""
    before, quote, after = telling.before, clipped(telling.quote, longest), telling.after
    if near is not None and len(before) > near:
        before = f"…{before[-near:].partition(' ')[2]}" if near else ""
    if near is not None and len(after) > near:
        after = f"{after[:near].rpartition(' ')[0]}…" if near else ""
    quote, after = (quote + after, "") if len(after) <= _MARKS else (quote, after)
    return _text(before), _text(quote), _text(after)


def _documents(entries: Iterable[Entry], tellings: int) -> dict[int, Telling]:
    """The documents by number, in the order in which the page first cites them."""
    first: dict[str, Telling] = {}
    for entry in entries:
        for telling in entry.tellings[:tellings]:
            first.setdefault(telling.document_id, telling)
    return dict(enumerate(first.values(), 1))


def _one_file(documents: Sequence[Telling]) -> str | None:
    """The file that all documents stand in, if there is only one."""
    paths = {telling.path for telling in documents}
    return paths.pop() if len(paths) == 1 and all(telling.member for telling in documents) else None


def _named(entry: Entry) -> dict[str, list[str]]:
    """What filters tell events apart by."""
    return {
        "body": [body.name for body in entry.bodies if body.id],
        "person": [name for _, name in entry.people],
        "source": [telling.source for telling in entry.tellings if telling.source],
    }


def _choices(timeline: Timeline, words: Wording) -> dict[str, list[Choice]]:
    """For each filter its lines; a filter of fewer than two lines is left out."""
    types = Counter(entry.type for entry in timeline.entries)
    labels = event_labels(words.language)
    listed = [Choice(f"t{at}", label, types[kind]) for at, (kind, label) in enumerate(labels.items()) if types[kind]]
    if planned := sum(entry.planned for entry in timeline.entries):
        listed.append(Choice("t", words("planned"), planned))
    found = {"type": listed}
    for name in ("body", "person", "source"):
        count = Counter(one for entry in timeline.entries for one in set(_named(entry)[name]))
        heaviest = sorted(count, key=lambda one: (-count[one], one))[:CHOICES]
        lines = [Choice(f"{name[0]}{at}", one, count[one]) for at, one in enumerate(heaviest)]
        found[name] = sorted(lines, key=lambda line: line.label)
    return {name: lines if len(lines) > 1 else [] for name, lines in found.items()}


def _classes(entry: Entry, codes: dict[str, dict[str, str]], words: Wording) -> str:
    names = {"type": [event_labels(words.language)[entry.type], *([words("planned")] if entry.planned else [])]}
    names |= _named(entry)
    found = (codes[name][one] for name, of in names.items() for one in of if one in codes[name])
    return " ".join(dict.fromkeys(found))


def _sections(items: Sequence[Item], words: Wording) -> Iterator[Section]:
    anchors = Counter(_anchor(item.entry) for item in items)
    undated = sum(item.entry.year is None for item in items)

    def key(item: Item) -> tuple[str | None, int]:
        year = item.entry.year
        point = _POINT.match(item.entry.date) if year is None and undated > _MANY_UNDATED else None
        return year, int(point[1]) if point and point[1] <= "12" else 0

    for (year, month), group in groupby(items, key=key):
        named = [
            Item(one.entry, _anchor(one.entry) if anchors[_anchor(one.entry)] == 1 else one.entry.id, one.classes)
            for one in group
        ]
        days = tuple((words.day(date), tuple(of)) for date, of in groupby(named, key=lambda one: one.entry.date))
        name, short = words.year(year), words.year(year) if year else words("unknown_short")
        decade = "" if year is None else f"{int(year) // 10 * 10}"
        anchor = "nam-khong-ro" if year is None else f"nam-{year}"
        if month:
            name, short = f"{name} · {words.month(month)}", words.month(month)
            anchor = f"{anchor}-{month:02}"
        yield Section(name, anchor, vietnamese.capitalised(short), decade, days)


def _anchor(entry: Entry) -> str:
    """Short, and the same in every build: identifiers are hashes of content."""
    return entry.id.removeprefix("event-")[:_ANCHOR]


def _decades(sections: Sequence[Section]) -> list[tuple[str, int, list[Section]]]:
    """Name, number of events and sections of each decade; one nameless group where there are few years."""
    if len(sections) <= _MANY_YEARS:
        return [("", 0, list(sections))]
    found = []
    for decade, group in groupby(sections, key=lambda section: section.decade):
        of = list(group)
        name = of[0].name.partition(" · ")[0] if not decade else of[0].short
        name = f"{name} – {of[-1].short}" if decade and len(of) > 1 else name
        found.append((name, sum(section.count for section in of), of))
    return found


def _bars(timeline: Timeline) -> list[tuple[int, int, float]]:
    """For the strip above the page: place from the first year, year, and height as a share of the fullest year."""
    count = Counter(int(entry.year) for entry in timeline.entries if entry.year)
    if len(count) < _FEWEST_BARS or max(count) - min(count) > _LONGEST_STRIP:
        return []
    first, fullest = min(count), max(count.values())
    return [(year - first, year, round(count[year] / fullest, 3)) for year in sorted(count)]
