"""The operations of the API: address, parameters, answer, schema. Handlers and OpenAPI are both made of this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from extractors.calendar import bounds
from extractors.facts import KINDS
from outputs.asking import Answer, Facet, Hit, Question, answer
from outputs.asking.fields import MAX_LENGTH, Field, fields
from outputs.asking.linked import links, repeats
from outputs.factbase import FactBase
from outputs.factbase.rows import FIELDS
from outputs.review.attached import review_of, reviewed
from outputs.status import Status, status
from outputs.web import reading
from outputs.web.api.parameters import Parameter
from outputs.web.api.schemas import listed, made_of, object_of, row_of, schema_of, view_columns
from outputs.web.api.things import MOST_ROWS, THINGS, Thing
from outputs.web.page import NotHere, Refused

MOST_HITS = 100
DEEPEST = 2000       # hits that can be asked for by offset
MOST_TEXT = 200_000  # characters of a document in one answer
_DAY = r"^\d{4}(-\d{2}(-\d{2})?)?$"

Answering = Callable[[FactBase, Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API. `of` is the path parameter, if there is one; its value is in what `answer` is given."""

    path: str
    name: str
    about: tuple[str, str]      # Vietnamese, English
    parameters: tuple[Parameter, ...]
    answer: Answering
    schema: Callable[[], dict[str, Any]]
    of: str | None = None


def _limit(most: int, default: int) -> Parameter:
    about = ("nhiều nhất bao nhiêu", "how many at most")
    return Parameter("limit", about, "integer", least=1, most=most, default=default)


def _offset(most: int = 1_000_000) -> Parameter:
    return Parameter("offset", ("bỏ qua bao nhiêu dòng đầu", "how many to pass over"), "integer", most=most, default=0)


# -- search ------------------------------------------------------------------------------------------------------------


def _of_field(field: Field) -> Parameter:
    return Parameter(
        field.name, field.labels, several=field.several, choices=tuple(field.choices), most=MAX_LENGTH,
        pattern=_DAY if field.values == "day" else None,
    )


def _search_parameters() -> tuple[Parameter, ...]:
    about = ("từ cần tìm; cả người:\"Vũ Đình Hòe\"", "words to look for; also person:\"Vũ Đình Hòe\" (docs/search.md)")
    counted = ("đếm cho từng bộ lọc", "count the choices of each filter")
    return (
        Parameter("q", about, most=2000, example="thi hành án dân sự"), *map(_of_field, fields().values()),
        _limit(MOST_HITS, 20), _offset(DEEPEST), Parameter("facets", counted, "boolean", default=True),
    )


def _search(base: FactBase, asked: Mapping[str, Any]) -> dict[str, Any]:
    pairs: list[tuple[str, str]] = []
    for name, value in asked.items():
        if name == "q" or name in fields():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
    found: Answer = answer(
        base, Question.from_params(pairs), limit=asked["limit"], offset=asked["offset"], facets=asked["facets"],
        language=asked.get("lang") or "vi",
    )
    return {
        "question": {"q": found.question.words, "fields": [list(pair) for pair in found.question.values()]},
        "total": found.total, "offset": found.offset, "also": list(found.also),
        "passed": list(found.passed), "most": found.most,
        "hits": [hit.as_dict() for hit in reviewed(base, found.hits)],
        "facets": [asdict(facet) for facet in found.facets],
    }


def _search_schema() -> dict[str, Any]:
    question = made_of(q={"type": "string"}, fields=listed(listed({"type": "string"})))
    return made_of(
        question=question, total={"type": "integer"}, offset={"type": "integer"}, also=listed({"type": "string"}),
        passed=listed({"type": "string"}), most={"type": "boolean"},
        hits=listed(object_of(Hit)), facets=listed(object_of(Facet)),
    )


# -- documents and facts -----------------------------------------------------------------------------------------------

