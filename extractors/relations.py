"""What acts do to one another: based on, amends, replaces, repeals, guides, promulgated with, consolidates, corrects.

A relation is taken where a cue stands between two acts in one sentence, and where a notice speaks of itself: in its
subject, its bases, and its articles. Conventions: docs/relations.md; cues: data/relation_cues.tsv.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import regex

from corpus.document import Document
from extractors.decree_key import decree_key
from extractors.facts import Decree, Relation
from extractors.relating import gaps
from extractors.relating.cues import Found, any_of, find_cues, words
from extractors.relating.ranks import may_act
from extractors.relating.segments import items, label_end, segments


def find_relations(document: Document, decrees: list[Decree]) -> list[Relation]:
    """Every relation that the words of a document state between its acts, in order of the cue. Pure, linear time."""
    return _Reading(document, decrees).read() if decrees else []


_OWN = regex.compile(rf"\b{any_of('own')}[ \n](?:này|nầy)\b")
_ABOUT = regex.compile(r"[\s\"“*_-]*(?:v/v|về việc|về|việc)?[\s:]*")
_IN_FORCE = regex.compile(r"[^.;:\n]{0,60}?\b(?:kể từ|từ|khi|theo|bởi|bằng|do|tại)\b[^.;:\n]{0,40}?")
_SINCE = regex.compile(r"[ ](?:thi hành[ ])?(?:kể[ ])?từ[ ]")
_CLOSE = regex.compile(r"[\s,(]{0,3}(?:được[ ])?")
_JOINED = regex.compile(r"(?:,|\bvà|\bđồng thời)[ \n]{1,2}(?:(?:và|đồng thời|đã|sẽ)[ \n]{1,2}){0,2}\Z")
_LEFT = 24    # characters before a cue or an act in which its planning or denial stands
_PLANNING = 60
_LABEL = 60    # characters of `Điều 12. a) `
_MANY = 400   # members of one list; a longer one is a table of a database


def _of_itself(one: Relation) -> bool:
    """No act amends itself: one of the two mentions was taken for another act."""
    return one.subject is not None and decree_key(one.subject) is not None and (
        decree_key(one.subject) == decree_key(one.object)
    )


class _Reading:
    def __init__(self, document: Document, decrees: list[Decree]) -> None:
        self.document, self.lower, self.shadow = document, document.lower, document.shadow
        self.all = sorted(decrees, key=lambda act: (act.start, -act.end))
        self.outer: list[Decree] = []
        for act in self.all:
            if not self.outer or act.start >= self.outer[-1].end:
                self.outer.append(act)
        self.starts = [act.start for act in self.outer]
        self.all_starts = [act.start for act in self.all]
        notice = document.notice
        self.own = self._own_number()
        self.makes = bool(notice and notice.doc_type and notice.doc_type.value in words("makes"))
        self.found: dict[tuple[str, int, int], Relation] = {}

    def read(self) -> list[Relation]:
        cues = list(find_cues(self.lower))
        places = [cue.start for cue in cues]
        for start, end in segments(self.shadow):
            within = cues[bisect_left(places, start) : bisect_left(places, end)]
            if within:
                self._read_sentence(start, end, within)
        if self.document.notice:
            self._read_bases(cues, places)
            self._read_subject(cues, places)
        stated = (one for one in self.found.values() if not _of_itself(one))
        return sorted(stated, key=lambda one: (one.start, one.object.start, one.relation))

    def _own_number(self) -> Decree | None:
        """The mention of the document's own number in its head."""
        number = self.document.notice.number if self.document.notice else None
        return next((act for act in self.all if number and act.start <= number.start < act.end), None)

    # -- sentences

    def _read_sentence(self, start: int, end: int, cues: list[Found]) -> None:
        doers: dict[int, Decree | None] = {}   # start of an act → who did something to it in this sentence
        for found in cues:
            if found.form == "base" or self._denied(found.start):
                continue
            holder = self._holder(found)
            if holder:
                if found.form == "active":
                    at = bisect_left(self.all_starts, found.end)
                    inside = [act for act in self.all[at : at + _MANY] if act.end <= holder.end]
                    if inside and gaps.is_object_gap(self.lower[found.end : inside[0].start], free=True):
                        for act in inside:
                            self._add(found, holder, act, holder.start)
                continue
            if found.form == "active":
                self._read_active(start, end, found, doers)
            elif found.form == "passive":
                self._read_passive(start, end, found, doers)
            else:
                self._read_ended(start, end, found)

    def _read_active(self, start: int, end: int, found: Found, doers: dict[int, Decree | None]) -> None:
        doer = self._doer(start, found, doers)
        if doer is None:
            return
        subject, place = doer
        for act in self._objects(found, end, stops=subject is not self.own):
            doers[act.start] = subject
            if subject and self.lower[found.start - 1] == "(" and _older(found.cue.relation, subject, act):
                self._add(found, act, subject, place)   # Luật Giáo dục 43/2019/QH14 (sửa đổi 123/2025/QH15)
            else:
                self._add(found, subject, act, place)

    def _doer(
        self, start: int, found: Found, doers: dict[int, Decree | None]
    ) -> tuple[Decree | None, int] | None:
        """The act that does it (None: the document) and its place; None where the sentence names none."""
        nearest = self._before(found.start, start)
        own = self._own_before(found.start, max(start, nearest.end if nearest else start))
        if found.cue.relation == "promulgated_with":  # not `Nghị định này thay thế Quy chế … ban hành kèm theo …`
            at = own[1] if own else nearest.end if nearest else None
            if at is None or not _CLOSE.fullmatch(self.lower, at, found.start):
                return None
        if own is not None:
            return (self.own, own[0]) if self._is_subject_gap(own[1], found.start) else None
        if nearest is not None:
            gap_ok = self._is_subject_gap(nearest.end, found.start)
            joined = _JOINED.search(self.lower, max(nearest.end, found.start - 40), found.start)
            if nearest.start in doers and joined:   # `… của Luật A, thay thế Nghị định B`: done by who did it to A
                return (doers[nearest.start], nearest.start) if gap_ok else None
            return (nearest, nearest.start) if gap_ok else None
        if self.makes and self._is_operative(found):
            return self.own, found.start
        return None

    def _is_operative(self, found: Found) -> bool:
        """Whether the cue opens an article or item: `Điều 2. Bãi bỏ …` is what the notice does."""
        line = self.lower.rfind("\n", max(0, found.start - _LABEL), found.start) + 1
        if line == 0 and found.start > _LABEL:
            return False
        subject = self.document.notice.subject if self.document.notice else None
        return line < found.start == label_end(self.lower, line, found.end) and not (subject and line < subject.end)

    def _read_passive(self, start: int, end: int, found: Found, doers: dict[int, Decree | None]) -> None:
        done_to = self._before(found.start, start)
        if done_to is None or not self._is_subject_gap(done_to.end, found.start):
            return
        for act in self._doers_behind(found, end):
            if not may_act(found.cue.relation, act, done_to):
                # `Nghị định A quy định chi tiết Luật B (được sửa đổi bởi Nghị định C)`: C amends A
                done_to = doers.get(done_to.start) or done_to
            self._add(found, act, done_to, done_to.start)

    def _doers_behind(self, found: Found, end: int) -> list[Decree]:
        at = bisect_left(self.starts, found.end)
        if at < len(self.outer) and self.outer[at].start < end:
            gap = self.lower[found.end : self.outer[at].start][: gaps.REACH + 1]
            named = found.cue.form == "passive"  # the cue holds the agent word: thay thế bằng
            if not (gaps.is_object_gap(gap, free=False) if named else gaps.is_agent_gap(gap)):
                return []
            return list(self._list(at, end, stops=True))
        stop = self.lower.find("\n", found.end, found.end + gaps.REACH)
        if stop > 0 and self.lower[found.end : stop].rstrip().endswith(":"):
            return list(self._listed(stop))
        return []

    def _read_ended(self, start: int, end: int, found: Found) -> None:
        """`X hết hiệu lực kể từ ngày Nghị định này có hiệu lực`; `Các văn bản sau đây hết hiệu lực: …`."""
        behind = self.lower[found.end : min(end, found.end + gaps.REACH)]
        own = _OWN.search(behind)
        following = bisect_left(self.starts, found.end)
        stop = self.lower.find("\n", found.end, found.end + gaps.REACH)
        lists = stop >= 0 and self.lower[found.end : stop].rstrip().endswith(":")
        if lists and self.document.notice and (own or self.makes):
            for act in self._listed(stop):
                self._add(found, self.own, act, act.start)
            return
        done_to = self._list_before(found.start, start)
        if not done_to:
            return
        if following < len(self.outer) and self.outer[following].end <= end:
            doer = self.outer[following]
            gap = self.lower[found.end : doer.start]
            if len(gap) <= 100 and _IN_FORCE.fullmatch(gap):
                for act in done_to:
                    self._add(found, doer, act, act.start)
                return
        if self.document.notice and (own or (self.makes and _SINCE.match(behind) and not self._past(found.start))):
            for act in done_to:
                self._add(found, self.own, act, act.start)

    def _past(self, at: int) -> bool:
        return bool(regex.search(r"\bđã[ ]$", self.lower[max(0, at - 6) : at]))

    # -- what a notice says of itself

    def _read_subject(self, cues: list[Found], places: list[int]) -> None:
        """`NGHỊ ĐỊNH / Sửa đổi, bổ sung một số điều của Nghị định …`."""
        subject = self.document.notice.subject if self.document.notice else None
        if subject is None or not self.makes:
            return
        for found in cues[bisect_left(places, subject.start) : bisect_left(places, subject.end)]:
            if found.form != "active" or not _ABOUT.fullmatch(self.lower, subject.start, found.start):
                continue
            for act in self._objects(found, subject.end + 1):
                self._add(found, self.own, act, subject.start)

    def _read_bases(self, cues: list[Found], places: list[int]) -> None:
        for base in self.document.notice.bases if self.document.notice else ():
            near = cues[bisect_left(places, base.start) : bisect_right(places, base.start + 8)]
            found = next((cue for cue in near if cue.form == "base"), None)
            if found is None:
                continue
            for act in self._objects(found, base.end):
                self._add(found, self.own, act, base.start)

    # -- acts around a cue

    def _holder(self, found: Found) -> Decree | None:
        """The act in whose name the cue stands: `Luật sửa đổi, bổ sung … của Luật A`."""
        at = bisect_right(self.starts, found.start) - 1
        return self.outer[at] if at >= 0 and self.outer[at].end > found.start else None

    def _before(self, at: int, start: int) -> Decree | None:
        place = bisect_left(self.starts, at) - 1
        return self.outer[place] if place >= 0 and self.outer[place].start >= start else None

    def _own_before(self, at: int, start: int) -> tuple[int, int] | None:
        """`Nghị định này` as the nearest act before a cue, in a notice."""
        if self.document.notice is None:
            return None
        every = [one.span() for one in _OWN.finditer(self.lower, max(start, at - gaps.REACH), at)]
        return every[-1] if every else None

    def _is_subject_gap(self, start: int, end: int) -> bool:
        if end - start > gaps.REACH:
            return False
        return gaps.is_subject_gap(self.lower[start:end], self.shadow[start:end])

    def _objects(self, found: Found, end: int, *, stops: bool = False) -> list[Decree]:
        """The acts behind a cue; with `stops` a semicolon ends their list, as in a list of acts that amend others."""
        at = bisect_left(self.starts, found.end)
        if at < len(self.outer) and self.outer[at].start < end:
            gap = self.lower[found.end : self.outer[at].start][: gaps.REACH + 1]
            if gaps.is_object_gap(gap, free=found.cue.free):
                return list(self._list(at, end, stops=stops))
            return []
        stop = self.lower.find("\n", found.end, found.end + gaps.REACH)
        if found.form == "active" and stop > 0 and self.lower[found.end : stop].rstrip().endswith(":"):
            return list(self._listed(stop))
        return []

    def _list(self, at: int, end: int, *, stops: bool = False) -> Iterator[Decree]:
        """The act at `at` and those that go on its list before `end`; with `stops` a semicolon ends it."""
        yield self.outer[at]
        for before, act in zip(self.outer[at : at + _MANY], self.outer[at + 1 : at + _MANY], strict=False):
            if act.start >= end or act.start - before.end > gaps.REACH:
                return
            gap = self.lower[before.end : act.start]
            if (stops and ";" in gap) or not gaps.is_member_gap(gap):
                return
            yield act

    def _list_before(self, at: int, start: int) -> list[Decree]:
        """The acts of the list that ends before a cue."""
        nearest = self._before(at, start)
        if nearest is None or not self._is_subject_gap(nearest.end, at):
            return []
        place = bisect_left(self.starts, nearest.start)
        found = [nearest]
        while place and len(found) < _MANY and self.outer[place - 1].start >= start:
            before = self.outer[place - 1]
            if not gaps.is_member_gap(self.lower[before.end : found[-1].start][: gaps.REACH + 1]):
                break
            found.append(before)
            place -= 1
        return found[::-1]

    def _listed(self, at: int) -> Iterator[Decree]:
        """The act that each line of a list names first."""
        for number, (begin, end) in enumerate(items(self.lower, at)):
            place = bisect_left(self.starts, begin)
            if number == _MANY or place == len(self.outer) or self.outer[place].end > end:
                return
            act = self.outer[place]
            if not gaps.is_object_gap(self.lower[begin : act.start][: gaps.REACH + 1], free=False):
                return
            yield act

    # -- keeping

    def _denied(self, at: int) -> bool:
        return bool(_DENIED.search(self.lower, max(0, at - _LEFT), at))

    def _add(self, found: Found, subject: Decree | None, act: Decree, place: int) -> None:
        if subject is act or (subject and (_same(subject, act) or not may_act(found.cue.relation, subject, act))):
            return
        if self.own and subject is not self.own and found.form == "base":
            return
        if subject and _older(found.cue.relation, subject, act):
            return
        key = (found.cue.relation, subject.start if subject else -1, act.start)
        if key in self.found:
            return
        self.found[key] = Relation(
            start=found.start, end=found.end, text=self.document.quote(found.start, found.end),
            relation=found.cue.relation, subject=subject, object=act,
            planned=self._planned(min(place, found.start), found.start), rule=found.form,
        )

    def _planned(self, first: int, cue: int) -> bool:
        """Whether a draft, a proposal or the future stands before the first act, or between it and the cue."""
        before = _DRAFT.search(self.lower, max(0, first - _LEFT), first)
        between = (self.lower, max(first, cue - _PLANNING), cue)
        return bool(before or _DRAFT.search(*between) or _PLANNED.search(*between))


def _same(one: Decree, other: Decree) -> bool:
    return bool(one.number) and (one.doc_type, one.number) == (other.doc_type, other.number)


def _older(relation: str, subject: Decree, act: Decree) -> bool:
    """Whether the act came after the one that is said to have acted upon it: then the words were read wrongly."""
    if relation not in _UPON_OLDER or not subject.year or not act.year:
        return False
    if subject.date and act.date and len(subject.date) == len(act.date) == 10 and "X" not in subject.date + act.date:
        return subject.date < act.date
    return subject.year < act.year


_UPON_OLDER = frozenset(("amends", "replaces", "repeals", "corrects", "consolidates", "based_on"))
_DENIED = regex.compile(rf"\b{any_of('denied')}[ ](?:được[ ]|bị[ ])?\Z")
_DRAFT = regex.compile(rf"\b{any_of('draft')}")
_PLANNED = regex.compile(rf"\b{any_of('planned')}")
