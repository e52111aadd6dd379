"""Noun phrases that name who speaks and who must act, and the border between them and the act."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import regex

from extractors.clause_words import any_of, words_of
from extractors.speech.words import ActorClass, actors, is_known, verb_anchors, verbs

WINDOW = 600  # characters looked at on either side of a directive word; official lists of addressees are long

_SYLLABLE = regex.compile(r"[\p{L}\p{M}\d&/.]++(?:-[\p{L}\d]++)*")
_LONGEST_HEAD = 5
_ACRONYM = regex.compile(r"(?:\p{Lu}[\p{Lu}\d&-]{1,11})(?![\p{L}\d])")
_MANY = regex.compile(rf"(?:tất cả |toàn bộ )?{any_of('plural')}\s++(?:các\s++)?")
# Acronyms of public bodies; of others nothing is known.
_PUBLIC = regex.compile(
    r"(?:UB|HĐND|HĐTV|MTTQ|TAND|VKS|KSND|CSGT|CA|PCCC|BHXH|KTNN|NHNN|VPCP|TTCP|THADS|BCĐ|BCH|TW|TP|QĐND|"
    r"BTC|BTP|BCA|BYT|GTVT|GD|LĐ|SCT|LHQ|EU|WHO|FBI|HĐXX|Q\b|TƯ)"
)
_ARTICLE = regex.compile(rf"(?:{any_of('determiner')}\s++)++")
_CLOSED = frozenset(words_of("closing syllable"))
_OPEN_HEADS = frozenset(words_of("open head"))
_SOFT_HEADS = frozenset(words_of("soft head"))
# `Bộ Nội vụ`, `Bộ Quốc phòng` are whole names: the next verb is an act.
_NOMINAL = regex.compile(
    rf"\b(?:(?<!(?i:nội|nghiệp|quốc|đặc|nhiệm)[ -]){any_of('nominal')}"
    r"|phương pháp|(?<!dân )(?<!hình )(?<!nhân )sự)\Z"
)
_LEAD = regex.compile(rf"""[\s"'(:,\-*_]*+(?:{any_of("before addressee")}\s++)*+""")


_NAME = r"\p{Lu}[\p{L}\d&.-]*+(?:\s\p{Lu}[\p{L}\d&.-]*+){0,4}"
_NAMES = regex.compile(rf"{_NAME}(?:(?:,|\svà)\s{_NAME}){{0,3}}(?=\s\p{{Ll}})")
_ADVERBS_OF_ACT = regex.compile(r"\s(?:(?:cần phải|phải|cần|sớm|ngay lập tức|ngay|nhanh chóng|lập tức|không)\s(?=.))*+")
# Before a noun of which nothing is known: things more often than people.
_SOME = regex.compile(r"(?:một số|nhiều|những)\s")
_ON_WHAT_GROUND = regex.compile(r",?\s(?:trên cơ sở|căn cứ|dựa trên)\b")


# `kêu gọi Anh ngừng …`: with a capital letter inside a sentence, and no name after it.
_ENGLAND = regex.compile(r"[\p{Ll},]\sAnh(?:\s\p{Ll}|[,.;])")


class Actor(NamedTuple):
    """A noun phrase at `start:end` by its first words. `head` in lower case."""

    start: int
    end: int
    kind: ActorClass
    head: str


@cache
def _first_words() -> frozenset[str]:
    """The first words of all heads: where none begins, none need be looked for."""
    return frozenset(head.split(" ")[0] for head in actors())


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
    if found := _MANY.match(lower, begin, stop):
        whole = " ".join(part.group() for part in syllables[:3])
        if any(known.get(" ".join(whole.split(" ")[:count])) == "thing" for count in (3, 2)):
            return None
        one = actor_at(shadow, lower, found.end(), stop)
        return (
            Actor(start, one.end, one.kind, one.head)
            if one
            else Actor(start, found.end() - 1, "many", found.group().strip())
        )
    words = [part.group() for part in syllables]
    opens = words[0] in _first_words() or words[0].rstrip(".") in _first_words()
    for count in range(len(words) if opens else 0, 0, -1):
        last = syllables[count - 1].end()
        head = " ".join(words[:count])
        kind = known.get(head) or known.get(head.rstrip("."))
        if kind == "person" and head == "anh" and _ENGLAND.match(shadow, start - 2, last + 3):
            kind = "country"
        if kind == "country" and not shadow[syllables[0].start()].isupper():
            continue  # `đức`, `ý`, `pháp` are words too
        if kind:
            return None if kind == "thing" else Actor(start, last, kind, head)
    acronym = _ACRONYM.match(shadow, syllables[0].start(), stop)
    if acronym and (_PUBLIC.match(acronym.group()) or acronym.group().replace("Đ", "D").isascii()):
        kind = "state" if _PUBLIC.match(acronym.group()) else "group"
        return Actor(start, acronym.end(), kind, acronym.group().lower())
    return None