_PLAIN = ("id", "title", "date", "kind", "author", "source", "url", "place", "characters", "copy_of", "text_sha256")


def _document(base: FactBase, asked: Mapping[str, Any]) -> dict[str, Any]:
    row = reading.document_row(base, asked["id"])
    start = asked["start"]
    end = min(start + asked["characters"], row["characters"])
    marks = reading.marks(base, row["key"], start, end) if end > start else []
    return {name: row[name] for name in _PLAIN} | {
        "start": start, "end": max(start, end), "text": row["text"][start:end],
        "facts": [{"id": mark.id, "kind": mark.kind, "start": mark.start, "end": mark.end} for mark in marks],
    }


def _document_schema() -> dict[str, Any]:
    text, number = {"type": ["string", "null"]}, {"type": "integer"}
    plain: dict[str, dict[str, Any]] = {name: number if name == "characters" else text for name in _PLAIN}
    mark = made_of(id={"type": "string"}, kind={"enum": list(KINDS)}, start=number, end=number)
    return made_of(**plain, start=number, end=number, text={"type": "string"}, facts=listed(mark))


def _fact(base: FactBase, asked: Mapping[str, Any]) -> dict[str, Any]:
    row = reading.fact_row(base, asked["id"])
    leads = [asdict(one) for one in reading.reached(base, row)]
    return {
        **{name: row[name] for name in ("id", "kind", "start", "end", "quote", "prefix", "suffix", "rule")},
        "document": row["document_id"], "document_title": row["document_title"],
        "document_date": row["document_date"], "path": row["place"], "fields": reading.fact_fields(base, row),
        "leads": leads, "links": [asdict(one) for one in links(base.db, row["key"])],
        "repeats": [asdict(one) for one in repeats(base.db, row["key"])], "review": review_of(base, row["id"]),
    }


def _directive(base: FactBase, asked: Mapping[str, Any]) -> dict[str, Any]:
    found = _fact(base, asked)
    if found["kind"] != "directive":
        raise NotHere("fact")
    return found


def _fact_schema() -> dict[str, Any]:
    from outputs.asking.linked import Linked, Place

    text, number = {"type": "string"}, {"type": "integer"}
    either = {"type": ["string", "null"]}
    names = sorted({name for kind in KINDS for name in FIELDS[kind]})
    return made_of(
        id=text, kind={"enum": list(KINDS)}, start=number, end=number, quote=text, prefix=text, suffix=text, rule=text,
        document=text, document_title=either, document_date=either, path=text,
        fields={"type": "object", "properties": {name: {} for name in names}, "additionalProperties": False},
        leads=listed(object_of(reading.Reached)), links=listed(object_of(Linked)), repeats=listed(object_of(Place)),
        review={"type": ["object", "null"]},
    )


# -- what assembly made ------------------------------------------------------------------------------------------------


def _of_thing(thing: Thing) -> Operation:
    any_path = ":path" if thing.name == "decree" else ""      # the id of an act may hold a slash
    return Operation(
        f"/api/{thing.name}/{{id{any_path}}}", thing.name, _THINGS[thing.name], (_limit(MOST_ROWS, 100), _offset()),
        lambda base, asked: thing.read(base, asked["id"], asked), lambda: thing.schema, of="id",
    )


_THINGS = {
    "person": ("một người: chức vụ, giới hạn thời gian, lý do ghép", "a person: offices, their bounds, why joined"),
    "body": ("một cơ quan: tên gọi, trước và sau", "a body: how it is named, what came before and after"),
    "decree": ("một văn bản: giá trị, quan hệ, nơi dẫn", "an act: what is said of it, relations, citations"),
    "series": ("một chuỗi số liệu", "figures of one measure over time"),
    "event": ("một sự kiện: mọi lời kể, ai tham gia", "an event: every telling, who takes part"),
}


