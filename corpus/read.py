"""From a record or a file to a Document."""

from __future__ import annotations

import re
from typing import Any

from corpus.document import Document, normalise_text

_DATE_LINE = re.compile(r"^\s*(\d{1,2})/(\d{1,2})/(\d{4})\s*$")


def document_from_record(record: dict[str, Any], *, path: str = "", member: str | None = None) -> Document:
    text = normalise_text(record["text"])
    date = record.get("date")
    if not date:
        for line in text.split("\n")[:6]:
            if m := _DATE_LINE.match(line):
                date = f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"
                break
    return Document(id=record["id"], text=text, title=record.get("title"), date=date, path=path, member=member)
