"""One conversation as it is written: its clock, its messages, and what the second chair reads of each."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from console.assist.mood.course import mood_and_signs
from console.assist.mood.warning import warning_of
from console.assist.slots import filled, spelled_date
from console.assist.talk import Talk
from console.content.behaviours import Behaviour
from console.conversation.assist_events import FlagsRaised, MoodRead
from console.conversation.assistance import Citation, KnowledgeHit, Mood, Routing
from console.conversation.events import EventData, MessageAdded, MessageDelivered, NewEvent, RoutingChanged
from console.conversation.generated_events import GENERATED
from console.conversation.message import Author, Layer, Message
from console.conversation.people import Customer
from console.demo.history.cast import Colleague
from console.demo.history.material import Material
from console.demo.history.plants import Plant

_DAY: Final = re.compile(r"\{date:(-?\d+)\}")
_ACTORS: Final = {Author.AGENT: "agent", Author.BOT: "bot", Author.SYSTEM: "bot"}


@dataclass(slots=True)
class Thread:
    """A conversation under way; ``events`` is what has happened in it."""

    id: str
    customer: Customer
    at: datetime
    rng: random.Random
    material: Material
    behaviour: Behaviour
    events: list[NewEvent] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    moods: dict[str, Mood] = field(default_factory=dict)
    routing: Routing | None = None
    agent: Colleague | None = None
    flags: set[str] = field(default_factory=set)
    """Ids of the flags that stand."""
    found: KnowledgeHit | None = None
    """The article that answers what the customer has just asked, where one does that is not one of the matter's."""
    planted: set[Plant] = field(default_factory=set)
    _values: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """What slots are filled with, by who has the conversation."""

    @property
    def dark(self) -> bool:
        """Whether it is for people alone."""
        return self.routing is not None and self.routing.layer is Layer.HUMAN_ONLY

    @property
    def turn(self) -> str:
        """The customer's newest message."""
        return next((m.id for m in reversed(self.messages) if m.role is Author.CUSTOMER), "")

    @property
    def answered(self) -> bool:
        """Whether the agent has answered the customer's newest message."""
        spoken = (m.role for m in reversed(self.messages) if m.role in {Author.CUSTOMER, Author.AGENT})
        return next(spoken, Author.CUSTOMER) is Author.AGENT

    @property
    def mood(self) -> float:
        """The newest mood; 0 before any."""
        return next(reversed(self.moods.values())).score if self.moods else 0.0

    @property
    def values(self) -> Mapping[str, str]:
        """What slots are filled with."""
        name = self.agent.name if self.agent else ""
        if name not in self._values:
            self._values[name] = _values_of(self.customer, name, self.at)
        return self._values[name]

    def fill(self, text: str) -> str:
        """Return a text with its slots filled, days that are told by their distance from now among them."""
        text = _DAY.sub(lambda day: spelled_date((self.at + timedelta(days=int(day[1]))).date().isoformat()), text)
        return filled(text, self.values) or text

    def wait(self, least: float, most: float) -> None:
        """Let so many seconds pass."""
        self.at += timedelta(seconds=round(self.rng.uniform(least, most), 3))

    def add(self, data: EventData, actor: str = "desk") -> None:
        """Note that something happened now."""
        self.events.append(NewEvent(self.id, actor, data, self.at, GENERATED))

    def by_agent(self, data: EventData) -> None:
        """Note that the agent did something now."""
        self.add(data, f"agent:{self.agent.id}" if self.agent else "desk")

    def says(self, text: str) -> str:
        """Let the customer write, and the second chair read it; return the message's id."""
        turn = self._message(Author.CUSTOMER, text)
        self.add(MessageAdded(Author.CUSTOMER, text), f"customer:{self.customer.id}")
        self._read(turn, text)
        return turn

    def answers(self, role: Author, text: str, *, sources: tuple[Citation, ...] = ()) -> str:
        """Let the bot or a system write; return the message's id."""
        name = self._message(role, text)
        self.add(MessageAdded(role, text, sources=sources), _ACTORS[role])
        if role is Author.BOT:
            self._delivered(name)
        return name

    def sends(self, text: str, *, suggestion: str = "", approval: str = "") -> str:
        """Let the agent write; return the message's id. The channel takes it with :meth:`delivered`."""
        name = self._message(Author.AGENT, text)
        author = self.agent.name if self.agent else ""
        self.by_agent(MessageAdded(Author.AGENT, text, author, suggestion, approval=approval))
        return name

    def delivered(self) -> None:
        """Let the channel take the newest message."""
        self._delivered(self.messages[-1].id)

    def route(self, routing: Routing) -> None:
        """Put it into a layer and tier, where that is news."""
        if routing != self.routing:
            self.routing = routing
            self.add(RoutingChanged(routing, self.material.library.versions.get("behaviours", "")), "assist")

    def talk(self) -> Talk:
        """Return the conversation as the engine sees it."""
        read = {turn: mood.score for turn, mood in self.moods.items()}
        return Talk(self.id, self.customer, tuple(self.messages), routing=self.routing, moods=read)

    def ms(self, usual: float) -> float:
        """Return how long the second chair took for something, in milliseconds."""
        return round(usual * self.rng.lognormvariate(0, 0.35), 1)

    def _message(self, role: Author, text: str) -> str:
        name = f"m{len(self.messages) + 1}"
        self.messages.append(Message(name, role, text, self.at))
        return name

    def _delivered(self, message: str) -> None:
        self.add(MessageDelivered(message, f"{self.id}-{message}"))

    def _read(self, turn: str, text: str) -> None:
        read = mood_and_signs(self.talk(), self.material.moods)
        if read is None or self.dark:
            return
        mood, signs = read
        self.moods[turn] = mood
        warning = warning_of(signs, turn, text, self.flags, frozenset())
        if warning is not None:
            self.flags.add(warning.id)
            self.add(FlagsRaised(turn, (warning,), self.ms(4)), "assist")
        self.add(MoodRead(turn, mood, self.ms(3)), "assist")


def _values_of(customer: Customer, agent: str, now: datetime) -> Mapping[str, str]:
    order = customer.orders[0]
    return {
        "customer.first_name": customer.first_name,
        "customer.name": customer.name,
        "customer.email": customer.email,
        "customer.since": spelled_date(customer.since),
        "customer.contract": customer.contract,
        "agent.name": agent.partition(" ")[0],
        "today": spelled_date(now.date().isoformat()),
        "order.number": order.number,
        "order.item": order.item,
        "order.total": order.total,
        "order.placed": spelled_date(order.placed),
        "order.due": spelled_date(order.due),
        "order.status": order.status,
        "order.carrier": order.carrier,
        "order.tracking": order.tracking,
    }
