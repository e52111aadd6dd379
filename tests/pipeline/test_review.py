"""Corrections honoured by assembly and by builds, and the command `sulieu review`."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from extractors.facts import Event, Fact, Figure, Official
from outputs.factbase import FactBase
from outputs.people_table import person_cards, rule_labels
from outputs.review import ReviewError, Reviews, review_path
from outputs.verify import verify
from pipeline.assemble import assemble
from pipeline.run import Options, build
from tests.outputs.small_base import add, fact
from tests.pipeline.test_cli import ARTICLE, sulieu

AT = "2026-11-22T08:00:00+00:00"
LATER = "2026-11-22T09:00:00+00:00"
LAN = "Lan"
A = "Nguyễn Văn A"     # a neutral name that many bear


@pytest.fixture
def base(tmp_path: Path) -> Iterator[FactBase]:
    with FactBase.create(tmp_path / "facts.db") as opened:
        yield opened


def official(base: FactBase, identifier: str, name: str, title: str, org: str, *, date: str | None = None,
             times: int = 1) -> list[str]:
    """A document that names somebody in an office, so many times; the ids of the mentions."""
    text = f"Tin số {identifier}. " + " ".join(f"Lần {n}, {title} {org} là {name}." for n in range(times))
    key = add(base, identifier, text, [
        fact(Official, text, name, n, name=name, title=title, org=org) for n in range(times)
    ], date=date)
    return [row[0] for row in base.db.execute("SELECT id FROM mention WHERE document = ? ORDER BY start", (key,))]


def people(base: FactBase) -> list[tuple[str, list[str]]]:
    """Each person with the documents that name them."""
    found: dict[int, tuple[str, list[str]]] = {}
    for row in base.db.execute(
        "SELECT p.key, p.name, d.id FROM person p JOIN person_mention x ON x.person = p.key JOIN mention m"
        " ON m.key = x.mention JOIN document d ON d.key = m.document ORDER BY d.id, m.start"
    ):
        found.setdefault(row[0], (row[1], []))[1].append(row[2])
    return sorted(found.values())


def person_of(base: FactBase, mention: str) -> str:
    return str(base.db.execute(
        "SELECT p.id FROM person p JOIN person_mention x ON x.person = p.key JOIN mention m ON m.key = x.mention"
        " WHERE m.id = ?", (mention,),
    ).fetchone()[0])


def sound(base: FactBase) -> bool:
    return verify(base, []) == [] and not base.db.execute("PRAGMA foreign_key_check").fetchall()


# -- facts -------------------------------------------------------------------------------------------------------------


def told(base: FactBase) -> dict[str, str]:
    """A document of each kind of thing that assembly makes something of."""
    text = "Ngày 19/7/1946, Bộ trưởng Vũ Đình Hòe dự hội nghị. Năm 1947 có 1.250 việc thụ lý; năm 1948 có 1.300 việc."
    facts: list[Fact] = [
        fact(Official, text, "Vũ Đình Hòe", name="Vũ Đình Hòe", title="Bộ trưởng", org="Bộ Tư pháp"),
        fact(Event, text, "Ngày 19/7/1946, Bộ trưởng Vũ Đình Hòe dự hội nghị", date="1946-07-19", event_type="meeting"),
        *(fact(Figure, text, words, value=value, unit="việc", metric="việc thụ lý", subject="toàn quốc", period=period)
          for words, value, period in (("1.250 việc", _decimal(1250), "1947"), ("1.300 việc", _decimal(1300), "1948"))),
    ]
    base.add(Document(id="told", text=text, path="told.txt", sha256="0" * 64), facts)
    return {row[0]: row[1] for row in base.db.execute("SELECT kind, id FROM mention ORDER BY start DESC")}


def _decimal(value: int) -> Any:
    from decimal import Decimal

    return Decimal(value)


def counts(base: FactBase) -> dict[str, int]:
    return {table: base.count(table) for table in ("person", "event", "series", "series_point")}


@pytest.mark.parametrize(("kind", "left"), [
    ("official", {"person": 0}), ("event", {"event": 0}), ("figure", {"series_point": 0, "series": 0}),
])
def test_what_is_rejected_is_left_out_of_what_is_assembled(base, kind, left):
    ids = told(base)
    assemble(base)
    whole = counts(base)
    assert whole == {"person": 1, "event": 1, "series": 1, "series_point": 2}
    reviews = Reviews.beside(base)
    reviews.decide(base, "reject", ids[kind], by=LAN, at=AT)
    assemble(base)
    assert counts(base) == whole | left and base.count("mention") == 4 and sound(base)
    reviews.undo(by=LAN, at=LATER)
    assemble(base)
    assert counts(base) == whole


def test_what_is_edited_counts_with_its_new_fields(base):
    ids = told(base)
    reviews = Reviews.beside(base)
    reviews.decide(base, "edit", ids["event"], by=LAN, at=AT, fields={"date": "1946-07-20", "event_type": "founding"})
    reviews.decide(base, "edit", ids["official"], by=LAN, at=AT, fields={"title": "Thứ trưởng"})
    reviews.decide(base, "edit", ids["figure"], by=LAN, at=AT, fields={"period": "1949"})
    assemble(base)
    event = base.db.execute("SELECT date, first_day, event_type FROM event").fetchone()
    assert tuple(event) == ("1946-07-20", "1946-07-20", "founding")
    assert base.db.execute("SELECT title FROM occupancy").fetchone()[0] == "Thứ trưởng"
    assert [row[0] for row in base.db.execute("SELECT period FROM series_point ORDER BY 1")] == ["1948", "1949"]
    stored = base.db.execute("SELECT date, event_type FROM event_fact").fetchone()
    assert tuple(stored) == ("1946-07-19", "meeting") and sound(base)


def test_an_edited_value_is_compared_as_it_was_corrected(base):
    ids = told(base)
    Reviews.beside(base).decide(base, "edit", ids["figure"], by=LAN, at=AT, fields={"value": "10..20", "of": "63"})
    assemble(base)
    assert base.db.execute("SELECT value, high FROM figure_fact WHERE value = '1250'").fetchone()["high"] is None
    assert base.db.execute("SELECT count(*) FROM temp.sqlite_master WHERE name LIKE '%_fact'").fetchone()[0] == 0


def test_an_accepted_fact_changes_nothing(base):
    ids = told(base)
    assemble(base)
    before = counts(base)
    Reviews.beside(base).decide(base, "accept", ids["event"], by=LAN, at=AT)
    assemble(base)
    assert counts(base) == before


def test_both_halves_of_assembly_honour_the_same(base, tmp_path):
    ids = told(base)
    reviews = Reviews.beside(base)
    reviews.decide(base, "reject", ids["event"], by=LAN, at=AT)
    reviews.decide(base, "reject", ids["official"], by=LAN, at=AT)
    assemble(base, beside=True)
    assert counts(base) | {"series": 1, "series_point": 2} == {"person": 0, "event": 0, "series": 1, "series_point": 2}


# -- people ------------------------------------------------------------------------------------------------------------


def test_two_people_of_one_name_are_merged_with_the_words_of_who_said_so(base):
    (one,), (other,) = (
        official(base, "a", A, "Giám đốc", "Sở Y tế tỉnh Gia Lai"),
        official(base, "b", A, "Chủ tịch", "Ủy ban nhân dân xã Tân Sơn"),
    )
    assemble(base)
    assert people(base) == [(A, ["a"]), (A, ["b"])]
    reviews = Reviews.beside(base)
    reviews.merge(base, [person_of(base, one), other], by=LAN, at=AT, note="cùng ngày sinh")
    assemble(base)
    assert people(base) == [(A, ["a", "b"])] and sound(base)
    (card,) = person_cards(base, A)
    assert [(join.rule, join.shared) for join in card.joins] == [("reviewer", "Lan, 2026-11-22: cùng ngày sinh")]
    assert {join.quote.document for join in card.joins} | {join.by.document for join in card.joins} == {"a", "b"}
    assert rule_labels("person_rules")["reviewer"]
    reviews.undo(by=LAN, at=LATER)
    assemble(base)
    assert len(people(base)) == 2


def test_people_of_two_names_are_merged_under_the_one_that_more_documents_have(base):
    (one,) = official(base, "a", "Nguyễn Văn A", "Giám đốc", "Sở Y tế tỉnh Gia Lai")
    (other,) = official(base, "b", "Nguyễn Văn Â", "Giám đốc", "Sở Y tế tỉnh Gia Lai")
    official(base, "c", "Nguyễn Văn Â", "Giám đốc", "Sở Y tế tỉnh Gia Lai")
    official(base, "d", "Nguyễn Văn A", "Chủ tịch", "Ủy ban nhân dân xã Tân Sơn")
    assemble(base)
    assert len(people(base)) == 3
    Reviews.beside(base).merge(base, [one, other], by=LAN, at=AT)
    assemble(base)
    assert people(base) == [("Nguyễn Văn A", ["d"]), ("Nguyễn Văn Â", ["a", "b", "c"])] and sound(base)


def test_what_cannot_be_one_life_is_merged_where_a_researcher_says_so(base):
    (one,) = official(base, "a", A, "Chủ tịch", "Ủy ban nhân dân tỉnh Gia Lai", date="2018-07-02")
    (other,) = official(base, "b", A, "Chủ tịch", "Ủy ban nhân dân tỉnh Cà Mau", date="2018-07-02")
    assemble(base)
    assert len(people(base)) == 2
    Reviews.beside(base).merge(base, [one, other], by=LAN, at=AT)
    assemble(base)
    assert len(people(base)) == 1


def test_a_person_is_split_and_stays_so(base):
    (one,), (other,), _ = (official(base, name, A, "Giám đốc", "Sở Y tế tỉnh Gia Lai") for name in "abc")
    assemble(base)
    assert people(base) == [(A, ["a", "b", "c"])]
    reviews = Reviews.beside(base)
    reviews.split(base, person_of(base, one), [other], by=LAN, at=AT)
    assemble(base)
    assert people(base) == [(A, ["a", "c"]), (A, ["b"])] and sound(base)
    reasons = {row[0] for row in base.db.execute("SELECT reason FROM person_flag WHERE flag = 'same name'")}
    assert reasons == {"reviewer"}
    reviews.merge(base, [one, other], by="Minh", at=LATER)      # whoever speaks last
    assemble(base)
    assert people(base) == [(A, ["a", "b", "c"])]
    reviews.undo(by="Minh", at=LATER)
    assemble(base)
    assert len(people(base)) == 2


def test_two_people_in_one_document_are_told_apart(base):
    first, second, third = official(base, "a", A, "Giám đốc", "Sở Y tế tỉnh Gia Lai", times=3)
    (other,) = official(base, "b", A, "Giám đốc", "Sở Y tế tỉnh Gia Lai")
    assemble(base)
    Reviews.beside(base).split(base, person_of(base, first), [second, other], by=LAN, at=AT)
    assemble(base)
    assert people(base) == [(A, ["a", "a"]), (A, ["a", "b"])] and sound(base)
    assert person_of(base, first) == person_of(base, third) != person_of(base, second) == person_of(base, other)


def test_what_cannot_be_merged_or_split_is_told(base):
    (one,) = official(base, "a", A, "Giám đốc", "Sở Y tế tỉnh Gia Lai")
    (other,) = official(base, "b", "Vũ Đình Hòe", "Bộ trưởng", "Bộ Tư pháp")
    assemble(base)
    reviews = Reviews.beside(base)
    for wrong in ([one, one], [one], ["person-0", one]):
        with pytest.raises(ReviewError):
            reviews.merge(base, wrong, by=LAN, at=AT)
    for mentions in ([], [one], [other], ["mention-0"]):
        with pytest.raises(ReviewError):
            reviews.split(base, person_of(base, one), mentions, by=LAN, at=AT)
    assert reviews.every() == []


def test_decisions_about_people_outlive_the_fact_base(base, tmp_path):
    documents = [("a", "Giám đốc", "Sở Y tế tỉnh Gia Lai"), ("b", "Chủ tịch", "Ủy ban nhân dân xã Tân Sơn")]
    ids = [official(base, name, A, title, org)[0] for name, title, org in documents]
    assemble(base)
    reviews = Reviews.beside(base)
    reviews.merge(base, ids, by=LAN, at=AT)
    with FactBase.create(tmp_path / "other.db") as again:
        shutil.copy(review_path(base.path), review_path(again.path))
        for name, title, org in reversed(documents):
            official(again, name, A, title, org)
        official(again, "c", A, "Giám đốc", "Sở Y tế tỉnh Gia Lai")
        assemble(again)
        assert people(again) == [(A, ["a", "b", "c"])]


# -- builds ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "hoi-nghi.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def made(archive: Path, facts: Path) -> None:
    build([archive], facts, options=Options(jobs=0))


def first(facts: Path, kind: str) -> str:
    with FactBase.open(facts) as base:
        return str(base.db.execute("SELECT id FROM mention WHERE kind = ? ORDER BY start", (kind,)).fetchone()[0])


def number(facts: Path, table: str) -> int:
    with FactBase.open(facts) as base:
        return base.count(table)


def reject(facts: Path, kind: str) -> Reviews:
    with FactBase.open(facts) as base:
        reviews = Reviews.beside(base)
        reviews.decide(base, "reject", first(facts, kind), by=LAN, at=AT)
    return reviews


def test_a_build_sees_that_decisions_changed_though_no_input_did(archive, tmp_path):
    facts = tmp_path / "facts.db"
    made(archive, facts)
    assert number(facts, "event") == 1
    reviews = reject(facts, "event")
    made(archive, facts)
    assert number(facts, "event") == 0 and number(facts, "event_fact") == 1
    with FactBase.open(facts) as base:
        assert sound(base)
    reviews.undo(by=LAN, at=LATER)
    made(archive, facts)
    assert number(facts, "event") == 1


def test_a_build_without_new_decisions_assembles_nothing(archive, tmp_path, monkeypatch):
    facts = tmp_path / "facts.db"
    made(archive, facts)
    reject(facts, "event")
    made(archive, facts)
    monkeypatch.setattr("pipeline.assemble.assemble", lambda *args, **kinds: pytest.fail("nothing changed"))
    made(archive, facts)


def test_decisions_outlive_a_fact_base_that_is_deleted_and_a_text_that_moved(archive, tmp_path):
    facts = tmp_path / "facts.db"
    made(archive, facts)
    reject(facts, "event")
    facts.unlink()
    made(archive, facts)
    assert number(facts, "event") == 0
    changed = ARTICLE.replace("Chiều 2/7,", "Trời mưa to từ sáng. Chiều 2/7,")
    (archive / "hoi-nghi.txt").write_text(changed, encoding="utf-8")
    made(archive, facts)
    with FactBase.open(facts) as base:
        said = Reviews.beside(base)
        assert said.of(base, [first(facts, "event")]) and said.orphans(base) == []
    assert number(facts, "event") == 0


def test_the_file_of_decisions_is_no_input(archive):
    facts = archive / "facts.db"
    made(archive, facts)
    reject(facts, "event")
    made(archive, facts)
    with FactBase.open(facts) as base:
        read = {row[0] for row in base.db.execute("SELECT input FROM outcome WHERE reason IS NOT 'own-file'")}
        own = {row[0] for row in base.db.execute("SELECT input FROM outcome WHERE reason = 'own-file'")}
    assert read == {"hoi-nghi.txt"} and "facts.review.db" in own


def test_a_file_that_cannot_be_read_stops_a_build_before_it_begins(archive, tmp_path):
    facts = tmp_path / "facts.db"
    (tmp_path / "facts.review.db").write_bytes(b"x" * 4096)
    with pytest.raises(ReviewError, match="not a review file"):
        made(archive, facts)
    assert sulieu("build", archive, "-o", facts).returncode == 2
    assert "không phải tệp hiệu đính" in sulieu("build", archive, "-o", facts).stderr


# -- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def facts(archive: Path, tmp_path: Path) -> Path:
    made(archive, tmp_path / "facts.db")
    return tmp_path / "facts.db"


def test_decisions_are_made_listed_and_taken_back(facts):
    event, date = first(facts, "event"), first(facts, "date")
    assert "chưa có quyết định nào" in sulieu("review", facts).stdout
    assert "đúng" in sulieu("review", facts, "--accept", event, "--by", LAN, "--note", "xem bản gốc").stdout
    done = sulieu("review", facts, "--edit", date, "edtf=2018-07-03", "mod=", "--by", "Minh")
    assert done.returncode == 0 and "edtf: 2018-07-04 → 2018-07-03" in done.stdout
    listed = sulieu("review", facts).stdout
    assert listed.index("Minh") < listed.index(LAN) and "ghi chú: xem bản gốc" in listed and "2 quyết định" in listed
    told = json.loads(sulieu("review", facts, "--json").stdout)
    assert [(one["verb"], one["in_effect"], one["lost"]) for one in told] == [
        ("edit", True, None), ("accept", True, None)]
    assert sulieu("review", facts, "--undo", told[1]["id"], "--by", "Minh").returncode == 0
    assert "đã rút lại" in sulieu("review", facts).stdout
    assert sulieu("review", facts, "--undo", "--by", LAN).returncode == 2


@pytest.mark.parametrize(("arguments", "said"), [
    (("--accept", "mention-0", "--by", LAN), "Không có dữ kiện nào mang mã mention-0"),
    (("--accept", "EVENT"), "tên người hiệu đính"),
    (("--edit", "EVENT", "date", "--by", LAN), "tên_trường=giá_trị"),
    (("--edit", "EVENT", "date=hôm qua", "--by", LAN), "không phải là ngày tháng EDTF"),
    (("--edit", "EVENT", "quote=x", "--by", LAN), "Không sửa được trường quote"),
    (("--edit", "EVENT", "--by", LAN), "Không có trường nào khác trước"),
    (("--accept", "EVENT", "--undo", "--by", LAN), "Mỗi lần chỉ một việc"),
    (("--merge", "person-0", "person-1", "--by", LAN), "Không có người nào mang mã person-0"),
    (("--split", "person-0", "EVENT", "--by", LAN), "Không có người nào mang mã person-0"),
    (("--undo", "--by", LAN), "không có quyết định nào"),
    (("--import", "gone.jsonl"), "không có tệp gone.jsonl"),
    (("thừa",), "thừa đối số: thừa"),
])
def test_what_cannot_be_is_one_line_and_writes_nothing(facts, arguments, said):
    event = first(facts, "event")
    done = sulieu("review", facts, *(event if one == "EVENT" else one for one in arguments))
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert Reviews.open(review_path(facts)).every() == []


def test_people_are_merged_and_split_by_command(tmp_path):
    facts = tmp_path / "facts.db"
    with FactBase.create(facts) as base:
        (one,), (other,) = (
            official(base, "a", A, "Giám đốc", "Sở Y tế tỉnh Gia Lai"),
            official(base, "b", A, "Chủ tịch", "Ủy ban nhân dân xã Tân Sơn"),
        )
        assemble(base)
        person = person_of(base, one)
    done = sulieu("review", facts, "--merge", person, other, "--by", LAN)
    assert done.returncode == 0 and "ghép người" in done.stdout
    with FactBase.create(facts) as base:
        assemble(base)
        person = person_of(base, one)
    assert "tách người" in sulieu("review", facts, "--split", person, other, "--by", LAN).stdout
    assert "≠" in sulieu("review", facts).stdout


def test_export_and_import_by_command(facts, tmp_path):
    sulieu("review", facts, "--accept", first(facts, "event"), "--by", LAN)
    lines = tmp_path / "reviews.jsonl"
    assert sulieu("review", facts, "--export", lines).returncode == 0
    assert sulieu("review", facts, "--export", "-").stdout == lines.read_text(encoding="utf-8")
    other = tmp_path / "other" / "facts.db"
    other.parent.mkdir()
    shutil.copy(facts, other)
    assert "1 quyết định, 1 mới" in sulieu("review", other, "--import", lines).stderr
    assert "1 quyết định, 0 mới" in sulieu("review", other, "--import", lines).stderr
    lines.write_bytes(b"\xff\xfe not json\n")
    assert "Dòng 1" in sulieu("review", other, "--import", lines).stderr


def test_decisions_are_listed_beside_a_fact_base_of_another_version_or_none(facts):
    sulieu("review", facts, "--accept", first(facts, "event"), "--by", LAN)
    with sqlite3.connect(facts) as db:
        db.execute("PRAGMA user_version = 9")
    done = sulieu("review", facts)
    assert done.returncode == 0 and "1 quyết định" in done.stdout and "do phiên bản khác lập" in done.stderr
    facts.unlink()
    assert "1 quyết định" in sulieu("review", facts).stdout
    assert sulieu("review", facts.with_name("none.db")).returncode == 2
    review_path(facts).unlink()
    assert sulieu("review", facts).returncode == 2


def test_words_that_are_gone_are_marked(facts, archive):
    sulieu("review", facts, "--accept", first(facts, "event"), "--by", LAN)
    (archive / "hoi-nghi.txt").write_text("Không còn chữ nào như trước.", encoding="utf-8")
    made(archive, facts)
    done = sulieu("review", facts)
    assert "không còn lời ấy trong văn bản" in done.stdout and "1 không còn tìm thấy lời nguồn" in done.stdout


# -- beside the facts, wherever they leave the program -----------------------------------------------------------------


def test_searches_and_exports_say_what_was_said(facts):
    event = first(facts, "event")
    before = sulieu("export", facts).stdout
    assert "review" not in json.loads(before.splitlines()[0])
    sulieu("review", facts, "--edit", event, "event_type=founding", "--by", LAN)
    (hit,) = json.loads(sulieu("search", facts, "hội nghị", "--kind", "event", "--json").stdout)
    assert hit["fields"]["event_type"] == "meeting"
    assert (hit["review"]["decision"], hit["review"]["by"]) == ("edit", LAN)
    assert hit["review"]["fields"] == {"event_type": "founding"}
    lines = [json.loads(line) for line in sulieu("export", facts).stdout.splitlines()]
    said = [line for line in lines if "review" in line]
    assert [line["kind"] for line in said] == ["event"] and said[0]["event_type"] == "meeting"
    assert said[0]["review"]["fields"] == {"event_type": "founding"}
    sulieu("review", facts, "--undo", "--by", LAN)
    assert sulieu("export", facts).stdout == before
