"""An SVG of a chart put into a page: inline for the screen, as an image with alternative text for print."""

from __future__ import annotations

from base64 import b64encode

import regex
from lxml import etree

from outputs.history import charts
from outputs.history.model import Chart, History
from outputs.passages import clipped
from outputs.templating import printable

_LONGEST = 300  # characters of a title that stands for a picture
_SVG = "{http://www.w3.org/2000/svg}"
_DROPPED = ("aria-", "role", "class", "font-family", "width", "height")
_COLOURS = {charts.INK: "var(--ink)", charts.SOFT: "var(--soft)", charts.FAINT: "var(--line)",
            charts.SEAL: "var(--seal)", charts.PAPER: "var(--paper)"}
_REFERENCE = regex.compile(r"url\(['\"]?#([^)'\"]+)['\"]?\)")


def alternative(chart: Chart, history: History) -> str:
    """What stands for the picture where it cannot be seen."""
    return f"{clipped(printable(chart.title), _LONGEST)}. {charts.description(chart, history.language)}"


def inline_svg(chart: Chart, svg: str, history: History) -> str:
    """The picture as part of a page: it takes the page's colours, and has a title and a description."""
    width, height = charts.size(svg)
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    anchor = chart.id or f"chart-{sum(map(ord, chart.title))}"
    for node in root.iter(etree.Element):
        for name, value in list(node.attrib.items()):
            if name.startswith(_DROPPED[0]) or (name in _DROPPED and (name not in ("width", "height") or node is root)):
                del node.attrib[name]
            elif name == "id":
                node.set(name, f"{anchor}-{value}")
            elif name in ("fill", "stroke") and value.lower() in _COLOURS:
                node.set(name, _COLOURS[value.lower()])
            else:
                node.set(name, _REFERENCE.sub(rf"url(#{anchor}-\1)", value))
    ground = root.find(f"{_SVG}rect")
    if ground is not None:
        root.remove(ground)
    told = (("desc", charts.description(chart, history.language)), ("title", clipped(printable(chart.title), _LONGEST)))
    for name, words in told:
        child = etree.Element(f"{_SVG}{name}", id=f"{anchor}-{name}")
        child.text = words
        root.insert(0, child)
    root.set("role", "img")
    root.set("aria-labelledby", f"{anchor}-title {anchor}-desc")
    root.set("style", f"max-width:{width:g}px;aspect-ratio:{width:g}/{height:g}")
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def image(chart: Chart, svg: str, history: History) -> str:
    """The picture as an image of the page."""
    picture = etree.Element("img", src=f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}",
                            alt=alternative(chart, history))
    return str(etree.tostring(picture, encoding="unicode", method="html"))
