"""Key phrases of an archive: words and terms of two to six syllables that some documents speak of, and others do not.

1. Candidates are runs of syllables in small letters within a clause that stand in three sources or more of a sample
   (the documents whose text has the smallest hash, so that the order in which they came makes no difference), and do
   not begin or end with a joining word (`outputs/data/topic_words.tsv`). A part that nearly always stands in one
   longer candidate is none: `hành án` (the idea of the C-value: Frantzi, Ananiadou and Mima 2000).
2. They must be used in bursts: residual idf, log2(N / df) + log2(1 − e^(−cf / N)), is the share of a phrase's rarity
   that chance does not explain (Church and Gale 1995, "Inverse document frequency: a measure of deviations from
   Poisson"). `tiếp tục` is in every tenth text once, `hàng lậu` in few, but there often.
3. Their borders must be borders of words: underthesea segments a few of the runs that hold them. It reads only these,
   since it is too slow for whole archives.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from itertools import groupby, pairwise
from math import exp, log2

import regex

from outputs.factbase.index import one_spelling
from outputs.words import rows
from pipeline.versions import assembly_version

_OF_SAMPLE = "FROM document WHERE copy_of IS NULL ORDER BY text_sha256, id LIMIT ?"
_SAMPLE = 1000        # documents,
_BEGINNING = 4000     # and characters of each
_LONGEST = 6          # syllables
_FEWEST_SOURCES = 3
_LEAST_BURST = 0.35   # residual idf
_PART_OF = 0.8        # share of its uses from which a part of a longer candidate is none
_MOST = 2500          # candidates whose borders are looked at: those with the highest residual idf × uses
_VOTES = 3            # runs in which a candidate's borders are looked at
_CALL = 2000          # characters segmented at once

# A run of small letters, behind capitals: one of them begins a sentence or a name of a law, several are a name.
_RUN = regex.compile(r"((?:\p{Lu}[\p{L}\p{M}]*+ )*+)([\p{Ll}\p{M}]++(?: [\p{Ll}\p{M}]++)++)(?![\p{L}\p{M}\p{N}])")


def plain(text: str) -> str:
    """A text in lower case with ordinary spaces and one spelling of `oà`, in which phrases are looked for."""
    return one_spelling(text.replace("\u00a0", " ").lower())


def key_phrases(db: sqlite3.Connection) -> set[str]:
    """The key phrases of the documents; none for an archive of fewer than three."""
    runs = [list(_runs(row["text"])) for row in db.execute(f"SELECT substr(text, 1, ?) AS text {_OF_SAMPLE}", (
        _BEGINNING, _SAMPLE,
    ))]
    sources, uses = _counts(runs)
    dull = empty_phrases()
    bursting = {
        phrase: burst for phrase, number in sources.items()
        if phrase not in dull and (burst := residual_idf(len(runs), number, uses[phrase])) >= _LEAST_BURST
    }
    whole = bursting.keys() - _parts(uses, bursting)
    heaviest = sorted(whole, key=lambda phrase: (-bursting[phrase] * uses[phrase], phrase))[:_MOST]
    return _bordered(runs, set(heaviest)) if heaviest else set()


def key_phrases_once(db: sqlite3.Connection) -> tuple[str, tuple[str, ...]]:
    """A mark of the sample, and its key phrases: those kept from an earlier build where the sample is the same."""
    mark = hashlib.sha256(f"{assembly_version()} underthesea {version('underthesea')}".encode())
    for row in db.execute(f"SELECT text_sha256 {_OF_SAMPLE}", (_SAMPLE,)):
        mark.update(row["text_sha256"].encode())
    sample = mark.hexdigest()
    known = db.execute("SELECT value FROM meta WHERE name = 'key_phrases'").fetchone()
    found = json.loads(known["value"]) if known else {"sample": None}
    return sample, tuple(found["phrases"] if found["sample"] == sample else sorted(key_phrases(db)))


def kept(sample: str, phrases: tuple[str, ...]) -> str:
    """What `meta` holds of them."""
    return json.dumps({"sample": sample, "phrases": phrases}, ensure_ascii=False)


def residual_idf(documents: int, holding: int, uses: int) -> float:
    """How much rarer a phrase is among documents than `uses` strewn by chance would make it, in bits.

    >>> round(residual_idf(1000, 10, 80), 2)
    2.94
    """
    return log2(documents / holding) + log2(1 - exp(-uses / documents))


@cache
def _words(use: str) -> frozenset[str]:
    return frozenset(one_spelling(row["word"]) for row in rows("topic_words") if row["use"] == use)


def _runs(text: str) -> Iterator[str]:
    for found in _RUN.finditer(text.replace("\u00a0", " ")):
        capitals = found[1]
        yield one_spelling(f"{capitals}{found[2]}".lower() if capitals.count(" ") == 1 else found[2])


def _counts(runs: list[list[str]]) -> tuple[dict[str, int], Counter[str]]:
    """Sources and uses of each candidate. Longer ones are built of parts that stand in enough sources themselves."""
    edges = _words("edge")
    sources: dict[str, int] = {}
    uses: Counter[str] = Counter()
    split = [[run.split(" ") for run in document] for document in runs]
    known: set[str] = set()
    for length in range(2, _LONGEST + 1):
        holding: Counter[str] = Counter()
        total: Counter[str] = Counter()
        for document in split:
            here = list(_grams(document, length, known))
            total.update(here)
            holding.update(set(here))
        known = {gram for gram, number in holding.items() if number >= _FEWEST_SOURCES}
        for gram in known:
            syllables = gram.split(" ")
            if syllables[0] not in edges and syllables[-1] not in edges:
                sources[gram], uses[gram] = holding[gram], total[gram]
        split = [[run for run in document if len(run) > length] for document in split]
    return sources, uses


def _grams(document: list[list[str]], length: int, known: set[str]) -> Iterator[str]:
    if length == 2:
        for run in document:
            yield from map(" ".join, pairwise(run))
        return
    for run in document:
        for start in range(len(run) - length + 1):
            head = " ".join(run[start : start + length - 1])
            if head in known and " ".join(run[start + 1 : start + length]) in known:
                yield f"{head} {run[start + length - 1]}"


def empty_phrases() -> frozenset[str]:
    """Phrases that say nothing about the subject of a text."""
    return _words("phrase")


def _parts(uses: Counter[str], candidates: Iterable[str]) -> set[str]:
    """Candidates that nearly always stand in one that is a syllable longer."""
    parts = set()
    for phrase in candidates:
        for part in (phrase.partition(" ")[2], phrase.rpartition(" ")[0]):
            if uses[phrase] >= _PART_OF * uses[part]:
                parts.add(part)
    return parts


def _bordered(runs: list[list[str]], candidates: set[str]) -> set[str]:
    """The candidates that begin and end with a word in most of the runs looked at."""
    votes: dict[str, list[bool]] = defaultdict(list)
    chosen = _chosen(runs, candidates)
    for words, inside in zip(_segmented([run for run, _ in chosen]), chosen, strict=True):
        borders = _borders(words)
        for phrase, start in inside[1]:
            votes[phrase].append({start, start + phrase.count(" ") + 1} <= borders)
    return {phrase for phrase, right in votes.items() if 2 * sum(right) > len(right)}


def _chosen(runs: list[list[str]], candidates: set[str]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Runs to segment, with the candidates in each and the syllable at which they begin."""
    wanted = dict.fromkeys(candidates, _VOTES)
    heads = Counter(_head(phrase) for phrase in candidates)
    chosen = []
    for run in (run for document in runs for run in document):
        inside = list(_candidates_in(run.split(" "), wanted, heads))
        if inside:
            chosen.append((run, inside))
        for phrase, _ in inside:
            if phrase in wanted:
                wanted[phrase] -= 1
                if not wanted[phrase]:
                    del wanted[phrase]
                    heads[_head(phrase)] -= 1
    return chosen


