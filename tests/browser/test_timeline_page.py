"""The timeline page in a browser: accessibility, keyboard, filters, anchors, paper."""

from __future__ import annotations

from itertools import product

import pytest

from outputs.timeline import page as pages
from outputs.timeline import timeline, timeline_html
from tests.browser.conftest import Opened
from tests.outputs.dated_base import assembled_base, dated_base
from tests.outputs.school_base import school_base

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def school() -> str:
    return timeline_html(timeline(school_base(hostile=True)))


@pytest.fixture(scope="module")
def html() -> str:
    return school()


@pytest.mark.parametrize("kind", ["roomy", "dense", "many years", "dissent", "english", "empty"])
def test_axe_finds_nothing_serious(opened: Opened, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """At 1280 and 390 pixels, light and dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    if kind == "dense":
        monkeypatch.setattr(pages, "ROOMY", 0)
    made = {
        "roomy": school, "dense": school,
        "many years": lambda: timeline_html(timeline(dated_base(*map(str, range(1900, 1990, 4)), "XXXX-03"))),
        "dissent": lambda: timeline_html(timeline(assembled_base())),
        "english": lambda: timeline_html(timeline(school_base()), "en"),
        "empty": lambda: timeline_html(timeline(school_base(), topic="đường sắt")),
    }[kind]()
    page = opened(made)
    page.evaluate("for (const entry of document.querySelectorAll('details')) entry.open = true")
    for width, scheme in product((1280, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        found = axe.Axe().run(page).response["violations"]
        grave = [
            (width, scheme, one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"])
            for one in found if one["impact"] in ("serious", "critical")
        ]
        assert grave == []


def shown(page: object) -> list[str]:
    """Anchors of the events that can be seen."""
    return page.evaluate(  # type: ignore[attr-defined, no-any-return]
        "[...document.querySelectorAll('dd')].filter(event => event.checkVisibility()).map(event => event.id)"
    )


def focus(page: object) -> str:
    return page.evaluate(  # type: ignore[attr-defined, no-any-return]
        "((one) => one.name || one.tagName.toLowerCase() + (one.closest('dd')?.id ?? ''))(document.activeElement)"
    )


def test_the_keyboard_reaches_filters_entries_and_anchors(opened: Opened, html: str) -> None:
    page = opened(html)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for reached in ("summary", "q", "type"):
        page.keyboard.press("Tab")
        assert focus(page) == reached
    page.keyboard.press("ArrowDown")                    # the first type: founding
    assert page.input_value("select[name=type]") == "t0"
    assert shown(page) == ["1"]
    assert page.inner_text("output") == "1 trong 7 sự kiện"
    for _ in range(10):
        page.keyboard.press("Tab")
        if focus(page) == "summary1":
            break
    assert focus(page) == "summary1"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.is_visible("#\\31  ul li mark")           # told elsewhere
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")                        # to its document
    assert page.evaluate("location.hash").startswith("#d")
    page.go_back()
    page.focus("#\\31  summary")
    page.keyboard.press("Enter")
    assert not page.is_visible("#\\31  ul li mark")


def test_the_skip_link_leads_past_the_filters(opened: Opened, html: str) -> None:
    page = opened(html)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("roomy", [5000, 0], ids=["roomy", "dense"])
def test_words_are_found_with_and_without_marks(opened: Opened, monkeypatch: pytest.MonkeyPatch, roomy: int) -> None:
    monkeypatch.setattr(pages, "ROOMY", roomy)
    page = opened(school())
    for words, expected in (
        ("lớp huấn luyện", ["1"]), ("lop huan luyen", ["1"]), ("LỚP  HUẤN luyện", ["1"]), ("lóp huấn luyện", []),
        ("đập nước", ["4"]), ("dap nuoc", ["4"]), ("<script>", ["5", "6"]), ("", ["0", "1", "2", "3", "4", "5", "6"]),
    ):
        page.fill("[name=q]", words)
        assert (words, sorted(shown(page))) == (words, expected)
        assert page.inner_text("output") == f"{len(expected)} trong 7 sự kiện"
        days = page.evaluate("[...document.querySelectorAll('dt')].filter(day => day.checkVisibility()).length")
        assert days == len(expected)
    page.fill("[name=q]", "đập nước")
    page.click("button")
    assert len(shown(page)) == 7


def test_years_without_events_leave_the_list_of_years(opened: Opened) -> None:
    page = opened(timeline_html(timeline(dated_base(*map(str, range(1900, 1990)), about="Việc số"))))
    page.fill("[name=q]", "số 45 ")
    decades = "[...document.querySelectorAll('nav details')].filter(one => one.checkVisibility())"
    assert page.evaluate(f"{decades}.map(one => one.innerText)") == ["1940 – 194910"]


@pytest.mark.parametrize("roomy", [5000, 0], ids=["roomy", "dense"])
def test_an_address_opens_its_event(opened: Opened, monkeypatch: pytest.MonkeyPatch, roomy: int) -> None:
    monkeypatch.setattr(pages, "ROOMY", roomy)
    page = opened(school(), anchor="#1")
    entry = page.locator("dd[id='1']")
    assert entry.locator("details").get_attribute("open") is not None
    assert entry.locator("a.k").get_attribute("href") == "#1"
    assert "Chuyện Bình dân học vụ" in entry.locator("cite").first.inner_text()
    assert page.locator("dd details[open]").count() == 1


def test_without_scripts_everything_can_be_read(opened: Opened, html: str) -> None:
    page = opened(html, script=False)
    assert page.locator("dd").count() == 7
    assert page.locator("dd:visible").count() == 7
    assert not page.is_visible("form")
    page.click("dd[id='1'] summary")
    assert page.is_visible("dd[id='1'] mark")


def test_paper_shows_every_entry_open_and_no_filters(opened: Opened, html: str) -> None:
    page = opened(html)
    page.emulate_media(media="print")
    for hidden in ("form", "nav", ".skip"):
        assert not page.locator(hidden).first.is_visible(), hidden
    heights = page.evaluate(
        "[...document.querySelectorAll('dd')].map(event => event.querySelector('cite').getBoundingClientRect().height)"
    )
    assert all(height > 0 for height in heights)


@pytest.mark.parametrize("width", [1280, 390])
def test_endless_words_widen_no_page(opened: Opened, html: str, width: int) -> None:
    page = opened(html, width=width)
    page.evaluate("for (const entry of document.querySelectorAll('details')) entry.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
