"""A page of a site: its document, and where it leads."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from knowledge.document import Document, Skipped
from knowledge.loaders import html

_MOST_LINKS = 5000
_BLANK = " \t\r\n\f"


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself and of others; addresses are as they are written."""

    canonical: str
    base: str
    links: tuple[str, ...]
    """Where it leads, in order, without those that it asks not to follow."""
    wanted: bool
    """Whether it may be found by a search."""


def read(file: BinaryIO, name: str) -> Iterator[Head | Document | Skipped]:
    """What a page says of itself, and then its document, or why there is none."""
    data = file.read()
    try:
        yield _head(data)
    except ValueError as error:
        yield Head("", "", (), wanted=True)
        yield Skipped(name, str(error))
        return
    file.seek(0)
    try:
        yield from html.parse(file, name)
    except ValueError as error:
        yield Skipped(name, str(error))


def _head(data: bytes) -> Head:
    tree = html.tree_of(html.decoded(data))
    robots = ",".join(
        str(element.get("content") or "")
        for element in tree.iter("meta")
        if _named(element) in {"robots", "secondchair"}
    ).lower()
    links: dict[str, None] = {}
    if "nofollow" not in robots and "none" not in robots:
        for element in tree.iter("a", "area"):
            link = str(element.get("href") or "").strip(_BLANK)
            if link and "nofollow" not in str(element.get("rel") or "").lower():
                links[link] = None
            if len(links) >= _MOST_LINKS:
                break
    canonical = next(
        (
            str(element.get("href") or "")
            for element in tree.iter("link")
            if "canonical" in str(element.get("rel") or "").lower().split()
        ),
        "",
    )
    base = next((str(element.get("href") or "") for element in tree.iter("base")), "")
    return Head(canonical, base, tuple(links), "noindex" not in robots and "none" not in robots)


def _named(element: object) -> str:
    return str(getattr(element, "get", lambda _: "")("name") or "").strip().lower()
