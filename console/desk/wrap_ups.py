"""Closing a conversation with its wrap-up: what is proposed, what the agent confirms, and what became of the rest."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from console.conversation.commands import Close
from console.conversation.message import Message
from console.conversation.people import Agent
from console.conversation.state import Conversation
from console.conversation.wrap_up import (
    MOST_FIELDS,
    MOST_FOLLOW_UPS,
    FilledField,
    FollowUp,
    FollowUpKind,
    WrapUp,
    WrapUpProposal,
)
from console.conversation.wrap_up_commands import WrapUpForm
from console.conversation.wrap_up_events import WrappedUp
from console.desk.assistant import Assistant, talk_of
from console.desk.casework import Casework, owned
from console.desk.errors import Refused
from console.desk.live import LiveLog
from console.desk.wrap_up_judging import added, judged
from console.text import clean, clean_line

KEPT: Final = 256
"""Proposals that are remembered until their conversation is closed, the newest."""

LONGEST: Final = 300
"""Characters of a field's value, or of a follow-up."""

NOT_YET: Final = "Assistance is getting ready: nothing was read."

LONGEST_NOTE: Final = 2000
LONGEST_NAME: Final = 80


class WrapUps:
    """Proposes and records wrap-ups."""

    def __init__(
        self,
        live: LiveLog,
        casework: Casework,
        assistant: Callable[[], Assistant],
        now: Callable[[], datetime],
        equipped: Callable[[], bool],
    ) -> None:
        """``equipped`` says whether the engine can tell by now what is for people alone."""
        self._live, self._casework, self._assistant = live, casework, assistant
        self._now, self._equipped = now, equipped
        self._proposed: OrderedDict[str, WrapUpProposal] = OrderedDict()

    async def propose(self, agent: Agent, conversation: str) -> WrapUpProposal:
        """Return what is proposed for a conversation that the agent has; nothing is read until the engine is there."""
        state = await owned(self._live, agent, conversation)
        talk, ready = talk_of(state, self._now().date()), self._equipped()
        earlier = state.wrapped[-1] if state.wrapped else None
        talk = replace(talk, hidden=talk.hidden or not ready)
        proposal = await asyncio.to_thread(self._assistant().wrap_up, talk, earlier)
        if not ready:
            proposal = replace(proposal, silent=NOT_YET)
        self._proposed[conversation] = proposal
        self._proposed.move_to_end(conversation)
        while len(self._proposed) > KEPT:
            self._proposed.popitem(last=False)
        return proposal

    async def close(self, agent: Agent, conversation: str, command: Close) -> None:
        """End a conversation, with what the agent leaves behind. Raises :class:`Refused` for what cannot be kept."""
        if command.wrap_up is None:
            await self._casework.close(agent, conversation, command)
            return
        state = await owned(self._live, agent, conversation)
        wrap_up = _checked(command, command.wrap_up, state)
        proposal = self._proposed.get(conversation)
        lines = judged(proposal, wrap_up) if proposal else ()
        own = added(proposal, wrap_up) if proposal else 0
        await self._casework.close(
            agent, conversation, command, (WrappedUp(wrap_up, agent.id, agent.name, lines, own),)
        )
        self._proposed.pop(conversation, None)


def _checked(command: Close, form: WrapUpForm, state: Conversation) -> WrapUp:
    if len(form.fields) > MOST_FIELDS or len(form.follow_ups) > MOST_FOLLOW_UPS:
        raise Refused(f"a wrap-up has at most {MOST_FIELDS} fields and {MOST_FOLLOW_UPS} follow-ups")
    if len({follow_up.id for follow_up in form.follow_ups}) < len(form.follow_ups):
        raise Refused("two follow-ups of a wrap-up have the same id")
    return WrapUp(
        clean(command.note, LONGEST_NOTE),
        clean_line(command.disposition),
        command.resolved,
        tuple(_field(item, state) for item in form.fields),
        tuple(_follow_up(item, state) for item in form.follow_ups),
    )


def _field(item: FilledField, state: Conversation) -> FilledField:
    name, value = clean_line(item.name, LONGEST_NAME), clean_line(item.value, LONGEST)
    if not name:
        raise Refused("a field of a wrap-up has no name")
    return FilledField(name, value, tuple(_message(source, state).id for source in item.sources))


def _follow_up(item: FollowUp, state: Conversation) -> FollowUp:
    text, identity = clean_line(item.text, LONGEST), clean_line(item.id, LONGEST_NAME)
    if not text or not identity:
        raise Refused("a follow-up needs a text and an id")
    if item.kind is not FollowUpKind.OWN:
        _message(item.message, state)
    try:
        due = date.fromisoformat(item.due).isoformat() if item.due else ""
    except ValueError as error:
        raise Refused(f"'{clean_line(item.due, 40)}' is no day: write it as 2026-03-31") from error
    by, when = clean_line(item.by, LONGEST_NAME), clean_line(item.when, LONGEST_NAME)
    return FollowUp(identity, text, item.kind, by, clean_line(item.message), when, due, item.done)


def _message(name: str, state: Conversation) -> Message:
    message = state.message(name)
    if message is None:
        raise Refused(f"this conversation has no message '{clean_line(name, 40)}' that a line could rest on")
    return message
