"""docs/factbase.md and its drawing say what the schema is, and every table, view and column is explained."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.test_tools import TOOLS, tool


@pytest.fixture(scope="module")
def draw():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOOLS))
        yield tool("draw_factbase")


def test_the_page_and_the_drawing_are_those_of_the_schema(draw) -> None:
    for path, text in draw.made().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run tools/draw_factbase.py"


def test_every_column_is_explained(draw) -> None:
    found = draw.tables()
    assert draw.undocumented(found) == []
    assert draw.untranslated(found) == []


def test_a_column_that_nobody_explained_is_told(draw) -> None:
    column = draw.Column("speed", "REAL", primary=False, points_at=None, meaning="")
    told = draw.Table("car", "table", "Cars.", (column,))
    seen = draw.Table("read_cars", "view", "", (column,))
    assert draw.undocumented([told, seen]) == ["car.speed", "read_cars", "read_cars.speed"]
    assert "factbase_words.tsv: read_cars.speed" in draw.untranslated([told, seen])


def test_a_comment_belongs_to_the_column_it_stands_beside(draw) -> None:
    schema = {table.name: {one.name: one for one in table.columns} for table in draw.tables()}
    assert schema["mention"]["end"].meaning == "offset behind the last one"
    assert schema["outcome"]["status"].meaning.endswith("(done, duplicate, skipped, failed)")
    assert schema["event"]["told_by"].points_at == "mention"
    assert schema["read_dates"]["end"].meaning == "where they end"


def test_the_text_drawing_names_every_table_and_key(draw) -> None:
    text = draw.mermaid(draw.tables())
    assert text.startswith("erDiagram\n")
    for table in draw.tables():
        if table.kind == "table":
            assert f"    {table.name} {{\n" in text
            keys = [column for column in table.columns if column.points_at]
            assert all(f"    {one.points_at} ||--o{{ {table.name} : {one.name}" in text for one in keys)
    columns = [line.strip() for line in text.splitlines() if line.startswith(" " * 8)]
    assert all(re.fullmatch(r"[a-z]+ \w+(?: PK)?(?:,? FK)?", line) for line in columns)
    assert not any(line.split()[1] == "end" for line in columns)   # a word of Mermaid's own


def test_the_picture_is_whole(draw) -> None:
    drawing = ElementTree.fromstring(draw.PICTURE.read_text(encoding="utf-8"))
    words = "".join(drawing.itertext())
    assert all(table.name in words for table in draw.tables() if table.kind == "table")
