"""Whose figure it is: the body, place or thing that the clause is about, in the words of the text."""

from __future__ import annotations

import regex

from extractors.organisations import Reader
from extractors.quantities.clauses import (
    HEAD_NOUN,
    OWNER_VERB,
    Segment,
    has_border,
    in_place,
    is_adjunct,
    is_anaphor,
    last_match,
    names_kind,
    names_measure,
    noun_phrase,
    segments,
)
from extractors.quantities.context import LONGEST, Context
from extractors.quantities.names import NAME, Names
from extractors.quantities.quantity import Quantity
from extractors.quantities.topic import Topic
from extractors.quantities.wording import whole_subject
from extractors.quantities.words import one_of, word_set

_FRAME = regex.compile(
    rf"(?<!\p{{L}})(?<!(?:trong|giữa|so với|nhất|khắp|ra|trường|trung bình|mức) )(?:{one_of('frame')})(?!\p{{L}})"
)
_GIVEN = regex.compile(
    rf"(?:[^.;:\n]|(?<=\d)\.(?=\d)){{0,70}}?(?: được (?P<verb>{one_of('giving')}))? cho "
    rf"(?P<to>(?:(?! {one_of('benefits')} | \d[\d.,]* (?:tỷ|triệu|đồng|nghìn))[^,;.:()\n]){{3,90}})"
)
_GIVING = regex.compile(rf"(?<!\p{{L}}){one_of('giving')}(?!\p{{L}}| dưỡng)")
_COMPARES = regex.compile(r" - |\(|(?<!\p{L})(?:so với|trong khi)(?!\p{L})")
_ABOUT = regex.compile(r"[\s*+-]*(?:\d{1,2}[.)] )?(?:Đối với ([^,;:\n]{3,120})[,:]|Về ([^:;\n]{3,120}):)")
_BEFORE = regex.compile(rf"{one_of('before_subject')} ")
_COMMA = regex.compile(r"[^.;:\n]{0,140}?, (?=\p{L})")
_LETTERS_BETWEEN = regex.compile(r"[,;.:()\n]")
_AWAY = regex.compile(r"(?<!\p{L})cách (?:\p{L}++ ){0,4}\Z")
_SPEAKER = regex.compile(rf"(?:(?i:{one_of('address')}) )?(?:{NAME.pattern})\.?")
_EACH = regex.compile(r"(?<!\p{L})(?:lần lượt|tương ứng)(?!\p{L})")
_OWNED = regex.compile(r"(?<!\p{L})(?:của|giữa) ([^,;.:()\n\d]{2,70})")
_MEMBERS = regex.compile(r", | và ")
_MOVED = regex.compile(
    rf"(?<!\p{{L}}){one_of('moved')} ([^,;:()\n]{{3,90}}) {one_of('moved_to')} (?:{one_of('near')} )?\Z"
)
_ACTING = regex.compile(
    r"(?<!\p{L})((?:ông|bà|anh|chị|vợ chồng) \p{Lu}[\p{L}.]*+(?: \p{Lu}[\p{L}.]*+){0,4}) \p{Ll}++ (?:\p{Ll}++ )?\Z"
)
_BY = regex.compile(rf"(?<!\p{{L}})do ([^,;.:()\n\d]{{3,70}}?) {one_of('done_by')}(?!\p{{L}})")
_REGARDED = regex.compile(
    rf"(?<!\p{{L}})(?:đối với|tại|dành cho) "
    rf"((?:(?:mỗi|các|những|một) )?{one_of('owner_kind')}(?!\p{{L}})[^;.:()\n\d]*+)"
)
_AGAINST = regex.compile(r"(?<!\p{L})với ((?:hành vi|trường hợp|người|tổ chức|cá nhân) [^.;:\n]{3,260}?) là ")
_PARTITIVE = regex.compile(r"(?<!\p{L})(?:trong|trên|giữa|khỏi|cho) (?:tổng số |số )?\Z")
_IF = regex.compile(r" (?:nếu|khi) ([^,;.:\n]{3,140})")

