"""An act in words: where it begins, and bare verbs that are orders."""

from __future__ import annotations

import regex

from extractors.clause_words import any_of, words_of
from extractors.facts import Force
from extractors.speech.clauses import act_end
from extractors.speech.context import Act, Context
from extractors.speech.words import is_known, verbs

MODALS = regex.compile(
    rf"""\s*+(?:{any_of("modal")}\b\s*+|có trách nhiệm\s(?!(?:với|cao|hơn|lớn|nặng nề)\b)|[:,"]\s*+)*+"""
)
_PLAIN_ACTS = frozenset(words_of("plain act"))


_NO_OBJECT = regex.compile(
    r"\s*(?:của|này|trên|cho thấy|đã|là|được|cho biết|cũng nêu|nêu|:|, tồn tại|tồn tại|ban đầu|bước đầu|"
    r"về việc|số|cuộc|buổi|phiên)\b"
)
_IS_SOMETHING = regex.compile(r"\s(?:với|theo|trong) [^,.;]{2,40}\slà\b")


def imperative(context: Context, start: int, end: int, *, single: bool = False, prose: bool = False) -> bool:
    """A sentence or item opens with a bare verb, and nobody has done it yet.

    Verbs of one syllable count only with `single`; in running `prose` verbs that are as often nouns do not.
    """
    head = context.lower[start : start + 40]
    words = head.split(" ")
    known = verbs()
    for count in (4, 3, 2, 1):
        word = " ".join(words[:count]).rstrip(' ,;:."')
        verb = known.get(word)
        if verb is None and " " in word and is_known(word):
            break  # `phát ngôn viên …`: a longer word that only holds a verb
        if verb and prose and verb.inside and word not in _PLAIN_ACTS:
            return False
        if verb and (" " in word or (single and len(word) > 2)):
            rest = context.lower[start + len(word) : min(end, start + len(word) + 60)]
            return not _NO_OBJECT.match(rest) and not _IS_SOMETHING.match(rest)
    return any(cue.start == start and cue.kind in ("bind", "ban") for cue in context.cues_in(start, start + 1))


def make_act(
    context: Context,
    start: int,
    act: int,
    stop: int,
    force: Force,
    issuer: str | None,
    addressee: str | None,
    rule: str,
) -> Act:
    end = act_end(context.shadow, start, stop)
    begin = MODALS.match(context.lower, act, end).end() if act < end else act  # type: ignore[union-attr]
    return Act(start, end, begin, force, issuer, addressee, rule)
