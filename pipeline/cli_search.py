"""`sulieu search`: the fields of a question as options."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from outputs.errors import QuestionError
from pipeline.command import AsJson, FactsPath, Since, Until

_OPTIONS = {"since": "--from", "until": "--to"}   # where an option is not called like its field

_Many = list[str] | None


def _many(shown: str, said: str) -> Any:
    return typer.Option(metavar=shown, help=f"{said}; lặp lại được")


def search(
    facts: FactsPath,
    query: Annotated[
        str, typer.Argument(metavar="TỪ_CẦN_TÌM", help="từ có dấu thì tìm đúng dấu, không dấu thì tìm mọi dấu")
    ] = "",
    kind: Annotated[_Many, _many("LOẠI", "date, decree, official, figure, directive, event, document")] = None,
    force: Annotated[_Many, _many("MỨC", "chỉ đạo thuộc mức này: order, request, task, promise")] = None,
    event_type: Annotated[_Many, _many("LOẠI", "sự kiện thuộc loại này: founding, appointment…")] = None,
    issuer: Annotated[_Many, _many("TÊN", "ai chỉ đạo, ban hành")] = None,
    addressee: Annotated[_Many, _many("TÊN", "ai phải thực hiện")] = None,
    person: Annotated[_Many, _many("TÊN", "người được nêu: họ tên hoặc mã")] = None,
    body: Annotated[_Many, _many("TÊN", "cơ quan được nêu: tên hoặc mã")] = None,
    decree: Annotated[_Many, _many("VĂN_BẢN", "văn bản được dẫn: số hiệu, tên hoặc mã")] = None,
    amends: Annotated[_Many, _many("VĂN_BẢN", "dẫn văn bản sửa đổi, thay thế văn bản này")] = None,
    amended_by: Annotated[_Many, _many("VĂN_BẢN", "dẫn văn bản được văn bản này sửa đổi, thay thế")] = None,
    place: Annotated[_Many, _many("TÊN", "nơi được nêu tên")] = None,
    topic: Annotated[_Many, _many("CHỦ_ĐỀ", "về việc gì; xem: sulieu topics")] = None,
    source: Annotated[_Many, _many("TÊN", "báo hoặc cơ quan đăng")] = None,
    document_kind: Annotated[_Many, _many("THỂ_LOẠI", "news (tin bài) hay notice (văn bản)")] = None,
    document: Annotated[_Many, _many("MÃ", "chỉ trong tài liệu này")] = None,
    planned: Annotated[
        bool | None, typer.Option("--planned/--reported", help="chỉ sự kiện mới dự kiến, hay chỉ sự kiện đã thuật lại")
    ] = None,
    since: Since = None,
    until: Until = None,
    published_since: Annotated[
        str | None, typer.Option("--published-from", metavar="NGÀY", help="tài liệu đăng, ban hành từ ngày này")
    ] = None,
    published_until: Annotated[
        str | None, typer.Option("--published-to", metavar="NGÀY", help="tài liệu đăng, ban hành đến hết ngày này")
    ] = None,
    order: Annotated[
        str | None, typer.Option(metavar="THỨ_TỰ", help="rank (hợp nhất trước), oldest (cũ trước), newest (mới trước)")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="SỐ", help="số kết quả")] = 20,
    offset: Annotated[int, typer.Option(min=0, metavar="SỐ", help="bỏ qua bấy nhiêu kết quả đầu")] = 0,
    facets: Annotated[bool, typer.Option("--facets", help="kèm tổng số và số kết quả theo từng bộ lọc")] = False,
    as_json: AsJson = False,
) -> None:
    """Search facts and texts, with or without Vietnamese marks."""
    from outputs.asking import Question, SearchError, answer
    from outputs.factbase import FactBase
    from outputs.review.attached import reviewed
    from pipeline.show import show_answer

    try:
        question = Question.read(
            query, kind=kind, force=force, event_type=event_type, issuer=issuer, addressee=addressee, person=person,
            body=body, decree=decree, amends=amends, amended_by=amended_by, place=place, topic=topic, source=source,
            document_kind=document_kind, document=document, planned=planned, since=since, until=until,
            published_since=published_since, published_until=published_until, order=order,
        )
        if question == Question():
            raise SearchError("nothing asked")
        with FactBase.open(facts) as base:
            found = answer(base, question, limit=limit, offset=offset, facets=facets)
            found = replace(found, hits=reviewed(base, found.hits))
    except SearchError as error:
        field = str(error.values.get("field", ""))
        option = _OPTIONS.get(field, f"--{field.replace('_since', '-from').replace('_until', '-to').replace('_', '-')}")
        raise QuestionError(error.say("vi", label=option)) from error
    show_answer(found, facets=facets, as_json=as_json)
