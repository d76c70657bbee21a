"""Every promise with a day that a closing left behind, and when it was kept, in columns: a fold of events."""

from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar, Final

from console.conversation import events as e
from console.conversation.review_events import PromiseJudged
from console.conversation.reviews import Judgement, ReviewQueue
from console.conversation.wrap_up import FollowUp, FollowUpKind
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.review.reviewing.columns import NONE, Columns, Flags, Names
from console.review.reviewing.ledger import microseconds

SUBJECT: Final = "promise:"
"""What the subject of a promise begins with; its follow-up's id comes behind."""

_COLUMNS: Final = (
    "conversation", "due", "at", "done", "generated", "judgement", "queue", "made", "ended", "judged",
)  # fmt: skip
"""``due`` is the end of the day (UTC) until which it was promised, ``at`` when it was left behind, ``done`` when it was
ticked off, in microseconds since 1970; ``made``, ``ended`` and ``judged`` are numbers of events."""

_JUDGEMENTS: Final = tuple(Judgement)
_QUEUES: Final = tuple(ReviewQueue)


class Promises:
    """The promises so far; give it the events of :attr:`KINDS` in the order of their numbers."""

    KINDS: ClassVar[tuple[str, ...]] = ("wrapped-up", "follow-up-ticked", "promise-judged")

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.conversations = Names()
        self.promises = Columns(_COLUMNS)
        self._places: dict[tuple[int, str], int] = {}

    def take(self, event: e.Event) -> None:
        """Take in an event."""
        conversation = self.conversations.number(event.conversation)
        match event.data:
            case WrappedUp(wrap_up=wrap_up):
                for follow_up in wrap_up.follow_ups:
                    self._left(event, conversation, follow_up)
            case FollowUpTicked(follow_up=name, done=done):
                self._ticked(event, conversation, name, done=done)
            case PromiseJudged(promise=name, verdict=verdict, queue=queue):
                place = self._places.get((conversation, name))
                if place is not None:
                    asked = _QUEUES.index(queue) if queue else NONE
                    self.promises.put(place, judged=event.seq, judgement=_JUDGEMENTS.index(verdict), queue=asked)
            case _:
                pass

    def broken(self, since: datetime, until: datetime) -> Flags:
        """Return which promises fell due within some weeks and were not kept by then."""
        due, done = self.promises.of("due"), self.promises.of("done")
        late = (done == NONE) | (done > due)
        broken: Flags = late & (due >= microseconds(since)) & (due <= microseconds(until))
        return broken

    def _left(self, event: e.Event, conversation: int, follow_up: FollowUp) -> None:
        due = _end_of(follow_up.due) if follow_up.kind is FollowUpKind.PROMISE else None
        if due is None:
            return
        place = self._places.get((conversation, follow_up.id))
        if place is None:
            place = self._places[conversation, follow_up.id] = self.promises.add(
                SUBJECT + follow_up.id,
                conversation=conversation,
                due=due,
                at=microseconds(event.at),
                generated=int(event.generated),
                made=event.seq,
            )
        if self.promises.get(place, "due") != due:  # put off, or meant otherwise
            self.promises.put(place, due=due)
        self._ticked(event, conversation, follow_up.id, done=follow_up.done)

    def _ticked(self, event: e.Event, conversation: int, name: str, *, done: bool) -> None:
        place = self._places.get((conversation, name))
        if place is None or (done and self.promises.get(place, "done") != NONE):
            return
        self.promises.put(place, done=microseconds(event.at) if done else NONE, ended=event.seq if done else NONE)


def _end_of(day: str) -> int | None:
    """Return the end of a day (ISO) in microseconds since 1970; ``None`` for what is no day."""
    try:
        after = datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        return None
    return microseconds(after)
