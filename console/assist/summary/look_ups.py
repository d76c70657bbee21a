"""What was looked up last."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from console.assist.flags.rules import steers
from console.assist.lookups import LONGEST_VALUE, labelled
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message
from console.conversation.notices import is_notice
from console.text import shorten

LOOKED_UP: Final = 150
"""Characters of a look-up result in words: what decides often stands at its end."""

LOOKED_UP_DATA: Final = 80
"""The same of several fields of data, where what decides comes first; a message alone may be longer."""

_NOTHING: Final = frozenset({"null", "none", "n/a", "-"})
_STATE: Final = re.compile(r"status|state|result|outcome|message|error|success|reason|confirmation")
_TECHNICAL: Final = re.compile(r"^(?:api ?name|request type|uuid|hash|version)$")


def looked_up(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return the newest look-up result that says anything, so that nobody has to look again.

    Of data the fields that tell how things stand come first, without the names of those whose values are words. A
    result that would steer is left out.
    """
    for message in reversed(messages):
        if message.role is Author.SYSTEM and not is_notice(message) and (text := _result(message.text)):
            if steers(message.text, lookup=True):
                return ()
            return (SummaryLine(SummaryKind.FACT, f"Look-up: {text}", (message.id,)),)
    return ()


def in_one_line(text: str) -> str:
    """Return a look-up result as one line: a title with its fields behind it, one after the other."""
    title, *lines = text.splitlines() or [""]
    return f"{title}: {', '.join(lines)}" if len(lines) > 1 else " ".join(text.split())


def _result(text: str) -> str:
    """Return what a look-up result says, in a line; empty where it says nothing."""
    if not text.lstrip().startswith(("{", "[")):
        return "" if text.strip().lower() in _NOTHING else shorten(in_one_line(text), LOOKED_UP)
    found = [(name, value) for name, value in labelled(text).items() if not _TECHNICAL.search(name)]
    found = [field for field in found if len(field[1]) <= LONGEST_VALUE or _STATE.search(field[0])]
    found.sort(key=lambda field: not _STATE.search(field[0]))
    said = [value if value[:1].isalpha() else f"{name} {value}" for name, value in found]
    kept = accumulate(said, lambda before, piece: f"{before} · {piece}")
    fitting = [text for text in kept if len(text) <= LOOKED_UP_DATA]
    return fitting[-1] if fitting else shorten(" ".join(said[:1]), LOOKED_UP)
