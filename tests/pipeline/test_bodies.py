"""Which body a name stands for: by its day, its place and its document. Documents and facts are by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import sulieu
from corpus import tables
from corpus.document import Document
from extractors.facts import Decree, Directive, Event, Fact, Figure, Official
from outputs.bodies_table import bodies, body_cards
from outputs.factbase import FactBase
from pipeline.assemble import assemble
from pipeline.assemble.bodies import assemble_bodies
from pipeline.assemble.bodies.names import office_parts, parts_of
from pipeline.cli import app

TCTHADS, CQLTHADS = "Tổng cục Thi hành án dân sự", "Cục Quản lý thi hành án dân sự"


def officials(*orgs: str) -> tuple[str, list[Fact]]:
    """A text with one official of each body, in order."""
    lines = [f"Nguyễn Văn A, cán bộ {org}." for org in orgs]
    text, facts, start = "\n".join(lines), [], 0
    for line, org in zip(lines, orgs, strict=True):
        facts.append(Official(start=start, end=start + 12, text="Nguyễn Văn A", name="Nguyễn Văn A", org=org, rule="x"))
        start += len(line) + 1
    return text, facts


def base_of(*documents: tuple[str | None, Sequence[str]]) -> FactBase:
    """Documents of some days whose officials belong to some bodies."""
    base = FactBase.create(":memory:")
    for number, (day, orgs) in enumerate(documents):
        text, facts = officials(*orgs)
        base.add(Document(id=f"d{number}", path=f"d{number}", text=text, date=day), facts)
    assemble(base)
    return base


def meant(day: str | None, *orgs: str) -> list[tuple[str | None, str | None, str]]:
    """Name and beginning of the body that each of some names stands for in one document, and the rule."""
    with base_of((day, orgs)) as base:
        rows = base.db.execute(
            "SELECT b.name, b.began, x.how FROM body_mention x JOIN mention m ON m.key = x.mention"
            " LEFT JOIN body b ON b.key = x.body WHERE x.role = 'org' ORDER BY m.start, x.number"
        )
        return [tuple(row) for row in rows]


# Day of the document, a name in it, and the body: its name and since when it has it.
BY_DAY = [
    ("2014-05-09", "Tổng cục THADS", TCTHADS, "2009"),
    ("2014-05-09", "Tổng Cục Thi hành án dân sự", TCTHADS, "2009"),
    ("2025-06-30", "Tổng cục THADS", TCTHADS, "2009"),
    ("2025-07-01", "Cục Quản lý THADS", CQLTHADS, "2025-07-01"),
    ("1995", "Cục Quản lý THADS", CQLTHADS, "1993-07-01"),
    ("2006", "Cục Thi hành án dân sự", "Cục Thi hành án dân sự", "2004"),
    ("2018-07-02", "Cục THADS TP Hải Phòng", "Cục Thi hành án dân sự thành phố Hải Phòng", "2009"),
    ("2018-07-02", "Cục Thi hành án dân sự (THADS) Hải phòng", "Cục Thi hành án dân sự thành phố Hải Phòng", "2009"),
    ("2018-07-02", "THADS thành phố Hải Phòng", "Cục Thi hành án dân sự thành phố Hải Phòng", "2009"),
    ("2026", "THADS thành phố Hải Phòng", "Thi hành án dân sự thành phố Hải Phòng", "2025-07-01"),
    ("2018", "UBND TP Hải Phòng", "Ủy ban nhân dân thành phố Hải Phòng", None),
    ("2026", "Uỷ ban nhân dân thành phố Hải Phòng", "Ủy ban nhân dân thành phố Hải Phòng", "2025-07-01"),
    ("2018", "Bộ LĐ-TB&XH", "Bộ Lao động - Thương binh và Xã hội", "1987"),
    ("2018", "BỘ TƯ PHÁP", "Bộ Tư pháp", "1981"),
    ("1946", "Bộ Tư pháp", "Bộ Tư pháp", "1945-08-28"),
    ("1985", "Bộ Nội vụ", "Bộ Nội vụ", "1945-08-28"),
    ("2018", "Bộ Nội vụ", "Bộ Nội vụ", "2002"),
    ("2018", "Bộ Giáo dục Đào tạo", "Bộ Giáo dục và Đào tạo", "1990"),
    ("2018", "Bộ Ngoại giao Việt Nam", "Bộ Ngoại giao", None),
    ("2018", "Bộ Ngoại giao Nga", "Bộ Ngoại giao Nga", None),
    ("2018", "TP. HCM", "Thành phố Hồ Chí Minh", None),
    ("2026", "TP. HCM", "Thành phố Hồ Chí Minh", "2025-07-01"),
    ("2018", "UBND tỉnh Thừa Thiên - Huế", "Ủy ban nhân dân tỉnh Thừa Thiên Huế", None),
    ("2018", "UBND thành phố Bắc Ninh", "Ủy ban nhân dân thành phố Bắc Ninh", None),
    ("2018", "UBND TP Vũng Tàu", "Ủy ban nhân dân thành phố Vũng Tàu", None),
    ("2018", "UBND tỉnh Vũng Tàu", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu", None),
    ("2018", "UBND Bắc Ninh", "Ủy ban nhân dân tỉnh Bắc Ninh", None),
    ("2018", "UBND tỉnh Đồng Nai", "Ủy ban nhân dân tỉnh Đồng Nai", None),
    ("2018", "Vụ Pháp chế (Bộ Tư pháp)", "Vụ Pháp chế (Bộ Tư pháp)", None),
    ("2018", "Hội Luật gia Việt Nam", "Hội Luật gia Việt Nam", None),
    ("2018", "TAND cấp cao tại Hà Nội", "Tòa án nhân dân cấp cao tại thành phố Hà Nội", "2015-06-01"),
    ("2018", "Xí nghiệp In số 4", "Xí nghiệp In số 4", None),
]


@pytest.mark.parametrize(("day", "name", "body", "since"), BY_DAY, ids=lambda value: str(value))
def test_a_name_on_a_day(day: str, name: str, body: str, since: str | None) -> None:
    assert [found[:2] for found in meant(day, name)] == [(body, since)]


def test_a_name_used_later_is_the_nearest_that_bore_it() -> None:
    assert meant("2026-01-01", "Tổng cục THADS") == [(TCTHADS, "2009", "name, nearest in time")]
    assert meant("2000", "Bộ Nội vụ") == [("Bộ Nội vụ", "1945-08-28", "name, nearest in time")]


def test_nobody_is_meant_who_began_after_the_document() -> None:
    assert meant("2020", "Cục Quản lý THADS") == [(CQLTHADS, "1993-07-01", "name, nearest in time")]


UNDECIDED = [
    (None, ["TP. HCM"], "no day"),
    (None, ["Cục Thuế"], "short form"),
    ("2025", ["TP. HCM"], "two bodies"),
    ("2018", ["Cục"], "short form"),
    ("2018", ["UBND tỉnh"], "place not named"),
    ("2018", ["Sở Y tế"], "place not named"),
    ("2018", ["UBND thành phố trong chiều nay"], "place not named"),
    ("2018", ["Vụ Tổ chức cán bộ"], "body above not named"),
    ("2018", ["Cục Thuế"], "short form"),                       # that of a province: the national one is of 2025
    ("2019", ["Bộ Nông nghiệp"], "short form"),                 # not that of 1976–1987
    ("2018", ["Quốc hội Nga", "Quốc hội"], "of this country or another"),
]


@pytest.mark.parametrize(("day", "names", "why"), UNDECIDED, ids=lambda value: str(value))
def test_what_the_text_does_not_decide_stays_open(day: str | None, names: list[str], why: str) -> None:
    assert meant(day, *names)[-1] == (None, None, why)


SHORT = [   # the names of a document in order, and the body of the last one
    (["Cục THADS tỉnh Cao Bằng", "Cục"], "Cục Thi hành án dân sự tỉnh Cao Bằng"),
    (["Cục THADS tỉnh Cao Bằng", "Cục THADS TP Hải Phòng", "Cục"], "Cục Thi hành án dân sự thành phố Hải Phòng"),
    (["Cục THADS tỉnh Cao Bằng", "Tổng cục THADS", "Cục"], "Cục Thi hành án dân sự tỉnh Cao Bằng"),
    (["Tổng cục THADS", "Văn phòng Tổng cục"], "Văn phòng Tổng cục"),
    (["UBND tỉnh Nghệ An", "UBND huyện Nam Đàn", "UBND tỉnh"], "Ủy ban nhân dân tỉnh Nghệ An"),
    (["Sở Y tế Hà Nội", "Bộ Y tế", "Sở này"], "Sở Y tế thành phố Hà Nội"),
    (["Bộ Tư pháp", "Bộ này"], "Bộ Tư pháp"),
    (["Bộ NN&PTNT", "bộ Nông nghiệp"], "Bộ Nông nghiệp và Phát triển nông thôn"),
    (["Vụ Pháp chế, Bộ Tư pháp", "Vụ Pháp chế"], "Vụ Pháp chế, Bộ Tư pháp"),
    (["UBND tỉnh", "UBND tỉnh Nghệ An"], "Ủy ban nhân dân tỉnh Nghệ An"),
]


@pytest.mark.parametrize(("names", "body"), SHORT, ids=lambda value: str(value))
def test_a_short_form_is_the_nearest_that_it_fits(names: list[str], body: str) -> None:
    assert meant("2018-07-02", *names)[-1][0] == body


def test_a_short_form_before_any_name_is_the_one_body_that_it_fits() -> None:
    assert meant("2018", "UBND tỉnh", "UBND tỉnh Nghệ An")[0][::2] == (
        "Ủy ban nhân dân tỉnh Nghệ An", "short form, named later",
    )
    assert meant("2018", "UBND tỉnh", "UBND tỉnh Nghệ An", "UBND tỉnh Hà Tĩnh")[0] == (None, None, "place not named")


def test_a_short_form_never_reaches_into_another_document() -> None:
    with base_of(("2018", ["Cục THADS tỉnh Cao Bằng"]), ("2018", ["Cục"])) as base:
        assert base.db.execute("SELECT count(*) FROM body_mention WHERE body IS NULL").fetchone()[0] == 1


APART = [   # two names, in two documents of one day
    ("Sở Y tế tỉnh Hà Nam", "Sở Y tế tỉnh Nam Định"),
    ("Trường Tiểu học Tân Lập", "Trường Tiểu học Tân Lập 2"),
    ("Sở Y tế Hà Nội", "Sở Y tê Hà Nội"),                       # a scan's misreading is no other spelling
    ("UBND xã Tân Lập", "UBND xã Tân Lập"),                     # which of many communes?
    ("UBND huyện Châu Thành", "UBND huyện Châu Thành"),         # ten provinces have one
    ("Vụ Pháp chế, Bộ Tư pháp", "Vụ Pháp chế, Bộ Y tế"),
    ("Chi cục THADS quận Lê Chân", "Cục THADS thành phố Hải Phòng"),
    ("Bộ Quốc phòng", "Bộ Quốc phòng Mỹ"),
]
TOGETHER = [
    ("Tổng cục THADS", "Tổng cục Thi hành án dân sự"),
    ("Vụ Pháp chế, Bộ TN&MT", "Vụ pháp chế Bộ Tài nguyên và Môi trường"),
    ("UBND huyện Nam Đàn, tỉnh Nghệ An", "UBND huyện Nam Đàn (Nghệ An)"),
    ("UBND TP Móng Cái (tỉnh Quảng Ninh)", "UBND thành phố Móng Cái, Quảng Ninh"),
    ("Công an huyện Cái Nước", "Công an huyện Cái Nước"),
    ("UBND xã Tân Lập, huyện Đan Phượng, Hà Nội", "Ủy ban nhân dân xã Tân Lập (huyện Đan Phượng, TP Hà Nội)"),
    ("Toà án nhân dân tối cao", "TANDTC"),
    ("Trường Đại học Mỹ thuật", "Trường Đại học Mĩ thuật"),
]


def number_of_bodies(one: str, other: str) -> int:
    with base_of(("2018", [one]), ("2018", [other, other])) as base:     # no copies of one text
        return int(base.db.execute("SELECT count(DISTINCT body) FROM body_mention WHERE role = 'org'").fetchone()[0])


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_bodies_are_kept_apart(one: str, other: str) -> None:
    assert number_of_bodies(one, other) == 2


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_two_spellings_are_one_body(one: str, other: str) -> None:
    assert number_of_bodies(one, other) == 1


MISREAD = [   # a body, the name of one as a scan has it, and the words of the first that the second is said to be
    ("UBND tỉnh Hải Dương", "Ủy ban nhàn dân tỉnh Hải Dương", "Ủy ban nhân dân tỉnh Hải Dương"),
    ("Cục THADS tỉnh Gia Lai", "Cục Thỉ hành án dân sự tỉnh Gia Lai", "Cục Thi hành án dân sự tỉnh Gia Lai"),
    ("Tổng cục Thi hành án dân sự", "Tổng cục Thi hành ản dân sự", TCTHADS),
    ("UBND tỉnh Hải Dương", "Ủy ban nhàn dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Gia Lai"),
    ("Nhà Trắng", "Nha Trang", None),
]


@pytest.mark.parametrize(("right", "wrong", "perhaps"), MISREAD)
def test_a_misread_name_says_which_body_it_may_be(right: str, wrong: str, perhaps: str | None) -> None:
    known = perhaps or right
    with base_of(("2018", [right, known]), ("2018", [wrong])) as base:
        rows = {row[0]: (row[1], row[2]) for row in base.db.execute("SELECT name, how, body FROM body_mention")}
        assert rows[wrong][1] not in (None, rows[right][1])
        assert rows[wrong][0].partition(", perhaps ")[2] == (perhaps or "")
        assert "perhaps" not in rows[right][0]


def test_a_short_form_beside_somebody_of_here_is_no_body_of_abroad() -> None:
    assert meant("2018-07-02", "Bộ Công an", "Bộ Công an Trung Quốc", "Bộ")[-1][0] == "Bộ Công an"
    assert meant("2018-07-02", "Bộ Công an Trung Quốc", "Bộ")[-1][0] is None


PARENTS = [
    ("2018", "Chi cục THADS quận Lê Chân, TP Hải Phòng", [
        "Chi cục Thi hành án dân sự quận Lê Chân, thành phố Hải Phòng", "Cục Thi hành án dân sự thành phố Hải Phòng",
        TCTHADS, "Bộ Tư pháp", "Chính phủ"]),
    ("2026", "THADS TP Đà Nẵng", [
        "Thi hành án dân sự thành phố Đà Nẵng", CQLTHADS, "Bộ Tư pháp", "Chính phủ"]),
    ("2018", "Chi cục THADS quận Lê Chân", ["Chi cục Thi hành án dân sự quận Lê Chân"]),   # of which province?
    ("2018", "Sở Y tế tỉnh Hà Nam", ["Sở Y tế tỉnh Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam", "Chính phủ"]),
    ("2018", "Phòng Tổ chức cán bộ, Cục THADS TP Hải Phòng", [
        "Phòng Tổ chức cán bộ, Cục THADS TP Hải Phòng", "Cục Thi hành án dân sự thành phố Hải Phòng", TCTHADS,
        "Bộ Tư pháp", "Chính phủ"]),
    ("2018", "Ban Tổ chức Tỉnh ủy Hà Nam", ["Ban Tổ chức Tỉnh ủy Hà Nam", "Tỉnh ủy Hà Nam"]),
]


@pytest.mark.parametrize(("day", "name", "chain"), PARENTS, ids=lambda value: str(value)[:40])
def test_bodies_above(day: str, name: str, chain: list[str]) -> None:
    with base_of((day, [name])) as base:
        rows = base.db.execute(
            "WITH RECURSIVE up (key, step) AS (SELECT body, 0 FROM body_mention UNION ALL"
            " SELECT b.parent, step + 1 FROM up JOIN body b ON b.key = up.key WHERE b.parent IS NOT NULL)"
            " SELECT b.name FROM up JOIN body b ON b.key = up.key ORDER BY step"
        )
        assert [row[0] for row in rows] == chain


SUCCESSIONS = [
    ("2018", "Tổng cục THADS", TCTHADS, CQLTHADS, "renamed", "2025-07-01"),
    ("2018", "Bộ GTVT", "Bộ Giao thông vận tải", "Bộ Xây dựng", "merged into", "2025-03-01"),
    ("2018", "Ban Dân vận Trung ương", "Ban Dân vận Trung ương", "Ban Tuyên giáo và Dân vận Trung ương",
     "merged into", "2025-02"),
    ("1990", "Bắc Thái", "Tỉnh Bắc Thái", "Tỉnh Thái Nguyên", "split into", "1997-01-01"),
    ("2018", "Hải Dương", "Tỉnh Hải Dương", "Thành phố Hải Phòng", "merged into", "2025-07-01"),
    ("2018", "Cục THADS tỉnh Hải Dương", "Cục Thi hành án dân sự tỉnh Hải Dương",
     "Thi hành án dân sự thành phố Hải Phòng", "merged into", "2025-07-01"),
    ("2018", "Cục THADS tỉnh Cao Bằng", "Cục Thi hành án dân sự tỉnh Cao Bằng", "Thi hành án dân sự tỉnh Cao Bằng",
     "renamed", "2025-07-01"),
    ("2018", "Tỉnh ủy Hải Dương", "Tỉnh ủy Hải Dương", "Thành ủy Hải Phòng", "merged into", "2025-07-01"),
    ("1955", "Bộ Tư pháp", "Bộ Tư pháp", "Tòa án nhân dân tối cao", "handed over to", "1960"),
]


@pytest.mark.parametrize(("day", "name", "earlier", "later", "how", "date"), SUCCESSIONS)
def test_who_came_after(day: str, name: str, earlier: str, later: str, how: str, date: str) -> None:
    with base_of((day, [name])) as base:
        rows = base.db.execute(
            "SELECT l.name, s.how, s.date FROM body_succession s JOIN body e ON e.key = s.earlier"
            " JOIN body l ON l.key = s.later JOIN body_mention x ON x.body = e.key WHERE e.name = ?", (earlier,)
        )
        assert (later, how, date) in [tuple(row) for row in rows]


LISTS = [
    ("Bộ Công an - Bộ Quốc phòng - TANDTC", ["bộ công an", "bộ quốc phòng", "tòa án nhân dân tối cao"]),
    ("Bộ Tài chính và Bộ Công an", ["bộ tài chính", "bộ công an"]),
    ("Bộ Lao động, Thương binh và Xã hội, Bộ Y tế", ["bộ lao động thương binh xã hội", "bộ y tế"]),
    ("Cục Quản lý đê điều và Phòng, chống thiên tai", ["cục quản lí đê điều phòng chống thiên tai"]),
    ("Sở Văn hóa, Thể thao và Du lịch", ["sở văn hóa thể thao du lịch"]),
    ("các sở, ngành", []),
    ("Quốc hội khoá XIV", ["quốc hội"]),
    ("HĐND tỉnh Nghệ An nhiệm kỳ 2016-2021", ["hội đồng nhân dân"]),
    ("người dân", []),
    ("Hồ Chí Minh", []),
]


@pytest.mark.parametrize(("name", "words"), LISTS)
def test_a_name_may_list_bodies(name: str, words: list[str]) -> None:
    assert [parts[0].words for parts in parts_of(name)] == words


@pytest.mark.parametrize(("office", "words"), [
    ("Bộ trưởng Bộ Tài chính", "bộ tài chính"), ("Phó Thủ tướng Thường trực Chính phủ", "chính phủ"),
    ("Chủ tịch UBND tỉnh Cà Mau", "ủy ban nhân dân"), ("lãnh đạo Bộ Y tế", "bộ y tế"),
    ("Thống đốc NHNN", "ngân hàng nhà nước"), ("nhân dân Bộ Y tế", None), ("Chủ tịch Hồ Chí Minh", None),
])
def test_an_office_speaks_for_its_body(office: str, words: str | None) -> None:
    parts = office_parts(office)
    assert (parts[0].words if parts else None) == words


def test_a_fact_has_its_own_day() -> None:
    """An act is issued on its day and an official of a past event belongs to the body of then."""
    text = "Năm 2006, Nguyễn Văn A được tặng thưởng. Căn cứ Quyết định 15/1946/QĐ-CP."
    told, act = text.index("."), text.index("Quyết")
    facts: list[Fact] = [
        Event(start=0, end=told, text=text[:told], date="2006", event_type="award", rule="x"),
        Official(start=10, end=22, text=text[10:22], name="Nguyễn Văn A", org="Thi hành án dân sự tỉnh Hà Nam",
                 rule="x"),
        Decree(start=act, end=len(text) - 1, text=text[act:-1], doc_type="quyết định", number="15/1946/QĐ-CP",
               year=1946, issuer="Chính phủ", rule="x"),
    ]
    with FactBase.create(":memory:") as base:
        base.add(Document(id="d", path="d", text=text, date="2020-01-01"), facts)
        assemble(base)
        rows = base.db.execute(
            "SELECT x.role, b.name, b.began, b.ended FROM body_mention x JOIN body b ON b.key = x.body ORDER BY x.role"
        )
        assert [tuple(row) for row in rows] == [
            ("issuer", "Chính phủ", None, "1960"), ("org", "Thi hành án dân sự tỉnh Hà Nam", "2004", "2009"),
        ]


def test_a_span_that_holds_two_is_told_by_the_day_of_the_document() -> None:
    text = "Năm 2025, hai tỉnh ở đây."
    for day, since in (("2025-03-01", None), ("2026-02-01", "2025-07-01")):
        figure = Figure(
            start=10, end=13, text="hai", value=Decimal(2), period="2025", subject="Hải Phòng", metric="x", rule="x"
        )
        with FactBase.create(":memory:") as base:
            base.add(Document(id="d", path="d", text=text, date=day), [figure])
            assemble(base)
            row = base.db.execute("SELECT b.began FROM body_mention x JOIN body b ON b.key = x.body").fetchone()
            assert row[0] == since


def test_words_of_the_text_are_no_bodies_until_the_document_names_them_so() -> None:
    text = "Nguyễn Văn A yêu cầu Trung tâm Lưu trữ khẩn trương kiểm kê."
    clause = text[21:-1]
    order = Directive(
        start=21, end=len(text) - 1, text=clause, force="order", addressee="Trung tâm Lưu trữ khẩn trương",
        issuer="Nguyễn Văn A", action="kiểm kê", rule="x",
    )
    with FactBase.create(":memory:") as base:
        base.add(Document(id="d", path="d", text=text, date="2020"), [order])
        assemble(base)
        assert base.count("body_mention") == 0


def dump(base: FactBase) -> list[tuple[str, ...]]:
    rows = base.db.execute(
        "SELECT b.id, b.name, b.began, p.id, x.how, d.id FROM body_mention x JOIN mention m ON m.key = x.mention"
        " JOIN document d ON d.key = m.document LEFT JOIN body b ON b.key = x.body LEFT JOIN body p ON p.key = b.parent"
        " ORDER BY d.id, m.start, x.number"
    )
    return [tuple(map(str, row)) for row in rows]


def test_the_order_of_documents_makes_no_difference_and_a_second_assembly_changes_nothing() -> None:
    documents = [
        (f"d{number}", day, orgs) for number, (day, orgs) in enumerate([
            ("2018", ["sở y tế Hà Nội", "UBND tỉnh Đồng Nai"]), ("2026-06", ["Sở Y tế TP Hà Nội", "UBND TP Đồng Nai"]),
            ("2019", ["Viện Lưu trữ", "VIỆN LƯU TRỮ"]), (None, ["Viện Lưu trữ"]),
        ])
    ]
    found = []
    for order in (documents, documents[::-1]):
        with FactBase.create(":memory:") as base:
            for identifier, day, orgs in order:
                text, facts = officials(*orgs)
                base.add(Document(id=identifier, path=identifier, text=text, date=day), facts)
            assemble(base)
            found.append(dump(base))
            assemble(base)
            found.append(dump(base))
    assert found[0] == found[1] == found[2] == found[3]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from([name for _, name, *_ in BY_DAY])), max_size=4),
       st.sampled_from([None, "1900", "2025", "2025-07-01"]))
def test_any_names_are_survived(names: list[str], day: str | None) -> None:
    names = [name for name in names if name.strip() and "\n" not in name and name.isprintable()]
    text, facts = officials(*names)
    with FactBase.create(":memory:") as base:
        base.add(Document(id="d", path="d", text=text, date=day), facts)
        with base.transaction() as db:
            assemble_bodies(db)


@pytest.mark.parametrize("row", tables.table("pipeline", "body_units"), ids=lambda row: row["head"])
def test_a_unit_alone_is_no_body(row: dict[str, str]) -> None:
    assert row["needs"] in {"above", "place"}
    for example in row["examples"].split("|"):
        assert meant("2018", example)[0][0] is None


def test_bodies_as_a_table(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:   # type: ignore[no-untyped-def]
    path = tmp_path / "facts.db"
    text, facts = officials("Tổng cục THADS", "Tổng cục Thi hành án dân sự", "Cục THADS TP Hải Phòng")
    with FactBase.create(path) as base:
        base.add(Document(id="d", path="d", text=text, date="2018"), facts)
        assemble(base)
        listed = bodies(base)
        assert [(body.name, body.mentions, body.documents) for body in listed] == [
            (TCTHADS, 2, 1), ("Cục Thi hành án dân sự thành phố Hải Phòng", 1, 1),
        ]
        assert [step.name for step in listed[0].after] == [CQLTHADS]
        card, = body_cards(base, "tong cuc thads")
        assert card.names == (("Tổng cục THADS", 1), ("Tổng cục Thi hành án dân sự", 1))
        assert card.parents[0].name == "Bộ Tư pháp"
        assert [one.title for one in card.offices] == [None] * len(card.offices)
    told = CliRunner().invoke(app, ["bodies", str(path), "Tổng cục THADS"]).output
    assert CQLTHADS in told and "Quyết định 1898/QĐ-BTP" in told
    table = CliRunner().invoke(app, ["bodies", str(path)]).output
    assert all(word in table for word in ("Tổng cục", "2009", "Bộ Tư pháp"))
    as_json = json.loads(CliRunner().invoke(app, ["bodies", str(path), "--json"]).output)
    assert as_json[0]["name"] == TCTHADS
    with sulieu.FactBase.open(path) as base:
        assert base.bodies()["name"].tolist() == [body.name for body in listed]
        assert base.bodies("cuc thads hai phong")["before"].tolist() == [
            ["Thi hành án dân sự thành phố Hải Phòng"],
        ]
