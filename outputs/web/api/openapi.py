"""The OpenAPI 3.1 description, made of the table of operations."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from outputs.web.api.operations import Operation, operations
from outputs.web.api.parameters import LANGUAGE, LONGEST, Parameter
from outputs.web.api.schemas import made_of

_REFUSALS = {
    "400": "Một tham số không đọc được / a parameter cannot be read",
    "404": "Không có gì mang mã ấy / nothing has this id",
    "503": "Câu hỏi quá lâu, hoặc cơ sở dữ kiện đang được ghi / the question takes too long, or the fact base is being "
           "written",
}


@cache
def description() -> dict[str, Any]:
    """The whole description."""
    try:
        release = version("sulieu")
    except PackageNotFoundError:
        release = "0"
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sử liệu", "version": release,
            "description": "Cơ sở dữ kiện của một kho tư liệu: mọi giá trị kèm lời của nguồn. Chỉ đọc. / The fact base "
                           "of an archive: every value with the words of its source. Read only.",
        },
        "paths": {_path(one): {"get": _operation(one)} for one in operations()},
        "components": {"schemas": {"Error": made_of(error={"type": "string"})}},
    }


def _path(one: Operation) -> str:
    return one.path.replace(":path}", "}")


def _operation(one: Operation) -> dict[str, Any]:
    asked = [_parameter(each) for each in (*one.parameters, LANGUAGE)]
    refusals = {code: about for code, about in _REFUSALS.items() if code != "404" or one.of}
    return {
        "operationId": one.name, "summary": one.about[1], "description": one.about[0],
        "parameters": ([_of_path(one.of)] if one.of else []) + asked,
        "responses": {
            "200": {"description": one.about[1], "content": {"application/json": {"schema": one.schema()}}},
            **{code: {"description": about, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Error"}}}} for code, about in refusals.items()},
        },
    }


def _of_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "maxLength": LONGEST}}


def _parameter(one: Parameter) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": one.name, "in": "query", "required": False, "schema": one.schema,
        "description": " / ".join(one.about),
    }
    if one.several:
        said |= {"style": "form", "explode": True}
    if one.example:
        said["example"] = one.example
    return said
