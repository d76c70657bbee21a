"""Macros: prepared replies with slots, many to a TOML file."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.content.conditions import Condition
from console.conversation.message import Layer


class Stage(StrEnum):
    """When in a conversation a macro has its place."""

    OPENING = "opening"
    """Before a person has answered."""
    ANY = "any"
    CLOSING = "closing"
    """When the customer takes their leave."""


SLOT: Final = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
"""A slot in a macro's text: ``{customer.first_name}``, ``{order.number}``, ``{fact.…}``."""


KNOWN_SLOTS: Final = re.compile(
    r"customer\.(first_name|name|email|since|contract)"
    r"|agent\.name|today"
    r"|order\.(number|item|total|placed|due|status|carrier|tracking)"
    r"|fact\.[a-z0-9_.]+"
)
"""Slots that a macro's text may use."""


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
    stage: Stage = Stage.ANY
    acknowledges: bool = False
    """Whether it only acknowledges a feeling: good before an answer, none by itself."""
    asks: tuple[str, ...] = ()
    """Slots that it asks for; once one of them is known it is not offered."""
    when: tuple[Condition, ...] = ()
    """All must hold, or what it says would not be true of this customer."""
    after: re.Pattern[str] | None = None
    """It is offered only once a customer's message or a look-up has this: it speaks of something they sent."""
    done_when: re.Pattern[str] | None = None
    """It is not offered any more once an agent's message or a look-up has this."""

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the slots in the text, in order."""
        return tuple(SLOT.findall(self.text))
