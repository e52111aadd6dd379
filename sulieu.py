"""Sử liệu in Python, for notebooks: every command has its twin here.

    import sulieu

    base = sulieu.build(["archive/"], "facts.db")
    base.frame("directive")                          # a pandas DataFrame, a row a fact
    base.search("phân loại án", kind="directive")
    sulieu.extract("Ngày 2/9/1945, …").dates         # facts of a text, no fact base
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from corpus.document import Document, normalise_text
from corpus.errors import Rejected
from extractors.facts import KINDS, Facts
from outputs import factbase
from outputs.factbase.rows import table_of

if TYPE_CHECKING:
    import pandas as pd

    from outputs.history import History
    from outputs.search import Hit
    from outputs.timeline import Timeline

__all__ = ["Document", "FactBase", "Facts", "Rejected", "build", "extract", "read"]


def read(file: str | Path) -> list[Document | Rejected]:
    """Every document of a file, and every part of it that is none, with the reason. As `sulieu read`.

    `file` may be an address (docs/scale.md).
    """
    from corpus.read import read as read_item
    from corpus.scan import scan

    return [result for item in scan([file]) for result in read_item(item)]


def extract(document: Document | str, *, date: str | None = None) -> Facts:
    """Facts of a document or of a plain text. As `sulieu extract`.

    `date` (EDTF) is the day that relative dates of a plain text resolve against. Offsets of the facts of a plain
    text count in its normalised form, `corpus.document.normalise_text(text)`.
    """
    from extractors.extract import extract as find

    if isinstance(document, str):
        document = Document(id="", text=normalise_text(document), date=date)
    return find(document)


def build(inputs: Iterable[str | Path], output: str | Path, **options: Any) -> FactBase:
    """Read an archive into a fact base and open it. As `sulieu build`; see `FactBase.status` for what failed.

    `options` are those of `pipeline.run.Options`: jobs, limits, cluster, prune, retry, reasons.
    """
    from pipeline.run import Options
    from pipeline.run import build as run

    run(inputs, Path(output), options=Options(**options))
    return FactBase.open(output)


class FactBase(factbase.FactBase):
    """A fact base with its results as pandas frames and Python objects.

    >>> with FactBase.create(":memory:") as base:
    ...     len(base.frame("date"))
    0
    """

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Open a fact base for reading. Raises FactBaseError if there is none at `path`."""
        return super().open(path)

    def frame(self, kind: str) -> pd.DataFrame:
        """All facts of one kind, a row a fact: `doc`, place, words, fields and rule.

        `kind` is one of date, decree, official, figure, directive, event; raises ValueError for another.
        """
        import pandas as pd

        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of fact; choose one of {', '.join(KINDS)}")
        query = (
            f"SELECT d.id AS doc, d.title AS doc_title, d.date AS doc_date, m.start, m.\"end\", m.quote AS text, f.*, "
            f"m.rule FROM {table_of(kind)} f JOIN mention m ON m.key = f.mention JOIN document d ON d.key = m.document "
            f"ORDER BY d.id, m.start, m.\"end\""
        )
        return pd.read_sql_query(query, self.db).drop(columns="mention")

    def search(self, query: str = "", **filters: Any) -> list[Hit]:
        """As `sulieu search`; filters: kind, issuer, addressee, person, decree, place, topic, planned, since,
        until, limit. Fields may stand in the query too (`người:"Vũ Đình Hòe"`). For all filters, with counts beside
        their choices: `outputs.asking.answer`."""
        from outputs.search import search

        return search(self, query, **filters)

    def timeline(
        self, *, topic: str | None = None, since: str | None = None, until: str | None = None,
        types: Collection[str] = (), body: str | None = None, person: str | None = None, most: int | None = None,
    ) -> Timeline:
        """As `sulieu timeline`; `types` are those of docs/events.md, `most` keeps so many of the heaviest events."""
        from outputs.timeline import most as heaviest
        from outputs.timeline import timeline

        found = timeline(self, topic=topic, since=since, until=until, types=types, body=body, person=person)
        return found if most is None else heaviest(found, most)

    def anniversaries(self, year: int, **options: Any) -> pd.DataFrame:
        """What turns a round number of years in `year`, a row each. As `sulieu anniversaries`.

        `options`: every (5), topic, types, month.
        """
        import pandas as pd

        from outputs.anniversaries import Anniversary, anniversaries

        columns = list(Anniversary.__dataclass_fields__)
        found = anniversaries(self, year, **options)
        return pd.DataFrame([[getattr(one, column) for column in columns] for one in found], columns=columns)

    def history(self, **asked: Any) -> History:
        """As `sulieu history`; `asked` is any of topic, body, person, place, decree, anniversary, year, since, until,
        length, language, weights (docs/history.md)."""
        from outputs.history import history

        return history(self, **asked)

    def bodies(self, name: str | None = None) -> pd.DataFrame:
        """The bodies that facts name, or those of a name, a row a body. As `sulieu bodies`; see docs/bodies.md.

        `before` and `after` are the names of the bodies that came before and after.
        """
        import pandas as pd

        from outputs.bodies_table import ListedBody, bodies, body_cards

        found = bodies(self) if name is None else [card.body for card in body_cards(self, name)]
        columns = list(ListedBody.__dataclass_fields__)
        table = pd.DataFrame([[getattr(body, column) for column in columns] for body in found], columns=columns)
        for side in ("before", "after"):
            table[side] = [[step.name for step in steps] for steps in table[side]]
        return table

    def people(self, name: str | None = None, *, body: str | None = None) -> pd.DataFrame:
        """Who held which office, or those of a name, a row an office. As `sulieu people`; see docs/people.md.

        `person` is one for all offices of a person; `start` and `end` are EDTF, `bounds` what they rest on.
        """
        import pandas as pd

        from outputs.people_table import OfficeHeld, people, person_cards

        found = (
            people(self, body=body) if name is None
            else [office for card in person_cards(self, name, body=body) for office in card.offices]
        )
        columns = list(OfficeHeld.__dataclass_fields__)
        return pd.DataFrame([[getattr(office, column) for column in columns] for office in found], columns=columns)

    def events(self, *, topic: str | None = None, since: str | None = None, until: str | None = None) -> pd.DataFrame:
        """The events, each once, a row an event. As `sulieu events`; `tellings` are all clauses that tell it."""
        import pandas as pd

        from outputs.events_table import ListedEvent, events

        columns = list(ListedEvent.__dataclass_fields__)
        found = events(self, topic=topic, since=since, until=until)
        return pd.DataFrame([[getattr(event, column) for column in columns] for event in found], columns=columns)

    def decrees(self, asked: str | None = None) -> pd.DataFrame:
        """The acts that are cited, or those that a number or name means, a row an act. As `sulieu decrees`.

        `does` and `undergoes` are its relations, `ends` how it came out of force; see docs/decrees.md.
        """
        import pandas as pd

        from outputs.decrees_table import CitedDecree, decree_cards, decrees

        found = decrees(self) if asked is None else [card.decree for card in decree_cards(self, asked)]
        columns = list(CitedDecree.__dataclass_fields__)
        return pd.DataFrame([[getattr(act, column) for column in columns] for act in found], columns=columns)

    def series(self, metric: str | None = None, *, subject: str | None = None) -> pd.DataFrame:
        """Figures over time, a row a point. As `sulieu figures`; `broken` says where another body begins."""
        import pandas as pd

        from outputs.figures_table import figures_asked

        rows = [
            (one.id, one.metric, one.subject, one.unit, one.measure, one.span, point.period, point.value, point.role,
             point.broken, point.quote.document, point.quote.start)
            for one in figures_asked(self, metric, subject).series for point in one.points
        ]
        return pd.DataFrame(rows, columns=[
            "series", "metric", "subject", "unit", "measure", "span", "period", "value", "role", "broken", "document",
            "start",
        ])

    def targets(self, metric: str | None = None, *, subject: str | None = None) -> pd.DataFrame:
        """Targets beside the results that answer them, exact decimals as text. As `sulieu figures`."""
        import pandas as pd

        from outputs.figures_table import TargetResult, figures_asked

        columns = list(TargetResult.__dataclass_fields__)
        found = figures_asked(self, metric, subject).targets
        return pd.DataFrame([[getattr(one, column) for column in columns] for one in found], columns=columns)

    def topics(self) -> pd.DataFrame:
        """What the archive is about, a row a topic. As `sulieu topics`."""
        import pandas as pd

        from outputs.topics import topics

        return pd.DataFrame(topics(self), columns=["name", "basis", "documents", "directives", "events"])

    def conflicts(
        self, *, rules: Collection[str] = (), grades: Collection[str] = (), topic: str | None = None
    ) -> pd.DataFrame:
        """What sources say that does not go together, a row a side. As `sulieu conflicts`; see docs/conflicts.md.

        >>> from pipeline.assemble import assemble
        >>> document = Document(id="a", path="a.txt", text="Huyện có 30/40 xã đạt 85%.")
        >>> with FactBase.create(":memory:") as base:
        ...     _ = base.add(document, extract(document))
        ...     assemble(base)
        ...     base.conflicts(grades=["contradiction"])[["rule", "quote", "value"]].values.tolist()
        [['share', '30/40 xã', '75.0%'], ['share', '85%', '85%']]
        """
        from dataclasses import asdict

        import pandas as pd

        from outputs.conflicts import ConflictSide, conflicts

        told = conflicts(self, rules=rules, grades=grades, topic=topic)
        rows = [
            {"conflict": one.id, "rule": one.rule, "label": one.label, "grade": one.grade, "about": one.about,
             **asdict(side)} for one in told for side in one.sides
        ]
        columns = ["conflict", "rule", "label", "grade", "about", *ConflictSide.__dataclass_fields__]
        return pd.DataFrame(rows, columns=columns)

    def status(self) -> pd.DataFrame:
        """What became of every input, a row an input. As `sulieu status`."""
        import pandas as pd

        return pd.read_sql_query("SELECT * FROM outcome ORDER BY input", self.db)
