"""Acts across documents: what is joined and by which rule, what stays apart, values, purposes, days in force."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from corpus import tables
from corpus.document import Document
from extractors.extract import extract
from outputs.factbase import FactBase
from pipeline.assemble import assemble
from pipeline.assemble.decrees.purposes import PURPOSES

CONSTITUTION = "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam"


def base_of(*texts: str, dates: tuple[str | None, ...] = ()) -> FactBase:
    """A fact base of documents `d0`, `d1`, …, extracted and assembled."""
    base = FactBase.create(":memory:")
    for number, text in enumerate(texts):
        date = dates[number] if number < len(dates) else None
        document = Document(id=f"d{number}", path=f"d{number}", text=text, date=date)
        base.add(document, extract(document))
    assemble(base)
    return base


def joined(base: FactBase) -> list[tuple[str, str, str]]:
    """Words, key without what tells documents apart, and rule of every mention."""
    return [
        (row[0], row[1].partition("#")[0], row[2])
        for row in base.db.execute(
            "SELECT m.quote, e.id, x.rule FROM decree_mention x JOIN decree e ON e.key = x.decree"
            " JOIN mention m ON m.key = x.mention JOIN document d ON d.key = m.document ORDER BY d.id, m.start"
        )
    ]


@pytest.mark.parametrize(
    ("texts", "dates", "expected"),
    [
        pytest.param(
            ["Sắc lệnh số 130/SL ngày 19/7/1946 ra đời.", "Theo Sắc lệnh 130/SL, xã thi hành án."], (),
            [("vn:SL:CTCP:1946:130", "number"), ("vn:SL:CTCP:?:130", "apart")],
            id="a number without year stays apart, though only one year is known",
        ),
        pytest.param(
            ["Quyết định số 397/QĐ-TTg ngày 5/3/2013 có hai điều. Sau đó Quyết định số 397/QÐ-TTg được thi hành."], (),
            [("vn:QĐ:TTg:2013:397", "number"), ("vn:QĐ:TTg:2013:397", "number")],
            id="a look-alike letter is one letter",
        ),
        pytest.param(
            ["Nghị định số 62/2015/NĐ-CP có đó.", "Nghị định 62/2O15/NĐ-CP còn đó.", "Nghị định 62/2015 ra đời."], (),
            [("vn:NĐ:CP:2015:62", "number")] * 3, id="spellings of one number",
        ),
        pytest.param(
            ["Luật Thi hành án dân sự năm 2008 được sửa đổi.", "Luật số 26/2008/QH12 được sửa đổi."], (),
            [("vn:L:QH12:term:26", "lexicon"), ("vn:L:QH12:term:26", "number")], id="a name and its number",
        ),
        pytest.param(
            ["Luật Đất đai được nhiều người bàn.", "Luật Đất đai năm 2013 có hiệu lực."], (),
            [("vn:L:QH:?:@dat-dai", "apart"), ("vn:L:QH13:term:45", "lexicon")], id="several laws had the name",
        ),
        pytest.param(
            ["Luật Thi hành án dân sự được áp dụng."], ("2016-05-01",), [("vn:L:QH12:term:26", "published")],
            id="the day of the document decides between laws of one name",
        ),
        pytest.param(
            [f"Hiến pháp năm 1992 nêu rõ. Luật số 64/2014/QH13 có căn cứ như sau: “Căn cứ {CONSTITUTION};”. "
             f"Luật số 08/2003/QH11 có căn cứ như sau: “Căn cứ {CONSTITUTION};”."], ("2025-12-01",),
            [("vn:HP:QH:1992:@", "name"), ("vn:L:QH13:term:64", "number"), ("vn:HP:QH:?:@", "apart"),
             ("vn:L:QH11:term:8", "number"), ("vn:HP:QH:1992:@", "document")],
            id="the Constitution of a legal basis was in force when the act was made",
        ),
        pytest.param(
            [f"Hiến pháp năm 1992 nêu rõ điều ấy. Hội nghị bàn việc thi hành {CONSTITUTION}."], ("2005-05-01",),
            [("vn:HP:QH:1992:@", "name"), ("vn:HP:QH:1992:@", "document")],
            id="the only Constitution of a document, in force on its day",
        ),
        pytest.param(
            [f"Hiến pháp năm 1992 nêu rõ điều ấy. Hội nghị bàn việc thi hành {CONSTITUTION}."], ("2020-05-01",),
            [("vn:HP:QH:1992:@", "name"), ("vn:HP:QH:?:@", "apart")],
            id="a Constitution no longer in force on the day of the document",
        ),
        pytest.param(
            [f"Hiến pháp năm 1992 nêu rõ. Hội nghị bàn việc thi hành {CONSTITUTION}. Luật số 64/2014/QH13 còn đó."], (),
            [("vn:HP:QH:1992:@", "name"), ("vn:HP:QH:?:@", "apart"), ("vn:L:QH13:term:64", "number")],
            id="a document without a day is no older than the acts that it cites",
        ),
        pytest.param(
            [f"Hiến pháp năm 1992 đã cũ. {CONSTITUTION} được sửa đổi bởi Nghị quyết 203/2025/QH15."], ("2025-12-01",),
            [("vn:HP:QH:1992:@", "name"), ("vn:HP:QH:2013:@", "name"), ("vn:NQ:QH15:term:203", "number")],
            id="the amending resolution says which Constitution",
        ),
        pytest.param(
            ["Luật Trẻ em được phổ biến."], (), [("vn:L:QH13:term:102", "only act")],
            id="only one law ever had the name",
        ),
        pytest.param(
            ["Luật Trẻ em được phổ biến."], ("1999-05-01",), [("vn:L:QH:?:@tre-em", "apart")],
            id="a document older than the bill means another",
        ),
        pytest.param(
            ["Luật Trẻ em được phổ biến.", "Luật Trẻ em năm 1971 đã cũ."], (),
            [("vn:L:QH:?:@tre-em", "apart"), ("vn:L:QH:1971:@tre-em", "name")],
            id="the archive knows another of the name",
        ),
        pytest.param(
            ["Nghị quyết 1673/NQ-UBTVQH15 năm 2025 có 5 điều.", "Nghị quyết 1673/NQ-UBTVQH15 được thi hành."], (),
            [("vn:NQ:UBTVQH15:2025:1673", "number"), ("vn:NQ:UBTVQH15:2025:1673", "term")],
            id="numbers that run through the term of an assembly",
        ),
        pytest.param(
            ["Nghị quyết số 49-NQ/TW ngày 02/6/2005 rất dài.", "Nghị quyết số 49-NQ/TW năm 2005 được quán triệt.",
             "Nghị quyết số 49-NQ/TW được quán triệt."], (),
            [("vn:NQ:TW:2005-06-02:49", "number"), ("vn:NQ:TW:2005-06-02:49", "year"), ("vn:NQ:TW:?:49", "apart")],
            id="a Party number with its year",
        ),
        pytest.param(
            ["Quyết định số 12/2018/QĐ-UBND của UBND tỉnh được áp dụng.",
             "Quyết định số 12/2018/QĐ-UBND của UBND tỉnh có hai điều."], (),
            [("vn:QĐ:UBND@?:2018:12", "apart")] * 2, id="a committee of no named province",
        ),
        pytest.param(
            ["Chỉ thị 21/2008/CT-TTg được ban hành.", "Chỉ thị 21/2008/CT-BGDĐT được ban hành."], (),
            [("vn:CT:TTg:2008:21", "number"), ("vn:CT:BGDĐT:2008:21", "number")], id="two issuers are two acts",
        ),
    ],
)
def test_what_is_joined_and_what_stays_apart(
    texts: list[str], dates: tuple[str | None, ...], expected: list[tuple[str, str]]
) -> None:
    with base_of(*texts, dates=dates) as base:
        assert [(key, rule) for _, key, rule in joined(base)] == expected


def test_acts_that_stay_apart_in_two_documents_are_two() -> None:
    with base_of("Chỉ thị số 23/CT-TTg được ban hành.", "Chỉ thị số 23/CT-TTg có năm phần.") as base:
        assert [row["missing"] for row in base.db.execute("SELECT missing FROM decree")] == ["year", "year"]


def test_an_act_without_year_names_those_that_it_may_be() -> None:
    with base_of(
        "Chỉ thị số 23/CT-TTg được ban hành.", "Chỉ thị số 23/CT-TTg ngày 5/9/2019 có năm phần.",
        "Chỉ thị số 23/CT-TTg ngày 1/8/2025 có hai phần.",
    ) as base:
        rows = base.db.execute(
            "SELECT o.id FROM decree_candidate c JOIN decree o ON o.key = c.candidate ORDER BY o.id"
        )
        assert [row["id"] for row in rows] == ["vn:CT:TTg:2019:23", "vn:CT:TTg:2025:23"]


def test_the_order_of_documents_makes_no_difference() -> None:
    texts = [
        "Sắc lệnh số 130/SL ngày 19/7/1946 ra đời.", "Sắc lệnh 130/SL được thi hành.", "Luật Đất đai năm 2013 ra đời.",
        "Nghị định 62/2015/NĐ-CP quy định chi tiết Luật Thi hành án dân sự năm 2008.", "Luật Đất đai được bàn.",
    ]
    found = []
    for seed in (1, 2):
        documents = [Document(id=f"d{number}", text=text) for number, text in enumerate(texts)]
        random.Random(seed).shuffle(documents)
        with FactBase.create(":memory:") as base:
            for document in documents:
                base.add(document, extract(document))
            assemble(base)
            rows = base.db.execute(
                "SELECT e.id, v.field, v.value, v.standing, m.id FROM decree_value v JOIN decree e ON e.key = v.decree"
                " LEFT JOIN mention m ON m.key = v.mention ORDER BY 1, 2, 3, 4, 5"
            )
            found.append([tuple(row) for row in rows])
    assert found[0] == found[1]


@pytest.fixture()
def values() -> Iterator[FactBase]:
    with base_of(
        "Nghị định số 62/2015/NĐ-CP ngày 18/7/2015 của Chính phủ về thi hành án dân sự được áp dụng.",
        "Nghị định số 62/2015/NĐ-CP ngày 18/7/2015 được áp dụng ở huyện.",
        "Nghị định số 62/2015/NĐ-CP ngày 19/7/2015 được áp dụng ở xã.",
        "Nghị định số 62/2015/NĐ-CP có hiệu lực từ ngày 01/9/2015.",
    ) as base:
        yield base


def test_a_number_is_shown_with_its_letters() -> None:
    short, long = "Thông tư 12/2019 của Bộ Công Thương còn mới.", "Thông tư 12/2019/TT-BCT của Bộ Công Thương còn mới."
    with base_of(short, short.replace("còn", "rất"), long) as base:
        assert [row[0] for row in base.db.execute("SELECT number FROM decree")] == ["12/2019/TT-BCT"]


def said(base: FactBase, field: str) -> list[tuple[str, str, int]]:
    rows = base.db.execute(
        "SELECT value, standing, sources FROM decree_value WHERE field = ? AND basis <> 'lexicon' ORDER BY value",
        (field,),
    )
    return [tuple(row) for row in rows]


def test_two_days_stand_beside_each_other_and_the_better_attested_is_shown(values: FactBase) -> None:
    assert said(values, "date") == [("2015-07-18", "shown", 2), ("2015-07-19", "differs", 1)]
    assert values.db.execute("SELECT date FROM decree").fetchone()[0] == "2015-07-18"


@pytest.mark.parametrize("words", [
    "Luật Tổ chức chính quyền địa phương năm 2025, có hiệu lực từ ngày 01/3/2025, còn mới.",
    "Luật Tổ chức chính quyền địa phương năm 2025 được thông qua tại Kỳ họp bất thường lần thứ 9.",
    "Luật số 65/2025/QH15 tháng 02 năm 2025 của Quốc hội.",
])
def test_the_lexicon_says_the_day_of_an_act_of_which_sources_say_the_months(words: str) -> None:
    with base_of(words) as base:
        row = base.db.execute("SELECT number, date, lexicon FROM decree WHERE id = 'vn:L:QH15:term:65'").fetchone()
        assert tuple(row)[:2] == ("65/2025/QH15", "2025-02-19") and "date" in row["lexicon"].split()
        others = base.db.execute("SELECT standing FROM decree_value WHERE field = 'date' AND basis <> 'lexicon'")
        assert {standing for standing, in others} <= {"agrees"}


def test_a_value_has_the_words_that_state_it(values: FactBase) -> None:
    row = values.db.execute(
        "SELECT m.quote, d.id FROM decree_value v JOIN mention m ON m.key = v.mention"
        " JOIN document d ON d.key = m.document WHERE v.value = '2015-07-19'"
    ).fetchone()
    assert tuple(row) == ("Nghị định số 62/2015/NĐ-CP", "d2")


def test_the_day_in_force(values: FactBase) -> None:
    assert said(values, "effect") == [("2015-09-01", "shown", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị định 24/2015/NĐ-CP hết hiệu lực từ ngày 01/7/2026.", [("expiry", "2026-07-01")]),
        ("Luật Đặc xá 2018 được Quốc hội thông qua ngày 19/11/2018, có hiệu lực từ 1/7/2019.",
         [("effect", "2019-07-01")]),
        ("Có hiệu lực từ ngày 20/6/2014, Nghị định số 40/2014/NĐ-CP được chờ đợi.", [("effect", "2014-06-20")]),
        ("Nghị định 40/2014/NĐ-CP có hiệu lực đến hết ngày 31/12/2025.", [("expiry", "2025-12-31")]),
        ("Khoản 3 Điều 46 Luật Căn cước 2023 có hiệu lực từ 15/01/2024.", []),      # a part of it
        ("Nghị định 74/2009/NĐ-CP hướng dẫn Luật Đất đai 2013 có hiệu lực từ ngày 01/9/2014.", []),  # which of the two?
        ("Theo Nghị định 62/2015/NĐ-CP, hợp đồng có hiệu lực từ ngày 01/9/2015.", []),
        ("Nghị định 62/2015/NĐ-CP có hiệu lực từ tháng 9/2015.", []),
    ],
)
def test_days_in_force_are_those_of_the_whole_act(text: str, expected: list[tuple[str, str]]) -> None:
    with base_of(text) as base:
        rows = base.db.execute("SELECT field, value FROM decree_value WHERE field IN ('effect', 'expiry')")
        assert [tuple(row) for row in rows] == expected


def _purpose_examples() -> Iterator[tuple[str, str, bool]]:
    for row in tables.table("pipeline", "citation_purposes"):
        for column in ("examples", "counter_examples"):
            for text in tables.many(row[column]):
                yield text, row["purpose"], column == "examples"


@pytest.mark.parametrize(("text", "purpose", "is_it"), list(_purpose_examples()))
def test_the_examples_of_the_table_of_purposes(text: str, purpose: str, is_it: bool) -> None:
    assert purpose in PURPOSES
    with base_of(text) as base:
        first = base.db.execute(
            "SELECT c.purpose FROM decree_citation c JOIN mention m ON m.key = c.mention ORDER BY m.start LIMIT 1"
        ).fetchone()
        assert (first["purpose"] == purpose) is is_it


def test_a_list_is_cited_for_one_purpose() -> None:
    text = "Theo Nghị định 62/2015/NĐ-CP ngày 18/7/2015 của Chính phủ và Thông tư 91/2010/TT-BTC, phí do xã thu."
    with base_of(text) as base:
        assert [row[0] for row in base.db.execute("SELECT purpose FROM decree_citation")] == ["under", "under"]


def test_a_cue_stands_where_it_says() -> None:
    text = "Hồ sơ lập theo quy định tại khoản 2 Điều 5 Nghị định 62/2015/NĐ-CP."
    with base_of(text) as base:
        row = base.db.execute("SELECT purpose, start, \"end\", quote FROM decree_citation").fetchone()
        assert row["purpose"] == "under" and text[row["start"] : row["end"]] == row["quote"] == "theo"


def test_relations_are_counted_by_independent_source_and_planned_ones_apart() -> None:
    with base_of(
        "Nghị định 152/2024/NĐ-CP thay thế Nghị định 62/2015/NĐ-CP.",
        "Báo cho biết Nghị định 152/2024/NĐ-CP thay thế Nghị định 62/2015/NĐ-CP.",
        "Dự thảo Nghị định 152/2024/NĐ-CP sẽ thay thế Nghị định 62/2015/NĐ-CP.",
        "Nghị định 33/2020/NĐ-CP bãi bỏ một số điều của Nghị định 62/2015/NĐ-CP.",
    ) as base:
        rows = base.db.execute("SELECT relation, part, planned, sources FROM decree_relation ORDER BY 1, 2, 3")
        assert [tuple(row) for row in rows] == [
            ("repeals", 1, 0, 1), ("replaces", 0, 0, 2), ("replaces", 0, 1, 1),
        ]
        assert base.count("decree_relation_source") == 4


def test_copies_are_one_source() -> None:
    words = " ".join(f"Đoạn thứ {number} kể việc của tỉnh." for number in range(40))
    text = f"Nghị định 62/2015/NĐ-CP ngày 18/7/2015 được áp dụng. {words}"
    with base_of(text, text) as base:
        assert said(base, "date") == [("2015-07-18", "shown", 1)]


def test_long_texts_without_sentences_stay_linear() -> None:
    text = "của của và theo quy định tại khoản 1 " * 4000 + "Nghị định 62/2015/NĐ-CP có hiệu lực"
    with base_of(text) as base:
        assert base.count("decree_citation") == 1
