"""The desk in memory: what people decide at the boundary."""

from typing import TYPE_CHECKING

from console.conversation.assist_events import AssistanceHidden
from console.conversation.boundary_commands import AllowAssistance, MarkBotAnswer
from console.conversation.boundary_events import AssistanceAllowed, BotAnswerMarked
from console.conversation.commands import SetAssistance

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeBoundary:
    """That part of :class:`console.terminal.port.Desk`."""

    async def allow_assistance(self: "FakeDesk", conversation: str, body: AllowAssistance) -> None:
        """Log that assistance was let in, or taken back."""
        self._gate("allow_assistance", body)
        state = self.state(conversation)
        intent = state.routing.intent if state.routing else ""
        self.append(conversation, AssistanceAllowed(intent, self.agent.name, body.reason, body.allowed), self._me())

    async def mark_bot_answer(self: "FakeDesk", conversation: str, body: MarkBotAnswer) -> None:
        """Log a mark on the bot's answer."""
        self._gate("mark_bot_answer", body)
        marked = BotAnswerMarked(body.message, body.verdict, self.agent.name, body.reason)
        self.append(conversation, marked, self._me())

    async def set_assistance(self: "FakeDesk", conversation: str, body: SetAssistance) -> None:
        """Log that assistance is hidden, or shown again."""
        self._gate("set_assistance", body)
        self.append(conversation, AssistanceHidden(body.hidden), self._me())