_JOINED = regex.compile(r", ?")
_PERSON = regex.compile(r"(?:ông|bà|anh|chị|em|cháu) ")
_VERBAL = regex.compile(r"(?<!\p{L})(?:là|có|đã|đang|sẽ|được|bị|cho|đạt|phải|cho biết)(?!\p{L})")
_REGARDING = regex.compile(
    rf"(?<!\p{{L}}){one_of('regarding')} (?:trường hợp )?((?:(?! {one_of('regarding_stop')} )[^,;.:()\n]){{3,160}})"
)
_WHOM = regex.compile(   # whom or what a norm regards, where that follows it: to the end of its clause
    r" (?:đối với|áp dụng đối với) (?!một trong|các hành vi sau)"
    rf"((?:(?! {one_of('whom_stop')} | và \d)"
    rf"(?:[^;:,.\n]|(?<=\d)[.,](?=\d)|,(?= \p{{Ll}})(?! {one_of('whom_goes_on')} ))){{3,400}})"
)
_OF = regex.compile(
    rf"(?<!\p{{L}})(?:của|(?:tại|ở|dành cho (?!cổ đông)|cho) (?={one_of('owner_kind')}(?!\p{{L}}))) ?"
    rf"((?:(?! {one_of('of_stop')} )[^,;.:()\n]){{2,60}}?)"
    rf"(?: (?:tại|ở) (?!mức)[^,;.:()\n\d]{{2,40}}?)? {one_of('of_verb')}(?!\p{{L}})"
)
_WHERE = regex.compile(
    rf"(?: (?!{one_of('where_stop')} )\p{{L}}++){{0,6}}? (?:ở|tại|của|thuộc|trên địa bàn) "
    rf"(?:chiếc )?(?P<whose>(?:(?:{one_of('head')} ){{0,2}}(?:{NAME.pattern})"
    rf"|{one_of('territory_head')} \d{{1,2}}(?!\p{{L}}))"
    rf"(?:, {one_of('territory_head')} {NAME.pattern})?+)"
)
_PLACED = regex.compile(rf"(?: (?!{one_of('where_stop')} )\p{{L}}++){{0,6}}? (?:ở|tại|của|thuộc) ")
_SIDED = regex.compile(rf" {one_of('side')} (?:{one_of('near')} |là |tới |đến |lên tới )*+\Z")
_VALUED = regex.compile(
    rf"(?<!\p{{L}})({one_of('valued')}(?: [\p{{L}}\d&/-]++){{0,14}}) (?:{one_of('near')} )?\Z"
)
_LABELLED = regex.compile(r"[ +*-]*\*\*([\p{L}\d][^*:\n]{0,40}?) ?\*\* ?(?=\p{Ll})")
_REACH = 2000   # characters in which a text goes on about one thing without naming it again
_DIRECT = regex.compile(rf" ?(?::|\(|{one_of('direct')})? ?\Z")


