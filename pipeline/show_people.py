"""People and their offices on a terminal, one person with every mention, or both as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from outputs.people_table import FLAGS, OfficeHeld, PersonCard, rule_labels, term_in_words
from outputs.quotes import Quote
from pipeline.show import print_json, terminal

LANGUAGES = ("vi", "en")
_WORDS = {
    "vi": {
        "none": "không có dữ kiện nào", "nobody": "không có ai tên là",
        "name": "họ tên", "office": "chức vụ",
        "when": "thời gian", "sources": "nguồn", "quote": "dẫn chứng", "note": "lưu ý", "before": "trước",
        "documents": "tài liệu", "offices": "chức vụ", "mentions": "những chỗ nêu tên", "why": "vì sao là một người",
        "one": "chỉ có trong một tài liệu", "with": "ghép với", "flags": "nên xem lại",
        "legend": "Ngày là ngày có nguồn gọi như thế, không phải nhiệm kỳ; `(bổ nhiệm, bầu)`, `(thôi giữ chức)`: nguồn"
        " nói rõ; `trước`: suy ra từ chức vụ khác. Xem từng người: sulieu people DỮ_KIỆN.db \"HỌ TÊN\"",
    },
    "en": {
        "none": "no facts", "nobody": "nobody is called", "name": "name", "office": "office", "when": "when",
        "sources": "sources", "quote": "words", "note": "note", "before": "before", "documents": "documents",
        "offices": "offices", "mentions": "mentions", "why": "why this is one person", "one": "named in one document",
        "with": "joined with", "flags": "to be looked at",
        "legend": "Days are those on which a source says so, not terms; in brackets: told by a source; before: follows"
        " from another office. One person: sulieu people FACTS.db \"NAME\"",
    },
}


def show_people(found: Sequence[OfficeHeld], *, as_json: bool, language: str = "vi") -> None:
    """A line an office: who, what and where, from when to when, how many sources, the first words, what to look at."""
    if as_json:
        print_json([asdict(office) for office in found])
        return
    words = _WORDS[language]
    if not found:
        print(words["none"])
        return
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for header, share in (("name", 3), ("office", 4), ("when", 3), ("sources", 1), ("quote", 5), ("note", 2)):
        table.add_column(words[header], ratio=share, overflow="fold")
    before: str | None = None
    for office in found:
        same = office.person == before
        table.add_row(
            "" if same else office.name, _office(office), term_in_words(office, words["before"]) or "",
            str(office.sources), str(office.quotes[0]) if office.quotes else "",
            "" if same else "; ".join(_flag(flag, language) for flag in office.flags),
        )
        before = office.person
    terminal().print(table)
    print(words["legend"])


def _office(office: OfficeHeld) -> str:
    return ", ".join(part for part in (office.title, office.org) if part)


def _flag(flag: str, language: str) -> str:
    return FLAGS[flag] if language == "vi" else flag


def show_person_cards(cards: Sequence[PersonCard], asked: str, *, as_json: bool, language: str = "vi") -> None:
    """Each person: offices with what bounds them, every mention, why they are one, what to look at."""
    if as_json:
        print_json([asdict(card) for card in cards])
        return
    words = _WORDS[language]
    if not cards:
        print(f"{words['nobody']} {asked}")
    for card in cards:
        _show_card(card, words, language)


def _show_card(card: PersonCard, words: dict[str, str], language: str) -> None:
    console = terminal()
    labels = {name: rule_labels(name) for name in ("person_rules", "term_rules")}

    def line(text: str) -> None:
        console.print(text, soft_wrap=True)

    def label(table: str, rule: str) -> str:
        return labels[table].get(rule, rule) if language == "vi" else rule

    line(f"{card.name} · {card.documents} {words['documents']} · {card.id}")
    line(f"  {words['offices']}:")
    for office in card.offices:
        when = term_in_words(office, words["before"])
        line(f"    {_office(office)}" + (f": {when}" if when else ""))
        for bound in office.bounds:
            if bound.side == "end" and bound.kind == "attested" and office.first_attested == office.last_attested:
                continue
            line(f"      {bound.date} {label('term_rules', bound.rule)}: {_words(bound.quote)}")
    line(f"  {words['why']}:" if card.joins else f"  {words['one']}")
    for join in card.joins:
        line(f"    {label('person_rules', join.rule)} ({join.shared}): {_words(join.quote)}")
        line(f"      {words['with']} {_words(join.by)}")
    line(f"  {words['mentions']}:")
    for named in card.mentions:
        held = ", ".join(part for part in (named.title, named.org, named.attested) if part)
        line(f"    {held}: {_words(named.quote)}")
    if card.flags:
        line(f"  {words['flags']}:")
    for flag in card.flags:
        other = f" {flag.other_name} ({flag.other})" if flag.other else ""
        line(f"    {_flag(flag.flag, language)}{other}: {label('person_rules', flag.reason)}")
        line("      " + " | ".join(_words(quote) for quote in (flag.quote, flag.other_quote) if quote))
    line("")


def _words(quote: Quote) -> str:
    return f"“{quote.words}” — {quote.place}:{quote.start}"