_NEGATIONS = frozenset({"không", "chưa", "không được", "không nên", "không để"})
_AIR = ("hàng", "phòng")
# `giao vụ việc này cho Thanh tra Bộ kiểm tra`: a thing is handed to the one who must act.
_HANDED_TO = regex.compile(r"\s[\p{L}\s]{3,60}?\scho\s")

# `Bộ`, `Cục` alone with a capital letter: a short name, after which a verb in lower case begins the act.
_NAMED_HEAD = regex.compile(r"(?:^|[\s\"(])(Bộ|Cục|Sở|Ban|Vụ|Công ty|Tổng cục|Chi cục|Hội|Viện|Tỉnh|Huyện)\Z")
# `các sở phối hợp …`: bodies of one kind need no name.
_SEVERAL = regex.compile(r"\b[Cc]ác (?:bộ|sở|tỉnh|huyện|quận|xã|phường|ngành|cục)\Z")
# The names that follow these begin with a capital letter, so a verb in lower case is no part of one.
_ONLY_CAPITALS = frozenset({"Bộ", "Cục", "Sở", "Tổng cục", "Chi cục", "Tỉnh", "Huyện"})


# `yêu cầu cá nhân, cơ quan, tổ chức có liên quan cung cấp …`: a noun in a list of those who are told.
_ORGANISATION = regex.compile(
    r"(?:,|\s(?:và |hoặc )?(?:cá nhân|có liên quan|liên quan|khác|đoàn thể|chính trị|xã hội|kinh tế|tín dụng|đảng"
    r"|sự nghiệp|nước ngoài|trong nước|quốc tế|hành nghề|đơn vị))\b"
)
# `Bộ Xây dựng kiểm tra`: the second syllable of a name is in lower case.
_NAME_BEFORE = regex.compile(r"\p{Lu}\p{Ll}+\s\p{Ll}+\s*+\Z")


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


