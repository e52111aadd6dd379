"""One directive with several mentions, and what directives and events link to. Documents and facts are by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from operator import attrgetter
from typing import Any

import pytest

from corpus.document import Document
from extractors.facts import KINDS, Date, Decree, Directive, Event, Fact, Facts, Official
from extractors.participants import find_participants
from outputs.exports import export_jsonl
from outputs.factbase import FactBase
from outputs.search import search
from pipeline.assemble import assemble

SAY = {"action": "kiểm kê toàn bộ hồ sơ còn tồn", "issuer": "Bộ Tư pháp", "addressee": "các tòa án", "deadline": None}

# What the second mention says otherwise than SAY, whether it is the same directive, and why.
AGAIN: list[tuple[dict[str, Any], bool, str]] = [
    ({}, True, "the same words"),
    ({"action": "Kiểm kê toàn bộ các hồ sơ còn tồn"}, True, "capitals and stop words say nothing"),
    ({"action": "kiểm kê toàn bộ hồ sơ cũ còn tồn"}, True, "one word more in eight"),
    ({"action": "khẩn trương kiểm kê toàn bộ hồ sơ thi hành án còn tồn tại kho"}, False, "too many words more"),
    ({"action": "kiểm kê toàn bộ tài sản còn tồn"}, False, "another word in its place is another act"),
    ({"action": "không kiểm kê toàn bộ hồ sơ còn tồn"}, False, "a denial turns it round"),
    ({"action": "kiểm kê toàn bộ 12 hồ sơ còn tồn"}, False, "a figure more"),
    ({"addressee": None}, True, "no addressee stated"),
    ({"addressee": "Các toà án"}, True, "the same addressee, spelt otherwise"),
    ({"addressee": "các công tố viện"}, False, "another addressee"),
    ({"issuer": None}, True, "no issuer stated"),
    ({"issuer": "Bộ Tài chính"}, False, "another issuer"),
    ({"deadline": "1958-04-30"}, True, "a deadline that the other does not state"),
    ({"force": "request"}, False, "another force"),
]


def clause(text: str, words: str, place: int, **fields: Any) -> Directive:
    start = text.index(words, place)
    return Directive(start=start, end=start + len(words), text=words, rule="by hand", **{"force": "order", **fields})


def base_of(text: str, facts: list[Fact]) -> FactBase:
    base = FactBase.create(":memory:")
    document = Document(id="order", text=text, path="order.txt", date="1958-03-13")
    by_kind = {f"{kind}s": tuple(sorted(of_kind, key=attrgetter("start"))) for kind in KINDS
               if (of_kind := [fact for fact in facts if fact.kind == kind])}
    stated = Facts(**by_kind)
    base.add(document, replace(stated, participants=tuple(find_participants(document, stated))))
    assemble(base)
    return base


def said(*directives: dict[str, Any]) -> FactBase:
    """A text of one sentence for each directive."""
    text = "\n".join(f"{number}. {fields['action']}." for number, fields in enumerate(directives, 1))
    place, facts = 0, []
    for fields in directives:
        facts.append(clause(text, fields["action"], place, **fields))
        place = facts[-1].end
    return base_of(text, facts)


def repeats(base: FactBase) -> list[int | None]:
    return [json.loads(line)["repeats"] for line in export_jsonl(base, ["directive"])]


@pytest.mark.parametrize(("other", "same", "why"), AGAIN, ids=[why for *_, why in AGAIN])
def test_when_two_mentions_are_one_directive(other: dict[str, Any], same: bool, why: str) -> None:
    with said(SAY, {**SAY, **other}) as base:
        assert sum(place is not None for place in repeats(base)) == same, why


def test_deadlines_must_agree() -> None:
    with said({**SAY, "deadline": "1958-04-30"}, {**SAY, "deadline": "1958-05-30"}) as base:
        assert repeats(base) == [None, None]


def test_short_actions_stay_apart() -> None:
    with said({**SAY, "action": "thực hiện"}, {**SAY, "action": "thực hiện"}) as base:
        assert repeats(base) == [None, None]


def test_the_fullest_statement_is_the_directive() -> None:
    """A headline that leaves out who and when repeats the sentence that says it all."""
    with said({**SAY, "addressee": None}, {**SAY, "deadline": "1958-04-30"}, SAY) as base:
        second = base.db.execute("SELECT start FROM mention ORDER BY start LIMIT 1 OFFSET 1").fetchone()[0]
        assert repeats(base) == [second, None, second]


def test_in_doubt_none_is_merged() -> None:
    """Two addressees have the same task: a third mention without one may repeat either."""
    with said(SAY, {**SAY, "addressee": "các công tố viện"}, {**SAY, "addressee": None}) as base:
        assert repeats(base) == [None, None, None]


def test_a_repeat_does_not_join_two_addressees() -> None:
    """What is stated between the mentions of a directive counts for the next one."""
    fullest = {**SAY, "addressee": None, "deadline": "1958-04-30"}
    with said(fullest, {**SAY, "issuer": None}, {**SAY, "issuer": None, "addressee": "các công tố viện"}) as base:
        assert [place is not None for place in repeats(base)] == [False, True, False]


def test_directives_of_two_documents_are_two() -> None:
    with FactBase.create(":memory:") as base:
        for name in ("a", "b"):
            base.add(Document(id=name, text=SAY["action"], path=name), [clause(SAY["action"], SAY["action"], 0, **SAY)])
        assemble(base)
        assert base.count("directive_repeat") == 0


def test_search_shows_one_directive_once_with_its_places() -> None:
    with said({**SAY, "addressee": None}, {**SAY, "deadline": "1958-04-30"}, SAY) as base:
        for asked in ({"query": "kiểm kê hồ sơ"}, {"query": ""}, {"query": "", "addressee": "các tòa án"}):
            (hit,) = search(base, kind="directive", **asked)  # type: ignore[arg-type]
            assert hit.fields["deadline"] == "1958-04-30"
            assert len(hit.repeats) == 2
            assert [place.quote for place in hit.repeats] == [SAY["action"]] * 2
            assert hit.repeats[0].start < hit.start < hit.repeats[1].start


ORDER = (
    "Thủ tướng Phạm Văn Đồng chỉ thị, hạn là ngày 30/4/1958:\n"
    "1. Bộ Tư pháp soạn thông tư theo Nghị định số 12/1957/NĐ-CP;\n"
    "2. Bộ trưởng Vũ Đình Hòe báo cáo trước ngày 15/5/1958.\n"
    "Ngày 12/3/1958, Hội đồng Chính phủ họp bàn Nghị định số 12/1957/NĐ-CP do Vũ Đình Hòe trình."
)


def order_facts() -> list[Fact]:
    def at(words: str, place: int = 0) -> dict[str, Any]:
        start = ORDER.index(words, place)
        return {"start": start, "end": start + len(words), "text": words, "rule": "by hand"}

    last = ORDER.index("Ngày 12/3")
    task = {"force": "order", "issuer": "Thủ tướng Phạm Văn Đồng"}
    decree = {"doc_type": "nghị định", "number": "12/1957/NĐ-CP", "year": 1957}
    return [
        Official(**at("Phạm Văn Đồng"), name="Phạm Văn Đồng", title="Thủ tướng"),
        Date(**at("ngày 30/4/1958"), type="date", edtf="1958-04-30"),
        Directive(**at("soạn thông tư theo Nghị định số 12/1957/NĐ-CP"), **task, addressee="Bộ Tư pháp",
                  action="soạn thông tư", deadline="1958-04-30"),
        Decree(**at("Nghị định số 12/1957/NĐ-CP"), **decree),
        Official(**at("Vũ Đình Hòe"), name="Vũ Đình Hòe", title="Bộ trưởng"),
        Directive(**at("báo cáo trước ngày 15/5/1958"), **task, addressee="Bộ trưởng Vũ Đình Hòe", action="báo cáo",
                  deadline="1958-05-15"),
        Date(**at("ngày 15/5/1958"), type="date", edtf="1958-05-15", mod="before"),
        Event(**at(ORDER[last:-1]), date="1958-03-12", event_type="meeting"),
        Date(**at("Ngày 12/3/1958"), type="date", edtf="1958-03-12"),
        Decree(**at("Nghị định số 12/1957/NĐ-CP", last), **decree),
        Official(**at("Vũ Đình Hòe", last), name="Vũ Đình Hòe", title="Bộ trưởng"),
    ]


@pytest.mark.parametrize(
    ("kind", "words", "linked"),
    [
        ("directive", "soạn", [
            ("issuer", "Phạm Văn Đồng"), ("deadline", "ngày 30/4/1958"), ("names", "Nghị định số 12/1957/NĐ-CP"),
        ]),
        ("directive", "báo cáo", [
            ("issuer", "Phạm Văn Đồng"), ("addressee", "Vũ Đình Hòe"), ("deadline", "ngày 15/5/1958"),
        ]),
        ("event", "họp", [
            ("day", "Ngày 12/3/1958"), ("participant", "Nghị định số 12/1957/NĐ-CP"), ("participant", "Vũ Đình Hòe"),
        ]),
    ],
)
def test_directives_and_events_link_to_the_facts_they_speak_of(
    kind: str, words: str, linked: list[tuple[str, str]]
) -> None:
    with base_of(ORDER, order_facts()) as base:
        (hit,) = search(base, words, kind=kind)
        assert [(link.role, link.quote) for link in hit.links] == linked
        assert [link.thing for link in hit.links if link.kind == "decree"] in ([], ["vn:NĐ:CP:1957:12"])
