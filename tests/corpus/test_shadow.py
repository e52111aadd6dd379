"""Shadow copies of long texts are made in another way than those of words: both ways must agree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus import shadow

_TEXTS = st.text(st.characters(max_codepoint=0x22FF) | st.sampled_from("đĐÐữỨ\u00a0–“…"), min_size=1, max_size=60)


@given(_TEXTS)
def test_a_long_text_is_folded_and_unified_as_its_characters_are(text: str) -> None:
    long = text * (1 + 500 // len(text))
    assert shadow.fold(long) == "".join(map(shadow.fold, long))
    assert shadow.shadow(long) == "".join(map(shadow.shadow, long))


def test_a_long_text_may_hold_any_character() -> None:
    long = "Đền thờ 神社 🙂 \ud800" * 50
    assert shadow.fold(long) == "".join(map(shadow.fold, long))
    assert len(shadow.shadow(long)) == len(long)
