"""Conversations told event by event, for the tests of the figures by layer."""

from datetime import UTC, datetime, timedelta

from console.conversation import events as e
from console.conversation.assistance import Routing
from console.conversation.bot_events import BotDecided, Decided
from console.conversation.layers import Layers
from console.conversation.message import Author, Layer
from console.conversation.people import Customer, Presence
from console.conversation.presence_events import PresenceChanged
from console.conversation.satisfaction_events import CsatGiven
from console.review.book import Book
from console.review.layers.cohort import Money
from console.review.layers.looking import looked
from console.review.reviewing.window import LEAD_IN, beginning

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
"""A Wednesday."""


class Story:
    """A log with a clock; what is not said otherwise happens a second after what came before."""

    def __init__(self, at: datetime = NOW - timedelta(days=20)) -> None:
        self.events: list[e.Event] = []
        self.at = at

    def add(self, conversation: str, data: e.EventData, after: float = 1, actor: str = "desk") -> None:
        """Let something happen after so many seconds."""
        self.at += timedelta(seconds=after)
        self.events.append(e.Event(len(self.events) + 1, conversation, actor, data, self.at))

    def opened(self, conversation: str, customer: str = "", channel: str = "webchat") -> None:
        """Let a customer come and write."""
        who = customer or f"u-{conversation}"
        self.add(conversation, e.ConversationOpened(channel, Customer(who)), actor=f"customer:{who}")
        self.says(conversation, 0)

    def says(self, conversation: str, after: float = 1) -> None:
        """Let the customer write."""
        self.add(conversation, e.MessageAdded(Author.CUSTOMER, "hello"), after, "customer:u")

    def answers(self, conversation: str, after: float, role: Author = Author.AGENT) -> None:
        """Let an agent, or the bot, answer."""
        self.add(conversation, e.MessageAdded(role, "hello"), after, "agent:robin" if role is Author.AGENT else "bot")

    def routed(self, conversation: str, layer: Layer, intent: str = "late", tier: int = 1) -> None:
        """Put it into a layer."""
        self.add(conversation, e.RoutingChanged(Routing(intent, layer, tier, skills=("delivery",))))

    def claimed(self, conversation: str, agent: str = "robin", after: float = 1) -> None:
        """Let an agent take it."""
        self.add(conversation, e.ConversationClaimed(agent, agent.title()), after)

    def closed(self, conversation: str, after: float = 60, *, resolved: bool = True, disposition: str = "done") -> None:
        """Close it."""
        self.add(conversation, e.ConversationClosed(disposition, resolved), after)

    def reopened(self, conversation: str, after: float = 3600, by: str = "customer:u") -> None:
        """Open it again."""
        self.add(conversation, e.ConversationReopened(), after, by)

    def rated(self, conversation: str, score: int, after: float = 5) -> None:
        """Let the customer say how satisfied they are."""
        self.add(conversation, CsatGiven(score), after, "customer:u")

    def there(self, agent: str, presence: Presence, after: float = 0) -> None:
        """Let an agent come or go."""
        self.add(e.WORKSPACE, PresenceChanged(agent, agent.title(), presence), after)

    def by_bot(self, conversation: str, *, resolved: bool = True) -> None:
        """Let the bot answer a whole conversation in two minutes."""
        self.opened(conversation)
        self.routed(conversation, Layer.AUTONOMOUS)
        self.answers(conversation, 4, Author.BOT)
        self.add(conversation, BotDecided("m1", Decided.ANSWER, "an article says it"))
        self.closed(conversation, 114, resolved=resolved, disposition="answered by the bot")

    def to_people(self, conversation: str, layer: Layer = Layer.ASSISTED) -> None:
        """Let a customer come and be given to people."""
        self.opened(conversation)
        self.routed(conversation, layer)
        self.add(conversation, e.HandedOver("people work this", 1))

    def by_people(self, conversation: str, layer: Layer = Layer.ASSISTED, *, resolved: bool = True) -> None:
        """Let an agent take it after 20 seconds, answer after 30, and close it after a minute more."""
        self.to_people(conversation, layer)
        self.claimed(conversation, after=20)
        self.answers(conversation, 10)
        self.closed(conversation, 60, resolved=resolved)

    def book(self, weeks: int = 9) -> Book:
        """Return it as a book."""
        book = Book(beginning(NOW, weeks) - LEAD_IN)
        for event in self.events:
            book.take(event)
        return book

    def layers(self, weeks: int = 9, money: Money | None = None) -> Layers:
        """Return its figures."""
        return looked(self.events, NOW, weeks, money)
