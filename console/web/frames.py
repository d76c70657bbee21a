"""What a page may say over its websocket, read strictly: it is not trusted, whoever is signed in."""

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

LONGEST: Final = 256 * 1024
"""Bytes of a frame; a paste is one frame."""

WIDEST: Final = 500
"""Cells of a window in either direction; a console for a window without bounds would take all memory."""

_TAB: Final = re.compile(r"[0-9a-f-]{16,64}")


class BadFrame(ValueError):
    """A frame that no page of ours sends."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys pressed, text pasted, the mouse: as a terminal sends them."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Window:
    """The window's size in cells."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Ping:
    """A question whether the line stands."""

    mark: str


@dataclass(frozen=True, slots=True)
class Focus:
    """Whether the tab has the focus."""

    on: bool


Frame = Keys | Window | Ping | Focus


def read_frame(text: str) -> Frame:
    """Return what a page said; raises :class:`BadFrame`."""
    try:
        match json.loads(text):
            case ["stdin", str(data)]:
                return Keys(data.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                return window_of(width, height)
            case ["ping", str(mark)] if len(mark) <= 64:  # noqa: PLR2004 - a time in milliseconds
                return Ping(mark)
            case [("focus" | "blur") as what]:
                return Focus(what == "focus")
    except (ValueError, RecursionError):
        pass
    raise BadFrame


def window_of(width: Any, height: Any) -> Window:  # noqa: ANN401 - a number or what a query says
    """Return a window's size, kept within bounds."""
    try:
        return Window(min(max(int(width), 1), WIDEST), min(max(int(height), 1), WIDEST))
    except (TypeError, ValueError) as error:
        raise BadFrame from error


def tab_of(name: str) -> str:
    """Return the name that a page gave its tab; raises :class:`BadFrame`."""
    if not _TAB.fullmatch(name):
        raise BadFrame
    return name


def zone_of(name: str) -> str:
    """Return the person's time zone as their browser names it, or nothing where nobody knows it."""
    return name if name in _zones() else ""


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
