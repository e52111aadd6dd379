"""Directives of running prose: one sentence, its directive words from left to right."""

from __future__ import annotations

from collections.abc import Callable

import regex

from extractors.clause_words import any_of
from extractors.speech.actors import WINDOW, Actor, actor_at, first_act
from extractors.speech.acts import imperative, make_act
from extractors.speech.asked import asked
from extractors.speech.binding import CAN_BE_BOUND, bind, own, plan, vow
from extractors.speech.clauses import is_done
from extractors.speech.context import Act, Context, Run, plain
from extractors.speech.floor import Floor, takes_floor
from extractors.speech.notices import notice
from extractors.speech.passives import passive
from extractors.speech.subjects import CONNECTIVE
from extractors.speech.telling import OURSELVES, ask, ban, stress, tell
from extractors.speech.words import Cue, CueClass

_QUESTION = regex.compile(r"\?[\"”')*_\s]*\Z")
# A letter answers what it was asked: `Trả lời công văn số … đề nghị hướng dẫn …`.
_ANSWERS = regex.compile(rf"\W*(?:{any_of('answers')}\s|[^.;]{{3,90}}\snhận được\s){any_of('letter')}\b")
_LONGEST_ACT = 4000  # characters; the longest items of official lists are near 1500
_JOINT = regex.compile(any_of("joint"))
_ADVERBIAL_PIECE = regex.compile(
    r"(?:trong trường hợp|trường hợp|khi|đối với|với|trong quá trình|để|nhằm|trong)\s[^,;:]{3,90},\s*+"
)
_NARRATIVE = regex.compile(
    rf"{any_of('narrative')}\b[^.]*?(?:,|\b(?:đã|có|cho thấy|cho biết)\b)"
    r"|[^.]{4,200}?(?:,[^.,]{0,90}?\b(?:đã|đang|vừa)\b|[^,\s]\s(?:giúp|khiến|cho thấy)\s)"
)
_OVER = regex.compile(r"\b(?:đã|đang|vừa|cho biết|được|bị|là|sẽ)\b")
_SPEAKS = regex.compile(rf"\s++(?:cũng |đã |tiếp tục |còn )?{any_of('speaks')}\b")
_READERS: dict[CueClass, Callable[[Context, Cue, int, int], Act | None]] = {
    "tell": tell,
    "wish": tell,
    "ask": ask,
    "stress": stress,
    "ban": ban,
    "bind": bind,
    "own": own,
    "vow": vow,
    "passive": passive,
}


def read_sentence(context: Context, start: int, end: int, *, in_list: bool = False) -> list[Act]:
    """The directives of one sentence; keeps the run of the context."""
    found: list[Act] = []
    done = start
    hits = context.cues_in(start, end)
    if hits and not in_list and context.long_ago(start, end):
        return []
    if hits and not _QUESTION.search(context.lower, start, end) and not _ANSWERS.match(context.lower, start, end):
        for cue in hits:
            if cue.start < done:
                continue
            left, right = max(start, cue.start - WINDOW), min(end, cue.start + _LONGEST_ACT)
            if cue.kind == "tell":
                right = _before_next(context, cue, right)
            act = _READERS[cue.kind](context, cue, left, right)
            if act is None or act.end <= act.act + 4 or is_done(context.lower, act.act, act.end):
                continue
            found.append(act)
            done = act.end
    if not found and (act := asked(context, start, end)):
        found.append(act)
    if not found and (act := notice(context, start, end)):
        found.append(act)
    if not found and not in_list and (act := _goes_on(context, start, end)):
        found.append(act)
    for act in found:
        context.run = Run(act.issuer, act.addressee, act.force, context.sentence)
        if act.force == "order" and act.issuer and act.addressee:
            context.ordered[plain(act.addressee)] = (act.issuer, act.start)
    floor = context.floor
    before = floor.who if floor and floor.known(context.sentence) else None
    if who := takes_floor(context.shadow, context.lower, context.speakers, start, end, before):
        context.floor = Floor(who, context.sentence)
    if not found:
        found = plan(context, start, end) or _note_speaker(context, start, end)
    return found


# `yêu cầu Cục …; đồng thời yêu cầu các Sở …`: another addressee, another directive.
_ALSO = regex.compile(r"[,;]\s+(?:đồng thời|bên cạnh đó|cùng với đó)(?:\s(?:cũng|đã))?\s+\Z|;\s+\Z")


def _before_next(context: Context, cue: Cue, right: int) -> int:
    """Where the next order of the sentence begins that names its addressee, else the end of the sentence."""
    for later in context.cues_in(cue.end, right):
        if later.phrase != cue.phrase:
            continue
        also = _ALSO.search(context.lower, max(cue.end, later.start - 30), later.start)
        if also and actor_at(context.shadow, context.lower, later.end + 1, right):
            return also.start()
    return right


def _goes_on(context: Context, start: int, end: int) -> Act | None:
    """The sentence after a directive that goes on with a bare verb, or with a body and its act."""
    run = context.live_run(2)
    if run is None or run.spoken or context.heading or _QUESTION.search(context.lower, start, end):
        return None
    lead = CONNECTIVE.match(context.lower, start, end)
    begin = lead.end() if lead else start
    if context.lower.endswith("để ", start, begin):
        return None  # `để bảo đảm an toàn, đơn vị …`: a purpose
    if context.live_run(1) and (adverbial := _ADVERBIAL_PIECE.match(context.lower, begin, end)):
        begin = adverbial.end()
    if run.force == "request" and run.addressee is None:
        return None
    if (
        context.live_run(1)
        and imperative(context, begin, end, prose=True)
        and not _NARRATIVE.match(context.lower, begin, end)
    ):
        return make_act(context, begin, begin, end, run.force, run.issuer, run.addressee, "goes on")
    actor = actor_at(context.shadow, context.lower, begin, end)
    if actor is None or actor.kind not in CAN_BE_BOUND or run.force != "order" or actor.head in OURSELVES:
        return None
    act = first_act(context.shadow, actor.end, min(end, actor.end + 120))
    if act is None or not _JOINT.match(context.lower, act):
        return None
    if _OVER.search(context.lower[actor.end : act]):
        return None
    named = " ".join(context.text[begin:act].split())
    if run.addressee and run.addressee.lower().startswith(f"{named.lower()} "):
        who = run.addressee  # `Từ đó, Bộ kiến nghị …`: the ministry that was told just before
    else:
        who = context.speakers.body(Actor(begin, act, actor.kind, actor.head))
    return make_act(context, act, act, end, "order", run.issuer, who, "goes on")


def _note_speaker(context: Context, start: int, end: int) -> list[Act]:
    """A sentence that only names who speaks keeps an order going, and starts nothing by itself."""
    run = context.run
    if run is None or context.sentence - run.sentence > 2:
        return []
    if context.speakers.quoted(start):
        run.sentence = context.sentence
        return []
    who = actor_at(context.shadow, context.lower, start, end)
    said = _SPEAKS.search(context.lower, who.end, min(end, who.end + 60)) if who and who.kind == "state" else None
    if who and said and run.issuer:
        speaker = context.speakers.label(Actor(who.start, said.start(), who.kind, who.head))
        run.sentence = context.sentence if speaker == run.issuer else run.sentence
    return []
