"""Nothing without its source: what the checker lets pass, and what it finds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from outputs.checker import UnsupportedClaims, check, check_finished, finished_text, supports
from outputs.errors import QuestionError
from outputs.factbase import FactBase
from outputs.history import history, history_md
from outputs.words import rows
from tests.corpus import pages, word_files
from tests.outputs.small_base import small_base


@dataclass(frozen=True)
class Quoted:
    """A note with the words it quotes."""

    number: int
    words: str
    dates: tuple[str, ...] = ()


NOTES = [
    Quoted(1, "Ngày 08/9/1945, Chủ tịch Hồ Chí Minh ký Sắc lệnh số 17/SL lập Nha Bình dân học vụ.", ("1945-09-08",)),
    Quoted(2, "Cuối năm 1947 xã có trên 2.000 người, tức 85,5%, đứng thứ 8/63; theo 397/QÐ-TTg.", ("1947",)),
    Quoted(3, "Chiều 2/7 hội nghị họp xong.", ("2018-07-02", "2018-07-04")),
]

SUPPORTED = [
    "Ngày 8 tháng 9 năm 1945, “Chủ tịch Hồ Chí Minh ký Sắc lệnh số 17/SL”.[^1]",
    "Ngày 8/9/1945, có Sắc lệnh 17/SL.[^1]",
    "Năm 1945, Hồ Chí Minh ký sắc lệnh.[^1]",
    "Tháng 9/1945, Nha Bình dân học vụ được lập.[^1]",
    "Tháng 9 năm 1945 có Nha Bình dân học vụ.[^1]",
    "Xã có trên 2.000 người, 85,5%, thứ 8/63.[^2]",
    "Quyết định 397/QĐ-TTg được nhắc đến.[^2]",
    "Ngày 2 tháng 7 năm 2018, “hội nghị họp xong”.[^3]",
    "Năm 1945 và năm 1947.[^1][^2]",
    "## Thập niên 1940\n\nHồ Chí Minh ký sắc lệnh.[^1]",
    "Không có gì để chứng minh ở đây.",
    "| 8/9/1945 | Sắc lệnh số 17/SL | [^1] |",
    "| --- | --- | --- |",
    "## Từ năm 1945\n\nHồ Chí Minh ký sắc lệnh.[^1]",
]

UNSUPPORTED = [
    ("date", "Ngày 9 tháng 9 năm 1945", "Ngày 9 tháng 9 năm 1945, Hồ Chí Minh ký.[^1]"),
    ("date", "9/9/1945", "Việc ấy diễn ra 9/9/1945.[^1]"),
    ("date", "Tháng 8/1945", "Tháng 8/1945, Nha được lập.[^1]"),
    ("number", "1946", "Năm 1946, Nha được lập.[^1]"),
    ("number", "2.001", "Xã có 2.001 người.[^2]"),
    ("number", "2.000", "Xã có 2.000 người.[^1]"),
    ("number", "9", "Có 9 lớp.[^1]"),
    ("number", "8/64", "Xã đứng thứ 8/64.[^2]"),
    ("number", "85%", "Đạt 85%.[^2]"),
    ("symbol", "18/SL", "Sắc lệnh 18/SL được ban hành.[^1]"),
    ("symbol", "397/QĐ-BTP", "Quyết định 397/QĐ-BTP được ban hành.[^2]"),
    ("name", "Hồ Chí Dân", "Chủ tịch Hồ Chí Dân ký.[^1]"),
    ("name", "Nguyễn Văn Tố", "Nguyễn Văn Tố ký.[^1]"),
    ("amount in words", "hai trăm", "Xã có hai trăm người.[^2]"),
    ("date", "thế kỷ XIX", "Chuyện từ thế kỷ XIX.[^1]"),
    ("number", "12", "Hồ Chí Minh ký.[^1] Có 12 lớp."),
    ("number", "12", "Có 12 lớp."),
    ("decade", "Thập niên 1950", "## Thập niên 1950\n\nHồ Chí Minh ký sắc lệnh.[^1]"),
    ("number", "1950", "# Năm 1950\n\nHồ Chí Minh ký.[^1]"),
    ("number", "1947", "## Năm 1947\n\nHồ Chí Minh ký.[^1]\n\n## Sau đó\n\nXã có 85,5%.[^2]"),
    ("number", "7", "| 7 lớp | [^1] |"),
    ("number", "85,5%", "Đạt 85,5%.[^9]"),
]


def phrases() -> list[list[str]]:
    """The cells of the cases: statement, quotes, verdict, why."""
    lines = (Path(__file__).parent / "phrases" / "checker.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.mark.parametrize(("statement", "quotes", "verdict", "why"), phrases())
def test_phrase(statement: str, quotes: str, verdict: str, why: str) -> None:
    said = [words.partition(" @ ") for words in quotes.split(" || ")]
    notes = [Quoted(at, words, tuple(dates.split())) for at, (words, _, dates) in enumerate(said, 1)]
    cited = "".join(f"[^{note.number}]" for note in notes)
    text = f"{statement} {cited} |" if statement.startswith("|") else f"{statement}.{cited}"
    assert (" ".join(one.kind for one in check(text, notes)) or "ok") == verdict, why


def test_there_are_cases_of_every_kind_of_claim() -> None:
    assert len(phrases()) > 150
    assert {verdict for _, _, verdict, _ in phrases()} == {
        "ok", "date", "decade", "ordinal", "symbol", "act", "number", "amount in words", "name", "office", "quote",
    }


@pytest.mark.parametrize("text", SUPPORTED)
def test_what_the_quotes_state_passes(text: str) -> None:
    assert check(text, NOTES) == []


@pytest.mark.parametrize(("kind", "claim", "text"), UNSUPPORTED)
def test_what_no_cited_quote_states_is_found(kind: str, claim: str, text: str) -> None:
    found = check(text, NOTES)
    assert [(one.kind, one.claim) for one in found] == [(kind, claim)]


def test_each_statement_answers_to_its_own_notes() -> None:
    text = "Hồ Chí Minh ký sắc lệnh.[^1] Xã có trên 2.000 người.[^1] Xã có trên 2.000 người.[^2]"
    assert [(one.claim, one.notes) for one in check(text, NOTES)] == [("2.000", (1,))]


def test_what_the_user_asked_for_may_stand_in_headings_and_plain_lines() -> None:
    text = "# 80 năm (1945–2025)\n\nKhông tìm thấy gì vào ngày 1 tháng 2 năm 1945.\n\nĐã 80 năm.[^1]"
    given = ["80 năm", "1945–2025", "ngày 1 tháng 2 năm 1945"]
    assert [one.claim for one in check(text, NOTES, given)] == ["80"]


def test_markdown_marks_do_not_hide_a_claim() -> None:
    assert [one.claim for one in check("Có **1**2 lớp và \\*31\\*.[^1]", NOTES)] == ["12", "31"]


def test_the_refusal_says_what_is_wrong_and_what_to_do() -> None:
    error = UnsupportedClaims(check("Có 12 lớp.[^1]", NOTES))
    assert error.unsupported[0].claim == "12"
    assert "take the sentence out or cite" in str(error)


def test_one_statement_can_be_asked_about() -> None:
    assert supports("Sắc lệnh số 17/SL", NOTES[:1])
    assert not supports("Sắc lệnh số 18/SL", NOTES[:1])


@given(st.text(max_size=200))
def test_words_always_support_themselves(words: str) -> None:
    assert supports(words, [Quoted(1, words)])


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    check(text, NOTES)


LINES = ["Cuối năm 1947 xã có trên 2.000 người, tức 85,5%.", "Chủ tịch Hồ Chí Minh ký Sắc lệnh số 17/SL ngày 8/9/1945."]
FALSE = ["trên 3.000 người", "85,7%", "Hồ Chí Dân", "18/SL", "9/9/1945"]
TRUE = ["trên 2.000 người", "85,5%", "Hồ Chí Minh", "17/SL", "8/9/1945"]


def finished(folder: Path, suffix: str, lines: list[str]) -> Path:
    """A finished file of each format, with numbers of notes behind the sentences as print has them."""
    path = folder / f"history.{suffix}"
    if suffix == "md":
        path.write_text("\n\n".join(f"{line}[^{at}]" for at, line in enumerate(reversed(lines), 1)), "utf-8")
    elif suffix == "html":
        cells = "".join(f"<p>{escape(line)}<sup><a href='#n'>7</a></sup></p>" for line in lines)
        path.write_text(f"<!DOCTYPE html><title>x</title><style>p{{top: 31px}}</style>{cells}", "utf-8")
    elif suffix == "docx":
        path.write_bytes(word_files.docx("".join(word_files.paragraph(f"{escape(line)}1") for line in lines)))
    else:
        sheet = pages.Sheet()
        for at, line in enumerate(lines):
            sheet.write(60, 80 + 40 * at, f"{line}2")
        path.write_bytes(pages.pdf(sheet))
    return path


@pytest.mark.parametrize("suffix", ["md", "html", "docx", "pdf"])
def test_a_finished_file_of_any_format_can_be_checked(tmp_path: Path, suffix: str) -> None:
    text = finished_text(finished(tmp_path, suffix, LINES))
    assert check_finished(text, NOTES) == []
    for true, false in zip(TRUE, FALSE, strict=True):
        planted = [line.replace(true, false) for line in LINES]
        found = check_finished(finished_text(finished(tmp_path, suffix, planted)), NOTES)
        assert found, f"{false} in {suffix}"
        assert found[0].claim.split()[-1] in false


@pytest.mark.parametrize(("quoted", "printed"), [
    ("Đã buôn lậu hơn 1.997 tấn xăng", "Đã buôn lậu hơn\n75 năm hải quan | Lời của nguồn\n1.997 tấn xăng"),
    ("Tờ trình số 09/TTr - UBND do UBND tỉnh Gia Lai gửi", "10/3 | Tờ trình số 09/TTr - UBND UBND tỉnh Gia Lai"),
    ("hủy bỏ Quyết định số 639/QĐ - UBND về đất", "hủy bỏ Quyết định số 639/QĐ -\n10/3\n75 năm hải quan"),
    ("Phó Thủ tướng Trương Hòa Bình", unicodedata.normalize("NFD", "Phó Thủ tướng Trương Hòa Bình")),
    (unicodedata.normalize("NFD", "Phó Thủ tướng Trương Hòa Bình"), "Phó Thủ tướng Trương Hòa Bình"),
], ids=["head of a page in a sentence", "cells that touch", "foot of a page in a symbol", "print", "source"])
def test_print_and_spelling_cause_no_refusal(quoted: str, printed: str) -> None:
    said = "75 năm hải quan. Lời của nguồn. 10/3"
    assert check_finished(printed, [Quoted(1, quoted, ())], [said]) == []


def test_words_of_the_page_itself_claim_nothing() -> None:
    both = [row[column] for row in rows("format_words") for column in ("vi", "en") if "{" not in row[column]]
    assert check_finished("\n".join(both), []) == []


def test_only_formats_of_histories_are_read_back(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="cannot be checked"):
        finished_text(tmp_path / "history.xlsx")


def test_a_line_of_many_claims_costs_what_its_length_costs() -> None:
    text = "Xã có trên 2.000 người, tức 85,5%, thứ 8/63; Hồ Chí Minh. " * 2_000
    assert check(text + "[^1][^2]", NOTES) == []


def made() -> tuple[str, tuple[Quoted, ...], tuple[str, ...]]:
    """The history of a small archive: its Markdown, its notes, what was asked."""
    with small_base() as base:
        assert isinstance(base, FactBase)
        one = history(base)
        notes = tuple(Quoted(note.number, note.words, note.dates) for note in one.notes)
        return history_md(one), notes, one.given


MADE, MADE_NOTES, MADE_GIVEN = made()
BODY = MADE.partition("\n[^1]:")[0]
DIGITS = [at.start() for at in regex.finditer(r"(?<!\[\^)(?<!\[\^\d)\d", BODY)]


def test_a_made_history_passes() -> None:
    assert DIGITS
    assert check(MADE, MADE_NOTES, MADE_GIVEN) == []


@given(st.sampled_from(DIGITS), st.sampled_from("0123456789"))
def test_a_history_with_one_digit_changed_is_refused(place: int, digit: str) -> None:
    """Unless the notes state the changed number too, or it says the same (`07`, `7`)."""
    changed = BODY[:place] + digit + BODY[place + 1:]
    number = regex.compile(r"[\d.,/]*\d")
    before = next(match.group() for match in number.finditer(BODY) if match.start() <= place < match.end())
    after = next(match.group() for match in number.finditer(changed) if match.start() <= place < match.end())
    stated = " ".join(note.words for note in MADE_NOTES) + " ".join(date for note in MADE_NOTES for date in note.dates)
    said = {int(part) for part in regex.findall(r"\d+", stated)}
    new = {int(part) for part in regex.findall(r"\d+", after)} - {int(part) for part in regex.findall(r"\d+", before)}
    if new - said:
        assert check(changed, MADE_NOTES, MADE_GIVEN)
