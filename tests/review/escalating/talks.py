"""Conversations with a bot, as short as can be said, for the tests of escalations."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Decision, Mood, Routing
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer
from console.conversation.people import Customer

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
BEGAN = NOW - timedelta(days=10)
NO_HELP = "that's not what I asked"


class Log:
    """Numbers events, a second apart in each conversation."""

    def __init__(self) -> None:
        self.events: list[e.Event] = []

    def add(self, name: str, at: datetime, *data: e.EventData) -> datetime:
        """Add events and return when the last one was."""
        for one in data:
            at += timedelta(seconds=10)
            self.events.append(e.Event(len(self.events) + 1, name, "bot", one, at))
        return at


def said(text: str, mood: float | None = None, message: str = "") -> list[e.EventData]:
    """Return that the customer writes, and how they feel."""
    found: list[e.EventData] = [e.MessageAdded(Author.CUSTOMER, text)]
    return found if mood is None else [*found, a.MoodRead(message, Mood(mood, "so", "steady", 0.0))]


def bot(text: str = "Please look under Orders.") -> e.EventData:
    """Return that the bot writes."""
    return e.MessageAdded(Author.BOT, text)


def handed(when: HandoverWhen = HandoverWhen.UNRESOLVED) -> e.EventData:
    """Return that the bot gives it to people."""
    return e.HandedOver("why", 1, (Trigger(when, "why"),))


def began(intent: str = "invoice-copy", customer: str = "u-1", layer: Layer = Layer.AUTONOMOUS) -> list[e.EventData]:
    """Return that a conversation begins and the bot has it."""
    opened = e.ConversationOpened("web", Customer(customer, "Iris Tam"))
    return [opened, e.RoutingChanged(Routing(intent, layer, 1, stakes="low"))]


def answered(*, accepted: bool = True, then: Sequence[e.EventData] = ()) -> list[e.EventData]:
    """Return that one reply of a person ends it."""
    decided = a.SuggestionDecided("s-1", Decision.ACCEPTED if accepted else Decision.EDITED, "Here it is.")
    reply = e.MessageAdded(Author.AGENT, "Here it is.", "Robin", "s-1")
    return [reply, decided, *then, e.ConversationClosed("sent", resolved=True)]


def late(turns: int) -> list[e.EventData]:
    """Return a conversation in which the bot fails twice, and then so many times more before people come."""
    tries = [one for _ in range(turns + 2) for one in (bot(), *said(NO_HELP))]
    return [*began(), *said("my invoice please"), *tries, handed(), *answered()]
