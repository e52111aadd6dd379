"""Conflicts on a terminal: each with its grade, its rule and the words of its sides next to each other; or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from outputs.conflicts import GRADES, ConflictSide, FoundConflict, rule_labels, value_in_words
from pipeline.show import print_json, terminal

_WORDS = {
    "vi": {
        "none": "không thấy chỗ nào mâu thuẫn", "own day": "ngày của tài liệu",
        "neutral": "Chương trình chỉ đặt các nguồn cạnh nhau, không phân xử nguồn nào đúng.", **GRADES,
    },
    "en": {
        "none": "nothing that does not go together", "own day": "day of the document",
        "neutral": "Sources are set side by side; which of them is right is not decided.",
        **{grade: grade for grade in GRADES},
    },
}
LANGUAGES = tuple(_WORDS)


def show_conflicts(conflicts: Sequence[FoundConflict], *, as_json: bool, language: str = "vi") -> None:
    """Grade, rule and what it is about; below, the sides in two columns: what they come to, source, words."""
    if as_json:
        print_json([asdict(conflict) for conflict in conflicts])
        return
    words = _WORDS[language]
    if not conflicts:
        print(words["none"])
        return
    labels, console = rule_labels(language), terminal()
    for number, conflict in enumerate(conflicts, 1):
        head = (str(number), words[conflict.grade], labels.get(conflict.rule, conflict.rule), conflict.about)
        console.print(" · ".join(head), soft_wrap=True)
        table = Table.grid(padding=(0, 2), expand=True)
        for _ in range(2):
            table.add_column(ratio=1, overflow="fold")
        for at in range(0, len(conflict.sides), 2):
            table.add_row(*(
                _cell(side, value_in_words(conflict.rule, side.value, language), words["own day"])
                for side in conflict.sides[at : at + 2]
            ))
        console.print(table)
        console.print()
    counts = Counter(conflict.grade for conflict in conflicts)
    print(", ".join(f"{counts[grade]} {words[grade]}" for grade in GRADES if counts[grade]) + ".")
    print(words["neutral"])


def _cell(side: ConflictSide, value: str, own_day: str) -> str:
    if side.start is None:
        return f"  {value}\n  — {side.place}\n  {own_day}"
    dated = f" ({side.date})" if side.date else ""
    return f"  {value}\n  — {side.place}:{side.start}{dated}\n  “…{side.context}…”"
