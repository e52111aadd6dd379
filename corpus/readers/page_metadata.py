"""What a page states about its article: JSON-LD, `<meta>`, `<time>`, `<h1>`, `<title>`.

Only statements: the words of the page are not searched for anything that looks like a date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import html as lxml_html

from corpus.datelines import date_line, stated_date

_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "report", "legislation", "webpage")
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


def page_metadata(tree: lxml_html.HtmlElement) -> tuple[dict[str, str], str]:
    """Title, date, author, source and url as the page states them, and the rule that found the date."""
    linked = _json_ld(tree)
    meta = _meta(tree)
    title = linked.get("title") or _heading(tree) or meta.get("title") or _page_title(tree)
    dated = [
        ("html-json-ld", linked.get("date")), ("html-meta", meta.get("date")),
        ("html-time", _time(tree)), ("date-line", _date_line(tree, title)),
    ]
    rule, day = next(((rule, raw) for rule, raw in dated if raw and stated_date(raw)), ("html-meta", meta.get("date")))
    source = linked.get("source") or meta.get("source")
    author = linked.get("author") or meta.get("author")
    if author and (author == source or "://" in author):  # many sites name themselves as author
        author = None
    found = {
        "title": title, "date": day, "author": author, "source": source,
        "url": _canonical(tree) or meta.get("url") or linked.get("url"),
    }
    return {key: " ".join(value.split()) for key, value in found.items() if value and value.strip()}, rule


def _json_ld(tree: lxml_html.HtmlElement) -> dict[str, str]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            kinds = thing.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(name).lower() in _ARTICLES for name in names) and thing.get("datePublished"):
                return {key: value for key, value in _article_fields(thing).items() if value}
    return {}


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block: itself, its list, its `@graph`."""
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (one for one in graph if isinstance(one, dict)) if isinstance(graph, list) else ()


def _article_fields(thing: dict[str, Any]) -> dict[str, str | None]:
    return {
        "title": _said(thing.get("headline")),
        "date": _said(thing.get("datePublished")),
        "author": _said(thing.get("author")),
        "source": _said(thing.get("publisher")),
        "url": _said(thing.get("url")),
    }


def _said(value: Any) -> str | None:
    """A JSON-LD value as text: itself, its name, or a list of those."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        names = [name for name in map(_said, value[:5]) if name]
        return ", ".join(names) or None
    return value.strip() or None if isinstance(value, str) else None


def _meta(tree: lxml_html.HtmlElement) -> dict[str, str]:
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                stated.setdefault(name.strip().lower(), content)
    found = {ours: next((stated[name] for name in names if name in stated), None) for ours, names in _META.items()}
    return {ours: value for ours, value in found.items() if value}


def _time(tree: lxml_html.HtmlElement) -> str | None:
    """The first `<time>` outside menus and boxes of other articles."""
    for element in tree.iter("time"):
        beside = any(above.tag in ("aside", "nav", "footer", "li") for above in element.iterancestors())
        if not beside and (raw := element.get("datetime") or element.text_content().strip()):
            return str(raw)
    return None


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
    found = [words for element in tree.iter("h1") if (words := _words(element))]
    if len(found) == 1:
        return found[0]
    for element in tree.iter("h2", "h3", "div", "p"):
        named = f"{element.get('class', '')} {(element.getparent().get('class') or '')}"
        if _TITLE_CLASS.search(named) and len(element) < 4 and 5 <= len(_words(element).split()) <= 45:
            return _words(element)
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
