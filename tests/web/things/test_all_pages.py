"""What holds for every page of things: hostile names are text, unknown ids have a way on, links keep the language."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from starlette.testclient import TestClient

from corpus.tables import table
from outputs.people_table import rule_labels
from outputs.web.words import words
from outputs.words import event_labels
from tests.web.things.base import HOSTILE
from tests.web.things.conftest import Read

PAGES = (
    "/people", "/people?name=vu", "/person/person-hoe", "/person/person-bad", "/bodies", "/body/body-btp",
    "/body/body-bad", "/decrees", "/decree/vn:SL:CTCP:1946:13", "/decree/vn:SL:CTCP:1946:85", "/figures",
    "/series/series-1", "/directives", "/event/event-hoe", "/timeline", "/timeline?year=1946", "/conflicts", "/status",
)
_FILTERS = {
    "/people": ("name", "body"), "/bodies": ("name", "kind"), "/decrees": ("words", "type", "year"),
    "/figures": ("metric", "subject"),
    "/directives": ("issuer", "addressee", "since", "person", "body", "decree", "side"),
    "/timeline": ("type", "topic", "body", "person", "source", "since", "year"), "/conflicts": ("grade", "rule"),
    "/status": ("type", "reason"), "/decree/vn:SL:CTCP:1946:13": ("purpose", "relation"),
}


@pytest.mark.parametrize("language", ["", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_hostile_names_are_text(reader: TestClient, address: str, language: str) -> None:
    answer = reader.get(address, params={"lang": language} if language else None) if "?" not in address \
        else reader.get(f"{address}&lang={language}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and "alert(1)</script" not in answer.text
    assert " 49" not in answer.text and "style=" not in answer.text and "onerror" not in answer.text


@pytest.mark.parametrize("address", ["/person/person-bad", "/body/body-bad", "/decree/vn:SL:CTCP:1946:13"])
def test_the_hostile_name_is_there_to_be_read(words_of: Read, address: str) -> None:
    assert " ".join(HOSTILE.split()) in words_of(address)


@pytest.mark.parametrize(("address", "names"), _FILTERS.items())
@pytest.mark.parametrize(
    "value", ["'; DROP TABLE person; --", '"NEAR(', "*", "%_!", "\x00", "đ" * 5000, "<xmp>", "\u202e"]
)
def test_filters_take_anything(reader: TestClient, address: str, names: tuple[str, ...], value: str) -> None:
    for name in names:
        answer = reader.get(address, params={name: value})
        assert answer.status_code in (200, 400)
        assert "Traceback" not in answer.text and "<xmp" not in answer.text


@pytest.mark.parametrize("address", [
    "/person/nobody", "/body/none", "/decree/vn:X:1", "/series/none", "/directive/none", "/event/none",
    "/person/%3Cscript%3E", "/event/" + "x" * 3000, "/person/a'b",
])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_unknown_ids_have_a_sentence_and_a_way_on(reader: TestClient, address: str, language: str) -> None:
    answer = reader.get(address, params={"lang": language})
    assert answer.status_code == 404
    assert 'class="sentence"' in answer.text and 'href="/' in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_every_link_keeps_the_language(reader: TestClient, address: str) -> None:
    text = reader.get(address + ("&" if "?" in address else "?") + "lang=en").text
    links = regex.findall(r'<a [^>]*href="(/[^"]*)"', text.replace("hreflang", "x"))
    assert links
    assert [one for one in links if "lang=en" not in one and not one.startswith("/static/")] == [
        one for one in links if one == regex.search(r'class="tongue"><a href="([^"]*)"', text)[1]
    ]


@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(reader: TestClient, address: str) -> None:
    links = set(regex.findall(r'<a [^>]*href="(/[^"#]*)', reader.get(address).text))
    for one in sorted(links):
        assert reader.get(one.replace("&amp;", "&")).status_code == 200, one


def test_words_of_rules_and_types_are_those_of_their_tables() -> None:
    for name in ("person_rules", "term_rules"):
        for rule, label in rule_labels(name).items():
            assert words("vi").label("rule", rule) == label, f"web_entity_words.tsv: rule.{rule}"
            assert f"rule.{rule}" in words("en"), f"web_entity_words.tsv: rule.{rule}"
    for language in ("vi", "en"):
        said = words(language)
        assert {kind: said(f"event.type.{kind}") for kind in event_labels(language)} == event_labels(language)


def test_every_word_is_used(things: Path) -> None:
    root = Path(__file__).parents[3] / "outputs"
    code = " ".join(
        path.read_text(encoding="utf-8") for folder in ("web", "templates/web") for path in (root / folder).rglob("*")
        if path.suffix in (".py", ".j2")
    )
    for row in table("outputs", "web_entity_words"):
        parts = row["key"].split(".")
        groups = [".".join(parts[:number]) for number in range(1, len(parts))]
        assert row["key"] in code or any(f'"{group}.' in code or f'"{group}"' in code for group in groups) \
            or parts[0] == "not_here", row["key"]
