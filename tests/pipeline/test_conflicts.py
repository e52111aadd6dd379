"""What does not go together: every rule on its own lines, and what is kept of a conflict."""

from __future__ import annotations

import doctest
import json
import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import sulieu
from corpus import tables
from corpus.document import Document
from extractors.extract import extract
from extractors.facts import Figure, Official
from outputs.conflicts import GRADES, conflicts, rule_labels
from outputs.factbase import FactBase
from pipeline.assemble import assemble
from pipeline.assemble.conflicts.pages import pages
from pipeline.assemble.conflicts.rivals import agree
from pipeline.assemble.conflicts.rules import COLLECTED, ON_PAGES, RULES
from pipeline.cli import app
from pipeline.show_conflicts import show_conflicts, value_in_words

PHRASES = Path(__file__).parent / "phrases" / "conflicts.tsv"
SHARE = "Huyện có 30/40 xã đạt 85%."


def cases() -> list[tuple[str, str, str]]:
    lines = PHRASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1], row[2]) for row in rows[1:]]


def base_of(*documents: Document) -> FactBase:
    base = FactBase.create(":memory:")
    for document in documents:
        base.add(document, extract(document))
    assemble(base)
    return base


def documents(days: str, text: str) -> list[Document]:
    texts = text.replace("¶", "\n").split(" ‖ ")
    dates = [day.strip() or None for day in days.split("‖")]
    return [
        Document(id=f"d{number}", path=f"d{number}", text=words, date=dates[number], title=words.partition("\n")[0])
        for number, words in enumerate(texts)
    ]


@pytest.mark.parametrize(("rules", "days", "text"), cases())
def test_phrase(rules: str, days: str, text: str) -> None:
    with base_of(*documents(days, text)) as base:
        assert sorted({one.rule for one in conflicts(base)}) == ([] if rules == "-" else rules.split())


def test_every_rule_has_a_line_that_it_finds() -> None:
    by_hand = {
        "copy_dates", "holders", "ranks", "values", "own_days", "after_death", "deadline_before_issue", "which_act"
    }
    assert set(RULES) - {rule for rules, _, _ in cases() for rule in rules.split()} <= by_hand


def test_the_table_of_rules_is_that_of_the_program() -> None:
    assert list(rule_labels()) == list(RULES)
    assert all(row["label"] and row["finds"] and row["example"] for row in tables.table("outputs", "conflict_rules"))


def test_guards_let_in_every_document_that_a_rule_finds_something_in() -> None:
    for _, days, text in cases():
        with base_of(*documents(days, text)) as base:
            kept = {one.rule for one in conflicts(base)}
            for page in pages(base.db):
                assert {rule for rule, (find, _) in ON_PAGES.items() if list(find(page))} <= kept
                for name, (collect, guard) in COLLECTED.items():
                    let_in = {row[0] for row in base.db.execute(guard.query, guard.parameters)}
                    assert not list(collect(page)) or page.key in let_in, name


def test_every_side_quotes_its_document() -> None:
    for _, days, text in cases():
        made = {document.id: document.text for document in documents(days, text)}
        with base_of(*documents(days, text)) as base:
            for one in conflicts(base):
                assert one.grade in GRADES
                for side in one.sides:
                    assert side.start is None or made[side.document][side.start : side.end] == side.quote


def test_the_order_of_documents_makes_no_difference() -> None:
    every = [
        replace(document, id=f"{number}-{document.id}")
        for number, (_, days, text) in enumerate(cases()) for document in documents(days, text)
    ]
    mixed = every.copy()
    random.Random(3).shuffle(mixed)
    with base_of(*every) as one, base_of(*mixed) as other:
        assert conflicts(one) == conflicts(other)


