"""Figures: numbers that measure or count something, and everything that only looks like one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, normalise_text
from extractors.facts import Date, Figure
from extractors.figures import find_figures
from extractors.lexicon import many, table
from extractors.quantities.approximators import approximator_after, approximator_before
from extractors.quantities.lookalikes import naming_before
from extractors.quantities.units import read_unit
from extractors.quantities.wording import whole_metric, whole_subject

PHRASES = Path(__file__).parent / "phrases" / "figures.tsv"
HEADER, *ROWS = [
    line.split("\t")
    for line in PHRASES.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
BINDINGS_HEADER, *BINDINGS = [
    line.split("\t")
    for line in PHRASES.with_name("figure_bindings.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DOCS = Path(__file__).parents[2] / "docs" / "figures.md"
DOCUMENTED = [
    dict(zip(HEADER, [cell.strip() for cell in line.strip("|\n").split("|")], strict=True))
    for line in DOCS.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| text")
]
CASES = [dict(zip(HEADER, row + [""] * (len(HEADER) - len(row)), strict=True)) for row in ROWS]
FOUND = [case for case in CASES if case["figure"]]
NOTHING = [case["text"] for case in CASES if not case["figure"]]


def figures(text: str, dates: list[Date] | None = None, **fields: object) -> list[Figure]:
    document = Document(id="test", text=normalise_text(text.replace("⏎", "\n")), **fields)  # type: ignore[arg-type]
    return find_figures(document, [], _marked(document.text, dates))


def _marked(text: str, dates: list[Date] | None) -> list[Date]:
    """The one full date that phrases use, so that these tests need no other finder."""
    at = text.find("Ngày 19/7/1946")
    own = [Date(start=at, end=at + 14, text=text[at : at + 14], type="date", edtf="1946-07-19")] if at >= 0 else []
    return own if dates is None else dates


def date(text: str, words: str, edtf: str, kind: str = "date") -> Date:
    at = text.index(words)
    return Date(start=at, end=at + len(words), text=words, type=kind, edtf=edtf)  # type: ignore[arg-type]


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 330
    assert len(NOTHING) >= 90


@pytest.mark.parametrize("case", [*FOUND, *DOCUMENTED], ids=lambda case: f"{case['text']} [{case['figure']}]")
def test_figures(case: dict[str, str]) -> None:
    found = {figure.text: figure for figure in figures(case["text"])}
    assert case["figure"] in found
    figure = found[case["figure"]]
    assert (figure.value, figure.of) == _value(case["value"])
    assert figure.unit == (None if case["unit"] == "-" else case["unit"])
    if case["approx"]:
        assert figure.approx == case["approx"]
    if case["role"]:
        assert figure.role == case["role"]


def _value(cell: str) -> tuple[Decimal | tuple[Decimal, Decimal], Decimal | None]:
    if ".." in cell:
        low, high = cell.split("..")
        return (Decimal(low), Decimal(high)), None
    first, _, of = cell.partition("/")
    return Decimal(first), Decimal(of) if of else None


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_figure(text: str) -> None:
    assert [figure.text for figure in figures(text)] == []


@pytest.mark.parametrize("row", table("units"), ids=lambda row: row["surface"])
def test_every_unit_reads_its_example(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        scaled = row["kind"] == "scaled"   # 5 triệu bảng
        unit = read_unit(example, example.lower(), len(" ".join(example.split()[: 1 + scaled])))
        assert unit is not None
        assert (unit.name, unit.kind) == (row["unit"], "money" if scaled else row["kind"])


@pytest.mark.parametrize("row", table("count_nouns"), ids=lambda row: row["noun"])
def test_every_noun_reads_its_example(row: dict[str, str]) -> None:
    (example,) = many(row["examples"])
    unit = read_unit(example, example.lower(), example.index(" "))
    if row["kind"] == "none":
        assert unit is None
        return
    assert unit is not None
    assert unit.end == len(example)
    assert unit.kind not in ("time", "money", "percent")


@pytest.mark.parametrize("row", table("time_units"), ids=lambda row: row["words"])
def test_times_are_no_units(row: dict[str, str]) -> None:
    assert figures(f"Đã có {row['examples']} như thế.") == []


@pytest.mark.parametrize("row", table("approximators"), ids=lambda row: row["words"])
def test_every_approximator_reads_its_example(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        at = next(i for i, char in enumerate(example) if char.isdigit())
        if row["side"] == "left":
            found = approximator_before(example, at)
            assert found is not None
            assert found[1] == row["approx"]
        else:
            assert approximator_after(example, example.index(row["words"]) - 1) == row["approx"]


@pytest.mark.parametrize("row", table("figure_lookalikes"), ids=lambda row: row["words"])
def test_every_lookalike_reads_its_example(row: dict[str, str]) -> None:
    for example in many(row["examples"]):
        assert naming_before(example.lower(), len(row["words"]) + 1) == row["strength"]


@pytest.mark.parametrize("row", table("rank_cues"), ids=lambda row: row["words"])
def test_every_rank_cue_reads_its_example(row: dict[str, str]) -> None:
    assert [figure.role for figure in figures(row["examples"])] == ["rank"]


@pytest.mark.parametrize("row", table("figure_roles"), ids=lambda row: f"{row['words']} {row['role']}")
def test_every_role_cue_reads_its_example(row: dict[str, str]) -> None:
    role = {"level": "actual"}.get(row["role"], row["role"])
    assert figures(row["examples"])[-1].role == role


class TestBinding:
    def test_a_label_is_the_metric_and_the_place_the_subject(self) -> None:
        text = "Tỉnh Quảng Nam có diện tích tự nhiên: 1.561,8 km2; dân số: 1,9 triệu người."
        area, people = figures(text)
        assert (area.metric, area.subject) == ("diện tích tự nhiên", "Tỉnh Quảng Nam")
        assert people.metric is not None
        assert people.metric.startswith("dân số")

    def test_the_date_of_the_clause_is_the_period(self) -> None:
        text = "Năm 2016, số án tồn đọng còn 8.053 việc."
        (figure,) = figures(text, [date(text, "Năm 2016", "2016")])
        assert figure.period == "2016"

    def test_each_member_of_a_list_has_its_own_period(self) -> None:
        text = "Kết quả (năm 2015 đạt 01/4 chỉ tiêu, năm 2016 đạt 03/4 chỉ tiêu)."
        dates = [date(text, "năm 2015", "2015"), date(text, "năm 2016", "2016")]
        assert [figure.period for figure in figures(text, dates)] == ["2015", "2016"]

    def test_the_base_of_a_comparison_is_no_period(self) -> None:
        text = "Số vụ giảm 1.348 vụ so với năm 2017."
        (figure,) = figures(text, [date(text, "năm 2017", "2017")])
        assert figure.period is None

    def test_now_is_the_date_of_the_document(self) -> None:
        (figure,) = figures("Cục hiện có 35 biên chế.", date="2021-07-15")
        assert figure.period == "2021-07-15"

    def test_a_frame_holds_in_the_next_sentence(self) -> None:
        text = "Năm 2018 cả nước xảy ra 18.736 vụ tai nạn.\nSố người chết là 8.248 người."
        assert [f.period for f in figures(text, [date(text, "Năm 2018", "2018")])] == ["2018", "2018"]

    def test_without_a_date_there_is_no_period(self) -> None:
        (figure,) = figures("Xã có 12 thôn.")
        assert figure.period is None

    def test_places_in_a_list_are_subjects(self) -> None:
        text = "Trung ương hỗ trợ Thái Nguyên 50 tỷ đồng, Cao Bằng 30 tỷ đồng."
        assert [figure.subject for figure in figures(text)] == ["Thái Nguyên", "Cao Bằng"]

    def test_a_norm_is_for_whom_it_regards(self) -> None:
        (figure,) = figures("Phạt tiền 5.000.000 đồng đối với tổ chức vi phạm.")
        assert (figure.role, figure.metric, figure.subject) == ("norm", "Phạt tiền", "tổ chức vi phạm")

    def test_a_date_is_never_a_figure(self) -> None:
        text = "Đến hết tháng 12 có 30 việc."
        found = figures(text, [date(text, "tháng 12", "XXXX-12")])
        assert [figure.text for figure in found] == ["30 việc"]


    @pytest.mark.parametrize("row", BINDINGS, ids=lambda row: f"{row[0]} [{row[1]}]")
    def test_what_a_figure_is_bound_to(self, row: list[str]) -> None:
        case = dict(zip(BINDINGS_HEADER, row, strict=True))
        document = Document(id="test", text=normalise_text(case["text"].replace("⏎", "\n")))
        figure = next(figure for figure in find_figures(document) if figure.text == case["figure"])
        bound = [figure.metric or "-", figure.subject or "-", figure.period or "-"]
        assert bound == [case["metric"], case["subject"], case["period"]]

    def test_a_grade_ends_a_sentence(self) -> None:
        text = "Năm ngoái Tổ xếp hạng D. Kết quả giải quyết đạt 57%."
        (figure,) = figures(text)
        assert figure.subject is None or "D." not in figure.subject

    def test_the_plan_of_a_quarter_is_no_period(self) -> None:
        text = "Năm 2019 Hà Nội thu 5 tỷ đồng, vượt 6% kế hoạch quý I và bằng 26% kế hoạch năm."
        dates = [date(text, "Năm 2019", "2019"), date(text, "quý I", "XXXX-01/XXXX-03", "interval")]
        assert [figure.period for figure in figures(text, dates)] == ["2019", "2019", "2019"]

    def test_a_title_with_results_sets_the_period(self) -> None:
        text = "Hà Nội thu 160 tỷ đồng quý I/2019\n\nHà Nội đã nộp 23 tỷ đồng."
        dates = [date(text, "quý I/2019", "2019-01/2019-03", "interval")]
        assert [figure.period for figure in figures(text, dates)] == ["2019-01/2019-03"] * 2

    def test_a_norm_holds_from_the_day_that_the_title_names(self) -> None:
        text = "Từ ngày 20/8, tăng giá khám\n\nGiá khám tại Hà Nội là 38.700 đồng/lượt."
        (figure,) = figures(text, [date(text, "ngày 20/8", "XXXX-08-20")])
        assert (figure.role, figure.period) == ("norm", "XXXX-08-20/..")


class TestParts:
    @pytest.mark.parametrize(
        ("text", "parts", "check"),
        [
            ("Có 94 CHV (trong đó 03 CHV Cao cấp, 32 CHV trung cấp và 59 CHV sơ cấp).", 3, "agrees"),
            ("Tỉnh có 223 đơn vị cấp xã gồm 70 phường, 10 thị trấn và 143 xã.", 3, "agrees"),
            ("Tỉnh có 223 đơn vị cấp xã gồm 70 phường, 10 thị trấn và 140 xã.", 3, "differs"),
            ("Tỉnh có 9 đơn vị hành chính gồm thành phố Hoa Lư và 7 huyện.", 1, "unknown"),
            ("Cục có 35 biên chế, trong đó có 18 Chấp hành viên.", 1, "unknown"),
            ("Tổng vốn 500 tỷ đồng, trong đó vốn nhà nước 300 tỷ đồng, vốn vay 200 tỷ đồng.", 2, "agrees"),
            ("Tổng vốn 500 tỷ đồng, trong đó vốn nhà nước 300 tỷ đồng, vốn vay 250 tỷ đồng.", 2, "differs"),
            ("Tổng vốn hơn 500 tỷ đồng, gồm 300 tỷ đồng ngân sách và 200 tỷ đồng vốn vay.", 2, "unknown"),
            ("Có 30 vụ, trong đó 10 vụ (gồm 4 vụ cướp, 6 vụ trộm) và 20 vụ khác.", 2, "agrees"),
            ("Xã có 12 thôn, gồm:\n- 5 thôn phía bắc;\n- 7 thôn phía nam.\nNăm nay thu 5 tỷ đồng.", 2, "agrees"),
            ("Bắt 5 người, cụ thể: 3 nam, 2 nữ.", 2, "agrees"),
        ],
    )
    def test_parts_point_to_their_total(self, text: str, parts: int, check: str) -> None:
        total, *others = figures(text)
        assert total.sum_check == check
        assert sum(figure.part_of == total.start for figure in others) == parts

    def test_parts_of_a_part_are_its_own(self) -> None:
        found = figures("Có 30 vụ, trong đó 10 vụ (gồm 4 vụ cướp, 6 vụ trộm) và 20 vụ khác.")
        assert found[1].sum_check == "agrees"
        assert [figure.part_of for figure in found] == [None, found[0].start, *[found[1].start] * 2, found[0].start]

    @pytest.mark.parametrize(
        "text",
        [
            "Dự án rộng 5 ha, gồm 3 tòa nhà và 12 tầng.",
            "Có 120 người, trong đó 40% là nữ.",
            "Có 12 dự án, trong đó có 5.000 căn hộ.",
            "Tỷ lệ đạt 80%, gồm 3 vụ.",
            "Có 10 người chết, bao gồm hai cháu bé, và 48 người bị thương.",
            "Thu 10 vụ. Gồm 3 điều đã rõ.",
        ],
    )
    def test_what_counts_something_else_is_no_part(self, text: str) -> None:
        assert all(figure.part_of is None and figure.sum_check is None for figure in figures(text))


class TestAmbiguity:
    @pytest.mark.parametrize(
        ("text", "value", "also"),
        [
            ("Tỷ lệ là 12.345%.", "12.345", "12345"),
            ("Giá tăng 1.963%.", "1963", "1.963"),
            ("Vượt 1,532 lần.", "1.532", "1532"),
            ("Kho có 2,500 tấn gạo.", "2.5", "2500"),
            ("Dân số là 1.963 triệu người.", "1963000000", "1963000"),
            ("Dân số là 1,963 triệu người.", "1963000", None),
            ("Có 1.963 người.", "1963", None),
            ("Thu 1.963 tỷ đồng.", "1963000000000", None),
            ("Có 2,500 người dự.", "2500", None),
        ],
    )
    def test_both_readings_are_kept(self, text: str, value: str, also: str | None) -> None:
        (figure,) = figures(text)
        assert (figure.value, figure.also) == (Decimal(value), None if also is None else Decimal(also))


class TestTables:
    TABLE = (
        "Stt\t\tĐơn vị\tKH\tTH\tƯTH\tSo sánh (%)\n"
        "\t\ttính\t2005\tT1/2005\t2T/2005\t2T-2005/ KH2005\n"
        "1\tGiấy các loại\tNg. tấn\t500\t36.5\t61\t12.25\n"
        "2\tSợi các loại\t\"\t260\t11.7\t24\t9.125\n"
        "3\tÔ tô\tChiếc\t25000\t1261\t2261\t9.044\n"
    )

    def test_units_of_a_column_are_repeated_and_scaled(self) -> None:
        found = {figure.text: figure for figure in figures(self.TABLE)}
        assert (found["36.5"].value, found["36.5"].unit) == (Decimal(36500), "tấn")
        assert (found["11.7"].value, found["11.7"].unit) == (Decimal(11700), "tấn")
        assert (found["9.044"].value, found["9.044"].unit) == (Decimal("9.044"), "%")

    def test_rows_are_metrics_and_heads_say_when_and_in_which_role(self) -> None:
        found = {figure.text: figure for figure in figures(self.TABLE)}
        assert (found["25000"].metric, found["25000"].role, found["25000"].period) == ("Ô tô", "target", "2005")
        assert (found["1261"].role, found["1261"].period, found["1261"].approx) == ("actual", "2005-01", "exact")
        assert (found["2261"].period, found["2261"].approx) == ("2005-01/2005-02", "about")
        assert found["9.125"].role == "ratio"

    def test_bars_part_cells_too(self) -> None:
        text = "| Bậc | Giá (đồng/kWh) | Tiền (nghìn đồng) |\n|---|---|---|\n| Một bậc | 1.984 | 4.550 |\n"
        found = figures(text + "| Hai bậc | 2.050 | 9.250 |\n")
        assert [figure.value for figure in found] == [1984, 4_550_000, 2050, 9_250_000]
        assert (found[0].role, found[0].metric, found[0].subject) == ("norm", "Giá", "Một bậc")

    PEOPLE = (
        "| Huyện | Dân số | Hộ nghèo (hộ) | Đơn vị |\n|---|---|---|---|\n| Ba Vì | 290.580 | 1.200 | 1 thị trấn |\n"
        "| Đan Phượng | 174.501 | 300 | 15 xã |\n| Tổng cộng | 465.081 | 1.600 | |\n"
    )

    def test_heads_say_what_is_counted_and_cells_of_words_are_prose(self) -> None:
        found = {figure.text: figure for figure in figures(self.PEOPLE)}
        people = found["290.580"]
        assert (people.value, people.unit, people.metric, people.subject) == (290580, "người", "Dân số", "Ba Vì")
        assert found["300"].unit == "hộ"
        assert found["15 xã"].value == 15

    def test_totals_are_checked_column_by_column(self) -> None:
        found = {figure.text: figure for figure in figures(self.PEOPLE)}
        assert (found["465.081"].sum_check, found["1.600"].sum_check) == ("agrees", "differs")
        assert found["174.501"].part_of == found["465.081"].start
        assert (found["465.081"].metric, found["465.081"].subject) == ("Dân số", None)

    def test_one_number_in_a_row_is_enough(self) -> None:
        text = "STT\tHuyện\tDân số (người)\n1\tBa Vì\t290.580\n2\tĐan Phượng\t174.501\n3\tHoài Đức\t242.900\n"
        assert [figure.value for figure in figures(text)] == [290580, 174501, 242900]

    def test_values_above_are_no_heads(self) -> None:
        codes = "| Mã số | 321 | |\n| Mã vùng | 324 | |\n| Mã bưu chính | 328 | |\n"
        text = "| Dân số | | |\n| Mật độ | 154 người/km² | |\n"
        assert [figure.text for figure in figures(text + codes)] == ["154 người/km²"]

    def test_without_units_nothing_is_read(self) -> None:
        assert figures("Tên\tMã\tSố\nHà Nội\t12\t13\nHải Phòng\t14\t15\n") == []


class TestBadInput:
    @pytest.mark.parametrize(
        "text",
        [
            "", " ", "%", "5", "9" * 400, "9." * 400, "1.2.3.4", "1,2,3,4", "1/2/3", "1//2", "1/0 việc", "%5%%",
            "5 tỷ " * 50, "một trăm " * 50, "(" * 500 + "5%", "5%\x00", "-5-", "12\t người", "0/0", "٣ người",
            "５ người", "5 \n\n người",
        ],
    )
    def test_nothing_breaks(self, text: str) -> None:
        for figure in figures(text):
            assert text[figure.start : figure.end] == figure.text

    @pytest.mark.parametrize(
        "text", ["9" * 400 + " đồng", "1.2.3.4 đồng", "1.000.0000.000 đồng", "1,2,3 người", "1/0 việc"]
    )
    def test_nothing_is_guessed(self, text: str) -> None:
        assert figures(text) == []

    def test_cells_are_apart(self) -> None:
        assert figures("12\tngười\n13\tMáy bơm nước") == []


WORDS = ["tỷ ", "triệu ", "đồng", "người ", "việc", "thứ ", "năm ", "Hải Phòng ", "từ "]
ALPHABET = st.sampled_from([*"0123456789.,/%-–()\n\t ", *WORDS])


@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_figures_quote_their_words_in_order(text: str) -> None:
    document = Document(id="test", text=normalise_text(text))
    end = 0
    for figure in find_figures(document, [], []):
        assert document.text[figure.start : figure.end] == figure.text
        assert figure.start >= end
        assert figure.text == figure.text.strip()
        end = figure.end


@given(st.integers(1, 999_999_999_999))
def test_every_amount_of_dong_is_exact(amount: int) -> None:
    grouped = f"{amount:,}".replace(",", ".")
    (figure,) = figures(f"Số tiền là {grouped} đồng.")
    assert (figure.value, figure.unit) == (Decimal(amount), "VND")


def test_the_finders_are_asked_where_none_is_given() -> None:
    assert [figure.text for figure in find_figures(Document(id="test", text="Xã có 12 thôn."))] == ["12 thôn"]


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("ngành than ước", "ngành than"),
        ("Việt Nam đang", "Việt Nam"),
        ("và mức phạt", "mức phạt"),
        ("cơ sở vật chất trang thiết bị", "cơ sở vật chất trang thiết bị"),
        ("các nước ký hiệp ước", "các nước ký hiệp ước"),
        ("Bộ luật Lao động", None),
        ("Luật sư Phan Văn Trường", "Luật sư Phan Văn Trường"),
        ("THƯ VIỆN PHÁP LUẬT", None),
        ("Corp", None),
        ("Trung", None),   # of Trung đội
        ("Lào", "Lào"),
        ("SHB", "SHB"),
        ("Lịch sử [sửa | sửa mã nguồn]", None),
    ],
)
def test_a_subject_is_a_whole_phrase(words: str, whole: str | None) -> None:
    assert whole_subject(words) == whole


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("8 Huân chương Chiến công", "Huân chương Chiến công"),
        ("571tr.", None),
        ("500 nhờ Kimberly-Clark Corp", None),
        ("Kimberly-Clark Corp", None),
        ("sửa mã nguồn tướng lĩnh", None),
        ("GDP", "GDP"),
        ("Doanh thu", "Doanh thu"),
    ],
)
def test_a_metric_says_what_is_measured(words: str, whole: str | None) -> None:
    assert whole_metric(words) == whole


def test_habits_hold_for_no_day() -> None:
    text = "Ngày 19/7/1946, nhà máy khánh thành. Hằng năm nhà máy xuất khẩu 7.200 tấn."
    assert [figure.period for figure in figures(text)] == [None]
