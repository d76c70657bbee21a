"""What the log says of conversations as far as their quality is marked: who is closed, and what marked them when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from console.conversation import events as e
from console.conversation.quality import Marker
from console.conversation.quality_events import QualityMarked, QualityScored, RescoringAsked
from console.desk.live import LiveLog
from console.desk.log import EventLog

PAGE: Final = 1_000

KINDS: Final = (
    "conversation-claimed",
    "conversation-closed",
    "conversation-reopened",
    "quality-scored",
    "quality-marked",
    "rescoring-asked",
)


@dataclass(slots=True)
class Standing:
    """What is known of a conversation: the newest events of it by number, 0 for none."""

    claimed: bool = False
    closed: int = 0
    closed_at: datetime | None = None
    scored: int = 0
    """By the engine."""
    rubric: str = ""
    second: int = 0
    """A language model's opinion."""
    sampled: bool = False
    """Whether a person marked it in the queue that chance drew."""
    asked: int = 0
    generated: bool = False

    def due(self, rubric: str) -> bool:
        """Return whether it is to be marked by this rubric."""
        if not (self.closed and self.claimed):
            return False
        return self.scored < self.closed or (self.asked > self.scored and self.rubric != rubric)

    def due_second(self, rubric: str) -> bool:
        """Return whether a second opinion on it is of use: the engine has marked it by this rubric, no model yet."""
        if not (self.closed and self.claimed) or self.generated:
            return False
        return self.scored > max(self.closed, self.second) and self.rubric == rubric


class Standings:
    """The conversations closed since a moment, read on where it was left."""

    def __init__(self, live: LiveLog) -> None:
        self._live, self._read = live, 0
        self.known: dict[str, Standing] = {}

    async def read_on(self, since: datetime) -> set[str]:
        """Take in what happened; returns the conversations that were closed, or asked about, with it."""
        touched = set[str]()
        while True:
            page = await self._live.call(partial(_page, after=self._read, since=since))
            for event in page:
                self._read = event.seq
                touched.update(self._take(event))
            if len(page) < PAGE:
                return touched

    def _take(self, event: e.Event) -> Iterator[str]:
        if isinstance(event.data, RescoringAsked):
            for name, standing in self.known.items():
                if standing.closed_at is not None and standing.closed_at >= event.data.since:
                    standing.asked = event.seq
                    yield name
            return
        standing = self.known.setdefault(event.conversation, Standing())
        match event.data:
            case e.ConversationClaimed():
                standing.claimed = True
            case e.ConversationClosed():
                standing.closed, standing.closed_at, standing.generated = event.seq, event.at, event.generated
                yield event.conversation
            case e.ConversationReopened():
                standing.closed = 0
            case QualityScored(by=Marker.MODEL):
                standing.second = event.seq
            case QualityScored(rubric=rubric):
                standing.scored, standing.rubric = event.seq, rubric
            case QualityMarked(sampled=True):
                standing.sampled = True
            case _:
                pass


def _page(log: EventLog, *, after: int, since: datetime) -> list[e.Event]:
    return log.of_kinds(KINDS, after=after, since=since, limit=PAGE)
