"""The body of a Word document as Markdown: headings, paragraphs, lists and tables, as they are shown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from knowledge.loaders.docx.styles import Item, Styles
from knowledge.loaders.tables import table

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_LAST_LEVEL = 6
_MOST_NESTED = 30
"""Tables and frames that may stand inside one another."""

_SHOWN = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_TEXT, _RUN, _PARAGRAPH, _TABLE = qn("w:t"), qn("w:r"), qn("w:p"), qn("w:tbl")
_UNSEEN = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    # A drawing is given twice, for old programs too.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}


def markdown(body: "BaseOxmlElement", styles: Styles) -> str:
    """The text of a body without what it does not show: deleted and hidden text, field codes, the contents' table."""
    parts: list[str] = []
    in_list = False
    counts: dict[tuple[str, int], int] = {}
    for element in _blocks(body):
        text, item = _table(element) if element.tag == _TABLE else _paragraph(element, styles, counts)
        if text:
            parts.append("" if not parts else "\n" if in_list and item else "\n\n")
            parts.append(text)
            in_list = item
    return "".join(parts)


def _blocks(parent: "BaseOxmlElement", depth: int = 0) -> Iterator["BaseOxmlElement"]:
    """Paragraphs and tables in order, also those inside content controls and insertions."""
    for child in parent.iterchildren():
        if child.tag in {_PARAGRAPH, _TABLE}:
            yield child
        elif child.tag in _WRAPPERS and depth < _MOST_NESTED:
            yield from _blocks(child, depth + 1)


def _paragraph(paragraph: "BaseOxmlElement", styles: Styles, counts: dict[tuple[str, int], int]) -> tuple[str, bool]:
    style = styles.of_paragraph(paragraph)
    lines = [" ".join(line.split()) for line in shown(paragraph).split("\n")]
    text = "\n".join(line for line in lines if line)
    if not text or style.contents:
        return "", False
    if style.level:
        return f"{'#' * min(style.level, _LAST_LEVEL)} {' '.join(text.split())}", False
    if style.item:
        # What goes on in an item is set in, so that it stays part of it.
        return _mark(style.item, counts) + text.replace("\n", "\n  "), True
    return text, False


def _mark(item: Item, counts: dict[tuple[str, int], int]) -> str:
    """The bullet or number of an item, set in by its depth."""
    indent = "  " * item.depth
    if not item.ordered:
        return f"{indent}- "
    place = (item.number, item.depth)
    counts[place] = counts.get(place, 0) + 1
    for deeper in [other for other in counts if other[0] == item.number and other[1] > item.depth]:
        del counts[deeper]
    return f"{indent}{counts[place]}. "


def _table(element: "BaseOxmlElement") -> tuple[str, bool]:
    """A table as Markdown; one of a single cell is a frame around text."""
    rows = [[shown(cell) for cell in row.iterchildren(qn("w:tc"))] for row in element.iterchildren(qn("w:tr"))]
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return "", False
    if all(len(row) == 1 for row in filled):
        return "\n\n".join(row[0].strip() for row in filled), False
    return table(filled), False


def shown(element: "BaseOxmlElement") -> str:
    """What an element shows; paragraphs inside it are lines."""
    parts: list[str] = []
    _gather(element, parts, 0)
    return "".join(parts)


def _gather(element: "BaseOxmlElement", parts: list[str], depth: int) -> None:
    for child in element.iterchildren():
        tag = child.tag
        if tag == _TEXT:
            parts.append(child.text or "")
        elif tag in _SHOWN:
            parts.append(_SHOWN[tag])
        elif tag in _UNSEEN or (tag == _RUN and _hidden(child)):
            continue
        elif depth < _MOST_NESTED * 10:
            if tag == _PARAGRAPH and parts:
                parts.append("\n")
            _gather(child, parts, depth + 1)


def _hidden(run: "BaseOxmlElement") -> bool:
    properties = run.find(qn("w:rPr"))
    mark = properties.find(qn("w:vanish")) if properties is not None else None
    return mark is not None and mark.get(qn("w:val")) not in {"0", "false", "off"}
