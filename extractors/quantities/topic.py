"""What a document is about, and whom its pronouns and its `hãng này`, `quận này` stand for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from unicodedata import normalize

import regex

from extractors.places import known_place
from extractors.quantities.clauses import Segment, is_anaphor, segments
from extractors.quantities.context import Context
from extractors.quantities.names import NAME, Names
from extractors.quantities.words import one_of, word_set

_BACK = 1500       # characters in which a noun is looked for that is taken up again
_QUOTED = 500      # characters between a number and the end of its quotation
_SPEAKER = regex.compile(
    rf"[”\"’'] ?[,.–-]{{0,2}} ?(?:(?:{one_of('says')}|theo) )?((?:(?:{one_of('address')}) )?{NAME.pattern})"
)
_NAMED = regex.compile(rf" (?:{NAME.pattern}|\d{{1,2}}(?![\p{{L}}\d.,]))")
_BARE_NAME = regex.compile(r"(\p{Lu}\p{Ll}*+(?: \p{Lu}\p{Ll}*+){1,4}+)(?: \([^()]*\))?")
_TITLE = 250
_HEAD = 700        # characters of the head of a notice
_CONCLUSIONS = regex.compile(r"(?<!\p{L})kết luận (?:của|chỉ đạo)")
_VISIT = regex.compile(
    r"(?:làm việc|họp) với (?:tập thể )?(?:ban thường vụ |thường trực )?"
    r"(?:lãnh đạo (?:chủ chốt )?|cán bộ chủ chốt )?(?:của )?"
)
_PLACE_IN = regex.compile(r"(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Hh]uyện|[Qq]uận) (\p{Lu}\p{L}*+(?: \p{Lu}\p{L}*+)*+)\Z")


class Topic:
    """Answers for one document; every search is bounded."""

    def __init__(self, context: Context, names: Names, subject_of: Callable[[Segment], tuple[int, int] | None]) -> None:
        self._context = context
        self._names = names
        self._subject_of = subject_of

    def stands_for(self, words: str, pos: int) -> str | None:
        """What `hãng này`, `quận`, `tôi` at `pos` stand for, None where the text does not show it."""
        parts = words.lower().split()
        while len(parts) > 1 and parts[-1] in word_set("anaphor"):
            del parts[-1]
        head = " ".join(parts)
        if head in word_set("first_person"):
            return self._speaker(pos)
        if head in word_set("person"):
            return None
        return self._named_before(head, pos)

    def _speaker(self, pos: int) -> str | None:
        """`"… tôi …", ông A nói`: who is quoted, where the quotation ends with its speaker."""
        context = self._context
        end = context.shadow.find("\n", pos, pos + _QUOTED)
        close = _SPEAKER.search(context.shadow, pos, end if end >= 0 else min(len(context.shadow), pos + _QUOTED))
        return self._in_full(close[1], pos) if close else None

    def _in_full(self, name: str, pos: int) -> str:
        """`Phong` as the text has named him before: `Phạm Gia Phong`."""
        if " " in name:
            return name
        before = r"(?<!\p{L})\p{Lu}\p{Ll}++(?: \p{Lu}\p{Ll}++){0,2} "
        full = regex.compile(rf"{before}{regex.escape(name)}(?!\p{{L}})")
        found = full.search(self._context.shadow, max(0, pos - 4 * _BACK), pos)
        return found[0] if found else name

    def _named_before(self, head: str, pos: int) -> str | None:
        """The last `hãng X`, `quận 9` before `hãng này`, `quận này`."""
        context, at = self._context, pos
        floor = max(0, pos - _BACK)
        for _ in range(8):
            at = context.lower.rfind(head, floor, at)
            if at < 0:
                return None
            if at and context.lower[at - 1].isalpha():
                continue
            body = self._names.body_at(at)
            if body:
                return body
            named = _NAMED.match(context.shadow, at + len(head))
            if named:
                return context.shadow[at : named.end()]
        return None

    def _host(self, line: int) -> str | None:
        """Whom a notice of conclusions regards: `Kết luận của … tại buổi làm việc với lãnh đạo X`.

        X is the place it bears the name of, where that is what the text goes on to tell of.
        """
        context = self._context
        end = min(len(context.shadow), line + _HEAD)
        found = _VISIT.search(context.lower, line, end) if _CONCLUSIONS.search(context.lower, line, end) else None
        if found is None:
            return None
        body = self._names.body_at(found.end())
        name = body or next((name[0] for name in NAME.finditer(context.shadow, found.end(), found.end() + 90)), None)
        if name is None:
            return None
        place = _PLACE_IN.search(name)
        told = place and any(f" {place[1]} {verb} " in context.shadow for verb in ("là", "có", "đã", "cần", "phải"))
        return place[1] if place and told else name

    @cached_property
    def person(self) -> str | None:
        """Whose life the text tells, where its title is a name alone: its `ông`, `bà` is that person."""
        title = (self._context.document.title or "").strip()
        name = _BARE_NAME.fullmatch(title)
        return name[1] if name and known_place(title, title.lower(), 0) is None else None

    @cached_property
    def main(self) -> str | None:
        """Who the title tells of."""
        context = self._context
        line = len(context.shadow) - len(context.shadow.lstrip(" #*\n|"))
        end = context.shadow.find("\n", line)
        end = min(end if end >= 0 else len(context.shadow), line + _TITLE)
        title = normalize("NFC", context.document.title or context.shadow[line:end])
        if host := self._host(line):
            return host
        if title[:20] in context.shadow[line:end]:
            first = segments(context, line, end)[0]
            phrase = self._subject_of(first)
            words = context.shadow[phrase[0] : phrase[1]] if phrase else ""
            if words and not words[0].isdigit() and not is_anaphor(words):
                return words.strip(" ,:;-*")
        named = [(count, name) for name, count in self._names.counts(title).items()]
        if named:
            return max(named)[1]
        names = [name[0] for name in NAME.finditer(title) if " " in name[0] and not name[0].isupper()]
        names = [name for name in names if context.shadow.find(name, end) >= 0]   # not those of a file's name
        names = [name for name in names if name.split()[0].lower() not in word_set("no_name")]
        if names:
            return names[0]
        for start in (match.start() for match in NAME.finditer(title)):
            if place := known_place(title, title.lower(), start):
                return title[start : place[0]]
        return None
