"""What the agent makes of the second chair: shown, dismissed, rated, hidden, flags put aside."""

from collections.abc import Callable
from datetime import datetime

from console.conversation.assist_events import (
    AssistanceHidden,
    FlagDismissed,
    RepliesRestored,
    SuggestionRated,
    SuggestionsShown,
)
from console.conversation.commands import Dismiss, DismissFlag, Rate, SetAssistance, Shown
from console.conversation.events import WORKSPACE, EventData, NewEvent
from console.conversation.people import Agent
from console.desk.casework import require_agent
from console.desk.decisions import decision_on_dismissal, decisions_on_replacement
from console.desk.errors import NotFound, Refused
from console.desk.live import LiveLog
from console.text import clean


class Feedback:
    """Records the judgement of the agent who has the conversation; saying the same thing twice changes nothing."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live = live
        self._now = now

    async def shown(self, agent: Agent, conversation: str, command: Shown) -> None:
        """Note that suggestions stand on the agent's screen."""
        async with self._live.lock(conversation):
            state = require_agent(await self._live.state(conversation), agent)
            new = tuple(s for s in command.suggestions if s in state.offered and s not in state.shown_at)
            if new:
                await self._record(agent, conversation, SuggestionsShown(command.turn, new))

    async def dismiss(self, agent: Agent, conversation: str, command: Dismiss) -> None:
        """Put a suggestion away."""
        async with self._live.lock(conversation):
            state = require_agent(await self._live.state(conversation), agent)
            suggestion = state.offered.get(command.suggestion)
            if suggestion is None:
                raise NotFound("there is no such suggestion in this conversation")
            if suggestion.id not in state.decisions:
                decided = decision_on_dismissal(state, suggestion, clean(command.reason), self._now())
                await self._record(agent, conversation, decided)

    async def rate(self, agent: Agent, conversation: str, command: Rate) -> None:
        """Mark a suggestion; a later mark replaces an earlier one."""
        if command.thumb not in (-1, 0, 1) or not 0 <= command.stars <= 5:  # noqa: PLR2004 - five stars
            raise Refused("a mark is a thumb (-1, 0, 1) or 1 to 5 stars")
        state = require_agent(await self._live.state(conversation), agent)
        if command.suggestion not in state.offered:
            raise NotFound("there is no such suggestion in this conversation")
        rated = SuggestionRated(command.suggestion, command.thumb, command.stars, clean(command.reason))
        await self._record(agent, conversation, rated)

    async def set_assistance(self, agent: Agent, conversation: str, command: SetAssistance) -> None:
        """Hide assistance for this conversation, or show it again; what stood on the screen then counts as ignored."""
        async with self._live.lock(conversation):
            state = require_agent(await self._live.state(conversation), agent)
            if state.unassisted:
                raise Refused("this session is practised without assistance, to its end")
            if state.hidden != command.hidden:
                left = decisions_on_replacement(state, self._now()) if command.hidden else []
                await self._record(agent, conversation, *left, AssistanceHidden(command.hidden))

    async def restore(self, agent: Agent) -> None:
        """Show this agent all replies again, however many they passed over before."""
        await self._record(agent, WORKSPACE, RepliesRestored(agent.id))

    async def dismiss_flag(self, agent: Agent, conversation: str, command: DismissFlag) -> None:
        """Put a flag aside; it stays aside in this conversation."""
        async with self._live.lock(conversation):
            state = require_agent(await self._live.state(conversation), agent)
            flag = state.flags.get(command.flag)
            if flag is None:
                if command.flag in state.dismissed:
                    return
                raise NotFound("there is no such flag in this conversation")
            await self._record(agent, conversation, FlagDismissed(flag.id, flag.policy, clean(command.reason)))

    async def _record(self, agent: Agent, conversation: str, *data: EventData) -> None:
        now = self._now()
        await self._live.record([NewEvent(conversation, f"agent:{agent.id}", item, now) for item in data])
