"""The part of the desk in memory that answers the lead's review, by the server's own functions."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from console.conversation import events as e
from console.conversation.review_commands import Asked, Judge, MarkChange
from console.conversation.review_events import ChangeMarked, ChangeUnmarked, FlagJudged, SuggestionJudged
from console.conversation.reviews import Exchanges, Review, ReviewQueue
from console.conversation.weeks import WeeksAhead
from console.review.aftermath.fold import Aftermath
from console.review.escalating.handovers import Handovers
from console.review.impact.report import impact_of
from console.review.impact.trials import Trials
from console.review.impact.verdict import helps_of
from console.review.promises.fold import Promises
from console.review.reviewing.exchanges import Around, Found, behind, judged, told, waiting
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.review import review_of
from console.review.reviewing.window import LEAD_IN, Window, beginning, window_of

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

NOW = datetime.fromisoformat("2026-03-02T11:00:00+00:00")


class FakeReview:
    """These calls of :class:`console.terminal.review_port.ReviewDesk`, over the log of ``past``."""

    async def review(self: "FakeDesk", weeks: int) -> Review:
        """What is there, or how far the look is."""
        self._gate("review", weeks)
        await asyncio.sleep(0)
        if self.looking:
            return Review(weeks=weeks, progress=self.looking)
        found = review_of(ledger_of(self.past, weeks), NOW, weeks, *_folds(self.past, weeks))
        trials = Trials()
        for event in self.past:
            trials.take(event)
        return replace(found, helps=helps_of(impact_of(trials)))

    async def exchanges(self: "FakeDesk", weeks: int, asked: Asked) -> Exchanges:
        """What is behind a figure."""
        self._gate("exchanges", asked)
        return _told(self.past, weeks, lambda _, window: behind(window, asked))

    async def to_judge(self: "FakeDesk", weeks: int, queue: ReviewQueue, *, judged: bool) -> Exchanges:
        """What is to be judged, or was."""
        self._gate("to_judge", queue)
        of = _judged if judged else waiting
        return _told(self.past, weeks, lambda ledger, window: of(ledger, window, queue))

    async def judge_exchange(self: "FakeDesk", body: Judge) -> None:
        """Keep it."""
        self._gate("judge_exchange", body)
        said = body.verdict, body.reason, body.queue, "Marta Quill"
        one = FlagJudged(body.subject, "", *said) if body.is_flag else SuggestionJudged(body.subject, *said)
        self.happened(body.conversation, one)

    async def mark_change(self: "FakeDesk", body: MarkChange) -> None:
        """Keep it."""
        self._gate("mark_change", body)
        self.happened(e.WORKSPACE, ChangeMarked(f"ch-{len(self.past)}", body.on, body.words, "Marta Quill"))

    async def weeks_ahead(self: "FakeDesk") -> WeeksAhead:
        """How many have passed, where any can."""
        self._gate("weeks_ahead", None)
        return self.weeks

    async def let_weeks_pass(self: "FakeDesk", weeks: int) -> WeeksAhead:
        """Count them."""
        self._gate("let_weeks_pass", weeks)
        self.weeks = replace(self.weeks, weeks=self.weeks.weeks + weeks)
        return self.weeks

    async def unmark_change(self: "FakeDesk", change: str) -> None:
        """Take it back."""
        self._gate("unmark_change", change)
        self.happened(e.WORKSPACE, ChangeUnmarked(change))

    def happened(self: "FakeDesk", conversation: str, data: e.EventData) -> None:
        """Add an event to what is looked back on."""
        self.past.append(e.Event(len(self.past) + 1, conversation, "agent:marta", data, NOW))


def ledger_of(past: list[e.Event], weeks: int) -> Ledger:
    ledger = Ledger(beginning(NOW, weeks) - LEAD_IN)
    for event in past:
        ledger.take(event)
    return ledger


def _folds(past: list[e.Event], weeks: int) -> tuple[Aftermath, Promises, Handovers]:
    since = beginning(NOW, weeks) - LEAD_IN
    aftermath, promises, handovers = Aftermath(since), Promises(since), Handovers(since)
    for event in past:
        aftermath.take(event)
        promises.take(event)
        handovers.take(event)
    return aftermath, promises, handovers


def around(past: list[e.Event]) -> Around:
    """Return what gives the next few events of a conversation."""
    return lambda seq, name: [x for x in past[max(0, seq) :] if x.conversation == name][:25]


def _told(past: list[e.Event], weeks: int, find: Callable[[Ledger, Window], Found]) -> Exchanges:
    ledger = ledger_of(past, weeks)
    window = window_of(ledger, beginning(NOW, weeks), NOW, *_folds(past, weeks)[:2])
    return told(ledger, find(ledger, window), lambda seq, _: past[seq - 1], around(past))


_judged = judged
