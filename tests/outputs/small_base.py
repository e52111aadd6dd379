"""Small fact bases, made from a few sentences and facts written by hand: no extractor has a part in them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from corpus.document import Document
from extractors.facts import Date, Decree, Directive, Event, Fact, Figure, Official
from outputs.factbase import FactBase

ORDER = (
    "Ngày 12/3/1958, Thủ tướng Phạm Văn Đồng yêu cầu Ủy ban hành chính thành phố Hải Phòng phân loại hồ sơ trước "
    "ngày 30/4/1958. Căn cứ Nghị định số 12/1957/NĐ-CP, toàn thành phố còn 1.250 hồ sơ."
)
LETTER = (
    "Bộ trưởng Vũ Đình Hòe đề nghị Chi cục THADS quận Lê Chân và Cục THADS TP Hải Phòng báo cáo kết quả.\n"
    "Buổi họp mở ngày 5/9/1946 tại Toà án thành phố. Thi hành án là việc chung."
)
POEM = "Anh thì hát, em thị phạm; cọng hẹ và án thư đều ở trên bàn. Thi ca không phải là án."


def fact(kind: type[Fact], text: str, quote: str, nth: int = 0, **fields: Any) -> Fact:
    """A fact on the nth place where the quote stands in the text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return kind(start=start, end=start + len(quote), text=quote, rule="by hand", **fields)


def order_facts() -> list[Fact]:
    """Facts of ORDER, one of each kind and two dates."""
    clause = ORDER.partition(" trước")[0].partition("Đồng ")[2] + " trước ngày 30/4/1958"
    return [
        fact(Date, ORDER, "Ngày 12/3/1958", type="date", edtf="1958-03-12"),
        fact(Event, ORDER, ORDER.partition(".")[0], date="1958-03-12", event_type="other"),
        fact(Official, ORDER, "Phạm Văn Đồng", name="Phạm Văn Đồng", title="Thủ tướng", org="Chính phủ"),
        fact(
            Directive, ORDER, clause, force="order", issuer="Thủ tướng Phạm Văn Đồng", deadline="1958-04-30",
            addressee="Ủy ban hành chính thành phố Hải Phòng", action="phân loại hồ sơ",
        ),
        fact(Date, ORDER, "ngày 30/4/1958", type="date", edtf="1958-04-30", mod="before"),
        fact(
            Decree, ORDER, "Nghị định số 12/1957/NĐ-CP", doc_type="nghị định", number="12/1957/NĐ-CP", year=1957,
            issuer="Chính phủ",
        ),
        fact(Figure, ORDER, "1.250 hồ sơ", value=Decimal("1250"), unit="hồ sơ", subject="toàn thành phố"),
    ]


def letter_facts() -> list[Fact]:
    """Facts of LETTER, which has no date of its own but tells of a dated meeting."""
    clause = LETTER.partition(".\n")[0].partition("Hòe ")[2]
    return [
        fact(Official, LETTER, "Vũ Đình Hòe", name="Vũ Đình Hòe", title="Bộ trưởng", org="Bộ Tư pháp"),
        fact(
            Directive, LETTER, clause, force="request", issuer="Bộ trưởng Vũ Đình Hòe",
            addressee="Chi cục THADS quận Lê Chân, Cục THADS TP Hải Phòng", action="báo cáo kết quả",
        ),
        fact(
            Event, LETTER, "Buổi họp mở ngày 5/9/1946 tại Toà án thành phố", date="1946-09-05", event_type="meeting"
        ),
        fact(Date, LETTER, "ngày 5/9/1946", type="date", edtf="1946-09-05"),
    ]


def add(base: FactBase, identifier: str, text: str, facts: Iterable[Fact] = (), **described: Any) -> int:
    """Store a document with its facts."""
    return base.add(Document(id=identifier, text=text, path=f"{identifier}.txt", sha256="0" * 64, **described), facts)


def small_base() -> FactBase:
    """Three documents in memory: an order of 1958, an undated letter, and a text with no facts at all."""
    base = FactBase.create(":memory:")
    add(base, "order", ORDER, order_facts(), title="Phân loại hồ sơ ở Hải Phòng", date="1958-03-13")
    add(base, "letter", LETTER, letter_facts(), title="Thư của Bộ trưởng", kind="notice")
    add(base, "poem", POEM, title="Thơ vui", date="2001", url="https://example.org/tho?a=1&b=<2>")
    return base
