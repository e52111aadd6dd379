"""The page of a fact: its words, what they say, and where they lead; every kind, in both languages."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
import regex
from starlette.testclient import TestClient

from extractors.facts import KINDS
from outputs.factbase import FactBase
from outputs.web.words import words
from tests.web.conftest import said


def facts_of(facts: Path, kind: str, number: int = 5) -> list[tuple[str, str]]:
    with FactBase.open(facts) as base:
        return [tuple(row) for row in base.db.execute(
            "SELECT id, quote FROM mention WHERE kind = ? ORDER BY id LIMIT ?", (kind, number))]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_shows_its_words_and_fields(room: TestClient, facts: Path, kind: str, language: str) -> None:
    found = facts_of(facts, kind)
    assert found
    for mention, quote in found:
        page = room.get(f"/fact/{mention}", params={"lang": language}).text
        context = page.partition('<p class="context"')[2].partition("</p>")[0]
        assert unescape(regex.search(r'<a class="f [^"]*at"[^>]*>(.*?)</a>', context, regex.S)[1]) == quote
        assert words(language)(f"one.{kind}") in said(page)
        assert '<dl class="fields">' in page


def test_every_link_of_a_fact_leads_somewhere(room: TestClient, facts: Path) -> None:
    seen = set()
    for kind in KINDS:
        for mention, _ in facts_of(facts, kind, 4):
            page = room.get(f"/fact/{mention}").text
            seen |= {unescape(one) for one in regex.findall(r'href="(/[^"#]*)', page)}
    roots = {address.split("/")[1].partition("?")[0] for address in seen}
    assert {"person", "decree", "event", "document", "fact", "body"} <= roots
    for address in sorted(seen):
        if not address.startswith("/static/"):
            assert room.get(address).status_code == 200, address


def test_words_of_the_pages_are_in_both_languages() -> None:
    """Every phrase is there twice, with the same blanks, and none is empty."""
    vietnamese, english = words("vi")._phrases, words("en")._phrases
    assert vietnamese.keys() == english.keys()
    for key, phrase in vietnamese.items():
        assert phrase and english[key], key
        assert set(regex.findall(r"\{(\w+)\}", phrase)) == set(regex.findall(r"\{(\w+)\}", english[key])), key
