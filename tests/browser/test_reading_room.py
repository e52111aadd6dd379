"""The reading room in a browser: ask, open, follow; with a keyboard, without scripts, on a phone."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'sulieu[web]'")
uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed: pip install 'sulieu[web]'")

from outputs.web import make_app  # noqa: E402
from tests.web.conftest import sample_archive, sample_facts  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
Visited = Callable[..., "Page"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the room is. It listens before it answers, so nobody has to wait for it."""
    facts = sample_facts(sample_archive(tmp_path_factory.mktemp("browsed") / "archive"))
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(facts), log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)
    listening.close()


@pytest.fixture
def visited(browser: Browser, address: str) -> Iterator[Visited]:
    """Go to an address of the room; what it asks of others, and what the console says of it, fails the test."""
    complaints: list[str] = []
    contexts = []

    def visit(path: str, *, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme="dark" if dark else "light",
            reduced_motion="reduce", java_script_enabled=script, base_url=address,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url))
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def ask(page: Page, words: str) -> None:
    page.fill("input[name=q]", words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("typed", ["sắc lệnh số 130", "sac lenh so 130"])
def test_from_the_box_to_the_clause_the_person_and_the_decree(visited: Visited, typed: str, script: bool) -> None:
    page = visited("/", script=script)
    ask(page, typed)
    hit = page.locator("article.hit").first
    assert "130" in " ".join(hit.locator("mark").all_inner_texts())
    hit.locator(".snippet a").click()
    at = page.locator("#at")
    assert at.is_visible()
    box = at.bounding_box()
    assert box and 0 <= box["y"] <= 844                                  # scrolled to
    assert "130" in " ".join(page.locator(".text .at").all_inner_texts())

    page.goto("/?kind=decree&q=" + typed.replace(" ", "+"))
    page.locator("article.hit").first.get_by_role("link", name="dữ kiện").click()
    decree = page.locator('ul.leads a[href^="/decree/"]').first
    decree.click()
    assert "130" in page.locator("main").inner_text()
    assert "/decree/" in page.url

    page.goto("/?kind=official")
    page.locator("article.hit").first.get_by_role("link", name="dữ kiện").click()
    name = page.locator("dl.fields dd").first.inner_text()
    page.locator('ul.leads a[href^="/person/"]').first.click()
    assert name in page.locator("main").inner_text()
    page.go_back()
    page.locator(".context a").click()
    assert name.split()[-1] in " ".join(page.locator(".text .at").all_inner_texts())


def test_each_highlight_opens_its_fact(visited: Visited) -> None:
    page = visited("/?q=thi+hanh+an&kind=event")
    page.locator("article.hit .snippet a").first.click()
    first = page.locator(".text a.f").first
    words = first.inner_text()
    first.click()
    assert "/fact/" in page.url
    assert words in page.locator("h1.words").inner_text()
    assert page.locator("pre.citation").inner_text().startswith("@")


def test_kinds_are_switched_by_links(visited: Visited) -> None:
    page = visited("/?q=thi+hanh+an&kind=event", script=False)
    page.locator("article.hit .snippet a").first.click()
    before = page.locator(".text a.date").count()
    page.locator(".legend a.date").click()
    assert before > 0 and page.locator(".text a.date").count() == 0
    page.locator(".legend a.off").click()
    assert page.locator(".text a.date").count() == before


def test_filters_narrow_and_widen(visited: Visited) -> None:
    page = visited("/?q=an", script=False)
    whole = page.locator("p.count").inner_text()
    page.locator("nav.facets a").first.click()
    assert page.locator("p.count").inner_text() != whole
    page.locator("ul.chips a").first.click()
    assert page.locator("p.count").inner_text() == whole


def test_the_language_is_kept_from_page_to_page(visited: Visited) -> None:
    page = visited("/")
    page.get_by_role("link", name="English").click()
    ask(page, "thi hanh an")
    assert "results" in page.locator("p.count").inner_text()
    page.locator("article.hit .snippet a").first.click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi"


def test_the_keyboard_is_enough(visited: Visited) -> None:
    page = visited("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("thi hanh an")
    page.keyboard.press("Enter")
    page.wait_for_selector("article.hit")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.snippet') !== null"):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_selector("#at")



def test_axe_finds_nothing_serious(visited: Visited) -> None:
    """On a wide light screen, and on a narrow dark one."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = visited("/?q=thi+hanh+an&kind=event")
    document = page.locator("article.hit .snippet a").first.get_attribute("href")
    fact = page.locator('article.hit a[href^="/fact/"]').first.get_attribute("href")
    for path in ("/", "/?q=thi+hanh+an", "/?q=xyzzy", document, fact, "/api"):
        page.goto(str(path))
        for width, scheme in ((1280, "light"), (390, "dark")):
            page.set_viewport_size({"width": width, "height": 844})
            page.emulate_media(color_scheme=scheme)
            found = axe.Axe().run(page).response["violations"]
            grave = [
                (path, width, scheme, one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"])
                for one in found if one["impact"] in ("serious", "critical")
            ]
            assert grave == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_page_is_wider_than_the_screen(visited: Visited, width: int) -> None:
    page = visited("/?q=thi+hanh+an", width=width)
    document = page.locator("article.hit .snippet a").first.get_attribute("href")
    fact = page.locator('article.hit a[href^="/fact/"]').first.get_attribute("href")
    for path in ("/", "/?q=thi+hanh+an", "/?q=" + "dai" * 200, document, fact, "/api", "/document/letter.pdf"):
        page.goto(str(path))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_paper_shows_the_words_and_no_controls(visited: Visited) -> None:
    page = visited("/?q=thi+hanh+an")
    page.emulate_media(media="print")
    for hidden in ("form.ask", "nav.menu", "nav.facets"):
        assert not page.locator(hidden).is_visible(), hidden
    assert page.locator("article.hit").first.is_visible()
    assert "thi hanh an" in page.locator(".printed").inner_text()      # what was asked, and its address
