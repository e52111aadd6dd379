"""The bodies of a fact base as a table, one body in detail, or both as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich import box
from rich.table import Table

from outputs.bodies_table import BodyCard, ListedBody, Succession
from pipeline.labels import figure
from pipeline.show import print_json, terminal

_KINDS = {
    "state": "trung ương", "ministry": "bộ", "agency": "cơ quan", "department": "thuộc bộ", "party": "Đảng, đoàn thể",
    "court": "tư pháp", "local": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã", "regional": "khu vực",
    "province": "tỉnh, thành phố", "country": "nước", "place": "địa danh",
}
_HOW = {"renamed": "đổi tên", "merged into": "nhập", "split into": "tách", "handed over to": "chuyển giao"}
_ROLES = {
    "org": "nơi cán bộ công tác", "issuer": "bên ban hành, chỉ đạo", "addressee": "bên nhận chỉ đạo",
    "subject": "số liệu", "participant": "tham gia sự kiện",
}


def show_bodies(found: Sequence[ListedBody], *, as_json: bool) -> None:
    """A line a body: when it had its name, what it is under, who came before and after, how often it is named."""
    if as_json:
        print_json([asdict(body) for body in found])
        return
    if not found:
        print("chưa có cơ quan nào")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for header in ("cơ quan", "loại", "thời gian", "trực thuộc", "trước", "sau"):
        table.add_column(header)
    for header in ("lần nhắc", "tài liệu"):
        table.add_column(header, justify="right")
    for body in found:
        table.add_row(
            body.name, _KINDS.get(body.kind or "", ""), _time(body.began, body.ended), body.parent or "",
            "; ".join(step.name for step in body.before), "; ".join(step.name for step in body.after),
            figure(body.mentions), figure(body.documents),
        )
    terminal().print(table)
    print("Xem một cơ quan: sulieu bodies DỮ_KIỆN.db TÊN")


def show_body_cards(cards: Sequence[BodyCard], name: str, *, as_json: bool) -> None:
    """Each body of a name with its names, the bodies above, its succession and its offices."""
    if as_json:
        print_json([asdict(card) for card in cards])
        return
    if not cards:
        print(f"không có cơ quan nào tên là {name}")
        return
    console = terminal()
    for card in cards:
        for line in _card(card):
            console.print(line, soft_wrap=True, markup=False, highlight=False)
        console.print()


def _card(card: BodyCard) -> Iterator[str]:
    body = card.body
    head = (body.name, _KINDS.get(body.kind or "", ""), _time(body.began, body.ended))
    yield " · ".join(part for part in head if part)
    yield f"  theo: {body.source}" if body.source else "  chỉ các nguồn nêu, từ điển cơ quan không có"
    for parent in card.parents:
        time = _time(parent.since, parent.until)
        yield f"  trực thuộc: {parent.name}{f' ({time})' if time else ''}"
    for label, steps in (("trước", card.earlier), ("sau", card.later)):
        yield from (f"  {label}: {_step(step)}" for step in steps)
    if card.parts:
        yield f"  đơn vị thuộc: {'; '.join(card.parts)}"
    if card.names:
        yield f"  nguồn viết: {'; '.join(f'{name} ({figure(number)})' for name, number in card.names)}"
    counts = "; ".join(f"{_ROLES[role]} {figure(number)}" for role, number in card.roles)
    yield f"  dữ kiện: {counts or 'không'}; {figure(body.documents)} tài liệu"
    for one in card.offices:
        days = " … ".join(dict.fromkeys(filter(None, (one.first_attested, one.last_attested))))
        yield f"  {one.title or 'chức vụ không nêu'}: {one.name}{f' (nguồn nêu: {days})' if days else ''}"


def _step(step: Succession) -> str:
    return f"{step.name} ({' '.join(filter(None, (_HOW[step.how], step.date)))}; {step.source})"


def _time(began: str | None, ended: str | None) -> str:
    if began is None and ended is None:
        return ""
    return f"{began or '?'} – {ended or 'nay'}"
