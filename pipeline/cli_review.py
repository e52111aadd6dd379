"""`sulieu review`: what researchers say of facts, listed, added, taken back, brought together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pipeline.command import AsJson, FactsPath, file_to_write

if TYPE_CHECKING:
    from outputs.review import Decision, Reviews


def now() -> str:
    """The time of a decision, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class _Said(NamedTuple):
    """Who says something, and what stands behind the option that says it."""

    facts: Path
    by: str
    note: str | None
    more: Sequence[str]


def review(
    facts: FactsPath,
    more: Annotated[list[str] | None, typer.Argument(
        metavar="SỬA|CHỖ|MÃ",
        help="với --edit: tên_trường=giá_trị (bỏ trống giá trị: nguồn không nói); với --split: các chỗ nói về người"
        " khác; với --undo: mã quyết định cần rút",
    )] = None,
    accept: Annotated[str | None, typer.Option(metavar="MÃ", help="dữ kiện này đúng")] = None,
    reject: Annotated[str | None, typer.Option(metavar="MÃ", help="dữ kiện này sai")] = None,
    edit: Annotated[str | None, typer.Option(metavar="MÃ", help="sửa các trường của dữ kiện này")] = None,
    merge: Annotated[
        tuple[str, str] | None, typer.Option(metavar="MÃ MÃ", help="hai người này là một (mã người hoặc mã chỗ nêu)")
    ] = None,
    split: Annotated[str | None, typer.Option(metavar="MÃ", help="tách các chỗ kể sau ra khỏi người này")] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="rút quyết định gần nhất của mình, hoặc quyết định có mã kể sau")
    ] = False,
    by: Annotated[
        str, typer.Option(metavar="TÊN", envvar="SULIEU_REVIEWER", help="ai quyết định", show_envvar=False)
    ] = "",
    note: Annotated[str | None, typer.Option(metavar="LỜI", help="vì sao")] = None,
    exported: Annotated[
        Path | None, typer.Option("--export", metavar="TỆP", help="ghi mọi quyết định ra tệp JSON Lines (-: màn hình)")
    ] = None,
    imported: Annotated[
        Path | None, typer.Option("--import", metavar="TỆP", help="nhận các quyết định từ tệp đã xuất")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List decisions and those whose words are gone, or make, take back, export or import decisions."""
    from outputs.review import ReviewError
    from pipeline.show_review import show_decision

    given = {
        "accept": accept, "reject": reject, "edit": edit, "merge": merge, "split": split, "undo": undo or None,
        "export": exported, "import": imported,
    }
    asked = [name for name, value in given.items() if value is not None]
    if len(asked) > 1:
        raise ReviewError("one_at_a_time")
    if more and asked not in (["edit"], ["split"], ["undo"]):
        raise typer.BadParameter(f"thừa đối số: {more[0]}")
    said = _Said(facts, by, note, more or [])
    decided: dict[str, Callable[[], Decision]] = {
        "accept": lambda: _decide(said, "accept", accept or ""),
        "reject": lambda: _decide(said, "reject", reject or ""),
        "edit": lambda: _decide(said, "edit", edit or ""), "merge": lambda: _people(said, merge=merge),
        "split": lambda: _people(said, split=split), "undo": lambda: _undo(said),
    }
    if not asked:
        _list(facts, as_json=as_json)
    elif asked[0] in decided:
        show_decision(decided[asked[0]](), as_json=as_json)
    elif exported is not None:
        _export(facts, exported)
    elif imported is not None:
        _import(facts, imported)


def _decide(said: _Said, verb: str, mention: str) -> Decision:
    from outputs.factbase import FactBase
    from outputs.review import ReviewError, Reviews

    fields = {}
    for one in said.more:
        name, equals, value = one.partition("=")
        if not equals:
            raise ReviewError("assignment", given=one)
        fields[name.strip()] = value
    with FactBase.open(said.facts) as base:
        return Reviews.beside(base).decide(
            base, verb, mention, by=said.by, at=now(), note=said.note, fields=fields
        )


def _people(said: _Said, *, merge: tuple[str, str] | None = None, split: str | None = None) -> Decision:
    from outputs.factbase import FactBase
    from outputs.review import Reviews

    with FactBase.open(said.facts) as base:
        reviews = Reviews.beside(base)
        if merge:
            return reviews.merge(base, merge, by=said.by, at=now(), note=said.note)
        return reviews.split(base, split or "", said.more, by=said.by, at=now(), note=said.note)


def _undo(said: _Said) -> Decision:
    if len(said.more) > 1:
        raise typer.BadParameter(f"thừa đối số: {said.more[1]}")
    return _kept(said.facts).undo(by=said.by, at=now(), decision=next(iter(said.more), None), note=said.note)


def _list(facts: Path, *, as_json: bool) -> None:
    from outputs.factbase import FactBase, FactBaseError
    from pipeline.printing import until_closed
    from pipeline.show_review import show_reviews
    from pipeline.usage import in_vietnamese

    reviews = _kept(facts)
    orphans = []
    try:
        with FactBase.open(facts) as base:
            orphans = reviews.orphans(base)
    except FactBaseError as error:   # decisions outlive a fact base of another version, and one that is gone
        typer.echo(in_vietnamese(str(error)), err=True)
    with until_closed():
        show_reviews(reviews.every(), reviews.undone(), orphans, as_json=as_json)


def _export(facts: Path, target: Path) -> None:
    from outputs.review.exchange import export_reviews
    from pipeline.printing import write

    reviews = _kept(facts)
    write(export_reviews(reviews), None if str(target) == "-" else file_to_write(target))


def _import(facts: Path, source: Path) -> None:
    from outputs.review.exchange import import_reviews

    reviews = _kept(facts, needed=False)
    if not source.is_file():
        raise typer.BadParameter(f"không có tệp {source}", param_hint="--import")
    with source.open("rb") as file:
        new, number = import_reviews(reviews, (line.decode("utf-8", "replace") for line in file))
    typer.echo(f"{number} quyết định, {new} mới → {reviews.path}", err=True)


def _kept(facts: Path, *, needed: bool = True) -> Reviews:
    """The decisions about a fact base, which may be of another version or gone by now. Raises FactBaseError where
    there is neither."""
    from outputs.factbase import FactBase
    from outputs.review import Reviews, review_path

    reviews = Reviews.open(review_path(facts))
    if (needed or not facts.exists()) and not (reviews.path and reviews.path.is_file()):
        FactBase.open(facts).close()
    return reviews
