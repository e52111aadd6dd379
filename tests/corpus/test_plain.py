"""Documents as plain data: what goes to another process comes back equal."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.columns import Columns
from corpus.document import Document, Doubt, Notice, Page, Quoted
from corpus.errors import Reason, Rejected
from corpus.isolated_worker import HEAD, framed, loaded
from corpus.plain import plain, restored
from corpus.read import read
from corpus.scan import Item, scan
from tests.corpus.test_samples import SAMPLES

_HEAD = HEAD.size   # bytes of the length before a message


def sent(value: object) -> object:
    """What arrives in another process, which takes plain data only."""
    return restored(loaded(framed(plain(value))[_HEAD:]))


@pytest.mark.parametrize(
    "value",
    [
        Item(Path("/kho/1946/a.txt"), "1946/a.txt", Columns((("text", "noi_dung"),))),
        Rejected("a", "a.pdf", Reason.DAMAGED, "no pages", sha256="0f"),
        Document(
            id="a", text="Một tin.", notice=Notice(number=Quoted("130/SL", 0, 6), bases=(Quoted("x", 1, 2),)),
            pages=(Page(0, 1, "ocr", 87.5),), doubtful=(Doubt(0, 3, 40.0),),
        ),
    ],
)
def test_a_record_comes_back_equal(value):
    assert sent(value) == value


def test_metadata_come_back_too():
    assert sent(Document(id="a", text="x", metadata={"chuyên mục": "Thời sự"})).metadata == {"chuyên mục": "Thời sự"}


def test_every_document_of_the_samples_comes_back():
    for item in scan([SAMPLES]):
        for result in read(item):
            back = sent(result)
            assert back == result and getattr(back, "metadata", None) == getattr(result, "metadata", None)


@given(st.recursive(st.none() | st.text() | st.integers() | st.booleans(), lambda inner: st.tuples(inner, inner)))
def test_values_without_records_come_back(value):
    assert restored(plain(value)) == value


def test_what_has_no_plain_form_is_refused():
    with pytest.raises(TypeError, match="object has no plain form"):
        plain(object())


@pytest.mark.parametrize("forged", [("\x00record", "Popen", "sh"), ("\x00record", "Quoted", "x", 1)])
def test_no_other_class_is_made(forged):
    with pytest.raises(ValueError, match="no record of ours"):
        restored(forged)
