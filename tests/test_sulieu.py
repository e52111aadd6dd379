"""The Python face: every command has its twin."""

import pytest

import sulieu

TEXT = "Ngày 19/7/1946, Chủ tịch Chính phủ ban hành Sắc lệnh số 130/SL. Chiều 2/7, hội nghị khai mạc."


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    with sulieu.build([folder], folder.parent / "facts.db") as built:
        yield built


def test_a_plain_text_is_extracted_against_a_day():
    dates = sulieu.extract(TEXT, date="2018-07-04").dates
    assert [date.edtf for date in dates] == ["1946-07-19", "2018-07-02"]


def test_a_file_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (document,) = sulieu.read(tmp_path / "a.txt")
    assert isinstance(document, sulieu.Document)
    assert sulieu.extract(document).decrees[0].number == "130/SL"


def test_what_cannot_be_read_is_an_answer_too(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (rejected,) = sulieu.read(tmp_path / "a.txt")
    assert isinstance(rejected, sulieu.Rejected)


@pytest.mark.parametrize("kind", ["date", "decree", "official", "figure", "directive", "event"])
def test_facts_are_frames(base, kind):
    frame = base.frame(kind)
    assert {"doc", "doc_title", "doc_date", "start", "end", "text", "rule"} <= set(frame.columns)
    assert all(TEXT[row.start : row.end] == row.text for row in frame.itertuples())


def test_a_kind_that_is_none(base):
    with pytest.raises(ValueError, match="date, decree"):
        base.frame("names")


def test_search_timeline_history_and_status(base):
    assert base.search("sac lenh", kind="decree")[0].fields["number"] == "130/SL"
    assert "1946-07-19" in {entry.date for entry in base.timeline().entries}
    assert base.history(topic="sắc lệnh").title
    assert list(base.status()["status"]) == ["done"]
