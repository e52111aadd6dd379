"""The timeline as a web page: what it holds, that it loads nothing, and that words of sources stay words."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from outputs.english import date_in_words as in_english
from outputs.timeline import Timeline, timeline, timeline_html
from outputs.timeline import page as pages
from outputs.words import event_labels
from tests.outputs.dated_base import assembled_base, dated_base
from tests.outputs.school_base import DAM, HOSTILE_TITLE, ORIGIN, RETOLD, school_base


class Page(HTMLParser):
    """Tags with attributes, and the text outside style sheets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        """All words, one space between."""
        return " ".join(" ".join(self.words).split())


@pytest.fixture(params=[5000, 0], ids=["roomy", "dense"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ROOMY", request.param)


@pytest.mark.usefixtures("either")
def test_the_page_loads_nothing_and_runs_only_its_own_script() -> None:
    page = Page(timeline_html(timeline(school_base(hostile=True))))
    names = {tag for tag, _ in page.tags}
    assert not names & {"link", "img", "iframe", "object", "base", "embed", "video", "audio"}
    assert not any(name.startswith("on") or name in ("src", "style") for _, of in page.tags for name in of)
    assert all((of.get("href") or "").startswith("#") for of in page.all("a"))
    assert len(page.all("script")) == len(page.all("style")) == 1
    policy = next(of["content"] or "" for of in page.all("meta") if of.get("http-equiv"))
    for tag in ("style", "script"):
        inside = re.search(rf"<{tag}>(.*?)</{tag}>", page.html, re.DOTALL)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")


@pytest.mark.usefixtures("either")
def test_hostile_words_are_shown_as_words() -> None:
    page = Page(timeline_html(timeline(school_base(hostile=True))))
    assert any(HOSTILE_TITLE in words for words in page.words)
    assert any("<img src=x onerror=alert(1)>" in words for words in page.words)
    assert "javascript:" not in page.html


@pytest.mark.usefixtures("either")
def test_every_event_has_an_anchor_and_opens_its_sentence_its_document_and_all_tellings() -> None:
    found = timeline(school_base())
    page = Page(timeline_html(found))
    anchors = [of["id"] for _, of in page.tags if of.get("id")]
    assert len(anchors) == len(set(anchors))
    assert {f"nam-{entry.year}" for entry in found.entries} < set(anchors)
    assert {entry.id.removeprefix("event-") for entry in found.entries} < set(anchors)
    assert {of["href"] for of in page.all("a") if "href" in of} <= {f"#{anchor}" for anchor in anchors}
    assert len(page.all("dd")) == len(found.entries)
    assert f"{RETOLD}." in page.words
    assert "2 nguồn độc lập" in page.words
    for words in ("Chuyện Bình dân học vụ", "5/9/1985", "cu.txt"):
        assert words in page.text
    assert page.html.count(ORIGIN) == 1


def test_an_identifier_that_begins_like_another_is_an_anchor_in_full() -> None:
    base = dated_base("1946", "1947")
    with base.transaction() as db:
        for number, in db.execute("SELECT key FROM event").fetchall():
            db.execute("UPDATE event SET id = ? WHERE key = ?", (f"event-0123456789{number}", number))
    assert [of.get("id") for of in Page(timeline_html(timeline(base))).all("dd")] == [
        "event-01234567891", "event-01234567892",
    ]


def test_filters_are_form_controls_and_say_how_many_are_left() -> None:
    page = Page(timeline_html(timeline(school_base())))
    assert [of["name"] for of in page.all("select")] == ["type"]   # one person: nothing to choose among
    assert page.all("output")[0]["aria-live"] == "polite"
    assert page.html.count("<label>") == len(page.all("select")) + len(page.all("input"))
    assert f"{event_labels()['issuance']} (3)" in page.text
    assert "5 trong 5 sự kiện" in page.text


def test_what_sources_differ_on_stands_beside() -> None:
    page = Page(timeline_html(timeline(assembled_base())))
    assert "các nguồn không khớp nhau" in page.words
    assert "“ngày 5/9/1946”" in page.text


def test_a_page_too_long_to_open_keeps_the_heaviest_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_EVENTS", 2)
    page = timeline_html(timeline(school_base()))
    assert "2 trong 5 sự kiện" in page
    assert "3 sự kiện khác không có ở đây" in page
    assert ORIGIN in page
    assert DAM not in page


def test_many_years_are_folded_into_decades() -> None:
    page = Page(timeline_html(timeline(dated_base(*(str(year) for year in range(1700, 2000))))))
    assert len(page.all("section")) == 301
    assert "1940 – 1949" in page.text
    folded = sum(1 for tag, _ in page.tags[: [tag for tag, _ in page.tags].index("main")] if tag == "summary")
    assert folded == 30 + 1    # and the filters


def test_events_without_a_year_stand_by_month_where_they_are_many() -> None:
    few = Page(timeline_html(timeline(dated_base("XXXX-03-08", "XXXX-05"))))
    assert "nam-khong-ro" in [of.get("id") for of in few.all("section")]
    assert "8 tháng 3" in few.text
    many = Page(timeline_html(timeline(dated_base(*(f"XXXX-{1 + at % 12:02}-08" for at in range(72))))))
    assert "nam-khong-ro-03" in [of.get("id") for of in many.all("section")]


@pytest.mark.parametrize(
    ("date", "vietnamese", "english"),
    [
        ("1946-07-19", "19 tháng 7", "19 July"),
        ("1946-07", "Tháng 7", "July"),
        ("1946", "Trong năm", "In the year"),
        ("1946-07-19/1946-08-02", "19 tháng 7 – 2 tháng 8", "19 July – 2 August"),
        ("1946-07/1947", "Từ tháng 7/1946 đến năm 1947", "From July 1946 to 1947"),
        ("2014-33", "Quý I/2014", "First quarter of 2014"),
        ("-0256", "257 TCN", "257 BC"),
        ("194X", "Thập niên 1940", "The 1940s"),
        ("XXXX-02-29", "29 tháng 2", "29 February"),
    ],
)
def test_dates_beside_events(date: str, vietnamese: str, english: str) -> None:
    found = timeline(dated_base(date))
    assert vietnamese in Page(timeline_html(found)).text
    assert english in Page(timeline_html(found, "en")).text


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1946-07-19", "19 July 1946"), ("18XX", "19th century"), ("20XX", "21st century"),
        ("1946?", "1946 (uncertain)"), ("1946~", "about 1946"), ("../1954", "until 1954"),
        ("[1946,1947]", "one of 1946, 1947"), ("{1945,1946}", "1945, 1946"), ("XXXX-03", "March (year not stated)"),
        ("1946-XX-15", "1946-XX-15"), ("nay", "nay"),
    ],
)
def test_dates_in_english(edtf: str, words: str) -> None:
    assert in_english(edtf) == words


