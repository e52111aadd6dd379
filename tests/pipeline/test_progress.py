"""What a build says of itself while it runs: rate, time left, failures by reason."""

import json
from collections import Counter

import pytest

from pipeline.progress import BuildProgress
from pipeline.run import Report


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


def report(**values: object) -> Report:
    return Report(outcomes=Counter(done=10, failed=3), reasons=Counter({"empty": 2, "hung": 1}), **values)


def test_a_line_tells_outcomes_rate_time_left_and_reasons(clock):
    progress = BuildProgress(now=clock)
    clock.time = 2.0
    said = progress.line(report(doing="read", total=3000, done=1100, kept=100))
    assert said == (
        "đang đọc: 13 đầu vào: 10 xong, 0 trùng, 0 bỏ qua, 3 lỗi · 6 tài liệu/giây · còn 0:04 · empty: 2, hung: 1"
    )


@pytest.mark.parametrize(
    "done, kept, left", [(0, 0, None), (100, 100, None), (1000, 0, None), (500, 0, 60), (250, 0, 180)]
)
def test_the_time_left_follows_the_bytes(clock, done, kept, left):
    progress = BuildProgress(now=clock)
    clock.time = 60.0
    assert progress.left(report(doing="read", total=1000, done=done, kept=kept)) == left


def test_without_a_terminal_there_is_a_line_every_ten_seconds(clock, capsys):
    progress = BuildProgress(now=clock)
    for clock.time in range(31):
        progress(report(doing="read", total=1000, done=500))
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_for_machines_each_line_is_an_object_and_the_last_is_the_report(clock, capsys):
    progress = BuildProgress(as_json=True, now=clock)
    clock.time = 10.0
    progress(report(doing="read", total=1000, done=500))
    progress.end(report(total=1000, done=1000, seconds=12.5))
    first, last = map(json.loads, capsys.readouterr().err.splitlines())
    assert first["outcomes"] == {"done": 10, "failed": 3} and first["seconds_left"] == 10
    assert last["seconds"] == 12.5 and last["reasons"] == {"empty": 2, "hung": 1}
