"""The history page in a browser: accessibility, keyboard, narrow screens."""

from __future__ import annotations

from itertools import product

import pytest

from outputs.history.render import history_html
from tests.browser.conftest import Opened
from tests.outputs.test_history_formats import HOSTILE, NOTHING, sample

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.mark.parametrize("kind", ["vi", "en", "hostile", "nothing"])
def test_axe_finds_nothing_serious(opened: Opened, kind: str) -> None:
    """At 1280 and 390 pixels, light and dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    made = {
        "vi": sample(), "en": sample(language="en"), "hostile": sample(" ".join(HOSTILE.values())), "nothing": NOTHING,
    }[kind]
    page = opened(history_html(made))
    for width, scheme in product((1280, 390), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        found = axe.Axe().run(page).response["violations"]
        grave = [
            (width, scheme, one["id"], one["nodes"][0]["html"][:300], one["nodes"][0]["failureSummary"])
            for one in found if one["impact"] in ("serious", "critical")
        ]
        assert grave == []


def test_a_note_is_reached_and_left_by_keyboard(opened: Opened) -> None:
    page = opened(history_html(sample()))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#dan-1")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#ghi-chu-1"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#dan-1"


@pytest.mark.parametrize("width", [390, 1280])
def test_endless_words_widen_no_page(opened: Opened, width: int) -> None:
    page = opened(history_html(sample(" ".join(HOSTILE.values()))))
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
