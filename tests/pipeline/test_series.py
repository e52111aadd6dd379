"""Figures over time: one series of one metric, subject and unit, with its breaks."""

from __future__ import annotations

from decimal import Decimal

from corpus.document import Document
from extractors.facts import Figure
from outputs.factbase import FactBase
from pipeline.assemble import assemble
from pipeline.assemble.series import body_of, metric_form, subject_form


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
