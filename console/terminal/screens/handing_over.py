"""What the main screen does with the hand-over packet: shows it once by itself, and again when asked."""

from console.conversation.message import Author
from console.conversation.packet import Packet
from console.conversation.state import Conversation
from console.terminal.controller import Controller
from console.terminal.packet_rows import Chosen
from console.terminal.screens.deeds import Deeds
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.transcript import Transcript


class HandingOver(Deeds):
    """The ``action_…`` method for the packet, and its own appearance when a conversation is taken."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._handed: set[tuple[str, str]] = set()
        """The hand-overs whose packet was shown, by conversation and by when it was handed over and taken."""

    def action_packet(self) -> None:
        """Show the packet of the conversation on the screen."""
        conversation = self.controller.conversation
        if conversation is None or conversation.packet is None:
            self.console.announce("There is no hand-over packet here.")
        else:
            self._show(conversation, conversation.packet)

    def hand_over_if_due(self) -> None:
        """Show the packet of a conversation that the agent has just got, before their first word in it."""
        conversation = self.controller.conversation
        if conversation is None or conversation.packet is None or not self._due(conversation):
            return
        self._handed.add(_hand_over(conversation))
        self._show(conversation, conversation.packet)

    def _due(self, conversation: Conversation) -> bool:
        """Return whether nobody has written since the agent got it, and nothing else has their attention."""
        if not self.controller.mine or _hand_over(conversation) in self._handed or self.app.screen is not self:
            return False
        if self.query_one(Composer).area.text.strip() or conversation.handover is None:
            return False
        since = conversation.taken_at or conversation.handover.at
        return not any(m.role is Author.AGENT and (m.at is None or m.at > since) for m in conversation.messages)

    def _show(self, conversation: Conversation, packet: Packet) -> None:
        opening = packet.opening
        if opening and self.controller.mine:
            self.do(lambda: self.controller.report_shown((opening.id,)), group="shown")
        self.console.dialogs.packet(conversation, packet, self._chosen)

    def _chosen(self, chosen: Chosen | None) -> None:
        conversation = self.controller.conversation
        opening = conversation.packet.opening if conversation and conversation.packet else None
        if chosen is None:
            self.to_composer()
        elif chosen.take and opening:
            self.take(opening)
            if chosen.sends:
                self.hold_sending()
            self.console.announce("The first sentence is in your text. Ctrl+S sends it.")
        elif chosen.conversation:
            self.do(lambda: self.controller.open(chosen.conversation), group="open")
        elif chosen.message:
            self.console.show_view("chat")
            self.query_one(Transcript).jump_to(chosen.message)
        else:
            self.to_composer()
            if self.controller.mine and chosen.typed:
                self.query_one(Composer).area.insert(chosen.typed)


def _hand_over(conversation: Conversation) -> tuple[str, str]:
    moments = (conversation.handover.at if conversation.handover else None, conversation.taken_at)
    return conversation.id, " ".join(at.isoformat() for at in moments if at)
