"""The page of search: the box, permanent addresses, what is said where nothing is found."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import regex
from starlette.testclient import TestClient

from outputs.asking import Hit
from outputs.web.pages.search import ShownHit
from tests.web.conftest import said


def hits(html: str) -> list[str]:
    return [" ".join(unescape(regex.sub(r"<[^>]*+>", " ", one)).split())
            for one in regex.findall(r'<article class="hit">(.*?)</article>', html, regex.S)]


def marked(html: str) -> set[str]:
    return {unescape(one) for one in regex.findall(r"<mark>(.*?)</mark>", html)}


def test_the_first_page_asks(room: TestClient) -> None:
    html = room.get("/").text
    assert 'name="q"' in html and "autofocus" in html
    assert "Kho có" in said(html)
    assert "The archive has" in said(room.get("/?lang=en").text)


@pytest.mark.parametrize(("typed", "found"), [
    ("thi hành án", "thi hành án"), ("thi hanh an", "thi hành án"), ("THI HANH AN", "Thi hành án"),
    ("sac lenh 130", "130"), ("Vũ Đình Hòe", "Vũ Đình Hòe"), ("vu dinh hoe", "Đình"),
])
def test_words_with_and_without_marks(room: TestClient, typed: str, found: str) -> None:
    html = room.get("/", params={"q": typed}).text
    assert hits(html)
    words = " ".join(marked(html)).casefold()
    assert any(part.casefold() in words for part in found.split())


def test_a_hit_opens_its_words(room: TestClient) -> None:
    html = room.get("/", params={"q": "thi hanh an", "kind": "event"}).text
    assert hits(html)
    address = unescape(regex.search(r'class="snippet"[^>]*><a href="([^"]+)"', html)[1])
    assert address.endswith("#at")
    page = room.get(address.partition("#")[0])
    assert page.status_code == 200
    assert 'id="at"' in page.text


def test_fields_in_the_box_become_the_address(room: TestClient) -> None:
    answer = room.get("/", params={"q": 'án loại:"chỉ đạo"', "issuer": "", "page": ""})
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert parse_qsl(urlsplit(address).query) == [("q", "án"), ("kind", "directive")]
    assert room.get(address).status_code == 200


def test_the_language_goes_along(room: TestClient) -> None:
    html = room.get("/", params={"q": "án", "lang": "en"}).text
    links = [unescape(one) for one in regex.findall(r'href="(/[^"]*)"', html) if not one.startswith("/static/")]
    other = [one for one in links if "lang=en" not in one]
    assert [urlsplit(one).path for one in other] == ["/"]           # the switch alone
    assert "results" in said(html)


def test_filters_are_links_with_counts(room: TestClient) -> None:
    html = room.get("/", params={"q": "án"}).text
    inside = html.partition('<nav class="facets"')[2].partition("</nav>")[0]
    choices = [(unescape(address), int(count.replace(".", "")))
               for address, count in regex.findall(r'<a href="([^"]+)"[^>]*>[^<]*</a> <small>([\d.]+)</small>', inside)]
    assert choices
    kinds = [(address, count) for address, count in choices if "kind=" in address]
    for address, count in kinds:
        answer = room.get(address)
        total = int(regex.search(r'role="status">\s*([\d.]+) kết quả', answer.text)[1].replace(".", ""))
        assert total == count, address
        chosen = answer.text.partition('<nav class="facets"')[2]
        assert 'class="chosen"' in chosen


def test_what_is_asked_can_be_taken_out_again(room: TestClient) -> None:
    html = room.get("/", params={"q": "án", "kind": "directive", "until": "2020"}).text
    chips = html.partition('<ul class="chips">')[2].partition("</ul>")[0]
    without = [dict(parse_qsl(urlsplit(unescape(one)).query)) for one in regex.findall(r'href="([^"]+)"', chips)]
    assert without == [{"q": "án", "until": "2020"}, {"q": "án", "kind": "directive"}]


def test_pages_hold_each_hit_once(room: TestClient) -> None:
    first, second = (room.get(f"/?q=an{page}").text for page in ("", "&page=2"))
    links = [regex.findall(r'class="snippet"[^>]*><a href="([^"]+)"', page) for page in (first, second)]
    facts = [set(regex.findall(r'href="/fact/([\w-]+)', page)) for page in (first, second)]
    assert len(links[0]) == 20 and links[1]
    assert not facts[0] & facts[1]
    assert 'rel="next"' in first and 'rel="prev"' in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "٢", "101", "9" * 30])
def test_a_page_that_there_is_not(room: TestClient, page: str) -> None:
    assert room.get("/", params={"q": "an", "page": page}).status_code in (400, 404)


def test_nothing_found_is_no_dead_end(room: TestClient) -> None:
    html = room.get("/", params={"q": '"thi hành xyzzy"', "kind": "directive", "place": "Hà Nội"}).text
    words = said(html)
    assert "Không tìm thấy gì" in words and "Có thể thử" in words
    advice = html.partition('class="advice"')[2]
    addresses = [dict(parse_qsl(urlsplit(unescape(one)).query)) for one in regex.findall(r'href="(/\?[^"]+)"', advice)]
    assert {"q": '"thi hanh xyzzy"', "kind": "directive", "place": "Hà Nội"} in addresses
    assert {"q": "thi hành xyzzy", "kind": "directive", "place": "Hà Nội"} in addresses
    assert {"q": '"thi hành xyzzy"', "place": "Hà Nội"} in addresses


@pytest.mark.parametrize("asked", [{"q": "*"}, {"q": "a*"}, {"q": "a" * 10_000}, {"kind": "x"}, {"since": "1946-13"},
                                   {"q": "án", "since": "2020", "until": "2010"}, {"q": "NOT"}, {"q": "án " * 400}])
def test_what_cannot_be_asked_is_told_beside_the_box(room: TestClient, asked: dict[str, str]) -> None:
    for language in ("vi", "en"):
        answer = room.get("/", params=asked | {"lang": language})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text and 'name="q"' in answer.text


def test_a_day_beside_a_hit_is_no_more_exact_than_its_source(room: TestClient) -> None:
    shown = " ".join(hits(room.get("/", params={"q": "thi hành xong 1.350", "kind": "figure"}).text))
    assert "số liệu · 2018" in shown.lower() and "1/1/2018" not in shown


@pytest.mark.parametrize(("fields", "basis", "expected"), [
    ({"date": "XXXX-12-01"}, "event", ("XXXX-12-01", "fact")),     # its own words before another event's day
    ({"date": "2008"}, "fact", ("2008", "fact")), ({"date": None}, "document", ("2014-05", "document")),
    ({}, "event", ("2008", "event")), ({}, None, None),
])
def test_whose_day_it_is(fields: dict[str, str], basis: str | None, expected: tuple[str, str] | None) -> None:
    hit = Hit("m", "event", "d", None, "2014-05", "", None, None, 0, 1, "x", fields, "2008-01-01" if basis else None,
              basis, "x", 0)
    assert ShownHit(hit, ()).when == expected
