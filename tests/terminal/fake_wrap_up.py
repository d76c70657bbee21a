"""The desk in memory: wrap-ups, and what is still to do."""

from typing import TYPE_CHECKING

from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.wrap_up import OpenFollowUp, WrapUp, WrapUpProposal, by_due
from console.conversation.wrap_up_commands import FollowUps, TickFollowUp
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeWrapUps:
    """That part of :class:`console.terminal.port.Desk`; ``proposes`` is what is proposed at every closing."""

    proposes: WrapUpProposal = WrapUpProposal()

    async def wrap_up(self: "FakeDesk", conversation: str) -> WrapUpProposal:
        """Propose what the test laid out."""
        self._gate("wrap_up", conversation)
        return self.proposes

    async def close_conversation(self: "FakeDesk", conversation: str, body: c.Close) -> None:
        """End it."""
        self._gate("close_conversation", body)
        if body.wrap_up is not None:
            form = body.wrap_up
            wrap_up = WrapUp(body.note, body.disposition, body.resolved, form.fields, form.follow_ups)
            self.append(conversation, WrappedUp(wrap_up, self.agent.id, self.agent.name), self._me())
        self.append(conversation, e.ConversationClosed(body.disposition, body.resolved, body.note), self._me())

    async def follow_ups(self: "FakeDesk") -> FollowUps:
        """Return everybody's."""
        self._gate("follow_ups", None)
        found: list[OpenFollowUp] = []
        for name in dict.fromkeys(event.conversation for event in self.log if event.conversation):
            state = self.state(name)
            for wrapped in state.wrapped[-1:]:
                to_do = wrapped.wrap_up.to_do
                found += [OpenFollowUp(name, state.customer.shown, f, wrapped.owner(f), wrapped.at) for f in to_do]
        return FollowUps(by_due(found))

    async def tick_follow_up(self: "FakeDesk", conversation: str, body: TickFollowUp) -> None:
        """Tick it."""
        self._gate("tick_follow_up", body)
        self.append(conversation, FollowUpTicked(body.follow_up, body.done, self.agent.name), self._me())