def _rows(view: str, order: str, where: str = "", **values: str) -> Answering:
    """Rows of a view, as many as asked for."""
    def found(base: FactBase, asked: Mapping[str, Any]) -> dict[str, Any]:
        columns = ", ".join(f'"{name}"' for name in view_columns(view))
        given = {name: asked.get(parameter) for name, parameter in values.items()}
        rows = base.db.execute(
            f"SELECT {columns} FROM {view} {where} ORDER BY {order} LIMIT :limit OFFSET :offset",
            given | {"limit": asked["limit"], "offset": asked["offset"]},
        )
        return {"offset": asked["offset"], "rows": [dict(row) for row in rows]}
    return found


def _rows_schema(view: str) -> Callable[[], dict[str, Any]]:
    return lambda: made_of(offset={"type": "integer"}, rows=listed(row_of(view)))


def _timeline(base: FactBase, asked: Mapping[str, Any]) -> Any:
    given = dict(asked)
    for name, side in (("since", 0), ("until", 1)):
        if name in given:
            given[name] = _day(name, given[name], side)
    return _events(base, given)


def _day(name: str, value: str, side: int) -> str:
    days = bounds(value) if len(value) <= len("1946-07-19") else None
    if not days or not days[side]:
        raise Refused("api.day", name=name)
    return str(days[side])


_events = _rows(
    "read_events", "first_day, last_day, event",
    "WHERE (:since IS NULL OR last_day >= :since) AND (:until IS NULL OR first_day <= :until) AND (:type IS NULL OR "
    "event_type = :type)", since="since", until="until", type="type",
)
_SINCE = Parameter("since", ("từ ngày", "from this day"), pattern=_DAY, most=10, example="1946")
_UNTIL = Parameter("until", ("đến hết ngày", "to this day"), pattern=_DAY, most=10)


def _status(base: FactBase, _asked: Mapping[str, Any]) -> dict[str, Any]:
    return asdict(status(base, (), ()))


def operations() -> tuple[Operation, ...]:
    """All of them, in the order of the documentation."""
    fact = (("một dữ kiện, với lời của nguồn", "a fact, with the words of its source"), (), _fact_schema, "id")
    event_types = Parameter(
        "type", ("loại sự kiện", "kind of event"), choices=tuple(fields()["event_type"].choices),
    )
    characters = Parameter(
        "characters", ("bao nhiêu ký tự", "how many characters"), "integer", least=1, most=MOST_TEXT, default=MOST_TEXT,
    )
    return (
        Operation("/api/search", "search", ("tìm", "search"), _search_parameters(), _search, _search_schema),
        Operation(
            "/api/document/{id:path}", "document", ("một văn bản và chỗ của từng dữ kiện", "a document, and where its "
            "facts are"), (Parameter("start", ("từ ký tự", "from this character"), "integer", default=0), characters),
            _document, _document_schema, of="id",
        ),
        Operation("/api/fact/{id}", "fact", fact[0], fact[1], _fact, fact[2], of=fact[3]),
        Operation(
            "/api/directive/{id}", "directive", ("một chỉ đạo: ai giao, ai làm, nhắc lại ở đâu", "a directive: who "
            "orders, who acts, where it is repeated"), (), _directive, _fact_schema, of="id",
        ),
        *map(_of_thing, THINGS),
        Operation(
            "/api/timeline", "timeline", ("các sự kiện theo thời gian", "events in order of time"),
            (_SINCE, _UNTIL, event_types, _limit(MOST_ROWS, 100), _offset()), _timeline, _rows_schema("read_events"),
        ),
        Operation(
            "/api/conflicts", "conflicts", ("chỗ các nguồn không khớp, mỗi bên một dòng", "what does not agree, a line "
            "a side"), (_limit(MOST_ROWS, 100), _offset()), _rows("read_conflicts", "rule, conflict, side"),
            _rows_schema("read_conflicts"),
        ),
        Operation("/api/status", "status", ("tình trạng kho", "the state of the archive"), (), _status,
                  lambda: schema_of(Status)),
    )
