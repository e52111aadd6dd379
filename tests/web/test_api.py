"""The API: its description is true, and it refuses in a sentence."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import jsonschema
import pytest
from starlette.testclient import TestClient

from extractors.facts import KINDS
from outputs.factbase import FactBase
from outputs.web import make_app
from outputs.web.api.openapi import description
from outputs.web.api.operations import operations
from tests.web.conftest import ADDRESS, said

THINGS = ("person", "body", "decree", "series", "event")


def ids(facts: Path, table: str, number: int = 3) -> list[str]:
    with FactBase.open(facts) as base:
        return [row[0] for row in base.db.execute(f"SELECT id FROM {table} ORDER BY id LIMIT ?", (number,))]


def fits(path: str, value: object) -> None:
    """The value is one that the description of the path promises."""
    whole = description()
    schema = whole["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator(schema | {"components": whole["components"]}).validate(value)


def test_the_description_is_one_of_openapi(room: TestClient) -> None:
    told = room.get("/api/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == {one.path.replace(":path", "") for one in operations()}
    for path, methods in told["paths"].items():
        assert set(methods) == {"get"}
        named = {one["name"] for one in methods["get"]["parameters"]}
        assert {"id"} & named == ({"id"} if "{id}" in path else set())


def test_the_page_of_the_api_names_every_parameter(room: TestClient) -> None:
    for language in ("vi", "en"):
        page = said(room.get("/api", params={"lang": language}).text)
        for one in operations():
            assert one.path.replace(":path", "") in page
            assert all(parameter.name in page for parameter in one.parameters)


@pytest.mark.parametrize("thing", THINGS)
def test_things_are_as_described(room: TestClient, facts: Path, thing: str) -> None:
    found = ids(facts, thing)
    assert found
    for one in found:
        answer = room.get(f"/api/{thing}/{one}")
        assert answer.status_code == 200
        assert answer.json()["id"] == one
        fits(f"/api/{thing}/{{id}}", answer.json())
    assert room.get(f"/api/{thing}/{found[0]}x").status_code == 404


def test_documents_and_facts_are_as_described(room: TestClient, facts: Path) -> None:
    for document in ids(facts, "document"):
        whole = room.get(f"/api/document/{document}").json()
        fits("/api/document/{id}", whole)
        part = room.get(f"/api/document/{document}", params={"start": 10, "characters": 50}).json()
        assert part["text"] == whole["text"][10:60]
        assert (part["start"], part["end"]) == (10, min(60, whole["characters"]))
    with FactBase.open(facts) as base:
        for kind in KINDS:
            (mention,) = base.db.execute("SELECT id FROM mention WHERE kind = ?", (kind,)).fetchone()
            fact = room.get(f"/api/fact/{mention}").json()
            fits("/api/fact/{id}", fact)
            text = room.get(f"/api/document/{fact['document']}").json()["text"]
            assert text[fact["start"]:fact["end"]] == fact["quote"]
            answer = room.get(f"/api/directive/{mention}")
            assert answer.status_code == (200 if kind == "directive" else 404)


def test_search_is_the_search_of_the_page(room: TestClient) -> None:
    asked = {"q": "thi hanh an", "kind": "event"}
    found = room.get("/api/search", params=asked).json()
    fits("/api/search", found)
    assert found["total"] > len(found["hits"]) or found["total"] == len(found["hits"])
    page = room.get("/", params=asked).text
    assert all(hit["id"] in page for hit in found["hits"])
    more = room.get("/api/search", params=asked | {"offset": 2, "limit": 2}).json()
    assert [hit["id"] for hit in more["hits"]] == [hit["id"] for hit in found["hits"]][2:4]


@pytest.mark.parametrize("path", ["/api/timeline", "/api/conflicts", "/api/status"])
def test_lists_are_as_described(room: TestClient, path: str) -> None:
    fits(path, room.get(path).json())


def test_the_timeline_has_the_days_that_are_asked_for(room: TestClient) -> None:
    rows = room.get("/api/timeline", params={"since": "1946", "until": "1946-12"}).json()["rows"]
    assert rows
    assert all(row["last_day"] >= "1946-01-01" and row["first_day"] <= "1946-12-31" for row in rows)
    days = [row["first_day"] for row in rows]
    assert days == sorted(days)
    second = room.get("/api/timeline?since=1946&until=1946-12&limit=1&offset=1").json()["rows"]
    assert second == rows[1:2]


@pytest.mark.parametrize("asked", [
    "search?limit=0", "search?limit=101", "search?limit=x", "search?limit=1&limit=2", "search?nothing=1",
    "search?kind=x", "search?since=1946-13", "search?q=*", "timeline?since=x", "timeline?type=x", "status?x=1",
    "search?facets=yes", "search?lang=fr", "conflicts?offset=-1", f"search?q={'a' * 3000}",
    "timeline?since=1946&since=1947",
])
def test_what_cannot_be_asked_is_refused_in_a_sentence(room: TestClient, asked: str) -> None:
    for language in ("", "lang=en"):
        answer = room.get(f"/api/{asked}{'&' if '?' in asked else '?'}{language}" if language else f"/api/{asked}")
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/json"
        assert set(answer.json()) == {"error"} and len(answer.json()["error"]) > 10


def test_schemathesis_finds_no_answer_that_is_not_described(facts: Path) -> None:
    """Questions drawn from the description, right and wrong ones: no error of the server, no undescribed answer."""
    schemathesis = pytest.importorskip("schemathesis", reason="pip install 'sulieu[test]' installs schemathesis")
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis.specs.openapi.checks import positive_data_acceptance as allowed  # 30 February is refused too

    host = {"host": ADDRESS.partition("//")[2]}
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", make_app(facts), headers=host)   # which it closes
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    for described, mode in product(schema.get_all_operations(), modes):
        operation = described.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=30, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))
        def answered(case: object) -> None:
            case.call_and_validate(headers=host, excluded_checks=[allowed])  # type: ignore[attr-defined]

        answered()
