"""Agents whose taste and whose eyes are known: logs in which what they took can be held against what they wanted."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from bench.ranker_clicks import LOOKS
from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.assistance import Citation, Decision, SourceType, Suggestion, Support

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


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
            a.RepliesSuggested(f"m-{name}", replies, versions={"ranker": "built-in"}),
            a.SuggestionsShown(f"m-{name}", tuple(reply.id for reply in replies)),
            *decided,
        ]
        return [e.Event(first, name, "agent:robin", item, at) for item in data]
