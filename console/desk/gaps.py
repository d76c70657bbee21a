"""Decisions on knowledge gaps: a lead puts one aside, or takes that back. Each is an event of the workspace."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from console.conversation import events as e
from console.conversation.gap_events import GapBroughtBack, GapPutAside
from console.conversation.people import Agent
from console.conversation.upkeep_commands import BringGapBack, PutGapAside
from console.desk.errors import NotFound
from console.desk.library import Librarian
from console.desk.live import LiveLog
from console.desk.looking import Asked
from console.text import clean_line

LONGEST = 1000
"""Characters of a question."""


class GapDecisions:
    """What is put aside stays away until a customer asks it again; see :mod:`console.review.aside`."""

    def __init__(
        self, live: LiveLog, librarian: Callable[[], Librarian], now: Callable[[], datetime], asked: Callable[[], Asked]
    ) -> None:
        """``asked`` returns how to read what was asked."""
        self._live, self._librarian, self._now, self._asked = live, librarian, now, asked

    async def put_aside(self, agent: Agent, command: PutGapAside) -> None:
        """Put the gap aside that this question stands for. Raises :class:`NotFound` where nobody has asked it."""
        question, now = clean_line(command.question, LONGEST), self._now()
        asked = await self._asked()(now)
        if not await asyncio.to_thread(self._librarian().was_asked, asked, question):
            raise NotFound("nobody has asked this question in vain; look again")
        last = min(command.last, now)  # nobody has seen what is to come
        await self._record(agent, GapPutAside(question, last, agent.name))

    async def bring_back(self, agent: Agent, command: BringGapBack) -> None:
        """Take it back that a gap was put aside; one that is not aside stays as it is."""
        question = clean_line(command.question, LONGEST)
        history = await self._live.history(e.WORKSPACE)
        decided = [d for d in (event.data for event in history) if isinstance(d, GapPutAside | GapBroughtBack)]
        newest = next((d for d in reversed(decided) if d.question == question), None)
        if isinstance(newest, GapPutAside):
            await self._record(agent, GapBroughtBack(question, agent.name))

    async def _record(self, agent: Agent, data: e.EventData) -> None:
        await self._live.record([e.NewEvent(e.WORKSPACE, f"agent:{agent.id}", data, self._now())])
