"""One life across documents, namesakes apart, offices with their bounds. Documents and facts are written by hand."""

from __future__ import annotations

import json
import random
from dataclasses import asdict, replace
from typing import cast

import pytest
import regex

import sulieu
from corpus.document import Document
from corpus.tables import many, table
from extractors.facts import Date, Event, Fact, Official, Participant
from extractors.facts import Facts as AllFacts
from outputs.factbase import FactBase
from outputs.people_table import OfficeHeld, people, person_cards, rule_labels, term_in_words
from pipeline.assemble import assemble
from pipeline.assemble.people.appointments import terms_told
from pipeline.assemble.people.lives import join_rules
from pipeline.assemble.people.names import differs_by_a_slip, is_foreign, name_key, share_of
from pipeline.assemble.people.offices import offices_of, offices_told
from pipeline.assemble.people.shared import TOKENS

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


# -- every rule has an example in its table ----------------------------------------------------------------------------

def _posts(cell: str) -> list[tuple[str, str | None, str | None]]:
    parts = [[part.strip() for part in post.split(" @ ")] for post in many(cell)]
    return [(part[0], part[1] if part[1] != "-" else None, part[2] if len(part) > 2 else None) for part in parts]


@pytest.mark.parametrize("row", [row for row in table("outputs", "person_rules") if row["example"]],
                         ids=lambda row: row["rule"])
def test_each_rule_on_its_example(row: dict[str, str]) -> None:
    name = {"country": "Barack Obama", "field": "Phùng Văn Tửu"}.get(row["rule"], "Lê Thành Bảo")
    with base_of(*(
        told(name, title, org, date, doc=str(at)) for at, (title, org, date) in enumerate(_posts(row["example"]))
    )) as base:
        if row["use"] == "join":
            assert (number(base), joins(base)) == (1, [row["rule"]])
        else:
            assert number(base) == 2
            assert flags(base) == [("same name", row["rule"])]


def test_every_flag_has_vietnamese_words() -> None:
    with base_of(
        told(A, "Cục trưởng", HAI_PHONG, "2014-05-09"), told(B, "Cục trưởng", HAI_PHONG, "2014-05-09"),
        told("Trần Hồng Quang", "Chánh án", "Tòa án nhân dân tỉnh Gia Lai", "2014-05-09"),
        told("Trần Hông Quang", "Chánh án", "Tòa án nhân dân tỉnh Gia Lai", "2014-05-09"),
    ) as base:
        assert {reason for _, reason in flags(base)} == {"one office on one day", "names differ by a slip"}
        assert {reason for _, reason in flags(base)} <= rule_labels("person_rules").keys()


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


def test_every_rule_is_written_and_labelled() -> None:
    assert {rule.name for rule in join_rules()} == {*TOKENS, "only bearer"}
    assert all(rule_labels("person_rules").values())
    assert all(rule_labels("term_rules").values())


