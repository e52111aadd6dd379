"""The extractors as spaCy components."""

import pytest
import spacy

from extractors.language import words
from extractors.spacy_pipeline import vietnamese

TEXT = "Ngày 19/7/1946, Chủ tịch Chính phủ ban hành Sắc lệnh số 130/SL về thể thức thi hành mệnh lệnh của Tòa án."


@pytest.fixture(scope="module")
def nlp():
    nlp = vietnamese()
    for kind in ("dates", "decrees", "officials", "figures", "directives", "events"):
        nlp.add_pipe(f"sulieu_{kind}")
    return nlp


@pytest.mark.parametrize("text", [
    TEXT,
    "",
    " ",
    "  hai  dấu cách\n\nvà dòng mới\t.",
    "Số: 62/2015/NĐ-CP; TL. BỘ TRƯỞNG ./.",
    "ngày\u00a019/7 hàng năm",
    "😀 emoji và chữ Ð",
])
def test_tokens_keep_every_character(nlp, text):
    assert nlp.make_doc(text).text == text


def test_words_are_segmented():
    assert "Tòa án" in {TEXT[start:end] for start, end in words(TEXT)}


def test_facts_are_spans_with_their_exact_offsets(nlp):
    doc = nlp(TEXT)
    (date,) = doc.spans["date"]
    assert date._.sulieu.edtf == "1946-07-19"
    (decree,) = doc.spans["decree"]
    fact = decree._.sulieu
    assert doc.text[fact.start : fact.end] == fact.text == "Sắc lệnh số 130/SL"
    assert not doc.ents


def test_factories_come_through_entry_points():
    nlp = spacy.blank("en")
    nlp.add_pipe("sulieu_dates")
    doc = nlp("on ngày 2/9/1945.")
    assert doc.spans["date"][0]._.sulieu.edtf == "1945-09-02"


def test_relative_dates_resolve_against_the_day_of_the_doc(nlp):
    doc = nlp.make_doc("Hôm qua, hội nghị đã khai mạc.")
    doc._.sulieu_date = "2018-07-04"
    for _, component in nlp.pipeline:
        doc = component(doc)
    assert doc.spans["date"][0]._.sulieu.edtf == "2018-07-03"


def test_text_that_is_not_nfc_is_refused(nlp):
    with pytest.raises(ValueError, match="NFC"):
        nlp("nga\u0300y 2/9/1945")
