"""What people decide at the boundary: assistance in what is reserved for people, marks on the bot's answers."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.conversation.boundary import BotMark, Verdict
from console.conversation.boundary_commands import AllowAssistance, MarkBotAnswer
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.events import EventData, NewEvent
from console.conversation.message import Author, Layer, Status
from console.conversation.people import Agent, Role
from console.desk.casework import require_agent
from console.desk.errors import Forbidden, NotFound, Refused
from console.desk.live import LiveLog
from console.text import clean_line

LONGEST: Final = 500
"""Characters of a reason."""

_LEADING: Final = frozenset({Role.LEAD, Role.ADMIN})


class BoundaryDecisions:
    """Records them; saying the same thing twice changes nothing."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live = live
        self._now = now

    async def allow(self, agent: Agent, conversation: str, command: AllowAssistance) -> None:
        """Let assistance into a conversation that is reserved for people, or take it back.

        Only a lead lets it in, and says why; taking it back is for them and for whoever has the conversation. Raises
        :class:`Forbidden`, :class:`Refused` without a reason, or where nothing is reserved or was let in.
        """
        reason = clean_line(command.reason, LONGEST)
        leads = agent.role in _LEADING
        if command.allowed and not leads:
            raise Forbidden("this conversation is reserved for people; only a lead may let assistance in")
        if command.allowed and not reason:
            raise Refused("say why assistance may come in; it is kept with the conversation")
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            if state.status is Status.CLOSED:
                raise Refused("this conversation is closed; reopen it first")
            if not leads:
                require_agent(state, agent)
            intent = state.routing.intent if state.routing else ""
            reserved = state.layer is Layer.HUMAN_ONLY
            if reserved is not command.allowed:
                return  # it is so already
            if not reserved and intent not in state.boundary.allowed:  # it has gone on to another matter since
                intent = next(reversed(state.boundary.allowed), "")
                if not intent:
                    raise Refused("nothing of this conversation was reserved for people")
            await self._record(agent, conversation, AssistanceAllowed(intent, agent.name, reason, command.allowed))

    async def mark(self, agent: Agent, conversation: str, command: MarkBotAnswer) -> None:
        """Mark a message of the bot.

        Raises :class:`NotFound` where it is none of the bot's, :class:`Refused` for a wrong one without a reason.
        """
        reason = clean_line(command.reason, LONGEST)
        if command.verdict is Verdict.WRONG and not reason:
            raise Refused("say in a few words what is wrong with it; whoever reviews it was not there")
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            message = state.message(command.message)
            if message is None or message.role is not Author.BOT:
                raise NotFound("there is no such message of the bot in this conversation")
            known = state.boundary.marks.get(message.id)
            mark = BotMark(command.verdict, agent.name, reason)
            if mark != known and (known or mark.verdict):
                await self._record(agent, conversation, BotAnswerMarked(message.id, mark.verdict, mark.by, mark.reason))

    async def _record(self, agent: Agent, conversation: str, data: EventData) -> None:
        await self._live.record([NewEvent(conversation, f"agent:{agent.id}", data, self._now())])
