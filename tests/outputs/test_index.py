"""What is put into the search index, and that all of it comes out again."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import normalise_text
from corpus.shadow import fold
from outputs.factbase import FactBase, index
from outputs.factbase.index import index_forms
from outputs.factbase.name_forms import abbreviations, full_form, name_forms, spellings
from tests.outputs.small_base import LETTER, add, letter_facts, small_base


@pytest.mark.parametrize(
    ("written", "exact", "folded"),
    [
        ("Hoà Bình", "hòa bình", "hoa binh"),
        ("Thuỷ lợi, THUỶ LỢI", "thủy lợi, thủy lợi", "thuy loi, thuy loi"),
        ("Uỷ ban", "ủy ban", "uy ban"),
        ("khoẻ, khoé mắt, loè, xoè", "khỏe, khóe mắt, lòe, xòe", "khoe, khoe mat, loe, xoe"),
        ("quý, quỹ, Quỳnh", "quý, quỹ, quỳnh", "quy, quy, quynh"),  # u belongs to q
        ("hoàn, hoạch, thoáng, tuýp", "hoàn, hoạch, thoáng, tuýp", "hoan, hoach, thoang, tuyp"),  # not open
        ("Ðà Nẵng – ĐÀ NẴNG", "đà nẵng - đà nẵng", "da nang - da nang"),  # U+00D0 is a look-alike
        ("19\u00a0/7", "19 /7", "19 /7"),
    ],
)
def test_exact_and_folded_forms(written: str, exact: str, folded: str) -> None:
    assert index_forms(written) == (exact, folded)


def test_a_decomposed_query_has_the_form_of_a_composed_text() -> None:
    assert index_forms(unicodedata.normalize("NFD", "Toà án Điện Biên")) == index_forms("Toà án Điện Biên")


@given(st.text())
def test_forms_keep_offsets(text: str) -> None:
    stored = normalise_text(text)
    exact, folded = index_forms(stored)
    assert len(exact) == len(folded) == len(stored)


def _hits(base: FactBase, table: str, match: str) -> list[int]:
    return [row[0] for row in base.db.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (match,))]


def test_what_is_added_is_found_and_what_is_removed_is_not() -> None:
    with FactBase.create(":memory:") as base, base.transaction() as db:
        index.add_document(db, 7, "Toà án", "Thi hành án ở Đà Nẵng")
        index.add_mention(db, 8, "Uỷ ban")
        assert _hits(base, "document_search", 'title : "tòa án"') == [7]
        assert _hits(base, "document_search", 'body_folded : "o da nang"') == [7]
        assert _hits(base, "mention_search", 'quote : "ủy ban"') == [8]
        index.remove_document(db, 7, "Toà án", "Thi hành án ở Đà Nẵng")
        index.remove_mention(db, 8, "Uỷ ban")
        assert _hits(base, "document_search", "án OR an OR nang") == []
        assert _hits(base, "mention_search", "ủy OR uy") == []


def test_a_document_replaced_leaves_nothing_behind() -> None:
    with FactBase.create(":memory:") as base:
        add(base, "letter", LETTER, letter_facts(), title="Thư")
        add(base, "letter", "Không còn gì.", title="Khác")
        assert _hits(base, "document_search", "thư OR án OR bộ") == []
        assert _hits(base, "mention_search", "bộ OR họp OR buổi") == []
        assert _hits(base, "name_search", "bo OR hoe OR thi") == []
        assert base.count("fact_day") == 0


def _indexed(base: FactBase) -> int:
    """How many words stand in the full-text tables."""
    total = 0
    for table in ("document_search", "mention_search", "name_search"):
        base.db.execute(f"CREATE VIRTUAL TABLE temp.words_of_{table} USING fts5vocab(main, {table}, instance)")
        total += base.count(f"words_of_{table}")
        base.db.execute(f"DROP TABLE temp.words_of_{table}")
    return total


def test_what_stored_rows_take_out_is_what_facts_put_in() -> None:
    with small_base() as base:
        assert _indexed(base)
        for row in base.db.execute("SELECT id FROM document").fetchall():
            base.remove(row["id"])
        assert _indexed(base) == 0


def test_an_attempt_that_fails_leaves_the_index_as_it_was() -> None:
    with FactBase.create(":memory:") as base:
        with base.transaction():
            add(base, "letter", LETTER, letter_facts(), title="Thư")
            with pytest.raises(ValueError, match="does not quote"), base.attempt():
                add(base, "letter", "Không còn gì.", letter_facts(), title="Khác")
        assert _hits(base, "document_search", "thư") == [1]
        assert _hits(base, "document_search", "khác") == []
        assert base.count("fact_day") > 0


@given(st.lists(st.text(max_size=12) | st.sampled_from(["Uỷ ban\x1eHoà", "\x1e"]), min_size=1, max_size=5))
def test_many_texts_have_the_forms_that_each_has(texts: list[str]) -> None:
    assert index._all_forms(texts) == [index_forms(text) for text in texts]


def test_a_fact_counts_for_its_own_day_else_its_documents_else_the_latest_event() -> None:
    with small_base() as base:
        rows = base.db.execute(
            "SELECT d.id, m.kind, f.first_day, f.basis FROM fact_day f JOIN mention m ON m.key = f.mention "
            "JOIN document d ON d.key = m.document"
        )
        days = {(row[0], row[1], row[2], row[3]) for row in rows}
    assert ("order", "directive", "1958-04-30", "fact") in days       # its deadline
    assert ("order", "official", "1958-03-13", "document") in days
    assert ("order", "decree", "1957-01-01", "fact") in days
    assert ("letter", "directive", "1946-09-05", "event") in days     # the letter has no date, its meeting has
    assert ("letter", "official", "1946-09-05", "event") in days


@pytest.mark.parametrize("row", abbreviations(), ids=lambda row: row["abbreviation"])
def test_each_abbreviation_is_written_out_in_its_examples_and_nowhere_else(row: dict[str, str]) -> None:
    words = full_form(row["expansion"])
    for example in row["examples"].split("|"):
        assert words in full_form(example), example
    for counter in filter(None, row["counter_examples"].split("|")):
        assert full_form(counter) == " ".join(full_form(part) for part in fold(counter).split()), counter
        assert words not in full_form(counter), counter


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cục THADS TP Hải Phòng", "cục thi hành án dân sự thành phố Hải Phòng"),
        ("Cục THADS TP. Hải Phòng", "cuc thads hai phong"),
        ("UBND tỉnh Nghệ An", "Uỷ ban nhân dân Nghệ An"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Ban Tổ chức T.Ư", "Ban Tổ chức Trung ương"),
        ("TP.HCM", "Thành phố Hồ Chí Minh"),
        ("HĐND", "hdnd"),
        ("Hoàng Sỹ Thành", "Hoàng Sĩ Thành"),
        ("Lý Thường Kiệt", "Lí Thường Kiệt"),
    ],
)
def test_two_writings_of_one_name_meet(one: str, other: str) -> None:
    assert set(name_forms(one)) & set(name_forms(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cục THADS", "Chi cục THADS"),
        ("Cục THADS", "Tổng cục THADS"),
        ("Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh"),
        ("Cục trưởng", "Phó Cục trưởng"),
        ("Nguyễn Thị Thúy", "Nguyễn Thị Thúi"),
        ("Chủ tịch Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
    ],
)
def test_different_bodies_and_offices_stay_apart(one: str, other: str) -> None:
    assert not any(f" {form} " in f" {longer} " for form in name_forms(one) for longer in name_forms(other))


def test_other_spellings_of_a_place_are_few_and_hold_the_place() -> None:
    assert "tp hcm" in spellings(("thanh pho ho chi minh",))
    assert len(spellings(("thi hanh an dan su toa an nhan dan uy ban nhan dan thanh pho ha noi",))) <= 16


@given(st.text(max_size=60))
def test_any_name_has_forms_of_plain_syllables(name: str) -> None:
    for form in name_forms(name):
        assert form == " ".join(form.split())
        assert '"' not in form
