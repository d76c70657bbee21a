"""What the console does with the queue and with colleagues; the controller holds the state."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from console.conversation import queue_commands as q
from console.conversation.message import Status
from console.terminal.errors import NotFound
from console.terminal.whispers import Whispers

if TYPE_CHECKING:
    from console.terminal.controller import Controller


class Queueing:
    """Deeds of one console."""

    def __init__(self, controller: "Controller") -> None:
        self._controller = controller
        self.whispers = Whispers(controller)

    async def next(self) -> tuple[bool, str]:
        """Take the conversation that is next for the agent: whether there was one, and why this one, or why none."""
        try:
            taken = await self._controller.desk.take_next()
        except NotFound as none:
            return False, str(none)
        await self._controller.claim(taken.conversation.id)  # one's own: it comes whole, with the events since
        return True, ", ".join(taken.reasons)

    async def page(self) -> q.QueuePage:
        """Return the queue and who is there."""
        return await self._controller.desk.queue()

    async def pass_on(self, body: q.Transfer) -> None:
        """Pass the conversation on the screen on."""
        await self._controller.desk.transfer(self._controller.state.current, body)

    async def take_over(self) -> None:
        """Take the conversation on the screen from its agent (leads)."""
        await self.pass_on(q.Transfer(agent=self._controller.state.agent))

    async def park_for(self, minutes: int, now: datetime) -> None:
        """Set the conversation on the screen aside for a time; the desk's clock counts."""
        until = now + self._controller.state.ahead + timedelta(minutes=minutes)
        await self._controller.desk.park(self._controller.state.current, q.Park(until))

    async def say(self, body: q.Say) -> None:
        """Say something beside the conversation on the screen."""
        await self._controller.desk.say_aside(self._controller.state.current, body)

    async def call_lead(self, reason: str) -> None:
        """Call a lead into the conversation on the screen."""
        await self._controller.desk.call_lead(self._controller.state.current, q.CallLead(reason))

    async def watch(self) -> bool:
        """Watch the conversation on the screen, or no longer; return whether it is watched now."""
        on = not self.watching
        await self._controller.desk.watch(self._controller.state.current, on=on)
        return on

    @property
    def watching(self) -> bool:
        """Whether the agent watches the conversation on the screen."""
        conversation = self._controller.conversation
        return conversation is not None and self._controller.state.agent in dict(conversation.team.watchers)

    @property
    def asked(self) -> bool:
        """Whether the agent was asked something in the conversation on the screen, and has not answered."""
        row = self._controller.state.rows.get(self._controller.state.current)
        return row is not None and self._controller.state.agent in row.asked

    @property
    def others(self) -> bool:
        """Whether a colleague has the conversation on the screen."""
        conversation = self._controller.conversation
        held = conversation is not None and conversation.status in {Status.ACTIVE, Status.PARKED}
        return held and conversation is not None and conversation.agent not in {"", self._controller.state.agent}
