"""Web pages that are put together in ways under which content would be lost, brought into a shape that is read whole.

trafilatura, which tells content from what stands around it, keeps headings only inside of what it takes for the main
element, sentences only in paragraphs, and of a table's cell nothing but its words; and it takes a short `<div>` with
links in it for a menu, as it does not a `<section>`. Each function here alters the page that it is given.
"""

import re
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MAIN = (
    "//main | //article | //*[self::div or self::section]"
    "[starts-with(@id, 'main') or starts-with(@class, 'main') or starts-with(@role, 'main')]"
)
_BESIDE_LINKS = ".//text()[not(ancestor::a)]"
_LAYS_OUT = "boolean(.//td[.//table or (.//h1|.//h2|.//h3|.//h4|.//h5|.//h6) and (.//p|.//ul|.//ol|.//dl)])"
_ROWS = frozenset(("thead", "tbody", "tfoot", "tr"))
_PARTS = ("body", "main", "article", "section", "header", "div", "center", "form")
_CONTENT_NAMES = re.compile("content|article|post|entry|story|text", re.IGNORECASE)
_LOOKS = ("b", "del", "em", "font", "i", "ins", "mark", "s", "small", "strong", "sub", "sup", "tt", "u")
_SORTS = (
    "a",
    "abbr",
    "bdi",
    "bdo",
    "br",
    "cite",
    "code",
    "dfn",
    "img",
    "kbd",
    "q",
    "samp",
    "span",
    "time",
    "var",
    "wbr",
)
_IN_A_SENTENCE = frozenset((*_LOOKS, *_SORTS))


def bring_into_shape(tree: "HtmlElement") -> None:
    """Undo tables that lay out the page, unfold what is folded, and put sentences and content into elements."""
    for table in list(tree.iter("table")):
        if table.xpath(_LAYS_OUT):
            _undo(table)
    _unfold(tree)
    for part in list(tree.iter(*_PARTS)):
        _give_paragraphs(part)
    _give_main(tree)


def _undo(table: "HtmlElement") -> None:
    """Make parts of the page of a table, its rows and cells; what stands in them stays as it is."""
    parts = [table]
    while parts:
        part = parts.pop()
        if part is table or part.tag in _ROWS:
            parts.extend(part)
        part.tag = "section"


def _unfold(tree: "HtmlElement") -> None:
    """Make every `<details>` a part of the page, and its summary a heading below the one that it stands under."""
    level = 1
    for element in list(tree.iter("summary", *_HEADINGS)):
        folds = sum(1 for _ in element.iterancestors("details"))
        if element.tag != "summary":
            level = level if folds else int(element.tag[1])
        elif next(element.iter(*_HEADINGS), None) is None:
            element.tag = f"h{min(level + max(folds, 1), len(_HEADINGS))}"
        else:  # it holds a heading of its own
            element.tag = "section"
    for element in list(tree.iter("details")):
        element.tag = "section"


def _give_paragraphs(part: "HtmlElement") -> None:
    """Put the sentences that stand in a part of the page itself, between its blocks or alone, into paragraphs."""
    before, line = None, []
    for child in (*part, None):
        if child is not None and all(element.tag in _IN_A_SENTENCE for element in child.iter()):
            line.append(child)
        else:
            _put_into_paragraph(part, before, line)
            before, line = child, []


def _put_into_paragraph(part: "HtmlElement", before: "HtmlElement | None", line: list["HtmlElement"]) -> None:
    """Make a paragraph of a line of a part, which begins with the part or follows the block `before` it.

    Links alone are none: they lead elsewhere.
    """
    text = part.text if before is None else before.tail
    if not _says([text, *(element.tail for element in line)]) and not any(map(_says_beside_links, line)):
        return
    paragraph = part.makeelement("p")
    paragraph.text = text
    paragraph.extend(line)
    if before is None:
        part.text = None
        part.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)


def _says_beside_links(element: "HtmlElement") -> bool:
    return _says(element.xpath(_BESIDE_LINKS))


def _says(texts: Iterable[str | None]) -> bool:
    """Whether there are words among texts, and not only what stands between links."""
    return any(sign.isalnum() for text in texts for sign in text or "")


def _give_main(tree: "HtmlElement") -> None:
    """Put all of the body into a `<main>`, where it has no main element that says something."""
    body = tree.find("body")
    if body is None or any(map(_says_beside_links, tree.xpath(_MAIN))):
        return
    _keep_frames(body)
    main = body.makeelement("main")
    main.text, body.text = body.text, None
    main.extend(list(body))
    body.append(main)


def _keep_frames(body: "HtmlElement") -> None:
    """Make sections of what stands around the title and all the rest, which has no name of content itself."""
    title = next(chain(body.iter("h1"), body.iter(*_HEADINGS)), body)
    for frame in title.iterancestors("div"):
        if not _CONTENT_NAMES.search(f"{frame.get('id', '')} {frame.get('class', '')}"):
            frame.tag = "section"
