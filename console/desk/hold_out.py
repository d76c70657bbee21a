"""Which conversations have no assistance, so that what it is worth can be told. Pure.

A conversation is decided on once, when people get it and before the second chair has said a word to them.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author, Layer
from console.conversation.state import Conversation

_RANGE: Final = 2**64


@dataclass(frozen=True, slots=True)
class HoldOut:
    """The share of conversations that are held out, 0 to 0.5; 0 decides on none."""

    share: float = 0.0
    version: str = ""
    """What the second chair is, see :class:`HoldOutAssigned`."""

    def assigned(self, state: Conversation, layer: Layer) -> HoldOutAssigned | None:
        """Return what is decided on a conversation of this layer; ``None`` where it is none to be decided on.

        What is for people alone is dark by itself. Where the second chair has spoken or a person has written, it is too
        late for a fair comparison.
        """
        if not self.share or layer is Layer.HUMAN_ONLY or state.handover is None or state.assigned or state.hidden:
            return None
        if state.offered or any(message.role is Author.AGENT for message in state.messages):
            return None
        return HoldOutAssigned(drawn(state.id) < self.share, self.share, self.version)


def drawn(conversation: str) -> float:
    """Return a number from 0 up to 1 that is evenly spread over conversations, and for one always the same.

    It is worked out from the id and not thrown, so that servers that decide at the same moment decide alike. An id
    says nothing of a conversation, and a hash keeps nothing of its order.
    """
    digest = sha256(f"hold-out {conversation}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / _RANGE
