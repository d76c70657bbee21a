"""Every closed conversation of a stretch of the log with its marks, in columns: a fold of events.

It holds numbers and ids, no text: evidence is read from the log when somebody looks.
"""

import math
from datetime import datetime
from typing import ClassVar, Final

from console.conversation import events as e
from console.conversation.quality import Marker
from console.conversation.quality_events import QualityMarked, QualityScored
from console.conversation.quality_review import MARKS
from console.review.reviewing.columns import NONE, Columns, Names
from console.review.reviewing.ledger import microseconds

KINDS: Final = (
    "routing-changed",
    "conversation-claimed",
    "conversation-closed",
    "conversation-reopened",
    "quality-scored",
    "quality-marked",
)
"""The kinds of events that it reads."""

MOST_WEIGHT: Final = 100.0

_TALK: Final = ("conversation", "intent", "team", "agent", "closed", "generated", "rubric", "scored", "second")
"""``closed`` is in microseconds since 1970, ``scored`` the number of the event of the engine's newest score, ``second``
that of a language model's since then."""
_MARK: Final = ("talk", "criterion", "engine", "weight", "person", "sampled", "said", "model")
"""``engine``, ``person`` and ``model`` are places in :data:`MARKS`; ``weight`` is in thousandths; ``said`` is the
number of the event of the person's mark."""


class QualityMarks:
    """The conversations and their marks so far."""

    KINDS: ClassVar[tuple[str, ...]] = KINDS

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.conversations, self.agents = Names(), Names()
        self.intents, self.teams = Names(""), Names("")
        self.criteria, self.rubrics = Names(), Names()
        self.talks, self.marks = Columns(_TALK), Columns(_MARK)
        self._rows: dict[int, int] = {}
        self._places: dict[tuple[int, int], int] = {}

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        match event.data:
            case e.RoutingChanged(routing=routing):
                team = routing.skills[0] if routing.skills else ""
                intent = self.intents.number(routing.intent)
                self.talks.put(self._talk(event), intent=intent, team=self.teams.number(team))
            case e.ConversationClaimed(agent=agent):
                self.talks.put(self._talk(event), agent=self.agents.number(agent))
            case e.ConversationClosed():
                self.talks.put(self._talk(event), closed=microseconds(event.at))
            case e.ConversationReopened():
                self.talks.put(self._talk(event), closed=NONE)
            case QualityScored(by=Marker.MODEL) as scored:
                self._seconded(event, scored)
            case QualityScored() as scored:
                self._scored(event, scored)
            case QualityMarked(criterion=criterion, mark=mark, sampled=sampled):
                person = MARKS.index(mark) if mark is not None else NONE
                place = self._mark(self._talk(event), criterion)
                self.marks.put(place, person=person, sampled=int(sampled), said=event.seq)
            case _:
                pass

    def place(self, talk: int, criterion: int) -> int | None:
        """Return the row of a mark."""
        return self._places.get((talk, criterion))

    def _scored(self, event: e.Event, scored: QualityScored) -> None:
        talk = self._talk(event)
        for criterion in range(len(self.criteria)):  # what the newest rubric does not ask for is no mark any more
            place = self._places.get((talk, criterion))
            if place is not None:
                self.marks.put(place, engine=NONE, model=NONE)
        for mark in scored.marks:
            place = self._mark(talk, mark.criterion)
            self.marks.put(place, engine=MARKS.index(mark.mark), weight=_thousandths(mark.weight))
        self.talks.put(talk, rubric=self.rubrics.number(scored.rubric), scored=event.seq, second=NONE)

    def _seconded(self, event: e.Event, scored: QualityScored) -> None:
        """Take in a language model's opinion; of what the engine has not marked it has none."""
        talk = self._talk(event)
        said = {self.criteria.number(mark.criterion): MARKS.index(mark.mark) for mark in scored.marks}
        for criterion in range(len(self.criteria)):
            place = self._places.get((talk, criterion))
            if place is not None:
                self.marks.put(place, model=said.get(criterion, NONE))
        self.talks.put(talk, second=event.seq)

    def _talk(self, event: e.Event) -> int:
        """Return the row of an event's conversation, a new one where it is not known."""
        number = self.conversations.number(event.conversation)
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = self.talks.add(
                "", conversation=number, intent=0, team=0, generated=int(event.generated)
            )
        return row

    def _mark(self, talk: int, criterion: str) -> int:
        number = self.criteria.number(criterion)
        place = self._places.get((talk, number))
        if place is None:
            place = self._places[talk, number] = self.marks.add("", talk=talk, criterion=number, weight=1000)
        return place


def _thousandths(weight: float) -> int:
    """Return a weight in thousandths; of one that no rubric can have, the nearest that one can, or 1 of none at all."""
    return round(min(MOST_WEIGHT, max(0.0, weight)) * 1000) if math.isfinite(weight) else 1000
