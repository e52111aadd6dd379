"""The body of a post in the fullest form that the document supports.

A post may name its body in full, in part (`Cục`, `UBND tỉnh`, `Vụ Tổ chức cán bộ`) or not at all; what it lacks comes from
the heading of its list (`Về phía Tổng cục …, có các đồng chí:`), or from the last fuller name with the same first word.
"""

from __future__ import annotations

from functools import cached_property

import regex

from extractors.organisations import Organisation, Reader, find_organisations_in
from extractors.titles import Post

_HEADING = regex.compile(r"(?:về phía|đại diện|phía) \Z")
_INTERNAL = 6
_BARE_LEVEL = regex.compile(r"(?:^|.* )(tỉnh|thành phố|tp|tp\.|huyện|quận|xã|phường|thị xã|thị trấn)$", regex.I)


class Bodies:
    """Completes the bodies of posts from the rest of the document."""

    def __init__(self, reader: Reader, posts: list[Post]) -> None:
        self._reader = reader
        self._posts = posts

    @cached_property
    def _named(self) -> list[Organisation]:
        return find_organisations_in(self._reader)

    @cached_property
    def _headings(self) -> list[Organisation]:
        lower = self._reader.lower
        return [body for body in self._named if _HEADING.search(lower, max(0, body.start - 10), body.start)]

    def complete(self, post: Post, at: int) -> str | None:
        """The body of a post whose holder is named at `at`; None where the document names none."""
        main = post.main
        org = main.org
        heading = self._heading(at)
        if org is None:
            return self._implied(post) or (heading.name if heading else self._same_title(post))
        if " " not in org:
            return self._fuller(org, at) or (heading.name if heading else org)
        if bare := _BARE_LEVEL.match(org):
            place = self._place(bare[1], at)
            org = f"{org} {place}" if place else org
        if main.tier >= _INTERNAL and heading and heading.head not in org.lower() and not _has_parent(org):
            return f"{org}, {heading.name}"
        return org

    def _same_title(self, post: Post) -> str | None:
        """The body of the one office of this title that the document names, if there is but one."""
        title, kind = post.main.entry.title, post.main.entry.kind
        if kind not in ("office", "chair", "post"):
            return None
        named = {other.main.org for other in self._posts if other.main.entry.title == title and other.main.org}
        return named.pop() if len(named) == 1 else None

    def _implied(self, post: Post) -> str | None:
        body = post.main.entry.body
        if body.startswith("=") and body[1:].lower() in self._reader.lower:
            return body[1:]
        return None

    def _heading(self, at: int) -> Organisation | None:
        """The body that heads the list around a place: in the same paragraph, before it."""
        if "phía" not in self._reader.lower:
            return None
        line = self._reader.shadow.rfind("\n", 0, at)
        before = [body for body in self._headings if line < body.start < at]
        return before[-1] if before else None

    def _fuller(self, head: str, at: int) -> str | None:
        """The last fuller name with a first word before a place, else the first one after it."""
        alike = [body for body in self._named if body.head == head.lower() and " " in body.name]
        before = [body for body in alike if body.start < at]
        return before[-1].name if before else (alike[0].name if alike else None)

    def _place(self, level: str, at: int) -> str | None:
        """The place of a level that the text names last before, else first after."""
        level = "thành phố" if level.lower().startswith("tp") else level.lower()
        found: list[tuple[int, str]] = []
        for match in _levels(level).finditer(self._reader.lower):
            name = self._reader.name_after_level(match.end(), level)
            if name:
                found.append((match.start(), name))
        before = [name for start, name in found if start < at]
        return before[-1] if before else (found[0][1] if found else None)


def _levels(level: str) -> regex.Pattern[str]:
    words = r"(?:thành phố|tp\.?)" if level == "thành phố" else regex.escape(level)
    return regex.compile(rf"(?<!\p{{L}}){words} ?(?=\p{{L}})")


def _has_parent(org: str) -> bool:
    return any(word in org.lower() for word in (" thuộc ", " cục ", " bộ ", " sở ", " ubnd", " công an ", " tổng cục", "("))
