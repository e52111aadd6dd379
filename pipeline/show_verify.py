"""What `verify` found, in Vietnamese: each problem on a line, and what they come to."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from outputs.verify import Problem
from pipeline.labels import PROBLEMS, figure

# How what was found is summed up; all that is not named here is an error.
_COUNTED = {
    "mapping": "bản ghi đọc theo bảng đặt tên cột khác", "missing": "tệp gốc không tìm thấy (chưa đối chiếu được)",
}


def show_problems(problems: Sequence[Problem], *, mentions: int) -> None:
    """Each problem on standard output; on standard error how many quotes were checked, and what does not hold."""
    for problem in problems:
        where = f"{problem.document}: " if problem.document else ""
        print(f"{PROBLEMS[problem.kind]}: {where}{problem.vietnamese}")
    wrong = sum(problem.number for problem in problems if problem.kind not in _COUNTED)
    parts = [f"{figure(mentions)} trích dẫn đã kiểm tra", f"{figure(wrong)} sai lệch"]
    for kind, label in _COUNTED.items():
        if number := sum(problem.number for problem in problems if problem.kind == kind):
            parts.append(f"{figure(number)} {label}")
    print(", ".join(parts), file=sys.stderr)
