"""Deeds of practice: choosing a scenario, and going back to the desk."""

from console.conversation.practice import BeginPractice
from console.terminal.screens.deeds import Deeds


class PractisingDeeds(Deeds):
    """Part of the main screen."""

    def action_practise(self) -> None:
        """Choose a scenario and play it; where one is played, go back to the desk."""
        if self.controller.practising:
            self.console.end_practice()
            return

        async def choose() -> None:
            from console.terminal.screens.practice import PracticeScreen

            desk = self.controller.desk
            offers = (await desk.practice_offers()).scenarios
            chosen: str | None = await self.app.push_screen_wait(PracticeScreen(offers))
            if chosen:
                await self.controller.composing.save()
                self.console.practise(await desk.begin_practice(BeginPractice(chosen)))

        self.do(choose)
