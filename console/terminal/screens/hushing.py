"""What the main screen does to have less of the second chair, or all of it again."""

from console.conversation.message import Layer
from console.terminal.screens.deeds import Deeds


class Hushing(Deeds):
    """The ``action_…`` methods for quiet."""

    def action_hide_assistance(self) -> None:
        """Hide assistance for the conversation on the screen, or show it again."""
        conversation = self.controller.conversation
        if conversation is not None and conversation.layer is Layer.HUMAN_ONLY:
            self.console.announce("Human only: there is no assistance here to hide. A lead can let it in (Ctrl+O).")
            return

        async def toggle() -> None:
            hidden = await self.controller.toggle_assistance()
            self.console.announce(
                "Hidden for this conversation; flags stay. Alt+H shows it again."
                if hidden
                else "Shown again, as soon as the newest message is read."
            )

        self._with_conversation(toggle)

    def action_restore_replies(self) -> None:
        """Be shown all replies again, however many were passed over."""
        conversation = self.controller.conversation
        if conversation is None or not conversation.fewer:
            self.console.announce("You are shown all replies there are.")
            return
        self.do(self.controller.desk.restore_replies, done="You are shown all replies again.")
