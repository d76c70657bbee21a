"""What the assist engine reads: a conversation at one moment, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from console.conversation.assistance import Routing
from console.conversation.message import Author, Message
from console.conversation.people import Customer


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as the engine sees it: nothing later than the last message is known."""

    conversation: str
    customer: Customer
    messages: tuple[Message, ...]
    agent: str = ""
    """Name of the agent who will answer."""
    routing: Routing | None = None
    """The routing so far; the engine may move it."""
    dismissed: frozenset[str] = field(default_factory=frozenset)
    """Ids of flags the agent dismissed."""
    raised: frozenset[str] = field(default_factory=frozenset)
    """Ids of flags that stand already."""
    moods: Mapping[str, float] = field(default_factory=dict)
    """Mood scores by message id, so that earlier turns are not read again."""
    today: date | None = None

    @property
    def turn(self) -> str:
        """Id of the newest message; empty before the first."""
        return self.messages[-1].id if self.messages else ""

    @property
    def last_customer_text(self) -> str:
        """What the customer wrote since anybody answered, joined; empty when they have written nothing."""
        texts: list[str] = []
        for message in reversed(self.messages):
            if message.role is Author.CUSTOMER:
                texts.append(message.text)
            elif message.role is not Author.SYSTEM and texts:
                break
        return "\n".join(reversed(texts))
