"""Conflicts on a terminal: each with its grade, its rule and the words of its sides, or the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from outputs.conflicts import GRADES, ConflictSide, FoundConflict
from pipeline.show import print_json, terminal


def show_conflicts(conflicts: Sequence[FoundConflict], *, as_json: bool) -> None:
    """Grade, rule and what it is about; then a line for each side: what it comes to, the words, the source."""
    if as_json:
        print_json([asdict(conflict) for conflict in conflicts])
        return
    if not conflicts:
        print("không thấy chỗ nào mâu thuẫn")
        return
    console = terminal()
    for number, conflict in enumerate(conflicts, 1):
        head = (str(number), GRADES[conflict.grade], conflict.label, conflict.about)
        console.print(" · ".join(head), soft_wrap=True)
        for side in conflict.sides:
            console.print(_line(side), soft_wrap=True)
        console.print()
    counts = Counter(conflict.grade for conflict in conflicts)
    print(", ".join(f"{counts[grade]} {label}" for grade, label in GRADES.items() if counts[grade]) + ".")
    print("Chương trình chỉ đặt các nguồn cạnh nhau, không phân xử nguồn nào đúng.")


def _line(side: ConflictSide) -> str:
    if side.start is None:
        return f"  {side.value}: ngày của tài liệu — {side.place}"
    return f"  {side.value}: “…{side.context}…” — {side.place}:{side.start}"
