"""How satisfied customers are, asked once at the end of a conversation: a number from 1 to 5 and nothing else."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from console.conversation.events import ConversationClosed, ConversationReopened, Event, NewEvent
from console.conversation.message import Layer, Status
from console.conversation.satisfaction_events import HIGHEST, LOWEST, CsatGiven
from console.desk.errors import DeskError, NotFound
from console.desk.live import LiveLog
from console.desk.log import LogErased, LogMoved

WITHIN: Final = timedelta(days=7)
"""How long after the end a rating is taken: of what was longer ago nobody remembers how it was."""


class NotAsked(DeskError):
    """Nobody is asked for a rating: the conversation goes on, ended too long ago, or is for people alone."""

    code = "not-asked"


class Satisfaction:
    """Takes customers' ratings; the first of a closing counts, whatever is said again."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now

    async def rate(self, conversation: str, closing: int, score: int) -> None:
        """Note the rating of a closing, known by the number of its event; a second one changes nothing.

        Raises :class:`NotAsked`, and :class:`NotFound` where there is no such conversation (any more).
        """
        if not LOWEST <= score <= HIGHEST:
            raise NotAsked(f"a rating is from {LOWEST} to {HIGHEST}")
        async with self._live.lock(conversation):
            while True:
                state = await self._live.state(conversation)
                history = await self._live.history(conversation)
                closed = _standing(history)
                if closed is None or closed.seq != closing or state.status is not Status.CLOSED:
                    raise NotAsked("this conversation has gone on since")
                if _rated(history, closing):
                    return
                if state.layer is Layer.HUMAN_ONLY or state.generated:
                    raise NotAsked("nobody is asked here")
                if self._now() - closed.at > WITHIN:
                    raise NotAsked("this conversation ended too long ago")
                # known by its closing, so that two servers cannot take two
                key = f"{conversation}:csat:{closing}"
                actor = f"customer:{state.customer.id}"
                rating = NewEvent(conversation, actor, CsatGiven(score), self._now(), state.channel, key)
                try:
                    await self._live.record([rating], expect=state.seq)
                except LogMoved:
                    await self._live.catch_up()
                except LogErased as error:
                    raise NotFound(str(error)) from error
                else:
                    return


def _standing(history: Iterable[Event]) -> Event | None:
    """Return the closing that stands; ``None`` where the conversation goes on."""
    found = None
    for event in history:
        if isinstance(event.data, ConversationClosed):
            found = event
        elif isinstance(event.data, ConversationReopened):
            found = None
    return found


def _rated(history: Iterable[Event], closing: int) -> bool:
    return any(isinstance(event.data, CsatGiven) and event.seq > closing for event in history)
