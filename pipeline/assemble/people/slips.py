"""Names that differ by one mark or letter, in one office of one body: perhaps the same person, shown side by side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import combinations, groupby
from operator import itemgetter

from corpus.shadow import fold
from pipeline.assemble.people.names import name_key, one_letter_apart

_MOST = 200   # people in one office whose names are compared


def assemble_slips(db: sqlite3.Connection) -> None:
    """Flag pairs of people who may be one under two spellings. They are never joined."""
    rows = db.execute(
        "SELECT q.post, p.key, p.name, min(x.mention) AS mention"
        " FROM temp.post q JOIN occupancy o ON o.key = q.occupancy"
        " JOIN person p ON p.key = o.person JOIN occupancy_mention x ON x.occupancy = o.key"
        " GROUP BY q.post, p.key ORDER BY q.post, p.id"
    )
    seen: set[tuple[int, int]] = set()
    for _, group in groupby(rows, key=itemgetter("post")):
        people = [(row["key"], name_key(row["name"]), row["mention"]) for row in group][:_MOST]
        if len(people) > 1:
            for one, other in _alike(people):
                if (one[0], other[0]) not in seen:
                    seen.add((one[0], other[0]))
                    db.execute(
                        "INSERT INTO person_flag (person, flag, other, reason, mention, other_mention)"
                        " VALUES (?, 'perhaps the same', ?, 'names differ by a slip', ?, ?)",
                        (one[0], other[0], one[2], other[2]),
                    )


def _alike(people: list[tuple[int, str, int]]) -> list[tuple[tuple[int, str, int], tuple[int, str, int]]]:
    """Pairs of names that agree in all syllables but one: compared only within what is left without that one."""
    without: dict[tuple[int, str], list[tuple[str, tuple[int, str, int]]]] = defaultdict(list)
    for person in people:
        syllables = person[1].split()
        for at, syllable in enumerate(syllables):
            without[at, " ".join(syllables[:at] + syllables[at + 1 :])].append((syllable, person))
    return sorted({
        (one, other) for (_, rest), group in without.items() if len(group) > 1
        for (mine, one), (yours, other) in combinations(group, 2) if _is_slip(mine, yours, alone=" " not in rest)
    })


def _is_slip(one: str, other: str, *, alone: bool) -> bool:
    """Whether two syllables are one misread. Beside only one other their letters must be the same."""
    return one != other and (fold(one) == fold(other) or (not alone and one_letter_apart(one, other)))
