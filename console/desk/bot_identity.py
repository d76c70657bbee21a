"""Whether the desk still knows who a customer is: what they told is worth something while they are there."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from console.assist.bot.needs import IDENTIFY
from console.conversation.bot_events import Outcome
from console.conversation.people import Identity
from console.conversation.state import Conversation

SILENCE: Final = timedelta(minutes=30)
"""Without a message for so long, somebody else may sit before the same browser."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How sure the desk is of who the customer is, and the messages before that do not tell it any more."""

    level: Identity
    before: int = 0
    """Messages at the beginning that were written before the silence."""


def standing(state: Conversation) -> Standing:
    """Return how sure the desk is now: whom the bot matched is nobody again after :data:`SILENCE`.

    Who signed in, or is known by the channel, stays who they are.
    """
    found = (c.message for c in state.bot.calls if c.call.tool == IDENTIFY and c.call.outcome is Outcome.FOUND)
    matched = max((_place(message) for message in found), default=0)
    if not matched or state.identity is not Identity.MATCHED:
        return Standing(state.identity)
    written = [message.at for message in state.messages]
    gaps = enumerate(pairwise(written), 1)
    before = max((place for place, (one, later) in gaps if one and later and later - one > SILENCE), default=0)
    return Standing(Identity.ANONYMOUS, before) if before >= matched else Standing(state.identity)


def _place(message: str) -> int:
    return int(message.removeprefix("m") or 0)
