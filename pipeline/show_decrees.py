"""The acts of a fact base as a table, the life of one act, or both as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from outputs.decrees_table import CitedDecree, DecreeCard, EndOfForce, RelatedDecree
from outputs.quotes import Quote
from pipeline.labels import RELATIONS, RELATIONS_PASSIVE
from pipeline.show import print_json, terminal

_PLANNED = " (dự kiến)"
_PART = " (một phần)"
_SHOWN = 6   # relations in a cell; `sulieu decrees DỮ_KIỆN.db SỐ_HIỆU` shows all
_FIELDS = {
    "number": "số, ký hiệu", "title": "tên, trích yếu", "date": "ngày ban hành", "issuer": "cơ quan ban hành",
    "effect": "có hiệu lực từ", "expiry": "hết hiệu lực",
}
_BASES = {
    "own head": "theo chính văn bản", "stated": "theo nguồn", "lexicon": "theo danh mục văn bản, không phải theo nguồn",
}
_MISSING = {"year": "năm", "issuer": "cơ quan ban hành"}
# What a place cites an act for (docs/decrees.md), in the order in which they are listed.
PURPOSES = {
    "own head": "đầu chính văn bản", "issues": "nói việc ban hành", "force": "nói về hiệu lực", "basis": "làm căn cứ",
    "under": "làm theo", "place": "nêu quy định ở đó", "implements": "thực hiện, quán triệt", "says": "kể nội dung",
    "breach": "nói vi phạm", "changes": "sửa đổi, thay thế văn bản khác", "changed": "bị sửa đổi, thay thế, bãi bỏ",
    "guides": "hướng dẫn văn bản khác", "guided": "được hướng dẫn", "draft": "còn là dự thảo",
    "part of a name": "trong tên văn bản khác", "named": "chỉ nhắc tên",
}
_LEGEND = (
    "* theo danh mục văn bản kèm chương trình: không nguồn nào trong kho nêu giá trị này.\n"
    "≠ nguồn khác nêu khác. ? thiếu năm hoặc cơ quan ban hành nên không gộp với văn bản nào ngoài tài liệu của nó.\n"
    "Được dẫn: số tài liệu có dẫn văn bản ấy; các bản sao của một tài liệu tính là một."
    " Xem từng chỗ dẫn: sulieu decrees DỮ_KIỆN.db SỐ_HIỆU"
)


def show_decrees(found: Sequence[CitedDecree], *, as_json: bool) -> None:
    """A line an act: what is known of it, what it does to others and they to it, how many documents cite it."""
    if as_json:
        print_json([asdict(act) for act in found])
        return
    if not found:
        print("không có dữ kiện nào")
        return
    table = Table(box=box.SIMPLE_HEAD, expand=True)
    for header, share in (("văn bản", 3), ("ngày", 3), ("cơ quan ban hành", 3), ("tên, trích yếu", 6), ("quan hệ", 5)):
        table.add_column(header, ratio=share, overflow="fold")
    table.add_column("được dẫn", ratio=2, justify="right")
    for act in found:
        name = " ".join(part for part in (act.type, _marked(act, "number")) if part) + (" ?" if act.missing else "")
        table.add_row(
            name, _marked(act, "date"), _marked(act, "issuer"), _marked(act, "title"), _in_cell(act), str(act.cited_by)
        )
    terminal().print(table)
    print(_LEGEND)


def _marked(act: CitedDecree, name: str) -> str:
    """A value of an act, marked where no source states it but the lexicon, or where sources differ."""
    value = getattr(act, name)
    if not value:
        return ""
    names = {name, "year"} if name == "date" and "-" not in value else {name}
    return f"{value}{'*' if names & set(act.lexicon) else ''}{' ≠' if name in act.differing else ''}"


def _in_cell(act: CitedDecree) -> str:
    """`hết hiệu lực …`, `sửa đổi 62/2015/NĐ-CP`, `bị thay thế bởi …`, each act once."""
    told: dict[tuple[str, str], str] = {}
    for names, related in ((RELATIONS, act.does), (RELATIONS_PASSIVE, act.undergoes)):
        for one in related:
            if one.relation != "based_on":
                told.setdefault((names[one.relation], one.other or one.document), _told(names, one))
    more = [f"… và {len(told) - _SHOWN} quan hệ khác"] if len(told) > _SHOWN else []
    ended = [f"hết hiệu lực từ {act.expiry}"] if act.expiry else []
    return "\n".join([*ended, *list(told.values())[:_SHOWN], *more])


def _told(names: dict[str, str], one: RelatedDecree) -> str:
    words = " ".join(one.other_words.split()) + (f", {one.pinpoint}" if one.pinpoint else "")
    return f"{names[one.relation]} {words}{_PART if one.part else ''}{_PLANNED if one.planned else ''}"


def show_decree_cards(cards: Sequence[DecreeCard], asked: str, *, as_json: bool) -> None:
    """The life of each act: its values with who states them, its relations both ways, and every place that cites it."""
    if as_json:
        print_json([asdict(card) for card in cards])
        return
    if not cards:
        print(f"không có văn bản nào là {asked}")
    console = terminal()
    for card in cards:
        for line in _card(card):
            console.print(line, soft_wrap=True)


def _card(card: DecreeCard) -> Iterator[str]:
    act = card.decree
    yield " ".join(part for part in (act.type, act.number) if part)
    if act.missing:
        lacking = " và ".join(_MISSING[name] for name in act.missing.split())
        yield f"  chưa rõ {lacking}: để riêng trong tài liệu của nó"
        yield from (f"      có thể là {key}" for key in card.candidates)
    yield from _values(card)
    if act.urn:
        yield f"  URN:LEX (tạm): {act.urn}"
    yield from _force(act.ends)
    for title, chain in (("trước nó", card.before), ("sau nó", card.after)):
        if len(chain) > 1:
            yield f"  {title}: {' ← '.join(_dated(one) for one in chain)}"
    for names, related in ((RELATIONS, act.does), (RELATIONS_PASSIVE, act.undergoes)):
        for one in related:
            sources = f", {one.sources} nguồn" if one.sources > 1 else ""
            yield f"  {_told(names, one)}{f' ({one.date})' if one.date else ''}{sources}"
            yield f"      “{one.quote.words}” — {_at(one.quote)}"
    yield f"  được dẫn trong {act.cited_by} tài liệu, {act.mentions} lần"
    for purpose, label in PURPOSES.items():
        places = [place for place in card.citations if place.purpose == purpose]
        if places:
            yield f"    {label} ({len(places)}):"
        for place in places:
            part = f" [{place.pinpoint}]" if place.pinpoint else ""
            yield f"      …{place.quote.words}…{part} — {_at(place.quote)}"


def _values(card: DecreeCard) -> Iterator[str]:
    """Each field with the value shown and who states it, and below it those that differ."""
    for field, label in _FIELDS.items():
        if field == "number" and card.decree.number:
            stated = [one for one in card.values if one.field == field and one.standing == "differs"]
        else:
            stated = [one for one in card.values if one.field == field and one.standing != "agrees"]
        for one in stated:
            sources = f"{one.sources} nguồn, " if one.sources > 1 else ""
            place = f"{sources}{_at(one.quote)}" if one.quote else ""
            told = ": ".join(part for part in (_BASES[one.basis], place) if part)
            other = "nơi khác nêu: " if one.standing == "differs" else ""
            yield f"  {label}: {other}{one.value} ({told})"


def _force(ends: tuple[EndOfForce, ...]) -> Iterator[str]:
    if not ends:
        yield "  hiệu lực: không nguồn nào nói đã hết hiệu lực"
    for one in ends:
        by = f", {RELATIONS_PASSIVE[one.how]} {' '.join((one.by_words or '').split())}" if one.how != "expiry" else ""
        basis = " (ngày văn bản ấy có hiệu lực)" if one.since_basis == "effect" else ""
        since = f" từ {one.since}{basis}" if one.since else "; không nguồn nào nêu từ ngày nào"
        yield f"  hiệu lực: đã hết{since}{by}"


def _dated(one: RelatedDecree) -> str:
    return f"{' '.join(one.other_words.split())}{f' ({one.date})' if one.date else ''}"


def _at(quote: Quote) -> str:
    return f"{quote.place}:{quote.start}"
