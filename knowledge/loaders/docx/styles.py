"""What the styles and numberings of a Word document make of a paragraph: a heading, an item, a line of contents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement

_HEADING = re.compile(r"heading (\d)")
_LIST = re.compile(r"list(?: (bullet|number))?(?: ([2-5]))?")
_MOST_BASES = 20
"""Styles that may rest on one another; a circle of them ends here."""

_BODY_LEVEL = 9
"""Word's outline level of what is no heading."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style means."""

    level: int = 0
    """Of a heading, from 1; 0 where it is none. A title is 1."""
    contents: bool = False
    """Whether it is a line of the table of contents."""
    item: "Item | None" = None


@dataclass(frozen=True, slots=True)
class Item:
    """Place of a paragraph in a list."""

    depth: int
    number: str
    """Which numbering counts it; empty for a list whose style alone makes it one."""
    ordered: bool


@dataclass(slots=True)
class Styles:
    """The styles and numberings of one document."""

    _by_id: Mapping[str, Style] = field(default_factory=dict)
    _ordered: Mapping[tuple[str, int], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, word: "Word") -> "Styles":
        """Read those of a document; one without any has only plain paragraphs."""
        elements = {style.get(qn("w:styleId")): style for style in word.styles.element.iterchildren(qn("w:style"))}
        return cls({name: _style(style, elements) for name, style in elements.items() if name}, _numberings(word))

    def of_paragraph(self, paragraph: "BaseOxmlElement") -> Style:
        """What a paragraph is, by its style and by what is set on itself."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return Style()
        style = self._by_id.get(_value(properties, "w:pStyle"), Style())
        level = _outline(properties)
        item = self._item(properties) or style.item
        if item and item.number:
            ordered = self._ordered.get((item.number, item.depth), item.ordered)
            item = Item(item.depth, item.number, ordered)
        if _value(properties.find(qn("w:numPr")), "w:numId") == "0":
            item = None  # taken out of the list that its style belongs to
        return Style(style.level if level is None else level, style.contents, item)

    @staticmethod
    def _item(properties: "BaseOxmlElement") -> Item | None:
        numbering = properties.find(qn("w:numPr"))
        number = _value(numbering, "w:numId")
        depth = _value(numbering, "w:ilvl")
        return Item(min(int(depth), 8) if depth.isdecimal() else 0, number, ordered=False) if number else None


def _style(style: "BaseOxmlElement", elements: Mapping[str | None, "BaseOxmlElement"]) -> Style:
    """What a style means, by itself or by those that it rests on."""
    level, contents, item = 0, False, None
    for _ in range(_MOST_BASES):
        name = _value(style, "w:name").lower()
        properties = style.find(qn("w:pPr"))
        heading = _HEADING.fullmatch(name)
        outline = _outline(properties) if properties is not None else None
        level = level or (int(heading[1]) if heading else 1 if name == "title" else outline or 0)
        contents = contents or name.startswith("toc")
        if item is None and (listed := _LIST.fullmatch(name)):
            item = Item(int(listed[2] or 1) - 1, "", ordered=listed[1] == "number")
        if item is None and properties is not None:
            item = Styles._item(properties)
        base = elements.get(_value(style, "w:basedOn"))
        if base is None:
            break
        style = base
    return Style(level, contents, None if level else item)


def _outline(properties: "BaseOxmlElement") -> int | None:
    level = _value(properties, "w:outlineLvl")
    return None if not level.isdecimal() else 0 if int(level) >= _BODY_LEVEL else int(level) + 1


def _numberings(word: "Word") -> dict[tuple[str, int], bool]:
    """Whether each level of each numbering counts, instead of showing bullets."""
    try:
        root = word.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds: dict[str, dict[int, bool]] = {}
    for abstract in root.iterchildren(qn("w:abstractNum")):
        levels = ((level.get(qn("w:ilvl")) or "0", _value(level, "w:numFmt")) for level in abstract.iter(qn("w:lvl")))
        kinds[abstract.get(qn("w:abstractNumId")) or ""] = {
            int(depth): form not in {"bullet", "none", ""} for depth, form in levels if depth.isdecimal()
        }
    return {
        (number.get(qn("w:numId")) or "", depth): ordered
        for number in root.iterchildren(qn("w:num"))
        for depth, ordered in kinds.get(_value(number, "w:abstractNumId"), {}).items()
    }


def _value(element: "BaseOxmlElement | None", name: str) -> str:
    """The value of a child element, or nothing."""
    found = element.find(qn(name)) if element is not None else None
    return (found.get(qn("w:val")) or "") if found is not None else ""