def first_act(shadow: str, head_end: int, stop: int, *, head: str | None = None) -> int | None:
    """Where the predicate begins after a noun phrase whose head ends at `head_end`, None where there is none.

    Verbs that also stand inside names (cơ quan điều tra, Ban Quản lý) count only after a phrase that is whole;
    where no better verb follows, the first of them that does not touch the head.
    """
    stop = min(stop, head_end + WINDOW)
    window = shadow[head_end:stop]
    open_head = head is None or head in _OPEN_HEADS
    soft = head in _SOFT_HEADS
    named = _NAMED_HEAD.search(shadow, max(0, head_end - 12), head_end)
    several = _SEVERAL.search(shadow, max(0, head_end - 14), head_end) is not None
    spare: int | None = None
    hits = sorted(verb_anchors().find(window), key=lambda hit: (hit[0], -hit[1]))
    taken = 0
    for begin, end, verb in hits:
        if begin < taken:
            continue
        taken = end
        if verb.none or window.startswith((" của ", " này"), end):
            continue
        listed = verb.text == "tổ chức" and window[:begin].rstrip().endswith((",", "và"))
        if listed and _ORGANISATION.match(window, end):
            continue
        before = _word_before(window, begin)
        if verb.text in _NEGATIONS:
            if before.lower() in _AIR:
                continue  # `Cục Hàng không`
            if window[end : end + 1] == " ":
                return head_end + begin
        if begin > 1 and _NOMINAL.search(window, max(0, begin - 16), begin - 1):
            continue
        if verb.text in ("không", "chưa") and window[end : end + 4].strip() in ("", ",", "."):
            continue
        touches = not window[:begin].strip(' "')
        if before[:1].isupper() and is_known(f"{before} {verb.text}".lower()):
            continue  # `Đào tạo`, `Thư ký`: the verb is the end of a name
        if touches and soft and not verb.inside:
            return head_end + begin
        if touches and named and (not verb.inside or named.group(1) in _ONLY_CAPITALS):
            return head_end + begin
        if not verb.inside and not (touches and open_head and not several):
            if spare is not None and any(mark in window[spare - head_end : begin] for mark in ",;"):
                return spare
            return head_end + begin
        if touches:
            if not open_head:
                return head_end + begin
            continue
        if (
            before[:1].isupper()
            or _NAME_BEFORE.search(window, max(0, begin - 30), begin)
            or before.lower() in _CLOSED
            or window[:begin].rstrip()[-1:] == ")"
        ):
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
    if actor and actor.head in verbs() and not is_noun(shadow, actor):
        actor = None
    if actor and actor.kind == "many" and _SOME.match(lower, actor.start):
        return None, None  # `kiến nghị một số giải pháp`
    if actor is None and act_begins(shadow, lower, begin, stop):
        return None, begin
    if actor is None:
        return _named(shadow, lower, begin, stop)
    act = first_act(shadow, actor.end, stop, head=actor.head)
    colon = shadow.find(": ", actor.end, min(stop, actor.end + WINDOW) if act is None else act)
    if colon >= 0 and act_begins(shadow, lower, colon + 2, stop):
        act = colon + 2  # `đề nghị các cấp uỷ của thành phố: Tuyên truyền sâu rộng …`
    if act is None:
        return Actor(begin, stop, actor.kind, actor.head), None
    if shadow[actor.end : act].endswith(" để "):
        return None, begin  # `kêu gọi cán bộ … để bảo vệ rừng`: where the act begins is not known
    if basis := _ON_WHAT_GROUND.search(lower, actor.end, act):
        act = basis.end() - len(basis.group().lstrip(" ,"))
    return Actor(begin, _stripped(shadow, begin, act), actor.kind, actor.head), act


def handed(shadow: str, lower: str, start: int, stop: int) -> tuple[Actor | None, int | None]:
    """What follows `giao` where a thing stands first: `giao hồ sơ cho Công an tỉnh điều tra`."""
    found = _HANDED_TO.match(lower, start, min(stop, start + 80))
    if found is None:
        return None, None
    actor, act = told(shadow, lower, found.end(), stop)
    return (actor, act) if actor and actor.kind in ("state", "group", "place") else (None, None)


def _named(shadow: str, lower: str, start: int, stop: int) -> tuple[Actor | None, int | None]:
    """`yêu cầu Vinasun dừng …`: a name, or list of names, of which nothing else is known, right before the act."""
    found = _NAMES.match(shadow, start, stop)
    if found is None:
        return None, None
    act = _ADVERBS_OF_ACT.match(lower, found.end(), stop).end()  # type: ignore[union-attr]
    if not act_begins(shadow, lower, act, stop) or shadow[act].isupper():
        return None, None
    return Actor(start, found.end(), "group", lower[start : found.end()]), act


def is_noun(shadow: str, actor: Actor, *, opens: bool = False) -> bool:
    """`tổ chức đảng`, `Thanh tra Chính phủ` against `tổ chức kiểm điểm`.

    Where it `opens` a sentence, a capital letter proves nothing of `Tổ chức`.
    """
    after = shadow[actor.end : actor.end + 20]
    return (
        (shadow[actor.start].isupper() and not (opens and actor.head == "tổ chức"))
        or after[:2].strip()[:1].isupper()
        or after[:1] == ","
        or after.startswith(
            (" đảng", " chính trị", " tín dụng", " cá nhân", " đoàn thể", " có liên quan", " liên quan")
        )
    )


def _stripped(shadow: str, start: int, stop: int) -> int:
    end = len(shadow[start:stop].rstrip(' ,;:"-(')) + start
    for word in (" chỉ", " cần", " phải", " đều", " cũng", " và", " hết sức", " trước hết", " tích cực"):
        if shadow[start:end].endswith(word):
            end = len(shadow[start:end].removesuffix(word).rstrip(" ,")) + start
    return end
