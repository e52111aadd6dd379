"""Review: what to look at next, one fact at a time; people merged and split; every decision, with its undo.

A decision is a form that was posted, and nothing else: whoever opens, jumps or goes on has accepted nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from outputs.factbase import FactBase
from outputs.review import ReviewError
from outputs.review.exchange import export_reviews
from outputs.review.fields import said_by
from outputs.review.finding import Found, find
from outputs.review.model import OF_FACTS, Decision
from outputs.review.queue import Asked, neighbour, next_to_review
from outputs.web import reading
from outputs.web.links import link, to_fact
from outputs.web.page import NotHere, Refused, Route, Shown, page_number
from outputs.web.pages.fact import in_context
from outputs.web.reviewing import fact_panel, now, person_panel, remember, reviewer, reviews_of

SIZE = 50      # decisions on a page
_AS_FILE = {"content-disposition": 'attachment; filename="reviews.jsonl"'}
_FILTERS = ("kind", "topic", "document")
_STATUS = {"stale": 409, "unknown": 404, "unknown_person": 404, "unknown_decision": 404, "locked": 503,
           "read_only": 503, "full": 507, "not_ours": 503, "newer": 503}


def queue(request: Request, base: FactBase) -> Shown | Response:
    """The next fact of which nobody said anything; `fact=ID` shows that one, `after=ID` what follows it."""
    return _shown(request, base, _filters(request.query_params))


def _shown(
    request: Request, base: FactBase, filters: dict[str, str], *, mention: str | None = None,
    given: Mapping[str, str] | None = None, problem: str = "",
) -> Shown:
    asked = Asked(**filters)
    params = request.query_params
    try:
        mention = mention or params.get("fact")
        if mention is None and (last := params.get("before")):
            mention = neighbour(base, asked, last, before=True)
        elif mention is None:
            mention = next_to_review(base, reviews_of(base), asked, params.get("after"))
        panel = fact_panel(request, base, mention, given=given, problem=problem) if mention else None
        before = neighbour(base, asked, mention, before=True) if mention else None
    except ReviewError as error:
        raise _refused(error) from error
    except NotHere:
        raise Refused("review.unknown", 404, id=(mention or "")[:80]) from None
    if mention is None or panel is None:
        return "review.html.j2", {"fact": None, "panel": None, "asked": filters, "last": params.get("done"),
                                  "reviewer": reviewer(request), "topics": _topics(base)}
    row = reading.fact_row(base, mention)
    return "review.html.j2", {
        **in_context(row), "fact": row, "panel": panel, "asked": filters, "last": params.get("done"),
        "previous": before, "reviewer": panel.reviewer, "topics": _topics(base),
    }


def _topics(base: FactBase) -> list[str]:
    return [row[0] for row in base.db.execute(
        "SELECT t.name FROM topic t JOIN topic_document x ON x.topic = t.key GROUP BY t.key"
        " ORDER BY count(*) DESC, t.name LIMIT 40"
    )]


def decide(request: Request, base: FactBase) -> Shown | Response:
    """Accept, reject or edit a fact; then on to the next, or back to its page. What cannot be taken is shown again."""
    form = _texts(request)
    mention, verb = form.get("fact", ""), form.get("verb", "")
    filters = _filters(form)
    try:
        decision = reviews_of(base).decide(
            base, verb, mention, by=form.get("by") or reviewer(request), at=now(request), note=form.get("note"),
            seen=form.get("state", ""),
            fields={name[2:]: value for name, value in form.items() if name.startswith("f.")},
        )
    except ReviewError as error:
        if _reason(error) == "unknown":
            raise _refused(error) from error
        said = error.told("en" if request.query_params.get("lang") == "en" else "vi")
        kept = {key: value for key, value in form.items() if _reason(error) != "stale" or key in ("by", "note")}
        template, values = _shown(request, base, filters, mention=mention, given=kept, problem=said)
        answer: Response = request.app.state.renderer.page(request, template, values, _status(error))
        return answer
    if form.get("back") == "fact":
        return _gone_on(to_fact(request, mention), decision.by)
    return _gone_on(link(request, "/review", **filters, after=mention, done=decision.id), decision.by)


def undo(request: Request, base: FactBase) -> Response:
    """Take back the reader's last decision, or the one of that id."""
    form = _texts(request)
    reviews = reviews_of(base)
    try:
        taken = reviews.undo(
            by=form.get("by") or reviewer(request), at=now(request), decision=form.get("decision") or None,
            note=form.get("note"),
        )
        target = next(one for one in reviews.every() if one.id == taken.target)
    except ReviewError as error:
        raise _refused(error) from error
    if form.get("back") == "queue" and target.verb in OF_FACTS:
        found = find(base.db, target.words[0])
        if isinstance(found, Found):
            return _gone_on(link(request, "/review", **_filters(form), fact=found.id), taken.by)
    return _gone_on(link(request, "/review/decisions"), taken.by)