# -- names -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("one", "other", "same"), [
    ("Hoàng Sỹ Thành", "Hoàng Sĩ Thành", True),
    ("Vũ Đình Hòe", "Vũ Đình Hoè", True),
    ("TRẦN HỒNG QUANG", "Trần Hồng Quang", True),
    ("Kim Jong - un", "Kim Jong-un", True),
    ("Nguyễn Thị Thúy", "Nguyễn Thị Thúi", False),
    ("Trần Hồng Quang", "Trần Hông Quang", False),       # tones part people
])
def test_spellings_of_one_name(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


def test_common_names_are_likelier_than_rare_ones() -> None:
    assert share_of("nguyễn văn hùng") > 300 > share_of("lê thành long") > 1 > share_of("trịnh khắc bảng")
    assert is_foreign("donald trump")


def test_names_that_differ_by_a_slip() -> None:
    assert differs_by_a_slip("trần hồng quang", "trần hông quang")
    assert differs_by_a_slip("trần hồng quang", "trần hồng quan")
    assert not differs_by_a_slip("trần quang", "trần quan")
    assert not differs_by_a_slip("trần hồng quang", "trần hồng hải")


# -- one life or two ---------------------------------------------------------------------------------------------------

def test_a_rare_name_alone_is_enough_and_a_common_one_is_not() -> None:
    for name, count in ((B, 1), (A, 2)):
        with base_of(told(name, "Giám đốc", "Sở Y tế tỉnh Gia Lai"), told(name, "Vụ trưởng", "Vụ Lễ tân")) as base:
            assert number(base) == count


def test_nobody_is_joined_on_a_given_name_alone() -> None:
    one = told("Hòe", None, None, doc="a", words="Ông ")
    two = told("Hòe", "Bộ trưởng", "Bộ Tư pháp", doc="b", words="Ông ")
    with base_of(one, two) as base:
        assert number(base) == 2
        assert joins(base) == []


def test_one_name_and_office_in_two_provinces_is_two_people() -> None:
    with base_of(told(A, "Chủ tịch", "UBND tỉnh Gia Lai"), told(A, "Chủ tịch", "UBND tỉnh Cà Mau")) as base:
        assert number(base) == 2
        assert flags(base) == [("same name", "nothing shared")]


@pytest.mark.parametrize(("org", "count"), [
    ("UBND xã Tân Lập", 2), ("UBND huyện Kỳ Sơn", 2), ("UBND xã Tân Lập, huyện Đan Phượng", 1), ("UBND quận 4", 1),
])
def test_a_place_that_several_provinces_have_joins_nobody(org: str, count: int) -> None:
    first = told(A, "Chủ tịch", org, doc="a")
    copy = replace(first[0], id="copy", path="copy")
    with base_of(first, (copy, first[1]), told(A, "Chủ tịch", org, doc="b")) as base:
        assert number(base) == base.count("occupancy") == count


@pytest.mark.parametrize(("one", "other", "count"), [
    (" (SN 1972)", " (SN 1961)", 2), (" (SN 1972)", ", sinh năm 1972", 1),
])
def test_birth_years(one: str, other: str, count: int) -> None:
    office = ("Cục trưởng", HAI_PHONG)
    with base_of(told(A, *office, suffix=one, doc="a"), told(A, *office, suffix=other, doc="b")) as base:
        assert number(base) == count


def test_nobody_holds_an_office_before_birth() -> None:
    with base_of(
        told(A, "Cục trưởng", HAI_PHONG, suffix=" (SN 1972)", doc="a"),
        told(A, "Cục trưởng", HAI_PHONG, "1980-02-01", doc="b"),
    ) as base:
        assert number(base) == 2


def test_a_pen_name_is_the_person_and_says_so() -> None:
    with base_of(told("Nguyễn Ái Quốc", "Ủy viên", None), told("Hồ Chí Minh", "Chủ tịch", None, "1946-07-19")) as base:
        assert number(base) == 1
        assert joins(base) == ["pseudonym"]


def test_after_death_a_title_attests_nothing() -> None:
    with base_of(told("Hồ Chí Minh", "Chủ tịch", None, "2018-05-19")) as base:
        assert terms(base) == [("Chủ tịch", None, None)]


def test_a_family_name_joins_the_only_foreigner_of_that_office() -> None:
    long, short = told("Donald Trump", "Tổng thống", "Mỹ"), told("Trump", "Tổng thống", "Mỹ", doc="b")
    with base_of(long, short) as base:
        assert joins(base) == ["part of name"]
    with base_of(long, short, told("Melania Trump", "Tổng thống", "Mỹ")) as base:
        assert number(base) == 3


def test_what_fits_two_people_joins_neither() -> None:
    place = "tỉnh Gia Lai"
    with base_of(
        told("Lê Thành Bảo", "Chủ tịch", f"UBND {place}", suffix=" (SN 1972)", doc="a"),
        told("Lê Thành Bảo", "Giám đốc", f"Sở Y tế {place}", suffix=" (SN 1961)", doc="b"),
        told("Lê Thành Bảo", "Chánh án", f"Tòa án nhân dân {place}", doc="c"),
    ) as base:
        assert number(base) == 3


def test_a_slip_is_flagged_and_never_joined() -> None:
    names = ("Trần Hồng Quang", "Trần Hông Quang")
    with base_of(*(told(name, "Cục trưởng", HAI_PHONG) for name in names)) as base:
        assert number(base) == 2
        assert flags(base) == [("perhaps the same", "names differ by a slip")]


def test_each_join_keeps_both_mentions() -> None:
    with base_of(told(A, "Cục trưởng", HAI_PHONG, doc="a"), told(A, "Phó Cục trưởng", HAI_PHONG, doc="b")) as base:
        (card,) = person_cards(base, "nguyen van a")
        (join,) = card.joins
        assert {join.quote.document, join.by.document} == {"a", "b"}
        assert join.shared.endswith(HAI_PHONG)
        assert len(card.mentions) == card.documents == 2


def test_the_order_of_documents_makes_no_difference() -> None:
    made = [
        told(name, title, org, date, doc=f"{at}") for at, (name, title, org, date) in enumerate((
            (A, "Cục trưởng", HAI_PHONG, "2018-07-02"), (A, "Phó Cục trưởng", HAI_PHONG, "2014-05-09"),
            (A, "Chủ tịch", "UBND tỉnh Gia Lai", "2018-07-02"), (B, "Bộ trưởng", "Bộ Tư pháp", None),
            (B, "Đại biểu", "Quốc hội", "2011-01-01"), (A, "Chủ tịch", "UBND tỉnh Cà Mau", None),
        ))
    ]
    tables = ("person", "occupancy", "person_flag")
    seen = []
    for order in (made, made[::-1], made[2:] + made[:2]):
        with base_of(*order) as base:
            rows = [[tuple(row) for row in base.db.execute(query)] for query in (
                "SELECT id, name FROM person ORDER BY id",
                'SELECT id, title, org, start, "end", place FROM occupancy ORDER BY id',
                "SELECT p.id, f.flag, q.id, f.reason FROM person_flag f JOIN person p ON p.key = f.person"
                " LEFT JOIN person q ON q.key = f.other ORDER BY 1, 3",
            )]
            seen.append(dict(zip(tables, rows, strict=True)))
    assert seen[0] == seen[1] == seen[2]


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


# -- the day on which a mention attests an office ----------------------------------------------------------------------

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


def test_one_person_with_the_offices_that_each_document_attests() -> None:
    office = {"title": "Bộ trưởng", "org": "Bộ Tư pháp"}
    first, second = "Bộ trưởng Vũ Đình Hòe dự họp.", "Ông Vũ Đình Hoè, Bộ trưởng, phát biểu."
    with listed(
        (Document(id="a", path="a", text=first, date="1946-03-02"), [official(first, "Vũ Đình Hòe", **office)]),
        (Document(id="b", path="b", text=second, date="1950-05-22"), [official(second, "Vũ Đình Hoè", **office)]),
    ) as base:
        assert attested(base) == [("Vũ Đình Hoè", "Bộ trưởng", "1946-03-02", "1950-05-22")]


def test_an_office_is_attested_on_the_day_of_the_event_told() -> None:
    text = "Ngày 9/5/2014, Tổng cục trưởng Hoàng Sỹ Thành chủ trì buổi làm việc."
    facts = [
        official(text, "Hoàng Sỹ Thành", title="Tổng cục trưởng", org="Tổng cục Thi hành án dân sự"),
        Event(**at(text, text[:-1]), date="2014-05-09", event_type="meeting"),
    ]
    with listed((Document(id="a", path="a", text=text, date="2021-07-15"), facts)) as base:
        assert attested(base)[0][2:] == ("2014-05-09", "2014-05-09")


@pytest.mark.parametrize(
    ("published", "day"),
    [("2018-07-04", "2018-07-02"), ("2018-09-20", "2018-09-20"), ("2018-06-30", "2018-06-30"), (None, None)],
)
def test_a_report_attests_offices_on_the_day_of_its_meeting(published: str | None, day: str | None) -> None:
    text = "Chiều 2/7, hai bên họp tại Hải Phòng. Cục trưởng Trần Hồng Quang báo cáo kết quả."
    facts = [
        official(text, "Trần Hồng Quang", title="Cục trưởng", org="Cục Thi hành án dân sự thành phố Hải Phòng"),
        Event(**at(text, "Chiều 2/7, hai bên họp tại Hải Phòng"), date="2018-07-02", event_type="meeting"),
    ]
    with listed((Document(id="a", path="a", text=text, date=published), facts)) as base:
        assert attested(base)[0][2:] == (day, day)


STATED = [   # the mark of a row, words before and behind the name, the dates as a fact; start and end that they tell
    ("- ", "1955-1957: ", "", "1955/1957", "1955", "1957"),
    ("1. ", "Từ 1955 đến 1957: ", " (1922-2016)", "1955/1957", "1955", "1957"),
    ("| 4 | ", "", " | 5/4/2016 - 18/2/2017 | x |", "2016-04-05/2017-02-18", "2016-04-05", "2017-02-18"),
    ("", "", " (2010–2015), nay", "2010/2015", "2010", "2015"),
    ("", "", " (từ 2.2010-nay)", "2010-02/2018-07-02", "2010-02", None),
    ("", "", ", Bộ trưởng Bộ Nội vụ (2010-2015), kể", "2010/2015", "2010", "2015"),
    ("", "", ", Bộ trưởng từ năm 2010 đến năm 2015, kể", "2010/2015", "2010", "2015"),
    ("", "", " (1922-2016)", "1922/2016", None, None),                      # a life
    ("", "", " (1957-)", "1957/..", None, None),                            # a birth
    ("", "", ", Tư lệnh Quân khu 9 (1979-1983)", "1979/1983", None, None),  # of another office
    ("", "Từ 2010 đến 2015, ", "", "2010/2015", None, None),                # prose: the office may come later
]
_DATES = regex.compile(r"(?:[Tt]ừ )?(?:năm )?[\d./]+ ?(?:-|–|đến) ?(?:năm )?(?:[\d/]+|nay)?")


@pytest.mark.parametrize(("mark", "before", "behind", "dates", "start", "end"), STATED)
def test_a_term_beside_the_name_bounds_the_office(
    mark: str, before: str, behind: str, dates: str, start: str | None, end: str | None
) -> None:
    text = f"Danh sách\n{mark}{before}{A}{behind}\n"
    found = max(_DATES.finditer(text), key=lambda one: len(one[0]) if dates[:4] in one[0] else 0)
    facts: list[Fact] = [
        Date(start=found.start(), end=found.end(), text=found[0], rule="x", type="interval", edtf=dates),
        official(text, A, title="Bộ trưởng", org="Bộ Nội vụ"),
    ]
    with listed((Document(id="a", path="a", text=text, date="2018-07-02"), facts)) as base:
        known = {
            one.side: (one.date, one.quote.start) for office in people(base) for one in office.bounds
            if one.kind == "known"
        }
        told = {side: (day, found.start()) for side, day in (("start", start), ("end", end)) if day}
        assert known == told


def test_a_long_life_of_history_is_one_and_a_rank_holds_to_the_end() -> None:
    with base_of(
        told("Võ Nguyên Giáp", "Bộ trưởng", "Bộ Nội vụ", "1946-03-02"),
        told("Võ Nguyên Giáp", "Đại tướng", None, "2012-05-09"),
        told("Võ Nguyên Giáp", "Phó Thủ tướng", "Chính phủ", "2008-05-09"),
    ) as base:
        assert number(base) == 1


def test_what_attests_an_office_are_the_words_that_tell_the_day_or_the_day_of_the_document() -> None:
    text = "Ngày 9/5/2014, Tổng cục trưởng Hoàng Sỹ Thành chủ trì buổi làm việc."
    office = official(text, "Hoàng Sỹ Thành", title="Tổng cục trưởng", org="Tổng cục Thi hành án dân sự")
    event = Event(**at(text, text[:-1]), date="2014-05-09", event_type="meeting")
    for facts, rules, start in (([office, event], {"first attested", "last attested"}, 0),
                                ([office], {"first document", "last document"}, office.start)):
        with listed((Document(id="a", path="a", text=text, date="2014-05-12"), facts)) as base:
            bounds = people(base)[0].bounds
            assert {one.rule for one in bounds} == rules
            assert {one.quote.start for one in bounds} == {start}


def test_a_day_told_in_the_sentence_before_is_shown_with_its_words() -> None:
    text = "Ngày 9/5/2014 có cuộc họp ở Hải Phòng. Tại đây Tổng cục trưởng Hoàng Sỹ Thành chủ trì buổi làm việc."
    facts = [
        Date(**at(text, "Ngày 9/5/2014"), type="date", edtf="2014-05-09"),
        official(text, "Hoàng Sỹ Thành", title="Tổng cục trưởng", org="Tổng cục Thi hành án dân sự"),
        Event(**at(text, "Tổng cục trưởng Hoàng Sỹ Thành chủ trì"), date="2014-05-09", event_type="meeting"),
    ]
    with listed((Document(id="a", path="a", text=text, date="2021-07-15"), facts)) as base:
        assert {one.quote.start for one in people(base)[0].bounds} == {0}


@pytest.mark.parametrize(("first", "second", "offices"), [
    ("2012-07-17", "2021-04-05", 2), ("2019-07-17", "2021-04-05", 1), (None, "2021-04-05", 1),
])
def test_an_office_without_its_body_is_that_of_about_the_same_time(
    first: str | None, second: str, offices: int
) -> None:
    with base_of(told(B, "Chủ tịch", None, first), told(B, "Chủ tịch", "Hội Luật gia Việt Nam", second)) as base:
        assert number(base) == 1
        assert len(people(base)) == offices


@pytest.mark.parametrize(("title", "org", "held"), [
    ("Đại tướng", None, []),
    ("Thượng tướng, Thứ trưởng", "Bộ Quốc phòng", [("Thứ trưởng", "Bộ Quốc phòng")]),
    ("Trung úy", "Công an tỉnh Gia Lai", [(None, "Công an tỉnh Gia Lai")]),
    ("Người ký", "Chính phủ", [(None, "Chính phủ")]),
])
def test_a_rank_is_no_office(title: str, org: str | None, held: list[tuple[str | None, str]]) -> None:
    with base_of(told(A, title, org, "2014-05-09")) as base:
        assert number(base) == 1
        assert [(one.title, one.org) for one in people(base)] == held
