"""Borders of personal names in Vietnamese text, by capital letters and family names.

A Vietnamese name is family name, middle names, given name: two to five capitalised syllables (DOMAIN: a second
family name or `Thị` makes the long ones). Foreign names follow their own order, Latin or in Sino-Vietnamese reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from corpus import tables
from extractors.lexicon import table

_SYLLABLE = r"(?:\p{Lu}\.(?= ?\p{Lu})|\p{Lu}[\p{L}'’]*+(?:-\p{L}++)*+)"
_KOREAN = (   # second syllables as they are spelt in Latin letters, without those that are Vietnamese words
    "un|il|in|hye|jin|hyun|ho|sik|hwa|chol|chul|fai|wen|ping|ngor|eun|kyung|jae|yo|jong|bak|moon|hae|hee|hui|hwan|hyok"
    "|hyon|gun|geun|guk|kuk|kook|kyu|min|myung|sang|seok|sok|soo|suk|sun|tae|taek|uk|woo|won|yeol|yol|yon|yong|young|yul"
    "|chan|hyeon|hyung|joon|jun|jung|kwan|kwon|man|ok|pil|pong|rae|ryol|ryong|sam|seong|seung|seon|shik|sop|wook|nam|dong"
    "|jeou|wah|hoon|keun|gyu|chun|cheol|ung|sup|su|sig|wen|kit|man|chee|chu|bok|keung|yew|loong|ching|hsien|shek|sen|tung|koo|kyo|hak|hyuk|gap|gon|bin|yoon|ju|ryul|hyok|rok|geol"
)
_VIETNAMESE_PLAIN = (   # a syllable that Vietnamese could spell without marks
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?"
)
_SECOND_NAMES = (   # of the double names of French and Germans
    "Claude|Marie|Pierre|Yves|Paul|Jacques|Luc|Louis|Michel|Baptiste|Walter|Georg|Heinz|Peter|Dieter|Michael|Joachim"
    "|Christine|Noël|Ulrich|Jürgen|Henri|Frédéric|Philippe|François|André|Gustaf|Christophe|Louise|Claire|Thérèse"
    "|Karrenbauer|Bertrand|Max|Eric|Joseph|Josef|Friedrich|Dietrich|Werner|Charles|Robert|Dominique|Gilles"
)
_SECOND = rf"(?:{_KOREAN}|o - cha|{_SECOND_NAMES}|(?!{_VIETNAMESE_PLAIN}(?!\p{{L}}))[a-z]{{2,8}})(?!\p{{L}})"
_ARAB = r"(?<=(?:^|\P{L})(?:Abdel|Abdul|Abd|Abu|El|Al|Ben)) - \p{Lu}\p{Ll}++"   # `Abdel - Fattah El - Sisi`
_TAIL = rf"(?:(?<=\p{{Lu}}[a-z]{{1,8}}) - {_SECOND}|{_ARAB})?+"   # `Kim Jong - un`: some sites print spaces at a hyphen
_PARTICLE = r"(?:(?:da|de|del|dos|van|von|der|bin|ibn|al) |(?:al|el|Al|El) ?- ?){0,2}"
_NAME_RUN = regex.compile(
    rf"(?<![\p{{L}}\d]){_SYLLABLE}{_TAIL}(?:(?: {{1,2}}|(?<=\.)){_PARTICLE}{_SYLLABLE}{_TAIL}){{0,7}}+"
)
_TOKEN = regex.compile(rf"{_PARTICLE}{_SYLLABLE}{_TAIL}")
_SPACES = regex.compile(r" {2,}")
_VIETNAMESE_ONLY = regex.compile(
    r"[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", regex.I
)
_PLAIN_SYLLABLE = regex.compile(_VIETNAMESE_PLAIN, regex.I)
_MIDDLE = frozenset({
    "Văn", "Thị", "Hữu", "Đức", "Đình", "Xuân", "Quang", "Minh", "Ngọc", "Thanh", "Công", "Quốc", "Hồng", "Kim", "Bá",
})
_WEIGHT = {"frequent": 3.0, "common": 2.0, "rare": 0.7}
_LENGTH_BONUS = {2: 0.0, 3: 2.0, 4: 1.4, 5: -0.5}


class Run(NamedTuple):
    """Capitalised syllables in a row: `tokens` are (start, end) of each."""

    start: int
    end: int
    tokens: tuple[tuple[int, int], ...]


@cache
def surnames() -> dict[str, float]:
    """Family names and how strongly each marks the start of a name."""
    rows = tables.table("corpus", "surnames")
    return {row["surname"]: _WEIGHT[row["class"]] for row in rows if row["class"] in _WEIGHT}


@cache
def _surnames_in_capitals() -> dict[str, float]:
    return {surname.upper(): weight for surname, weight in surnames().items()}


def capital_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every run of capitalised syllables on one line, separated by spaces only."""
    for match in _NAME_RUN.finditer(text):
        yield match.span()


def capital_run(text: str, start: int, end: int) -> Run:
    """The run at `start:end`, one of `capital_spans`."""
    return _run(text, start, end)


def capital_run_at(text: str, start: int) -> Run | None:
    """The run that begins at `start`."""
    match = _NAME_RUN.match(text, start) if text[start : start + 1].isupper() else None
    return _run(text, start, match.end()) if match else None


