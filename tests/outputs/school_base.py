"""A small archive about Bình dân học vụ: facts marked by hand; events, decrees and people joined by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from corpus.document import Document
from extractors.facts import Date, Decree, Directive, Event, Fact, Figure, Official
from outputs.factbase import FactBase
from tests.outputs.small_base import fact

TOPIC = "bình dân học vụ"
ORIGIN = "Cách đây 40 năm, Chủ tịch Hồ Chí Minh đã ký Sắc lệnh số 17/SL ngày 8/9/1945 lập Nha Bình dân học vụ"
MEANING = "Đây là cơ quan đầu tiên lo riêng việc dạy chữ cho người dân"
COURSE = "năm 1946, Nha Bình dân học vụ mở lớp huấn luyện tại Hà Nội"
SCHOOLS = "Ngày 2/10/1956, Bộ Giáo dục ban hành Nghị định số 596/NĐ quy định về trường bổ túc văn hóa"
KEPT = "ngày 5/3/1985, Bộ Giáo dục ban hành Quyết định số 8/QĐ lấy ngày 8/9 hằng năm làm ngày hội học chữ"
OLD = (
    f"{ORIGIN} để mọi người biết đọc, biết viết. {MEANING}.\n"
    f"Tiếp đó, {COURSE}, đặt nền móng cho phong trào. Hiến pháp năm 1946 lần đầu tiên đã ghi nhận quyền học tập của "
    f"người dân: ai cũng được đi học.\n"
    f"{SCHOOLS}. Về sau, {KEPT}.\n"
    "Năm 1946, số người biết chữ ở xã là trên 2.000 người; năm 1947, số người biết chữ ở xã là 5.200 người. "
    "Cuối năm 1947, số lớp ở xã là 40 lớp."
)
RETOLD = "Nha Bình dân học vụ đã mở khóa huấn luyện đầu tiên trong năm 1946"
NEW = (
    f"Theo tài liệu lưu trữ, {RETOLD}. Cuối năm 1947, số lớp ở xã là 52 lớp. "
    "Ban phụ trách yêu cầu các lớp bình dân học vụ gửi danh sách trước ngày 30/6/1990."
)
DAM = "Ngày 1/5/1960, công trường khởi công đập nước"
HOSTILE_TITLE = "<script>alert(1)</script> {{ 7 * 7 }} | `x` [^1]"
HOSTILE = "=HYPERLINK(\"http://x\") <img src=x onerror=alert(1)> | {% raw %} **bình dân học vụ** mở ngày 3/3/1950"


def _old_facts() -> list[Fact]:
    decree = {"doc_type": "sắc lệnh", "number": "17/SL", "year": 1945, "date": "1945-09-08"}
    about = {"metric": "số người biết chữ", "subject": "xã", "unit": "người"}
    return [
        fact(Date, OLD, "Cách đây 40 năm", type="duration", duration="P40Y"),
        fact(Date, OLD, "ngày 8/9/1945", type="date", edtf="1945-09-08"),
        fact(Event, OLD, ORIGIN, date="1945-09-08", event_type="issuance"),
        fact(Decree, OLD, "Sắc lệnh số 17/SL", issuer="Chủ tịch Hồ Chí Minh", **decree),
        fact(Official, OLD, "Hồ Chí Minh", name="Hồ Chí Minh", title="Chủ tịch"),
        fact(Date, OLD, "năm 1946", type="date", edtf="1946"),
        fact(Event, OLD, COURSE, date="1946", event_type="founding"),
        fact(Decree, OLD, "Hiến pháp năm 1946", doc_type="hiến pháp", year=1946),
        fact(Date, OLD, "năm 1946", 1, type="date", edtf="1946"),
        fact(Date, OLD, "Ngày 2/10/1956", type="date", edtf="1956-10-02"),
        fact(Event, OLD, SCHOOLS, date="1956-10-02", event_type="issuance"),
        fact(Decree, OLD, "Nghị định số 596/NĐ", doc_type="nghị định", number="596/NĐ", year=1956,
             date="1956-10-02", issuer="Bộ Giáo dục"),
        fact(Date, OLD, "ngày 5/3/1985", type="date", edtf="1985-03-05"),
        fact(Event, OLD, KEPT, date="1985-03-05", event_type="issuance"),
        fact(Decree, OLD, "Quyết định số 8/QĐ", doc_type="quyết định", number="8/QĐ", year=1985, date="1985-03-05"),
        fact(Date, OLD, "ngày 8/9 hằng năm", type="set", edtf="XXXX-09-08"),
        fact(Date, OLD, "Năm 1946", type="date", edtf="1946"),
        fact(Figure, OLD, "2.000 người", value=Decimal(2000), approx="over", period="1946", **about),
        fact(Date, OLD, "năm 1947", type="date", edtf="1947"),
        fact(Figure, OLD, "5.200 người", value=Decimal(5200), period="1947", **about),
        fact(Figure, OLD, "40 lớp", value=Decimal(40), unit="lớp", metric="số lớp", subject="xã", period="1947"),
        fact(Date, OLD, "năm 1947", 1, type="date", edtf="1947"),
    ]


def _new_facts() -> list[Fact]:
    task = "gửi danh sách trước ngày 30/6/1990"
    return [
        fact(Event, NEW, RETOLD, date="1946", event_type="founding"),
        fact(Date, NEW, "năm 1946", type="date", edtf="1946"),
        fact(Date, NEW, "năm 1947", type="date", edtf="1947"),
        fact(Figure, NEW, "52 lớp", value=Decimal(52), unit="lớp", metric="số lớp", subject="xã", period="1947"),
        fact(Directive, NEW, f"yêu cầu các lớp bình dân học vụ {task}", force="order", issuer="Ban phụ trách",
             addressee="các lớp bình dân học vụ", action=task, deadline="1990-06-30"),
        fact(Date, NEW, "ngày 30/6/1990", type="date", edtf="1990-06-30"),
    ]


def school_base(*, hostile: bool = False) -> FactBase:
    """Two documents on the topic, one on another matter, and on demand one that means harm."""
    base = FactBase.create(":memory:")
    _add(base, "cu", OLD, _old_facts(), title="Chuyện Bình dân học vụ", date="1985-09-05")
    _add(base, "moi", NEW, _new_facts(), title="Nhớ lớp bình dân học vụ", date="1990-05-19")
    _add(base, "dap", f"{DAM}.", [
        fact(Event, DAM, DAM, date="1960-05-01", event_type="other"),
        fact(Date, DAM, "Ngày 1/5/1960", type="date", edtf="1960-05-01"),
    ], title="Đập nước", date="1990")
    groups = [(ORIGIN,), (COURSE, RETOLD), (SCHOOLS,), (KEPT,), (DAM,)]
    if hostile:
        long = HOSTILE + " xyz" * 1250
        _add(base, "xau\n`x`", long, [
            fact(Event, long, long, date="1950-03-03", event_type="meeting"),
            fact(Date, long, "ngày 3/3/1950", type="date", edtf="1950-03-03"),
            fact(Event, long, "mở ngày 3/3/1950", date="XXXX-03", event_type="other"),
        ], title=HOSTILE_TITLE, url="javascript:alert(1)")
        groups += [(long,), ("mở ngày 3/3/1950",)]
    _join_events(base, groups)
    _join_decrees(base)
    _join_people(base)
    _join_conflict(base, "40 lớp", "52 lớp")
    _join_series(base, "2.000 người", "5.200 người")
    return base


def _add(base: FactBase, identifier: str, text: str, facts: Sequence[Fact], **described: Any) -> None:
    digest = f"{len(text):064}"
    base.add(Document(id=identifier, text=text, path=f"{identifier}.txt", sha256=digest, **described), facts)


def _join_events(base: FactBase, groups: Sequence[Sequence[str]]) -> None:
    with base.transaction() as db:
        for number, quotes in enumerate(groups):
            find = "SELECT m.key, f.* FROM mention m JOIN event_fact f ON f.mention = m.key WHERE m.quote = ?"
            rows = [db.execute(find, (quote,)).fetchone() for quote in quotes]
            told = rows[0]
            event = db.execute(
                "INSERT INTO event (id, date, first_day, last_day, event_type, planned, told_by, sources) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (f"event-{number}",
                 *(told[name] for name in ("date", "first_day", "last_day", "event_type", "planned", "key")),
                 len(rows)),
            ).lastrowid
            told_so = [(event, row["key"]) for row in rows]
            db.executemany("INSERT INTO event_mention (event, mention) VALUES (?, ?)", told_so)


def _join_decrees(base: FactBase) -> None:
    with base.transaction() as db:
        for row in db.execute("SELECT * FROM decree_fact").fetchall():
            decree = db.execute(
                "INSERT INTO decree (id, doc_type, number, year, date, issuer, title) VALUES (?,?,?,?,?,?,?)",
                (f"vn:{row['doc_type']}:{row['year']}:{row['number']}", row["doc_type"], row["number"], row["year"],
                 row["date"], row["issuer"], row["title"]),
            ).lastrowid
            db.execute("INSERT INTO decree_mention VALUES (?, ?, 'number')", (decree, row["mention"]))


def _join_people(base: FactBase) -> None:
    with base.transaction() as db:
        for row in db.execute("SELECT * FROM official_fact").fetchall():
            person = db.execute("INSERT INTO person (id, name) VALUES (?, ?)", (row["name"], row["name"])).lastrowid
            db.execute("INSERT INTO person_mention VALUES (?, ?)", (person, row["mention"]))
            office = db.execute(
                "INSERT INTO occupancy (id, person, title, org, first_attested, last_attested) VALUES (?,?,?,?,?,?)",
                (f"office-{row['name']}", person, row["title"], row["org"], "1945-09-08", "1945-09-08"),
            ).lastrowid
            db.execute("INSERT INTO occupancy_mention VALUES (?, ?, ?)", (office, row["mention"], "1945-09-08"))


def _join_conflict(base: FactBase, *quotes: str) -> None:
    with base.transaction() as db:
        conflict = db.execute(
            "INSERT INTO conflict (id, rule, grade, about)"
            " VALUES ('conflict-1', 'values', 'contradiction', 'số lớp, xã')"
        ).lastrowid
        for number, quote in enumerate(quotes, 1):
            db.execute(
                "INSERT INTO conflict_side (conflict, place, document, mention, start, \"end\", quote, value)"
                " SELECT ?, ?, document, key, start, \"end\", quote, ? FROM mention WHERE quote = ?",
                (conflict, number, quote.split()[0], quote),
            )


def _join_series(base: FactBase, *quotes: str) -> None:
    with base.transaction() as db:
        series = db.execute(
            "INSERT INTO series (id, metric, subject, unit, measure, span, sources)"
            " VALUES ('series-1', 'số người biết chữ', 'xã', 'người', 'level', 'year', 1)"
        ).lastrowid
        for quote in quotes:
            row = db.execute(
                "SELECT m.key, f.period, f.first_day, f.last_day FROM mention m JOIN figure_fact f ON f.mention = m.key"
                " WHERE m.quote = ?", (quote,)
            ).fetchone()
            db.execute("INSERT INTO series_point VALUES (?, ?, ?, ?, ?, NULL)", (series, *row))
