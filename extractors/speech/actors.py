"""Noun phrases that name who speaks and who must act, and the border between them and the act."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractors.speech.words import ActorClass, actors, verb_anchors, verbs

WINDOW = 600  # characters looked at on either side of a directive word; official lists of addressees are long

_SYLLABLE = regex.compile(r"[\p{L}\p{M}\d&/.]++(?:-[\p{L}\d]++)*")
_LONGEST_HEAD = 5
_ACRONYM = regex.compile(r"(?:\p{Lu}[\p{Lu}\d&-]{1,11})(?![\p{L}\d])")
_ARTICLE = regex.compile(
    r"(?:(?:tất cả|toàn thể|toàn bộ|đề nghị|riêng|cả|chính|ngay|vị|nguyên|cựu|đương kim|quyền|tân|đồng chí|đ/c|"
    r"tập thể|ngài|phía|bản thân|4|3|2|5)\s++)++"
)
# Words that close a noun phrase: after them only a predicate or another sentence part can follow.
_CLOSED = frozenset(
    "này trên đó liên quan quan năng trực thuộc phương dân ương cấp thành an việt nam nhân nước ty đoàn viên thể đội "
    "hội phố sở ngành quả chức hàng trưởng hộ đây khác hộ gia đình tư địa nghiệp học".split()
)
# Before a verb these make it a noun or a part of the noun phrase.
_NOMINAL = frozenset(
    "việc sự công tác của về những các bị được thuộc đã từng cuộc quá trình chương kế hoạch đang do người nhà chủ bên "
    "một mọi chưa số theo tại ở trong từ với đơn nội dung biện pháp giải nhiệm vụ tác quyền bộ ban".split()
)
_NOT_NOMINAL = frozenset("chưa đã".split())
_LEAD = regex.compile(r"""[\s"'(:,\-*_]*+(?:(?:cho|với|đến|tới|là|rằng|thêm|cả|ngay|đối với)\s++)*+""")


@dataclass(frozen=True, slots=True)
class Actor:
    """A noun phrase at `start:end` by its first words. `head` in lower case."""

    start: int
    end: int
    kind: ActorClass
    head: str


def actor_at(shadow: str, lower: str, start: int, stop: int) -> Actor | None:
    """The head of a noun phrase that begins exactly here; its `end` is the end of the head, not of the phrase."""
    begin = start
    if article := _ARTICLE.match(lower, start, stop):
        begin = article.end()
    syllables = []
    for found in _SYLLABLE.finditer(lower, begin, min(stop, begin + 60)):
        if syllables and lower[syllables[-1].end() : found.start()].strip():
            break
        syllables.append(found)
        if len(syllables) == _LONGEST_HEAD:
            break
    if not syllables or lower[begin : syllables[0].start()].strip(' "'):
        return None
    known = actors()
    for count in range(len(syllables), 0, -1):
        last = syllables[count - 1].end()
        head = " ".join(part.group() for part in syllables[:count])
        kind = known.get(head) or known.get(head.rstrip("."))
        if kind:
            return None if kind == "thing" else Actor(start, last, kind, head)
    if acronym := _ACRONYM.match(shadow, syllables[0].start(), stop):
        return Actor(start, acronym.end(), "state", acronym.group().lower())
    return None


def act_begins(shadow: str, lower: str, start: int, stop: int) -> bool:
    """An act begins here: a known verb or word of manner, in lower case or at the head of a sentence."""
    text = lower[start : start + 30]
    known = verbs()
    parts = text.split(" ")
    for count in (3, 2, 1):
        word = " ".join(parts[:count]).rstrip(" ,;:.…\"'()\n")
        if len(parts) >= count and word in known:
            return True
    return False


def first_act(shadow: str, head_end: int, stop: int) -> int | None:
    """Where the predicate begins after a noun phrase whose head ends at `head_end`, None where there is none.

    Verbs that also stand inside names (cơ quan điều tra, Ban Quản lý) count only after a phrase that is whole;
    where no better verb follows, the first of them that does not touch the head.
    """
    stop = min(stop, head_end + WINDOW)
    window = shadow[head_end:stop]
    spare: int | None = None
    hits = sorted(verb_anchors().find(window), key=lambda hit: (hit[0], -hit[1]))
    taken = 0
    for begin, end, verb in hits:
        if begin < taken:
            continue
        taken = end
        before = _word_before(window, begin)
        if before.lower() in _NOMINAL and before.lower() not in _NOT_NOMINAL:
            continue
        if verb.text in ("không", "chưa") and window[end : end + 4].strip() in ("", ",", "."):
            continue
        if not verb.inside:
            return head_end + begin
        closed = before[:1].isupper() or before.lower() in _CLOSED or window[:begin].rstrip()[-1:] in ',)"'
        if closed and window[:begin].strip() and window[:begin].rstrip()[-1:] != ",":
            return head_end + begin
        if spare is None and window[:begin].strip(" ,"):
            spare = head_end + begin
    return spare


def _word_before(window: str, position: int) -> str:
    words = window[max(0, position - 24) : position].rstrip(' "(').split(" ")
    return words[-1].strip(",;)\"'") if words else ""


def told(shadow: str, lower: str, start: int, stop: int) -> tuple[Actor | None, int | None]:
    """What follows a verb of telling: the addressee, if named, and the beginning of the act, if there is one."""
    lead = _LEAD.match(shadow, start, stop)
    begin = lead.end() if lead else start
    actor = actor_at(shadow, lower, begin, stop)
    if actor and actor.head in verbs() and not _is_noun(shadow, actor):
        actor = None
    if actor is None:
        return None, begin if act_begins(shadow, lower, begin, stop) else None
    act = first_act(shadow, actor.end, stop)
    if act is None:
        return Actor(begin, stop, actor.kind, actor.head), None
    return Actor(begin, _stripped(shadow, begin, act), actor.kind, actor.head), act


def _is_noun(shadow: str, actor: Actor) -> bool:
    """`tổ chức đảng`, `Thanh tra Chính phủ` against `tổ chức kiểm điểm`."""
    after = shadow[actor.end : actor.end + 20]
    return shadow[actor.start].isupper() or after[:2].strip()[:1].isupper() or after[:1] == "," or after.startswith(
        (" đảng", " chính trị", " tín dụng", " cá nhân", " đoàn thể", " có liên quan", " liên quan")
    )


def _stripped(shadow: str, start: int, stop: int) -> int:
    end = len(shadow[start:stop].rstrip(' ,;:"-(')) + start
    for word in (" cần", " phải", " đều", " cũng", " và", " hết sức", " trước hết", " tích cực"):
        if shadow[start:end].endswith(word):
            end = len(shadow[start:end].removesuffix(word).rstrip(" ,")) + start
    return end