def _head(phrase: str) -> str:
    return " ".join(phrase.split(" ", 2)[:2])


def _candidates_in(
    syllables: list[str], candidates: dict[str, int], heads: Counter[str]
) -> Iterator[tuple[str, int]]:
    for start in range(len(syllables) - 1):
        if heads.get(f"{syllables[start]} {syllables[start + 1]}"):
            for end in range(start + 2, min(start + _LONGEST, len(syllables)) + 1):
                phrase = " ".join(syllables[start:end])
                if phrase in candidates:
                    yield phrase, start


def _segmented(runs: list[str]) -> Iterator[list[str]]:
    """The words of each run; none of those whose words cannot be told apart."""
    from underthesea import word_tokenize  # takes a second to load, and is not needed for small archives

    for lines in _in_calls(runs):
        words = [list(group) for stop, group in groupby(word_tokenize(" . ".join(lines)), ".".__eq__) if not stop]
        yield from words if len(words) == len(lines) else ([] for _ in lines)


def _in_calls(runs: list[str]) -> Iterator[list[str]]:
    lines: list[str] = []
    length = 0
    for run in runs:
        lines.append(run)
        length += len(run)
        if length >= _CALL:
            yield lines
            lines, length = [], 0
    if lines:
        yield lines


def _borders(words: list[str]) -> set[int]:
    borders, place = {0}, 0
    for word in words:
        place += word.count(" ") + 1
        borders.add(place)
    return borders
