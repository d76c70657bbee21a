"""What the assist engine reads: a conversation at one moment, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from console.conversation.assistance import Routing
from console.conversation.corrections import Correction
from console.conversation.handover import HandoverWhen
from console.conversation.message import Author, Message
from console.conversation.people import Customer

READ: Final = 4_000
"""Characters of a message that are read.

Nobody says more about their own trouble; what is longer was pasted. A message may be five times as long, and is shown
and kept whole; reading all of it for flags, mood, facts and replies would only keep other conversations waiting.
"""

_LONGEST_WORD: Final = 80

_OVERLAP: Final = 200
"""Characters before the end of what is read from which the rest is looked through, so that no words are cut in two."""


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
    corrections: tuple[Correction, ...] = ()
    """What people put right in the summary."""
    hidden: bool = False
    """Whether the agent has hidden assistance for this conversation: routing and flags alone are worked out."""
    fewer: Mapping[str, str] = field(default_factory=dict)
    """Kinds of replies that the agent mostly passes over, each with why in words for them."""
    allowed: frozenset[str] = frozenset()
    """Intents reserved for people in which a lead has let assistance in."""
    judged: int = 0
    """Messages there were when a lead last did so: what they say is no reason to go back to people alone."""
    unread: tuple[Message, ...] = ()
    """What lies behind as much of the customer's messages as is read: patterns alone are looked for in it."""
    flagged: frozenset[str] = frozenset()
    """Policies that see something in the newest message."""
    handed: frozenset[HandoverWhen] = frozenset()
    """What has brought the conversation to people."""

    @property
    def turn(self) -> str:
        """Id of the newest message; empty before the first."""
        return self.messages[-1].id if self.messages else ""

    @property
    def mood(self) -> float:
        """The customer's mood as of the newest message that it was read from, -1 to 1; 0 before there is one."""
        return next((self.moods[m.id] for m in reversed(self.messages) if m.id in self.moods), 0.0)

    def as_read(self) -> "Talk":
        """Return the conversation with as much of each message as is read; itself where that is all."""
        if all(len(message.text) <= READ for message in self.messages):
            return self
        rest = tuple(
            replace(m, text=m.text[READ - _OVERLAP :])
            for m in self.messages
            if m.role is Author.CUSTOMER and len(m.text) > READ
        )
        return replace(self, messages=tuple(replace(m, text=_beginning(m.text)) for m in self.messages), unread=rest)

    @property
    def last_customer_text(self) -> str:
        """What the customer wrote since anybody answered, joined; empty when they have written nothing.

        The newest of it, where they have written more than is read of one message.
        """
        texts: list[str] = []
        for message in reversed(self.messages):
            if message.role is Author.CUSTOMER:
                if texts and sum(map(len, texts)) + len(message.text) > READ:
                    break
                texts.append(message.text)
            elif message.role is not Author.SYSTEM and texts:
                break
        return "\n".join(reversed(texts))


def _beginning(text: str) -> str:
    """Return the part of a text that is read, cut at a blank where one is near: half a number would be another one."""
    if len(text) <= READ:
        return text
    cut = text[:READ]
    last = cut[-_LONGEST_WORD:].rsplit(maxsplit=1)
    return cut if text[READ].isspace() or len(last) == 1 else cut.removesuffix(last[-1])
