"""The style sheet of a DOCX: which font a run is in, whether it is shown in capitals, hidden or numbered."""

from __future__ import annotations

from lxml import etree

from corpus.encodings.fonts import legacy_font

_DEEPEST = 12   # styles based on styles
_FONTS = ("hAnsi", "ascii", "cs")
_OFF = ("0", "false", "off", "none")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace (there are two of them); empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: etree._Element | None, name: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    return next((said for key, said in element.attrib.items() if key.rpartition("}")[2] == name), None)


class Styles:
    """Styles by id, each based on another."""

    def __init__(self, part: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default: etree._Element | None = None
        self._normal: str | None = None
        self._looks: dict[str | None, tuple[str | None, bool]] = {}
        self._hidden: set[str] = set()   # styles that say whether their runs are shown
        for element in part if part is not None else ():
            if local(element) == "docDefaults":
                self._default = descendant(element, "rPrDefault", "rPr")
            elif local(element) == "style" and (name := value(element, "styleId")):
                self._styles[name] = element
                if descendant(element, "rPr", "vanish") is not None:
                    self._hidden.add(name)
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                    self._normal = name

    def look(self, properties: etree._Element | None, paragraph_style: str | None) -> tuple[str | None, bool]:
        """The font of a run, and whether it is shown in capitals."""
        font, capitals = self._of_style(paragraph_style or self._normal)
        if properties is None:
            return font, capitals
        own_style = value(descendant(properties, "rStyle"), "val")
        for style in self._chain(own_style):
            font, capitals = _applied(descendant(style, "rPr"), font, capitals)
        return _applied(properties, font, capitals)

    def hidden(self, properties: etree._Element | None, paragraph_style: str | None) -> bool:
        """Whether a run is not shown."""
        vanish = descendant(properties, "vanish")
        if vanish is None and self._hidden:
            own_style = value(descendant(properties, "rStyle"), "val")
            chain = self._chain(paragraph_style or self._normal) + self._chain(own_style)
            said = [descendant(style, "rPr", "vanish") for style in chain]
            vanish = next((one for one in reversed(said) if one is not None), None)
        return vanish is not None and value(vanish, "val") not in _OFF

    def numbered(self, properties: etree._Element | None, style: str | None) -> tuple[str | None, int]:
        """The list that a paragraph belongs to and its level there; None where it is in none."""
        of_styles = (descendant(one, "pPr", "numPr") for one in reversed(self._chain(style)))
        places = [descendant(properties, "numPr"), *of_styles]
        number = level = None
        for place in places:
            number = number or value(descendant(place, "numId"), "val")
            level = level or value(descendant(place, "ilvl"), "val")
        return number, int(level) if level and level.isdecimal() else 0

    def _of_style(self, name: str | None) -> tuple[str | None, bool]:
        if name not in self._looks:
            font, capitals = _applied(self._default, None, False)
            for style in self._chain(name):
                font, capitals = _applied(descendant(style, "rPr"), font, capitals)
            self._looks[name] = font, capitals
        return self._looks[name]

    def _chain(self, name: str | None) -> list[etree._Element]:
        """A style and those that it is based on, the deepest first."""
        chain: list[etree._Element] = []
        while name in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[name])
            name = value(descendant(chain[-1], "basedOn"), "val")
        return chain[::-1]


def _applied(properties: etree._Element | None, font: str | None, capitals: bool) -> tuple[str | None, bool]:
    fonts = descendant(properties, "rFonts")
    if fonts is not None:
        named = [name for name in (value(fonts, key) for key in _FONTS) if name]
        font = next((name for name in named if legacy_font(name)), named[0] if named else font)
    caps = descendant(properties, "caps")
    if caps is not None:
        capitals = value(caps, "val") not in _OFF
    return font, capitals


def descendant(element: etree._Element | None, *names: str) -> etree._Element | None:
    """A child by name, its child, and so on; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((child for child in element if local(child) == name), None)
    return element
