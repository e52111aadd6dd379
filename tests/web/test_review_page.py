"""The pages of review: nothing is decided but by a form that was posted, by somebody with a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'sulieu[web]'")

from starlette.testclient import TestClient

from extractors.facts import Official
from outputs.factbase import FactBase
from outputs.review import Reviews
from outputs.web.app import make_app
from outputs.web.options import Options
from pipeline.assemble import assemble
from tests.outputs.small_base import LETTER, ORDER, add, fact, letter_facts, order_facts

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
LAN = "Nguyễn Thị Lan"
FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.db"
    with FactBase.create(path) as base:
        add(base, "order", ORDER, order_facts(), title="Phân loại hồ sơ", date="1958-03-13")
        add(base, "letter", LETTER, letter_facts(), title="Thư <của> Bộ trưởng", kind="notice")
        for title, org in (("Giám đốc", "Sở Y tế tỉnh Gia Lai"), ("Chủ tịch", "Ủy ban nhân dân xã Tân Sơn")):
            text = f"{title} {org} là ông Nguyễn Văn A, theo tin hôm nay."
            add(base, org, text, [fact(Official, text, "Nguyễn Văn A", name="Nguyễn Văn A", title=title, org=org)])
        assemble(base)
    return path


@pytest.fixture
def client(facts: Path) -> Iterator[TestClient]:
    app = make_app(facts, Options())
    app.state.clock = lambda: AT
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=True) as opened:
        yield opened


def fields(page: str, action: str = "/review/decide", nth: int = 0) -> dict[str, str]:
    """What the nth form of that address sends where nothing is typed."""
    form = [inside for address, inside in FORM.findall(page) if address.partition("?")[0] == action][nth]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        if 'type="checkbox"' not in tag and 'type="radio"' not in tag:
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            found[name[1]] = unescape(value[1]) if value else ""
    for name, inside in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = unescape(inside)
    for name, inside in re.findall(r'<select name="([^"]*)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


def decided(facts: Path) -> list[tuple[str, str]]:
    with FactBase.open(facts) as base:
        return [(one.verb, one.by) for one in Reviews.beside(base).every()]


def ids(facts: Path, kind: str) -> list[str]:
    with FactBase.open(facts) as base:
        return [row[0] for row in base.db.execute("SELECT id FROM mention WHERE kind = ? ORDER BY key", (kind,))]


def test_the_queue_shows_a_fact_in_its_words_and_asks_for_the_name_once(client, facts):
    page = client.get("/review?kind=official").text
    assert "Phạm Văn Đồng" in page and "yêu cầu Ủy ban hành chính" in page and 'name="by" required' in page
    done = client.post("/review/decide", data=fields(page) | {"by": LAN, "verb": "accept"})
    assert done.status_code == 200 and decided(facts) == [("accept", LAN)]
    assert "Vũ Đình Hòe" in done.text and 'name="by" required' not in done.text
    assert f'type="hidden" name="by" value="{LAN}"' in done.text


def test_looking_going_on_and_back_decides_nothing(client, facts):
    for path in ("/review", "/review?kind=event", f"/review?after={ids(facts, 'date')[0]}", "/review/decisions",
                 f"/review?before={ids(facts, 'date')[1]}", f"/review?fact={ids(facts, 'figure')[0]}"):
        assert client.get(path).status_code == 200
    assert decided(facts) == []
    for path in ("/review/decide", "/review/undo", "/review/merge", "/review/split", "/review/name"):
        assert client.get(path).status_code == 405


def test_what_was_looked_at_is_passed_over_and_can_be_gone_back_to(client, facts):
    first, second, third, *_, last = ids(facts, "official")
    page = client.get("/review?kind=official").text
    assert f'name="fact" value="{first}"' in page
    client.post("/review/decide", data=fields(page) | {"by": LAN, "verb": "reject"})
    assert f'name="fact" value="{second}"' in client.get("/review?kind=official").text
    assert f'name="fact" value="{third}"' in client.get(f"/review?kind=official&after={second}").text
    assert f'name="fact" value="{first}"' in client.get(f"/review?kind=official&before={second}").text
    assert "Không còn dữ kiện nào chưa xem" in client.get(f"/review?kind=official&after={last}").text


def test_filters_by_document_and_their_way_through_the_forms(client, facts):
    page = client.get("/review?document=letter&kind=date").text
    assert "5/9/1946" in page and 'name="document" value="letter"' in page
    done = client.post("/review/decide", data=fields(page) | {"by": LAN, "verb": "accept"}, follow_redirects=False)
    assert done.status_code == 303 and "document=letter" in done.headers["location"]


def test_an_edit_is_shown_with_what_was_read(client, facts):
    page = client.get("/review?kind=official").text
    form = fields(page)
    assert form["f.title"] == "Thủ tướng" and form["f.org"] == "Chính phủ"
    client.post("/review/decide", data=form | {"by": LAN, "verb": "edit", "f.title": "Phó Thủ tướng", "f.org": "",
                                               "note": "theo bản gốc"})
    page = client.get(f"/review?fact={form['fact']}").text
    assert "Phó Thủ tướng" in page and "(máy đọc: Thủ tướng)" in page and "theo bản gốc" in page
    assert "<b>sửa</b>" in page


def test_what_cannot_be_is_told_and_what_was_typed_stays(client, facts):
    page = client.get("/review?kind=date").text
    done = client.post("/review/decide", data=fields(page) | {"by": LAN, "verb": "edit", "f.edtf": "12/3/1958"})
    assert done.status_code == 400 and "không phải là ngày tháng EDTF" in done.text and 'value="12/3/1958"' in done.text
    nameless = client.post("/review/decide", data=fields(page) | {"by": " ", "verb": "accept"})
    assert nameless.status_code == 400 and "tên người hiệu đính" in nameless.text
    english = client.post("/review/decide?lang=en", data=fields(page) | {"by": LAN, "verb": "edit", "f.edtf": "x"})
    assert "is no EDTF date" in english.text
    assert decided(facts) == []


def test_a_stale_form_writes_nothing(client, facts):
    page = client.get("/review?kind=event").text
    form = fields(page) | {"by": LAN}
    client.post("/review/decide", data=form | {"verb": "accept"})
    late = client.post("/review/decide", data=form | {"by": "Minh", "verb": "reject"})
    assert late.status_code == 409 and "người khác đã quyết định" in late.text and decided(facts) == [("accept", LAN)]
    assert 'value="Minh"' in late.text      # what was typed about oneself stays
    again = client.post("/review/decide", data=fields(late.text) | {"by": "Minh", "verb": "reject"})
    assert again.status_code == 200 and decided(facts)[1] == ("reject", "Minh")
    assert "Người khác cho là" in client.get(f"/review?fact={form['fact']}").text


def test_undo_comes_back_to_the_fact(client, facts):
    form = fields(client.get("/review?kind=event").text)
    done = client.post("/review/decide", data=form | {"by": LAN, "verb": "reject"}).text
    back = client.post("/review/undo", data=fields(done, "/review/undo"))
    assert f'name="fact" value="{form["fact"]}"' in back.text and decided(facts) == [("reject", LAN), ("undo", LAN)]
    with FactBase.open(facts) as base:
        assert Reviews.beside(base).of(base, [form["fact"]]) == {}


def test_the_list_of_decisions_undoes_any_of_them_and_can_be_taken_away(client, facts):
    for kind in ("event", "figure"):
        form = fields(client.get(f"/review?kind={kind}").text)
        client.post("/review/decide", data=form | {"by": LAN, "verb": "accept", "note": "<b>kỹ</b>"})
    page = client.get("/review/decisions").text
    assert page.count("&lt;b&gt;kỹ&lt;/b&gt;") == 2
    after = client.post("/review/undo", data=fields(page, "/review/undo", 1)).text
    assert "đã rút lại" in after and decided(facts)[-1] == ("undo", LAN)
    lines = client.get("/review/decisions?as=jsonl")
    assert len(lines.text.splitlines()) == 3 and "attachment" in lines.headers["content-disposition"]


def test_people_are_merged_and_split_from_their_page(client, facts):
    with FactBase.open(facts) as base:
        people = [row[0] for row in base.db.execute("SELECT id FROM person WHERE name = 'Nguyễn Văn A' ORDER BY id")]
    assert len(people) == 2
    page = client.get(f"/review/person/{people[0]}").text
    assert f'value="{people[1]}"' in page and "cùng họ tên" in page
    done = client.post("/review/merge", data=fields(page, "/review/merge") | {"other": people[1], "by": LAN})
    assert done.status_code == 200 and "ghép người" in done.text and decided(facts) == [("merge", LAN)]
    with FactBase.create(facts) as base:
        assemble(base)
        person, = [row[0] for row in base.db.execute("SELECT id FROM person WHERE name = 'Nguyễn Văn A'")]
    page = client.get(f"/review/person/{person}").text
    mention = re.findall(r'name="mention" value="([^"]+)"', page)[0]
    assert client.post("/review/split", data=fields(page, "/review/split") | {"by": LAN}).status_code == 400
    client.post("/review/split", data=fields(page, "/review/split") | {"by": LAN, "mention": mention})
    assert decided(facts) == [("merge", LAN), ("split", LAN)]
    found = client.get(f"/review/person/{person}?find=vu+dinh+hoe").text
    assert "Vũ Đình Hòe" in found


@pytest.mark.parametrize("path", ["/review?fact=mention-0", "/review/person/person-0", "/review?fact=<script>"])
def test_what_is_not_there(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and "<script>" not in answer.text.replace("<script src", "")


def test_a_kind_that_there_is_not_is_told(client):
    answer = client.get("/review?kind=rumour")
    assert answer.status_code == 400 and "Không có loại dữ kiện rumour" in answer.text


@pytest.mark.parametrize("path", ["/review/decide", "/review/undo", "/review/merge", "/review/split", "/review/name"])
def test_a_form_of_another_site_writes_nothing(client, facts, path):
    mine = fields(client.get("/review?kind=event").text) | {"by": LAN, "verb": "accept"}
    assert client.post(path, data=mine | {"csrf": "x"}).status_code == 403
    assert client.post(path, data={key: value for key, value in mine.items() if key != "csrf"}).status_code == 403
    assert client.post(path, data=mine, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post(path, data=mine, headers={"origin": "http://example.org"}).status_code == 403
    assert decided(facts) == []


def test_a_form_as_browsers_send_it_from_a_page_without_referrer(client, facts):
    form = fields(client.get("/review?kind=event").text) | {"by": LAN, "verb": "accept"}
    as_sent = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert client.post("/review/decide", data=form, headers=as_sent).status_code == 200 and len(decided(facts)) == 1


HOSTILE = (
    "<script>alert(1)</script>", "' OR 1=1 --", "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "{0}", "\x00\u202e",
    "a" * 9000,
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_every_field_are_words_or_refused(client, facts, words):
    page = client.get("/review?kind=official").text
    typed = {name: words for name in fields(page) if name.startswith("f.") or name in ("note", "kind", "topic")}
    for extra in (typed, {"by": words}, {"verb": words}, {"fact": words}, {"state": words}, {"back": words}):
        answer = client.post("/review/decide", data=fields(page) | {"by": LAN, "verb": "edit"} | extra)
        assert answer.status_code < 500, (extra, answer.text[-900:])
        assert words not in answer.text.replace("a" * 9000, "") or words.isalnum() or (
            words in ("{{ 7*7 }}", "{0}")
        )
    for path in ("/review/undo", "/review/merge", "/review/split"):
        given = {"csrf": fields(page)["csrf"], "by": LAN, "decision": words, "person": words, "other": words,
                 "mention": words}
        assert client.post(path, data=given).status_code in (400, 404)
    assert "<script>alert" not in client.get("/review/decisions").text


def test_a_long_note_is_kept_and_a_longer_one_told(client, facts):
    form = fields(client.get("/review?kind=event").text) | {"by": LAN, "verb": "accept"}
    assert client.post("/review/decide", data=form | {"note": "ă" * 10_001}).status_code == 400
    assert client.post("/review/decide", data=form | {"note": "ă" * 10_000}).status_code == 200
    assert client.get("/review/decisions").status_code == 200 and len(decided(facts)) == 1


def test_a_file_that_is_not_ours_is_told_on_the_page(client, facts):
    (facts.parent / "facts.review.db").write_bytes(b"x" * 4096)
    answer = client.get("/review")
    assert answer.status_code == 503 and "không phải tệp hiệu đính" in answer.text


def test_two_rooms_on_one_fact_base_see_each_other(client, facts):
    other = make_app(facts, Options())
    other.state.clock = lambda: AT
    with TestClient(other, base_url="http://127.0.0.1", follow_redirects=True) as second:
        page = second.get("/review?kind=event").text
        mine = fields(client.get("/review?kind=event").text)
        client.post("/review/decide", data=mine | {"by": LAN, "verb": "accept"})
        assert second.post("/review/decide", data=fields(page) | {"by": "Minh", "verb": "reject"}).status_code == 409
        assert second.get("/review/decisions").text.count(LAN) == 1


def test_english_goes_along(client, facts):
    page = client.get("/review?kind=event&lang=en").text
    assert "Right" in page and "lang=en" in next(address for address, _ in FORM.findall(page) if "decide" in address)
    given = fields(page) | {"by": LAN, "verb": "accept"}
    done = client.post("/review/decide?lang=en", data=given, follow_redirects=False)
    assert "lang=en" in done.headers["location"]
