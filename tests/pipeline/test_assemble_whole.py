"""Assembly works by blocks and on disk, and the order of documents makes no difference to it."""

from __future__ import annotations

import random

import pytest

from corpus.document import Document
from extractors.facts import Decree, Event, Facts, Official
from outputs.factbase import FactBase
from pipeline.assemble import TABLES, assemble

ACTS = ("Sắc lệnh số 13/SL", "Sắc lệnh số 130/SL", "Nghị định số 12/1957/NĐ-CP")
DAYS = ("1946-07-19", "1946-07", "1946", "1957-03-12", "1957")
PEOPLE = ("Vũ Đình Hòe", "Phạm Văn Đồng", "Hòe")
_SENTENCE = "chính phủ ban hành thể thức thi hành án tòa án các cấp nhân dân hội nghị tư pháp toàn quốc khai mạc"
WORDS = _SENTENCE.split()


def archive(seed: int) -> list[tuple[Document, Facts]]:
    """Documents of made-up sentences; each tells two events, cites acts and names officials."""
    chosen = random.Random(seed)
    made = []
    for number in range(30):
        text, acts, people, told = "", [], [], []
        for _ in range(2):
            begin = len(text)
            act, person = chosen.choice((*ACTS, "")), chosen.choice((*PEOPLE, ""))
            for words in (person, " ".join(chosen.sample(WORDS, chosen.choice((4, 9, len(WORDS))))), act):
                place = {"start": len(text), "end": len(text) + len(words), "text": words}
                text += f"{words} "
                if words and words == act:
                    year = chosen.choice((1946, None))
                    doc_type, number_of_act = act.lower().split(" số ")[0], act.split()[-1]
                    acts.append(Decree(**place, doc_type=doc_type, number=number_of_act, year=year))
                elif words and words == person:
                    people.append(Official(**place, name=person, title=chosen.choice(("Bộ trưởng", None))))
            kind, day = chosen.choice(("issuance", "meeting")), chosen.choice(DAYS)
            told.append(Event(start=begin, end=len(text) - 1, text=text[begin:-1], date=day, event_type=kind))
        published = chosen.choice((None, "1957-04-01"))
        document = Document(id=f"d{number:02}", text=text, path=f"d{number:02}", date=published)
        made.append((document, Facts(decrees=tuple(acts), officials=tuple(people), events=tuple(told))))
    return made


def assembled(made: list[tuple[Document, Facts]]) -> FactBase:
    base = FactBase.create(":memory:")
    for document, facts in made:
        base.add(document, facts)
    assemble(base)
    return base


_ASSEMBLED = (
    "SELECT p.id, p.name, m.id FROM person p JOIN person_mention x ON x.person = p.key"
    " JOIN mention m ON m.key = x.mention",
    "SELECT o.id, o.title, o.org, o.first_attested, o.last_attested FROM occupancy o",
    "SELECT d.id, d.date, d.title, m.id FROM decree d JOIN decree_mention x ON x.decree = d.key"
    " JOIN mention m ON m.key = x.mention",
    "SELECT e.id, e.date, e.sources, t.id FROM event e JOIN mention t ON t.key = e.told_by",
    "SELECT s.id, t.id, l.role FROM fact_link l JOIN mention s ON s.key = l.source JOIN mention t ON t.key = l.target",
    "SELECT id, copy_of FROM document",
)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_documents_makes_no_difference(seed: int) -> None:
    made = archive(seed)
    shuffled = random.Random(seed).sample(made, len(made))
    with assembled(made) as one, assembled(shuffled) as other:
        for sql in _ASSEMBLED:
            mine, theirs = (sorted(map(tuple, base.db.execute(sql)), key=str) for base in (one, other))
            assert mine == theirs


def test_rows_point_at_rows_that_are_there_though_nothing_checks_them_as_they_are_written() -> None:
    with assembled(archive(5)) as base:
        base.remove("d07")
        assemble(base)
        assert base.db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert base.count("event_mention") == base.db.execute("SELECT count(*) FROM event_fact").fetchone()[0]


def test_whatever_points_at_an_assembled_table_is_assembled_too() -> None:
    with FactBase.create(":memory:") as base:
        tables = [row["name"] for row in base.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        pointing = {
            table for table in tables for key in base.db.execute(f"PRAGMA foreign_key_list({table})")
            if key["table"] in TABLES
        }
        assert pointing <= set(TABLES) <= set(tables)
