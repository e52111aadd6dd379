"""A larger archive made of a smaller one, for measuring how a run grows: same kind of text, no document like another.

    python tools/make_archive.py ARCHIVE.jsonl[.gz] TARGET.jsonl.gz --documents 30000

The first documents are those of the archive as they are. Each further round through it writes every document anew:
other numbers, days and years, other given names, other provinces, and every second paragraph that of another
document. Which ones follows from the round and the document alone, so that one archive always gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

from corpus.tables import table

_GIVEN = (
    "An Anh Bình Châu Chi Cường Dung Duy Dũng Giang Hà Hải Hạnh Hằng Hiền Hiếu Hoa Hòa Hùng Hương Khánh Khoa Lan Liên "
    "Linh Long Mai Minh Nam Nga Ngọc Nhung Phong Phúc Phương Quang Quân Quyên Sơn Tâm Thành Thảo Thắng Thu Thủy Tiến "
    "Trang Trung Tuấn Tùng Tuyết Vân Việt Vinh Xuân Yến"
)
_MOST_OF_YEAR = 2030   # a number up to this with four figures is taken for a year


class Rewriter:
    """Writes texts anew; one word becomes the same other word wherever it stands in one document."""

    def __init__(self) -> None:
        surnames = [row["surname"] for row in table("corpus", "surnames") if row["class"] == "frequent"]
        self._given = _GIVEN.split()
        self._places = tuple(dict.fromkeys(row["name"] for row in table("corpus", "provinces")))
        capital = r"[^\W\d_a-zà-ỹ]\w+"
        self._words = re.compile(
            rf"(?P<place>\b(?:{'|'.join(map(re.escape, sorted(self._places, key=len, reverse=True)))})\b)"
            rf"|(?P<name>\b(?:{'|'.join(surnames)})(?: {capital}){{1,3}})"
            r"|(?P<number>\d+)"
        )

    def __call__(self, text: str, random: Random, known: dict[str, str]) -> str:
        """`known` are the words rewritten so far."""

        def other(found: re.Match[str]) -> str:
            if found[0] not in known:
                known[found[0]] = getattr(self, f"_{found.lastgroup}")(found[0], random)
            return known[found[0]]

        return self._words.sub(other, text)

    def _place(self, name: str, random: Random) -> str:
        return random.choice(self._places)

    def _name(self, name: str, random: Random) -> str:
        return f"{name.rpartition(' ')[0]} {random.choice(self._given)}"

    def _number(self, number: str, random: Random) -> str:
        """A number of the same kind: a month, a day, a year, or so many figures."""
        value, length = int(number), len(number)
        if length <= 2 and value <= 28:
            first, last = (0, 0) if not value else (1, 12) if value <= 12 else (13, 28)
            return str(random.randint(first, last)).zfill(length)
        if length == 4 and 1900 <= value <= _MOST_OF_YEAR:
            return str(min(max(1900, value + random.randint(-9, 9)), _MOST_OF_YEAR))
        return str(random.randint(1, 9)) + "".join(str(random.randint(0, 9)) for _ in range(length - 1))


def documents(source: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines, which may be compressed."""
    with (gzip.open(source, "rt", encoding="utf-8") if source.suffix == ".gz" else source.open(encoding="utf-8")) as f:
        yield from map(json.loads, f)


def larger(source: Path) -> Iterator[dict[str, Any]]:
    """The documents of the source, then the same again and again, each time written anew. Never ends."""
    rewrite = Rewriter()
    yield from documents(source)
    for number in count(1):
        before: deque[list[str]] = deque(maxlen=number)
        for record in documents(source):
            yield _anew(record, number, rewrite, before)


def _anew(record: dict[str, Any], number: int, rewrite: Rewriter, before: deque[list[str]]) -> dict[str, Any]:
    """`before` are the paragraphs of so many documents before this one, the earliest first: it lends every second."""
    identifier = f"{record['id']}-{number}"
    random = Random(hashlib.sha256(identifier.encode()).digest())
    known: dict[str, str] = {}
    own = record["text"].split("\n")
    lent = before[0] if before else []
    mixed = [
        lent[place] if place % 2 and place < len(lent) else paragraph for place, paragraph in enumerate(own)
    ]
    before.append(own)
    title = record.get("title") and rewrite(record["title"], random, known)
    text = "\n".join(rewrite(paragraph, random, known) for paragraph in mixed)
    return {**record, "id": identifier, "title": title, "text": text}


def make(source: Path, target: Path, number: int) -> None:
    """Write so many documents."""
    with target.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, filename="", mtime=0) as file:
        file.writelines(_lines(islice(larger(source), number)))


def _lines(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    return (json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def main() -> None:
    """Write the larger archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--documents", type=int, default=30_000)
    given = parser.parse_args()
    make(given.source, given.target, given.documents)


if __name__ == "__main__":
    main()
