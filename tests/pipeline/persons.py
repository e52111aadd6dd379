"""People for tests: documents that name somebody in an office, written by hand, and what a fact base makes of them."""

from __future__ import annotations

import random

from corpus.document import Document
from extractors.facts import Event, Fact, Official
from extractors.facts import Facts as AllFacts
from outputs.factbase import FactBase
from outputs.people_table import people
from pipeline.assemble import assemble

HAI_PHONG = "Cục Thi hành án dân sự thành phố Hải Phòng"
A = "Nguyễn Văn A"       # a neutral name that many bear
B = "Trịnh Khắc Bảng"    # one that few bear


def at(text: str, words: str) -> dict[str, object]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": "by hand"}


def told(name: str, title: str | None, org: str | None, date: str | None = None, *, words: str = "", doc: str = "",
         suffix: str = "", event: str | None = None, quote: str | None = None) -> tuple[Document, AllFacts]:
    """A document of its own words that names somebody once in an office."""
    noise = " ".join(random.Random(f"{doc}{name}{title}{org}{date}{words}").sample(_WORDS, 24))
    quote = quote or name
    text = f"{words}{quote}{suffix}. {noise}."
    facts: list[Fact] = [Official(**at(text, quote), name=name, title=title, org=org)]
    events = (Event(**at(text, f"{words}{quote}{suffix}"), date=event, event_type="appointment"),) if event else ()
    identifier = doc or f"{name}-{title}-{org}-{date}-{words}"
    return Document(id=identifier, path=identifier, text=text, date=date), AllFacts(
        officials=tuple(facts), events=events,  # type: ignore[arg-type]
    )


_WORDS = [
    f"{a}{b}" for a in ("ba", "cô", "đi", "gà", "hè", "lá", "mơ", "nụ", "sò", "tư") for b in ("ng", "m", "t", "n")
]


def base_of(*documents: tuple[Document, AllFacts]) -> FactBase:
    base = FactBase.create(":memory:")
    for document, facts in documents:
        base.add(document, facts)
    assemble(base)
    return base


def number(base: FactBase) -> int:
    return base.count("person")


def joins(base: FactBase) -> list[str]:
    return [row[0] for row in base.db.execute("SELECT rule FROM person_join ORDER BY rule")]


def flags(base: FactBase) -> list[tuple[str, str]]:
    return [tuple(row) for row in base.db.execute("SELECT flag, reason FROM person_flag ORDER BY flag, reason")]


def terms(base: FactBase) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.title, one.start, one.end) for one in people(base)]


def listed(*documents: tuple[Document, list[Fact]]) -> FactBase:
    base = FactBase.create(":memory:")
    for document, facts in documents:
        base.add(document, facts)
    assemble(base)
    return base


def official(text: str, words: str, **fields: str | None) -> Official:
    return Official(**at(text, words), **{"name": words, **fields})


def attested(base: FactBase) -> list[tuple[str, str, str | None, str | None]]:
    return [tuple(row) for row in base.db.execute(
        "SELECT p.name, o.title, o.first_attested, o.last_attested FROM person p "
        "JOIN occupancy o ON o.person = p.key ORDER BY p.name, o.first_attested"
    )]
