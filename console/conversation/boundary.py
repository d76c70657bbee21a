"""The boundary between the bot, assistance and people alone, as far as people have decided on it. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from console.conversation.assistance import Routing
from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer


class Verdict(StrEnum):
    """What somebody thinks of an answer of the bot."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = ""


@dataclass(frozen=True, slots=True)
class BotMark:
    """A mark on a message of the bot."""

    verdict: Verdict
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Turning:
    """A decision as it stands in the transcript: after so many messages."""

    messages: int
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Boundary:
    """What people have decided, and what brought the conversation to them."""

    allowed: dict[str, str] = field(default_factory=dict)
    """Intents reserved for people in which a lead has let assistance in, each with who and why in words."""
    judged: int = 0
    """Messages there were when a lead last did so."""
    handed: frozenset[HandoverWhen] = frozenset()
    """What has brought the conversation to people, of all hand-overs."""
    marks: dict[str, BotMark] = field(default_factory=dict)
    """Marks on messages of the bot, by message."""
    turnings: tuple[Turning, ...] = ()
    """When assistance was let in and taken back, in order."""

    def let_in(self, intent: str, by: str, reason: str, messages: int, at: datetime) -> "Boundary":
        """Return it with assistance let in by a lead, who has seen so many messages."""
        words = f"{by} let assistance in: {reason}"
        turnings = (*self.turnings, Turning(messages, words, at))
        return replace(self, allowed={**self.allowed, intent: words}, judged=messages, turnings=turnings)

    def shut_out(self, intent: str, by: str, messages: int, at: datetime) -> "Boundary":
        """Return it with the matter reserved for people again."""
        turnings = (*self.turnings, Turning(messages, f"{by} reserved it for people again", at))
        left = {name: why for name, why in self.allowed.items() if name != intent}
        return replace(self, allowed=left, turnings=turnings)

    def marked(self, message: str, mark: BotMark) -> "Boundary":
        """Return it with a mark on a message of the bot, or without one where the verdict is none."""
        others = {name: known for name, known in self.marks.items() if name != message}
        return replace(self, marks=others | ({message: mark} if mark.verdict else {}))


def rerouted(routing: Routing | None, intent: str, *, allowed: bool) -> Routing | None:
    """Return the routing once a lead has let assistance in, or ``intent`` was reserved for people again."""
    if not allowed:
        return replace(routing or Routing(intent, Layer.HUMAN_ONLY, 1), intent=intent, layer=Layer.HUMAN_ONLY)
    return replace(routing, layer=Layer.ASSISTED) if routing else None
