"""Which ranker orders replies: followed in the log, taken up by every server as it is published, and gone back from."""

import math
from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.assist.replies.ranker import LearnedRanker, Ranker
from console.conversation.events import WORKSPACE, Event, EventData, NewEvent
from console.conversation.people import Agent
from console.conversation.ranker_commands import RankerInForce
from console.conversation.ranker_events import RankerPublished, RankerTrained
from console.conversation.ranking import Rankers, version_of
from console.desk.errors import Refused
from console.desk.live import LiveLog

KINDS: Final = ("ranker-trained", "ranker-published")
"""The kinds of events that say which ranker is in force."""

MOST_WEIGHTS: Final = 5_000
"""Features and sources of a ranker; more than any content has."""


class Ranking:
    """The ranker in force. Servers that share a log share it, for it is an event like any other."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now
        self._rankers = Rankers()
        self._ranker: Ranker | None = None
        self._seen = 0
        live.watchers.append(self._watch)

    async def start(self) -> None:
        """Read what is in force; call once, before anything else."""
        for event in await self._live.call(lambda log: log.of_kinds(KINDS)):
            self._watch(event)

    def ranker(self) -> Ranker | None:
        """Return what orders replies now; ``None`` where they stand by the engine's scores. From any thread."""
        return self._ranker

    async def learned(self, agent: Agent, trained: RankerTrained) -> RankerInForce:
        """Log a challenger beside the champion, and put it in force where it is better."""
        return await self._decide(agent, lambda: outcome(self._rankers, trained, agent.name))

    async def back(self, agent: Agent) -> RankerInForce:
        """Go back to the ranker that was in force before."""
        return await self._decide(agent, lambda: going_back(self._rankers, agent.name))

    async def _decide(self, agent: Agent, decide: Callable[[], list[EventData]]) -> RankerInForce:
        async with self._live.lock("ranker"):
            before, now = self._rankers.in_force, self._now()
            await self._live.record([NewEvent(WORKSPACE, f"agent:{agent.id}", item, now) for item in decide()])
            return RankerInForce(self._rankers.in_force, before)

    def _watch(self, event: Event) -> None:
        if event.seq > self._seen and isinstance(event.data, RankerTrained | RankerPublished):
            self._seen = event.seq
            self._rankers.apply(event.data)
            weights = self._rankers.weights
            self._ranker = LearnedRanker(weights) if weights else None


def outcome(rankers: Rankers, trained: RankerTrained, by: str) -> list[EventData]:
    """Return what is logged of a challenger: how it was judged, and where it is better, that it is in force.

    One that was gone back from stays out until it is trained on more. Raises :class:`Refused` for one that was judged
    beside another champion, or that is not what it says it is.
    """
    weights = [*trained.weights.features.values(), *trained.weights.sources.values()]
    figures = (trained.first, trained.champion_first, trained.low, trained.high, *trained.examined)
    if len(weights) > MOST_WEIGHTS or not all(map(math.isfinite, (*weights, *figures))):
        raise Refused(f"the weights and figures of a ranker are finite numbers, and no more than {MOST_WEIGHTS:,}")
    if version_of(trained.weights) != trained.version:
        raise Refused("the ranker's version does not name its weights")
    if trained.champion != rankers.in_force:
        raise Refused(f"the ranker in force is {rankers.in_force} by now; learn again, so that it is judged beside it")
    if not trained.better or trained.version in {rankers.in_force, *rankers.left}:
        return [trained]
    return [trained, RankerPublished(trained.version, rankers.in_force, by=by)]


def going_back(rankers: Rankers, by: str) -> list[EventData]:
    """Return what is logged where somebody goes back; raises :class:`Refused` where there is nothing before."""
    before = rankers.before
    if before is None:
        raise Refused("replies stand in the engine's own order; there is no ranker to go back from")
    return [RankerPublished(before, rankers.in_force, back=True, by=by)]
