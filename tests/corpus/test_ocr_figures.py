"""Figures of recognised text: read for sure, settled by more looks, or doubtful with their best reading."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest
from PIL import Image

from corpus import ocr
from corpus.document import Document, Doubt
from corpus.metadata import describe
from corpus.ocr_figures import voted
from corpus.read import read
from corpus.readers.boxes import Word
from corpus.readers.layout import page_lines
from corpus.readers.pagetext import PageLines, assemble
from corpus.scan import Item
from outputs.factbase import FactBase
from pipeline.show_documents import show_documents
from tests.corpus.pages import HEAD, Sheet, scan
from tests.corpus.test_ocr import SHARED, needs_tesseract


def seen(text: str, confidence: float) -> ocr.Seen:
    return ocr.Seen(text, 20, 20, 120, 44, confidence, (1, 1, 1))


class Looks:
    """Stands for recognition: what the page gives, then each look at its words with figures."""

    def __init__(self, first: tuple[str, float], *others: tuple[str, float]) -> None:
        self.first, self.others = first, list(others)

    def __call__(self, picture: Image.Image, dpi: float, mode: int) -> list[ocr.Seen]:
        if mode == ocr.AUTOMATIC:
            return [seen(*self.first)]
        if mode != ocr.BLOCK or not self.others:
            return []
        text, confidence = self.others.pop(0)
        scale = 0.5 if dpi < 200 else 0.75 if dpi < 300 else 1.0
        return [ocr.Seen(text, 32, 26, 32 + 100 * scale, 40, confidence, (1, 1, 1))]


@pytest.mark.parametrize(
    ("first", "others", "text", "doubtful"),
    [
        (("155/QĐ-BTP", 96), [("155/QĐ-BTP", 90)], "155/QĐ-BTP", False),             # two looks are enough
        (("12", 96), [("19", 97), ("19", 96), ("19", 96), ("19", 97)], "19", False),   # the first was wrong
        (("tháng", 30), [], "tháng", False),                                           # no figure
        (("155/QĐ-BTP", 96), [], "155/QĐ-BTP", True),                                  # no other look sees it
    ],
)
def test_figures_of_a_page(
    monkeypatch: pytest.MonkeyPatch, first: tuple[str, float], others: list[tuple[str, float]], text: str,
    doubtful: bool,
) -> None:
    monkeypatch.setattr(ocr, "look", Looks(first, *others))
    (word,) = ocr.recognise(Image.new("L", (400, 300), 255), 300).words
    assert (word.text, word.doubt is not None) == (text, doubtful)


@pytest.mark.parametrize(
    ("first", "others", "text", "doubt"),
    [
        (("64/QH15", 47), [("64/QH15", 93), ("64/QH15", 91), ("64/QH15", 90), ("64/QH15", 92)], "64/QH15", None),
        (("368-QĐ", 35), [("368-QĐ", 50), ("368-QĐ", 54), ("368-QĐ", 56), ("368-QĐ", 54)], "368-QĐ", None),  # all agree
        (("8", 31), [("8", 54), ("46", 67), ("8", 95), ("8", 25)], "8", 41.0),           # one figure, mostly not sure
        (("l1", 46), [("11", 52), ("11", 94), ("1l", 97), ("11", 96)], "11", None),  # strokes
        (("63/2025%QH15", 75), [("63/2025/QH15", 78), ("63/2025/QH15", 60), ("63/2025/QH15", 88), ("6", 9)],
         "63/2025/QH15", None),                                                         # a form that no number has
        (("465", 20), [("465", 26), ("4ð5", 74), ("405", 10), ("455", 45)], "465", 9.2),  # written by hand
        (("6", 96), [("1,6", 65), ("1,6", 81), ("1,6", 89), ("1,6", 80)], "6", 19.2),     # ink of the line above
        (("12/3", 40), [("17/3", 80), ("17/3", 70), ("", 0), ("", 0)], "17/3", 30.0),     # better, and still not sure
        (("14", 58), [("lãm", 69), ("", 0), ("1314", 65), ("1144", 28)], "14", 11.6),
    ],
)
def test_looks_vote(
    first: tuple[str, float], others: list[tuple[str, float]], text: str, doubt: float | None
) -> None:
    word = voted(seen(*first), others)
    assert (word.text, word.doubt) == (text, doubt)


# In the text


def words(*said: str, y: float, doubts: Iterable[str] = ()) -> list[Word]:
    x, found = 40.0, []
    for text in said:
        found.append(Word(text, x, y, x + 6 * len(text), y + 10, doubt=20.0 if text in doubts else None))
        x += 6 * len(text) + 4
    return found


def test_a_doubt_stands_where_its_word_stands_in_the_text() -> None:
    first = words("Ngày", "11", "tháng", "11", "và", "12", y=100, doubts=["12"])
    second = words("Số", "46", "và", "465", y=160, doubts=["465"]) + words("465", "5", y=400, doubts=["5"])
    found = assemble([PageLines(n, 842, page_lines(page), "ocr", 90.0) for n, page in enumerate((first, second), 1)])
    assert [found.text[one.start : one.end] for one in found.doubtful] == ["12", "465", "5"]
    starts = [found.text.index("12"), found.text.index("465"), len(found.text) - 1]
    assert [one.start for one in found.doubtful] == starts


HEADED = (
    "BỘ TƯ PHÁP\nSố: {number}/QĐ-BTP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Hà Nội, ngày {day} tháng {month} năm 2013\nQUYẾT ĐỊNH\nVề việc nghỉ Tết năm {year}\n"
    "Căn cứ Nghị định số 22/2013/NĐ-CP ngày {cited} tháng 3 năm 2013 của Chính phủ;\n"
)
PARTS = {"number": "155", "day": "19", "month": "04", "year": "2014", "cited": "13"}


@pytest.mark.parametrize(
    ("doubtful", "number", "date", "window"),
    [
        ([], "155/QĐ-BTP", "2013-04-19", None),
        (["number"], None, "2013-04-19", None),
        (["day"], "155/QĐ-BTP", "2013-04", "2013-03-13"),   # only what is sure
        (["month"], "155/QĐ-BTP", "2013", "2013-03-13"),
        (["day", "cited"], "155/QĐ-BTP", "2013-04", None),
        (["year"], "155/QĐ-BTP", "2013-04-19", None),
    ],
)
def test_a_head_states_no_doubtful_figures(
    doubtful: list[str], number: str | None, date: str, window: str | None
) -> None:
    text = HEADED.format(**PARTS)
    starts = sorted(len(HEADED[: HEADED.index("{" + name)].format(**PARTS)) for name in doubtful)
    doubts = [Doubt(start, start + 2 + (text[start + 2].isdigit()), 20.0) for start in starts]
    found = describe(text, doubtful=doubts)
    notice = found["notice"]
    values = [part and part.value for part in (notice.number, notice.date, notice.not_before)]
    assert [*values, found["date"]] == [number, date, window, date]
    assert found["title"] == "Quyết định Về việc nghỉ Tết năm 2014"   # words are given as the text has them
    assert "\ufffd" not in json.dumps([part.value for part in notice.bases])


# Shown and stored


def test_doubtful_figures_are_shown_and_stored(capsys: pytest.CaptureFixture[str]) -> None:
    document = Document(id="a.png", text="Số 46 và 465", doubtful=(Doubt(9, 12, 41.5),))
    show_documents([document], as_json=False)
    assert "chữ số chưa chắc: “465” (ký tự 9), nên đối chiếu với ảnh" in capsys.readouterr().out.splitlines()
    show_documents([document], as_json=True)
    stated = [{"start": 9, "end": 12, "confidence": 41.5}]
    assert json.loads(capsys.readouterr().out)["doubtful"] == stated
    with FactBase.create(":memory:") as base:
        base.add(document, [])
        base.add(Document(id="b.txt", text="Số 46"), [])
        rows = [row["doubtful"] for row in base.db.execute("SELECT doubtful FROM document ORDER BY id")]
    assert [json.loads(rows[0]), rows[1]] == [stated, None]


# Drawn pages


@needs_tesseract
def test_the_figures_of_a_drawn_page_are_right_or_doubtful() -> None:
    numbers = ["155/QĐ-BTP", "11/11/2013", "1.350.000", "64/2025/QH15", "19", "2019;", "97,", "368-QĐ/TW"]
    sheet = Sheet(words=list(HEAD.words))
    for place, number in enumerate(numbers):
        sheet.write(60, 220 + 24 * place, f"Theo văn bản số {number} của cơ quan thi hành án")
    found = ocr.recognise(scan(sheet), 200).words
    seen_below = [word for word in found if any(map(str.isdigit, word.text)) and word.top > 200]
    assert len(seen_below) == len(numbers)
    pairs = [(word, said) for word, said in zip(seen_below, numbers, strict=True) if word.doubt is None]
    sure = [(word.text.rstrip(";,"), said.rstrip(";,")) for word, said in pairs]
    assert [one for one, _ in sure] == [said for _, said in sure]
    assert len(sure) >= len(numbers) - 1


# The sample archive


@needs_tesseract
@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample archive ../shared is not here")
def test_a_number_written_by_hand_is_not_given_as_sure() -> None:
    path = SHARED / "scan" / "test.jpg"
    (found,) = read(Item(path, path.name))
    assert isinstance(found, Document) and found.notice
    assert found.notice.number is None and found.date == "2020-12"
    assert "ngày 19 tháng 6 năm 2015" in found.text and "\ufffd" not in found.text
    assert any(found.quote(one.start, one.end).startswith("S") for one in found.doubtful)   # Số:
