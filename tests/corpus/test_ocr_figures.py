"""Figures of recognised text: read for sure, confirmed by a second look, or missing."""

from __future__ import annotations

import pytest
from PIL import Image

from corpus import ocr


@pytest.mark.parametrize(
    ("first", "confidence", "second", "kept"),
    [
        ("155/QĐ-BTP", 96, None, "155/QĐ-BTP"),
        ("Số:465", 20, "465", "Số:\ufffd\ufffd\ufffd"),   # written by hand between printed words
        ("155/QĐ-BTP", 60, "155/QĐ-BTP", "155/QĐ-BTP"),   # a second look agrees
        ("155/QĐ-BTP", 60, "165/QĐ-BTP", "\ufffd\ufffd\ufffd/QĐ-BTP"),
        ("tháng", 30, None, "tháng"),                      # no figure
    ],
)
def test_figures_are_sure_or_missing(
    monkeypatch: pytest.MonkeyPatch, first: str, confidence: float, second: str | None, kept: str
) -> None:
    def look(picture: Image.Image, dpi: float, mode: int) -> list[ocr.Seen]:
        if mode == ocr.AUTOMATIC:
            return [ocr.Seen(first, 20, 20, 120, 44, confidence, (1, 1, 1))]
        return [ocr.Seen(second, 0, 0, 90, 20, 90, (1, 1, 1))] if second and mode == ocr.LINE else []

    monkeypatch.setattr(ocr, "look", look)
    found = ocr.recognise(Image.new("L", (400, 300), 255), 300)
    assert [word.text for word in found.words] == [kept]