def test_a_copy_says_nothing_of_its_own() -> None:
    long = SHARE + " " + " ".join(f"Xã thứ {number} làm đường, xây trường và trạm y tế." for number in range(40))
    with base_of(Document(id="a", path="a", text=long), Document(id="b", path="b", text=long)) as base:
        assert [len(one.sides) for one in conflicts(base) if one.rule == "share"] == [2]


def test_assembled_twice_is_assembled_once() -> None:
    with base_of(Document(id="a", path="a", text=SHARE)) as base:
        before = conflicts(base)
        assemble(base)
        assert conflicts(base) == before
        base.remove("a")
        assemble(base)
        assert conflicts(base) == []


def _two(rows: list[tuple[str, str, str, str, str]]) -> FactBase:
    base = FactBase.create(":memory:")
    for name, value, approx, period, subject in rows:
        text = f"{subject} thu ngân sách {value} tấn ở nguồn {name}."
        start = text.index(value)
        figure = Figure(
            start=start, end=start + len(value), text=value, rule="by hand", value=Decimal(value), unit="tấn",
            approx=approx, metric="sản lượng lúa", subject=subject, period=period,  # type: ignore[arg-type]
        )
        base.add(Document(id=name, path=name, text=text), [figure])
    assemble(base)
    return base


@pytest.mark.parametrize(("value", "approx", "period", "subject", "grade"), [
    ("360", "exact", "2018", "tỉnh Thái Bình", "contradiction"),
    ("340", "exact", "2018", "tỉnh Thái Bình", None),               # 300 may be told to the hundred
    ("347", "under", "2018", "tỉnh Thái Bình", None),
    ("290", "over", "2018", "tỉnh Thái Bình", None),
    ("380", "at_least", "2018", "tỉnh Thái Bình", "contradiction"),
    ("640", "exact", "2019", "tỉnh Thái Bình", None),
    ("4500", "exact", "2018", "tỉnh Thái Bình", None),              # so much more is another whole or period
    ("30000", "exact", "2018", "tỉnh Thái Bình", "contradiction"),  # the same digits
    ("640", "exact", "2018", "tỉnh Nam Định", None),
    ("640", "exact", "2018", "toàn tỉnh", None),
])
def test_two_values(value: str, approx: str, period: str, subject: str, grade: str | None) -> None:
    with _two([("a", "300", "exact", "2018", "tỉnh Thái Bình"), ("b", value, approx, period, subject)]) as base:
        assert [one.grade for one in conflicts(base)] == ([grade] if grade else [])


@given(st.decimals(1, 10**12, places=2), st.decimals(1, 10**12, places=2),
       st.sampled_from(["exact", "about", "over", "under", "at_least", "at_most"]), st.sampled_from(["exact", "over"]))
def test_agreement_has_no_order(one, other, approx, other_approx) -> None:
    mine, yours = {"value": str(one), "approx": approx}, {"value": str(other), "approx": other_approx}
    assert agree(mine, yours) == agree(yours, mine)
    assert agree(mine, mine)


def held(name: str, title: str, person: str) -> tuple[Document, list[Official]]:
    more = " ".join(f"Việc {name}{number} đã bàn ở {name}." for number in range(30))   # no copies of one another
    text = f"Ngày 02/7/2018, {title} Cục Thi hành án dân sự tỉnh Thái Bình {person} dự họp. {more}"
    start = text.index(person)
    return Document(id=name, path=name, text=text, date="2018-07-02"), [Official(
        start=start, end=start + len(person), text=person, rule="by hand", name=person, title=title,
        org="Cục Thi hành án dân sự tỉnh Thái Bình",
    )]


