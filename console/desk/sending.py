"""The agent's words on their way to the customer: checked, decided upon, logged."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from console.conversation.assist_events import SuggestionDecided
from console.conversation.assistance import Flag, Severity
from console.conversation.commands import DecideApproval, RequestApproval, SendMessage, SendResult
from console.conversation.events import (
    ApprovalDecided,
    ApprovalRequested,
    Event,
    EventData,
    MessageAdded,
    NewEvent,
)
from console.conversation.message import Author
from console.conversation.people import Agent, Role
from console.conversation.state import Conversation
from console.desk.assistant import Assistant, talk_of
from console.desk.casework import keyed, owned, require_same
from console.desk.decisions import decisions_on_send
from console.desk.errors import Forbidden, NotFound, Refused
from console.desk.guard import approval_that_holds, asked_by, obstacles, warnings_passed
from console.desk.live import LiveLog
from console.desk.task_steps import ended_by_writing
from console.text import MAX_CHARACTERS, clean

APPROVERS = frozenset({Role.LEAD, Role.ADMIN})
"""Roles that may let a blocked text go out."""

OWN_REQUEST = (
    "you asked for this yourself; another lead can approve it, or you send the text as a lead from a conversation "
    "that is yours, with a reason, and it is kept as your override"
)
"""What a lead reads who would approve their own text."""


class Sending:
    """Checks, approvals, and the sending itself. ``assistant`` yields the engine of the moment."""

    def __init__(self, live: LiveLog, assistant: Callable[[], Assistant], now: Callable[[], datetime]) -> None:
        self._live = live
        self._assistant = assistant
        self._now = now

    async def check(self, conversation: str, text: str) -> Sequence[Flag]:
        """Return the flags that a draft raises."""
        return await self._flags(await self._live.state(conversation), clean(text))

    async def send(self, agent: Agent, conversation: str, command: SendMessage) -> SendResult:
        """Send a text, unless a flag stands in the way; then the result holds those flags and nothing is logged."""
        if len(command.text.strip()) > MAX_CHARACTERS:
            raise Refused(f"a message has at most {MAX_CHARACTERS:,} characters; send it in parts")
        text = clean(command.text)
        if not text:
            raise Refused("there is nothing to send")
        key = keyed(agent, conversation, MessageAdded, command.key)
        async with self._live.lock(conversation):
            state = await owned(self._live, agent, conversation)
            flags = await self._flags(state, text)
            approval = approval_that_holds(state, agent, command, text, flags, key)
            in_the_way = obstacles(command, flags, agent.role, approval)
            if in_the_way:
                return SendResult(sent=False, flags=in_the_way)
            now = self._now()
            decided = decisions_on_send(state, text, command.suggestion, now)
            passed = warnings_passed(command, text, flags, approval)
            data: list[EventData] = [*passed, *decided, *ended_by_writing(state, agent)]
            used = approval.id if approval and obstacles(command, flags, agent.role, None) else ""
            message = MessageAdded(Author.AGENT, text, agent.name, command.suggestion, approval=used)
            actor = f"agent:{agent.id}"
            batch = [
                NewEvent(conversation, actor, message, now, "console", key),
                *(NewEvent(conversation, actor, item, now) for item in data),
            ]
            done = await self._live.record(batch)
            require_same(done, text)
            after = await self._live.state(conversation)
            number = next((m.id for m in after.messages if m.seq == done.events[0].seq), "")
            await self._live.call(lambda log: log.save_draft(agent.id, conversation, ""))
            decision = next((d.decision for d in _decided(done.events) if d.suggestion == command.suggestion), None)
            return SendResult(sent=True, message=number, decision=decision)

    async def ask_approval(
        self, agent: Agent, conversation: str, command: RequestApproval
    ) -> tuple[str, tuple[Flag, ...]]:
        """Ask a lead to let a blocked text go out; returns the request's id and the flags it is about."""
        text, reason = clean(command.text), clean(command.reason)
        if not text or not reason:
            raise Refused("an approval needs the text and a reason for it")
        async with self._live.lock(conversation):
            state = await owned(self._live, agent, conversation)
            flags = tuple(f for f in await self._flags(state, text) if f.severity is Severity.BLOCK)
            if not flags:
                raise Refused("no policy blocks this text; it can be sent as it is")
            approval = f"a-{secrets.token_hex(4)}"
            request = ApprovalRequested(approval, text, flags, reason)
            await self._live.record([NewEvent(conversation, f"agent:{agent.id}", request, self._now())])
            return approval, flags

    async def decide_approval(self, lead: Agent, conversation: str, approval: str, command: DecideApproval) -> None:
        """Record a lead's answer; the first answer stands. What they asked for themselves they can only take back."""
        if lead.role not in APPROVERS:
            raise Forbidden("only a team lead can decide this")
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            asked = state.approvals.get(approval)
            if asked is None:
                raise NotFound(f"there is no request '{approval}' in this conversation")
            if asked.approved is not None:
                raise Refused("this request has been decided already")
            if command.approved and asked_by(lead, asked, state):
                raise Forbidden(OWN_REQUEST)
            decided = ApprovalDecided(approval, command.approved, clean(command.reason))
            await self._live.record([NewEvent(conversation, f"agent:{lead.id}", decided, self._now())])

    async def _flags(self, state: Conversation, text: str) -> Sequence[Flag]:
        talk = talk_of(state, self._now().date())
        return await asyncio.to_thread(self._assistant().check, talk, text)


def _decided(events: Sequence[Event]) -> list[SuggestionDecided]:
    return [event.data for event in events if isinstance(event.data, SuggestionDecided)]
