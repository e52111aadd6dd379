"""Takes out of a page what surrounds the article: related links, menus, share bars (`data/html_furniture.tsv`)."""

from __future__ import annotations

import re
from functools import cache

from lxml import html as lxml_html

from corpus import tables
from corpus.shadow import fold

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b", "a", "li", "dt", "label", "header")
_CONTAINERS = ("div", "section", "aside", "ul", "ol", "nav", "footer", "table", "dl")
_FIELD_TYPES = ("text", "email", "password", "search", "tel")
_LONGEST_FORM = 300  # characters of a form's labels
_ASIDE = 25          # characters beside a link: `(13/07/2026)`
_NUMBERED = re.compile(
    r"(?<![\w/])\d{1,5}/(?:(?:19|20)\d{2}/)?[a-z][a-z\d]{1,9}(?:-[a-z\d]{1,9}){0,3}(?![\w/])"
    r"(?:(?!\d/\w)[^\n]){0,240}?(?<![\d/])\d{1,2}[/-]\d{1,2}[/-]\d{4}(?!\d)"
)
_FIGURE = re.compile(r"[\d.,/%-]*\d[\d.,/%-]*(?: ?\S{1,6})?")
_SHORT_CELL = 60     # characters
_BESIDE = re.compile(  # cells of a head or a signature, set side by side
    r"cong hoa xa hoi|doc lap ?- ?tu do|noi nhan|(?:^|\s)(?:tm|kt|tl|tuq)\.|so ?:|ngay .{1,6}thang|kinh gui"
)
_KEEP_WHOLE = ("html", "body", "main", "article", "head")


@cache
def _patterns(kind: str) -> tuple[str, ...]:
    return tuple(fold(row["pattern"]) for row in tables.table("corpus", "html_furniture") if row["kind"] == kind)


def is_furniture_class(value: str) -> bool:
    """Whether a `class` or `id` names a block that is not the article, however it joins its words.

    >>> is_furniture_class("boxTinLienQuan"), is_furniture_class("tin-tuc")
    (True, False)
    """
    return class_says("class", value)


@cache
def class_says(kind: str, value: str) -> bool:
    """Whether a word of a `class` or `id` is one of the table's patterns of this kind: class, lead, author."""
    for name in value.split():
        words = "-" + _SEPARATORS.sub("-", fold(_CAMEL.sub("-", name))).strip("-") + "-"
        for pattern in _patterns(kind):
            glued = pattern.replace("-", "") if "-" in pattern else None
            if f"-{pattern}-" in words or f"-{pattern}s-" in words or (glued and glued in words):
                return True
    return False


def is_furniture_heading(text: str) -> bool:
    """Whether a line is nothing but the heading of such a block."""
    return len(text) < 60 and fold(" ".join(text.split())).strip(" :.>»") in _patterns("heading")


def is_stray_line(text: str) -> bool:
    """Whether a line of the extracted text only points to other articles."""
    start = fold(text[:40].lstrip(" -*•|"))
    return is_furniture_heading(text) or start.startswith(_patterns("line"))


def is_foot_line(text: str) -> bool:
    """Whether a last line is the site's own: its licence, its counter of visits."""
    folded = fold(text)
    return len(text) < 300 and any(pattern in folded for pattern in _patterns("foot"))


def error_said(text: str) -> str | None:
    """What a page says that only stands for one that is not there (`404 Not Found`)."""
    folded = fold(text)
    return next((pattern for pattern in _patterns("error") if pattern in folded), None)


def catalogue_entries(text: str) -> int:
    """How many dated entries of a list of official documents a text holds: `Ngày ban hành: 15/04/1992`.

    An entry without a label is the number of an act with a day near behind it (`92/2015/QH13 … 25/11/2015`); one
    more of those is needed.
    """
    folded = fold(text)
    return max(len(_catalogue().findall(folded)), len(_NUMBERED.findall(folded)) - 1)


@cache
def _catalogue() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, _patterns("catalogue")))
    return re.compile(rf"(?<![a-z])(?:{labels}) ?: ?\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}(?!\d)")


def unfold_layout(tree: lxml_html.HtmlElement) -> None:
    """Turn tables that only lay out a page, or a notice's two-column head, into blocks; tables of data stay."""
    for table in list(tree.iter("table")):
        own = [part for part in table.iter("tr", "td", "th", "tbody", "thead") if _table_of(part) is table]
        cells = [part for part in own if part.tag in ("td", "th")]
        few = len(cells) <= 6 and not _is_grid(table, cells)
        if few or any(len(cell.text_content()) > 2000 for cell in cells):
            for part in (table, *own):
                part.tag = "div"