@pytest.mark.parametrize(("one", "other", "rules"), [
    (("Cục trưởng", "Vũ Đình Hòe"), ("Cục trưởng", "Vũ Đình Hoè"), []),
    (("Cục trưởng", "Vũ Đình Hòe"), ("Cục trưởng", "Vũ Đinh Hòe"), ["holders"]),
    (("Cục trưởng", "Vũ Đình Hòe"), ("Cục trưởng", "Phạm Văn Đồng"), []),   # one may be the successor of the other
    (("Cục trưởng", "Vũ Đình Hòe"), ("Phó Cục trưởng", "Vũ Đình Hòe"), ["ranks"]),
    (("Phó Cục trưởng", "Vũ Đình Hòe"), ("Phó Cục trưởng", "Vũ Đinh Hòe"), []),
])
def test_offices(one: tuple[str, str], other: tuple[str, str], rules: list[str]) -> None:
    with FactBase.create(":memory:") as base:
        for name, (title, person) in (("a", one), ("b", other)):
            base.add(*held(name, title, person))
        assemble(base)
        assert [found.rule for found in conflicts(base)] == rules


def in_office(name: str, day: str, person: str) -> tuple[Document, list[Official]]:
    document, (official,) = held(name, "Cục trưởng", person)
    text = document.text.replace("02/7/2018", day)
    start = text.index(person)
    moved = replace(official, start=start, end=start + len(person))
    return replace(document, text=text, date="-".join(reversed(day.split("/")))), [moved]


@pytest.mark.parametrize(("other", "grade"), [
    (("03/12/2018", "Vũ Đinh Hòe"), "likely misprint"),     # as a scan reads it
    (("03/12/2018", "Vũ Đình Hoe"), "likely misprint"),
    (("03/12/2018", "Vũ Dình Hòe"), "likely misprint"),
    (("03/12/2023", "Vũ Đinh Hòe"), None),                  # so much later it may be another one
    (("03/12/2018", "Vũ Minh Hòa"), None),                  # two syllables
])
def test_a_holder_under_two_spellings_within_a_year(other: tuple[str, str], grade: str | None) -> None:
    with FactBase.create(":memory:") as base:
        base.add(*in_office("a", "02/07/2018", "Vũ Đình Hòe"))
        base.add(*in_office("b", *other))
        assemble(base)
        found = [one for one in conflicts(base) if one.rule == "holders"]
        assert [one.grade for one in found] == ([grade] if grade else [])


@pytest.mark.parametrize(("day", "words", "rules"), [
    ("02/03/1960", "(1889 - 1955)", ["after_death"]),
    ("02/03/1960", "(01/5/1889 – 13/4/1955)", ["after_death"]),
    ("02/03/1950", "(1889 - 1955)", []),
    ("02/03/1960", "(ngồi giữa)", []),
])
def test_an_office_held_after_a_death(day: str, words: str, rules: list[str]) -> None:
    person = "Bùi Bằng Đoàn"
    with FactBase.create(":memory:") as base:
        told, (office,) = held("a", "Cục trưởng", person)
        text = told.text.replace("02/7/2018", day).replace(person, f"{person} {words}", 1)
        start = text.index(person)
        for name, where in (("a", text), ("b", text.replace(f" {words}", ""))):
            at = where.index(person)
            base.add(Document(id=name, path=name, text=where.replace("Việc a", f"Việc {name}")), [
                replace(office, start=at, end=at + len(person)),
                *(fact for fact in extract(Document(id=name, text=where)).dates if fact.start < start),
            ])
        assemble(base)
        assert [one.rule for one in conflicts(base)] == rules


def notice(title: str, head: str, date: str | None) -> Document:
    text = f"BỘ TƯ PHÁP\nSố: 12/BTP-VP\n{head}\nKính gửi: Sở Tư pháp các tỉnh\nĐề nghị gửi báo cáo."
    return Document(id="a", path="a", text=text, kind="notice", title=title, date=date)


