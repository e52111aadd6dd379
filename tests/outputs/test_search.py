"""The query language, the order of hits, the filters, and that no question can break the search."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.facts import KINDS, Date, Decree, Directive, Figure, Official
from outputs.asking.query import MAX_LENGTH, MAX_TERMS, parse
from outputs.asking.snippets import highlight, highlight_html, highlight_terminal
from outputs.factbase import FactBase
from outputs.search import Hit, SearchError, search
from tests.outputs.small_base import LETTER, ORDER, POEM, add, fact, small_base

HOSTILE = [
    "'; DROP TABLE document; --", '" OR 1=1 --', "NEAR(án thư, 2)", "title : thơ", "{title body} : án", "án^2",
    "* án", "án *", "((((", "))))", "\x00án", "án\x00", "\ud800", "\\", "%", "_", "^án", "a:b:c", "🙂", "ⅷ", "ﬁ", "İ",
    "<script>alert(1)</script>", "{{ 7*7 }}", "NOT", "AND OR NOT", "- - -", '""', '"', "«»", "“án", "( OR )", "|||",
    "--án", "an + an",
]


@pytest.fixture(scope="module")
def base() -> Iterator[FactBase]:
    with small_base() as made:
        yield made


def documents(hits: list[Hit]) -> set[str]:
    return {hit.document for hit in hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("phân loại hồ sơ", {"order"}),
        ("phan loai ho so", {"order"}),            # without marks
        ("PHÂN LOẠI", {"order"}),
        ("án", {"letter", "poem"}),
        ("an", {"letter", "poem"}),
        ("hòe", {"letter"}),
        ("hoè", {"letter"}),                       # the other place of the tone
        ("toà án", {"letter"}),
        ("tòa án", {"letter"}),
        ("đề nghị", {"letter"}),
        ("de nghi", {"letter"}),                   # đ without its bar
        ("đe", set()),                             # a mark that the text does not have
        ("thi hành án", {"letter"}),
        ('"hành án thi"', set()),
        ('"thi hanh an"', {"letter"}),
        ("họp OR hát", {"letter", "poem"}),
        ("họp|hát", {"letter", "poem"}),
        ("thi -hành", {"poem"}),                   # folded: thì, thị, Thi
        ("thi NOT hành", {"poem"}),
        ('án -"án thư"', {"letter"}),
        ("thi AND hành", {"letter"}),
        ("phòn*", {"order", "letter"}),
        ("phon*", {"order", "letter"}),
        ("12/1957/NĐ-CP", {"order"}),
        ("12/1957/nd-cp", {"order"}),
        ("1.250", {"order"}),
        ("5/9/1946", {"letter"}),
        ("Thủ tướng, Phạm Văn Đồng!", {"order"}),
        ("không có đâu", set()),
    ],
)
def test_query_language(base: FactBase, query: str, found: set[str]) -> None:
    assert documents(search(base, query, limit=100)) == found


def test_a_marked_word_is_exact_and_an_unmarked_one_is_not(base: FactBase) -> None:
    assert search(base, "thị", kind="document")[0].quote == "thị"
    assert not search(base, "thỉ")
    assert {hit.document for hit in search(base, "thi", kind="document")} == {"letter", "poem"}


def test_words_side_by_side_come_before_words_scattered() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "a-scattered", "Án thì nhiều, hành thì ít, thi thì không.")
        add(base, "b-folded", "Người thì hành, ăn rồi lại nghỉ: thì hành án.")
        add(base, "c-exact", "Công tác thi hành án năm nay.")
        add(base, "d-title", "Không có gì ở đây.", title="Thi hành án")
        hits = search(base, "thi hành án")
    assert [hit.document for hit in hits] == ["d-title", "c-exact", "b-folded", "a-scattered"]
    assert [hit.reason for hit in hits] == [
        "side by side, exact, in title", "side by side, exact, in text", "side by side, folded, in text",
        "every word, exact, in text",
    ]


def test_exact_comes_before_folded() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "a", "Án đã xử.")
        add(base, "b", "An ninh tốt.")
        assert [hit.document for hit in search(base, "an")] == ["b", "a"]
        assert [hit.document for hit in search(base, "án")] == ["a"]


def test_with_a_kind_only_the_words_of_that_kind_are_searched(base: FactBase) -> None:
    hits = search(base, "hồ sơ", kind="directive")
    assert [(hit.kind, hit.document) for hit in hits] == [("directive", "order")]
    assert hits[0].fields == {
        "force": "order", "issuer": "Thủ tướng Phạm Văn Đồng", "addressee": "Ủy ban hành chính thành phố Hải Phòng",
        "action": "phân loại hồ sơ", "deadline": "1958-04-30", "repeats": None,
    }
    assert not search(base, "việc chung", kind="directive")


def test_a_hit_quotes_its_text_and_highlights_point_at_the_words(base: FactBase) -> None:
    texts = {"order": ORDER, "letter": LETTER, "poem": POEM}
    for query in ("hải phòng", "an", "thi hành án", "1958"):
        for hit in search(base, query, limit=100):
            text = texts[hit.document]
            assert text[hit.start : hit.end] == hit.quote
            assert text[hit.snippet_start :].replace("\n", " ").startswith(hit.snippet)
            assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.highlights)
            assert hit.highlights or hit.reason.endswith("title")
            assert sum(end - start for start, end in hit.highlights) < len(hit.snippet)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kind": "directive", "addressee": "Cục THADS Hải Phòng"}, {"letter"}),
        ({"kind": "directive", "addressee": "cuc thi hanh an dan su thanh pho hai phong"}, {"letter"}),
        ({"kind": "directive", "addressee": "Chi cục Thi hành án dân sự quận Lê Chân"}, {"letter"}),
        ({"kind": "directive", "addressee": "Tổng cục THADS"}, set()),
        ({"kind": "directive", "addressee": "Hải Phòng"}, {"letter", "order"}),
        ({"kind": "directive", "addressee": "Hải Phò"}, set()),                # whole syllables
        ({"issuer": "Phạm Văn Đồng", "kind": "directive"}, {"order"}),
        ({"issuer": "thu tuong"}, {"order"}),
        ({"issuer": "Chính phủ", "kind": "decree"}, {"order"}),
        ({"person": "vu dinh hoe"}, {"letter"}),
        ({"person": "Hòe", "kind": "official"}, {"letter"}),
        ({"person": "Đồng", "kind": "event"}, {"order"}),                     # named inside the event's words
        ({"place": "Hải Phòng", "kind": "event"}, {"order"}),
        ({"place": "TP Hải Phòng", "kind": "directive"}, {"letter", "order"}),
        ({"decree": "12/1957/NĐ-CP"}, {"order"}),
        ({"decree": "12/1957/nd-cp"}, {"order"}),
        ({"decree": "Nghị định 12/1957"}, {"order"}),
        ({"decree": "nghị định số 12"}, {"order"}),
        ({"decree": "NĐ 12/1957"}, {"order"}),
        ({"decree": "Nghị định số 12/1957/NĐ-CP ngày 1/3/1957"}, {"order"}),
        ({"decree": "Thông tư 12/1957"}, set()),
        ({"decree": "12/1958/NĐ-CP"}, set()),
        ({"decree": "12/1957/QĐ-CP"}, set()),
        ({"decree": "112/1957/NĐ-CP"}, set()),
        ({"kind": "directive", "since": "1958"}, {"order"}),
        ({"kind": "directive", "until": "1946-12-31"}, {"letter"}),
        ({"kind": "directive", "since": "1958-04-30", "until": "1958-04-30"}, {"order"}),
        ({"kind": "directive", "since": "1958-05"}, set()),
        ({"kind": "directive", "addressee": "Hải Phòng", "until": "1950"}, {"letter"}),
    ],
)
def test_filters_need_no_words(base: FactBase, filters: dict[str, str], found: set[str]) -> None:
    assert documents(search(base, **filters, limit=100)) == found  # type: ignore[arg-type]


def test_a_figure_is_not_at_the_place_that_its_neighbour_names() -> None:
    text = "Hải Phòng vượt chỉ tiêu; Kiến An thu 1.250 hồ sơ, còn Hải Dương thu 900 hồ sơ."
    with FactBase.create(":memory:") as base:
        add(base, "figures", text, [
            fact(Figure, text, "1.250 hồ sơ", value=Decimal("1250"), unit="hồ sơ", subject="Kiến An"),
            fact(Figure, text, "900 hồ sơ", value=Decimal("900"), unit="hồ sơ", subject="Hải Dương"),
        ])
        assert search(base, place="Hải Phòng") == []
        assert [hit.quote for hit in search(base, place="kien an")] == ["1.250 hồ sơ"]
        assert [hit.quote for hit in search(base, place="Hải Dương")] == ["900 hồ sơ"]


def test_a_firm_is_not_at_the_place_whose_initials_it_has_without_marks() -> None:
    text = "Các DN nộp 12 hồ sơ; UBND TP ĐN nhận 12 hồ sơ."
    with FactBase.create(":memory:") as base:
        add(base, "firms", text, [
            fact(Figure, text, "12 hồ sơ", 0, value=Decimal("12"), unit="hồ sơ", subject="Các DN"),
            fact(Figure, text, "12 hồ sơ", 1, value=Decimal("12"), unit="hồ sơ", subject="UBND TP ĐN"),
        ])
        assert [hit.fields["subject"] for hit in search(base, place="Đà Nẵng")] == ["UBND TP ĐN"]


def test_words_and_filters_together(base: FactBase) -> None:
    assert documents(search(base, "hải phòng", person="Phạm Văn Đồng")) == {"order"}
    assert documents(search(base, "hải phòng", until="1950")) == {"letter"}
    assert documents(search(base, "án", kind="document", since="2000")) == {"poem"}
    assert documents(search(base, "án", kind="document", until="1946")) == {"letter"}  # by its dated meeting
    assert not search(base, "án", addressee="Ủy ban hành chính")
    assert not search(base, "-hồ", kind="directive", issuer="Phạm Văn Đồng")


def test_filters_alone_answer_in_order_of_time(base: FactBase) -> None:
    hits = search(base, kind="date", limit=10)
    assert [hit.day for hit in hits] == ["1946-09-05", "1958-03-12", "1958-04-30"]
    assert {hit.day_basis for hit in hits} == {"fact"}


def test_laws_are_found_by_name_and_year() -> None:
    text = "Luật Hải quan năm 2001 và Luật Hải quan; Hiến pháp năm 1980; Bộ luật Hàng hải Việt Nam."
    facts = [
        fact(Decree, text, "Luật Hải quan năm 2001", doc_type="luật", year=2001, title="Hải quan"),
        fact(Decree, text, "Luật Hải quan", 1, doc_type="luật", title="Hải quan"),
        fact(Decree, text, "Hiến pháp năm 1980", doc_type="hiến pháp", year=1980),
        fact(Decree, text, "Bộ luật Hàng hải Việt Nam", doc_type="bộ luật", title="Hàng hải Việt Nam"),
    ]
    with FactBase.create(":memory:") as base:
        add(base, "laws", text, facts)
        found = {
            asked: [hit.quote for hit in search(base, decree=asked, kind="decree")]
            for asked in ("Luật Hải quan 2001", "luat hai quan", "Hiến pháp 1980", "Hiến pháp năm 1980",
                          "Hiến pháp 1992", "Bộ luật Hàng hải Việt Nam")
        }
    assert found == {
        "Luật Hải quan 2001": ["Luật Hải quan năm 2001"],
        "luat hai quan": ["Luật Hải quan năm 2001", "Luật Hải quan"],
        "Hiến pháp 1980": ["Hiến pháp năm 1980"],
        "Hiến pháp năm 1980": ["Hiến pháp năm 1980"],
        "Hiến pháp 1992": [],
        "Bộ luật Hàng hải Việt Nam": ["Bộ luật Hàng hải Việt Nam"],
    }


def test_a_decree_is_found_by_number_where_a_source_names_it_in_words() -> None:
    text = "Luật số 26/2008/QH12 đã ban hành; Luật Thi hành án dân sự năm 2008; Luật Thuế năm 2008."
    facts = [
        fact(Decree, text, "Luật số 26/2008/QH12", doc_type="luật", number="26/2008/QH12", year=2008),
        fact(Decree, text, "Luật Thi hành án dân sự năm 2008", doc_type="luật", year=2008, title="Thi hành án dân sự"),
        fact(Decree, text, "Luật Thuế năm 2008", doc_type="luật", year=2008, title="Thuế"),
    ]
    with FactBase.create(":memory:") as base:
        add(base, "law", text, facts)
        with base.transaction() as db:
            db.execute("INSERT INTO decree (key, id, doc_type) VALUES (1, 'one', 'luật'), (2, 'two', 'luật')")
            db.execute(
                "INSERT INTO decree_mention"
                " SELECT CASE title WHEN 'Thuế' THEN 2 ELSE 1 END, mention, 'number' FROM decree_fact"
            )
        for asked in ("26/2008/QH12", "Luật Thi hành án dân sự 2008"):
            assert [hit.quote for hit in search(base, decree=asked)] == [one.text for one in facts[:2]]


@pytest.mark.parametrize("query", ["OR", "NOT", "AND", "*", '"', '""', "...", "- -", "()", "|"])
def test_operators_alone_are_refused_in_words_a_user_understands(base: FactBase, query: str) -> None:
    with pytest.raises(SearchError, match="no word"):
        search(base, query)


def test_questions_that_cannot_be_asked(base: FactBase) -> None:
    refused: list[tuple[str, dict[str, object]]] = [
        ("", {}), ("án", {"kind": "thơ"}), ("án", {"limit": 0}), ("án", {"since": "hôm qua"}),
        ("án", {"until": "2014-13"}), ("án", {"since": "2015", "until": "2014"}), ("án", {"issuer": "***"}),
        ("a" * (MAX_LENGTH + 1), {}), (" ".join(["án"] * (MAX_TERMS + 1)), {}), ("á*", {}), ('án "thi h*"', {}),
        ("án", {"offset": -1}), ("án", {"limit": 10_000}), ("(" * 20 + "án" + ")" * 20, {}),
    ]
    for query, filters in refused:
        with pytest.raises(SearchError):
            search(base, query, **filters)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_are_only_words(base: FactBase, query: str) -> None:
    before = base.count("document")
    for filters in ({}, {"kind": "event"}, {"place": "Hải Phòng"}):
        try:
            search(base, query, **filters)  # type: ignore[arg-type]
        except SearchError as error:
            assert str(error)
    assert base.count("document") == before


OPERATORS = ["án", "thi", "-", '"', "OR", "NOT", "AND", "(", ")", "*", "|", "hành*", "-án", "“", "”"]
FILTERS = ["issuer", "addressee", "person", "place", "decree", "since", "until"]
words = st.text(max_size=40) | st.lists(st.sampled_from(HOSTILE + OPERATORS), max_size=8).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, st.dictionaries(st.sampled_from(FILTERS), words, max_size=2), st.sampled_from([None, "document", *KINDS]))
def test_no_question_breaks_the_search(base: FactBase, query: str, filters: dict[str, str], kind: str | None) -> None:
    try:
        hits = search(base, query, kind=kind, limit=3, **filters)  # type: ignore[arg-type]
    except SearchError:
        return
    for hit in hits:
        highlight_html(hit)


@given(words)
def test_every_query_is_read_or_refused(query: str) -> None:
    try:
        parse(query)
    except SearchError:
        return


def test_what_sources_say_cannot_break_the_page_or_the_terminal() -> None:
    nasty = "<b>Án</b> & \"lệ\" '); DROP TABLE mention; -- \x1b[31mđỏ"
    facts = [
        fact(Official, nasty, "lệ", name=nasty, title=nasty, org=nasty),
        fact(Directive, nasty, "DROP TABLE mention", force="order", issuer=nasty, addressee=nasty, action=nasty),
        fact(Decree, nasty, "TABLE", doc_type=nasty, number=nasty, issuer=nasty, title=nasty),
        fact(Date, nasty, "31", type="date", edtf="2014"),
    ]
    with FactBase.create(":memory:") as base:
        add(base, nasty, nasty, facts, title=nasty, url=nasty)
        hit = search(base, "án")[0]
        assert highlight_html(hit).startswith("&lt;b&gt;<mark>Án</mark>&lt;/b&gt; &amp; &quot;lệ&quot; &#x27;); DROP")
        assert "\x1b" not in highlight_terminal(hit).plain
        assert highlight(hit, lambda found: f"[{found}]").startswith("<b>[Án]</b>")
        for name in ("issuer", "addressee", "person", "place"):
            assert search(base, kind="directive", **{name: nasty})  # type: ignore[arg-type]


def test_a_long_text_is_shown_where_it_answers() -> None:
    text = "Mở đầu không có gì. " * 400 + "Ở cuối có cây đa, bến nước.\nSân đình. " + "Rồi hết. " * 300
    with FactBase.create(":memory:") as base:
        add(base, "long", text)
        hit = search(base, "bến nước sân đình")[0]
    assert hit.quote == "bến nước.\nSân đình"
    assert len(hit.snippet) < 400
    assert highlight(hit, str.upper, lambda _: " ").split() == ["BẾN", "NƯỚC.", "SÂN", "ĐÌNH"]


def test_the_limit_is_kept_and_the_same_question_has_the_same_answer() -> None:
    with FactBase.create(":memory:") as base:
        for number in range(30):
            day = fact(Date, "Ngày hội làng.", "Ngày hội", type="date")
            add(base, f"d{number:02}", "Ngày hội làng.", [day])
        first, again = (search(base, "hội làng", limit=7) for _ in range(2))
        assert len(first) == 7
        assert first == again
        assert len(search(base, "hội", limit=100)) == 60


def test_words_that_stand_side_by_side_are_not_marked_again_one_by_one() -> None:
    text = "Thi hành án là việc thi cử, xử án."
    with FactBase.create(":memory:") as base:
        add(base, "a", text)
        (hit,) = search(base, "thi hành án")
    assert highlight(hit, lambda found: f"[{found}]") == "[Thi hành án] là việc thi cử, xử án."


def test_a_long_quote_is_shown_where_it_answers() -> None:
    text = "Yêu cầu " + "mọi người đi làm đều, " * 60 + "rồi trồng thêm cây bên sông."
    with FactBase.create(":memory:") as base:
        add(base, "a", text, [fact(Directive, text, text, force="order")])
        (hit,) = search(base, "bên sông", kind="directive")
    assert hit.quote == text
    assert len(hit.snippet) < 700
    assert highlight(hit, str.upper).endswith("thêm cây BÊN SÔNG.")


def test_a_document_found_by_time_says_which_day() -> None:
    with small_base() as base:
        (letter,) = search(base, "việc chung", since="1946", until="1946")
        (order,) = search(base, "toàn thành phố còn", kind="document", since="1958")
    assert (letter.day, letter.day_basis) == ("1946-09-05", "event")
    assert (order.day, order.day_basis) == ("1958-03-13", "document")
