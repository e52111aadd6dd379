"""Review in a browser: by keyboard, without a script, and after the fact base is built anew."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'sulieu[web]'")
pytest.importorskip("uvicorn", reason="uvicorn is not installed: pip install 'sulieu[web]'")

import uvicorn

from outputs.factbase import FactBase
from outputs.review import Reviews, review_path
from outputs.web import Options, make_app
from pipeline.run import Options as BuildOptions
from pipeline.run import build
from tests.pipeline.test_cli import ARTICLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LAN = "Nguyễn Thị Lan"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "hoi-nghi.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "thu.txt").write_text("Thư của Thủ tướng Phạm Văn Đồng gửi Bộ trưởng Bộ Tư pháp.", encoding="utf-8")
    return folder


@pytest.fixture
def facts(archive: Path, tmp_path: Path) -> Path:
    target = tmp_path / "facts.db"
    build([archive], target, options=BuildOptions(jobs=0))
    return target


@pytest.fixture
def served(facts: Path) -> Iterator[str]:
    """The address of a room of its own."""
    app = make_app(facts, Options())
    app.state.clock = lambda: datetime(2026, 11, 22, 8, tzinfo=UTC)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    ready = threading.Event()
    startup = server.startup

    async def started(*args: object, **kinds: object) -> None:
        await startup(*args, **kinds)
        ready.set()

    server.startup = started
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ready.wait(30)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


Reading = Callable[..., "Page"]


@pytest.fixture
def reading(browser: Browser, served: str) -> Iterator[Reading]:
    """Open an address of the room; whatever the console says of it fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_page(path: str, *, script: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(served + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def decided(facts: Path) -> list[str]:
    return [one.verb for one in Reviews.open(review_path(facts)).every()]


def shown(page: Page) -> str:
    """The fact that the page is about."""
    return str(page.locator("form.deciding input[name=fact]").get_attribute("value"))


def test_by_keyboard_a_fact_is_accepted_rejected_corrected_and_taken_back(reading, facts):
    page = reading("/review")
    first = shown(page)
    page.locator("input[name=by]").first.fill(LAN)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_url("**/review?after=*")
    assert decided(facts) == ["accept"] and shown(page) != first
    second = shown(page)
    page.keyboard.press("r")
    page.wait_for_url(f"**after={second}*")
    assert decided(facts) == ["accept", "reject"]
    page.keyboard.press("u")
    page.wait_for_url(f"**/review?fact={second}*")
    assert decided(facts) == ["accept", "reject", "undo"] and shown(page) == second
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.closest('.inputs') !== null")
    page.keyboard.type("arn")     # typed into a field, these decide nothing
    assert decided(facts) == ["accept", "reject", "undo"] and shown(page) == second


def test_going_on_and_back_decides_nothing(reading, facts):
    page = reading("/review")
    first = shown(page)
    for key in ("n", "n", "p"):
        before = shown(page)
        page.keyboard.press(key)
        page.wait_for_url("**after=*" if key == "n" else "**fact=*")
        page.wait_for_function("id => document.querySelector('.deciding input[name=fact]').value !== id", arg=before)
    assert shown(page) != first and decided(facts) == []


def test_on_a_page_that_is_only_read_no_key_decides(reading, facts):
    page = reading("/review")
    page.goto(page.url.partition("/review")[0] + "/fact/" + shown(page))
    page.locator("input[name=by]").first.fill(LAN)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    for key in "arnpu":
        page.keyboard.press(key)
    assert decided(facts) == [] and "/fact/" in page.url
    page.get_by_role("button", name="Đúng").click()
    assert decided(facts) == ["accept"] and "/fact/" in page.url


def test_a_key_that_is_held_down_or_pressed_with_another_decides_nothing(reading, facts):
    page = reading("/review")
    page.locator("input[name=by]").first.fill(LAN)
    page.keyboard.press("Escape")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', repeat: true, bubbles: true}))")
    page.keyboard.press("Alt+a")
    assert decided(facts) == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_pages_fit_the_screen_and_axe_finds_nothing_serious(reading, facts, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    with FactBase.open(facts) as base:
        mention = base.db.execute("SELECT id FROM mention WHERE kind = 'official'").fetchone()[0]
        person = base.db.execute("SELECT id FROM person").fetchone()[0]
        Reviews.beside(base).decide(base, "edit", mention, by=LAN, at="2026-11-22T08:00:00+00:00",
                                    fields={"title": "Đại" * 200}, note="dài" * 300)
    page = reading("/review")
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    room = page.url.partition("/review")[0]
    for path in ("/review", f"/review?fact={mention}", "/review/decisions", f"/review/person/{person}",
                 f"/fact/{mention}", "/review?document=none"):
        page.goto(room + path)
        if page.locator("details.editing").count():
            page.locator("details.editing summary").click()
        found = axe.Axe().run(page).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"])
                 for one in found if one["impact"] in ("serious", "critical")]
        assert grave == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_without_a_script_the_same_is_done_by_buttons(reading, facts):
    page = reading("/review?kind=event", script=False)
    page.locator("input[name=by]").first.fill(LAN)
    page.get_by_role("button", name="Sai").click()
    assert decided(facts) == ["reject"]
    page.get_by_role("button", name="Rút lại").click()
    assert decided(facts) == ["reject", "undo"] and page.locator("form.deciding").count() == 1


def test_a_review_outlives_a_rebuild_and_its_words_can_still_be_jumped_to(reading, facts, archive):
    page = reading("/review?kind=event")
    page.locator("input[name=by]").first.fill(LAN)
    page.locator("summary[data-key=e]").click()
    page.locator("select[name='f.event_type']").select_option("other")
    page.locator("button.edit").click()
    page.wait_for_url("**/review?**done=*")
    facts.unlink()
    (archive / "hoi-nghi.txt").write_text(ARTICLE.replace("Chiều", "Trời mưa to. Chiều"), encoding="utf-8")
    build([archive], facts, options=BuildOptions(jobs=0))
    page.goto(page.url.partition("/review")[0] + "/review/decisions")
    assert LAN in page.locator("ol.decisions").inner_text()
    page.locator("ol.decisions a").first.click()
    assert "sửa" in page.locator(".review-panel").inner_text()
    page.locator(".context a.at").click()
    assert "Chiều 2/7" in page.locator("#at").first.inner_text()
    with FactBase.open(facts) as base:
        assert base.db.execute("SELECT event_type FROM event").fetchone()[0] == "other"
        assert base.db.execute("SELECT event_type FROM event_fact").fetchone()[0] == "meeting"
