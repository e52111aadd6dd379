"""Web pages: the article without what surrounds it, and what the page states about it.

The article is found by trafilatura, after blocks that Vietnamese sites put around it are taken out
(`data/html_furniture.tsv`); a page in which it finds none gives the words of its body. A page of nothing but links,
such as the first page of a portal, is empty.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from corpus.containers.member import stated_charset
from corpus.document import Document
from corpus.encodings.runs import decode_text
from corpus.errors import ReadError, Reason
from corpus.metadata import describe
from corpus.readers.article import article as article
from corpus.readers.article import body_text as body_text
from corpus.readers.article import main_text
from corpus.readers.page_metadata import page_metadata
from corpus.readers.text import decode
from corpus.source import Source, stored_text

_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
_NOT_IN_MARKUP = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")  # else it could not be read
_LONG_TAG = re.compile(r"(<[a-zA-Z][\w:-]{0,40}+)[^<>]{8192,}+")  # libxml2 compares each attribute with all before it
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})", re.I)
_DEEPEST = 200  # levels; parsers and tree walks recurse


def read(source: Source) -> Iterator[Document]:
    """The page as one document. Raises ReadError."""
    data = source.load()
    markup, encoding = decode(data, source.charset or declared_charset(data))
    tree = parse(markup)
    stated, rule = page_metadata(tree)
    url = stated.pop("url", None)
    decoded = decode_text(main_text(tree, stated.get("title"), stated.get("author")), encoding)
    stated = {name: decode_text(said).text for name, said in stated.items()}
    text = stored_text(decoded.text)
    yield Document(
        id=source.name, text=text, url=url, path=source.name, encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(), **describe(text, stated, date_rule=rule, date_lines=False),
    )


def declared_charset(data: bytes) -> str | None:
    """The encoding that the page's own `<meta>` or XML declaration names, as Python calls it."""
    head = data[:4096]
    found = _CHARSET.search(head) or _XML_ENCODING.search(head)
    known = stated_charset(found[1].decode("ascii", "replace")) if found else None
    return None if known in _NOT_IN_MARKUP else known


def parse(markup: str) -> lxml_html.HtmlElement:
    """The page as a tree. Raises ReadError: empty, bad nesting."""
    cleaned = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", markup)
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", cleaned)  # lxml takes no str that declares an encoding
    cleaned = _LONG_TAG.sub(r"\1", cleaned)
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml_html.document_fromstring(cleaned.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, TypeError) as error:
        raise ReadError(Reason.EMPTY, f"no page: {error}") from error
    if _depth(tree) > _DEEPEST:
        raise ReadError(Reason.NOT_TEXT, f"elements nested more than {_DEEPEST} deep")
    return tree


def _depth(tree: lxml_html.HtmlElement) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
