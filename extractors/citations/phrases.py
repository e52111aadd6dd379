"""Words around citations (data/citation_phrases.tsv): what opens a title, ends a name, rules a citation out."""

from __future__ import annotations

from functools import cache

import regex

from extractors.lexicon import LexiconError, table

ROLES = {
    "name_stop", "name_comma", "title_drop", "title_keep", "title_stop", "title_comma", "organ_head", "organ_stop",
    "not_before", "not_after", "passed", "short_follow", "not_symbol", "citing", "case", "private", "counted",
    "company", "organ_small", "not_constitution", "not_organ", "organ_goes_on", "title_goes_on",
}
_WORD = regex.compile(r"\w+")


@cache
def _by_first_word() -> dict[str, dict[str, tuple[str, ...]]]:
    """Role → first word → phrases, longest first."""
    grouped: dict[str, dict[str, list[str]]] = {role: {} for role in ROLES}
    for row in table("citation_phrases"):
        if row["role"] not in ROLES:
            raise LexiconError(f"citation_phrases.tsv: unknown role {row['role']!r}")
        first = _WORD.match(row["phrase"])
        key = first.group() if first else row["phrase"][0]
        grouped[row["role"]].setdefault(key, []).append(row["phrase"])
    return {
        role: {word: tuple(sorted(found, key=len, reverse=True)) for word, found in words.items()}
        for role, words in grouped.items()
    }


def phrases(role: str, lowered: str, pos: int) -> int:
    """The length of the longest phrase of the role that stands at `pos` on word borders; 0 if none."""
    word = _WORD.match(lowered, pos, pos + 20)
    for phrase in _by_first_word()[role].get(word.group() if word else lowered[pos : pos + 1], ()):
        end = pos + len(phrase)
        if _stands(lowered, phrase, pos) and not (lowered[end : end + 1].isalnum() and phrase[-1].isalnum()):
            return len(phrase)
    return 0


def _stands(lowered: str, phrase: str, pos: int) -> bool:
    """The phrase stands at `pos`; a line may break between its words."""
    return lowered.startswith(phrase, pos) or (
        " " in phrase and lowered[pos : pos + len(phrase)].replace("\n", " ") == phrase
    )


def ends_with(role: str, lowered: str, end: int) -> bool:
    """Whether a phrase of the role ends right before `end` (spaces between are skipped)."""
    stop = end
    while stop > 0 and lowered[stop - 1] in " \n\"'*(" and end - stop < 4:
        stop -= 1
    begin = stop
    while begin > 0 and lowered[begin - 1].isalnum() and stop - begin < 20:
        begin -= 1
    for phrase in _by_last_word()[role].get(lowered[begin:stop], ()):
        at = stop - len(phrase)
        if at >= 0 and lowered.startswith(phrase, at) and not (at > 0 and lowered[at - 1].isalnum()):
            return True
    return False


@cache
def _by_last_word() -> dict[str, dict[str, tuple[str, ...]]]:
    """Role → last word → phrases."""
    grouped: dict[str, dict[str, list[str]]] = {role: {} for role in ROLES}
    for row in table("citation_phrases"):
        last = row["phrase"].rpartition(" ")[2]
        grouped[row["role"]].setdefault(last, []).append(row["phrase"])
    return {role: {word: tuple(found) for word, found in words.items()} for role, words in grouped.items()}


def stops_name(lowered: str, start: int) -> bool:
    """Whether the word at `start` cannot go on a law's name."""
    return phrases("name_stop", lowered, start) > 0


