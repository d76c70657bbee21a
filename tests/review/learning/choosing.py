"""Agents whose taste and whose eyes are known: logs in which what they took can be held against what they wanted."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Citation, Decision, SourceType, Suggestion, Support
from console.review.learning.table import Numbers, Table

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LOOKS = (1.0, 0.55, 0.3)
"""How often these agents look at each place."""


@dataclass
class Agents:
    """They want a reply that is near to what the customer wrote, whatever the engine scores it; ``near`` says how much.

    Each turn is a conversation of its own, and three replies stand in the order of what ``orders`` says.
    """

    near: float = 8.0
    looks: tuple[float, ...] = LOOKS
    seed: int = 0
    orders: dict[str, float] = field(default_factory=lambda: {"score": 1.0})

    def history(self, turns: int, *, first: int = 1) -> list[e.Event]:
        """Return the log of so many turns; ``first`` is the number of its first event."""
        random = np.random.default_rng(self.seed)
        events: list[e.Event] = []
        for turn in range(turns):
            replies = [self._reply(turn, place, random) for place in range(3)]
            replies.sort(key=lambda reply: -sum(w * getattr(reply, name) for name, w in self.orders.items()))
            at = BEGAN + timedelta(minutes=first + turn)
            events += self._turn(f"c{first + turn}", tuple(replies), at, first + 3 * turn, random)
        return [e.Event(n, one.conversation, one.actor, one.data, one.at) for n, one in enumerate(events, first)]

    def _reply(self, turn: int, place: int, random: np.random.Generator) -> Suggestion:
        macro = f"m{random.integers(8)}"
        cited = Citation(SourceType.MACRO, macro, "…", macro)
        score, near = (round(float(random.uniform(0.2, 0.9)), 3) for _ in range(2))
        return Suggestion(
            f"s{turn}-{place}", f"reply {place} of {turn}", "macro", score, Support.FULL, (cited,), near=near
        )

    def _turn(
        self, name: str, replies: tuple[Suggestion, ...], at: datetime, first: int, random: np.random.Generator
    ) -> list[e.Event]:
        good = 1 / (1 + np.exp(-self.near * (np.array([reply.near for reply in replies]) - 0.6)))
        seen = random.random(3) < np.array(self.looks)
        taken = next((place for place in range(3) if seen[place] and random.random() < good[place]), None)
        decided = [
            a.SuggestionDecided(
                reply.id,
                Decision.ACCEPTED if place == taken else Decision.OVERRIDDEN if taken is None else Decision.IGNORED,
                seconds=12.0,
            )
            for place, reply in enumerate(replies)
        ]
        data: list[e.EventData] = [
            a.RepliesSuggested("m1", replies, versions={"ranker": "built-in"}),
            a.SuggestionsShown("m1", tuple(reply.id for reply in replies)),
            *decided,
        ]
        return [e.Event(first, name, "agent:robin", item, at) for item in data]


@dataclass
class Clicks:
    """The position-based model itself: what is looked at and good is clicked, and several of a turn may be."""

    table: Table
    good: Numbers
    """The chance that each reply is good, shape (turns, 3)."""

    @property
    def best(self) -> Numbers:
        """The place of each turn's best reply."""
        return self.good.argmax(axis=1).astype(np.float64)


def clicks(seed: int, turns: int, looks: tuple[float, ...] = LOOKS) -> Clicks:
    """Return clicks on lists that stand by their first feature, which says next to nothing of how good a reply is."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(turns, 3, 4))
    order = np.argsort(-features[:, :, 0], axis=1)
    features = np.take_along_axis(features, order[:, :, None], axis=1)
    good = 1 / (1 + np.exp(-(features @ np.array([0.2, 1.2, -1.0, 0.6]) - 0.5)))
    clicked = (random.random((turns, 3)) < np.array(looks)) & (random.random((turns, 3)) < good)
    table = Table(
        features.reshape(-1, 4),
        np.repeat(np.arange(turns), 3),
        np.tile(np.arange(3), turns),
        clicked.reshape(-1).astype(np.float64),
    )
    return Clicks(table, good)
