"""One happening told twice in a document is one event: the fuller telling is kept."""

from __future__ import annotations

from collections import defaultdict

import regex

from extractors.facts import Event

_WORD = regex.compile(r"[\p{L}\d][\p{L}\d/.-]*")
_SYMBOL = regex.compile(r"\d{1,4}/(?:\d{4}/)?\p{L}")
_BULLET = regex.compile(r"(?:^|\n|\s)[-+•●*]\s\Z")  # the items of a list are different happenings
_EMPTY = frozenset(
    [
        "đã",
        "sẽ",
        "bị",
        "được",
        "của",
        "và",
        "các",
        "những",
        "là",
        "có",
        "cho",
        "với",
        "trong",
        "tại",
        "ở",
        "về",
        "vào",
        "ngày",
        "tháng",
        "năm",
        "chiều",
        "sáng",
        "tối",
        "hôm",
        "một",
        "ông",
        "bà",
        "này",
        "theo",
        "cùng",
        "từ",
        "đến",
        "khi",
        "do",
        "vì",
        "để",
        "trên",
        "sau",
        "trước",
        "như",
        "cũng",
        "vừa",
    ]
)
NEAR = 100  # tellings that one is compared with: an archive in one file must not cost its square
SAME_KIND = 0.3  # the same for what one document seldom tells twice of one day: a date of effect, a trial
ENOUGH = 0.5  # share of the shorter telling's words that the fuller one must hold


def merged(events: list[Event], lower: str) -> list[Event]:
    """The events without retellings, in order of place."""
    by_date: dict[str, list[Event]] = defaultdict(list)
    for event in _one_date_each(events):
        by_date[event.date].append(event)
    kept: list[Event] = []
    for same_day in by_date.values():
        kept += _once_each(same_day, lower)
    kept = _finest(kept, lower)
    kept.sort(key=lambda event: (event.start, event.end))
    return kept


def _finest(events: list[Event], lower: str) -> list[Event]:
    """Without events that a finer date tells too."""
    finer: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if len(event.date) == 10:
            finer[event.date[:4]].append(event)
            finer[event.date[:7]].append(event)
    terms = {event.date[:10] for event in events if event.event_type == "effect" and event.date[10:11] == "/"}
    return [
        event
        for event in events
        if not (event.rule == "row" and event.event_type == "effect" and event.date in terms)  # prose says until when
        and not any(
            event.event_type == known.event_type == "effect" or _holds(known, event, lower)
            for known in finer[event.date][:NEAR]
        )
    ]


def _holds(finer: Event, event: Event, lower: str) -> bool:
    """`trong tháng 9` beside `ngày 18/9`: the same happening told with a coarser date."""
    if len(finer.date) <= len(event.date) or not finer.date.startswith(event.date) or "/" in finer.date:
        return False
    known, words = _content(finer, lower), _content(event, lower)
    share = SAME_KIND if event.event_type == finer.event_type in ("effect", "ruling", "meeting") else ENOUGH
    return len(words & known) >= share * min(len(words), len(known))


def _content(event: Event, lower: str) -> frozenset[str]:
    return frozenset(_WORD.findall(lower, event.start, event.end)) - _EMPTY


def _once_each(events: list[Event], lower: str) -> list[Event]:
    told: list[tuple[Event, frozenset[str]]] = []
    for event in sorted(events, key=_fullest):
        words = _content(event, lower)
        if not any(_same(event, words, other, known, lower) for other, known in told[-NEAR:]):
            told.append((event, words))
    return [event for event, _ in told]


def _symbols(words: frozenset[str]) -> frozenset[str]:
    """The numbers of documents among the words: two laws of one day are two happenings."""
    return frozenset(word for word in words if _SYMBOL.match(word))


def _fullest(event: Event) -> tuple[bool, bool, int, int]:
    """Told tellings first, then named types, then the longer; of tellings of about one length the first."""
    return event.rule in ("row", "named"), event.event_type == "other", -((event.end - event.start) // 60), event.start


def _same(event: Event, words: frozenset[str], other: Event, known: frozenset[str], lower: str) -> bool:
    if event.start < other.end and other.start < event.end:
        return True
    if not words:
        return True
    if "in full" in (event.rule, other.rule) and 0 <= max(event.start, other.start) - min(event.end, other.end) < 4:
        return True
    if event.rule == "row" and event.event_type == other.event_type:
        return True
    one, two = _symbols(words), _symbols(known)
    if one and two and not one & two:
        return False
    if {event.rule, other.rule} == {"column"} or {event.event_type, other.event_type} == {"appointment", "founding"}:
        return False
    if event.rule == "named":
        return True
    if _BULLET.search(lower, max(0, event.start - 4), event.start) and _BULLET.search(
        lower, max(0, other.start - 4), other.start
    ):
        return len(words & known) > 0.8 * max(len(words), len(known))
    share = SAME_KIND if event.event_type == other.event_type in ("effect", "ruling") else ENOUGH
    return len(words & known) > share * min(len(words), len(known))


def _one_date_each(events: list[Event]) -> list[Event]:
    """Of events that share most of a clause, the one with the finest date: a clause tells one happening."""
    kept: list[Event] = []
    for group in _overlapping(events):
        chosen: list[Event] = []
        for event in sorted(group, key=lambda event: (-event.date.split("/")[0].count("-"), event.start, event.end)):
            if not any(_overlap(event, other) > 0.5 for other in chosen):
                chosen.append(event)
        kept += chosen
    return kept


def _overlapping(events: list[Event]) -> list[list[Event]]:
    """Events in groups that share words."""
    groups: list[list[Event]] = []
    reach = -1
    for event in sorted(events, key=lambda event: (event.start, event.end)):
        if event.start >= reach:
            groups.append([])
        groups[-1].append(event)
        reach = max(reach, event.end)
    return groups


def _overlap(one: Event, two: Event) -> float:
    common = min(one.end, two.end) - max(one.start, two.start)
    return common / max(1, min(one.end - one.start, two.end - two.start))
