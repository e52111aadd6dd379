"""Vietnamese cardinal numbers: one line a case."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.numbers import read_before, read_digits, read_number, read_words

WORDS = {
    "một trăm hai mươi lăm": "125",
    "hai lăm": "25",
    "ba mốt": "31",
    "một trăm hai": "120",
    "một trăm linh năm": "105",
    "hai nghìn không trăm lẻ tư": "2004",
    "mười lăm": "15",
    "hai mươi tư": "24",
    "một trăm năm mươi": "150",
    "ba chục": "30",
    "hai tá": "24",
    "mười hai nghìn ba trăm": "12300",
    "hai triệu rưỡi": "2500000",
    "một trăm rưỡi": "150",
    "hai nghìn tỷ": "2000000000000",
    "một nghìn hai": "1200",
    "ba phẩy năm": "3.5",
    "một vạn hai nghìn": "12000",
    "hai mươi lăm triệu ba trăm nghìn": "25300000",
}
CHAIN = ("một", "năm", "mươi", "trăm", "tỷ", "rưỡi", "phẩy", "không", "tá", "vạn")
SHORTER = {   # the words after the number belong to something else
    "hai mươi năm": (8, "20"),
    "một trăm năm": (8, "100"),
    "mười năm": (4, "10"),
    "năm năm": (3, "5"),
    "ba tư pháp viên": (2, "3"),
    "hai trường": (3, "2"),
}
MIXED = {
    "2.740 tỷ 557 triệu 200 nghìn": "2740557200000",
    "25 nghìn 969 tỷ": "25969000000000",
    "25 nghìn 969 tỷ 300 triệu": "25969300000000",
    "2 nghìn 5 trăm": "2500",
    "5 trăm triệu": "500000000",
    "3 triệu tỷ": "3000000000000000",
    "1,5 triệu": "1500000",
    "3 nghìn 500": "3500",
    "1 tỷ rưỡi": "1500000000",
    "30.394.013.000": "30394013000",
    "1,963 triệu": "1963000",
    "84.10": "84.1",
    "1.963": "1963",
    "1,234,567": "1234567",
    "05": "5",
}


@pytest.mark.parametrize(("words", "value"), WORDS.items())
def test_number_words(words: str, value: str) -> None:
    assert read_words(words, 0) == (len(words), Decimal(value))


@pytest.mark.parametrize(("words", "read"), SHORTER.items())
def test_number_words_stop_where_the_number_stops(words: str, read: tuple[int, str]) -> None:
    assert read_words(words, 0) == (read[0], Decimal(read[1]))


@pytest.mark.parametrize(("written", "value"), MIXED.items())
def test_digits_and_scale_words(written: str, value: str) -> None:
    assert read_number(written, 0) == (len(written), Decimal(value))


@pytest.mark.parametrize("text", ["", "tỷ", "mươi", "không có ai", "tháng", "1.2.3", "12.5.3", "tư pháp"])
def test_what_is_no_number(text: str) -> None:
    assert read_number(text, 0) is None


@pytest.mark.parametrize(
    ("before", "value"),
    [("sáu", 6), ("trong ba mươi lăm", 35), ("đủ 24", 24), ("hôm nay mười", 10), ("05", 5)],
)
def test_the_number_before_a_unit(before: str, value: int) -> None:
    start, read = read_before(before, len(before)) or (None, None)
    assert read == value
    assert start is not None and read_number(before, start) == (len(before), read)


def test_nothing_before_a_unit() -> None:
    assert read_before("của", 3) is None
    assert read_before("", 0) is None
    assert read_before("số 1.2.3", 8) is None


def test_a_long_run_of_digits_is_no_number() -> None:
    assert read_digits("9" * 1000, 0) is None


@given(st.integers(0, 10**15 - 1))
def test_grouping_changes_no_value(number: int) -> None:
    plain, grouped = str(number), f"{number:,}".replace(",", ".")
    assert read_digits(plain, 0) == (len(plain), number)
    assert read_digits(grouped, 0) == (len(grouped), number)


@given(st.lists(st.sampled_from(CHAIN), max_size=40))
def test_any_chain_of_number_words_is_read_or_refused(words: list[str]) -> None:
    text = " ".join(words)
    read = read_number(text, 0)
    assert read is None or (0 < read[0] <= len(text) and read[1] >= 0)


@pytest.mark.parametrize(
    ("text", "end", "value"),
    [("5 tỷ 5 tỷ 5 tỷ", 4, 5 * 10**9), ("5 triệu 10 nghìn 15 nghìn", 16, 5010000)],
)
def test_a_scale_that_comes_again_begins_a_number_of_its_own(text: str, end: int, value: int) -> None:
    assert read_number(text, 0) == (end, Decimal(value))
