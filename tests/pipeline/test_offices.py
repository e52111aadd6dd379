"""Offices of people: whose body it is, what they are called, what bounds them, how they are shown."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import cast

import pytest

import sulieu
from corpus.document import Document
from corpus.tables import many, table
from extractors.facts import Event, Official, Participant
from extractors.facts import Facts as AllFacts
from outputs.factbase import FactBase
from outputs.people_table import OfficeHeld, people, person_cards, term_in_words
from pipeline.assemble import assemble
from pipeline.assemble.people.appointments import terms_told
from pipeline.assemble.people.offices import offices_of, offices_told
from tests.pipeline.persons import (
    HAI_PHONG,
    A,
    B,
    at,
    base_of,
    flags,
    terms,
    told,
)

FOREIGN = [   # mentions: name, title, body, day, words before, words behind; the bodies of ours that remain
    ([("James Mattis", "Bộ trưởng", "Bộ Quốc phòng", "", "")], []),
    ([("Jens Stoltenberg", "Tổng thư ký", "NATO", "", "")], ["NATO"]),
    ([("Hun Sen", "Thủ tướng", "Campuchia", "", ""), ("Hun Sen", "Thủ tướng", "Chính phủ", "", "")], ["Campuchia"]),
    ([("Hun Sen", "Thủ tướng", "Chính phủ", "", " của Campuchia, nói")], []),
    ([("Chu Dung Cơ", "Thủ tướng", "Trung Quốc", "", ""), ("Chu Dung Cơ", "Thủ tướng", "Chính phủ", "", "")],
     ["Trung Quốc"]),
    ([("Ksor Phước", "Chủ tịch", "Hội đồng Dân tộc của Quốc hội", "", "")], ["Hội đồng Dân tộc của Quốc hội"]),
    ([("Trường Chinh", "Chủ tịch", "Hội đồng Nhà nước", "", "")], ["Hội đồng Nhà nước"]),
    ([("Nguyễn Cơ Thạch", "Bộ trưởng", "Bộ Ngoại giao", "", ", trong chuyến thăm Thái Lan")], ["Bộ Ngoại giao"]),
]


@pytest.mark.parametrize(("mentions", "bodies"), FOREIGN, ids=lambda value: str(value)[:50])
def test_foreigners_hold_no_office_of_ours(
    mentions: list[tuple[str, str, str, str, str]], bodies: list[str]
) -> None:
    text, facts = "", []
    for name, title, org, before, behind in mentions:
        text += before
        facts.append(Official(start=len(text), end=len(text) + len(name), text=name, rule="x", name=name, title=title,
                              org=org))
        text += f"{name}{behind}. "
    with FactBase.create(":memory:") as base:
        base.add(Document(id="d", path="d", text=text, date="1984-05-09"), facts)
        assemble(base)
        assert [one.body for one in people(base) if one.body] == bodies
        if bodies == []:
            assert {row[0] for row in base.db.execute("SELECT how FROM body_mention WHERE role = 'org'")} == {
                "of this country or another",
            }


PAST = [   # day of the document, words before, name, title, body, words behind; since when the body is
    ("2016-03-01", "", "Phạm Văn Đồng", "Thủ tướng", "Chính phủ", "", None),     # dead since 2000: of two
    ("2016-03-01", "", A, "Bộ trưởng", "Bộ Nội vụ", " (1994-1999)", "1945-08-28"),    # the nearest that bore the name
    ("2016-03-01", "", A, "Bộ trưởng", "Bộ Nội vụ", " (2008-2013)", "2002"),
    ("2025-11-01", "Năm 1916: ", A, "Bộ trưởng", "Bộ Nội vụ", " (1916-1917)", None),  # nobody yet
    ("2025-11-01", "", A, "Bí thư", "Tỉnh ủy Phú Thọ", " (1950-1955)", "earlier"),
]


@pytest.mark.parametrize(("day", "before", "name", "title", "org", "behind", "since"), PAST)
def test_the_body_of_an_office_is_that_of_its_time(
    day: str, before: str, name: str, title: str, org: str, behind: str, since: str | None
) -> None:
    with base_of(told(name, title, org, day, words=before, suffix=behind)) as base:
        began = base.db.execute(
            "SELECT b.began, b.key FROM body_mention x LEFT JOIN body b ON b.key = x.body WHERE x.role = 'org'"
        ).fetchone()
        if since == "earlier":
            assert (began[0] or "") < "2025-07-01"
        else:
            assert began[0] == since


OUTLIVED = [   # day of the document, name, title, body, words behind; the day attested
    ("2012-07-18", "Kaysone Phomvihane", "Chủ tịch", "Lào", "", None),
    ("1987-07-18", "Kaysone Phomvihane", "Chủ tịch", "Lào", "", "1987-07-18"),
    ("2016-03-01", A, "Bộ trưởng", "Bộ Nội vụ", " (2008-2013)", "2008"),
    ("2016-03-01", A, "Bộ trưởng", "Bộ Nội vụ", " (1912 - 1989)", None),
    ("2016-03-01", A, "Bộ trưởng", "Bộ Nội vụ", "", "2016-03-01"),
]


@pytest.mark.parametrize(("day", "name", "title", "org", "behind", "attested"), OUTLIVED)
def test_stated_years_and_lives_limit_what_is_attested(
    day: str, name: str, title: str, org: str, behind: str, attested: str | None
) -> None:
    with base_of(told(name, title, org, day, suffix=behind)) as base:
        assert [one.first_attested for one in people(base)] == [attested]

# -- offices -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("title", "org", "read"), [
    ("Phó Cục trưởng phụ trách", HAI_PHONG, [("phó cục trưởng", "in charge", False)]),
    ("Q.Tổng cục trưởng", "Tổng cục THADS", [("tổng cục trưởng", "acting", False)]),
    ("nguyên Bộ trưởng", "Bộ Tư pháp", [("bộ trưởng", None, True)]),
    ("Tân Bộ trưởng", "Bộ Tư pháp", [("bộ trưởng", None, False)]),
    ("Bí thư Đảng ủy, Trưởng", "THADS thành phố Đà Nẵng", [("bí thư đảng ủy", None, False), ("trưởng", None, False)]),
    ("Bộ trưởng, Chủ nhiệm", "Văn phòng Chính phủ", [("bộ trưởng, chủ nhiệm", None, False)]),
    ("Ngoại trưởng", "Pháp", [("bộ trưởng", None, False)]),
    ("Phát ngôn viên", "Bộ Ngoại giao", [("người phát ngôn", None, False)]),
])
def test_titles_are_read_as_offices(title: str, org: str, read: list[tuple[str, str | None, bool]]) -> None:
    from pipeline.assemble.people.bodies import body_of

    assert [(one.office, one.modifier, one.former) for one in offices_of(title, body_of(org))] == read


@pytest.mark.parametrize("row", [row for row in table("pipeline", "office_words") if row["examples"]],
                         ids=lambda row: row["words"])
def test_words_of_offices_are_found_in_their_examples(row: dict[str, str]) -> None:
    (office,) = offices_of(row["examples"], None)
    if row["kinds"] in ("former", "elect", "acting", "in charge"):
        held = {"former": office.former, "elect": office.elect}.get(row["kinds"], office.modifier == row["kinds"])
        assert held
        assert row["words"] not in office.office
    elif row["kinds"] == "plain":
        assert row["words"] not in office.office
    else:
        assert set(row["kinds"].split()) <= office.kinds


def test_in_charge_and_then_head_are_two_offices_of_one_person() -> None:
    with base_of(
        told(A, "Phó Cục trưởng phụ trách", HAI_PHONG, "2014-05-09"), told(A, "Cục trưởng", HAI_PHONG, "2018-07-02"),
        told(A, "Cục trưởng", "Cục THADS TP Hải Phòng", "2021-07-15"),
    ) as base:
        deputy, head = people(base)
        assert terms(base) == [
            ("Phó Cục trưởng phụ trách", "[..2014-05-09]", "[2014-05-09..2018-07-02]"),
            ("Cục trưởng", "[2014-05-09..2018-07-02]", "[2021-07-15..]"),
        ]
        assert (deputy.person, deputy.modifier, head.follows) == (head.person, "in charge", "Phó Cục trưởng phụ trách")
        assert [term_in_words(one) for one in (deputy, head)] == [
            "2014-05-09 … trước 2018-07-02", "2018-07-02 … 2021-07-15",
        ]


def test_the_next_holder_bounds_the_one_before() -> None:
    with base_of(
        told("Hoàng Sỹ Thành", "Tổng cục trưởng", "Tổng cục Thi hành án dân sự", "2014-05-09"),
        told("Mai Lương Khôi", "Q.Tổng cục trưởng", "Tổng cục THADS", "2018-07-02"),
    ) as base:
        assert terms(base) == [
            ("Tổng cục trưởng", "[..2014-05-09]", "[2014-05-09..2018-07-02]"),
            ("Q.Tổng cục trưởng", "[2014-05-09..2018-07-02]", "[2018-07-02..]"),
        ]


def test_two_holders_on_one_day_are_flagged_and_bound_nothing() -> None:
    with base_of(
        told(A, "Cục trưởng", HAI_PHONG, "2014-05-09"), told(B, "Cục trưởng", HAI_PHONG, "2014-05-09"),
    ) as base:
        assert flags(base) == [("two holders", "one office on one day")]
        assert [end for _, _, end in terms(base)] == ["[2014-05-09..]"] * 2


def test_formerly_attests_nothing_and_bounds_the_end() -> None:
    with base_of(told(B, "nguyên Bộ trưởng", "Bộ Tư pháp", "2018-07-02")) as base:
        assert terms(base) == [("Bộ trưởng", None, "[..2018-07-02]")]
        (office,) = people(base)
        assert (office.first_attested, term_in_words(office)) == (None, "… trước 2018-07-02")


def test_a_later_mention_without_formerly_is_careless() -> None:
    with base_of(
        told(B, "nguyên Bộ trưởng", "Bộ Tư pháp", "2010-07-02"), told(B, "Bộ trưởng", "Bộ Tư pháp", "2018-07-02"),
        told(B, "Bộ trưởng", "Bộ Tư pháp", "2005-01-01"),
    ) as base:
        assert terms(base) == [("Bộ trưởng", "[..2005-01-01]", "[2005-01-01..2010-07-02]")]


@pytest.mark.parametrize(("words", "suffix", "title", "start", "end"), [
    ("Ngày 20/5/2020, Thủ tướng bổ nhiệm ông ", " giữ chức Thứ trưởng Bộ Tư pháp", "Thứ trưởng", "2020-05-20", None),
    ("Ngày 20/5/2020, ông ", " được bổ nhiệm làm Thứ trưởng Bộ Tư pháp", "Thứ trưởng", "2020-05-20", None),
    ("Ngày 20/5/2020, ông ", " thôi giữ chức Thứ trưởng Bộ Tư pháp", "Thứ trưởng", None, "2020-05-20"),
    ("Ngày 20/5/2020, miễn nhiệm Thứ trưởng Bộ Tư pháp đối với ông ", "", "Thứ trưởng", None, "2020-05-20"),
])
def test_a_beginning_or_end_is_known_only_from_an_event(
    words: str, suffix: str, title: str, start: str | None, end: str | None
) -> None:
    with base_of(told(B, title, "Bộ Tư pháp", words=words, suffix=suffix, event="2020-05-20")) as base:
        (office,) = people(base)
        known = {bound.side: bound.date for bound in office.bounds if bound.kind == "known"}
        assert known == {side: day for side, day in (("start", start), ("end", end)) if day}
        assert office.start == (start or "[..2020-05-20]")


def test_an_event_may_name_an_office_that_no_other_words_do() -> None:
    quote = "Ngày 23/2/2018, ông được bổ nhiệm làm Tư lệnh Quân khu 1"
    text = f"{B}. {quote}."
    official = Official(**at(text, B), name=B, title="Trung tướng", org=None)
    event = Event(**at(text, quote), date="2018-02-23", event_type="appointment")
    start = text.index("ông được")
    he = Participant("official", start, start + 3, "ông", B, official, True, event)
    facts = AllFacts(officials=(official,), events=(event,), participants=(he,))
    with base_of((Document(id="a", path="a", text=text), facts)) as base:
        assert ("Tư lệnh", "2018-02-23", None) in terms(base)


@pytest.mark.parametrize(("clause", "found"), [
    ("Ngày 9/4/2016, Quốc hội bầu ông A làm Chủ tịch nước", [("start", "chủ tịch nước")]),
    ("Ngày 9/4/2016, ông A được Quốc hội bầu làm Chủ tịch nước", [("start", "chủ tịch nước")]),
    ("Ngày 9/4/2016, ông A trình hồ sơ bổ nhiệm Chủ tịch nước", []),
    ("Ngày 9/4/2016, ông A không được bổ nhiệm làm Bộ trưởng Bộ Công an", []),
    ("Năm 1954, ông A được cử đi học tại Liên Xô", []),
])
def test_events_that_give_an_office(clause: str, found: list[tuple[str, str]]) -> None:
    told = terms_told(clause, [(clause.index("ông A"), 7)])
    assert [(side, offices_told(words)[0].office) for _, side, words in told] == found
    assert all(person == 7 for person, _, _ in told)


@pytest.mark.parametrize("row", [row for row in table("pipeline", "term_verbs") if row["examples"]],
                         ids=lambda row: row["words"])
def test_verbs_of_terms_on_their_examples(row: dict[str, str]) -> None:
    for clause in many(row["examples"]):
        assert [side for _, side, _ in terms_told(clause, [(clause.index("Tô Lâm"), 1)])] == [row["side"]]
    for clause in many(row["counter_examples"]):
        assert terms_told(clause, [(clause.index("Tô Lâm"), 1)]) == []


def test_an_office_is_one_however_its_body_is_written() -> None:
    with base_of(
        told(B, "Tổng cục trưởng", "Tổng cục THADS", "2018-07-02"),
        told(B, "Tổng cục trưởng", "Tổng cục Thi hành án dân sự", "2018-08-02"),
        told(B, "Tổng cục trưởng", None, "2018-09-02"),
    ) as base:
        assert terms(base) == [("Tổng cục trưởng", "[..2018-07-02]", "[2018-09-02..]")]


def test_a_committee_of_a_city_is_one_with_and_without_the_word_city() -> None:
    orgs = ("Thành ủy HCM", "Thành uỷ TP.HCM", "Thành ủy Hồ Chí Minh")
    with base_of(*(told(B, "Bí thư", org, f"2018-07-0{day}") for day, org in enumerate(orgs, 1))) as base:
        assert base.count("occupancy") == 1


@pytest.mark.parametrize(("title", "org", "others", "shown"), [
    ("CHỦ TỊCH", "ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", (), ("Chủ tịch", "Ủy ban nhân dân tỉnh Lai Châu")),
    ("Viện trưởng", "VIỆN SỬ HỌC HOA LƯ", ("Viện Sử học Hoa Lư",), ("Viện trưởng", "Viện Sử học Hoa Lư")),
    ("Chủ tịch", "UBND TP HCM", (), ("Chủ tịch", "UBND TP HCM")),
])
def test_offices_are_not_shown_in_capitals(
    title: str, org: str, others: tuple[str, ...], shown: tuple[str, str]
) -> None:
    many_times = [told(B, title, org, doc=f"{number}") for number in range(2)]
    with base_of(*many_times, *(told(B, title, other, doc=other) for other in others)) as base:
        assert [tuple(row) for row in base.db.execute("SELECT title, org FROM occupancy")] == [shown]


def test_rows_become_json_and_are_asked_for_by_body() -> None:
    with base_of(told(A, "Cục trưởng", HAI_PHONG, "2018-07-02"), told(B, "Bộ trưởng", "Bộ Tư pháp")) as base:
        rows = [json.loads(json.dumps(asdict(row), ensure_ascii=False)) for row in people(base)]
        assert {"name", "title", "org", "first_attested", "last_attested", "sources", "quotes"} <= rows[0].keys()
        assert [row.name for row in people(base, body="Cục THADS Hải Phòng")] == [A]
        assert [card.name for card in person_cards(base, "trinh khac bang")] == [B]
        assert person_cards(base, "ai đó") == []


def test_people_as_a_frame() -> None:
    with base_of(told(A, "Cục trưởng", HAI_PHONG, "2018-07-02"), told(B, "Bộ trưởng", "Bộ Tư pháp")) as held:
        base = cast(sulieu.FactBase, held)
        frame = sulieu.FactBase.people
        assert frame(base)["name"].tolist() == [row.name for row in people(base)]
        assert frame(base, "trinh khac bang")[["name", "title"]].values.tolist() == [[B, "Bộ trưởng"]]
        assert frame(base, body="Cục THADS Hải Phòng")["name"].tolist() == [A]
        assert frame(base, "ai đó").empty


def test_terms_in_words_say_only_what_is_known() -> None:
    nothing = OfficeHeld(A, "Bộ trưởng", None, None, None, 1, ())
    assert term_in_words(nothing) is None
