"""Draws clauses of different documents that a fact base tells as one event, to be read by a person.

    python tools/draw_merges.py FACTS.db --number 100 --seed 1

Of every event told in several documents each pair of its centre and another clause, copies aside, can be drawn.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from outputs.factbase import FactBase

_PAIRS = """
    SELECT c.event, d.id AS one, m.quote, f.date, e.id AS other, n.quote AS told, g.date AS other_date, y.rule, y.basis
    FROM event_mention c JOIN mention m ON m.key = c.mention JOIN document d ON d.key = m.document
    JOIN event_fact f ON f.mention = m.key
    JOIN event_mention y ON y.event = c.event AND y.rule NOT IN ('alone', 'centre')
    JOIN mention n ON n.key = y.mention JOIN document e ON e.key = n.document JOIN event_fact g ON g.mention = n.key
    WHERE c.rule = 'centre' AND coalesce(d.copy_of, d.id) <> coalesce(e.copy_of, e.id) ORDER BY m.id, n.id
"""


def main() -> None:
    """Prints the pairs: documents, dates, both clauses, and the rule that joined them."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("facts", type=Path)
    asked.add_argument("--number", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with FactBase.open(given.facts) as base:
        every = base.db.execute(_PAIRS).fetchall()
    drawn = random.Random(given.seed).sample(every, min(given.number, len(every)))
    print(f"{len(drawn)} of {len(every)}")
    for number, row in enumerate(drawn, 1):
        rule = f"{row['rule']} {row['basis'] or ''}".strip()
        print(f"{number}. {row['date']} {row['one']} | {row['other_date']} {row['other']} | {rule}")
        for words in (row["quote"], row["told"]):
            print(f"    {' '.join(words.split())}")


if __name__ == "__main__":
    main()
