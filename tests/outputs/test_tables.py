"""The tables of people, decrees, figures and outcomes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, asdict, fields
from decimal import Decimal

import pytest

from corpus.errors import Reason
from extractors.facts import Figure
from outputs.decrees_table import decrees
from outputs.factbase import FactBase, Outcome
from outputs.figures_table import figures
from outputs.people_table import OfficeHeld, people
from outputs.status import status
from tests.outputs.small_base import LETTER, ORDER, add, fact, letter_facts, order_facts


@pytest.fixture()
def base() -> Iterator[FactBase]:
    """The order twice (a copy is no second source) and the letter, with people and decrees as assembly leaves them."""
    with FactBase.create(":memory:") as made:
        add(made, "order", ORDER, order_facts(), date="1958-03-13")
        add(made, "order-copy", ORDER, order_facts(), date="1958-03-14")
        made.db.execute("UPDATE document SET copy_of = 'order' WHERE id = 'order-copy'")
        add(made, "letter", LETTER, letter_facts())
        with made.transaction() as db:
            db.execute("INSERT INTO person (key, id, name) VALUES (1, 'p1', 'Vũ Đình Hòe'), (2, 'p2', 'Phạm Văn Đồng')")
            db.execute(
                "INSERT INTO occupancy (key, id, person, title, org, first_attested, last_attested) VALUES "
                "(1, 'o1', 1, 'Bộ trưởng', 'Bộ Tư pháp', NULL, NULL),"
                "(2, 'o2', 2, 'Thủ tướng', NULL, '1958-03-13', '1958-03-14')"
            )
            db.execute(
                "INSERT INTO occupancy_mention "
                "SELECT CASE name WHEN 'Vũ Đình Hòe' THEN 1 ELSE 2 END, mention, NULL FROM official_fact"
            )
            db.execute(
                "INSERT INTO decree (key, id, doc_type, number, year, issuer) VALUES "
                "(1, 'vn:NĐ:CP:1957:12', 'nghị định', '12/1957/NĐ-CP', 1957, 'Chính phủ')"
            )
            db.execute("INSERT INTO decree_mention SELECT 1, mention, 'number' FROM decree_fact")
        yield made


def test_people_have_their_offices_with_first_and_last_day_and_sources(base: FactBase) -> None:
    dong, hoe = people(base)
    assert (dong.name, dong.title, dong.org) == ("Phạm Văn Đồng", "Thủ tướng", None)
    assert (dong.first_attested, dong.last_attested) == ("1958-03-13", "1958-03-14")
    assert dong.sources == 1                      # the copy says nothing new
    assert [quote.document for quote in dong.quotes] == ["order", "order-copy"]
    assert "Thủ tướng Phạm Văn Đồng yêu cầu" in dong.quotes[0].words
    assert str(dong.quotes[0]).endswith(f"[order.txt:{ORDER.index('Phạm')}]")
    assert hoe.name == "Vũ Đình Hòe"
    assert hoe.quotes[0].words.startswith("Bộ trưởng Vũ Đình Hòe")


def test_decrees_are_counted_by_independent_document(base: FactBase) -> None:
    (decree,) = decrees(base)
    assert (decree.key, decree.type, decree.number) == ("vn:NĐ:CP:1957:12", "nghị định", "12/1957/NĐ-CP")
    assert decree.date == "1957"                  # no day is stated, the year is
    assert (decree.cited_by, decree.mentions) == (1, 2)


def test_figures_are_written_as_vietnamese_readers_write_them(base: FactBase) -> None:
    found = figures(base)
    assert [(figure.subject, figure.value, figure.document) for figure in found] == [
        ("toàn thành phố", "1.250 hồ sơ", "order"), ("toàn thành phố", "1.250 hồ sơ", "order-copy"),
    ]
    assert found[0].quote.words == "1.250 hồ sơ"


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ({"value": Decimal("2740557200000"), "unit": "VND"}, "2.740.557.200.000 đồng"),
        ({"value": Decimal("80.71"), "unit": "%"}, "80,71%"),
        ({"value": Decimal(8), "of": Decimal(63), "role": "rank"}, "thứ 8/63"),
        ({"value": Decimal(185), "of": Decimal(190), "role": "ratio", "unit": "biên chế"}, "185/190 biên chế"),
        ({"value": (Decimal(10), Decimal(12)), "unit": "người", "approx": "about"}, "khoảng 10–12 người"),
        ({"value": Decimal(5), "unit": "USD", "approx": "at_most"}, "nhiều nhất 5 USD"),
        ({"value": Decimal("-2.5"), "unit": None}, "-2,5"),
    ],
)
def test_values(stated: dict[str, object], written: str) -> None:
    text = "Một con số."
    with FactBase.create(":memory:") as base:
        add(base, "a", text, [fact(Figure, text, "số", period="2017-10/2018-05", **stated)])
        (figure,) = figures(base)
    assert figure.value == written
    assert figure.period == "10/2017 – 5/2018"


@pytest.mark.parametrize(
    ("before", "quote", "after", "approx", "written"),
    [
        ("Diện tích gần ", "5 ha", ".", "under", "gần 5 ha"),
        ("Diện tích dưới ", "5 ha", ".", "under", "dưới 5 ha"),
        ("Thửa đất nhỏ hơn ", "5 ha", ".", "under", "nhỏ hơn 5 ha"),
        ("Không được thấp hơn ", "5 ha", ".", "at_least", "không được thấp hơn 5 ha"),
        ("Diện tích không quá ", "5 ha", ".", "at_most", "không quá 5 ha"),
        ("Diện tích vượt quá ", "5 ha", ".", "over", "vượt quá 5 ha"),
        ("Diện tích từ ", "5 ha", " trở lên.", "at_least", "từ 5 ha trở lên"),
        ("Diện tích < ", "5 ha", ".", "under", "< 5 ha"),
        ("Gần 9 ha và ", "5 ha", ".", "under", "dưới 5 ha"),   # its word stands elsewhere: what is true of all of them
    ],
)
def test_how_exact_a_value_is_stays_in_the_words_of_the_source(
    before: str, quote: str, after: str, approx: str, written: str
) -> None:
    text = f"{before}{quote}{after}"
    with FactBase.create(":memory:") as base:
        add(base, "a", text, [fact(Figure, text, quote, value=Decimal(5), unit="ha", approx=approx)])
        (figure,) = figures(base)
    assert figure.value == written


def test_only_the_upper_end_of_a_range_is_not_exact() -> None:
    text, quote = "Từ 2 đến dưới 5 ha.", "2 đến dưới 5 ha"
    with FactBase.create(":memory:") as base:
        found = fact(Figure, text, quote, value=(Decimal(2), Decimal(5)), unit="ha", approx="under")
        add(base, "a", text, [found])
        (figure,) = figures(base)
    assert figure.value == "2–dưới 5 ha"


def test_status_is_a_ledger_in_which_every_input_is_counted_once(base: FactBase) -> None:
    for name, outcome, reason in (
        ("a.txt", "done", None), ("b.txt", "failed", "empty"), ("c.bin", "failed", "not-text"),
        ("d.txt", "duplicate", "same-text"), ("e.txt", "failed", "empty"), ("f.txt", "skipped", "from-a-later-version"),
    ):
        base.record(Outcome(input=name, path=name, status=outcome, reason=reason, detail="0 <b>byte</b>"))  # type: ignore[arg-type]
    ledger = status(base)
    assert ledger.counts == {"done": 1, "duplicate": 1, "skipped": 1, "failed": 3}
    assert ledger.inputs == sum(ledger.counts.values()) == sum(row.inputs for row in ledger.reasons) == 6
    assert ledger.documents == 3
    assert ledger.facts["date"] == 5
    reasons = [(row.reason, row.inputs) for row in ledger.reasons if row.status == "failed"]
    assert reasons == [("empty", 2), ("not-text", 1)]
    assert [failed.input for failed in ledger.listed] == ["b.txt", "c.bin", "e.txt"]
    assert next(row for row in ledger.reasons if row.reason == "empty").meaning == Reason.EMPTY.vietnamese
    unknown = next(row for row in ledger.reasons if row.reason == "from-a-later-version")
    assert unknown.meaning is None


def test_rows_are_frozen_and_become_json(base: FactBase) -> None:
    for row in (*people(base), *decrees(base), *figures(base), status(base)):
        json.dumps(asdict(row), ensure_ascii=False)
        with pytest.raises(FrozenInstanceError):
            setattr(row, fields(row)[0].name, "khác")


def test_an_empty_fact_base_has_empty_tables() -> None:
    with FactBase.create(":memory:") as base:
        assert people(base) == decrees(base) == figures(base) == []
        assert status(base).inputs == 0


def test_an_office_needs_no_day() -> None:
    held = OfficeHeld("Vũ Đình Hòe", "Bộ trưởng", None, None, None, 1, ())
    assert held.first_attested is None
