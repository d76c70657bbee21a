"""A person puts a line of the summary right."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.assist.summary.cards import without_cards
from console.conversation.assist_events import SummaryCorrected
from console.conversation.commands import CorrectSummary
from console.conversation.corrections import removed, said
from console.conversation.events import NewEvent
from console.conversation.message import Status
from console.conversation.people import Agent, Role
from console.conversation.state import Conversation
from console.desk.casework import require_agent
from console.desk.errors import NotFound, Refused
from console.desk.live import LiveLog
from console.text import clean_line

LONGEST: Final = 300
"""Characters of a corrected line; the longest of the second chair's own has fewer."""

_LEADING: Final = frozenset({Role.LEAD, Role.ADMIN})


class Corrections:
    """Records the corrections of whoever has the conversation, or of a lead."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live = live
        self._now = now

    async def correct(self, agent: Agent, conversation: str, command: CorrectSummary) -> None:
        """Change a line, take it out or restore it; saying the same thing twice changes nothing.

        Card numbers are hidden in what is written, as everywhere in a summary. Raises
        :class:`~console.desk.errors.Taken`, :class:`Refused` for a closed conversation and :class:`NotFound`.
        """
        text = without_cards(clean_line(command.text, LONGEST))
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            if state.status is Status.CLOSED:
                raise Refused("this conversation is closed; reopen it first")
            if agent.role not in _LEADING:
                require_agent(state, agent)
            now = _now_of(state, command)
            if now is None:
                raise NotFound("the summary has no such line any more; look at it again")
            if text != now:
                data = SummaryCorrected(command.line, command.sources, command.before, text, agent.name)
                await self._live.record([NewEvent(conversation, f"agent:{agent.id}", data, self._now())])


def _now_of(state: Conversation, command: CorrectSummary) -> str | None:
    """Return what the line says now, empty where it was taken out; ``None`` where there is no such line."""
    for line in state.summary:
        if (line.kind, line.sources, said(line).text) == (command.line, command.sources, command.before):
            return line.text
    gone = ((line.kind, line.sources, line.text) for line in removed(state.corrections))
    return "" if (command.line, command.sources, command.before) in gone else None
