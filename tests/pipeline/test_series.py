"""Figures over time: one series of one metric, subject and unit, with its breaks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus import tables
from corpus.document import Document
from extractors.facts import Figure
from outputs.factbase import FactBase
from pipeline.assemble import assemble
from pipeline.assemble.measures import is_stock, less_is_better, metric_form, span_of, stem, subject_form
from pipeline.assemble.series import body_of


def base_of(*rows: dict[str, object]) -> FactBase:
    """Each row a document with one figure: `value`, `period`, `subject` and what else a figure has."""
    base = FactBase.create(":memory:")
    for number, row in enumerate(rows):
        fields = {"metric": "tỷ lệ thi hành xong", "unit": "%", "subject": "tỉnh Cao Bằng", **row}
        words = str(fields["value"])
        text = str(fields.pop("text", f"{fields['metric']} của {fields['subject']} đạt {words} ở nguồn {number}."))
        fields["value"] = Decimal(words)
        start = text.index(words)
        figure = Figure(start=start, end=start + len(words), text=words, rule="by hand", **fields)  # type: ignore[arg-type]
        base.add(Document(id=f"d{number}", path=f"d{number}", text=text), [figure])
    assemble(base)
    return base


def points(base: FactBase) -> list[tuple[str, int, str]]:
    return [tuple(row) for row in base.db.execute("SELECT period, value, role FROM read_series")]


def test_figures_of_two_years_are_a_series_in_order_of_time() -> None:
    with base_of({"value": 90, "period": "2025"}, {"value": 84, "period": "2024"}) as base:
        assert points(base) == [("2024", 84, "actual"), ("2025", 90, "actual")]


def test_one_year_alone_is_no_series() -> None:
    with base_of({"value": 90, "period": "2025"}, {"value": 91, "period": "2025"}) as base:
        assert base.count("series") == 0


def test_names_meet_however_they_are_written() -> None:
    with base_of(
        {"value": 90, "period": "2025", "subject": "Cục THADS TP Đà Nẵng"},
        {"value": 84, "period": "2024", "subject": "Cục Thi hành án dân sự thành phố Đà Nẵng"},
    ) as base:
        assert len(points(base)) == 2


def test_targets_stand_beside_results_and_changes_apart() -> None:
    with base_of(
        {"value": 84, "period": "2025", "role": "target"}, {"value": 90, "period": "2025"},
        {"value": 80, "period": "2024"}, {"value": 5, "period": "2025", "role": "change"},
    ) as base:
        assert {role for _, _, role in points(base)} == {"actual", "target"}


def test_a_subject_without_a_name_is_another_in_every_document() -> None:
    with base_of(
        {"value": 90, "period": "2025", "subject": "toàn tỉnh"}, {"value": 84, "period": "2024", "subject": "toàn tỉnh"}
    ) as base:
        assert base.count("series") == 0


def test_a_name_that_many_communes_bear_is_another_in_every_document() -> None:
    two = {"metric": "dân số", "unit": "người"}
    with base_of(
        {**two, "value": 9862, "period": "1999", "subject": "xã Tân Lập"},
        {**two, "value": 4100, "period": "2019", "subject": "xã Tân Lập"},
    ) as base:
        assert base.count("series") == 0
    with base_of(
        {**two, "value": 9862, "period": "1999", "subject": "xã Tân Lập, huyện Đan Phượng"},
        {**two, "value": 9900, "period": "2019", "subject": "xã Tân Lập, huyện Đan Phượng"},
    ) as base:
        assert len(points(base)) == 2


def test_a_commune_without_its_level_is_another_in_every_document() -> None:
    two = {"metric": "dân số", "unit": "người", "subject": "Tân Lập"}
    rows = ({**two, "value": 9862, "period": "1999"}, {**two, "value": 4100, "period": "2019"})
    with base_of(*({**row, "text": f"Dân số Tân Lập đạt {row['value']}. Xã Tân Lập có chợ."} for row in rows)) as base:
        assert base.count("series") == 0
    with base_of(*rows) as base:
        assert len(points(base)) == 2      # no document says that it is a commune


def test_units_keep_series_apart() -> None:
    with base_of({"value": 90, "period": "2025"}, {"value": 84, "period": "2024", "unit": "việc"}) as base:
        assert base.count("series") == 0


def test_a_series_breaks_where_the_province_became_another() -> None:
    with base_of(
        {"value": 84, "period": "2024", "subject": "thành phố Đà Nẵng"},
        {"value": 90, "period": "2026", "subject": "thành phố Đà Nẵng"},
    ) as base:
        breaks = [row[0] for row in base.db.execute("SELECT break FROM read_series")]
        assert breaks[0] is None and breaks[1] is not None and "202/2025/QH15" in breaks[1]


def test_a_province_that_was_not_merged_has_no_break() -> None:
    with base_of({"value": 84, "period": "2024"}, {"value": 90, "period": "2026"}) as base:
        assert [row[0] for row in base.db.execute("SELECT break FROM read_series")] == [None, None]


def test_copies_count_once() -> None:
    words = " ".join(f"Phần thứ {number} kể việc thi hành án." for number in range(40))
    text = f"Tỷ lệ đạt 84 phần trăm. {words}"
    with base_of(
        {"value": 84, "period": "2024", "text": text}, {"value": 84, "period": "2024", "text": text},
        {"value": 90, "period": "2025"},
    ) as base:
        assert [row[0] for row in base.db.execute("SELECT sources FROM series")] == [2]


def test_forms() -> None:
    assert metric_form("số tiền") is None        # measures nothing by itself
    assert metric_form("Sản lượng lúa") == "san luong lua"
    assert subject_form("các cơ quan THADS tỉnh Cao Bằng") == subject_form("Thi hành án dân sự Cao Bằng")
    assert body_of("THADS thành phố Đà Nẵng", "2024-01-01") != body_of("THADS thành phố Đà Nẵng", "2026-01-01")


def test_a_subject_that_lists_several_bodies_has_each_figure_once() -> None:
    subject = "Bộ Công an, Bộ Quốc phòng"
    with base_of(
        {"value": 90, "period": "2025", "subject": subject}, {"value": 84, "period": "2024", "subject": subject},
    ) as base:
        assert base.db.execute("SELECT count(*) FROM body_mention WHERE role = 'subject'").fetchone()[0] == 4
        assert [period for period, _, _ in points(base)] == ["2024", "2025"]


def test_periods_of_other_lengths_are_other_quantities_unless_a_state_is_measured() -> None:
    months = {"value": 50, "period": "2025-01/2025-06"}
    with base_of({"value": 90, "period": "2024"}, months) as base:
        assert base.count("series") == 0
    stock = {"metric": "số án tồn đọng", "unit": "việc"}
    with base_of({"value": 90, "period": "2024", **stock}, {**months, **stock}) as base:
        assert [row[0] for row in base.db.execute("SELECT span FROM series")] == ["any"]


def test_values_of_two_sources_are_both_there() -> None:
    with base_of(
        {"value": 84, "period": "2024"}, {"value": 85, "period": "2024"}, {"value": 90, "period": "2025"}
    ) as base:
        assert [value for _, value, _ in points(base)] == [84, 85, 90]


def document_of(*figures: dict[str, object], text: str) -> FactBase:
    """One document with the figures given, each by the words that it stands in."""
    base = FactBase.create(":memory:")
    made = []
    for fields in figures:
        stated = {"metric": "tỷ lệ thi hành xong", "unit": "%", "subject": "tỉnh Cao Bằng", **fields}
        words = str(stated.pop("words"))
        start = text.index(words)
        value = Decimal(str(stated.pop("value")))
        made.append(Figure(start=start, end=start + len(words), text=words, rule="by hand", value=value, **stated))  # type: ignore[arg-type]
    base.add(Document(id="d", path="d", text=text), made)
    assemble(base)
    return base


def targets(base: FactBase) -> list[tuple[str, str, str, str, str]]:
    return [tuple(row) for row in base.db.execute(
        "SELECT target_value, result_value, difference, reached, rule FROM target_result ORDER BY period, result_value"
    )]


def test_several_values_of_one_document_for_one_period_are_no_points() -> None:
    with document_of(
        {"words": "84%", "value": 84, "period": "2024"}, {"words": "70%", "value": 70, "period": "2024"},
        {"words": "90%", "value": 90, "period": "2025"}, text="Năm 2024 đạt 84%, trong đó 70%; năm 2025 đạt 90%.",
    ) as base:
        assert base.count("series") == 0


def test_a_target_stands_beside_its_result_though_it_is_called_otherwise() -> None:
    with document_of(
        {"words": "84.10%", "value": "84.10", "period": "2025", "role": "target", "metric": "chỉ tiêu về việc"},
        {"words": "90%", "value": 90, "period": "2025-09-30", "metric": "kết quả về việc", "approx": "over"},
        text="Năm 2025 được giao chỉ tiêu 84.10% về việc. Đến ngày 30/9/2025 kết quả về việc đạt trên 90%.",
    ) as base:
        assert targets(base) == [("84.10", "90", "5.90", "yes", "same measure")]


def test_a_target_that_no_source_states_is_the_result_and_what_it_is_short_of() -> None:
    with document_of(
        {"words": "56,87%", "value": "56.87", "period": "2017-10/2018-05", "metric": "tỷ lệ giải quyết xong việc"},
        {"words": "8,93%", "value": "8.93", "period": "2017-10/2018-05", "metric": "tỷ lệ giải quyết xong"},
        {"words": "15,13%", "value": "15.13", "role": "gap", "metric": "thiếu về việc"},
        {"words": "23,07%", "value": "23.07", "role": "gap", "metric": "thiếu về tiền"},
        text="Giải quyết xong 4.936 việc, đạt tỷ lệ 56,87%; gần 442 tỷ đồng, đạt tỷ lệ 8,93%."
             " So với chỉ tiêu giao thì còn thiếu 15,13% về việc, 23,07% về tiền.",
    ) as base:
        assert targets(base) == [
            ("72.00", "56.87", "-15.13", "no", "result and gap"), ("32.00", "8.93", "-23.07", "no", "result and gap"),
        ]
        assert [row[0] for row in base.db.execute("SELECT target FROM target_result")] == [None, None]


def test_a_gap_to_something_else_makes_no_target() -> None:
    with document_of(
        {"words": "56,87%", "value": "56.87", "period": "2018", "metric": "kết quả về việc"},
        {"words": "15,13%", "value": "15.13", "role": "gap", "metric": "thấp hơn về việc"},
        text="Kết quả về việc đạt 56,87%. So với tỉnh bạn thì thấp hơn 15,13% về việc.",
    ) as base:
        assert targets(base) == []


def test_counted_targets() -> None:
    fields = {"unit": "chỉ tiêu", "role": "ratio", "metric": "chỉ tiêu"}
    with document_of(
        {"words": "01/4", "value": 1, "of": Decimal(4), "period": "2015", **fields},
        {"words": "04/4", "value": 4, "of": Decimal(4), "period": "2017", **fields},
        text="Năm 2015 đạt 01/4 chỉ tiêu, năm 2017 đạt 04/4 chỉ tiêu.",
    ) as base:
        assert targets(base) == [
            ("4", "1", "-3", "no", "counted targets"), ("4", "4", "0", "yes", "counted targets"),
        ]


@pytest.mark.parametrize(
    ("target", "result", "reached"),
    [
        ({"value": 80, "period": "2024"}, {"value": 80, "period": "2024"}, "yes"),
        ({"value": 80, "period": "2024"}, {"value": "79.9", "period": "2024"}, "no"),
        ({"value": 80, "period": "2024"}, {"value": 60, "period": "2024-01/2024-06"}, "unknown"),  # not over yet
        ({"value": 80, "period": "2024"}, {"value": 82, "period": "2024", "approx": "about"}, "unknown"),
        ({"value": 80, "period": "2024"}, {"value": 60, "period": "2024", "approx": "about"}, "no"),
        ({"value": 5, "period": "2024", "approx": "under"}, {"value": 4, "period": "2024"}, "yes"),
        ({"value": 5, "period": "2024", "metric": "tỷ lệ hộ nghèo"},
         {"value": 6, "period": "2024", "metric": "tỷ lệ hộ nghèo"}, "no"),
    ],
)
def test_whether_a_target_was_reached(target: dict[str, object], result: dict[str, object], reached: str) -> None:
    with document_of(
        {"words": "10%", "role": "target", **target}, {"words": "20%", **result},
        text="Chỉ tiêu của năm là 10%. Kết quả đã đạt 20%.",
    ) as base:
        assert [row[3] for row in targets(base)] == [reached]


def test_a_result_of_another_time_or_one_that_nobody_tells_as_reached_answers_no_target() -> None:
    named: dict[str, object] = {"metric": "tỷ lệ che phủ rừng"}
    target = {"words": "10%", "value": 10, "period": "2024", "role": "target", **named}
    text = "Chỉ tiêu của năm là 10%. Kết quả đã đạt 20%. Người ta nói 30%."
    with document_of(target, {"words": "20%", "value": 20, "period": "2023", **named}, text=text) as base:
        assert targets(base) == []
    with document_of(target, {"words": "30%", "value": 30, "period": "2024", **named}, text=text) as base:
        assert targets(base) == []


def _measure_examples() -> list[tuple[str, str, str]]:
    rows = tables.table("pipeline", "measure_words")
    return [(row["kind"], example, row["name"]) for row in rows for example in tables.many(row["examples"])]


@pytest.mark.parametrize(("kind", "example", "name"), _measure_examples())
def test_the_examples_of_the_table_of_measures(kind: str, example: str, name: str) -> None:
    if kind == "head":
        metric, _, left = example.partition("=")
        assert stem(metric) == left
    else:
        assert {"less": less_is_better, "stock": is_stock}[kind](example), name


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("2018-01-01", "2018-12-31", "year"), ("2017-10-01", "2018-09-30", "year"),
        ("2018-01-01", "2018-03-31", "3 months"),
        ("2018-02-01", "2018-02-28", "month"), ("2018-05-06", "2018-05-06", "day"),
        ("2018-05-06", "2018-05-07", "2 days"),
        ("2016-01-01", "2020-12-31", "5 years"), ("2016-01-01", "2017-06-30", "18 months"),
    ],
)
def test_how_long_a_period_is(first: str, last: str, span: str) -> None:
    assert span_of(first, last) == span
