"""The words of a page's article, of its lead, and whether there is an article at all."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

from corpus.datelines import date_line
from corpus.errors import ReadError, Reason
from corpus.readers.furniture import (
    catalogue_entries,
    class_says,
    error_said,
    is_foot_line,
    is_furniture_heading,
    is_stray_line,
    link_share,
    prune,
    unfold_layout,
)
from corpus.shadow import fold

_BLOCKS = (
    "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "th", "thead", "title", "tr", "ul",
)
_NOT_SHOWN = (
    "script", "style", "noscript", "noframes", "template", "head", "nav", "iframe", "svg", "select", "button",
)
_UNSEEN = ("script", "style", "template", "noframes", "noscript", "option")
_HEADINGS = ("h1", "h2", "h3", "h4", "div", "p", "span")
_PROSE = 100            # characters of running text that no menu has
_LONGEST_HIDDEN = 300   # characters
_MOST_HEAD_LINES = 12
_MOST_ELEMENTS = 50_000  # of an article; each takes half a millisecond
_MOST_OF_ERROR = 600    # characters of a page that only says that something went wrong
_RELATIVE = re.compile(
    r"(?:\d{1,3}|mot|vai|hon \d+) (?:giay|phut|gio|ngay|tuan|thang|nam) truoc|vua xong|hom (?:qua|nay)"
)

_TODAY = re.compile(r"hom nay(?: la)?\W{0,3}")
_WEEKDAY = re.compile(r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b")


def main_text(tree: lxml_html.HtmlElement, title: str | None = None, author: str | None = None) -> str:
    """The article's words, a line a paragraph; the words of the body where no article is found. Changes the tree.

    Raises ReadError: empty, for frames, error pages and pages of nothing but links. A list of official documents with
    their dates is read as it stands, without the page's menus.
    """
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    _drop_hidden(tree)
    catalogue = _is_catalogue(tree)
    prune(tree, keep_entries=catalogue)   # a box of related documents may be what the page is for
    if catalogue:
        return _without_menus(tree)
    if why := _why_no_article(tree, title):
        raise ReadError(Reason.EMPTY, why)
    lead = _lead(tree, title)
    links = {_words(link) for link in tree.iter("a")}
    _keep_main_cell(tree)
    unfold_layout(tree)
    found = trimmed((article(tree) or _without_menus(tree)).split("\n"), title, author)
    lines = [line for line in found if not _is_clock(line)]
    if len(lines) < len(found) and sum(map(len, lines)) < _PROSE and _linked(lines, links):
        raise ReadError(Reason.EMPTY, "nothing but a menu and the day on which it was shown")
    if lead and fold(lead)[:60] not in fold(" ".join(" ".join(lines[:8]).split())):
        lines.insert(1 if lines and _same(lines[0], title) else 0, lead)
    return "\n".join(lines)


def _is_clock(line: str) -> bool:
    """Whether a line is the site's clock: `Hôm nay: Thứ Hai, 20/07/2026`, or a weekday and a day and nothing else."""
    words = fold(" ".join(line.split()))
    today = _TODAY.match(words)
    return bool((today or _WEEKDAY.match(words)) and date_line(words[today.end() :] if today else words))


def _linked(lines: list[str], links: set[str]) -> bool:
    """Whether most of these lines are nothing but links."""
    return 2 * sum(" ".join(line.split()).lstrip("- ") in links for line in lines) >= len(lines)


def _drop_hidden(tree: lxml_html.HtmlElement) -> None:
    """Small blocks that are not shown; a large one may be a tab, or what a script would have shown."""
    for element in tree.xpath("//body//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"):
        if element.getparent() is not None and len(element.text_content().strip()) <= _LONGEST_HIDDEN:
            element.drop_tree()


def _why_no_article(tree: lxml_html.HtmlElement, title: str | None) -> str | None:
    """Why a page whose furniture is out holds no article; None if it may."""
    frames = [str(frame.get("src")) for frame in tree.iter("frame") if frame.get("src")]
    if frames and not _prose(tree):
        return f"frames only: {', '.join(frames)}"[:200]
    body = tree.find("body")
    words = _words(body) if body is not None else ""
    if len(words) <= _MOST_OF_ERROR and (said := error_said(f"{title or ''} {words}")):
        return f"an error page: {said}"
    if body is not None and words and link_share(body) >= 0.5 and not _prose(body) and not _has_data(body):
        return "nothing but links: a menu or a list of pages"
    return None


def _is_catalogue(tree: lxml_html.HtmlElement) -> bool:
    """Whether a page without running text lists official documents with their dates."""
    body = tree.find("body")
    return body is not None and not _prose(body) and catalogue_entries(_words(body)) > 1


def _has_data(body: lxml_html.HtmlElement) -> bool:
    """Whether there is a table with three rows of values that are no links."""
    rows = 0
    for row in body.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th") and _words(cell) and link_share(cell) < 0.5]
        rows += len(cells) >= 2 and not row.findall(".//tr")
    return rows >= 3


