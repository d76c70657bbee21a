"""Tools that the bot may use in a behaviour: look-ups and actions of the company's own systems, allow-listed here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from console.conversation.people import Identity

DEFAULT_THRESHOLD: Final = 0.5
"""Cosine from which a customer's words count as asking for a tool; below an intent's, which has been told by then."""


class ToolKind(StrEnum):
    """Whether a tool only reads, or changes something."""

    LOOK_UP = "look-up"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: what it needs, what it may return, and what the bot says of it."""

    name: str
    kind: ToolKind
    title: str
    """What it does, in words that an agent reads."""
    needs: tuple[str, ...] = ()
    """Slots of the facts that it is called with, each of which the behaviour or the company's `identify` asks for."""
    takes: tuple[str, ...] = ()
    """Slots of facts that go along where the customer has told them; nobody is asked for them."""
    identity: Identity = Identity.MATCHED
    """The least that the desk must be sure of who the customer is."""
    returns: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """The fields that are taken of an answer, and how each value must look as a whole; all others are dropped."""
    say: tuple[str, ...] = ()
    """Wordings of the answer with those fields as slots: the first that can be filled is said."""
    nothing: str = ""
    """What the customer is told where the answer is that there is none, before people take over."""
    confirm: tuple[str, ...] = ()
    """Wordings of what is asked before an action, the first that can be filled; none: having asked for it is enough.

    Of what it takes, only what the wording names goes along: a yes is to that alone.
    """
    examples: tuple[str, ...] = ()
    """What customers write who ask for it."""
    patterns: tuple[re.Pattern[str], ...] = ()
    threshold: float = DEFAULT_THRESHOLD