def _run(text: str, start: int, end: int) -> Run:
    words = text[start:end]
    if words.isalpha():   # one syllable, as most runs are
        return Run(start, end, ((start, end),))
    syllables = words.split(" ")
    if all(map(_is_plain, syllables)):
        tokens, at = [], start
        for syllable in syllables:
            tokens.append((at, at + len(syllable)))
            at += len(syllable) + 1
        return Run(start, end, tuple(tokens))
    return Run(start, end, tuple(match.span() for match in _TOKEN.finditer(text, start, end)))


@lru_cache(maxsize=8192)
def _is_plain(syllable: str) -> bool:
    """Letters alone with a capital before them: one token of a run, which no particle or hyphen joins to another."""
    return syllable.isalpha() and not syllable[0].islower()


_SPELT_BY_SYLLABLES = regex.compile(r"\p{L}-\p{Ll}")   # `Xa-mản Vi-nha-kệt`; a `Nguyễn-Văn-Tố` of old print is no such


@lru_cache(maxsize=8192)
def is_foreign_syllable(syllable: str) -> bool:
    """Whether no Vietnamese syllable is spelt so (`Donald`, `Jong-un`)."""
    if _VIETNAMESE_ONLY.search(syllable):
        return _SPELT_BY_SYLLABLES.search(syllable) is not None
    return _PLAIN_SYLLABLE.fullmatch(syllable) is None


_ARTICLE = regex.compile(r"(?:al|el|bin|ibn|de|van|von) ?-? ?(?=\p{Lu})", regex.I)


def without_article(syllable: str) -> str:
    """The family name alone, as later mentions give it: `al - Otaibi` → `Otaibi`."""
    return _ARTICLE.sub("", syllable, count=1)


def surname_weight(syllable: str) -> float:
    """How strongly a syllable marks the start of a Vietnamese name; 0 where it is no family name."""
    found = surnames().get(syllable) or _surnames_in_capitals().get(syllable)
    return found or (0.7 if syllable.startswith(("H'", "H’", "K'", "K’", "Y-")) else 0.0)


def is_full_name(syllables: Sequence[str]) -> bool:
    """Whether the syllables look like a whole Vietnamese name: family name first, two to five of them."""
    if not 2 <= len(syllables) <= 5 or surname_weight(syllables[0]) == 0.0:
        return False
    return not any(is_foreign_syllable(syllable) for syllable in syllables)


@cache
def pseudonyms() -> frozenset[str]:
    """Names, in lower case, that begin with no family name."""
    return frozenset(row["name"].lower() for row in table("pseudonyms"))


def name_split(syllables: Sequence[str], *, first: int = 0, before: int = 0) -> int | None:
    """Where a full name begins at the end of a run of capitalised syllables, None where there is none.

    `first` is the earliest index allowed; `before` the number of syllables that would best precede the name
    (a district's name has two).

    >>> name_split("Bình Sơn Nguyễn Thị Mai".split(), first=1, before=2)
    2
    """
    if len(syllables) - first >= 2 and " ".join(syllables[-2:]).lower() in pseudonyms():
        return len(syllables) - 2
    best, best_score = None, 1.9
    for index in range(first, len(syllables) - 1):
        score = _split_score(syllables, index, before)
        if score > best_score:
            best, best_score = index, score
    return best


def _split_score(syllables: Sequence[str], index: int, before: int) -> float:
    length = len(syllables) - index
    weight = surname_weight(syllables[index])
    if not weight or length not in _LENGTH_BONUS:
        return 0.0
    score = weight + _LENGTH_BONUS[length]
    if length > 2 and syllables[index + 1] in _MIDDLE:
        score += 0.6
    if before:
        score -= 0.5 * abs(index - before)
    return score


_PER_NAME = 2.5   # what each name costs, so that a long one is not cut in two without need


def names_in_a_row(syllables: Sequence[str]) -> list[tuple[int, int]]:
    """Where the full names begin and end that capitalised syllables are made of, with nothing between them.

    Empty where no whole number of names covers them all.

    >>> names_in_a_row("Nguyễn Tấn Dũng Vũ Khoan Trường Chinh".split())
    [(0, 3), (3, 5), (5, 7)]
    """
    best: list[tuple[float, list[tuple[int, int]]] | None] = [(0.0, [])]
    for stop in range(1, len(syllables) + 1):
        found = None
        for first in range(max(0, stop - 5), stop - 1):
            before = best[first]
            score = _name_score(syllables[first:stop])
            if before is not None and score > 0 and (found is None or before[0] + score - _PER_NAME > found[0]):
                found = before[0] + score - _PER_NAME, [*before[1], (first, stop)]
        best.append(found)
    whole = best[len(syllables)]
    return whole[1] if whole else []


def _name_score(syllables: Sequence[str]) -> float:
    if " ".join(syllables).lower() in pseudonyms():
        return 5.0
    if syllables[-1] == "Thị" or any(map(is_foreign_syllable, syllables)):
        return 0.0
    rather_middle = (syllables[0] in _MIDDLE) + (syllables[-1] == "Văn")   # no `Nguyễn Tường | Văn Bùi Xuân Dũng`
    return _split_score(syllables, 0, 0) - 1.5 * rather_middle


def tidy(name: str) -> str:
    """A name with single spaces; one in capitals throughout is written with initial capitals.

    >>> tidy("NGUYỄN  VĂN TUẤN")
    'Nguyễn Văn Tuấn'
    """
    name = _SPACES.sub(" ", name.replace("\u00a0", " ")).strip()
    return name.title() if name.isupper() and len(name) > 4 else name
