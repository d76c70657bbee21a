"""A lead's decisions in the review: what they judge, and which changes they mark. Each is an event."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from console.conversation import events as e
from console.conversation.assist_events import FlagsRaised
from console.conversation.people import Agent
from console.conversation.review_commands import Judge, MarkChange, Marked
from console.conversation.review_events import ChangeMarked, ChangeUnmarked, FlagJudged, PromiseJudged, SuggestionJudged
from console.conversation.reviews import Judgement
from console.conversation.wrap_up import FollowUp
from console.conversation.wrap_up_events import WrappedUp
from console.desk.errors import NotFound, Refused
from console.desk.live import LiveLog
from console.text import clean, clean_line

LONGEST: Final = 500
"""Characters of a reason, and of what is said of a change."""

PROMISE: Final = "promise:"
"""What the subject of a promise begins with."""

EARLIEST: Final = timedelta(days=366)
"""How long ago a change may have been that is marked now."""

CHANGES: Final = ("change-marked", "change-unmarked")


class ReviewDecisions:
    """Records them; see :mod:`console.review.reviewing` for what becomes of them."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now

    async def judge(self, lead: Agent, command: Judge) -> None:
        """Judge a suggestion or flag that was made in a conversation; a later judgement replaces an earlier one."""
        reason = clean(command.reason, LONGEST).strip()
        if command.verdict is Judgement.WRONG and not reason:
            raise Refused("write in a few words what is wrong with it")
        state = await self._live.state(command.conversation)
        said = command.subject, command.verdict, reason, command.queue, lead.name
        data: e.EventData
        if command.is_flag:
            policy = await self._policy(command.conversation, command.subject)
            data = FlagJudged(command.subject, policy, *said[1:])
        elif command.subject.startswith(PROMISE):
            promise = command.subject.removeprefix(PROMISE)
            if not any(promise == f.id for f in await self._follow_ups(command.conversation)):
                raise NotFound("there is no such promise in this conversation")
            data = PromiseJudged(promise, *said[1:])
        elif command.subject in state.offered:
            data = SuggestionJudged(*said)
        else:
            raise NotFound("there is no such suggestion in this conversation")
        await self._record(lead, command.conversation, data)

    async def _follow_ups(self, conversation: str) -> list[FollowUp]:
        history = await self._live.history(conversation)
        return [f for x in history if isinstance(x.data, WrappedUp) for f in x.data.wrap_up.follow_ups]

    async def _policy(self, conversation: str, flag: str) -> str:
        """Return the policy of a flag that was raised, dismissed or not; raises :class:`NotFound` for any other."""
        for event in await self._live.history(conversation):
            if isinstance(event.data, FlagsRaised):
                for raised in event.data.flags:
                    if raised.id == flag:
                        return raised.policy
        raise NotFound("there is no such flag in this conversation")

    async def mark(self, lead: Agent, command: MarkChange) -> Marked:
        """Mark that something changed, at a moment that is past."""
        words, now = clean_line(command.words, LONGEST).strip(), self._now()
        if not words:
            raise Refused("say in a few words what changed")
        if command.on.tzinfo is None:
            raise Refused("the moment of a change needs its time zone")
        if not now - EARLIEST <= command.on <= now:
            raise Refused("a change is marked once it has happened, and within a year")
        marked = Marked(f"ch-{uuid.uuid4().hex[:12]}")
        await self._record(lead, e.WORKSPACE, ChangeMarked(marked.change, command.on, words, lead.name))
        return marked

    async def unmark(self, lead: Agent, change: str) -> None:
        """Take a mark back; raises :class:`NotFound` where there is none."""
        async with self._live.lock(e.WORKSPACE):
            known = [event.data for event in await self._live.call(lambda log: log.of_kinds(CHANGES))]
            mine = [data for data in known if isinstance(data, ChangeMarked | ChangeUnmarked) and data.change == change]
            if not mine or isinstance(mine[-1], ChangeUnmarked):
                raise NotFound("there is no such mark any more")
            await self._record(lead, e.WORKSPACE, ChangeUnmarked(change, lead.name))

    async def _record(self, lead: Agent, conversation: str, data: e.EventData) -> None:
        await self._live.record([e.NewEvent(conversation, f"agent:{lead.id}", data, self._now())])
