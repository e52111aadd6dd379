"""The room is for its readers alone, writes nothing by itself, and says in a sentence what it does not answer."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from outputs.web.safety import COOKIE, ENTRANCE
from tests.web.conftest import Entered, said

TOKEN = "mot-ma-vao-that-dai"
PAGES = (
    "/", "/?q=an", "/?q=*", "/document/none", "/fact/none", "/api", "/api/status", "/api/none", "/none",
    "/static/room.css",
)
HOSTILE = (
    "' OR 1=1 --", '"; DROP TABLE mention; --', "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}", "{% include 'x' %}", "../../etc/passwd", "%00", "\x00", "NEAR(a b)", "title:án", "án AND", "(án",
    "án\" OR", "*", "-", "^", "a" * 10_000, "\ud800", "﷽" * 300,
)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_policy(room: TestClient, path: str) -> None:
    headers = room.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'; base-uri 'none'" in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")
    assert "server" not in headers


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith(("/api/", "/static"))])
def test_pages_hold_no_script_or_style_of_their_own(room: TestClient, path: str) -> None:
    html = room.get(path).text
    for word in ("<style", " style=", "onclick", "onload", "javascript:", "http://", "https://"):
        assert word not in html, word


@pytest.mark.parametrize("host", [
    "evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::2]", "10.0.0.1",
])
def test_another_name_is_no_name_of_the_room(room: TestClient, host: str) -> None:
    """A page elsewhere may point a name of its own at 127.0.0.1 (DNS rebinding)."""
    answer = room.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "sulieu serve" in said(answer.text)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8765", "LOCALHOST", "[::1]:8765", "127.0.0.1:80"])
def test_names_of_this_machine_are(room: TestClient, host: str) -> None:
    assert room.get("/", headers={"host": host}).status_code == 200


def test_without_the_token_nothing_is_shown(entered: Entered) -> None:
    reader = entered(token=TOKEN)
    for path in ("/", "/?q=an", "/document/x", "/none", ENTRANCE + "x"):
        answer = reader.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert reader.get("/api/status").json().keys() == {"error"}
    assert reader.get("/static/room.css").status_code == 200


def test_the_token_is_given_once(entered: Entered) -> None:
    reader = entered(token=TOKEN)
    form = reader.get(ENTRANCE).text
    csrf = form.partition('name="csrf" value="')[2].partition('"')[0]
    wrong = reader.post(ENTRANCE, data={"csrf": csrf, "token": TOKEN[:-1]})
    assert (wrong.status_code, reader.cookies.get(COOKIE)) == (403, None)
    right = reader.post(ENTRANCE, data={"csrf": csrf, "token": TOKEN})
    assert (right.status_code, right.headers["location"]) == (303, "/")
    assert {"httponly", "samesite=strict"} <= {part.strip().lower() for part in right.headers["set-cookie"].split(";")}
    assert TOKEN not in right.headers["set-cookie"]
    assert reader.get("/").status_code == 200


def test_programs_give_the_token_in_a_header(entered: Entered) -> None:
    reader = entered(token=TOKEN)
    assert reader.get("/api/status", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    for wrong in (f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer", "Bearer ắ", ""):
        assert reader.get("/api/status", headers={"authorization": wrong.encode()}).status_code == 401


def test_a_cookie_of_another_room_opens_nothing(entered: Entered) -> None:
    reader = entered(token=TOKEN)
    for value in ("", "x", TOKEN, "ắ"):
        answer = reader.get("/", headers={"cookie": f"{COOKIE}={value}".encode()})
        assert answer.status_code == 401


def test_a_form_of_another_site_writes_nothing(entered: Entered) -> None:
    reader = entered(token=TOKEN)
    csrf = reader.get(ENTRANCE).text.partition('name="csrf" value="')[2].partition('"')[0]
    for headers, data in (
        ({}, {"token": TOKEN}), ({}, {"token": TOKEN, "csrf": csrf[:-1]}),
        ({"sec-fetch-site": "cross-site"}, {"token": TOKEN, "csrf": csrf}),
        ({"sec-fetch-site": "same-site"}, {"token": TOKEN, "csrf": csrf}),
        ({"origin": "http://evil.example"}, {"token": TOKEN, "csrf": csrf}),
        ({"origin": "null"}, {"token": TOKEN, "csrf": csrf}),
    ):
        answer = reader.post(ENTRANCE, data=data, headers=headers)
        assert answer.status_code == 403, headers
        assert "không có gì được ghi" in said(answer.text)
    assert reader.cookies.get(COOKIE) is None


@pytest.mark.parametrize("announced", [True, False])
def test_a_large_request_is_refused(entered: Entered, announced: bool) -> None:
    reader = entered(token=TOKEN, body=1000)
    body = b"token=" + b"x" * 2000
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = reader.post(ENTRANCE, content=body if announced else iter([body[:900], body[900:]]), headers=kind)
    assert answer.status_code == 413
    assert "quá lớn" in said(answer.text)


def test_forms_of_a_thousand_fields_and_files_are_refused(entered: Entered) -> None:
    reader = entered(token=TOKEN)
    assert reader.post(ENTRANCE, data={f"f{n}": "x" for n in range(1000)}).status_code == 400
    assert reader.post(ENTRANCE, files={"token": ("a.txt", b"x")}).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_take_no_other_method(room: TestClient, method: str) -> None:
    answer = room.request(method, "/")
    assert answer.status_code == 405
    assert "đường dẫn" in said(answer.text)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(room: TestClient, words: str) -> None:
    """In every parameter of search, and as ids."""
    words = words.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    for name in ("q", "kind", "issuer", "person", "decree", "place", "topic", "since", "page", "as", "lang", "x"):
        answer = room.get("/", params={name: words})
        assert answer.status_code in (200, 303, 400, 404), (name, answer.status_code)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
    for path in ("/document/", "/fact/", "/person/", "/decree/", "/api/fact/", "/api/search?q=", "/static/"):
        answer = room.get(path + quote(words, safe="/"))
        assert answer.status_code in (200, 400, 404), (path, answer.status_code)
        html = answer.headers["content-type"].startswith("text/html")
        assert not html or "<script>alert" not in answer.text


@pytest.mark.parametrize("path", [
    "/?q=%FF%FEan", "/?q=%E1%BB", "/document/%FF%FE", "/fact/%C0%AF", "/api/search?q=%FF", "/api/fact/%FF", "/?%FF=%FF",
    "/?q=%", "/?q=%zz", "/document/a%00b", "/?lang=%FF", "//", "/document//etc/passwd", "/static/..%2fapp.py",
    "/document/..%2f..%2fetc%2fpasswd", "/picture/1/../../etc/passwd", "/picture/99999999999999999999/x",
])
def test_addresses_that_are_not_utf_8_or_lead_out(room: TestClient, path: str) -> None:
    answer = room.get(path)
    assert answer.status_code in (200, 303, 400, 404)
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text


def test_an_error_of_ours_shows_no_trace(entered: Entered) -> None:
    reader = entered()

    def broken(request: object) -> PlainTextResponse:
        raise RuntimeError("bí mật của chương trình")

    reader.app.router.routes.append(Route("/broken", broken))  # type: ignore[attr-defined]
    for path, language in (("/broken", "Chương trình gặp lỗi"), ("/broken?lang=en", "The program failed")):
        answer = reader.get(path)
        assert answer.status_code == 500
        assert language in said(answer.text)
        assert "bí mật" not in answer.text
        assert "content-security-policy" in answer.headers