@pytest.mark.parametrize(("title", "head", "date", "days"), [
    ("Công văn số 12/BTP-VP ngày 05/6/2014", "Hà Nội, ngày 09 tháng 5 năm 2014", None, ["2014-05-09", "2014-06-05"]),
    ("Công văn số 12/BTP-VP ngày 09/5/2014", "Hà Nội, ngày 09 tháng 5 năm 2014", None, []),
    ("Công văn số 12/BTP-VP", "Hà Nội, ngày 09 tháng 5 năm 2014", "2014-05-19", ["2014-05-09", "2014-05-19"]),
    ("Công văn số 12/BTP-VP", "Hà Nội, ngày 09 tháng 5 năm 2014", "2014-05-09", []),
    ("Công văn số 12/BTP-VP", "Hà Nội, ngày   tháng 5 năm 2014", "2014-05-19", []),
    ("Về Công văn số 7/BTP-VP ngày 05/6/2013", "Hà Nội, ngày 09 tháng 5 năm 2014", None, []),
])
def test_the_days_that_a_notice_states_of_itself(title: str, head: str, date: str | None, days: list[str]) -> None:
    with base_of(notice(title, head, date)) as base:
        found = [one for one in conflicts(base) if one.rule == "own_days"]
        assert sorted(side.value for one in found for side in one.sides) == days


def test_a_deadline_before_the_notice() -> None:
    made = notice("Công văn số 12/BTP-VP", "Hà Nội, ngày 27 tháng 3 năm 2017", "2017-03-27")
    late = replace(made, text=made.text.replace("gửi báo cáo", "các Sở gửi báo cáo trước ngày 20/3/2017"))
    good = replace(made, text=made.text.replace("gửi báo cáo", "các Sở gửi báo cáo trước ngày 20/4/2017"))
    for document, rules in ((late, ["deadline_before_issue"]), (good, [])):
        with base_of(document) as base:
            assert [one.rule for one in conflicts(base)] == rules


@pytest.mark.parametrize(("numbers", "found"), [
    (["46/2016/NĐ-CP", "46/2019/NĐ-CP"], True),
    (["46/2016/NĐ-CP"], False),
])
def test_a_number_without_its_year(numbers: list[str], found: bool) -> None:
    texts = [f"Xử phạt theo Nghị định số {number} của Chính phủ." for number in numbers]
    texts.append("Lái xe bị phạt theo Nghị định số 46/NĐ-CP của Chính phủ.")
    with base_of(*(Document(id=f"d{at}", path=f"d{at}", text=text) for at, text in enumerate(texts))) as base:
        told = conflicts(base, rules=["which_act"])
        assert [one.grade for one in told] == (["different scope"] if found else [])
        assert not told or len(told[0].sides) == 1 + len(numbers)


def test_one_text_under_two_days() -> None:
    text = "Đoàn công tác thăm xã và tặng quà cho bà con vùng lũ."
    with base_of(*(Document(id=name, path=name, text=text, date=day)
                   for name, day in (("a", "2013-10-22"), ("b", "2013-10-29")))) as base:
        (found,) = conflicts(base)
        assert (found.rule, [side.value for side in found.sides]) == ("copy_dates", ["2013-10-22", "2013-10-29"])


def test_shown_with_both_sides_next_to_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    with base_of(Document(id="a", path="a.txt", text=SHARE)) as base:
        show_conflicts(conflicts(base), as_json=False)
    shown = capsys.readouterr().out
    assert shown.startswith("1 · mâu thuẫn · Tỷ lệ không khớp tử số, mẫu số · ") and "không phân xử" in shown
    assert any(line.split() == ["75%", "85%"] for line in shown.splitlines())
    assert any(line.split() == ["—", "a.txt:9", "—", "a.txt:22"] for line in shown.splitlines())