class Subjects:
    """Reads subjects one figure after the other; what a sentence does not name is carried on."""

    def __init__(self, context: Context, reader: Reader) -> None:
        self._context = context
        self._names = Names(context, reader)
        self._topic_of = Topic(context, self._names, lambda segment: self._subject_of(segment, "actual"))
        self._last: str | None = None     # of the figure before
        self._each: tuple[int, list[str], int] = (-1, [], 0)
        self._topic: str | None = None    # of the first figure of the sentence before
        self._last_end = 0

    def of(self, q: Quantity, last: Quantity | None, role: str) -> str | None:
        """The subject of `q`; `last` is the quantity before it in the same sentence."""
        if q.start - self._last_end > _REACH:
            self._last = self._topic = None
        if last is None:
            self._last = self._topic or self._last
        subject = whole_subject(self._read(q, last, role))
        if subject and not self._compares(q, last, subject):
            self._last, self._last_end = subject, q.end
            if last is None:
                self._topic = subject
        return subject

    def _compares(self, q: Quantity, last: Quantity | None, subject: str) -> bool:
        """`đạt 80,71% - toàn ngành đạt 86,53%`: what others have is not what the text goes on about."""
        if last is None or _FRAME.search(subject.lower()) is None:
            return False
        return _COMPARES.search(self._context.lower, last.end, q.cue) is not None

    def _read(self, q: Quantity, last: Quantity | None, role: str) -> str | None:
        """What the number's own words say first, then its clause, then what goes before."""
        context, lower = self._context, self._context.lower
        start, _ = context.sentence_at(q.start)
        floor = max(start, last.end) if last else start
        direct = self._names.before(floor, q.cue)
        if direct and not any(map(str.isupper, direct[2])):   # nợ bảo hiểm xã hội 19 tỷ đồng
            direct = None
        if last and not has_border(context, last.end, q.cue):
            floor = start
        found = segments(context, floor, q.cue, (last.start, last.end) if last else (0, 0))
        block = context.blocks[context.block_at(q.start)].start if context.blocks else start
        label = _LABELLED.match(context.shadow, block, min(q.start, block + 60))
        if label and q.start - block < LONGEST:
            return label[1]
        stated = self._stated(q, last, role, direct, found) or self._valued(q, floor)
        if stated:
            return stated
        if q.kind in ("person", "body") and _PARTITIVE.search(lower, max(floor, q.cue - 14), q.cue):
            return self._topic_of.main
        subject = self._following(found[-1], q) or self._grammatical(found, role)
        if subject:
            return self._respective(q, start, subject)
        about = _ABOUT.match(context.shadow, start, q.cue)
        if about:
            return (about[1] or about[2]).strip()
        if role == "norm" and (condition := _IF.match(lower, q.end)):
            return context.shadow[condition.start(1) : condition.end(1)].strip()
        frame = last_match(_FRAME, lower, floor, q.cue)
        if frame:
            return context.shadow[frame.start() : frame.end()]
        if where := self._where(q):
            return where
        if last is not None and self._last and self._last_end >= start:
            return self._last
        if last is not None and (whole := self._grammatical(segments(context, start, last.cue), role)):
            return whole
        if last is not None and self._last:
            return self._last
        spoken = max((segment.start for segment in found if segment.speech), default=floor)
        if direct and direct[0] >= spoken and not _AWAY.search(lower, floor, direct[0]):
            return direct[2]
        return self._last if self._last and q.start - self._last_end < 600 else self._topic_of.main

    def _stated(
        self, q: Quantity, last: Quantity | None, role: str, direct: tuple[int, int, str] | None, found: list[Segment]
    ) -> str | None:
        """Whose it is in so many words: `đối với …`, a name before the number, `cho …`, `nâng … lên`, `của …`."""
        context, lower, floor = self._context, self._context.lower, found[0].start
        start, _ = context.sentence_at(q.start)
        if role == "norm":
            if whom := _WHOM.match(lower, q.end, q.end + 420):
                return context.shadow[whom.start(1) : whom.end(1)].strip()
            regarding = _REGARDING.match(lower, q.end + 1) or last_match(_REGARDING, lower, start, q.start)
            if regarding:
                return context.shadow[regarding.start(1) : regarding.end(1)].strip()
        if direct and _DIRECT.fullmatch(lower[direct[1] : q.cue]) and not _AWAY.search(lower, floor, direct[0]):
            return direct[2]
        regards = _REGARDING.match(lower, q.end + 1)
        if regards and q.kind in ("money", "percent"):
            return context.shadow[regards.start(1) : regards.end(1)].strip()
        after_last = max(start, last.end) if last else start
        receiver = self._receiver(q, after_last)
        if receiver:
            return receiver
        moved = last_match(_MOVED, lower, after_last, q.cue)
        if moved and (thing := self._thing(moved.start(1), moved.end(1))):
            return thing
        person = last_match(_ACTING, context.shadow, after_last, q.cue)
        if person and person.end() == q.cue:
            return person[1]
        owner = last_match(_OF, lower, max(floor, found[-1].start), q.end)
        if owner and owner.end() <= q.end and not self._names.is_cited(owner.start()):
            return self._respective(q, start, self._without_verb(owner.start(1), owner.end(1)))
        by = last_match(_BY, lower, max(floor, found[-1].start), q.cue) or _BY.search(
            lower, q.end, min(q.end + 110, context.sentence_at(q.start)[1])
        )
        if by and not _LETTERS_BETWEEN.search(lower, q.end, by.start()):
            return context.shadow[by.start(1) : by.end(1)].strip()
        if role == "norm" and (target := last_match(_AGAINST, lower, start, q.cue)):
            return context.shadow[target.start(1) : target.end(1)].strip()
        return None

    def _without_verb(self, start: int, end: int) -> str:
        """An owner up to the verb behind it: `của đảng A | ra quyết định giảm …`."""
        shadow = self._context.shadow
        verbs = OWNER_VERB.finditer(self._context.lower, start + 2, end)
        stop = next((verb.start() for verb in verbs if not shadow[verb.start()].isupper()), end)   # huyện Ba Vì
        date = next(iter(self._context.dates_between(start + 2, stop)), None)
        return shadow[start : date.start if date else stop].strip()

    def _valued(self, q: Quantity, floor: int) -> str | None:
        """`dự án chống ngập 10.000 tỷ đồng`, `một gia đình 8 anh em`: the thing that its amount follows at once."""
        if q.kind not in ("money", "person", "measure"):
            return None
        lower = self._context.lower
        side = _SIDED.search(lower, max(floor, q.cue - 30), q.cue)
        if side:
            return self._sided(max(floor, side.start() - 70), side.start())
        found = None
        for noun in _VALUED.finditer(lower, max(floor, q.cue - 90), q.cue):
            found = noun
        if found is None or OWNER_VERB.search(lower, found.start(1), found.end(1)):
            return None
        return self._context.shadow[found.start(1) : found.end(1)]

    def _sided(self, floor: int, end: int) -> str | None:
        """`theo đường cống dài 800 m`, `tràn ra hai cánh đồng rộng 3 ha`: the thing that is so long or wide."""
        at, done_to = floor, False
        for verb in OWNER_VERB.finditer(self._context.lower, floor, end):
            at, done_to = verb.end(), verb[0] in ("được", "bị")   # được thiết kế … dài 165 m
        words = self._context.shadow[at:end].strip(" ,*")
        if done_to or at == floor or not 2 <= len(words.split()) <= 7 or names_measure(self._context, at + 1, end):
            return None
        return None if is_anaphor(words) or words.split()[0].lower() in word_set("not_a_thing") else words

    def _where(self, q: Quantity) -> str | None:
        """`353 m2 đất ở huyện Cần Giờ`, `12 khoản tại Điều 1`: where it is, said behind the noun counted."""
        context = self._context
        if q.form == "rank":
            return None
        place = _PLACED.match(context.lower, q.end, min(len(context.lower), q.end + 60))
        if place and (body := self._names.body_at(place.end())):
            return body
        people = NAME.match(context.shadow, q.end + 1) if q.kind == "person" else None
        if people and " " in people[0] and context.shadow[q.end] == " ":
            return people[0]   # 5 người Thái Lan
        found = _WHERE.match(context.shadow, q.end, min(len(context.shadow), q.end + 120))
        if found is None or self._names.is_cited(found.start("whose")):
            return None
        return found["whose"]

    def _following(self, segment: Segment, q: Quantity) -> str | None:
        """`Với chiều dài 252 m, tàu …`: the subject that comes after an opening adjunct."""
        context = self._context
        if _BEFORE.match(context.lower, segment.begin, q.start) is None:
            return None
        comma = _COMMA.search(context.lower, q.end, min(q.end + 140, context.sentence_at(q.start)[1]))
        if comma is None:
            return None
        after = segments(context, comma.end(), min(comma.end() + 120, context.sentence_at(q.start)[1]))[0]
        phrase = None if is_adjunct(context, after.begin, after.end) else self._subject_of(after, "actual")
        if phrase is None or context.shadow[phrase[0]].isdigit():
            return None
        words = context.shadow[phrase[0] : phrase[1]].strip()
        return (self._last or self._topic_of.main) if is_anaphor(words) else words

    def _respective(self, q: Quantity, start: int, subject: str) -> str:
        """`của A và B lần lượt là 33% và 8%`: to each its own."""
        cue = last_match(_EACH, self._context.lower, start, q.cue)
        members = _MEMBERS.split(subject.removesuffix(" lần lượt")) if cue else []
        if cue is None or len(members) < 2:
            return subject
        if self._each[0] != cue.start():
            self._each = cue.start(), members, 0
        _, members, place = self._each
        self._each = cue.start(), members, place + 1
        return members[min(place, len(members) - 1)].strip()

    def _receiver(self, q: Quantity, floor: int) -> str | None:
        """`hỗ trợ 140 tỷ đồng … cho 04 địa phương`: who is given it."""
        if q.kind not in ("money", "measure"):
            return None
        context = self._context
        given = _GIVEN.match(context.lower, q.end, min(q.end + 160, len(context.lower)))
        if given is None:
            return None
        if given["verb"] is None and _GIVING.search(context.lower, max(floor, q.cue - 40), q.cue) is None:
            return None
        return context.shadow[given.start("to") : given.end("to")].strip()

    def _thing(self, start: int, end: int) -> str | None:
        """The body, name or thing in `nâng công suất nhà máy X lên`."""
        context, at = self._context, start
        if context.lower[start:end].split()[0] in word_set("not_a_thing"):   # tăng nhẹ lên
            return None
        while at < end and names_measure(context, at, end):
            space = context.lower.find(" ", at, end)
            if space < 0:
                return None
            at = space + 1
        phrase = context.shadow[at:end]
        name = self._names.before(start, end)
        kind = HEAD_NOUN.search(context.lower, at, end)
        if kind:
            return context.shadow[kind.start() : end]
        return name[2] if name else phrase if at == start else None

    def _grammatical(self, found: list[Segment], role: str) -> str | None:
        """The subject of the number's clause, or of the nearest clause before it that has one."""
        context = self._context
        for place in range(len(found) - 1, -1, -1):
            segment = found[place]
            phrase = self._subject_of(segment, role)
            if phrase:
                at, stop = phrase
                if place and (whole := self._apposed(found, place, phrase)):
                    at, stop = whole
                words = context.shadow[at:stop].strip(" ,:;-*")
                if not any(map(str.isalpha, words)):
                    continue
                if is_anaphor(words):
                    if segment.speech and place and (speaker := self._speaks(found[place - 1])):
                        return speaker
                    person = words.lower() in word_set("person") and self._topic_of.person
                    return person or self._topic_of.stands_for(words, at) or self._last or self._topic_of.main or words
                return words
            if segment.speech:
                break
        return None

    def _subject_of(self, segment: Segment, role: str) -> tuple[int, int] | None:
        """The phrase that opens a segment and is its subject, or that says whose the measure is that opens it."""
        context, at, end = self._context, segment.begin, segment.end
        if end - at < 3:
            return None
        place = in_place(context, at, end)
        if place:
            return place
        if names_measure(context, at, end):
            owned = _OWNED.search(context.shadow, at, end)
            if owned:
                words = self._without_verb(owned.start(1), owned.end(1))
                return owned.start(1), owned.start(1) + len(words)
            if regarded := _REGARDED.search(context.lower, at, end):
                verb = OWNER_VERB.search(context.lower, regarded.start(1) + 2, regarded.end(1))
                return regarded.start(1), verb.start() if verb else regarded.end(1)
            frame = last_match(_FRAME, context.lower, at, end)
            inside = frame.span() if frame else self._names.before(at, end)
            return inside[:2] if inside else None
        if is_adjunct(context, at, end):
            return None
        name = self._names.opening(at, end)
        if name:
            return name
        return noun_phrase(context, at, end, last_verb=role == "norm")

    def _speaks(self, before: Segment) -> str | None:
        """`Hòa Phát cho biết công ty đã …`: the company is the one that says so."""
        words = self._context.shadow[before.begin : before.end].strip()
        return words if _SPEAKER.fullmatch(words) else self._names.body_at(before.begin)

    def _apposed(self, found: list[Segment], place: int, phrase: tuple[int, int]) -> tuple[int, int] | None:
        """`ông A, Giám đốc B, đã nộp`: the name before its apposition; `cá nhân, tổ chức nộp`: all of them."""
        context, before = self._context, found[place - 1]
        if not self._is_bare(before, found[place].begin):
            return None
        first = context.lower[phrase[0] : phrase[1]].split()[0]
        again = first in context.lower[before.begin : before.end].split()   # đơn vị cấp huyện, cấp xã
        kinds = names_kind(context, before.begin) and (again or names_kind(context, phrase[0]))
        named = NAME.match(context.shadow, before.begin) if not kinds else None
        if named and not (" " in named[0] or named[0].isupper()):   # a capital that only opens the sentence
            named = None
        named = named or _PERSON.match(context.lower, before.begin)
        if named and " và " not in context.lower[phrase[0] : phrase[1]]:
            return before.begin, before.end
        if not named and not kinds:
            return None
        begin, at = before.begin, place - 2
        while not named and at >= 0 and self._is_bare(found[at], begin) and names_kind(context, found[at].begin):
            begin, at = found[at].begin, at - 1
        return begin, phrase[1]

    def _is_bare(self, segment: Segment, after: int) -> bool:
        """A short phrase without a verb that a comma joins to what stands `after` it."""
        context = self._context
        words = context.shadow[segment.begin : segment.end].strip()
        if not 1 <= len(words.split()) <= 12 or not _JOINED.fullmatch(context.lower, segment.end, after):
            return False
        if is_adjunct(context, segment.begin, segment.end) or names_measure(context, segment.begin, segment.end):
            return False
        if _VERBAL.search(context.lower, segment.begin, segment.end):
            return False
        return OWNER_VERB.search(context.lower, segment.begin + 2, segment.end) is None
