"""Nine weeks of conversations for the tests of the figures by layer: made up, and always the same."""

import random
from datetime import datetime, timedelta

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Mood, Routing
from console.conversation.bot_events import BotDecided, Decided
from console.conversation.message import Author, Layer
from console.conversation.people import Customer, Presence
from console.conversation.presence_events import PresenceChanged
from console.conversation.satisfaction_events import CsatGiven
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.review_scenes import reviewing_desk

MATTERS = (
    ("order-status", Layer.AUTONOMOUS, "answered by the bot"),
    ("late-delivery", Layer.ASSISTED, "replacement sent"),
    ("return-refund", Layer.ASSISTED, "refunded"),
    ("staff-complaint", Layer.HUMAN_ONLY, "complaint upheld"),
    ("invoice-copy", Layer.AUTONOMOUS, "answered by the bot"),
)
AGENTS = (("a", "Ada Scree"), ("b", "Bram Cairn"), ("c", "Cora Linn"))


class _Past:
    """Events with their times, put in order at the end."""

    def __init__(self) -> None:
        self.found: list[tuple[datetime, str, str, e.EventData]] = []

    def add(self, at: datetime, conversation: str, data: e.EventData, actor: str = "desk") -> None:
        self.found.append((at, conversation, actor, data))

    def events(self, seq: int) -> list[e.Event]:
        ordered = sorted(self.found, key=lambda one: one[0])
        return [e.Event(seq + n, name, actor, data, at) for n, (at, name, actor, data) in enumerate(ordered, 1)]


def layers_desk() -> FakeDesk:
    """A desk at which a lead finds these weeks, beside those of the suggestions."""
    desk = reviewing_desk()
    past, rng = _Past(), random.Random(11)
    for number in range(9 * 40):
        at = START - timedelta(weeks=9) + timedelta(hours=4.1 * number)
        _conversation(past, f"t-{number:03}" if number != 355 else "c-dana", at, rng)
    for day in range(9 * 7):
        for agent, name in AGENTS:
            came = (START - timedelta(days=day)).replace(hour=8)
            for at, presence in ((came, Presence.ONLINE), (came + timedelta(hours=8), Presence.OFFLINE)):
                past.add(at, e.WORKSPACE, PresenceChanged(agent, name, presence))
    desk.past += past.events(len(desk.past))
    return desk


def _conversation(past: _Past, name: str, at: datetime, rng: random.Random) -> None:
    matter = rng.choices(MATTERS, (4, 5, 3, 1, 1))[0]
    intent, layer, disposition = MATTERS[1] if name == "c-dana" else matter
    customer = f"customer:u-{name}"
    past.add(at, name, e.ConversationOpened("webchat", Customer(f"u-{name}")), customer)
    said = f"where is it, about {intent.replace('-', ' ')}"
    past.add(at, name, e.MessageAdded(Author.CUSTOMER, said), customer)
    past.add(at + timedelta(seconds=1), name, e.RoutingChanged(Routing(intent, layer, 1 + (rng.random() < 0.2))))
    if layer is Layer.AUTONOMOUS:
        past.add(at + timedelta(seconds=2), name, e.MessageAdded(Author.BOT, "It is on its way."), "bot")
        past.add(at + timedelta(seconds=3), name, BotDecided("m1", Decided.ANSWER, "found"), "bot")
        if rng.random() < 0.7:
            at += timedelta(seconds=rng.uniform(200, 900))
            _closed(past, name, at, disposition, rng, 0.95)
            return
    at += timedelta(seconds=rng.uniform(5, 60))
    past.add(at, name, a.MoodRead("m1", Mood(rng.uniform(-1, 0.6), "cross", "steady", 0.2)))
    past.add(at, name, e.HandedOver("it is for people", 1))
    agent, called = AGENTS[rng.randrange(3)]
    at += timedelta(seconds=rng.lognormvariate(3.4, 0.9))
    past.add(at, name, e.ConversationClaimed(agent, called), f"agent:{agent}")
    for _ in range(rng.randrange(1, 4)):
        at += timedelta(seconds=rng.lognormvariate(3.2, 0.8))
        past.add(at, name, e.MessageAdded(Author.AGENT, "I have looked.", called), f"agent:{agent}")
        past.add(at + timedelta(seconds=20), name, e.MessageAdded(Author.CUSTOMER, "and now?"), customer)
    disposition = disposition if layer is not Layer.AUTONOMOUS else "explained"
    _closed(past, name, at + timedelta(seconds=rng.uniform(60, 400)), disposition, rng, 0.85)


def _closed(past: _Past, name: str, at: datetime, disposition: str, rng: random.Random, chance: float) -> None:
    resolved = rng.random() < chance or name == "c-dana"
    past.add(at, name, e.ConversationClosed(disposition if resolved else "customer left", resolved))
    if rng.random() < 0.4:
        score = min(5, max(1, round(rng.gauss(4.1 if resolved else 2.2, 0.9))))
        past.add(at + timedelta(seconds=9), name, CsatGiven(score), f"customer:u-{name}")
