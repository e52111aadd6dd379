"""The first page: one box over texts and facts, its filters with counts, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from corpus.shadow import fold
from outputs.asking import Answer, Hit, Question, answer
from outputs.asking.fields import Field, fields
from outputs.factbase import FactBase
from outputs.web import takeaway
from outputs.web.links import address, language, link
from outputs.web.marked import Mark, Piece, marked_lines
from outputs.web.page import Refused, Route, Shown, page_number
from outputs.web.pages.lists import REVIEW
from outputs.web.standings import standings
from outputs.workbook import Column

SIZE = 20                 # hits on a page
_DEEPEST = 100            # pages: whoever wants more asks for less, or takes the list away
MOST_TAKEN = 1000         # hits in a list that is taken away
_TOPICS = 24              # that the first page names
_OWN_DAY = {"date": "edtf", "decree": "date", "figure": "period", "event": "date"}   # a deadline is said below
_COLUMNS = (
    Column("kind", "loại / kind", width=12), Column("quote", "nguyên văn / quote", width=70),
    Column("title", "tiêu đề / title", width=44), Column("date", "ngày văn bản / date", width=14),
    Column("day", "ngày / day", "day", width=13), Column("document", "mã văn bản / document", width=26),
    Column("path", "tệp / path", width=30), Column("start", "từ ký tự / start", "count", width=10),
    Column("end", "đến ký tự / end", "count", width=10), Column("id", "mã / id", width=24),
    Column("fields", "nội dung / fields", width=50), REVIEW,
)


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with its snippet cut where words were found and where the fact begins and ends."""

    hit: Hit
    pieces: tuple[Piece, ...]

    @property
    def when(self) -> tuple[str, str] | None:
        """EDTF of the day beside the hit, as exact as its source has it, and whose day that is: of the `fact`, of the
        `document`, or of the latest `event` that an undated document tells, of which the year says enough."""
        hit = self.hit
        if own := hit.fields.get(_OWN_DAY.get(hit.kind, "")):
            return str(own), "fact"
        if hit.day_basis == "document" and hit.date:
            return hit.date, "document"
        return (hit.day.partition("-")[0], "event") if hit.day_basis == "event" and hit.day else None


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that is asked for besides words, and the address of the question without it."""

    label: str
    value: str
    without: str


def search(request: Request, base: FactBase) -> Shown | Response:
    """What answers the question of the address; without one, what there is to ask."""
    question = asked(request)
    form = takeaway.wanted(request, takeaway.TABLES)
    if canonical := _canonical(request, question):
        return RedirectResponse(canonical, 303)
    if question == Question():
        return "search.html.j2", {**_form(request, question), "answer": None, "topics": _topics(base),
                                  "documents": base.count("document")}
    if form:
        found = answer(base, question, limit=MOST_TAKEN, facets=False)
        return takeaway.table("sulieu", _COLUMNS, _rows(base, found), form)
    number = page_number(request)
    if number > _DEEPEST:
        raise Refused("too_deep", 404, pages=_DEEPEST, most=MOST_TAKEN)
    found = answer(base, question, limit=SIZE, offset=(number - 1) * SIZE, language=language(request))
    hits = [ShownHit(hit, _pieces(hit)) for hit in found.hits]
    return "search.html.j2", {
        **_form(request, question), "answer": found, "hits": hits, "page": number,
        "pages": min(-(-found.total // SIZE), _DEEPEST), "standings": standings(base, [one.hit.id for one in hits]),
        "toggled": _toggled(request, question),
        "advice": list(_advice(request, question)) if not found.total else (), "forms": takeaway.TABLES,
        "most_taken": MOST_TAKEN,
    }


def asked(request: Request) -> Question:
    """The question in an address. Raises SearchError."""
    return Question.from_params(list(request.query_params.multi_items()))


def _address(request: Request, question: Question) -> str:
    params: dict[str, Any] = {}
    for name, value in question.as_params():
        params.setdefault(name, []).append(value)
    return link(request, "/", **params)


def _toggled(request: Request, question: Question) -> Callable[[str, str], str]:
    """Addresses of the question with a choice taken in or left out. A page has a hundred: what stays is quoted once."""
    pairs = [*question.as_params(), *((name, value) for name, value in _others(request) if name == "lang")]
    rest = {name: urlencode([pair for pair in pairs if pair[0] != name]) for name in fields()}

    def toggled(field: str, value: str) -> str:
        kept = getattr(question, field, None)
        if not isinstance(kept, tuple):
            return _address(request, question.toggled(field, value))
        values = [one for one in kept if one != value] if value in kept else [*kept, value]
        query = "&".join(filter(None, (rest[field], urlencode([(field, one) for one in values]))))
        return f"/?{query}" if query else "/"

    return toggled


def _canonical(request: Request, question: Question) -> str | None:
    """Where the question stands for good, if this address says it in another way: empty fields, fields in the box."""
    given = [
        (name, " ".join(value.split()) if name == "q" else value)
        for name, value in request.query_params.multi_items() if name == "q" or name in fields()
    ]
    return None if sorted(given) == sorted(question.as_params()) else (
        address("/", _grouped([*question.as_params(), *_others(request)]))
    )


def _others(request: Request) -> list[tuple[str, str]]:
    kept = ("lang", "page", "as")
    return [(name, value) for name, value in request.query_params.multi_items() if name in kept and value]


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _form(request: Request, question: Question) -> dict[str, Any]:
    spoken = language(request)
    given = _grouped(list(question.values()))
    return {
        "question": question, "fields": list(fields().values()), "given": given,
        "chips": list(_chips(request, question, spoken)), "permanent": _address(request, question),
    }


def _chips(request: Request, question: Question, spoken: str) -> Iterator[Chip]:
    for name, value in question.values():
        field: Field = fields()[name]
        kept = getattr(question, name)
        left: Any = tuple(one for one in kept if one != value) if isinstance(kept, tuple) else None
        without = _address(request, replace(question, **{name: left}))
        yield Chip(field.label(spoken), field.value_label(value, spoken), without)


def _pieces(hit: Hit) -> tuple[Piece, ...]:
    begin = hit.snippet_start
    marks = [Mark("found", begin + start, begin + end) for start, end in hit.highlights]
    if hit.kind != "document":
        marks.append(Mark("quote", hit.start, hit.end))
    return tuple(piece for line in marked_lines(hit.snippet, begin, marks) for piece in line)


def _advice(request: Request, question: Question) -> Iterator[tuple[str, str, str]]:
    """Other questions that may have an answer: key of the sentence, what it is about, address."""
    if fold(question.words) != question.words.lower():
        plain = replace(question, words=fold(question.words))
        yield "advice.unmarked", plain.words, _address(request, plain)
    if '"' in question.words:
        loose = replace(question, words=question.words.replace('"', " ").strip())
        yield "advice.unquoted", loose.words, _address(request, loose)
    for name in dict.fromkeys(name for name, _ in question.values()):
        yield "advice.without", fields()[name].label(language(request)), _address(request, question.without(name))


def _rows(base: FactBase, found: Answer) -> Iterator[dict[str, Any]]:
    said = standings(base, [hit.id for hit in found.hits])
    for hit in found.hits:
        row = {**asdict(hit), "review": said[hit.id].decision if hit.id in said else None}
        yield {column.name: row[column.name] for column in _COLUMNS}


def _topics(base: FactBase) -> list[str]:
    rows = base.db.execute("SELECT name FROM topic ORDER BY documents DESC, name LIMIT ?", (_TOPICS,))
    return [row["name"] for row in rows]


ROUTES = (Route("/", search),)
