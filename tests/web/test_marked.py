"""A text with its marks: whatever overlaps, the pieces one after another are the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outputs.web.marked import Mark, marked_lines

TEXT = st.text(alphabet=st.sampled_from("aắ \n\r\u2028\x00<&😀"), max_size=60)


def words(text: str, marks: list[Mark], first: int = 0) -> str:
    return "\n".join("".join(piece.words for piece in line) for line in marked_lines(text, first, marks))


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, int, list[Mark]]:
    text, first = draw(TEXT), draw(st.integers(0, 30))
    place = st.integers(0, 100)
    marks = draw(st.lists(st.tuples(place, place, st.sampled_from("abc")), max_size=12))
    return text, first, [Mark(kind, start, end, f"{kind}{n}") for n, (start, end, kind) in enumerate(marks)]


@given(marked())
def test_pieces_are_the_text_and_lie_where_they_say(given: tuple[str, int, list[Mark]]) -> None:
    text, first, marks = given
    assert words(text, marks, first) == text
    for line in marked_lines(text, first, marks):
        for piece in line:
            at = piece.first - first
            assert text[at:at + len(piece.words)] == piece.words
            over = [one for one in marks if one.start <= piece.first and one.end >= piece.first + len(piece.words)
                    and one.start < one.end]
            assert set(piece.kinds) == {one.kind for one in over}
            shortest = min((one.end - one.start for one in over), default=0)
            assert piece.opens is None if not over else piece.opens in {
                one.id for one in over if one.end - one.start == shortest
            }


def test_the_shortest_fact_is_opened() -> None:
    text = "Ngày 19/7/1946, Bộ trưởng ký"
    marks = [Mark("event", 0, 28, "e"), Mark("date", 0, 14, "d"), Mark("official", 16, 25, "o"), Mark("at", 5, 20)]
    (line,) = marked_lines(text, 0, marks)
    assert [(piece.words, piece.opens) for piece in line] == [
        ("Ngày ", "d"), ("19/7/1946", "d"), (", ", "e"), ("Bộ t", "o"), ("rưởng", "o"), (" ký", "e"),
    ]
    assert [piece.kinds for piece in line][1] == ("date", "at", "event")


def test_overlapping_facts_are_cut_where_they_meet() -> None:
    (line,) = marked_lines("abcdef", 100, [Mark("x", 100, 104, "1"), Mark("y", 102, 106, "2")])
    assert [(piece.words, piece.kinds) for piece in line] == [("ab", ("x",)), ("cd", ("x", "y")), ("ef", ("y",))]


def test_a_fact_over_lines_goes_on_in_each() -> None:
    lines = list(marked_lines("a\nb\n\nc", 0, [Mark("x", 0, 6, "1")]))
    assert [[(piece.words, piece.opens) for piece in line] for line in lines] == [
        [("a", "1")], [("b", "1")], [], [("c", "1")],
    ]


def test_ten_thousand_facts_on_one_place_stay_quick() -> None:
    """Linear in what is shown: facts side by side, none over another."""
    text = "ab " * 10_000
    marks = [Mark("x", 3 * n, 3 * n + 2, str(n)) for n in range(10_000)]
    assert words(text, marks) == text
