"""One life across documents, and namesakes apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.tables import many, table
from outputs.people_table import person_cards, rule_labels
from pipeline.assemble.people.lives import join_rules
from pipeline.assemble.people.names import differs_by_a_slip, is_foreign, name_key, share_of
from pipeline.assemble.people.shared import TOKENS
from tests.pipeline.persons import (
    HAI_PHONG,
    A,
    B,
    base_of,
    flags,
    joins,
    number,
    terms,
    told,
)

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