@pytest.mark.parametrize(("rule", "value", "vietnamese", "english"), [
    ("stale", "1963000.000 (2016-12)", "1.963.000 (2016-12)", "1,963,000 (2016-12)"),
    ("exactness", "30394013000", "30.394.013.000", "30,394,013,000"),
    ("targets_met", "thiếu 23.07% (2018-07-04)", "thiếu 23,07% (2018-07-04)", "thiếu 23.07% (2018-07-04)"),
    ("by_degree", "1 + 13 + 1067 = 1081", "1 + 13 + 1.067 = 1.081", "1 + 13 + 1,067 = 1,081"),
    ("claim", "4/4 (2017)", "4/4 (2017)", "4/4 (2017)"),
    ("number_year", "2013", "2013", "2013"),
])
def test_numbers_are_written_as_readers_write_them(rule: str, value: str, vietnamese: str, english: str) -> None:
    assert (value_in_words(rule, value), value_in_words(rule, value, "en")) == (vietnamese, english)


def test_shown_in_english_as_json_or_not_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    with base_of(Document(id="a", path="a.txt", text=SHARE)) as base:
        show_conflicts(conflicts(base), as_json=False, language="en")
        assert "contradiction · a share and the two numbers" in capsys.readouterr().out
        show_conflicts(conflicts(base), as_json=True)
        (told,) = json.loads(capsys.readouterr().out)
        assert (told["rule"], [side["quote"] for side in told["sides"]]) == ("share", ["30/40 xã", "85%"])
        show_conflicts(conflicts(base, rules=["weekday"]), as_json=False)
        assert capsys.readouterr().out == "không thấy chỗ nào mâu thuẫn\n"


def test_chosen_by_rule_grade_and_topic() -> None:
    day = Document(id="b", path="b", title="Đê điều", text="Đê điều bị vỡ ngày 31/4/2019. Đê điều đã được đắp lại.")
    with base_of(Document(id="a", path="a", text=SHARE), day) as base:
        assert [one.rule for one in conflicts(base)] == ["share", "no_such_day"]
        assert [one.rule for one in conflicts(base, rules=["no_such_day"])] == ["no_such_day"]
        assert [one.rule for one in conflicts(base, grades=["contradiction"])] == ["share"]
        assert [one.rule for one in conflicts(base, topic="đê điều")] == ["no_such_day"]
        assert conflicts(base, rules=["share"], topic="đê điều") == []
        for wrong in ({"rules": ["shares"]}, {"grades": ["wrong"]}):
            with pytest.raises(ValueError, match="is none of"):
                conflicts(base, **wrong)


def test_the_command_chooses_in_either_language(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with FactBase.create(path) as base:
        document = Document(id="a", path="a.txt", text=SHARE)
        base.add(document, extract(document))
        assemble(base)

    def lines(*options: str) -> str:
        ran = CliRunner().invoke(app, ["conflicts", str(path), *options])
        assert ran.exit_code in (0, 2)
        return ran.output

    assert "mâu thuẫn" in lines() and "contradiction" in lines("--lang", "en")
    assert "30/40" in lines("--grade", "mâu thuẫn") == lines("--grade", "contradiction")
    assert "30/40" in lines("--rule", "share") and "không thấy" in lines("--rule", "weekday")
    assert "không phải là một trong" in " ".join(lines("--rule", "shares").split())


def test_the_notebook_twin_tells_what_its_example_tells() -> None:
    (example,) = doctest.DocTestFinder(recurse=False).find(sulieu.FactBase.conflicts, globs=vars(sulieu))
    assert doctest.DocTestRunner().run(example).failed == 0
    with sulieu.FactBase.create(":memory:") as base:
        assert list(base.conflicts().columns)[:3] == ["conflict", "rule", "label"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    with FactBase.create(":memory:") as base:
        base.add(Document(id="a", path="a", text=text, date="2020-01-01"), [])
        assemble(base)
        conflicts(base)


def test_a_long_line_without_facts_has_no_conflicts() -> None:
    text = "lượng án tăng cao, chỉ tiêu của cục (a) tặng bằng khen, ngày 30/4 " * 4000
    with FactBase.create(":memory:") as base:
        base.add(Document(id="a", path="a", text=text, date="2020-01-01"), [])
        assemble(base)
        assert conflicts(base) == []
