"""What researchers say of facts: kept beside the fact base, found again by its words, only ever added to."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts import KINDS, Fact, Official
from outputs.factbase import FactBase
from outputs.review import ReviewError, Reviews, review_path
from outputs.review.errors import FieldError, StaleReview
from outputs.review.exchange import export_reviews, import_reviews
from outputs.review.fields import EDITABLE, LONGEST_NOTE, cleaned, edited, shown
from outputs.review.words import say
from outputs.words import rows
from tests.outputs.small_base import LETTER, ORDER, add, fact, letter_facts, order_facts

AT = "2026-11-22T08:00:00+00:00"
LATER = "2026-11-22T09:00:00+00:00"
LAN, MINH = "Nguyễn Thị Lan", "Minh"


def made(path: Path, *, order: str = ORDER, orders: list[Fact] | None = None, turned: bool = False) -> FactBase:
    """Two documents in a file, as a build makes them; `turned`: in the other order."""
    base = FactBase.create(path)
    documents = [
        ("order", order, order_facts() if orders is None else orders, {"date": "1958-03-13"}),
        ("letter", LETTER, letter_facts(), {"kind": "notice"}),
    ]
    for identifier, text, facts, described in reversed(documents) if turned else documents:
        add(base, identifier, text, facts, **described)
    return base


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    opened = made(tmp_path / "facts.db")
    yield opened
    with suppress(sqlite3.ProgrammingError):   # a test has closed it, to build another in its place
        opened.close()


@pytest.fixture
def reviews(base: FactBase) -> Reviews:
    return Reviews.beside(base)


def of_kind(base: FactBase, kind: str, document: str = "order") -> str:
    """The id of the first fact of a kind."""
    return str(base.db.execute(
        "SELECT m.id FROM mention m JOIN document d ON d.key = m.document WHERE m.kind = ? AND d.id = ?"
        " ORDER BY m.start",
        (kind, document),
    ).fetchone()[0])


def told(reviews: Reviews, base: FactBase, mention: str) -> tuple[str, str] | None:
    standing = reviews.of(base, [mention]).get(mention)
    return (standing.decision, standing.by) if standing else None


# -- one fact ----------------------------------------------------------------------------------------------------------


def test_nothing_is_written_before_somebody_decides(base, reviews, tmp_path):
    assert reviews.every() == [] and reviews.of(base, [of_kind(base, "event")]) == {} and reviews.orphans(base) == []
    assert not (tmp_path / "facts.review.db").exists()


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_a_fact_is_accepted_or_rejected_with_who_and_when(base, reviews, verb):
    mention = of_kind(base, "event")
    decision = reviews.decide(base, verb, mention, by=LAN, at=AT, note="xem lại bản gốc")
    standing = reviews.of(base, [mention, of_kind(base, "figure")])
    assert list(standing) == [mention]
    assert (standing[mention].decision, standing[mention].by, standing[mention].at) == (verb, LAN, AT)
    assert standing[mention].id == decision.id and standing[mention].note == "xem lại bản gốc"


def test_a_decision_keeps_the_words_and_the_fields_as_they_were(base, reviews):
    (words,) = reviews.decide(base, "accept", of_kind(base, "decree"), by=LAN, at=AT).words
    assert ORDER[words.start : words.end] == words.quote == "Nghị định số 12/1957/NĐ-CP"
    assert (words.prefix, words.suffix) == (ORDER[words.start - 32 : words.start], ORDER[words.end : words.end + 32])
    assert reviews.every()[0].were["number"] == "12/1957/NĐ-CP"


def test_an_edit_holds_only_what_differs_and_leaves_the_fact_as_it_was(base, reviews):
    mention = of_kind(base, "official")
    before = base.db.execute("SELECT * FROM official_fact").fetchall()
    reviews.decide(base, "edit", mention, by=LAN, at=AT, fields={"title": "Thủ tướng Chính phủ", "org": ""})
    assert reviews.of(base, [mention])[mention].fields == {"title": "Thủ tướng Chính phủ", "org": None}
    assert [tuple(row) for row in base.db.execute("SELECT * FROM official_fact")] == [tuple(row) for row in before]


def test_a_second_edit_goes_on_from_the_first(base, reviews):
    mention = of_kind(base, "official")
    reviews.decide(base, "edit", mention, by=LAN, at=AT, fields={"title": "Phó Thủ tướng"})
    reviews.decide(base, "edit", mention, by=LAN, at=LATER, fields={"org": "Hội đồng Chính phủ"})
    assert reviews.of(base, [mention])[mention].fields == {"title": "Phó Thủ tướng", "org": "Hội đồng Chính phủ"}


def test_the_same_said_again_adds_nothing(base, reviews):
    mention = of_kind(base, "event")
    first = reviews.decide(base, "accept", mention, by=LAN, at=AT)
    assert reviews.decide(base, "accept", mention, by=LAN, at=LATER) == first and len(reviews.every()) == 1


def test_of_two_who_disagree_the_latest_is_shown_with_the_dissent(base, reviews):
    mention = of_kind(base, "event")
    reviews.decide(base, "accept", mention, by=LAN, at=AT)
    reviews.decide(base, "reject", mention, by=MINH, at=LATER)
    standing = reviews.of(base, [mention])[mention]
    assert (standing.decision, standing.by) == ("reject", MINH)
    assert [(one.decision, one.by) for one in standing.dissent] == [("accept", LAN)]
    reviews.decide(base, "reject", mention, by=LAN, at="2026-11-22T10:00:00+00:00")
    assert reviews.of(base, [mention])[mention].dissent == ()


def test_two_edits_with_other_values_are_a_dissent(base, reviews):
    mention = of_kind(base, "official")
    reviews.decide(base, "edit", mention, by=LAN, at=AT, fields={"title": "Phó Thủ tướng"})
    reviews.decide(base, "edit", mention, by=MINH, at=LATER, fields={"title": "Thủ tướng Chính phủ"})
    standing = reviews.of(base, [mention])[mention]
    assert [one.fields for one in standing.dissent] == [{"title": "Phó Thủ tướng"}]


# -- undo --------------------------------------------------------------------------------------------------------------


def test_undo_takes_back_the_last_decision_then_the_one_before(base, reviews):
    event, figure = of_kind(base, "event"), of_kind(base, "figure")
    reviews.decide(base, "accept", event, by=LAN, at=AT)
    reviews.decide(base, "reject", figure, by=LAN, at=LATER)
    reviews.undo(by=LAN, at=LATER)
    assert (told(reviews, base, event), told(reviews, base, figure)) == (("accept", LAN), None)
    reviews.undo(by=LAN, at=LATER)
    assert told(reviews, base, event) is None
    with pytest.raises(ReviewError, match="no decision to take back"):
        reviews.undo(by=LAN, at=LATER)
    assert [one.verb for one in reviews.every()] == ["accept", "reject", "undo", "undo"]


def test_undo_is_of_ones_own_unless_an_id_is_given(base, reviews):
    mention = of_kind(base, "event")
    mine = reviews.decide(base, "accept", mention, by=LAN, at=AT)
    reviews.decide(base, "reject", mention, by=MINH, at=LATER)
    reviews.undo(by=MINH, at=LATER)
    assert told(reviews, base, mention) == ("accept", LAN)
    reviews.undo(by=MINH, at=LATER, decision=mine.id)
    assert told(reviews, base, mention) is None
    with pytest.raises(ReviewError, match="was taken back before"):
        reviews.undo(by=LAN, at=LATER, decision=mine.id)


def test_an_undo_can_be_taken_back_by_its_id(base, reviews):
    mention = of_kind(base, "event")
    reviews.decide(base, "accept", mention, by=LAN, at=AT)
    for expected in (None, ("accept", LAN), None, ("accept", LAN)):
        last = reviews.every()[-1]
        reviews.undo(by=LAN, at=LATER, decision=last.id)
        assert told(reviews, base, mention) == expected


def test_a_decision_can_be_made_again_after_its_undo_at_the_same_moment(base, reviews):
    mention = of_kind(base, "event")
    for _ in range(3):
        reviews.decide(base, "accept", mention, by=LAN, at=AT)
        reviews.undo(by=LAN, at=AT)
    reviews.decide(base, "accept", mention, by=LAN, at=AT)
    assert told(reviews, base, mention) == ("accept", LAN) and len(reviews.every()) == 7


def test_nothing_is_ever_changed_or_taken_out_of_the_file(base, reviews):
    reviews.decide(base, "accept", of_kind(base, "event"), by=LAN, at=AT)
    with sqlite3.connect(reviews.path) as db:
        for statement in ("DELETE FROM decision", "UPDATE decision SET by = 'x'", "DELETE FROM words",
                          "UPDATE words SET quote = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                db.execute(statement)


# -- found again after a rebuild ---------------------------------------------------------------------------------------


def decided(base: FactBase) -> Reviews:
    reviews = Reviews.beside(base)
    for kind in KINDS:
        reviews.decide(base, "accept", of_kind(base, kind), by=LAN, at=AT)
    return reviews


def rebuilt(tmp_path: Path, **described: object) -> FactBase:
    (tmp_path / "facts.db").unlink()
    return made(tmp_path / "facts.db", **described)


def stands(reviews: Reviews, base: FactBase) -> set[str]:
    ids = [row[0] for row in base.db.execute("SELECT id FROM mention")]
    return {
        base.db.execute("SELECT kind FROM mention WHERE id = ?", (one,)).fetchone()[0] for one in reviews.of(base, ids)
    }


@pytest.mark.parametrize("turned", [False, True])
def test_decisions_outlive_a_fact_base_that_is_built_anew(base, tmp_path, turned):
    reviews = decided(base)
    base.close()
    with rebuilt(tmp_path, turned=turned) as again:
        assert stands(reviews, again) == set(KINDS) and reviews.orphans(again) == []


def test_decisions_outlive_a_change_of_the_schema(base, tmp_path):
    reviews = decided(base)
    base.close()
    with sqlite3.connect(tmp_path / "facts.db") as db:
        db.execute("PRAGMA user_version = 9")
    assert len(Reviews.open(review_path(tmp_path / "facts.db")).every()) == len(KINDS)
    with rebuilt(tmp_path) as again:
        assert stands(reviews, again) == set(KINDS)


def moved(before: str, after: str) -> list[Fact]:
    """Facts of ORDER where words were put before and behind it."""
    by = len(before)
    return [
        type(one)(**{
            name: getattr(one, name) for name in one.__slots__ if name not in ("start", "end")
        } | {"text": one.text, "rule": one.rule, "start": one.start + by, "end": one.end + by})
        for one in order_facts()
    ]


def test_words_that_moved_are_found_again(base, tmp_path):
    reviews = decided(base)
    base.close()
    before = "Số 15. "
    with rebuilt(tmp_path, order=before + ORDER + " Hết.", orders=moved(before, "")) as again:
        assert stands(reviews, again) == set(KINDS) and reviews.orphans(again) == []


def test_a_document_under_another_name_is_found_by_its_text(base, tmp_path):
    reviews = decided(base)
    base.close()
    (tmp_path / "facts.db").unlink()
    with FactBase.create(tmp_path / "facts.db") as again:
        add(again, "renamed/order", ORDER, order_facts(), date="1958-03-13")
        assert stands(reviews, again) == set(KINDS)


def test_a_short_quote_in_other_surroundings_is_an_orphan(tmp_path):
    with made(tmp_path / "facts.db") as base:
        reviews = Reviews.beside(base)
        reviews.decide(base, "reject", of_kind(base, "figure"), by=LAN, at=AT)
    text = "Một văn bản khác hẳn nói rằng tỉnh Ninh Bình đã nộp 1.250 hồ sơ về kho lưu trữ trung ương năm ấy."
    figure = next(one for one in order_facts() if one.kind == "figure")
    elsewhere = fact(type(figure), text, figure.text, value=figure.value, unit="hồ sơ")
    with rebuilt(tmp_path, order=text, orders=[elsewhere]) as again:
        assert stands(reviews, again) == set()
        (orphan,) = reviews.orphans(again)
        assert (orphan.reason, orphan.start) == ("fact", text.index(figure.text))


def test_what_is_gone_is_listed_with_the_reason(base, tmp_path):
    reviews = decided(base)
    base.close()
    without = [one for one in order_facts() if one.kind != "event"]
    with rebuilt(tmp_path, orders=without) as again:
        assert [(one.words.kind, one.reason) for one in reviews.orphans(again)] == [("event", "fact")]
    with rebuilt(tmp_path, order="Chữ khác.", orders=[]) as again:
        assert {one.reason for one in reviews.orphans(again)} == {"words"}
    (tmp_path / "facts.db").unlink()
    with FactBase.create(tmp_path / "facts.db") as again:
        assert {one.reason for one in reviews.orphans(again)} == {"document"} and len(reviews.orphans(again)) == 6


def test_of_the_same_words_twice_the_right_ones_are_found(tmp_path):
    text = "Ông Phạm Văn Đồng đến dự họp sáng nay. Sau đó mọi người nghe Phạm Văn Đồng phát biểu kết luận."
    both = [fact(Official, text, "Phạm Văn Đồng", nth, name="Phạm Văn Đồng", title="Thủ tướng") for nth in (0, 1)]
    with made(tmp_path / "facts.db", order=text, orders=both) as base:
        reviews = Reviews.beside(base)
        second = base.db.execute("SELECT id FROM mention WHERE kind = 'official' ORDER BY start DESC").fetchone()[0]
        reviews.decide(base, "reject", second, by=LAN, at=AT)
    longer = "Thưa các vị. " + text
    both = [fact(Official, longer, "Phạm Văn Đồng", nth, name="Phạm Văn Đồng", title="Thủ tướng") for nth in (0, 1)]
    with rebuilt(tmp_path, order=longer, orders=both) as again:
        rows = again.db.execute(
            "SELECT m.id FROM mention m JOIN document d ON d.key = m.document"
            " WHERE m.kind = 'official' AND d.id = 'order' ORDER BY start"
        ).fetchall()
        assert list(reviews.of(again, [row[0] for row in rows])) == [rows[1][0]]


def test_other_fields_than_those_looked_at_are_told(base, tmp_path):
    reviews = decided(base)
    base.close()
    minister = fact(Official, ORDER, "Phạm Văn Đồng", name="Phạm Văn Đồng", title="Bộ trưởng")
    other = [minister if one.kind == "official" else one for one in order_facts()]
    with rebuilt(tmp_path, orders=other) as again:
        changed = {one: standing.changed for one, standing in reviews.of(
            again, [of_kind(again, "official"), of_kind(again, "event")]).items()}
        assert changed == {of_kind(again, "official"): True, of_kind(again, "event"): False}


# -- what cannot be ----------------------------------------------------------------------------------------------------


def test_an_unknown_fact_is_told(base, reviews):
    with pytest.raises(ReviewError, match="no fact mention-0"):
        reviews.decide(base, "accept", "mention-0", by=LAN, at=AT)
    with pytest.raises(ReviewError, match="no decision review-0"):
        reviews.undo(by=LAN, at=AT, decision="review-0")
    assert reviews.every() == []


@pytest.mark.parametrize("name", ["", "  ", "\x00", None])
def test_nobody_decides_without_a_name(base, reviews, name):
    with pytest.raises(ReviewError, match="reviewer's name"):
        reviews.decide(base, "accept", of_kind(base, "event"), by=name, at=AT)


def test_a_form_that_shows_what_is_no_longer_so_is_refused(base, reviews):
    mention = of_kind(base, "event")
    seen = reviews.state(base, mention)
    reviews.decide(base, "accept", mention, by=LAN, at=AT, seen=seen)
    with pytest.raises(StaleReview):
        reviews.decide(base, "reject", mention, by=MINH, at=LATER, seen=seen)
    assert len(reviews.every()) == 1
    reviews.decide(base, "reject", mention, by=MINH, at=LATER, seen=reviews.state(base, mention))


def test_a_fact_base_in_memory_keeps_no_decision():
    with FactBase.create(":memory:") as base:
        add(base, "order", ORDER, order_facts())
        with pytest.raises(ReviewError, match="only in memory"):
            Reviews.beside(base).decide(base, "accept", of_kind(base, "event"), by=LAN, at=AT)


def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path):
    text = tmp_path / "facts.review.db"
    text.write_bytes(b"a letter to a friend, long enough to be no header of a database at all " * 20)
    database = tmp_path / "other.review.db"
    with sqlite3.connect(database) as db:
        db.execute("CREATE TABLE decision (a)")
    for path in (text, database):
        before = path.read_bytes()
        with pytest.raises(ReviewError, match="not a review file"):
            Reviews.open(path)
        assert path.read_bytes() == before


def test_a_file_of_a_newer_program_is_refused(base, reviews):
    reviews.decide(base, "accept", of_kind(base, "event"), by=LAN, at=AT)
    with sqlite3.connect(reviews.path) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(ReviewError, match="newer sulieu") as refused:
        Reviews.open(reviews.path)
    assert "phiên bản sulieu mới hơn" in refused.value.vietnamese


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_no_files_is_told(base, reviews, tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ReviewError, match="cannot be written"):
            reviews.decide(base, "accept", of_kind(base, "event"), by=LAN, at=AT)
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_is_gone_is_told(base, tmp_path):
    with pytest.raises(ReviewError, match="cannot be written"):
        Reviews.open(tmp_path / "gone" / "facts.review.db").decide(
            base, "accept", of_kind(base, "event"), by=LAN, at=AT
        )


def test_a_full_disk_is_told_and_what_was_kept_stays(base, reviews, monkeypatch):
    mention = of_kind(base, "event")
    reviews.decide(base, "accept", mention, by=LAN, at=AT)
    connect = reviews._store._connect

    def small(mode: str) -> sqlite3.Connection:
        db = connect(mode)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        return db

    monkeypatch.setattr(reviews._store, "_connect", small)
    with pytest.raises(ReviewError, match="disk is full"):
        reviews.decide(base, "reject", mention, by=LAN, at=LATER, note="dài " * 2000)
    monkeypatch.undo()
    assert told(reviews, base, mention) == ("accept", LAN) and len(reviews.every()) == 1


def test_a_file_that_another_program_holds_is_told(base):
    reviews = Reviews.beside(base, wait=0)
    mention = of_kind(base, "event")
    reviews.decide(base, "accept", mention, by=LAN, at=AT)
    holder = sqlite3.connect(reviews.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(ReviewError, match="Another program"):
        reviews.decide(base, "reject", mention, by=LAN, at=LATER)
    assert told(reviews, base, mention) == ("accept", LAN)     # it can still be read
    holder.execute("ROLLBACK")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(ReviewError, match="Another program"):
        reviews.every()
    holder.close()


def test_many_at_once_lose_nothing(base, tmp_path):
    facts = str(tmp_path / "facts.db")

    def work(number: int) -> str:
        with FactBase.open(facts) as mine:
            return Reviews.beside(mine, wait=60).decide(
                mine, "accept", of_kind(mine, "event"), by=f"Người {number}", at=AT
            ).id

    base.db.commit()
    with ThreadPoolExecutor(8) as pool:
        made_ = list(pool.map(work, range(24)))
    every = Reviews.beside(base).every()
    assert {one.id for one in every} == set(made_) and len(every) == 24
    assert [one.after for one in every] == [None, *(one.id for one in every[:-1])]


HOSTILE = (
    "'; DROP TABLE decision; --", "<script>alert(1)</script>", "{0.__class__}", "\x00\x1b[31m", "\ud800", "\u202eabc",
    "a\r\nb", "é" * 50, "%s %(x)s", "../../etc/passwd", "🙂",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(base, reviews, words):
    mention = of_kind(base, "official")
    try:
        reviews.decide(base, "edit", mention, by=f"x {words}", at=AT, fields={"title": words, "org": words}, note=words)
    except ReviewError as error:
        assert error.key == "failure.review.empty_field"
        return
    standing = reviews.of(base, [mention])[mention]
    assert standing.note == cleaned(words, lines=True) and standing.fields["title"] == cleaned(words)
    lines = list(export_reviews(reviews))
    assert [json.loads(line)["note"] for line in lines] == [standing.note]
    with pytest.raises(ReviewError):
        reviews.decide(base, "edit", mention, by=LAN, at=AT, fields={words: "x"})
    with pytest.raises(ReviewError):
        reviews.decide(base, "accept", words.replace("\ud800", "?"), by=LAN, at=AT)


def test_a_long_note_is_kept_and_a_longer_one_refused(base, reviews):
    mention = of_kind(base, "event")
    reviews.decide(base, "accept", mention, by=LAN, at=AT, note="ă" * LONGEST_NOTE)
    assert len(reviews.of(base, [mention])[mention].note or "") == LONGEST_NOTE
    with pytest.raises(ReviewError, match="10001 characters"):
        reviews.decide(base, "accept", mention, by=LAN, at=AT, note="ă" * (LONGEST_NOTE + 1))


# -- fields ------------------------------------------------------------------------------------------------------------

WERE = {
    "date": {"type": "date", "edtf": "1946-07-19", "duration": None, "mod": None},
    "decree": {"doc_type": "nghị định", "number": None, "year": 1957, "date": None, "issuer": None},
    "official": {"name": "Vũ Đình Hòe", "title": "Bộ trưởng", "org": None},
    "figure": {"value": 1250, "of": None, "unit": "hồ sơ", "approx": "exact", "role": "actual", "period": None},
    "directive": {"force": "order", "issuer": None, "addressee": None, "action": "rà soát", "deadline": None},
    "event": {"date": "1946-07-19", "event_type": "founding", "planned": False},
}
GOOD = [
    ("date", "edtf", "1946-08", "1946-08"), ("date", "edtf", "", None), ("date", "edtf", "1993/..", "1993/.."),
    ("date", "edtf", "XXXX-05-30", "XXXX-05-30"), ("date", "edtf", "194X", "194X"), ("date", "mod", "before", "before"),
    ("decree", "year", "", None), ("decree", "year", "1958", 1958), ("decree", "date", "1957-05-01", "1957-05-01"),
    ("official", "title", " Phó  Thủ tướng ", "Phó Thủ tướng"), ("official", "title", "", None),
    ("figure", "value", "80.71", 80.71), ("figure", "value", "80,7", 80.7), ("figure", "value", "10..20", [10, 20]),
    ("figure", "of", "63", 63), ("figure", "role", "target", "target"), ("figure", "value", "1.2500", 1.25),
    ("directive", "force", "request", "request"), ("directive", "deadline", "2026-01/2026-03", "2026-01/2026-03"),
    ("event", "planned", "có", True), ("event", "planned", "1", True), ("event", "event_type", "award", "award"),
]
BAD = [
    ("date", "edtf", "19/7/1946"), ("date", "edtf", "1946-13"), ("date", "edtf", "1946-02-30"), ("date", "type", ""),
    ("date", "edtf", "2000/1990"), ("date", "edtf", "../.."), ("date", "edtf", "hôm qua"), ("date", "mod", "sau"),
    ("date", "duration", "P75Y"), ("date", "type", "duration"), ("date", "rule", "x"), ("date", "basis", "text"),
    ("decree", "year", "5k"), ("decree", "doc_type", ""), ("decree", "date", "1958"), ("decree", "year", "-5"),
    ("official", "name", ""), ("official", "name", "\x00"), ("official", "title", "x" * 2001),
    ("figure", "value", "1.250"), ("figure", "value", "1,250"), ("figure", "value", "nhiều"), ("figure", "value", ""),
    ("figure", "value", "20..10"), ("figure", "of", "1..2"), ("figure", "value", "1e9"), ("figure", "value", "NaN"),
    ("figure", "value", "1" * 31), ("figure", "part_of", "3"), ("figure", "approx", ""),
    ("directive", "force", "wish"), ("directive", "repeats", "1"),
    ("event", "date", ""), ("event", "planned", "maybe"), ("event", "event_type", "birth"),
]


@pytest.mark.parametrize(("kind", "name", "words", "value"), GOOD)
def test_a_field_that_the_kind_can_hold(kind, name, words, value):
    were = {**WERE[kind], "number": "x"} if kind == "decree" else WERE[kind]
    assert edited(kind, were, {name: words}) == {name: value} if value != were.get(name) else True


@pytest.mark.parametrize(("kind", "name", "words"), BAD)
def test_a_field_that_it_cannot(kind, name, words):
    with pytest.raises(FieldError) as refused:
        edited(kind, WERE[kind], {name: words})
    assert refused.value.field in (name, "duration", "year") and refused.value.told("vi")


def test_nothing_changed_is_no_edit():
    with pytest.raises(ReviewError, match="No field differs"):
        edited("official", WERE["official"], {"name": " Vũ Đình  Hòe ", "org": ""})


def test_a_form_shows_what_it_reads():
    for kind, were in WERE.items():
        with pytest.raises(ReviewError, match="No field differs"):
            edited(kind, were, {name: shown(were.get(name)) for name in EDITABLE[kind]})


@given(st.sampled_from(sorted(EDITABLE)), st.data())
def test_any_words_are_a_value_or_a_sentence(kind, data):
    name, words = data.draw(st.sampled_from(EDITABLE[kind])), data.draw(st.text(max_size=40))
    try:
        found = edited(kind, WERE[kind], {name: words})
    except ReviewError as error:
        assert error.told("vi") and error.told("en")
    else:
        json.dumps(found).encode()


def test_every_sentence_is_in_both_languages():
    for row in rows("review_words"):
        assert row["vietnamese"] and row["english"], row["key"]
        ours, theirs = ({part.partition("}")[0] for part in said.split("{")[1:]} for said in list(row.values())[1:])
        assert ours == theirs, row["key"]
    assert say("review") == "Hiệu đính"


# -- export and import -------------------------------------------------------------------------------------------------


def test_an_export_taken_in_gives_the_same_and_twice_adds_nothing(base, reviews, tmp_path):
    title = {"title": "Phó Thủ tướng"}
    reviews.decide(base, "edit", of_kind(base, "official"), by=LAN, at=AT, fields=title, note="a\nb")
    reviews.decide(base, "reject", of_kind(base, "event"), by=MINH, at=LATER)
    reviews.undo(by=MINH, at=LATER)
    lines = list(export_reviews(reviews))
    other = Reviews.open(tmp_path / "other.review.db")
    assert import_reviews(other, lines) == (3, 3) and import_reviews(other, lines) == (0, 3)
    assert list(export_reviews(other)) == lines and import_reviews(reviews, lines) == (0, 3)
    assert other.of(base, [of_kind(base, "official")])[of_kind(base, "official")].fields == title


def test_decisions_of_two_copies_come_together(base, reviews, tmp_path):
    mention = of_kind(base, "event")
    other = Reviews.open(tmp_path / "other.review.db")
    reviews.decide(base, "reject", mention, by=LAN, at=LATER)
    other.decide(base, "accept", mention, by=MINH, at=AT)
    import_reviews(reviews, export_reviews(other))
    standing = reviews.of(base, [mention])[mention]
    assert (standing.by, [one.by for one in standing.dissent]) == (LAN, [MINH])    # by time, not as they came


def test_what_is_no_decision_or_was_changed_is_refused_whole(base, reviews, tmp_path):
    reviews.decide(base, "edit", of_kind(base, "official"), by=LAN, at=AT, fields={"title": "Phó Thủ tướng"})
    (line,) = export_reviews(reviews)
    forged = [
        line.replace(LAN, MINH), line.replace("Phó", "Pho"), line.replace('"by": "', '"by": "\\ud800'), "[]", "{}",
        "null", "{", "\x00", '{"id": 1}', "[" * 5000,
    ]
    other = Reviews.open(tmp_path / "other.review.db")
    for one in forged:
        with pytest.raises(ReviewError, match="Line 2"):
            import_reviews(other, [line, one])
    assert other.every() == []
