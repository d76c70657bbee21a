"""What the main screen does to show more of what the second chair says."""

from console.terminal.screens.deeds import Deeds


class Looking(Deeds):
    """More of the ``action_…`` methods of :mod:`console.terminal.actions`."""

    def action_cases(self) -> None:
        """Show the past conversations that the next step was counted in."""
        conversation = self.controller.conversation
        step = conversation.next_step if conversation else None
        if step is None:
            self.console.announce("No next step is known from similar cases right now.")
        else:
            self.console.dialogs.sources(step.sources)