def _is_grid(table: lxml_html.HtmlElement, cells: list[lxml_html.HtmlElement]) -> bool:
    """Whether a small table holds data: two rows of as many short cells, with a head, a border or figures below."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr") if _table_of(row) is table]
    widths = {len(row) for row in rows if row}
    words = [fold(" ".join(cell.text_content().split())) for cell in cells]
    if len(rows) < 2 or len(widths) != 1 or max(widths) < 2:
        return False
    if any(len(said) > 3 * _SHORT_CELL or _BESIDE.search(said) for said in words) or table.find(".//table") is not None:
        return False
    if any(cell.tag == "th" for cell in cells) or (table.get("border") or "0").strip() not in ("", "0", "0px"):
        return True
    below = words[max(widths):]
    return all(len(said) <= _SHORT_CELL for said in words) and any(_FIGURE.fullmatch(said) for said in below)


def _table_of(part: lxml_html.HtmlElement) -> lxml_html.HtmlElement | None:
    return next(part.iterancestors("table"), None)


def prune(tree: lxml_html.HtmlElement, *, keep_entries: bool = False) -> None:
    """Remove such blocks from the tree, by class or id and by heading, and the fields of forms with their labels.

    With `keep_entries` a block stays that lists official documents with their dates.
    """
    _drop_fields(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _KEEP_WHOLE or not _attached(element, tree):
            continue
        if keep_entries and catalogue_entries(" ".join(element.text_content().split())) > 1:
            continue
        named = f"{element.get('class', '')} {element.get('id', '')}".strip()
        if element.tag == "nav" or (named and is_furniture_class(named) and not _holds_the_page(element, tree)):
            element.drop_tree()
        elif element.tag in _HEADINGS and is_furniture_heading(_short_text(element)):
            _drop_block(element, tree)


def _attached(element: lxml_html.HtmlElement, tree: lxml_html.HtmlElement) -> bool:
    top = element
    while (parent := top.getparent()) is not None:
        top = parent
    return top is tree and element is not tree


def _short_text(element: lxml_html.HtmlElement) -> str:
    """The words of an element, if it is small."""
    if len(element) > 4:
        return ""
    return str(element.text_content())[:80]


def _holds_the_page(element: lxml_html.HtmlElement, tree: lxml_html.HtmlElement) -> bool:
    """Whether most words of the page are in it: some sites call the whole page by such a name."""
    return 2 * len(element.text_content()) > len(tree.text_content()) and link_share(element) < 0.5


def link_share(element: lxml_html.HtmlElement) -> float:
    """The share of an element's characters that are links."""
    words = len("".join(element.text_content().split()))
    links = sum(len("".join(link.text_content().split())) for link in element.iter("a"))
    return links / words if words else 0.0


def _drop_block(heading: lxml_html.HtmlElement, tree: lxml_html.HtmlElement) -> None:
    """Drop the smallest block of links that the heading opens; else the lists right after it, and the heading."""
    block = heading.getparent()
    while block is not None and block.tag not in _KEEP_WHOLE and link_share(block) < 0.5 and len(block) < 3:
        block = block.getparent()
    if block is not None and block.tag in _CONTAINERS and link_share(block) >= 0.5 and block is not tree:
        block.drop_tree()
        return
    _drop_links_after(heading)
    if heading.getparent() is not None:
        heading.drop_tree()


def _drop_links_after(heading: lxml_html.HtmlElement) -> None:
    """The links that stand after a heading with nothing of their own around them, their days in brackets too."""
    found = False
    while len((heading.tail or "").strip()) <= _ASIDE and (after := heading.getnext()) is not None:
        words = len(after.text_content().strip())
        if words and link_share(after) < 0.6 and not (found and words <= _ASIDE):
            return
        found = found or words > 0
        if not found and after.tag not in ("br", "img"):
            return
        beyond = len((after.tail or "").strip()) > _ASIDE
        if not beyond:
            after.tail = None
        after.drop_tree()
        if beyond:
            return


def _drop_fields(tree: lxml_html.HtmlElement) -> None:
    """Fields to fill in, each with the small block around it: comment forms, searches."""
    for field in list(tree.iter("textarea", "input")):
        if not _attached(field, tree) or field.get("type", "text").lower() not in _FIELD_TYPES:
            continue
        block = field
        for above in field.iterancestors():
            if above.tag in (*_KEEP_WHOLE, "tr", "tbody") or len(above.text_content().strip()) > _LONGEST_FORM:
                if above.tag in ("tr", "tbody"):
                    continue
                break
            block = above
        if block is not tree:
            block.drop_tree()
