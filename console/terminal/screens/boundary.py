"""What the main screen does at the boundary: assistance in what is for people alone, marks on the bot and on chats."""

from console.conversation.boundary_commands import AllowAssistance
from console.conversation.message import Author, Layer, Status
from console.terminal.screens.deeds import Deeds


class BoundaryDeeds(Deeds):
    """The ``action_…`` methods for these."""

    def action_allow_assistance(self) -> None:
        """Let assistance into the conversation on the screen, or take that back."""
        conversation, controller = self.controller.conversation, self.controller
        if conversation is None or (conversation.layer is not Layer.HUMAN_ONLY and not conversation.boundary.allowed):
            self.console.announce("This conversation is not reserved for people.")
        elif conversation.layer is not Layer.HUMAN_ONLY:
            back = AllowAssistance(allowed=False)
            name = conversation.id
            self.do(lambda: controller.desk.allow_assistance(name, back), done="Reserved for people again.")
        elif not controller.leads:
            self.console.announce("Reserved for people: only a lead can let assistance in.", "warning")
        else:
            self.do(lambda: self._allow(conversation.id))

    async def _allow(self, conversation: str) -> None:
        reason = await self.console.dialogs.allowing()
        if reason is not None:
            await self.controller.desk.allow_assistance(conversation, AllowAssistance(reason))
            self.console.announce("Assistance is let in. Ctrl+O takes it back.")

    def action_mark_quality(self) -> None:
        """Mark the closed conversation on the screen by the rubric; for leads and trainers."""
        conversation = self.controller.conversation
        if not self.controller.reviews:
            self.console.announce("Leads and trainers mark chats; Alt+I shows the marks of your own.")
        elif conversation is None or conversation.status is not Status.CLOSED:
            self.console.announce("A chat is marked once it is closed.")
        else:
            self.console.dialogs.chat_marks(conversation.id)

    def action_mark_bot(self, message: str = "") -> None:
        """Say whether an answer of the bot was right: this one, or the newest."""
        conversation = self.controller.conversation
        answers = [m for m in conversation.messages if m.role is Author.BOT] if conversation else []
        if conversation is None or not answers:
            self.console.announce("The bot has said nothing in this conversation.")
            return
        name = conversation.id

        async def mark() -> None:
            answer = await self.console.dialogs.marking(answers, message or answers[-1].id)
            if answer is not None:
                await self.controller.desk.mark_bot_answer(name, answer)
                self.console.announce("Marked. Alt+, changes it or takes it back." if answer.verdict else "Taken back.")

        self.do(mark)
