"""The tables of the language hold for their own examples, and filters by what an act does find it."""

from __future__ import annotations

from corpus.shadow import fold
from corpus.tables import many
from outputs.asking import Question, answer
from outputs.asking.query import parse, spelled
from outputs.asking.question_words import _split
from outputs.factbase import FactBase
from outputs.words import rows


def test_each_spelling_finds_the_other() -> None:
    for row in rows("search_spellings"):
        assert (row["i"],) in spelled((row["y"],)) and (row["y"],) in spelled((row["i"],))
        assert (fold(row["i"]),) in spelled((fold(row["y"]),))
        one, other = many(row["examples"])
        assert len(one.split()) == len(other.split()) and fold(one).replace("y", "i") == fold(other).replace("y", "i")


def test_words_with_which_one_asks_are_told_apart() -> None:
    for row in rows("search_question_words"):
        for said in (row["examples"], fold(row["examples"])):
            query = parse(said)
            kept = _split(query)[0]
            assert len(kept) <= len(query.parts) - len(row["words"].split()), said
        if row["not_before"]:
            query = parse(f"{row['words']} {row['not_before']}")
            assert _split(query)[0] == list(query.parts)


def quotes(base: FactBase, **asked: object) -> set[str]:
    return {hit.quote for hit in answer(base, Question.read("", kind="decree", **asked), limit=200).hits}


def test_what_an_act_amends_and_what_amends_it(samples: FactBase) -> None:
    row = samples.db.execute(
        "SELECT s.id, o.id FROM decree_relation r JOIN decree s ON s.key = r.subject JOIN decree o ON o.key = r.object"
        " WHERE r.relation = 'amends'"
    ).fetchone()
    assert quotes(samples, amended_by=row[0]) >= quotes(samples, decree=row[1]) > set()
    assert quotes(samples, amends=row[1]) >= quotes(samples, decree=row[0]) > set()
    assert not quotes(samples, amends=row[0])
    assert not quotes(samples, amends="62/2015/TT-BTC")


def test_ids_ask_for_one_person_body_or_act(samples: FactBase) -> None:
    for table, field in (("person", "person"), ("body", "body"), ("decree", "decree")):
        pairs = f"{table}_mention"
        row = samples.db.execute(
            f"SELECT t.id, count(*) FROM {table} t JOIN {pairs} p ON p.{table} = t.key GROUP BY t.key ORDER BY 2 DESC"
        ).fetchone()
        found = answer(samples, Question(**{field: (row[0],)}))  # type: ignore[arg-type]
        assert found.total >= row[1] > 0
        (facet,) = (one for one in found.facets if one.name == field)
        (chosen,) = (choice for choice in facet.choices if choice.chosen)
        assert chosen.value == row[0] and chosen.count == found.total and chosen.label != row[0]
        assert answer(samples, Question(**{field: ("no-such-id-1234",)})).total == 0  # type: ignore[arg-type]


def test_a_source_is_asked_for_by_name_or_a_part_of_it() -> None:
    from tests.outputs.small_base import add

    with FactBase.create(":memory:") as base:
        add(base, "a", "Họp tổ.", source="Báo Nhân Dân")
        add(base, "b", "Họp tổ.", source="Nhân Dân")
        expected = {"Nhân Dân": {"b"}, "nhan dan": {"a", "b"}, "Báo Nhân Dân": {"a"}, "Dân Trí": set[str]()}
        for asked, found in expected.items():
            assert {hit.document for hit in answer(base, Question("họp", source=(asked,))).hits} == found
