"""Names of bodies and provinces through renamings and mergers: the table's shape, and facts of the acts it names."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from corpus import tables
from extractors.lexicon import many, table
from extractors.organisation_history import organisation_at, successors_at

EDTF = regex.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
KINDS = {
    "state", "ministry", "agency", "department", "party", "court", "local", "district", "commune", "regional",
    "province",
}
ROWS = table("organisation_history")
PROVINCES = [row for row in tables.table("corpus", "provinces") if row["into"]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['name']} {row['from']}")
def test_every_row_has_its_shape(row: dict[str, str]) -> None:
    assert row["kind"] in KINDS
    assert row["name"] == row["name"].strip()
    assert all(EDTF.fullmatch(row[bound]) for bound in ("from", "to") if row[bound])
    assert not (row["from"] and row["to"]) or row["from"] <= row["to"]
    assert row["source"]
    if row["kind"] != "district":   # the communes that followed are not named
        assert bool(row["to"]) == bool(row["successor"]), "what ended has a successor, what goes on has none"


def test_successors_are_known_or_still_there() -> None:
    """A successor that has itself ended must be in the table, so that a chain never stops at a dead name."""
    ended = {row["name"] for row in ROWS if row["to"]} - {row["name"] for row in ROWS if not row["to"]}
    for row in ROWS:
        for name in many(row["successor"]):
            assert name not in ended or any(
                other["name"] == name and other["to"] >= row["to"][:4] for other in ROWS
            ), f"{row['name']} → {name}"


def test_the_34_provinces_of_2025() -> None:
    assert len(PROVINCES) == 63
    assert len({row["into"] for row in PROVINCES}) == 34
    assert sum(row["into"] != row["name"] for row in PROVINCES) == 29
    today = [row["name"] for row in PROVINCES if organisation_at(row["name"], "2025-07-01")]
    assert len(today) == 34
    assert all(organisation_at(row["name"], "2025-06-30") for row in PROVINCES)


@pytest.mark.parametrize(("name", "on", "end", "successors"), [
    ("Bộ Giao thông vận tải", "2024", "2025-02-28", ("Bộ Xây dựng",)),
    ("Bộ Kế hoạch và Đầu tư", "2010-05-01", "2025-02-28", ("Bộ Tài chính",)),
    ("Bộ TN&MT", "2020", "2025-02-28", ("Bộ Nông nghiệp và Môi trường",)),
    ("Hội đồng Bộ trưởng", "1985", "1992", ("Chính phủ",)),
    ("Hà Tây", "2007", "2008-07-31", ("Hà Nội",)),
    ("Hải Dương", "2018", "2025-06-30", ("Hải Phòng",)),
    ("Hải Phòng", "2018", "2025-06-30", ("Hải Phòng",)),
    ("Hải Phòng", "2026", None, ()),
    ("Cao Bằng", "2018", None, ()),
    ("Tổng cục Thi hành án dân sự", "2014-05-09", "2025-06-30", ("Cục Quản lý thi hành án dân sự",)),
])
def test_a_name_on_a_day(name: str, on: str, end: str | None, successors: tuple[str, ...]) -> None:
    body = organisation_at(name, on)
    assert body is not None
    assert (body.end, body.successors) == (end, successors)


@pytest.mark.parametrize(("name", "on"), [
    ("Bộ Giao thông vận tải", "2025-03-01"), ("Bộ Nông nghiệp và Môi trường", "2025-02-28"), ("Hà Tây", "2009"),
    ("Hải Dương", "2025-07-01"), ("Tổng cục Thi hành án dân sự", "2008"), ("Hội đồng Bộ trưởng", "1993"),
    ("Nhà hát Múa rối", "2020"), ("", "2020"),
])
def test_a_name_that_nobody_bore(name: str, on: str) -> None:
    assert organisation_at(name, on) is None


def test_one_name_two_bodies() -> None:
    ministry = organisation_at("Cục Thi hành án dân sự", "2006")
    province = organisation_at("Cục THADS thành phố Hải Phòng", "2018-07-02")
    assert ministry is not None and province is not None
    assert (ministry.kind, ministry.parent) == ("department", "Bộ Tư pháp")
    assert (province.kind, province.parent, province.place) == (
        "local", "Tổng cục Thi hành án dân sự", "thành phố Hải Phòng",
    )


def test_a_local_body_has_the_parent_of_its_place() -> None:
    body = organisation_at("Sở GTVT tỉnh Gia Lai", "2019")
    assert body is not None
    assert (body.parent, body.successors) == ("Ủy ban nhân dân tỉnh Gia Lai", ("Sở Xây dựng tỉnh Gia Lai",))


@pytest.mark.parametrize(("name", "since", "on", "names"), [
    ("Bắc Thái", "1990", "1996", ("Bắc Thái",)),
    ("Bắc Thái", "1990", "2000", ("Bắc Kạn", "Thái Nguyên")),
    ("Bắc Thái", "1990", "2026", ("Thái Nguyên",)),
    ("Hà Sơn Bình", "1985", "2000", ("Hà Tây", "Hòa Bình")),
    ("Hà Sơn Bình", "1985", "2026", ("Hà Nội", "Phú Thọ")),
    ("Bộ Lâm nghiệp", "1990", "2000", ("Bộ Nông nghiệp và Phát triển nông thôn",)),
    ("Bộ Lâm nghiệp", "1990", "2026", ("Bộ Nông nghiệp và Môi trường",)),
    ("Cục Thi hành án dân sự tỉnh Hải Dương", "2018", "2026", ("Thi hành án dân sự thành phố Hải Phòng",)),
    ("Phòng Thi hành án thành phố Hải Phòng", "1995", "2018", ("Cục Thi hành án dân sự thành phố Hải Phòng",)),
    ("Sở Địa chính Bình Dương", "1999", "2026", ("Sở Nông nghiệp và Môi trường thành phố Hồ Chí Minh",)),
    ("Nhà hát Múa rối", "1999", "2026", ()),
])
def test_what_a_name_became(name: str, since: str, on: str, names: tuple[str, ...]) -> None:
    assert successors_at(name, since, on) == names


@given(st.text(max_size=40), st.sampled_from(["1950", "1996-12", "2025-06-30", "2025-07-01", "2030"]))
def test_any_name_is_survived(name: str, on: str) -> None:
    body = organisation_at(name, on)
    assert body is None or body.source


@given(st.sampled_from([row["name"] for row in ROWS]), st.integers(1945, 2030))
def test_who_bears_a_name_bears_it_on_that_day(name: str, year: int) -> None:
    body = organisation_at(name, str(year))
    assert body is None or (body.start or "0")[:4] <= str(year) <= (body.end or "9")[:4]
    assert successors_at(name, str(year), "2030") or body is None
