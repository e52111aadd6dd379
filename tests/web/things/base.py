"""A fact base with one of everything that a page shows, made by hand: no extractor and no assembly has a part in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from sqlite3 import Connection

from extractors.facts import Date, Decree, Directive, Event, Figure, Official
from outputs.factbase import FactBase
from outputs.factbase.outcomes import Outcome
from tests.outputs.small_base import add, fact

HOSTILE = "<script>alert(1)</script> \"'&\u202e{{ 7 * 7 }}"
ORDER = (
    "Ngày 4/4/1946, ông Vũ Đình Hòe được cử làm Bộ trưởng Bộ Tư pháp. Bộ Tư pháp yêu cầu các tòa án báo cáo trước "
    "ngày 30/6/1946. Căn cứ Sắc lệnh số 13/SL ngày 24/1/1946, báo cáo ghi 40 vụ. Các tòa án phải báo cáo đúng hạn."
)
LATER = (
    "Bộ trưởng Vũ Đình Hòe dự lễ cử Bộ trưởng hôm 4/4/1946. Năm 1947 xử 52 vụ, năm 1948 xử khoảng 60 vụ, chỉ tiêu "
    "55 vụ. Sắc lệnh số 85/SL sửa đổi Sắc lệnh số 13/SL ngày 25/1/1946. Bộ Tư pháp yêu cầu các tòa án báo cáo trước "
    "ngày 30/6/1946."
)
CLAUSE = "yêu cầu các tòa án báo cáo trước ngày 30/6/1946"
APPOINTED = "Ngày 4/4/1946, ông Vũ Đình Hòe được cử làm Bộ trưởng Bộ Tư pháp"
TOLD = "Bộ trưởng Vũ Đình Hòe dự lễ cử Bộ trưởng hôm 4/4/1946"
_DIRECTIVE = {"force": "order", "issuer": "Bộ Tư pháp", "addressee": "các tòa án", "action": "báo cáo",
              "deadline": "1946-06-30"}
_CASES = {"metric": "số vụ đã xử", "subject": "các tòa án", "unit": "vụ"}


def make(path: Path) -> None:
    """Write the fact base."""
    with FactBase.create(path) as base:
        _documents(base)
        with base.transaction() as db:
            _people(db)
            _bodies(db)
            _acts(db)
            _events(db)
            _series(db)
            _conflict(db)
        base.record(Outcome(
            input="hong.pdf", path="hong.pdf", status="failed", stage="read", reason="crashed", detail=HOSTILE,
            file_type="pdf",
        ))
        base.set_meta("assembled", "yes")


def _documents(base: FactBase) -> None:
    decree = {"doc_type": "sắc lệnh", "year": 1946}
    add(base, "cu", ORDER, [
        fact(Event, ORDER, APPOINTED, date="1946-04-04", event_type="appointment"),
        fact(Date, ORDER, "Ngày 4/4/1946", type="date", edtf="1946-04-04"),
        fact(Official, ORDER, "Vũ Đình Hòe", name="Vũ Đình Hòe", title="Bộ trưởng", org="Bộ Tư pháp"),
        fact(Directive, ORDER, CLAUSE, **_DIRECTIVE),
        fact(Date, ORDER, "ngày 30/6/1946", type="date", edtf="1946-06-30", mod="before"),
        fact(Decree, ORDER, "Sắc lệnh số 13/SL", number="13/SL", date="1946-01-24", **decree),
        fact(Figure, ORDER, "40 vụ", value=Decimal(40), period="1946", **_CASES),
        fact(Directive, ORDER, "Các tòa án phải báo cáo đúng hạn", force="order", addressee="Các tòa án"),
    ], title="Lệnh của Bộ Tư pháp", date="1946-04-05", kind="notice", source="Công báo")
    add(base, "sau", LATER, [
        fact(Event, LATER, TOLD, date="1946-04-04", event_type="other"),
        fact(Official, LATER, "Vũ Đình Hòe", name="Vũ Đình Hòe", title="Bộ trưởng"),
        fact(Figure, LATER, "52 vụ", value=Decimal(52), period="1947", **_CASES),
        fact(Figure, LATER, "60 vụ", value=Decimal(60), approx="about", period="1948", **_CASES),
        fact(Figure, LATER, "55 vụ", value=Decimal(55), role="target", period="1948", **_CASES),
        fact(Decree, LATER, "Sắc lệnh số 85/SL", number="85/SL", **decree),
        fact(Decree, LATER, "Sắc lệnh số 13/SL", number="13/SL", date="1946-01-25", **decree),
        fact(Directive, LATER, CLAUSE, **_DIRECTIVE),
    ], title=HOSTILE, date="1949-01-01")


def _key(db: Connection, document: str, kind: str, quote: str) -> int:
    return int(db.execute(
        "SELECT m.key FROM mention m JOIN document d ON d.key = m.document"
        " WHERE d.id = ? AND m.kind = ? AND m.quote = ?", (document, kind, quote)).fetchone()[0])


def _insert(db: Connection, table: str, *rows: tuple[object, ...]) -> None:
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _people(db: Connection) -> None:
    old, new = (_key(db, document, "official", "Vũ Đình Hòe") for document in ("cu", "sau"))
    _insert(db, "person", (1, "person-hoe", "Vũ Đình Hòe"), (2, "person-other", "Vũ Đình Hòe"),
            (3, "person-bad", HOSTILE))
    _insert(db, "person_mention", (1, old), (1, new))
    _insert(db, "person_join", (new, old, 1, "office", "Bộ trưởng"))
    _insert(db, "person_flag", (1, 1, "same name", 2, "nothing shared", new, old),
            (2, 3, "two holders", 1, "one office on one day", old, new))
    _insert(db, "body", (1, "body-cp", "Chính phủ", "state", None, None, None, None, "lexicon", "Hiến pháp 1946"),
            (2, "body-btp", "Bộ Tư pháp", "ministry", None, "1945-08-28", "1960", 1, "lexicon", "Luật 1960"),
            (3, "body-bad", HOSTILE, None, None, None, None, None, "sources", None),
            (4, "body-tat", "Tòa án nhân dân tối cao", "court", None, "1960", None, None, "lexicon", "Luật 1960"))
    columns = "key, id, person, title, org, first_attested, last_attested, office, body, start, \"end\", place, follows"
    db.executemany(f"INSERT INTO occupancy ({columns}) VALUES ({', '.join('?' * 13)})", [
        (1, "office-1", 1, "Bộ trưởng", "Bộ Tư pháp", "1946-04-04", "1949-01-01", "bộ trưởng", 2, "1946-04-04", None,
         1, None),
        (2, "office-2", 3, HOSTILE, HOSTILE, None, None, None, 2, None, None, 1, None),
    ])
    _insert(db, "occupancy_mention", (1, old, "1946-04-04"), (1, new, "1949-01-01"))
    told = _key(db, "cu", "event", APPOINTED)
    _insert(db, "occupancy_bound", (1, "start", "known", "1946-04-04", "appointed", told),
            (1, "end", "attested", "1949-01-01", "last attested", new),
            (1, "end", "limit", "1960-07-01", "next holder", new))


def _bodies(db: Connection) -> None:
    old = _key(db, "cu", "official", "Vũ Đình Hòe")
    _insert(db, "body_mention", (old, "org", "Bộ Tư pháp", 1, 2, "name"), *(
        (_key(db, document, "directive", CLAUSE), "issuer", "Bộ Tư pháp", 1, 2, "name") for document in ("cu", "sau")
    ), (_key(db, "cu", "figure", "40 vụ"), "subject", "các tòa án", 1, 3, "name as written"),
        (_key(db, "cu", "event", APPOINTED), "participant", "Bộ Tư pháp", 1, 2, "name"))
    _insert(db, "body_succession", (2, 4, "handed over to", "1960", "Luật Tổ chức Hội đồng Chính phủ 1960"))
    _insert(db, "directive_repeat",
            (_key(db, "cu", "directive", "Các tòa án phải báo cáo đúng hạn"), _key(db, "cu", "directive", CLAUSE)))
    clause = _key(db, "cu", "directive", CLAUSE)
    _insert(db, "fact_link", (clause, _key(db, "cu", "date", "ngày 30/6/1946"), "deadline"),
            (clause, _key(db, "cu", "decree", "Sắc lệnh số 13/SL"), "names"), (clause, old, "issuer"))


def _acts(db: Connection) -> None:
    old, new = (_key(db, document, "decree", "Sắc lệnh số 13/SL") for document in ("cu", "sau"))
    changes = _key(db, "sau", "decree", "Sắc lệnh số 85/SL")
    columns = "key, id, doc_type, number, year, date, title, missing, effect"
    db.executemany(f"INSERT INTO decree ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [
        (1, "vn:SL:CTCP:1946:13", "sắc lệnh", "13/SL", 1946, "1946-01-24", HOSTILE, None, "1946-02-01"),
        (2, "vn:SL:CTCP:1946:85", "sắc lệnh", "85/SL", 1946, None, None, None, None),
        (3, "vn:SL:CTCP:?:13#abc", "sắc lệnh", "13/SL", None, None, None, "year", None),
    ])
    _insert(db, "decree_mention", (1, old, "number"), (1, new, "number"), (2, changes, "number"))
    _insert(db, "decree_value", (1, "date", "1946-01-24", "shown", "stated", old, 1),
            (1, "date", "1946-01-25", "differs", "stated", new, 1), (1, "date", "1946", "agrees", "lexicon", None, 0),
            (1, "title", HOSTILE, "shown", "stated", old, 1))
    _insert(db, "decree_candidate", (3, 1))
    _insert(db, "decree_citation", (old, "basis", 0, 6, "Căn cứ"), (new, "changed", None, None, None))
    document = db.execute("SELECT document FROM mention WHERE key = ?", (new,)).fetchone()[0]
    start = LATER.index("sửa đổi")
    _insert(db, "relation", (1, "relation-1", document, "amends", changes, new, 0, start, start + 7, "sửa đổi", "", "",
                             "active"))
    _insert(db, "decree_relation", (1, "relation-held", 2, None, "amends", 1, 0, 0, 1))
    _insert(db, "decree_relation_source", (1, 1))


def _events(db: Connection) -> None:
    shown, other = _key(db, "cu", "event", APPOINTED), _key(db, "sau", "event", TOLD)
    _insert(db, "event", (1, "event-hoe", "1946-04-04", "1946-04-04", "1946-04-04", "appointment", 0, shown, 2))
    _insert(db, "event_mention", (1, shown, "centre", None), (1, other, "likeness", "names +0.9; vũ đình|hòe"))
    official = _key(db, "cu", "official", "Vũ Đình Hòe")
    start = ORDER.index("Vũ Đình Hòe")
    _insert(db, "event_participant", (shown, "official", start, start + 11, "Vũ Đình Hòe", "Vũ Đình Hòe", official, 0),
            (shown, "place", 0, 4, "Ngày", HOSTILE, None, 0))


def _series(db: Connection) -> None:
    _insert(db, "series", (1, "series-1", "số vụ đã xử", "các tòa án", "vụ", "level", "year", 2),
            (2, "series-bad", HOSTILE, HOSTILE, HOSTILE, "rank", "any", 1))
    for document, quote, year, broken in (
        ("cu", "40 vụ", 1946, None), ("sau", "52 vụ", 1947, None), ("sau", "60 vụ", 1948, "Tòa án nhân dân"),
        ("sau", "55 vụ", 1948, None),
    ):
        figure = _key(db, document, "figure", quote)
        _insert(db, "series_point", (1, figure, str(year), f"{year}-01-01", f"{year}-12-31", broken))
    target, result = _key(db, "sau", "figure", "55 vụ"), _key(db, "sau", "figure", "60 vụ")
    _insert(db, "target_result", (1, "target-1", target, result, None, "số vụ đã xử", "các tòa án", "vụ", "1948", "55",
                                  "60", "5", "yes", "stated"))


def _conflict(db: Connection) -> None:
    _insert(db, "conflict", (1, "conflict-1", "act_days", "contradiction", HOSTILE),
            (2, "conflict-2", "own_days", "likely misprint", "ngày của tài liệu"))
    for place, (document, day) in enumerate((("cu", "1946-01-24"), ("sau", "1946-01-25")), 1):
        mention = _key(db, document, "decree", "Sắc lệnh số 13/SL")
        row = db.execute('SELECT document, start, "end", quote FROM mention WHERE key = ?', (mention,)).fetchone()
        _insert(db, "conflict_side", (1, place, row[0], mention, row[1], row[2], row[3], day))
    document = db.execute("SELECT key FROM document WHERE id = 'cu'").fetchone()[0]
    _insert(db, "conflict_side", (2, 1, document, None, None, None, "1946-04-05", "1946-04-05"))
