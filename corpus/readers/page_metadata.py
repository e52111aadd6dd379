"""What a page states about its article: JSON-LD, `<meta>`, `<time>`, `<h1>`, `<title>`.

Only statements: the words of the page are not searched for anything that looks like a date.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import regex
from lxml import html as lxml_html

from corpus.datelines import date_line, stated_date
from corpus.metadata import storable
from corpus.readers.furniture import catalogue_entries, class_says, is_furniture_class
from corpus.shadow import fold

_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "report", "legislation", "webpage")
_AUTHOR_LEAD = regex.compile(r"^(?:người đăng|tác giả|người viết|thực hiện|theo|bởi|by)\b\s*:?\s*", regex.I)
_NAME = regex.compile(r"\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){0,4}")
_POST_TITLE = re.compile(r"(?:^|[\s_-])(?:entry|post|article|detail|news|cms)[_-]+title\b|title-(?:detail|news)", re.I)
_TITLE_CLASS = re.compile(r"title|headline|tieu-?de", re.I)
_META: dict[str, tuple[str, ...]] = {  # ours -> name, property or itemprop of <meta>, the best first
    "title": ("og:title", "twitter:title", "dc.title", "title"),
    "date": (
        "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date",
        "date.issued", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "date",
    ),
    "author": ("article:author", "author", "dc.creator", "dcterms.creator", "byl"),
    "source": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "url": ("og:url",),
}

_TEMPLATE_DATES = ("dc.date", "dcterms.date", "dcterms.created", "date")
_DAY_LABEL = re.compile(r"ngay(?: [a-z]+){1,5}\W*")   # of a property: `Ngày đăng công báo`
_SECTION_WORDS = 4   # a shorter title that the page does not show is a name of the site or of a part of it


def page_metadata(tree: lxml_html.HtmlElement) -> tuple[dict[str, str], str]:
    """Title, date, author, source and url as the page states them, and the rule that found the date."""
    linked = _json_ld(tree)
    meta = _meta(tree)
    titles = (meta.get("title"), _page_title(tree))
    site = meta.get("source")
    stated = next((one for one in titles if one and not _is_section(one, site, tree)), None)
    title = linked.get("title") or _heading(tree) or stated
    if meta.get("date_name") in _TEMPLATE_DATES and _shows_another(tree, meta.get("date")):
        meta.pop("date", None)  # the day on which the site's template was made
    dated = [
        ("html-json-ld", linked.get("date")), ("html-meta", meta.get("date")),
        ("html-time", _time(tree)), ("date-line", _date_line(tree, title)),
    ]
    listed = catalogue_entries(_words(tree)) > 1   # their days are not the page's
    if not listed and not any(raw and stated_date(raw) for _, raw in dated) and not _shown(tree, title):
        title, line = _bold_title(tree) or (title, None)
        dated.append(("date-line", line))
    rule, day = next(((rule, raw) for rule, raw in dated if raw and stated_date(raw)), ("html-meta", meta.get("date")))
    source = linked.get("source") or meta.get("source")
    named = (linked.get("author"), meta.get("author"), _author(tree))
    author = next((one for one in named if one and not _is_site(one, source)), None)
    found = {
        "title": title, "date": day, "author": author, "source": source,
        "url": _canonical(tree) or meta.get("url") or linked.get("url"),
    }
    return {key: storable(" ".join(value.split())) for key, value in found.items() if value and value.strip()}, rule


def _is_section(title: str, site: str | None, tree: lxml_html.HtmlElement) -> bool:
    """Whether a title only names the site or a part of it (`Trung ương`), not the document."""
    if site and title.casefold() == site.casefold():
        return True
    said = " ".join(title.split())
    return len(said.split()) < _SECTION_WORDS and all(_words(one) != said for one in tree.iter("h1", "h2", "h3", "h4"))


def _shows_another(tree: lxml_html.HtmlElement, raw: str | None) -> bool:
    """Whether the page shows a line that is only a day, and never this one."""
    lines = (_words(one) for one in tree.iter("div", "p", "span", "td", "li", "b", "font", "time") if len(one) < 4)
    shown = {day for line in lines if len(line) <= 120 and (day := date_line(line))}
    return bool(shown) and (stated_date(raw) if raw else None) not in shown


def _json_ld(tree: lxml_html.HtmlElement) -> dict[str, str]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads(script.text or "", strict=False)  # many sites leave line ends in their strings
        except (ValueError, RecursionError):
            continue
        things = list(_things(data))
        named = {one["@id"]: one for one in things if isinstance(one.get("@id"), str) and one.get("name")}
        for thing in things:
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(name).lower() in _ARTICLES for name in names) and thing.get("datePublished"):
                return {key: value for key, value in _article_fields(thing, named).items() if value}
    return {}


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block: itself, its list, its `@graph`."""
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (one for one in graph if isinstance(one, dict)) if isinstance(graph, list) else ()


def _article_fields(thing: dict[str, Any], named: dict[str, Any]) -> dict[str, str | None]:
    fields = {
        "title": "headline", "date": "datePublished", "author": "author", "source": "publisher", "url": "url",
    }
    return {ours: _said(thing.get(name), named) for ours, name in fields.items()}