def person(request: Request, base: FactBase) -> Shown:
    """One person: mentions to split off, people to merge with."""
    try:
        return "review_person.html.j2", {"panel": person_panel(request, base, request.path_params["id"])}
    except ReviewError as error:
        raise _refused(error) from error


def merge(request: Request, base: FactBase) -> Response:
    """Say that two people are one."""
    return _of_people(request, lambda form: reviews_of(base).merge(
        base, [form.get("person", ""), form.get("other", "")], by=form.get("by") or reviewer(request),
        at=now(request), note=form.get("note"),
    ))


def split(request: Request, base: FactBase) -> Response:
    """Say that the chosen mentions are another person's."""
    chosen = [one for one in request.state.form.getlist("mention") if isinstance(one, str)]
    return _of_people(request, lambda form: reviews_of(base).split(
        base, form.get("person", ""), chosen, by=form.get("by") or reviewer(request), at=now(request),
        note=form.get("note"),
    ))


def _of_people(request: Request, say: Callable[[dict[str, str]], Decision]) -> Response:
    form = _texts(request)
    try:
        decision = say(form)
    except ReviewError as error:
        raise _refused(error) from error
    return _gone_on(link(request, f"/review/person/{form.get('person', '')}", done=decision.id), decision.by)


def decisions(request: Request, base: FactBase) -> Shown | Response:
    """Every decision, the latest first; those whose words are gone."""
    reviews = reviews_of(base)
    try:
        if request.query_params.get("as") == "jsonl":
            lines = "".join(f"{line}\n" for line in export_reviews(reviews))
            return Response(lines, media_type="application/x-ndjson", headers=_AS_FILE)
        every, gone = reviews.every()[::-1], reviews.undone()
        lost = {orphan.decision.id: orphan.reason for orphan in reviews.orphans(base)}
    except ReviewError as error:
        raise _refused(error) from error
    if request.query_params.get("only") == "lost":
        every = [one for one in every if one.id in lost]
    number = page_number(request)
    pages = max(1, -(-len(every) // SIZE))
    if number > pages:
        raise Refused("bad.page", 404, page=number)
    some = every[(number - 1) * SIZE : number * SIZE]
    targets = {one.id: one for one in reviews.every() if one.id in {undo.target for undo in some}}
    return "review_decisions.html.j2", {
        "decisions": [(one, _place(base, one)) for one in some], "gone": gone, "lost": lost, "page": number,
        "pages": pages, "number": len(every), "targets": targets, "reviewer": reviewer(request),
        "only_lost": request.query_params.get("only") == "lost",
    }


def _place(base: FactBase, decision: Decision) -> str | None:
    """The fact that a decision is about, by its id of today."""
    found = find(base.db, decision.words[0]) if decision.words else None
    return found.id if isinstance(found, Found) else None


def name(request: Request, base: FactBase) -> Response:
    """Keep the reader's name."""
    try:
        given = said_by(_texts(request).get("by"))
    except ReviewError as error:
        raise _refused(error) from error
    if _texts(request).get("back") == "decisions":
        return _gone_on(link(request, "/review/decisions"), given)
    return _gone_on(link(request, "/review", **_filters(_texts(request))), given)


def _texts(request: Request) -> dict[str, str]:
    """The fields of the form that was posted."""
    return {key: value for key, value in request.state.form.items() if isinstance(value, str)}


def _filters(given: Mapping[str, Any]) -> dict[str, str]:
    return {key: given[key].strip() for key in _FILTERS if given.get(key, "").strip()}


def _gone_on(address: str, by: str) -> Response:
    return remember(RedirectResponse(address, 303), by)


def _reason(error: ReviewError) -> str:
    return error.key.removeprefix("failure.review.")


def _status(error: ReviewError) -> int:
    return _STATUS.get(_reason(error), 400)


def _refused(error: ReviewError) -> Refused:
    return Refused(error.key.removeprefix("failure."), _status(error), **error.values)


ROUTES = (
    Route("/review", queue), Route("/review/decide", decide, ("POST",)), Route("/review/undo", undo, ("POST",)),
    Route("/review/decisions", decisions), Route("/review/person/{id}", person),
    Route("/review/merge", merge, ("POST",)), Route("/review/split", split, ("POST",)),
    Route("/review/name", name, ("POST",)),
)
