"""Commands that list what a fact base holds: people, figures, acts, topics. `pipeline.cli` gives them their help."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.command import AsJson, FactsPath, Since, Until, known


def people(
    facts: FactsPath,
    name: Annotated[
        str | None, typer.Argument(metavar="HỌ_TÊN", help="chỉ người này, có dấu hay không, với mọi chỗ nêu tên")
    ] = None,
    body: Annotated[str | None, typer.Option(metavar="TÊN", help="chỉ chức vụ ở cơ quan này")] = None,
    language: Annotated[str, typer.Option("--lang", metavar="vi|en", help="ngôn ngữ của lời dẫn")] = "vi",
    as_json: AsJson = False,
) -> None:
    """Who held which office and when, as far as sources tell; one person with every mention."""
    from outputs import people_table
    from outputs.factbase import FactBase
    from pipeline.show_people import LANGUAGES, show_people, show_person_cards

    (language,) = known("--lang", [language], LANGUAGES)
    with FactBase.open(facts) as base:
        if name is None:
            show_people(people_table.people(base, body=body), as_json=as_json, language=language)
        else:
            show_person_cards(
                people_table.person_cards(base, name, body=body), name, as_json=as_json, language=language
            )


def figures(
    facts: FactsPath,
    metric: Annotated[
        str | None, typer.Argument(metavar="CHỈ_SỐ", help="chỉ chỉ số có các chữ này, có dấu hay không")
    ] = None,
    subject: Annotated[str | None, typer.Option(metavar="TÊN", help="chỉ số liệu của ai")] = None,
    as_json: AsJson = False,
) -> None:
    """Series over time, targets beside results, and every figure."""
    from outputs.factbase import FactBase
    from outputs.figures_table import figures_asked
    from pipeline.show_figures import show_figures

    with FactBase.open(facts) as base:
        show_figures(figures_asked(base, metric, subject), as_json=as_json)


def decrees(
    facts: FactsPath,
    number: Annotated[
        str | None, typer.Argument(metavar="SỐ_HIỆU", help="chỉ văn bản này: số hiệu, tên hoặc mã, có dấu hay không")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The acts that are cited, with what they do to one another; the life of one act with all its words."""
    from outputs.decrees_table import decree_cards
    from outputs.decrees_table import decrees as listed
    from outputs.factbase import FactBase
    from pipeline.show_decrees import show_decree_cards, show_decrees

    with FactBase.open(facts) as base:
        if number is None:
            show_decrees(listed(base), as_json=as_json)
        else:
            show_decree_cards(decree_cards(base, number), number, as_json=as_json)


def topics(facts: FactsPath, as_json: AsJson = False) -> None:
    """The topics of the archive, with how much is told about each."""
    from outputs.factbase import FactBase
    from outputs.topics import topics as listed
    from pipeline.show_topics import show_topics

    with FactBase.open(facts) as base:
        show_topics(listed(base), as_json=as_json)


def conflicts(
    facts: FactsPath,
    rules: Annotated[
        list[str] | None, typer.Option("--rule", metavar="QUY_TẮC", help="chỉ quy tắc này; lặp lại được")
    ] = None,
    grades: Annotated[
        list[str] | None, typer.Option("--grade", metavar="MỨC", help="chỉ mức này: mâu thuẫn, có lẽ in sai, …")
    ] = None,
    topic: Annotated[
        str | None, typer.Option(metavar="CHỦ_ĐỀ", help="chỉ những chỗ có nguồn nói về chủ đề này")
    ] = None,
    language: Annotated[str, typer.Option("--lang", metavar="vi|en", help="ngôn ngữ của lời dẫn")] = "vi",
    as_json: AsJson = False,
) -> None:
    """What sources say that does not go together, the words of each next to those of the other."""
    from outputs.conflicts import GRADES, rule_labels
    from outputs.conflicts import conflicts as found
    from outputs.factbase import FactBase
    from pipeline.show_conflicts import LANGUAGES, show_conflicts

    by_label = {label: grade for grade, label in GRADES.items()}
    rules = known("--rule", rules or [], rule_labels())
    grades = [by_label.get(grade, grade) for grade in known("--grade", grades or [], [*GRADES.values(), *GRADES])]
    (language,) = known("--lang", [language], LANGUAGES)
    with FactBase.open(facts) as base:
        show_conflicts(found(base, rules=rules, grades=grades, topic=topic), as_json=as_json, language=language)


def bodies(
    facts: FactsPath,
    name: Annotated[
        str | None, typer.Argument(metavar="TÊN", help="chỉ cơ quan này, viết tắt hay đủ, có dấu hay không")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The bodies that facts name, with who came before and after; one body with its names and offices."""
    from outputs import bodies_table
    from outputs.factbase import FactBase
    from pipeline.show_bodies import show_bodies, show_body_cards

    with FactBase.open(facts) as base:
        if name is None:
            show_bodies(bodies_table.bodies(base), as_json=as_json)
        else:
            show_body_cards(bodies_table.body_cards(base, name), name, as_json=as_json)


def events(
    facts: FactsPath,
    topic: Annotated[str | None, typer.Argument(metavar="CHỦ_ĐỀ", help="chỉ sự kiện về việc này")] = None,
    since: Since = None,
    until: Until = None,
    types: Annotated[
        list[str] | None, typer.Option("--type", metavar="LOẠI", help="chỉ loại này: ban hành, hội họp…; lặp lại được")
    ] = None,
    sources: Annotated[int, typer.Option("--sources", min=1, metavar="SỐ", help="ít nhất từng này nguồn")] = 1,
    every: Annotated[bool, typer.Option("--all", help="mọi lời kể của từng sự kiện, với lý do ghép")] = False,
    as_json: AsJson = False,
) -> None:
    """The events, each once, with how many independent sources tell it."""
    from outputs.events_table import events as listed
    from outputs.factbase import FactBase
    from outputs.words import event_labels
    from pipeline.show_events import show_events

    by_label = {label: kind for kind, label in event_labels().items()}
    wanted = [by_label.get(kind, kind) for kind in known("--type", types or [], [*by_label, *by_label.values()])]
    with FactBase.open(facts) as base:
        found = listed(base, topic=topic, since=since, until=until, types=wanted, sources=sources)
    show_events(found, every=every, as_json=as_json)