def _prose(tree: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    """The elements that hold a run of text too long for a menu, links apart."""
    long = tree.xpath(
        f".//text()[string-length(normalize-space()) >= {_PROSE}][not(ancestor::a)]"
    )
    return [text.getparent().getparent() if text.is_tail else text.getparent() for text in long]


def _keep_main_cell(tree: lxml_html.HtmlElement) -> None:
    """Where a table lays out the page, keep the one cell that holds all running text; the others are columns."""
    prose = _prose(tree)
    if len(prose) < 2:
        return
    common: list[lxml_html.HtmlElement] | None = None
    for element in prose:
        cells = [one for one in (element, *element.iterancestors()) if one.tag == "td"]
        common = cells if common is None else [cell for cell in common if cell in cells]
        if not common:
            return
    assert common is not None
    cell = common[0]
    if 2 * len(cell.text_content()) < len(tree.text_content()):
        return
    for above in (cell, *cell.iterancestors()):
        if above.tag in ("body", "html"):
            return
        for beside in [*above.itersiblings(preceding=True), *above.itersiblings()]:
            if isinstance(beside.tag, str):
                beside.drop_tree()


def _lead(tree: lxml_html.HtmlElement, title: str | None) -> str | None:
    """The paragraph under the title that its class calls the lead; sites keep it outside the article's block."""
    headings = [one for one in tree.iter(*_HEADINGS) if len(one) < 4 and _same(_words(one), title)] or list(
        tree.iter("h1")
    )
    below = headings[0].xpath("following::*[position() < 60]") if headings else []
    for element in below:
        if isinstance(element.tag, str) and class_says("lead", element.get("class", "")):
            swallowed = element.find(".//article") is not None or len(element.findall(".//p")) > 1  # never closed
            words = " ".join((element.text or "").split()) if swallowed else _words(element)
            if 6 <= len(words.split()) <= 150 and link_share(element) < 0.5:
                return words
    return None


def _words(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _same(line: str, title: str | None) -> bool:
    return bool(title) and " ".join(line.split()) == " ".join((title or "").split())


def trimmed(lines: list[str], title: str | None, author: str | None = None) -> list[str]:
    """Without what stands above the title, the day and the buttons below it, and the site's own words at the foot."""
    head = next((n for n, line in enumerate(lines[:_MOST_HEAD_LINES]) if len(line) >= _PROSE), 0)
    start = next((n for n in range(head) if _same(lines[n], title)), 0)
    kept = [line for n, line in enumerate(lines[start:], start) if n >= head or not _beside_title(line, author)]
    foot = False
    while len(kept) > 1 and (is_foot_line(kept[-1]) or is_furniture_heading(kept[-1]) or (foot and kept[-1].isupper())):
        foot = True
        kept.pop()
    return kept


def _beside_title(line: str, author: str | None) -> bool:
    said = " ".join(line.split())
    if author and said.startswith(author) and not (said := said.removeprefix(author).strip(" -|,")):
        return True
    return bool(date_line(said) or _RELATIVE.fullmatch(fold(said)) or is_furniture_heading(said))


def article(tree: lxml_html.HtmlElement) -> str | None:
    """The main text by trafilatura, None where it finds none, and for a page of so many elements that none is."""
    if sum(1 for _ in islice(tree.iter(), _MOST_ELEMENTS + 1)) > _MOST_ELEMENTS:
        return None
    import trafilatura  # heavy

    found = trafilatura.extract(
        etree.tostring(tree, encoding="unicode", method="html"), include_comments=False, include_tables=True,
        include_links=False, favor_recall=True, with_metadata=False, deduplicate=False,
    )
    if not found:
        return None
    return "\n".join(line for line in found.split("\n") if not is_stray_line(line)) or None


def _without_menus(tree: lxml_html.HtmlElement) -> str:
    """The words of the body without lists and rows of four links and more."""
    for element in list(tree.iter("ul", "ol", "tr", "div", "td")):
        small = element.getparent() is not None and element.find(".//tr") is None
        if small and len(element.findall(".//a")) >= 4 and link_share(element) >= 0.9:
            element.drop_tree()
    return body_text(tree)


def words_of_markup(markup: str) -> str:
    """The words of a piece of HTML that is an article already, such as a field of a record. Raises ReadError."""
    from corpus.readers.html import parse  # which reads pages with this module

    tree = parse(markup)
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    prune(tree)
    return body_text(tree)


def body_text(tree: lxml_html.HtmlElement) -> str:
    """Every word that the body shows, a line for each block."""
    for element in list(tree.iter(*_NOT_SHOWN)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.tail = f"\n{element.tail or ''}"
        element.text = f"\n{element.text or ''}"
    for cell in tree.iter("td"):
        cell.text = f" {cell.text or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