def _said(value: Any, named: dict[str, Any], levels: int = 3) -> str | None:
    """A JSON-LD value as text: itself, its name, that of the thing it points to, or a list of those."""
    if isinstance(value, dict):
        value = value.get("name") or named.get(str(value.get("@id")), {}).get("name")
    if isinstance(value, list) and levels:
        names = [name for one in value[:5] if (name := _said(one, named, levels - 1))]
        return ", ".join(names) or None
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _meta(tree: lxml_html.HtmlElement) -> dict[str, str]:
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                stated.setdefault(name.strip().lower(), content)
    found = {ours: next((stated[name] for name in names if name in stated), None) for ours, names in _META.items()}
    found["date_name"] = next((name for name in _META["date"] if name in stated), None)
    return {ours: value for ours, value in found.items() if value}


def _time(tree: lxml_html.HtmlElement) -> str | None:
    """The first `<time>`, or element that says `datePublished`, outside menus and boxes of other articles."""
    marked = tree.xpath("//time | //*[@itemprop='datePublished'] | //abbr[contains(@class, 'published')]")
    for element in marked:
        beside = any(above.tag in ("aside", "nav", "footer", "li") for above in element.iterancestors())
        stated = (element.get(name) for name in ("datetime", "content", "title"))
        raw = next(filter(None, stated), None) or element.text_content().strip()
        if not beside and raw and stated_date(raw):
            return str(raw)
    return None


def _author(tree: lxml_html.HtmlElement) -> str | None:
    """The name in an element that says it is the author's, outside boxes, menus and comments."""
    for element in tree.iter("a", "span", "div", "p", "strong", "b", "address"):
        own = f"{element.get('class', '')} {element.get('rel', '')}".strip()
        said = element.get("itemprop") == "author" or (own and len(own) < 200 and class_says("author", own))
        if not said or any(_is_beside(above) for above in element.iterancestors()):
            continue
        words = _AUTHOR_LEAD.sub("", _words(element))
        if _NAME.fullmatch(words):
            return words
    return None


def _is_beside(element: lxml_html.HtmlElement) -> bool:
    named = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if element.tag in ("aside", "nav", "li"):
        return True
    return element.tag != "body" and is_furniture_class(named)


def _is_site(author: str, source: str | None) -> bool:
    """Many sites name themselves, or their address, as the author."""
    return author.casefold() == (source or "").casefold() or "://" in author


def _date_line(tree: lxml_html.HtmlElement, title: str | None) -> str | None:
    """A line near below the title that holds nothing but a date. Dates above it are often today's."""
    if not title:
        return None
    said = " ".join(title.split())
    headings = [one for one in tree.iter("h1", "h2", "h3", "h4", "div", "p") if len(one) < 4 and _words(one) == said]
    below = headings[0].xpath("following::*[position() < 30]") if headings else []
    for element in islice((one for one in below if isinstance(one.tag, str) and len(one) < 4), 15):
        words = _words(element)
        if len(words) > 300:  # the article has begun
            return None
        if date_line(words):
            return words
    return None


def _words(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _heading(tree: lxml_html.HtmlElement) -> str | None:
    """The words of the page's only `<h1>`, else of the first element that its class calls a title."""
    found = [words for element in tree.iter("h1") if (words := _words(element)) and not _leads_home(element)]
    if len(found) == 1:
        return found[0]
    for element in tree.iter("h1", "h2", "h3"):
        own = f"{element.get('class', '')} {'post-title' * (element.get('itemprop') == 'headline')}"
        if _POST_TITLE.search(own) and _words(element) and not _is_linked(element):
            return _words(element)
    for element in tree.iter("h2", "h3", "div", "p"):
        named = f"{element.get('class', '')} {(element.getparent().get('class') or '')}"
        if _TITLE_CLASS.search(named) and len(element) < 4 and 5 <= len(_words(element).split()) <= 45:
            return _words(element)
    return None


def _leads_home(heading: lxml_html.HtmlElement) -> bool:
    """Whether a heading is the name of the site: a link to its first page."""
    links = [link.get("href") or "" for link in heading.iter("a")]
    return bool(links) and all(re.fullmatch(r"(?:https?://[^/]+)?/?(?:#|index\.\w+)?", link) for link in links)


def _is_linked(heading: lxml_html.HtmlElement) -> bool:
    """Whether a heading stands for another page, as in lists of articles."""
    return any(link.get("href") for link in heading.iter("a"))


def _shown(tree: lxml_html.HtmlElement, title: str | None) -> bool:
    """Whether the page shows its title in its body."""
    said = " ".join((title or "").split())
    return bool(said) and any(_words(one) == said for one in tree.iter("h1", "h2", "h3", "h4", "div", "p", "b", "span"))


def _bold_title(tree: lxml_html.HtmlElement) -> tuple[str, str] | None:
    """Bold words with nothing between them and a line that is only a date, as old pages show their titles."""
    for element in tree.iter("b", "strong", "font", "span", "td"):
        words = _words(element)
        if not 4 <= len(words.split()) <= 45 or len(element) > 3 or _DAY_LABEL.fullmatch(fold(words)):
            continue
        after = element.xpath("following::text()[normalize-space()][1]")
        if after and date_line(line := " ".join(after[0].split())) and not date_line(words):
            return words, line
    return None


def _page_title(tree: lxml_html.HtmlElement) -> str | None:
    """`<title>` without the name of the site after the last `|` or ` - `."""
    words = next((element.text_content().strip() for element in tree.iter("title")), "")
    for separator in (" | ", " - ", " – "):
        before, found, after = words.rpartition(separator)
        if found and len(after.split()) <= 6 and len(before.split()) >= 4:
            return str(before)
    return words or None


def _canonical(tree: lxml_html.HtmlElement) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            return str(element.get("href"))
    return None
