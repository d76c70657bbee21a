"""What the main screen does with wrap-ups: closes with one, and shows what is still to do."""

from console.conversation.commands import Close
from console.conversation.wrap_up import OpenFollowUp
from console.terminal.controller import Controller
from console.terminal.errors import DeskError
from console.terminal.painting import unfinished
from console.terminal.screens.practising import PractisingDeeds


class WrappingUp(PractisingDeeds):
    """The ``action_…`` methods for closing and for what is to do after it."""

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._to_do_as_of = self._to_practise_as_of = -1
        """How many events on follow-ups were known when they were last asked for; -1 before the first time."""

    def action_close_chat(self) -> None:
        """End the conversation, after asking how it went and what is left to do."""

        async def close() -> None:
            from console.terminal.screens.closing import ClosingDialog

            name = self.controller.state.current
            dialog = ClosingDialog(
                unfinished(self.controller), lambda: self.controller.desk.wrap_up(name), self.console.dialogs.message
            )
            body: Close | None = await self.app.push_screen_wait(dialog)
            if body is not None:
                self._closed_last = name
                await self.controller.desk.close_conversation(name, body)
                article = " Alt+Y drafts an article from it." if body.resolved else ""
                left = sum(1 for f in body.wrap_up.follow_ups if not f.done) if body.wrap_up else 0
                to_do = f" {left} to do: Alt+8." if left else ""
                if self.controller.practising:
                    await self.debrief(name)
                    return
                self.console.announce(f"Closed. Alt+Z reopens it.{to_do}{article}")

        self._with_conversation(close)

    def action_follow_ups(self) -> None:
        """Show what is still to do after closings; a lead sees the whole team's."""

        async def show() -> None:
            from console.terminal.screens.follow_ups import FollowUpsScreen

            desk, me = self.controller.desk, self.controller.state.me
            found = (await desk.follow_ups()).follow_ups
            screen = FollowUpsScreen(found, desk.tick_follow_up, me=me.agent.name if me else "")
            conversation: str | None = await self.app.push_screen_wait(screen)
            if conversation:
                await self.controller.open(conversation)
                self.to_composer()

        self.do(show)

    def ask_what_is_to_do(self) -> None:
        """Ask for the follow-ups and what is to practise, when either may have changed or a connection stands anew."""
        state = self.controller.state
        if not self.controller.connection.live:
            self._to_do_as_of = self._to_practise_as_of = -1
            return
        if self._to_practise_as_of != state.practice_moved:
            self._to_practise_as_of = state.practice_moved
            self.run_worker(self.ask_what_to_practise(), group="to-practise", exclusive=True, exit_on_error=False)
        if self._to_do_as_of != state.follow_ups_moved:
            self._to_do_as_of = state.follow_ups_moved
            self.run_worker(self._take_to_do(), group="to-do", exclusive=True, exit_on_error=False)

    async def _take_to_do(self) -> None:
        try:
            found = (await self.controller.desk.follow_ups()).follow_ups
        except DeskError:  # the next connection asks again
            return
        me = self.controller.state.me
        own: tuple[OpenFollowUp, ...] = tuple(one for one in found if me and one.owner == me.agent.name)
        if own != self.controller.state.follow_ups:
            self.controller.state.follow_ups = own
            self.console.state_changed()
