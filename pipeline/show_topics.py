"""The topics of a fact base as a table, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from outputs.topics import ListedTopic
from pipeline.labels import figure
from pipeline.show import print_json, terminal

_BASES = {"lexicon": "lĩnh vực", "phrase": "cụm từ của kho"}


def show_topics(topics: Sequence[ListedTopic], *, as_json: bool) -> None:
    """A line a topic: its name, where it comes from, and how much is told about it."""
    if as_json:
        print_json([asdict(topic) for topic in topics])
        return
    if not topics:
        print("chưa có chủ đề nào")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for header in ("chủ đề", "loại"):
        table.add_column(header)
    for header in ("tài liệu", "chỉ đạo", "sự kiện"):
        table.add_column(header, justify="right")
    for topic in topics:
        counts = (topic.documents, topic.directives, topic.events)
        table.add_row(topic.name, _BASES[topic.basis], *map(figure, counts))
    terminal().print(table)
    print("Xem theo chủ đề: sulieu search DỮ_KIỆN.db --topic CHỦ_ĐỀ; cũng dùng được với timeline và history")
