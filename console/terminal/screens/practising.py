"""Deeds of practice: choosing a scenario, going back to the desk, and what trainers do around it."""

from typing import Final

from console.conversation.practice import BeginPractice, PracticeStarted
from console.terminal.errors import DeskError
from console.terminal.screens.deeds import Deeds

ASKS_EVERY: Final = 300.0
"""Seconds after which a console asks anew what is to be practised: trainers assign it on another desk."""


class PractisingDeeds(Deeds):
    """Part of the main screen."""

    def action_practise(self) -> None:
        """Choose a scenario and play it; where one is played, go back to the desk."""
        if self.controller.practising:
            self.console.end_practice()
        else:
            self.do(self._choose)

    async def debrief(self, conversation: str) -> None:
        """Show what a session was worth that has just been closed; what comes next is chosen there."""
        from console.terminal.screens.debrief import DebriefScreen

        report = await self.controller.desk.practice_report(conversation)
        if await self.app.push_screen_wait(DebriefScreen(report)) == "desk":
            self.console.end_practice()
        else:
            await self._choose()

    async def _choose(self) -> None:
        from console.terminal.screens.practice import PracticeScreen

        desk = self.controller.desk
        offers, own = (await desk.practice_offers()).scenarios, await desk.own_practice()
        chosen: BeginPractice | None = await self.app.push_screen_wait(PracticeScreen(offers, own))
        if chosen:
            await self._go_to(await desk.begin_practice(chosen))

    async def _go_to(self, started: PracticeStarted) -> None:
        """Show a session, on the practice desk."""
        await self.controller.composing.save()
        if self.controller.practising:
            await self.controller.open(started.conversation)
        else:
            self.console.practise(started)

    def action_training(self) -> None:
        """Show assignments, sessions and people; those who are no trainers see their own sessions."""

        async def show() -> None:
            from console.terminal.screens.training import training_screen

            screen = training_screen(lambda: self.controller.desk, trains=self.controller.reviews)
            place = await self.app.push_screen_wait(screen)
            if place is not None:
                path = (await self.controller.desk.practice_sessions(own=True)).path
                await self._go_to(PracticeStarted(place.conversation, path))

        self.do(show)

    async def ask_what_to_practise(self) -> None:
        """Ask what was assigned to the agent: quietly, since a desk without practice has none."""
        if not self.controller.connection.live:
            return
        try:
            found = (await self.controller.desk.own_practice()).to_play
        except DeskError:
            return
        if found != self.controller.state.to_practise:
            self.controller.state.to_practise = found
            self.console.state_changed()
