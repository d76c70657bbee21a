"""What the main screen does with tasks for the bot."""

from console.conversation.task_commands import DelegateTask
from console.terminal.screens.deeds import Deeds


class TaskDeeds(Deeds):
    """The ``action_…`` method for these."""

    def action_delegate(self) -> None:
        """Let the bot ask the customer for something; where it does already, take the conversation back."""
        conversation, controller = self.controller.conversation, self.controller

        async def delegate() -> None:
            from console.terminal.screens.delegating import DelegatingDialog

            name = controller.state.current
            offer = await controller.desk.task_offer(name)
            body: DelegateTask | None = await self.app.push_screen_wait(DelegatingDialog(offer.facts))
            if body is not None:
                await controller.desk.delegate_task(name, body)
                self.console.announce("The bot asks. Alt+9 takes it back; so does your own message.")

        async def take_back() -> None:
            await controller.desk.take_task_back(controller.state.current)
            self.console.announce("Taken back: the bot asks no more.")

        running = conversation is not None and conversation.tasks.running is not None
        self._with_conversation(take_back if running else delegate)