def test_the_page_in_english_keeps_the_words_of_sources() -> None:
    page = Page(timeline_html(timeline(school_base()), "en"))
    assert page.all("html")[0]["lang"] == "en"
    assert "Issuance (3)" in page.text
    assert ORIGIN in page.html
    assert "nguồn" not in page.text.replace(ORIGIN, "")


def test_two_runs_give_the_same_bytes() -> None:
    first, second = (timeline_html(timeline(school_base(hostile=True))) for _ in range(2))
    assert first == second


def test_five_thousand_events_stay_under_two_megabytes() -> None:
    """Words as long as those of news, 200 bytes each; two events a document."""
    about = (
        "hội nghị tổng kết công tác thi hành án dân sự, khen thưởng các tập thể và cá nhân có thành tích, bàn việc của "
        "năm sau và công bố quyết định"
    )
    (one,) = timeline(dated_base("1946", about=about)).entries
    (told,) = one.tellings
    entries = tuple(
        replace(
            one, id=f"event-{at:020x}", date=f"{1950 + at // 100}-{1 + at % 12:02}",
            first_day=f"{1950 + at // 100}-01-01",
            tellings=(replace(told, quote=f"{told.quote} {at:05}", document_id=f"bai-{at // 2}", member=f"{at // 2}"),),
        )
        for at in range(5000)
    )
    assert len(one.quote.encode()) > 190
    assert len(timeline_html(Timeline(None, None, None, entries)).encode()) < 2_000_000


@pytest.mark.parametrize(("edtf", "day"), [
    ("-0073-08-14", "14 tháng 8"), ("-0073-08", "Tháng 8"), ("XXXX-07-19", "19 tháng 7"), ("1946-07-19", "19 tháng 7"),
])
def test_a_day_under_its_year_is_in_words_before_our_era_too(edtf: str, day: str) -> None:
    assert pages.Wording("vi").day(edtf) == day
