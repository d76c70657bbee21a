"""Macros: prepared replies with slots, many to a TOML file."""

import re
from dataclasses import dataclass
from typing import Final

from console.content.conditions import Condition
from console.conversation.message import Layer

SLOT: Final = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
"""A slot in a macro's text: ``{customer.first_name}``, ``{order.number}``, ``{fact.…}``."""


@dataclass(frozen=True, slots=True)
class Macro:
    """A prepared reply; it is offered only when every slot of its text can be filled."""

    id: str
    title: str
    text: str
    intents: tuple[str, ...] = ()
    """Behaviours it belongs to; empty for any."""
    situations: tuple[str, ...] = ()
    """What the customer may say that this answers."""
    tone: str = "neutral"
    layers: tuple[Layer, ...] = (Layer.ASSISTED,)
    when: tuple[Condition, ...] = ()
    """All must hold, or what it says would not be true of this customer."""

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the slots in the text, in order."""
        return tuple(SLOT.findall(self.text))
