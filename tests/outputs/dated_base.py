"""Fact bases for timelines: events of given dates; and bodies, people and a conflict joined by hand."""

from __future__ import annotations

from extractors.facts import Event, Fact, Official
from outputs.factbase import FactBase
from tests.outputs.small_base import add, fact

MEETING = "ngày 5/9/1946, Bộ trưởng Vũ Đình Hòe họp với Bộ Tư pháp và Tòa án thành phố"
ISSUED = "Ngày 19/7/1946, Chính phủ ban hành Sắc lệnh số 130/SL"
ORDERED = "Ngày 12/3/1958, Chính phủ ban hành Nghị định số 1/NĐ"


def join(base: FactBase, quotes: list[str]) -> None:
    """Each of the clauses as an event of its own."""
    with base.transaction() as db:
        for number, quote in enumerate(quotes):
            row = db.execute(
                "SELECT m.key, f.* FROM mention m JOIN event_fact f ON f.mention = m.key WHERE m.quote = ?", (quote,)
            ).fetchone()
            event = db.execute(
                "INSERT INTO event (id, date, first_day, last_day, event_type, planned, told_by, sources)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                (f"event-{number:04x}", row["date"], row["first_day"], row["last_day"], row["event_type"],
                 row["planned"], row["key"]),
            ).lastrowid
            db.execute("INSERT INTO event_mention (event, mention) VALUES (?, ?)", (event, row["key"]))


def dated_base(*dates: str, kind: str = "other", about: str = "việc thứ") -> FactBase:
    """An event for each date (EDTF), all told in one document."""
    base = FactBase.create(":memory:")
    quotes = [f"{about} {number} xảy ra" for number in range(len(dates))]
    text = ". ".join(quotes) + "."
    facts: list[Fact] = [
        fact(Event, text, quote, date=date, event_type=kind) for quote, date in zip(quotes, dates, strict=True)
    ]
    add(base, "ke", text, facts, title="Một chuyện kể", date="1990-05-19")
    join(base, quotes)
    return base


def assembled_base() -> FactBase:
    """Three events; in one of them a man and two bodies take part, and the weekday does not fit the date."""
    base = FactBase.create(":memory:")
    text = f"Thứ hai {MEETING}. {ISSUED}. {ORDERED}."
    add(base, "bai", text, [
        fact(Event, text, MEETING, date="1946-09-05", event_type="meeting"),
        fact(Event, text, ISSUED, date="1946-07-19", event_type="issuance"),
        fact(Event, text, ORDERED, date="1958-03-12", event_type="issuance"),
        fact(Official, text, "Vũ Đình Hòe", name="Vũ Đình Hòe", title="Bộ trưởng", org="Bộ Tư pháp"),
    ], title="Chuyện ngành tư pháp", date="1990")
    join(base, [MEETING, ISSUED, ORDERED])
    with base.transaction() as db:
        keys = {row["quote"]: row["key"] for row in db.execute("SELECT key, quote FROM mention")}
        body = db.execute("INSERT INTO body (id, name, basis) VALUES ('btp', 'Bộ Tư pháp', 'lexicon')").lastrowid
        named = "INSERT INTO body_mention VALUES (?, 'participant', ?, 1, ?, 'name')"
        db.execute(named, (keys[MEETING], "Bộ Tư pháp", body))
        db.execute(named, (keys[MEETING], "Tòa án thành phố", None))
        person = db.execute("INSERT INTO person (id, name) VALUES ('hoe', 'Vũ Đình Hòe')").lastrowid
        db.execute("INSERT INTO person_mention VALUES (?, ?)", (person, keys["Vũ Đình Hòe"]))
        conflict = db.execute(
            "INSERT INTO conflict (id, rule, grade, about) VALUES ('c1', 'weekday', 'contradiction', 'ngày 5/9/1946')"
        ).lastrowid
        start = text.index("ngày 5/9/1946")
        for place, value in enumerate(("thứ năm", "thứ hai"), 1):
            db.execute(
                'INSERT INTO conflict_side (conflict, place, document, start, "end", quote, value)'
                " SELECT ?, ?, key, ?, ?, 'ngày 5/9/1946', ? FROM document",
                (conflict, place, start, start + 13, value),
            )
    return base
