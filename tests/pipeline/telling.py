"""What tests of acts and events share: documents that tell them, assembled, and what came of them."""

from __future__ import annotations

from collections import Counter

from corpus.document import Document
from extractors.facts import Decree, Event, Fact
from outputs.factbase import FactBase
from pipeline.assemble import assemble

LAW = "Ngày 14/11/2008, Quốc hội thông qua Luật Thi hành án dân sự"


def at(text: str, words: str) -> dict[str, object]:
    """Place and words of a fact: the first time that `words` stand in the text."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "rule": "by-hand"}


def base_of(*documents: tuple[Document, list[Fact]]) -> FactBase:
    base = FactBase.create(":memory:")
    for document, facts in documents:
        base.add(document, facts)
    assemble(base)
    return base


def document(name: str, text: str, date: str | None = None, title: str | None = None) -> Document:
    return Document(id=name, text=text, date=date, path=name, title=title)


def event(text: str, date: str, kind: str = "issuance", *, words: str | None = None, planned: bool = False) -> Event:
    return Event(**at(text, words or text), date=date, event_type=kind, planned=planned)


def told(*clauses: tuple[str, str], kind: str = "issuance", title: str | None = None) -> FactBase:
    """A document for each clause with its date."""
    return base_of(*(
        (document(f"d{number}", text, title=title), [event(text, date, kind)])
        for number, (date, text) in enumerate(clauses)
    ))


def events(base: FactBase) -> list[tuple[str, int, int]]:
    """Date, number of sources, number of clauses."""
    return [tuple(row) for row in base.db.execute(
        "SELECT e.date, e.sources, count(*) FROM event e JOIN event_mention m ON m.event = e.key "
        "GROUP BY e.key ORDER BY e.date, e.id"
    )]


def shown(base: FactBase) -> str:
    return str(base.db.execute("SELECT quote FROM mention m JOIN event e ON e.told_by = m.key").fetchone()["quote"])


def rules(base: FactBase) -> Counter[str]:
    return Counter(row["rule"] for row in base.db.execute("SELECT rule FROM event_mention"))


def decree(text: str, words: str, number: str, year: int | None = None) -> Decree:
    return Decree(**at(text, words), doc_type="sắc lệnh", number=number, year=year, issuer="Chủ tịch Chính phủ")
