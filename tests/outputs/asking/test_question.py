"""The language of questions: fields in the box, parameters of an address, and what cannot be asked."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.shadow import fold
from corpus.tables import many
from outputs.asking import Question, SearchError
from outputs.asking.fields import fields
from outputs.asking.question import FIELDS
from outputs.words import rows

NASTY = ["'; DROP TABLE document; --", "<script>alert(1)</script>", '"', "%00", "\x00", "(((", "*", "{{7*7}}", "\ud800"]


@pytest.mark.parametrize(
    ("text", "words", "asked"),
    [
        ("án", "án", {}),
        ('án người:"Vũ Đình Hòe"', "án", {"person": ("Vũ Đình Hòe",)}),
        ("nguoi:Hòe loai:su_kien", "", {"person": ("Hòe",), "kind": ("event",)}),
        ("kind:directive kind:event", "", {"kind": ("directive", "event")}),
        ("loại:directive loại:chỉ_đạo", "", {"kind": ("directive",)}),
        ('bên nhận:"Cục THADS" báo cáo', "báo cáo", {"addressee": ("Cục THADS",)}),
        ("addressee:Cục kế hoạch", "kế hoạch", {"addressee": ("Cục",)}),
        ('sửa đổi:"62/2015/NĐ-CP"', "", {"amends": ("62/2015/NĐ-CP",)}),
        ('được sửa đổi bởi:"33/2020/NĐ-CP"', "", {"amended_by": ("33/2020/NĐ-CP",)}),
        ("lũ từ:1971 đến:1972-08", "lũ", {"since": "1971", "until": "1972-08"}),
        ("dự kiến:có", "", {"planned": True}),
        ("planned:no", "", {"planned": False}),
        ("việc: phân loại", "việc: phân loại", {}),                  # a space behind: words
        ('"người:Hòe" án', '"người:Hòe" án', {}),                    # in a phrase: words
        ("http://example.org:80", "http://example.org:80", {}),
        ('thứ tự:"mới nhất" lũ', "lũ", {"order": "newest"}),
    ],
)
def test_fields_may_stand_in_the_box(text: str, words: str, asked: dict[str, object]) -> None:
    assert Question.read(text) == Question(words, **asked)  # type: ignore[arg-type]


def test_every_name_of_a_field_is_read() -> None:
    for row in rows("search_fields"):
        first = next(iter(fields()[row["field"]].choices), "")
        value = {"day": "1946", "choice": first}.get(row["values"], "Hải Phòng")
        expected = Question.of("", [(row["field"], value)])
        for name in (row["field"], *many(row["english"]), *many(row["vietnamese"])):
            for typed in (name, fold(name), name.replace(" ", "_")):
                assert Question.read(f'{typed}:"{value}"') == expected, typed
    assert set(FIELDS) == set(fields())


def test_every_value_may_be_typed_as_readers_see_it() -> None:
    for row in rows("search_values"):
        for name in (row["value"], *many(row["vietnamese"]), *many(row["english"])):
            assert fields()[row["field"]].read(name), (row, name)


def test_an_address_is_permanent() -> None:
    question = Question.read(
        'án người:"Vũ Đình Hòe" loại:sự_kiện loại:chỉ_đạo từ:1946 dự kiến:không', source=["A & B", "C"], order="newest"
    )
    assert Question.from_params(parse_qsl(question.as_query())) == question
    assert Question.from_params({"q": "án", "kind": ["event"], "lang": "en", "page": "2", "person": ""}) == Question(
        "án", kind=("event",)
    )
    for language in ("vi", "en"):
        assert Question.read(question.as_text(language)) == question
    assert question.as_text().startswith('án loại:"sự kiện" loại:"chỉ đạo" dự kiến:"đã thuật lại" người:')


@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from([*NASTY, "Hòe", "1946", "event"])), max_size=4))
def test_whatever_is_asked_is_read_or_refused_in_both_languages(pairs: list[tuple[str, str]]) -> None:
    try:
        question = Question.from_params([("q", "án"), *pairs])
    except SearchError as error:
        assert str(error) and error.vietnamese and error.vietnamese != str(error)
    else:
        assert Question.from_params(question.as_params()) == question


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a" * 10_000}, {"q": "án", "person": "a" * 10_000}, {"kind": "thơ"}, {"since": "hôm qua"},
        {"since": "2015", "until": "2014"}, {"published_since": "2015", "published_until": "2014"},
        {"since": ["2014", "2015"]}, {"person": [f"Người {number}" for number in range(30)]}, {"issuer": "***"},
        {"planned": "maybe"}, {"order": "random"}, {"since": "2014-13"}, {"until": "9999-99-99"},
    ],
)
def test_what_cannot_be_asked_is_said_plainly(asked: dict[str, str | list[str]]) -> None:
    with pytest.raises(SearchError) as refused:
        Question.from_params(asked)
    assert len(refused.value.vietnamese) < 400


def test_both_languages_say_the_same_of_an_error() -> None:
    for row in rows("search_errors"):
        assert row["english"] and row["vietnamese"]


def test_a_choice_is_put_in_and_taken_out() -> None:
    question = Question("án")
    chosen = question.toggled("kind", "event").toggled("kind", "decree").toggled("year", "1940/1949")
    assert chosen == Question("án", kind=("event", "decree"), since="1940", until="1949")
    assert chosen.chosen("year", "1940/1949") and not chosen.chosen("year", "1950/1959")
    assert chosen.toggled("kind", "event").toggled("year", "1940/1949") == Question("án", kind=("decree",))
    assert chosen.without("kind").without("year") == question
    assert question.toggled("planned", "no").planned is False
